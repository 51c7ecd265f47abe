//! Relations along a chain of others.

use std::collections::HashMap;

use upfront::LoadSpec;

use crate::check::{check, check_sorted};
use crate::models::{Artist, Customer, Employee, Genre, Invoice, InvoiceLine, Playlist, Track};
use crate::price::{Price, price};
use crate::rows::by_key;
use crate::schema::{
    artists, customers, employees, genres, invoice_lines, invoices, playlists, tracks,
};
use crate::store::Store;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistName {
    id: i32,
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistEverything {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackId>,
    #[load(prefetch)]
    genres: Vec<GenreId>,
    #[load(prefetch)]
    playlists: Vec<PlaylistName>,
}

fn a_child_comes_once_however_often_the_chain_leads_to_it() {
    check_sorted(
        || ArtistEverything::query().order(artists::artist_id),
        4,
        |artist| {
            artist.tracks.sort_by_key(|track| track.id);
            artist.genres.sort_by_key(|genre| genre.id);
            artist.playlists.sort_by_key(|playlist| playlist.id);
        },
        |store| {
            let sql = "SELECT ArtistId, TrackId FROM Album JOIN Track USING (AlbumId)";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut tracks = by_key(rows.map(|(artist, id)| (artist, TrackId { id })));
            let sql = "SELECT DISTINCT ArtistId, GenreId
                FROM Album JOIN Track USING (AlbumId) JOIN Genre USING (GenreId)";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut genres = by_key(rows.map(|(artist, id)| (artist, GenreId { id })));
            let sql = "SELECT DISTINCT ArtistId, PlaylistId, Playlist.Name FROM Album
                JOIN Track USING (AlbumId) JOIN PlaylistTrack USING (TrackId)
                JOIN Playlist USING (PlaylistId)";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            let mut playlists =
                by_key(rows.map(|(artist, id, name)| (artist, PlaylistName { id, name })));
            let ids = store.rows::<(i32,)>("SELECT ArtistId FROM Artist ORDER BY ArtistId");
            ids.into_iter()
                .map(|(id,)| ArtistEverything {
                    id,
                    tracks: tracks.remove(&id).unwrap_or_default(),
                    genres: genres.remove(&id).unwrap_or_default(),
                    playlists: playlists.remove(&id).unwrap_or_default(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistTop {
    id: i32,
    #[load(
        prefetch = tracks,
        filter = tracks::unit_price.lt(price("1.5")),
        order_by = (tracks::milliseconds.desc(), tracks::name),
        limit = 3,
        offset = 1,
    )]
    longest: Vec<TrackId>,
    #[load(prefetch = playlists, order_by = playlists::name.desc(), limit = 2)]
    last: Vec<PlaylistName>,
    #[load(prefetch = genres, order_by = (genres::name, genres::genre_id))]
    by_name: Vec<GenreId>,
}

fn the_end_of_a_chain_is_filtered_ordered_and_cut() {
    check(
        || ArtistTop::query().order(artists::artist_id),
        4,
        |store| {
            let sql = "SELECT ArtistId, TrackId FROM
                (SELECT a.ArtistId, t.TrackId, row_number() OVER
                    (PARTITION BY a.ArtistId ORDER BY t.Milliseconds DESC, t.Name, t.TrackId)
                    AS number
                    FROM Album AS a JOIN Track AS t ON t.AlbumId = a.AlbumId
                    WHERE t.UnitPrice < 1.5) AS numbered
                WHERE number BETWEEN 2 AND 4 ORDER BY ArtistId, number";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut longest = by_key(rows.map(|(artist, id)| (artist, TrackId { id })));
            let sql = "SELECT ArtistId, PlaylistId, Name FROM
                (SELECT listed.*, row_number()
                    OVER (PARTITION BY ArtistId ORDER BY Name DESC, PlaylistId) AS number FROM
                    (SELECT DISTINCT a.ArtistId, p.PlaylistId, p.Name
                        FROM Album AS a, Track AS t, PlaylistTrack AS pt, Playlist AS p
                        WHERE t.AlbumId = a.AlbumId AND pt.TrackId = t.TrackId
                            AND p.PlaylistId = pt.PlaylistId) AS listed) AS numbered
                WHERE number <= 2 ORDER BY ArtistId, number";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            let mut last =
                by_key(rows.map(|(artist, id, name)| (artist, PlaylistName { id, name })));
            let sql = "SELECT a.ArtistId, g.GenreId FROM Album AS a, Track AS t, Genre AS g
                WHERE t.AlbumId = a.AlbumId AND g.GenreId = t.GenreId
                GROUP BY a.ArtistId, g.GenreId ORDER BY g.Name, g.GenreId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut by_name = by_key(rows.map(|(artist, id)| (artist, GenreId { id })));
            let ids = store.rows::<(i32,)>("SELECT ArtistId FROM Artist ORDER BY ArtistId");
            ids.into_iter()
                .map(|(id,)| ArtistTop {
                    id,
                    longest: longest.remove(&id).unwrap_or_default(),
                    last: last.remove(&id).unwrap_or_default(),
                    by_name: by_name.remove(&id).unwrap_or_default(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(InvoiceLine)]
struct LineId {
    id: i32,
    #[load(join)]
    invoice: InvoiceTotal,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Invoice)]
struct InvoiceTotal {
    total: Price,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackLines {
    id: i32,
    #[load(prefetch, order_by = invoice_lines::invoice_line_id)]
    lines: Vec<LineId>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerMusic {
    id: i32,
    #[load(prefetch, order_by = (tracks::name, tracks::track_id), limit = 4)]
    tracks: Vec<TrackLines>,
    #[load(prefetch, order_by = invoice_lines::invoice_line_id)]
    lines: Vec<LineId>,
}

fn a_chain_ends_in_rows_with_joins_and_prefetches() {
    check(
        || CustomerMusic::query().order(customers::customer_id),
        4,
        |store| {
            fn lines(store: &mut Store, key: &str) -> HashMap<i32, Vec<LineId>> {
                let sql = format!(
                    "SELECT {key}, l.InvoiceLineId, i.Total FROM InvoiceLine AS l
                    JOIN Invoice AS i ON i.InvoiceId = l.InvoiceId ORDER BY l.InvoiceLineId"
                );
                let rows = store.rows::<(i32, i32, Price)>(&sql).into_iter();
                by_key(
                    rows.map(|(key, id, total)| {
                        (key, LineId { id, invoice: InvoiceTotal { total } })
                    }),
                )
            }
            let mut of_customer = lines(store, "i.CustomerId");
            let sql = "SELECT CustomerId, TrackId FROM
                (SELECT CustomerId, TrackId, row_number()
                    OVER (PARTITION BY CustomerId ORDER BY Name, TrackId) AS number FROM
                    (SELECT DISTINCT i.CustomerId, t.TrackId, t.Name
                        FROM Invoice AS i JOIN InvoiceLine AS l ON l.InvoiceId = i.InvoiceId
                        JOIN Track AS t ON t.TrackId = l.TrackId) AS bought) AS numbered
                WHERE number <= 4 ORDER BY CustomerId, number";
            let top = by_key(store.rows::<(i32, i32)>(sql));
            let of_track = lines(store, "l.TrackId");
            let ids = store.rows::<(i32,)>("SELECT CustomerId FROM Customer ORDER BY CustomerId");
            ids.into_iter()
                .map(|(id,)| CustomerMusic {
                    id,
                    tracks: top
                        .get(&id)
                        .into_iter()
                        .flatten()
                        .map(|track| TrackLines {
                            id: *track,
                            lines: of_track.get(track).cloned().unwrap_or_default(),
                        })
                        .collect(),
                    lines: of_customer.remove(&id).unwrap_or_default(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct EmployeeSales {
    id: i32,
    #[load(prefetch, order_by = invoices::invoice_id)]
    invoices: Vec<InvoiceId>,
    #[load(prefetch = lines, order_by = invoice_lines::unit_price.desc(), limit = 5)]
    dearest: Vec<LineId>,
    #[load(annotate = lines.count())]
    lines: i64,
}

fn a_chain_goes_on_from_a_chain() {
    check(
        || EmployeeSales::query().order(employees::EmployeeId),
        3,
        |store| {
            let sql = "SELECT c.SupportRepId, i.InvoiceId FROM Customer AS c
                JOIN Invoice AS i ON i.CustomerId = c.CustomerId
                WHERE c.SupportRepId IS NOT NULL ORDER BY i.InvoiceId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut invoices = by_key(rows.map(|(employee, id)| (employee, InvoiceId { id })));
            let sql = "SELECT c.SupportRepId, l.InvoiceLineId, i.Total FROM Customer AS c
                JOIN Invoice AS i ON i.CustomerId = c.CustomerId
                JOIN InvoiceLine AS l ON l.InvoiceId = i.InvoiceId
                WHERE c.SupportRepId IS NOT NULL ORDER BY l.UnitPrice DESC, l.InvoiceLineId";
            let rows = store.rows::<(i32, i32, Price)>(sql).into_iter();
            let mut lines = by_key(rows.map(|(employee, id, total)| {
                (employee, LineId { id, invoice: InvoiceTotal { total } })
            }));
            let ids = store.rows::<(i32,)>("SELECT EmployeeId FROM Employee ORDER BY EmployeeId");
            ids.into_iter()
                .map(|(id,)| {
                    let mut dearest = lines.remove(&id).unwrap_or_default();
                    let lines = dearest.len() as i64;
                    dearest.truncate(5);
                    let invoices = invoices.remove(&id).unwrap_or_default();
                    EmployeeSales { id, invoices, dearest, lines }
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct EmployeeId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct EmployeeAround {
    id: i32,
    #[load(prefetch, order_by = employees::EmployeeId)]
    second_reports: Vec<EmployeeId>,
    #[load(prefetch, order_by = employees::LastName, limit = 2)]
    colleagues: Vec<EmployeeId>,
    #[load(annotate = second_reports.count())]
    seconds: i64,
    #[load(annotate = colleagues.any(employees::City.eq("Lethbridge")))]
    beside_lethbridge: bool,
}

fn a_chain_stays_in_one_table() {
    check(
        || EmployeeAround::query().order(employees::EmployeeId),
        3,
        |store| {
            let sql = "SELECT DISTINCT r.ReportsTo, s.EmployeeId FROM Employee AS r
                JOIN Employee AS s ON s.ReportsTo = r.EmployeeId
                WHERE r.ReportsTo IS NOT NULL ORDER BY s.EmployeeId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut seconds = by_key(rows.map(|(employee, id)| (employee, EmployeeId { id })));
            // A manager who does not exist leads to nobody.
            let sql = "SELECT e.EmployeeId, c.EmployeeId, c.City FROM Employee AS e
                JOIN Employee AS m ON m.EmployeeId = e.ReportsTo
                JOIN Employee AS c ON c.ReportsTo = m.EmployeeId
                ORDER BY c.LastName, c.EmployeeId";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            let mut colleagues = by_key(rows.map(|(employee, id, city)| (employee, (id, city))));
            let ids = store.rows::<(i32,)>("SELECT EmployeeId FROM Employee ORDER BY EmployeeId");
            ids.into_iter()
                .map(|(id,)| {
                    let second_reports = seconds.remove(&id).unwrap_or_default();
                    let colleagues = colleagues.remove(&id).unwrap_or_default();
                    let in_lethbridge =
                        |(_, city): &(i32, Option<String>)| city.as_deref() == Some("Lethbridge");
                    EmployeeAround {
                        id,
                        seconds: second_reports.len() as i64,
                        second_reports,
                        beside_lethbridge: colleagues.iter().any(in_lethbridge),
                        colleagues: colleagues
                            .into_iter()
                            .take(2)
                            .map(|(id, _)| EmployeeId { id })
                            .collect(),
                    }
                })
                .collect()
        },
    );
}

tests![
    a_child_comes_once_however_often_the_chain_leads_to_it,
    the_end_of_a_chain_is_filtered_ordered_and_cut,
    a_chain_ends_in_rows_with_joins_and_prefetches,
    a_chain_goes_on_from_a_chain,
    a_chain_stays_in_one_table,
];
