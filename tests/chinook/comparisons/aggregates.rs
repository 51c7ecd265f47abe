//! What the database computes from the rows of a relation.

use std::collections::HashMap;

use diesel::sql_types::Integer;
use upfront::LoadSpec;

use crate::check::check;
use crate::models::{Artist, Customer, Employee, Invoice, Playlist, customer};
use crate::price::{Price, price};
use crate::schema::{
    artists, customers, employees, invoice_lines, invoices, playlist_tracks, playlists, tracks,
};

diesel::define_sql_function! {
    /// The same number as a decimal: Diesel has no cast to `Numeric` for SQLite.
    #[sql_name = "round"]
    fn decimal(number: Integer, digits: Integer) -> Numeric;
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceTally {
    id: i32,
    #[load(annotate = lines.sum(invoice_lines::unit_price * decimal(invoice_lines::quantity, 0_i32)))]
    total: Option<Price>,
    #[load(annotate = lines.filter(invoice_lines::quantity.gt(1)).sum(invoice_lines::quantity).default(0))]
    bulk: i64,
    #[load(annotate = lines.avg(invoice_lines::unit_price))]
    average: Option<Price>,
    #[load(annotate = lines.min(invoice_lines::unit_price).default(price("0.5")))]
    least: Price,
    #[load(annotate = lines.max(invoice_lines::quantity))]
    most: Option<i32>,
    #[load(annotate = lines.count_distinct(invoice_lines::track_id))]
    different: i64,
    #[load(annotate = lines.count())]
    lines: i64,
    #[load(annotate = lines.filter(invoice_lines::quantity.eq(0)).exists())]
    has_free: bool,
}

fn every_function_at_once() {
    check(
        || InvoiceTally::query().order(invoices::invoice_id),
        1,
        |store| {
            let sql = "SELECT i.InvoiceId, sum(l.UnitPrice * l.Quantity),
                    coalesce(sum(CASE WHEN l.Quantity > 1 THEN l.Quantity END), 0), avg(l.UnitPrice),
                    coalesce(min(l.UnitPrice), 0.5), max(l.Quantity), count(DISTINCT l.TrackId),
                    count(l.InvoiceLineId), count(CASE WHEN l.Quantity = 0 THEN 1 END) > 0
                FROM Invoice AS i LEFT JOIN InvoiceLine AS l ON l.InvoiceId = i.InvoiceId
                GROUP BY i.InvoiceId ORDER BY i.InvoiceId";
            type Row = (i32, Option<Price>, i64, Option<Price>, Price, Option<i32>, i64, i64, bool);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(id, total, bulk, average, least, most, different, lines, has_free)| {
                InvoiceTally { id, total, bulk, average, least, most, different, lines, has_free }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistTally {
    id: i32,
    #[load(annotate = tracks.sum(tracks::milliseconds))]
    length: Option<i64>,
    #[load(annotate = tracks.filter(tracks::composer.is_null()).count())]
    anonymous: i64,
    #[load(annotate = tracks.count_distinct(tracks::genre_id))]
    genres: i64,
    #[load(annotate = tracks.min(tracks::name))]
    first: Option<String>,
    #[load(annotate = tracks.max(tracks::composer).default("nobody"))]
    last_composer: String,
    #[load(annotate = tracks.filter(playlist_tracks::track_id.gt(3000)).exists())]
    has_late: bool,
    #[load(annotate = entries.max(playlist_tracks::track_id))]
    last: Option<i32>,
    #[load(annotate = tracks.any(tracks::unit_price.gt(price("1.5"))))]
    has_dear: bool,
    #[load(annotate = tracks.none(tracks::unit_price.gt(price("1.5"))))]
    none_dear: bool,
}

fn of_a_many_to_many() {
    check(
        || PlaylistTally::query().order(playlists::playlist_id),
        1,
        |store| {
            let sql = "SELECT p.PlaylistId, sum(t.Milliseconds),
                    count(CASE WHEN t.Composer IS NULL THEN t.TrackId END), count(DISTINCT t.GenreId),
                    min(t.Name), coalesce(max(t.Composer), 'nobody'),
                    count(CASE WHEN t.TrackId > 3000 THEN 1 END) > 0, max(pt.TrackId),
                    count(CASE WHEN t.UnitPrice > 1.5 THEN 1 END) > 0
                FROM Playlist AS p
                LEFT JOIN PlaylistTrack AS pt ON pt.PlaylistId = p.PlaylistId
                LEFT JOIN Track AS t ON t.TrackId = pt.TrackId
                GROUP BY p.PlaylistId ORDER BY p.PlaylistId";
            type Row =
                (i32, Option<i64>, i64, i64, Option<String>, String, bool, Option<i32>, bool);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|row| {
                let (id, length, anonymous, genres, first, last_composer, has_late, last, has_dear) =
                    row;
                PlaylistTally {
                    id,
                    length,
                    anonymous,
                    genres,
                    first,
                    last_composer,
                    has_late,
                    last,
                    has_dear,
                    none_dear: !has_dear,
                }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistTally {
    id: i32,
    #[load(annotate = tracks.count())]
    tracks: i64,
    #[load(annotate = tracks.sum(tracks::milliseconds).default(0))]
    length: i64,
    #[load(annotate = genres.count())]
    genres: i64,
    #[load(annotate = playlists.min(playlists::name))]
    playlist: Option<String>,
    #[load(annotate = lines.sum(invoice_lines::quantity).default(0))]
    sold: i64,
    #[load(annotate = lines.filter(invoice_lines::unit_price.gt(price("1.0"))).count())]
    dear: i64,
}

fn of_chains_each_row_counts_once() {
    check(
        || ArtistTally::query().order(artists::artist_id),
        1,
        |store| {
            let by_artist = |rows: Vec<(i32, i64, i64)>| -> HashMap<i32, (i64, i64)> {
                rows.into_iter().map(|(artist, one, two)| (artist, (one, two))).collect()
            };
            let tracks = by_artist(store.rows(
                "SELECT ArtistId, count(*), sum(Milliseconds) FROM Album JOIN Track USING (AlbumId)
                GROUP BY ArtistId",
            ));
            let lines = by_artist(store.rows(
                "SELECT ArtistId, sum(Quantity), count(CASE WHEN InvoiceLine.UnitPrice > 1 THEN 1 END)
                FROM Album JOIN Track USING (AlbumId) JOIN InvoiceLine USING (TrackId)
                GROUP BY ArtistId",
            ));
            let genres = by_artist(store.rows(
                "SELECT ArtistId, count(DISTINCT Genre.GenreId), count(*)
                FROM Album JOIN Track USING (AlbumId) JOIN Genre USING (GenreId) GROUP BY ArtistId",
            ));
            let sql = "SELECT a.ArtistId, (SELECT min(p.Name)
                    FROM Album AS al, Track AS t, PlaylistTrack AS pt, Playlist AS p
                    WHERE al.ArtistId = a.ArtistId AND t.AlbumId = al.AlbumId
                        AND pt.TrackId = t.TrackId AND p.PlaylistId = pt.PlaylistId)
                FROM Artist AS a ORDER BY a.ArtistId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, playlist)| {
                let of = |all: &HashMap<_, _>| all.get(&id).copied().unwrap_or_default();
                let ((tracks, length), (sold, dear)) = (of(&tracks), of(&lines));
                ArtistTally { id, tracks, length, genres: of(&genres).0, playlist, sold, dear }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct EmployeeTally {
    id: i32,
    #[load(annotate = reports.filter(employees::City.eq("Calgary")).count())]
    in_calgary: i64,
    #[load(annotate = reports.max(employees::HireDate))]
    newest: Option<chrono::NaiveDateTime>,
    #[load(annotate = manager.min(employees::LastName).default("nobody"))]
    manager: String,
    #[load(annotate = customers.filter(customer::invoices.sum(invoices::total).gt(price("40"))).count())]
    good_customers: i64,
    #[load(annotate = invoices.max(invoices::total))]
    best: Option<Price>,
}

fn of_a_self_relation_and_with_an_aggregate_in_the_filter() {
    check(
        || EmployeeTally::query().order(employees::EmployeeId),
        1,
        |store| {
            let sql = "SELECT e.EmployeeId,
                (SELECT count(*) FROM Employee AS r
                    WHERE r.ReportsTo = e.EmployeeId AND r.City = 'Calgary'),
                (SELECT max(r.HireDate) FROM Employee AS r WHERE r.ReportsTo = e.EmployeeId),
                coalesce((SELECT m.LastName FROM Employee AS m WHERE m.EmployeeId = e.ReportsTo),
                    'nobody'),
                (SELECT count(*) FROM Customer AS c
                    WHERE c.SupportRepId = e.EmployeeId AND c.CustomerId IN
                        (SELECT CustomerId FROM Invoice GROUP BY CustomerId HAVING sum(Total) > 40)),
                (SELECT max(i.Total) FROM Customer AS c, Invoice AS i
                    WHERE i.CustomerId = c.CustomerId AND c.SupportRepId = e.EmployeeId)
                FROM Employee AS e ORDER BY e.EmployeeId";
            type Row = (i32, i64, Option<chrono::NaiveDateTime>, String, i64, Option<Price>);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(id, in_calgary, newest, manager, good_customers, best)| EmployeeTally {
                id,
                in_calgary,
                newest,
                manager,
                good_customers,
                best,
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Customer)]
struct CustomerTally {
    #[load(annotate = invoices.sum(invoices::total))]
    spent: Option<Price>,
    #[load(annotate = tracks.filter(tracks::genre_id.eq(1)).count())]
    rock: i64,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceOfCustomer {
    id: i32,
    #[load(join)]
    customer: CustomerTally,
    #[load(annotate = customer.max(customers::first_name))]
    first_name: Option<String>,
}

fn at_a_joined_row() {
    check(
        || InvoiceOfCustomer::query().order(invoices::invoice_id),
        1,
        |store| {
            let sql = "SELECT c.CustomerId, sum(i.Total),
                    (SELECT count(DISTINCT t.TrackId) FROM Invoice AS j, InvoiceLine AS l, Track AS t
                        WHERE j.CustomerId = c.CustomerId AND l.InvoiceId = j.InvoiceId
                            AND t.TrackId = l.TrackId AND t.GenreId = 1)
                FROM Customer AS c LEFT JOIN Invoice AS i ON i.CustomerId = c.CustomerId
                GROUP BY c.CustomerId";
            let rows = store.rows::<(i32, Option<Price>, i64)>(sql).into_iter();
            let tallies: HashMap<_, _> =
                rows.map(|(id, spent, rock)| (id, CustomerTally { spent, rock })).collect();
            let sql = "SELECT i.InvoiceId, i.CustomerId, c.FirstName FROM Invoice AS i
                JOIN Customer AS c ON c.CustomerId = i.CustomerId ORDER BY i.InvoiceId";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, customer, first_name)| InvoiceOfCustomer {
                id,
                customer: tallies[&customer].clone(),
                first_name,
            })
            .collect()
        },
    );
}

tests![
    every_function_at_once,
    of_a_many_to_many,
    of_chains_each_row_counts_once,
    of_a_self_relation_and_with_an_aggregate_in_the_filter,
    at_a_joined_row,
];
