//! How PostgreSQL runs what is loaded where it does not read whole tables: by an index wherever there is one.
#![expect(dead_code, reason = "what is loaded is not looked at here")]

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use upfront::{LoadSpec, RelationDsl};
use upfront_tests::queries::Queries;

use crate::models::{Album, Artist, Invoice, InvoiceLine, Playlist, Track, album, track};
use crate::schema::{albums, invoice_lines, playlists, tracks};
use crate::store::{Content, databases};

/// Most tables here are a few pages, which PostgreSQL would rather read as a whole than ask an index for. And of the two
/// ways to ask an index, this leaves the one that is a single step of a plan.
const SETTINGS: &str = "SET enable_seqscan = off; SET enable_bitmapscan = off;";

/// The tables that PostgreSQL goes through to run a query, in the order of its plan, and by what it finds their rows.
fn plan(query: &str, conn: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        text: String,
    }

    // All values are numbers and lists of numbers, and are shown as SQL writes them, but for the name of a list.
    let (sql, binds) = query.split_once(" -- binds: [").expect("the binds are shown");
    let binds = binds.strip_suffix(']').expect("the binds are a list").replace('[', "ARRAY[");
    let of_lists = if binds.starts_with("ARRAY") { "(integer[])" } else { "" };
    conn.batch_execute(&format!("PREPARE asked{of_lists} AS {sql}"))
        .expect("what runs can be prepared");
    let arguments = if binds.is_empty() { String::new() } else { format!("({binds})") };
    let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN EXECUTE asked{arguments}"))
        .load(conn)
        .expect("what runs can be explained");
    conn.batch_execute("DEALLOCATE asked").expect("it was prepared");
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let steps = lines.iter().enumerate().filter_map(|(i, line)| {
        let details = lines[i + 1..].iter().take_while(|line| !line.contains("->"));
        table_and_way(line, details.copied())
    });
    steps.collect()
}

/// `Index Scan using track_album_id_idx on "Track"` as `Track by track_album_id_idx`, where the step asks the index.
fn table_and_way<'l>(step: &str, mut details: impl Iterator<Item = &'l str>) -> Option<String> {
    let (_, table) = step.split_once(" on \"")?;
    let (table, _) = table.split_once('"')?;
    let mut index = || {
        let (_, index) = step.split_once(" using ")?;
        details.any(|line| line.contains("Index Cond")).then(|| index.split(' ').next())?
    };
    let way = index().map_or_else(|| " as a whole".to_owned(), |index| format!(" by {index}"));
    Some(format!("{table}{way}"))
}

/// Loads what `load` does, and holds the plan of each query against `expected`.
#[track_caller]
fn check_plans(load: impl Fn(&mut PgConnection), expected: &[&[&str]]) {
    let conn = &mut databases().open(Content::Real);
    conn.batch_execute(SETTINGS).expect("there are these settings");
    let log = Queries::of(conn);
    load(conn);
    let queries = log.take();
    assert_eq!(queries.len(), expected.len(), "{queries:#?}");
    for (query, expected) in queries.iter().zip(expected) {
        assert_eq!(plan(query, conn), *expected, "{query}");
    }
}

#[derive(LoadSpec, Clone)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Album)]
struct AlbumId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Playlist)]
struct PlaylistId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Invoice)]
struct InvoiceId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(InvoiceLine)]
struct LineId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Album)]
struct AlbumRows {
    #[load(prefetch)]
    tracks: Vec<TrackId>,
    #[load(prefetch = tracks, filter = tracks::milliseconds.gt(1000), order_by = tracks::name)]
    by_name: Vec<TrackId>,
    #[load(prefetch = tracks, distinct)]
    distinct: Vec<TrackId>,
}

#[derive(LoadSpec)]
#[load(InvoiceLine)]
struct LineOfTrack {
    #[load(prefetch)]
    track: TrackId,
}

const ALBUM: &[&str] = &["Album by album_pkey"];
const TRACKS: &[&str] = &["Track by track_album_id_idx"];

fn children_and_parents_are_found_by_their_keys() {
    check_plans(
        |conn| drop(AlbumRows::query().find(1).load(conn).expect("the spec loads")),
        &[ALBUM, TRACKS, TRACKS, TRACKS],
    );
    check_plans(
        |conn| drop(LineOfTrack::query().find(1).load(conn).expect("the spec loads")),
        &[&["InvoiceLine by invoice_line_pkey"], &["Track by track_pkey"]],
    );
}

#[derive(LoadSpec)]
#[load(Album)]
struct AlbumTop {
    #[load(prefetch = tracks, order_by = tracks::name, limit = 3)]
    by_name: Vec<TrackId>,
    #[load(prefetch = tracks, limit = 3, offset = 1)]
    by_key: Vec<TrackId>,
}

fn the_first_children_are_found_for_one_parent_after_the_other() {
    check_plans(
        |conn| drop(AlbumTop::query().find(1).load(conn).expect("the spec loads")),
        &[ALBUM, TRACKS, TRACKS],
    );
}

#[derive(LoadSpec)]
#[load(Track)]
struct TrackRows {
    #[load(prefetch)]
    playlists: Vec<PlaylistId>,
    #[load(prefetch)]
    invoices: Vec<(InvoiceId, LineId)>,
    #[load(prefetch = invoices, limit = 3)]
    first: Vec<InvoiceId>,
}

fn a_many_to_many_goes_through_the_index_of_the_table_between() {
    let lines: &[&str] = &["InvoiceLine by invoice_line_track_id_idx", "Invoice by invoice_pkey"];
    check_plans(
        |conn| drop(TrackRows::query().find(1).load(conn).expect("the spec loads")),
        &[
            &["Track by track_pkey"],
            &["PlaylistTrack by playlist_track_track_id_idx", "Playlist by playlist_pkey"],
            lines,
            &[lines, &["Invoice by invoice_pkey"]].concat(),
        ],
    );
}

#[derive(LoadSpec)]
#[load(Artist)]
struct ArtistRows {
    #[load(prefetch)]
    tracks: Vec<TrackId>,
    #[load(prefetch)]
    lines: Vec<LineId>,
    #[load(annotate = tracks.count())]
    count: i64,
    #[load(annotate = lines.sum(invoice_lines::quantity))]
    sold: Option<i64>,
}

fn a_chain_goes_from_index_to_index() {
    let tracks: &[&str] = &["Album by album_artist_id_idx", TRACKS[0]];
    let lines = [tracks, &["InvoiceLine by invoice_line_track_id_idx"]].concat();
    check_plans(
        |conn| drop(ArtistRows::query().find(1).load(conn).expect("the spec loads")),
        &[&[&["Artist by artist_pkey"], tracks, &lines].concat(), tracks, &lines],
    );
}

fn filters_by_relations_ask_an_index_for_each_row() {
    check_plans(
        |conn| {
            let listed = album::tracks.any(track::playlists.none(playlists::playlist_id.eq(1)));
            let query = AlbumId::query().filter(albums::album_id.lt(3)).filter(listed);
            query.load(conn).expect("the spec loads");
        },
        &[&[
            ALBUM[0],
            TRACKS[0],
            "Playlist by playlist_pkey",
            "PlaylistTrack by playlist_track_pkey",
        ]],
    );
}

fn a_chunk_begins_where_the_last_one_ended_by_the_primary_key() {
    let chunk: &[&str] = &["Track by track_pkey"];
    check_plans(
        |conn| {
            let query = TrackId::query().filter(tracks::track_id.le(30));
            assert_eq!(query.load_chunks(20, conn).count(), 2);
        },
        &[chunk, chunk],
    );
}

tests![
    children_and_parents_are_found_by_their_keys,
    the_first_children_are_found_for_one_parent_after_the_other,
    a_many_to_many_goes_through_the_index_of_the_table_between,
    a_chain_goes_from_index_to_index,
    filters_by_relations_ask_an_index_for_each_row,
    a_chunk_begins_where_the_last_one_ended_by_the_primary_key,
];
