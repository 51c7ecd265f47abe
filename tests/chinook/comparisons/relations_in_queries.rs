//! Relations in the filters, orders and selections of queries, ours and Diesel's own.

use std::fmt::Debug;

use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;
use upfront::{LoadSpec, RelationDsl};
use upfront_tests::queries::Queries;

use crate::check::check;
use crate::database::Connection;
use crate::models::{
    Artist, Track, album, artist, customer, employee, invoice, invoice_line, playlist, track,
};
use crate::price::{Price, price};
use crate::rows::Raw;
use crate::schema::{
    albums, artists, customers, employees, genres, invoice_lines, invoices, playlist_tracks,
    playlists, tracks,
};
use crate::store::stores;

/// Runs a query of Diesel's, and compares its rows with those of plain SQL.
#[track_caller]
fn check_rows<'q, T, Q>(query: impl Fn() -> Q, sql: &str)
where
    T: Raw + PartialEq + Debug,
    Q: LoadQuery<'q, Connection, T> + RunQueryDsl<Connection>,
    diesel::expression::SqlLiteral<T::Sql>: for<'l> LoadQuery<'l, Connection, T>,
{
    for mut store in stores() {
        let log = Queries::of(&mut store.conn);
        let rows: Vec<T> = query().load(&mut store.conn).expect("the query is right");
        assert_eq!(log.take().len(), 1);
        let expected = store.rows::<T>(sql);
        assert!(!expected.is_empty(), "the SQL finds nothing to compare in {}", store.name);
        assert_eq!(rows, expected, "{}", store.name);
    }
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistName {
    id: i32,
    name: Option<String>,
}

fn a_query_of_a_spec_is_filtered_and_ordered_by_relations() {
    let least = 3;
    check(
        || {
            ArtistName::query()
                .filter(artist::albums.count().ge(least))
                .filter(artist::tracks.any(tracks::unit_price.lt(price("1.5"))))
                .filter(artist::albums.none(albums::title.like("%Live%")))
                .order((artist::tracks.count().desc(), artists::artist_id))
        },
        1,
        |store| {
            let sql = "SELECT ArtistId, Name FROM Artist AS a
                WHERE (SELECT count(*) FROM Album AS l WHERE l.ArtistId = a.ArtistId) >= 3
                    AND ArtistId IN (SELECT ArtistId FROM Album JOIN Track USING (AlbumId)
                        WHERE UnitPrice < 1.5)
                    AND ArtistId NOT IN (SELECT ArtistId FROM Album WHERE Title LIKE '%Live%')
                ORDER BY (SELECT count(*) FROM Album AS l, Track AS t
                    WHERE l.ArtistId = a.ArtistId AND t.AlbumId = l.AlbumId) DESC, ArtistId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, name)| ArtistName { id, name }).collect()
        },
    );
}

fn a_boxed_query_takes_relations_too() {
    check(
        || {
            ArtistName::query()
                .into_boxed()
                .filter(artist::albums.exists())
                .or_filter(artists::name.is_null())
                .order(artist::albums.min(albums::title))
                .then_order_by(artists::artist_id)
        },
        1,
        |store| {
            let sql = "SELECT a.ArtistId, a.Name FROM Artist AS a
                LEFT JOIN Album AS l ON l.ArtistId = a.ArtistId
                WHERE l.AlbumId IS NOT NULL OR a.Name IS NULL
                GROUP BY a.ArtistId ORDER BY min(l.Title), a.ArtistId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, name)| ArtistName { id, name }).collect()
        },
    );
}

fn conditions_are_nested() {
    check_rows::<i32, _>(
        || {
            let rock = track::genre.any(genres::name.eq("Rock"));
            let listed = track::playlists.any(playlists::name.eq("Grunge"));
            artists::table
                .filter(artist::albums.any(album::tracks.any(rock.and(listed))))
                .order(artists::artist_id)
                .select(artists::artist_id)
        },
        "SELECT DISTINCT l.ArtistId FROM Album AS l
        JOIN Track AS t ON t.AlbumId = l.AlbumId
        JOIN Genre AS g ON g.GenreId = t.GenreId AND g.Name = 'Rock'
        JOIN PlaylistTrack AS pt ON pt.TrackId = t.TrackId
        JOIN Playlist AS p ON p.PlaylistId = pt.PlaylistId AND p.Name = 'Grunge'
        ORDER BY l.ArtistId",
    );
}

fn none_is_also_where_there_is_nothing() {
    // Customers all of whose lines are of tracks that no album has, or that cost more.
    check_rows::<i32, _>(
        || {
            let cheap = track::album.exists().and(tracks::unit_price.lt(price("1.0")));
            let line = invoice_line::track.any(cheap);
            customers::table
                .filter(customer::invoices.none(invoice::lines.none(line)))
                .order(customers::customer_id)
                .select(customers::customer_id)
        },
        "SELECT c.CustomerId FROM Customer AS c WHERE NOT EXISTS
            (SELECT * FROM Invoice AS i WHERE i.CustomerId = c.CustomerId AND i.InvoiceId NOT IN
                (SELECT l.InvoiceId FROM InvoiceLine AS l JOIN Track AS t ON t.TrackId = l.TrackId
                    JOIN Album AS a ON a.AlbumId = t.AlbumId WHERE t.UnitPrice < 1))
        ORDER BY c.CustomerId",
    );
}

fn a_relation_leads_there_and_back() {
    // Albums by somebody who has another, longer one.
    check_rows::<i32, _>(
        || {
            let others = artist::albums.any(album::tracks.count().gt(15));
            albums::table
                .filter(album::artist.any(others))
                .filter(album::tracks.count().lt(12))
                .order(albums::album_id)
                .select(albums::album_id)
        },
        "WITH counts AS (SELECT a.AlbumId, a.ArtistId, count(t.TrackId) AS n
            FROM Album AS a LEFT JOIN Track AS t ON t.AlbumId = a.AlbumId GROUP BY a.AlbumId)
        SELECT AlbumId FROM counts
        WHERE n < 12 AND ArtistId IN (SELECT ArtistId FROM counts WHERE n > 15) ORDER BY AlbumId",
    );
}

fn a_self_relation_is_nested() {
    check_rows::<(i32, i64, bool), _>(
        || {
            let upper = employee::manager.any(employee::manager.exists());
            let busy = employee::reports.any(employee::customers.count().gt(15));
            employees::table
                .filter(upper.or(employee::reports.any(employee::reports.exists())))
                .order(employees::EmployeeId)
                .select((employees::EmployeeId, employee::reports.count(), busy))
        },
        "SELECT e.EmployeeId, (SELECT count(*) FROM Employee AS r WHERE r.ReportsTo = e.EmployeeId),
            EXISTS (SELECT r.EmployeeId FROM Employee AS r, Customer AS c
                WHERE r.ReportsTo = e.EmployeeId AND c.SupportRepId = r.EmployeeId
                GROUP BY r.EmployeeId HAVING count(*) > 15)
        FROM Employee AS e
        LEFT JOIN Employee AS m ON m.EmployeeId = e.ReportsTo
        LEFT JOIN Employee AS mm ON mm.EmployeeId = m.ReportsTo
        WHERE mm.EmployeeId IS NOT NULL OR e.EmployeeId IN
            (SELECT a.ReportsTo FROM Employee AS a, Employee AS b WHERE b.ReportsTo = a.EmployeeId)
        ORDER BY e.EmployeeId",
    );
}

fn plain_queries_select_several_aggregates() {
    type Row = (i32, i64, Option<i64>, Option<Price>, bool, i64);
    check_rows::<Row, _>(
        || {
            playlists::table.order(playlists::playlist_id).select((
                playlists::playlist_id,
                playlist::tracks.count(),
                playlist::tracks.sum(tracks::milliseconds),
                playlist::tracks.max(tracks::unit_price),
                playlist::tracks.filter(playlist_tracks::track_id.lt(10)).exists(),
                playlist::tracks
                    .filter(tracks::composer.like("%Y%"))
                    .count_distinct(tracks::composer),
            ))
        },
        "SELECT p.PlaylistId, count(t.TrackId), sum(t.Milliseconds), max(t.UnitPrice),
            count(CASE WHEN t.TrackId < 10 THEN 1 END) > 0,
            count(DISTINCT CASE WHEN t.Composer LIKE '%Y%' THEN t.Composer END)
        FROM Playlist AS p
        LEFT JOIN PlaylistTrack AS pt ON pt.PlaylistId = p.PlaylistId
        LEFT JOIN Track AS t ON t.TrackId = pt.TrackId
        GROUP BY p.PlaylistId ORDER BY p.PlaylistId",
    );
}

fn a_relation_is_asked_in_a_query_with_joins() {
    check_rows::<(i32, String, i64), _>(
        || {
            albums::table
                .inner_join(artists::table.on(artists::artist_id.eq(albums::artist_id)))
                .filter(artist::albums.count().gt(10))
                .filter(album::tracks.any(track::lines.any(invoice_lines::quantity.ge(1))))
                .order(albums::album_id)
                .select((albums::album_id, albums::title, album::tracks.count()))
        },
        "SELECT a.AlbumId, a.Title, count(*) FROM Album AS a JOIN Track AS t ON t.AlbumId = a.AlbumId
        WHERE a.ArtistId IN (SELECT ArtistId FROM Album GROUP BY ArtistId HAVING count(*) > 10)
            AND a.AlbumId IN (SELECT t.AlbumId FROM Track AS t, InvoiceLine AS l
                WHERE l.TrackId = t.TrackId AND l.Quantity >= 1)
        GROUP BY a.AlbumId ORDER BY a.AlbumId",
    );
}

fn aggregates_are_compared_with_aggregates() {
    check_rows::<(i32, bool), _>(
        || {
            let spent = customer::invoices.sum(invoices::total).default(price("0"));
            let count = customer::invoices.count();
            customers::table
                .filter(
                    spent.clone().gt(customer::invoices.max(invoices::total).default(price("0"))),
                )
                .filter(count.between(3, 7))
                .order((spent.desc(), customers::customer_id))
                .select((customers::customer_id, count.eq(customer::lines.count())))
        },
        "SELECT c.CustomerId, count(*) = (SELECT count(*) FROM InvoiceLine AS l, Invoice AS j
                WHERE j.InvoiceId = l.InvoiceId AND j.CustomerId = c.CustomerId)
        FROM Customer AS c JOIN Invoice AS i ON i.CustomerId = c.CustomerId
        GROUP BY c.CustomerId HAVING sum(i.Total) > max(i.Total) AND count(*) BETWEEN 3 AND 7
        ORDER BY sum(i.Total) DESC, c.CustomerId",
    );
}

fn rows_are_counted_by_relations() {
    for mut store in stores() {
        let conn = &mut store.conn;
        let listed = tracks::table.filter(track::playlists.count().gt(2));
        let count: i64 = listed.count().get_result(conn).expect("the query is right");
        let sql = "SELECT count(*) FROM (SELECT TrackId FROM PlaylistTrack
            JOIN Playlist USING (PlaylistId) JOIN Track USING (TrackId)
            GROUP BY TrackId HAVING count(*) > 2) AS listed";
        assert_eq!(store.rows::<(i64,)>(sql), [(count,)], "{}", store.name);
        assert!(count > 0);
        let ours: i64 = TrackId::query()
            .filter(track::playlists.count().gt(2))
            .count()
            .get_result(&mut store.conn)
            .expect("the query is right");
        assert_eq!(ours, count);
    }
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackId {
    id: i32,
}

tests![
    a_query_of_a_spec_is_filtered_and_ordered_by_relations,
    a_boxed_query_takes_relations_too,
    conditions_are_nested,
    none_is_also_where_there_is_nothing,
    a_relation_leads_there_and_back,
    a_self_relation_is_nested,
    plain_queries_select_several_aggregates,
    a_relation_is_asked_in_a_query_with_joins,
    aggregates_are_compared_with_aggregates,
    rows_are_counted_by_relations,
];
