//! Diesel's own methods on the query of a spec, and the columns of joined tables.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use upfront::{BoxedQuery, LoadSpec, Loads};
use upfront_tests::queries::Queries;

use crate::check::{check, check_sorted};
use crate::database::Backend;
use crate::models::{Album, Artist, Customer, Employee, Genre, MediaType, Track, album};
use crate::schema::{albums, artists, customers, employees, genres, invoice_lines, tracks};
use crate::store::{Store, stores};

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Artist)]
struct ArtistName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct AlbumByArtist {
    title: String,
    #[load(join)]
    artist: ArtistName,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Genre)]
struct GenreName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackLine {
    id: i32,
    #[load(join)]
    album: Option<AlbumByArtist>,
    #[load(join)]
    genre: Option<GenreName>,
}

/// The tracks that plain SQL finds; `rest` is what comes after the joins.
fn track_lines(store: &mut Store, rest: &str) -> Vec<TrackLine> {
    let sql = format!(
        "SELECT t.TrackId, al.Title, ar.Name, g.GenreId, g.Name FROM Track AS t
        LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
        LEFT JOIN Artist AS ar ON ar.ArtistId = al.ArtistId
        LEFT JOIN Genre AS g ON g.GenreId = t.GenreId {rest}"
    );
    type Maybe = Option<String>;
    let rows = store.rows::<(i32, Maybe, Maybe, Option<i32>, Maybe)>(&sql).into_iter();
    rows.map(|(id, title, artist, genre, name)| TrackLine {
        id,
        album: title.map(|title| AlbumByArtist { title, artist: ArtistName { name: artist } }),
        genre: genre.map(|_| GenreName { name }),
    })
    .collect()
}

fn rows_are_filtered_by_a_joined_column() {
    check(
        || {
            TrackLine::query()
                .filter(TrackLine::album.field(albums::title).like("The %"))
                .filter(tracks::milliseconds.gt(200_000))
                .order(tracks::track_id)
        },
        1,
        |store| {
            track_lines(
                store,
                "WHERE al.Title LIKE 'The %' AND t.Milliseconds > 200000 ORDER BY t.TrackId",
            )
        },
    );
}

fn rows_are_filtered_and_ordered_by_a_column_two_joins_away() {
    check(
        || {
            let artist = TrackLine::album.then(AlbumByArtist::artist);
            TrackLine::query()
                .filter(artist.field(artists::name).between("Led", "Metallica"))
                .order((
                    artist.field(artists::name).desc(),
                    TrackLine::album.field(albums::title),
                    tracks::track_id.desc(),
                ))
        },
        1,
        |store| {
            track_lines(
                store,
                "WHERE ar.Name BETWEEN 'Led' AND 'Metallica'
                ORDER BY ar.Name DESC, al.Title, t.TrackId DESC",
            )
        },
    );
}

fn a_joined_column_need_not_be_one_that_the_spec_reads() {
    check(
        || {
            TrackLine::query()
                .filter(
                    TrackLine::genre
                        .field(genres::genre_id)
                        .eq_any([1, 7, 9])
                        .and(TrackLine::album.field(albums::artist_id).ne(90)),
                )
                .or_filter(TrackLine::genre.field(genres::genre_id).is_null())
                .order(TrackLine::genre.field(genres::genre_id))
                .then_order_by(tracks::track_id)
        },
        1,
        |store| {
            track_lines(
                store,
                "WHERE (g.GenreId IN (1, 7, 9) AND al.ArtistId <> 90) OR g.GenreId IS NULL
                ORDER BY g.GenreId, t.TrackId",
            )
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct Name {
    last_name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Rep {
    #[load(join)]
    manager: Option<Name>,
    last_name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerCard {
    id: i32,
    #[load(join)]
    support_rep: Option<Rep>,
    #[load(join)]
    contact: Option<Name>,
}

fn each_path_to_one_table_is_filtered_by_itself() {
    check(
        || {
            let manager = CustomerCard::support_rep.then(Rep::manager);
            CustomerCard::query()
                .filter(manager.field(employees::LastName).eq("Edwards"))
                .filter(CustomerCard::contact.field(employees::LastName).ne("Johnson"))
                .order((
                    CustomerCard::support_rep.field(employees::FirstName),
                    customers::customer_id.desc(),
                ))
        },
        1,
        |store| {
            let sql = "SELECT c.CustomerId, e.LastName, m.LastName FROM Customer AS c
                JOIN Employee AS e ON e.EmployeeId = c.SupportRepId
                JOIN Employee AS m ON m.EmployeeId = e.ReportsTo
                WHERE m.LastName = 'Edwards' AND e.LastName <> 'Johnson'
                ORDER BY e.FirstName, c.CustomerId DESC";
            let rows = store.rows::<(i32, String, String)>(sql).into_iter();
            rows.map(|(id, last_name, manager)| CustomerCard {
                id,
                contact: Some(Name { last_name: last_name.clone() }),
                support_rep: Some(Rep { manager: Some(Name { last_name: manager }), last_name }),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOfGenreTwice {
    id: i32,
    #[load(join)]
    genre: Option<GenreName>,
    #[load(join = genre)]
    again: Option<GenreName>,
}

fn one_relation_is_joined_twice_and_filtered_at_either_place() {
    check(
        || {
            TrackOfGenreTwice::query()
                .filter(TrackOfGenreTwice::genre.field(genres::genre_id).gt(3))
                .filter(TrackOfGenreTwice::again.field(genres::name).like("%a%"))
                .order(tracks::track_id)
        },
        1,
        |store| {
            let sql = "SELECT TrackId, g.Name FROM Track JOIN Genre AS g USING (GenreId)
                WHERE g.GenreId > 3 AND g.Name LIKE '%a%' ORDER BY TrackId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, name)| {
                let genre = Some(GenreName { name });
                TrackOfGenreTwice { id, genre: genre.clone(), again: genre }
            })
            .collect()
        },
    );
}

fn pages_of_a_join() {
    let pages = [(1, 0), (10, 0), (100, 50), (5_000, 3_490)];
    for (limit, offset) in pages {
        check(
            || {
                let query = TrackLine::query()
                    .order((TrackLine::album.field(albums::title), tracks::track_id));
                query.limit(limit).offset(offset)
            },
            1,
            |store| {
                let rest = format!("ORDER BY al.Title, t.TrackId LIMIT {limit} OFFSET {offset}");
                track_lines(store, &rest)
            },
        );
    }
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackName {
    id: i32,
    name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumPage {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackName>,
    #[load(prefetch)]
    artist: ArtistName,
}

/// The albums that plain SQL finds; `rest` is what comes after the join.
fn album_pages(store: &mut Store, rest: &str) -> Vec<AlbumPage> {
    let sql = format!(
        "SELECT a.AlbumId, ar.Name FROM Album AS a JOIN Artist AS ar USING (ArtistId) {rest}"
    );
    let rows = store.rows::<(i32, Option<String>)>(&sql).into_iter();
    rows.map(|(id, name)| {
        let sql = format!("SELECT TrackId, Name FROM Track WHERE AlbumId = {id}");
        let tracks = store.rows::<(i32, String)>(&sql).into_iter();
        let tracks = tracks.map(|(id, name)| TrackName { id, name }).collect();
        AlbumPage { id, tracks, artist: ArtistName { name } }
    })
    .collect()
}

fn sort_tracks(album: &mut AlbumPage) {
    album.tracks.sort_by_key(|track| track.id);
}

fn a_limit_is_on_the_rows_and_not_on_what_they_prefetch() {
    check_sorted(
        || AlbumPage::query().order(albums::title.desc()).limit(7).offset(100),
        3,
        sort_tracks,
        |store| album_pages(store, "ORDER BY a.Title DESC LIMIT 7 OFFSET 100"),
    );
}

fn a_filter_is_on_the_rows_and_not_on_what_they_prefetch() {
    check_sorted(
        || {
            let long = tracks::table
                .filter(tracks::milliseconds.gt(600_000))
                .select(tracks::album_id.assume_not_null());
            AlbumPage::query()
                .filter(albums::album_id.eq_any(long))
                .filter(albums::title.not_like("A%"))
                .order(albums::album_id)
        },
        3,
        sort_tracks,
        |store| {
            album_pages(
                store,
                "WHERE a.Title NOT LIKE 'A%' AND EXISTS (
                    SELECT 1 FROM Track AS t WHERE t.AlbumId = a.AlbumId AND t.Milliseconds > 600000
                ) ORDER BY a.AlbumId",
            )
        },
    );
}

fn a_subquery_is_about_a_column_of_a_joined_row() {
    check(
        || {
            let of_the_album = invoice_lines::track_id
                .eq(tracks::track_id)
                .and(TrackLine::album.field(albums::artist_id).is_not_null());
            let sold =
                invoice_lines::table.filter(of_the_album).filter(invoice_lines::quantity.gt(0));
            TrackLine::query().filter(not(exists(sold))).order(tracks::track_id)
        },
        1,
        |store| {
            track_lines(
                store,
                "WHERE NOT (al.AlbumId IS NOT NULL
                    AND t.TrackId IN (SELECT TrackId FROM InvoiceLine WHERE Quantity > 0))
                ORDER BY t.TrackId",
            )
        },
    );
}

fn search<'a>(title: Option<&'a str>, newest: Option<i64>) -> BoxedQuery<'a, AlbumPage, Backend> {
    let mut query = AlbumPage::query().into_boxed();
    if let Some(title) = title {
        query = query.filter(albums::title.like(title));
    }
    match newest {
        Some(newest) => query.order(albums::album_id.desc()).limit(newest),
        None => query.order(albums::album_id),
    }
}

fn a_boxed_query_is_put_together_at_run_time() {
    let cases = [
        (None, None, "ORDER BY a.AlbumId"),
        (Some("%Live%"), None, "WHERE a.Title LIKE '%Live%' ORDER BY a.AlbumId"),
        (None, Some(12), "ORDER BY a.AlbumId DESC LIMIT 12"),
        (Some("%a%"), Some(3), "WHERE a.Title LIKE '%a%' ORDER BY a.AlbumId DESC LIMIT 3"),
    ];
    for (title, newest, rest) in cases {
        check_sorted(|| search(title, newest), 3, sort_tracks, |store| album_pages(store, rest));
    }
}

fn a_boxed_query_is_ordered_by_joined_columns() {
    check(
        || {
            let artist = TrackLine::album.then(AlbumByArtist::artist);
            TrackLine::query()
                .into_boxed::<Backend>()
                .filter(artist.field(artists::name).is_not_null())
                .order((artist.field(artists::name), tracks::track_id))
                .offset(17)
        },
        1,
        |store| {
            track_lines(
                store,
                "WHERE ar.Name IS NOT NULL ORDER BY ar.Name, t.TrackId LIMIT 10000 OFFSET 17",
            )
        },
    );
}

fn a_page_stays_a_page_when_its_query_is_boxed() {
    check(
        || {
            let page = TrackLine::query().order(tracks::track_id).limit(40).offset(17);
            page.into_boxed::<Backend>().filter(tracks::milliseconds.lt(300_000))
        },
        1,
        |store| {
            track_lines(
                store,
                "WHERE t.Milliseconds < 300000 ORDER BY t.TrackId LIMIT 40 OFFSET 17",
            )
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct Country {
    country: Option<String>,
}

fn equal_rows_are_loaded_once_where_they_are_distinct() {
    check(
        || Country::query().distinct().order(customers::country),
        1,
        |store| {
            let sql = "SELECT Country FROM Customer GROUP BY Country ORDER BY Country";
            let rows = store.rows::<(Option<String>,)>(sql).into_iter();
            rows.map(|(country,)| Country { country }).collect()
        },
    );
}

fn every_album_is_found_by_its_key() {
    for mut store in stores() {
        let expected = album_pages(&mut store, "ORDER BY a.AlbumId");
        let log = Queries::of(&mut store.conn);
        for mut expected in expected {
            let found = AlbumPage::query().find(expected.id).first(&mut store.conn);
            let mut found = found.expect("the album is there");
            // Where no track is on the album, that query has still run: only its answer was empty.
            assert_eq!(log.take().len(), AlbumPage::QUERIES);
            sort_tracks(&mut found);
            sort_tracks(&mut expected);
            assert_eq!(found, expected);
        }
        let missing = AlbumPage::query().find(100_000).get_result(&mut store.conn).optional();
        assert_eq!(missing.expect("the query runs"), None);
        assert_eq!(log.take().len(), 1, "without albums there is nothing to prefetch for");
    }
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(MediaType)]
struct Medium {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOnMedium {
    id: i32,
    #[load(join)]
    media_type: Medium,
}

fn the_rows_that_a_load_would_give_are_counted() {
    for mut store in stores() {
        let rock = TrackLine::query().filter(TrackLine::genre.field(genres::name).eq("Rock"));
        let counts: [(QueryResult<i64>, &str); 3] = [
            (TrackLine::query().count().get_result(&mut store.conn), "SELECT count(*) FROM Track"),
            (
                rock.count().get_result(&mut store.conn),
                "SELECT count(*) FROM Track JOIN Genre AS g USING (GenreId) WHERE g.Name = 'Rock'",
            ),
            (
                TrackOnMedium::query().count().get_result(&mut store.conn),
                "SELECT count(*) FROM Track JOIN MediaType USING (MediaTypeId)",
            ),
        ];
        for (counted, sql) in counts {
            let (expected,) = store.rows::<(i64,)>(sql).remove(0);
            assert_eq!(counted.expect("the query runs"), expected, "{sql}");
        }
    }
}

fn rows_are_read_one_by_one() {
    for mut store in stores() {
        let expected = track_lines(&mut store, "ORDER BY t.TrackId");
        let query = TrackLine::query().order(tracks::track_id);
        let rows = query.load_iter::<TrackLine, _>(&mut store.conn).expect("the query runs");
        let rows: Vec<_> = rows.collect::<QueryResult<_>>().expect("every row is read");
        assert!(rows == expected, "{} tracks of {}", rows.len(), expected.len());
    }
}

fn a_load_inside_a_transaction_is_part_of_it() {
    for mut store in stores() {
        let mut expected = album_pages(&mut store, "ORDER BY a.AlbumId");
        expected.iter_mut().for_each(sort_tracks);
        let log = Queries::of(&mut store.conn);
        let loaded = store.conn.transaction(|conn| {
            let loaded = AlbumPage::query().order(albums::album_id).load(conn)?;
            // Had the load ended the transaction, there would be no savepoint inside it.
            conn.transaction(|conn| AlbumPage::query().order(albums::album_id).load(conn))
                .map(|again| (loaded, again))
        });
        let (mut loaded, mut again) = loaded.expect("the spec loads twice");
        assert_eq!(log.take().len(), 2 * AlbumPage::QUERIES);
        loaded.iter_mut().chain(&mut again).for_each(sort_tracks);
        assert!(loaded == expected && again == expected);
    }
}

/// What it asks for is that the spec loads the tracks, not which spec it is.
fn track_ids(album: &impl Loads<album::tracks, Value = Vec<TrackName>>) -> Vec<i32> {
    album.loaded().iter().map(|track| track.id).collect()
}

fn artist_name(album: &impl Loads<album::artist, Value = ArtistName>) -> &str {
    album.loaded().name.as_deref().unwrap_or("nobody")
}

fn what_is_loaded_is_read_by_code_that_does_not_know_the_spec() {
    for mut store in stores() {
        let pages: Vec<AlbumPage> =
            AlbumPage::query().load(&mut store.conn).expect("the spec loads");
        for page in &pages {
            let sql = format!("SELECT TrackId FROM Track WHERE AlbumId = {} ORDER BY 1", page.id);
            let expected: Vec<_> = store.rows(&sql).into_iter().map(|(id,): (i32,)| id).collect();
            let mut loaded = track_ids(page);
            loaded.sort_unstable();
            assert_eq!(loaded, expected);
        }
        let joined: Vec<AlbumByArtist> =
            AlbumByArtist::query().order(albums::album_id).load(&mut store.conn).expect("it loads");
        let sql = "SELECT coalesce(Name, 'nobody') FROM Album JOIN Artist USING (ArtistId)
            ORDER BY AlbumId";
        let expected: Vec<_> = store.rows(sql).into_iter().map(|(name,): (String,)| name).collect();
        let names: Vec<_> = joined.iter().map(artist_name).collect();
        assert_eq!(names, expected);
    }
}

tests![
    rows_are_filtered_by_a_joined_column,
    rows_are_filtered_and_ordered_by_a_column_two_joins_away,
    a_joined_column_need_not_be_one_that_the_spec_reads,
    each_path_to_one_table_is_filtered_by_itself,
    one_relation_is_joined_twice_and_filtered_at_either_place,
    pages_of_a_join,
    a_limit_is_on_the_rows_and_not_on_what_they_prefetch,
    a_filter_is_on_the_rows_and_not_on_what_they_prefetch,
    a_subquery_is_about_a_column_of_a_joined_row,
    a_boxed_query_is_put_together_at_run_time,
    a_boxed_query_is_ordered_by_joined_columns,
    a_page_stays_a_page_when_its_query_is_boxed,
    equal_rows_are_loaded_once_where_they_are_distinct,
    every_album_is_found_by_its_key,
    the_rows_that_a_load_would_give_are_counted,
    rows_are_read_one_by_one,
    a_load_inside_a_transaction_is_part_of_it,
    what_is_loaded_is_read_by_code_that_does_not_know_the_spec,
];
