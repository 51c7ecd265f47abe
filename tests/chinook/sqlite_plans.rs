//! How SQLite runs what is loaded: by an index wherever there is one.
#![expect(dead_code, reason = "what is loaded is not looked at here")]

use diesel::prelude::*;
use diesel::sql_types::Text;
use upfront::{LoadSpec, RelationDsl};
use upfront_tests::queries::Queries;

use crate::models::{
    Album, Artist, Employee, Genre, Invoice, InvoiceLine, Playlist, PlaylistTrack, Track, album,
    customer, employee, playlist, track,
};
use crate::price::price;
use crate::schema::{
    albums, customers, employees, invoice_lines, invoices, playlist_tracks, playlists, tracks,
};
use crate::store::{Content, databases};

/// The store as it is, and once more with the statistics by which SQLite plans.
fn stores() -> [(&'static str, SqliteConnection); 2] {
    let databases = databases();
    [
        ("the real store", databases.open(Content::Real)),
        ("the store with statistics", databases.open_with_statistics()),
    ]
}

/// The tables that SQLite goes through to run a query, in its order, and by what it finds their rows.
fn plan(sql: &str, conn: &mut SqliteConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }

    let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
        .load(conn)
        .expect("what runs can be explained");
    steps.iter().filter_map(|step| table_and_way(&step.detail, sql)).collect()
}

/// `SEARCH Track USING COVERING INDEX IFK_TrackAlbumId (AlbumId=?)` as `Track by IFK_TrackAlbumId`.
fn table_and_way(step: &str, sql: &str) -> Option<String> {
    let (verb, rest) = step.split_once(' ')?;
    let name = rest.split(' ').next()?;
    if !matches!(verb, "SCAN" | "SEARCH") || holds_no_table(name, rest) {
        return None;
    }
    if rest.contains("VIRTUAL TABLE") {
        return Some(if name == "json_each" { "keys" } else { "rows of a key" }.to_owned());
    }
    let table = table_called(name, sql);
    // An index that SQLite makes for one query is made from all rows.
    let index = match rest.split_once(" INDEX ") {
        Some((using, index)) if verb == "SEARCH" && !using.contains("AUTOMATIC") => {
            index.split(' ').next()
        }
        _ if rest.contains("INTEGER PRIMARY KEY") => Some("its primary key"),
        _ => None,
    };
    Some(match index {
        Some(index) => format!("{table} by {index}"),
        None => format!("{table} as a whole"),
    })
}

/// Whether a step goes through rows that other steps made; or through one row without a table, which stands for the
/// parent where a relation leads to the parent's own table.
fn holds_no_table(name: &str, step: &str) -> bool {
    name.starts_with('(') || matches!(name, "~" | "~links") || step.contains("CONSTANT ROW")
}

/// The table that has this name in a query; several in one query may have it, in subqueries of their own.
fn table_called(name: &str, sql: &str) -> String {
    let as_name = format!("` AS `{name}`");
    let called = |(end, _)| sql[..end].rsplit('`').next();
    let mut tables: Vec<&str> = sql.match_indices(&as_name).filter_map(called).collect();
    tables.sort_unstable();
    tables.dedup();
    if tables.is_empty() { name.to_owned() } else { tables.join(" or ") }
}

/// Loads from both stores what `load` does, and holds the plan of each query against `expected`.
///
/// With statistics SQLite may go another way, and does go through a small table as a whole. But it must not go through
/// a table of any size, and what is loaded for each parent must begin with the parents.
#[track_caller]
fn check_plans(load: impl Fn(&mut SqliteConnection), expected: &[&[&str]]) {
    for (name, mut conn) in stores() {
        let conn = &mut conn;
        let log = Queries::of(conn);
        load(conn);
        let queries = log.take();
        assert_eq!(queries.len(), expected.len(), "{queries:#?}");
        for (sql, expected) in queries.iter().zip(expected) {
            let sql = sql.split(" -- binds").next().unwrap_or_default();
            let plan = plan(sql, conn);
            if name == "the real store" {
                assert_eq!(plan, *expected, "{sql}");
                continue;
            }
            let small = ["Customer", "Employee", "Genre", "MediaType", "Playlist"];
            for table in plan.iter().filter_map(|step| step.strip_suffix(" as a whole")) {
                assert!(small.contains(&table), "with statistics: {plan:#?} for {sql}");
            }
            if expected[0] == "keys" {
                assert_eq!(plan[0], "keys", "with statistics: {plan:#?} for {sql}");
            }
        }
    }
}

#[derive(LoadSpec, Clone)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Album)]
struct AlbumId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Genre)]
struct GenreId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
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

#[derive(LoadSpec, Clone)]
#[load(Employee)]
struct EmployeeId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Album)]
struct AlbumRows {
    #[load(prefetch)]
    tracks: Vec<TrackId>,
    #[load(prefetch = tracks, filter = tracks::unit_price.gt(price("1")), order_by = tracks::name)]
    dear: Vec<TrackId>,
    #[load(prefetch = tracks, distinct)]
    distinct: Vec<TrackId>,
    #[load(prefetch)]
    artist: ArtistId,
}

#[derive(LoadSpec, Clone)]
#[load(Artist)]
struct ArtistId {
    id: i32,
}

const TRACKS: &[&str] = &["Track by IFK_TrackAlbumId", "keys"];

fn children_and_parents_are_found_by_their_keys() {
    check_plans(
        |conn| drop(AlbumRows::query().find(1).load(conn).expect("the spec loads")),
        &[
            &["Album by its primary key"],
            TRACKS,
            TRACKS,
            TRACKS,
            &["Artist by its primary key", "keys"],
        ],
    );
}

#[derive(LoadSpec)]
#[load(Album)]
struct AlbumTop {
    #[load(prefetch = tracks, order_by = tracks::name, limit = 3)]
    by_name: Vec<TrackId>,
    #[load(prefetch = tracks, limit = 3, offset = 1)]
    by_key: Vec<TrackId>,
    #[load(prefetch = tracks, order_by = tracks::track_id.desc(), limit = 3)]
    last: Vec<TrackId>,
}

const TOP_TRACKS: &[&str] =
    &["keys", "rows of a key", "Track by IFK_TrackAlbumId", "Track by its primary key"];

fn the_first_children_are_found_for_one_parent_after_the_other() {
    check_plans(
        |conn| drop(AlbumTop::query().find(1).load(conn).expect("the spec loads")),
        &[&["Album by its primary key"], TOP_TRACKS, TOP_TRACKS, TOP_TRACKS],
    );
}

#[derive(LoadSpec)]
#[load(Track)]
struct TrackRows {
    #[load(prefetch)]
    playlists: Vec<PlaylistId>,
    #[load(prefetch)]
    invoices: Vec<(InvoiceId, LineId)>,
    #[load(prefetch = playlists, filter = playlist_tracks::playlist_id.gt(1))]
    others: Vec<PlaylistId>,
}

fn a_many_to_many_goes_through_the_index_of_the_table_between() {
    let playlists: &[&str] =
        &["keys", "PlaylistTrack by IFK_PlaylistTrackTrackId", "Playlist by its primary key"];
    check_plans(
        |conn| drop(TrackRows::query().find(1).load(conn).expect("the spec loads")),
        &[
            &["Track by its primary key"],
            playlists,
            &["keys", "InvoiceLine by IFK_InvoiceLineTrackId", "Invoice by its primary key"],
            playlists,
        ],
    );
}

#[derive(LoadSpec)]
#[load(Playlist)]
struct PlaylistTop {
    #[load(prefetch = tracks, order_by = tracks::name, limit = 3)]
    by_name: Vec<TrackId>,
    #[load(prefetch = tracks, limit = 3)]
    by_key: Vec<TrackId>,
}

#[derive(LoadSpec)]
#[load(Track)]
struct TrackTop {
    #[load(prefetch = invoices, order_by = invoices::total, limit = 3)]
    cheapest: Vec<InvoiceId>,
    #[load(prefetch = invoices, limit = 3)]
    by_key: Vec<InvoiceId>,
}

fn the_first_rows_of_a_many_to_many_too() {
    let tracks: &[&str] = &[
        "keys",
        "rows of a key",
        "PlaylistTrack by sqlite_autoindex_PlaylistTrack_1",
        "Track by its primary key",
        "Track by its primary key",
    ];
    let invoices: &[&str] = &[
        "keys",
        "rows of a key",
        "InvoiceLine by IFK_InvoiceLineTrackId",
        "Invoice by its primary key",
        "Invoice by its primary key",
    ];
    check_plans(
        |conn| drop(PlaylistTop::query().find(1).load(conn).expect("the spec loads")),
        &[&["Playlist by its primary key"], tracks, tracks],
    );
    check_plans(
        |conn| drop(TrackTop::query().find(1).load(conn).expect("the spec loads")),
        &[&["Track by its primary key"], invoices, invoices],
    );
}

#[derive(LoadSpec)]
#[load(Artist)]
struct ArtistRows {
    #[load(prefetch)]
    tracks: Vec<TrackId>,
    #[load(prefetch = tracks, order_by = tracks::name, limit = 3)]
    by_name: Vec<TrackId>,
    #[load(prefetch)]
    genres: Vec<GenreId>,
    #[load(prefetch)]
    lines: Vec<LineId>,
}

fn a_chain_goes_from_index_to_index() {
    let albums = "Album by IFK_AlbumArtistId";
    let tracks_of = "Track by IFK_TrackAlbumId";
    let tracks: &[&str] = &["keys", albums, tracks_of];
    check_plans(
        |conn| drop(ArtistRows::query().find(1).load(conn).expect("the spec loads")),
        &[
            &["Artist by its primary key"],
            tracks,
            &["keys", "rows of a key", albums, tracks_of, "Track by its primary key"],
            &[
                "keys",
                "rows of a key",
                albums,
                tracks_of,
                "Genre by its primary key",
                "Genre by its primary key",
            ],
            &["keys", albums, tracks_of, "InvoiceLine by IFK_InvoiceLineTrackId"],
        ],
    );
}

#[derive(LoadSpec)]
#[load(Employee)]
struct EmployeeRows {
    #[load(prefetch)]
    reports: Vec<EmployeeId>,
    #[load(prefetch)]
    manager: Option<EmployeeId>,
    #[load(prefetch, limit = 1)]
    second_reports: Vec<EmployeeId>,
    #[load(annotate = reports.count())]
    count: i64,
    #[load(annotate = manager.exists())]
    managed: bool,
    #[load(annotate = second_reports.count())]
    second_count: i64,
}

fn a_relation_of_a_table_to_itself_has_its_index() {
    let reports = "Employee by IFK_EmployeeReportsTo";
    check_plans(
        |conn| drop(EmployeeRows::query().find(2).load(conn).expect("the spec loads")),
        &[
            &[
                "Employee by its primary key",
                reports,
                "Employee by its primary key",
                reports,
                reports,
            ],
            &[reports, "keys"],
            &["Employee by its primary key", "keys"],
            &["keys", "rows of a key", reports, reports, "Employee by its primary key"],
        ],
    );
}

#[derive(LoadSpec)]
#[load(Artist)]
struct ArtistTally {
    #[load(annotate = albums.count())]
    albums: i64,
    #[load(annotate = tracks.count())]
    tracks: i64,
    #[load(annotate = lines.sum(invoice_lines::quantity))]
    sold: Option<i64>,
}

#[derive(LoadSpec)]
#[load(Playlist)]
struct PlaylistTally {
    #[load(annotate = tracks.filter(tracks::unit_price.gt(price("1"))).count())]
    dear: i64,
    #[load(annotate = tracks.exists())]
    plays: bool,
    #[load(annotate = tracks.max(tracks::milliseconds))]
    longest: Option<i32>,
}

fn aggregates_are_computed_from_an_index() {
    let albums = "Album by IFK_AlbumArtistId";
    let tracks = "Track by IFK_TrackAlbumId";
    check_plans(
        |conn| drop(ArtistTally::query().find(1).load(conn).expect("the spec loads")),
        &[&[
            "Artist by its primary key",
            albums,
            albums,
            tracks,
            albums,
            tracks,
            "InvoiceLine by IFK_InvoiceLineTrackId",
        ]],
    );
    let entries = "PlaylistTrack by sqlite_autoindex_PlaylistTrack_1";
    let tracks = "Track by its primary key";
    check_plans(
        |conn| drop(PlaylistTally::query().find(1).load(conn).expect("the spec loads")),
        &[&["Playlist by its primary key", entries, tracks, entries, tracks, entries, tracks]],
    );
}

fn filters_by_relations_ask_an_index_for_each_row() {
    check_plans(
        |conn| {
            let of_rock = album::tracks.any(track::playlists.none(playlists::name.eq("Music")));
            let query = AlbumId::query().filter(albums::album_id.lt(9)).filter(of_rock);
            query.load(conn).expect("the spec loads");
        },
        &[&[
            "Album by its primary key",
            "Track by IFK_TrackAlbumId",
            "PlaylistTrack by IFK_PlaylistTrackTrackId",
            "Playlist by its primary key",
        ]],
    );
    check_plans(
        |conn| {
            let busy = customer::invoices.filter(invoices::total.gt(price("1"))).count().gt(5);
            let query = customers::table.filter(customers::customer_id.lt(9)).filter(busy);
            query.select(customers::customer_id).load::<i32>(conn).expect("the query loads");
        },
        &[&["Customer by its primary key", "Invoice by IFK_InvoiceCustomerId"]],
    );
    check_plans(
        |conn| {
            let sellers = employee::customers.any(customer::invoices.exists());
            let query = employees::table.find(3).filter(sellers);
            query.select(employees::EmployeeId).load::<i32>(conn).expect("the query loads");
        },
        &[&[
            "Employee by its primary key",
            "Customer by IFK_CustomerSupportRepId",
            "Invoice by IFK_InvoiceCustomerId",
        ]],
    );
    check_plans(
        |conn| {
            let long = playlist::tracks.any(tracks::milliseconds.gt(5_000_000));
            let query = playlists::table
                .filter(playlists::playlist_id.lt(9))
                .filter(long)
                .order(playlist::tracks.count());
            query.select(playlists::playlist_id).load::<i32>(conn).expect("the query loads");
        },
        &[&[
            "Playlist by its primary key",
            "PlaylistTrack by sqlite_autoindex_PlaylistTrack_1",
            "Track by its primary key",
            "PlaylistTrack by sqlite_autoindex_PlaylistTrack_1",
            "Track by its primary key",
        ]],
    );
}

#[derive(LoadSpec)]
#[load(Artist)]
struct ArtistOfAlbum {
    name: Option<String>,
    #[load(annotate = albums.count())]
    albums: i64,
}

#[derive(LoadSpec)]
#[load(Album)]
struct AlbumOfTrack {
    #[load(join)]
    artist: ArtistOfAlbum,
}

#[derive(LoadSpec)]
#[load(Track)]
struct TrackCard {
    #[load(join)]
    album: Option<AlbumOfTrack>,
    #[load(annotate = lines.exists())]
    sold: bool,
}

#[derive(LoadSpec)]
#[load(Invoice)]
struct InvoiceCard {
    #[load(prefetch = tracks, order_by = tracks::name, limit = 2)]
    first: Vec<TrackCard>,
    #[load(prefetch)]
    tracks: Vec<TrackCard>,
}

fn what_is_joined_and_computed_below_a_prefetch_is_found_by_its_keys() {
    let lines = "InvoiceLine by IFK_InvoiceLineInvoiceId";
    let [track, album] = ["Track by its primary key", "Album by its primary key"];
    let computed = [
        "Artist by its primary key",
        "Artist by its primary key",
        "Album by IFK_AlbumArtistId",
        "InvoiceLine by IFK_InvoiceLineTrackId",
    ];
    // The joins are also in the subquery that finds the first rows, whose filter and order may name them.
    let first = [&["keys", "rows of a key", lines, track, album, track, album], &computed[..]];
    let all = [&["keys", lines, track, album], &computed[..]];
    let [first, all] = [first.concat(), all.concat()];
    check_plans(
        |conn| drop(InvoiceCard::query().find(1).load(conn).expect("the spec loads")),
        &[&["Invoice by its primary key"], &first, &all],
    );
}

#[derive(LoadSpec)]
#[load(PlaylistTrack)]
struct Entry {
    track_id: i32,
}

fn a_chunk_begins_where_the_last_one_ended_by_the_primary_key() {
    let chunk: &[&str] = &["Track by its primary key"];
    check_plans(
        |conn| {
            let query = TrackId::query().filter(tracks::track_id.le(30));
            assert_eq!(query.load_chunks(20, conn).count(), 2);
        },
        &[chunk, chunk],
    );
    let chunk: &[&str] = &["PlaylistTrack by sqlite_autoindex_PlaylistTrack_1"];
    check_plans(
        |conn| {
            // A playlist of 39 tracks.
            let query = Entry::query().filter(playlist_tracks::playlist_id.eq(11));
            assert_eq!(query.load_chunks(20, conn).count(), 2);
        },
        &[chunk, chunk],
    );
}

tests![
    children_and_parents_are_found_by_their_keys,
    the_first_children_are_found_for_one_parent_after_the_other,
    a_many_to_many_goes_through_the_index_of_the_table_between,
    the_first_rows_of_a_many_to_many_too,
    a_chain_goes_from_index_to_index,
    a_relation_of_a_table_to_itself_has_its_index,
    aggregates_are_computed_from_an_index,
    filters_by_relations_ask_an_index_for_each_row,
    what_is_joined_and_computed_below_a_prefetch_is_found_by_its_keys,
    a_chunk_begins_where_the_last_one_ended_by_the_primary_key,
];
