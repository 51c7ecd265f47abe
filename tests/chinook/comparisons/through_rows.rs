//! The rows of a through table, beside the rows that they lead to.

use diesel::prelude::*;
use upfront::{LoadSpec, RelationDsl};

use crate::check::{check, check_sorted};
use crate::models::{
    Album, Genre, Invoice, InvoiceLine, Playlist, PlaylistTrack, Track, invoice, invoice_line,
};
use crate::price::{Price, price};
use crate::rows::by_key;
use crate::schema::{albums, invoice_lines, invoices, playlist_tracks, playlists, tracks};

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackName {
    id: i32,
    name: String,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(InvoiceLine)]
struct LineCard {
    id: i32,
    unit_price: Price,
    quantity: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceTracks {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<(TrackName, LineCard)>,
}

fn each_line_comes_with_its_track() {
    check_sorted(
        || InvoiceTracks::query().order(invoices::invoice_id),
        2,
        |invoice| invoice.tracks.sort_by_key(|(_, line)| line.id),
        |store| {
            let sql =
                "SELECT l.InvoiceId, t.TrackId, t.Name, l.InvoiceLineId, l.UnitPrice, l.Quantity
                FROM InvoiceLine AS l, Track AS t WHERE t.TrackId = l.TrackId";
            let rows = store.rows::<(i32, i32, String, i32, Price, i32)>(sql).into_iter();
            let mut tracks =
                by_key(rows.map(|(invoice, track, name, id, unit_price, quantity)| {
                    (
                        invoice,
                        (TrackName { id: track, name }, LineCard { id, unit_price, quantity }),
                    )
                }));
            let ids = store.rows::<(i32,)>("SELECT InvoiceId FROM Invoice ORDER BY InvoiceId");
            ids.into_iter()
                .map(|(id,)| InvoiceTracks { id, tracks: tracks.remove(&id).unwrap_or_default() })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceTop {
    id: i32,
    #[load(
        prefetch = tracks,
        filter = invoice_lines::quantity.gt(0),
        order_by = (invoice_lines::quantity.desc(), tracks::name, invoice_lines::invoice_line_id),
        limit = 3,
    )]
    most: Vec<(TrackName, LineCard)>,
    // The two lines of one track are equal by every order on the track: their own keys decide.
    #[load(prefetch = tracks, order_by = tracks::name, limit = 2, offset = 1)]
    by_name: Vec<(TrackName, LineCard)>,
}

fn lines_are_filtered_ordered_and_cut() {
    check(
        || InvoiceTop::query().order(invoices::invoice_id),
        3,
        |store| {
            let mut top = |condition: &str, order: &str, numbers: &str| {
                let sql = format!(
                    "SELECT InvoiceId, TrackId, Name, InvoiceLineId, UnitPrice, Quantity FROM
                    (SELECT l.*, t.Name, row_number()
                        OVER (PARTITION BY l.InvoiceId ORDER BY {order}) AS number
                        FROM InvoiceLine AS l JOIN Track AS t ON t.TrackId = l.TrackId
                        WHERE {condition}) AS numbered
                    WHERE number {numbers} ORDER BY InvoiceId, number"
                );
                let rows = store.rows::<(i32, i32, String, i32, Price, i32)>(&sql).into_iter();
                by_key(rows.map(|(invoice, track, name, id, unit_price, quantity)| {
                    let track = TrackName { id: track, name };
                    (invoice, (track, LineCard { id, unit_price, quantity }))
                }))
            };
            let order = "l.Quantity DESC, t.Name, l.InvoiceLineId";
            let mut most = top("l.Quantity > 0", order, "<= 3");
            let order = "t.Name, t.TrackId, l.InvoiceLineId";
            let mut by_name = top("TRUE", order, "BETWEEN 2 AND 3");
            let ids = store.rows::<(i32,)>("SELECT InvoiceId FROM Invoice ORDER BY InvoiceId");
            ids.into_iter()
                .map(|(id,)| InvoiceTop {
                    id,
                    most: most.remove(&id).unwrap_or_default(),
                    by_name: by_name.remove(&id).unwrap_or_default(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(PlaylistTrack)]
struct Entry {
    playlist_id: i32,
    track_id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistEntries {
    id: i32,
    #[load(prefetch = tracks, order_by = playlist_tracks::track_id.desc(), limit = 20)]
    last: Vec<(TrackName, Entry)>,
}

fn a_through_row_may_have_a_composite_key() {
    check(
        || PlaylistEntries::query().order(playlists::playlist_id),
        2,
        |store| {
            let sql = "SELECT PlaylistId, TrackId, Name FROM
                (SELECT pt.PlaylistId, t.TrackId, t.Name, row_number()
                    OVER (PARTITION BY pt.PlaylistId ORDER BY t.TrackId DESC) AS number
                    FROM PlaylistTrack AS pt JOIN Track AS t ON t.TrackId = pt.TrackId) AS numbered
                WHERE number <= 20 ORDER BY PlaylistId, number";
            let rows = store.rows::<(i32, i32, String)>(sql).into_iter();
            let mut last = by_key(rows.map(|(playlist_id, id, name)| {
                (playlist_id, (TrackName { id, name }, Entry { playlist_id, track_id: id }))
            }));
            let ids = store.rows::<(i32,)>("SELECT PlaylistId FROM Playlist ORDER BY PlaylistId");
            ids.into_iter()
                .map(|(id,)| PlaylistEntries { id, last: last.remove(&id).unwrap_or_default() })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Genre)]
struct GenreName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackOnLines {
    id: i32,
    #[load(join)]
    genre: Option<GenreName>,
    #[load(annotate = lines.count())]
    sold: i64,
    #[load(prefetch, order_by = playlists::playlist_id)]
    playlists: Vec<PlaylistId>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Playlist)]
struct PlaylistId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumGenres {
    id: i32,
    #[load(prefetch, filter = tracks::milliseconds.gt(250_000), order_by = tracks::track_id)]
    genres: Vec<(GenreId, TrackOnLines)>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Genre)]
struct GenreId {
    id: i32,
    #[load(annotate = tracks.count())]
    tracks: i64,
}

fn both_rows_bring_what_their_specs_load() {
    check(
        || AlbumGenres::query().order(albums::album_id),
        3,
        |store| {
            let sql =
                "SELECT TrackId, PlaylistId FROM PlaylistTrack JOIN Playlist USING (PlaylistId)
                ORDER BY PlaylistId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let lists = by_key(rows.map(|(track, id)| (track, PlaylistId { id })));
            let sql = "SELECT t.AlbumId, g.GenreId, g.Name,
                    (SELECT count(*) FROM Track WHERE GenreId = g.GenreId), t.TrackId,
                    (SELECT count(*) FROM InvoiceLine AS l WHERE l.TrackId = t.TrackId)
                FROM Track AS t JOIN Genre AS g ON g.GenreId = t.GenreId
                WHERE t.AlbumId IS NOT NULL AND t.Milliseconds > 250000 ORDER BY t.TrackId";
            type Row = (i32, i32, Option<String>, i64, i32, i64);
            let rows = store.rows::<Row>(sql).into_iter();
            let mut genres = by_key(rows.map(|(album, genre, name, tracks, id, sold)| {
                let playlists = lists.get(&id).cloned().unwrap_or_default();
                let track = TrackOnLines { id, genre: Some(GenreName { name }), sold, playlists };
                (album, (GenreId { id: genre, tracks }, track))
            }));
            let ids = store.rows::<(i32,)>("SELECT AlbumId FROM Album ORDER BY AlbumId");
            ids.into_iter()
                .map(|(id,)| AlbumGenres { id, genres: genres.remove(&id).unwrap_or_default() })
                .collect()
        },
    );
}

fn through_rows_are_filtered_when_the_query_runs() {
    let dear = price("1.5");
    check(
        || {
            InvoiceTop::query()
                .prefetch(InvoiceTop::by_name, |tracks| {
                    tracks
                        .filter(invoice_lines::unit_price.gt(&dear))
                        .filter(tracks::genre_id.ne_all([19, 21]).or(tracks::genre_id.is_null()))
                        .order_by((invoice_lines::invoice_line_id.desc(), tracks::name))
                })
                .prefetch(InvoiceTop::most, |tracks| tracks.limit(0))
                .filter(invoice::lines.any(invoice_line::track.any(tracks::unit_price.gt(&dear))))
                .order(invoices::invoice_id)
        },
        3,
        |store| {
            let sql = "SELECT InvoiceId, TrackId, Name, InvoiceLineId, UnitPrice, Quantity FROM
                (SELECT l.*, t.Name, row_number()
                    OVER (PARTITION BY l.InvoiceId ORDER BY l.InvoiceLineId DESC) AS number
                    FROM InvoiceLine AS l JOIN Track AS t ON t.TrackId = l.TrackId
                    WHERE l.UnitPrice > 1.5 AND coalesce(t.GenreId, 0) NOT IN (19, 21)) AS numbered
                WHERE number BETWEEN 2 AND 3 ORDER BY InvoiceId, number";
            let rows = store.rows::<(i32, i32, String, i32, Price, i32)>(sql).into_iter();
            let mut by_name =
                by_key(rows.map(|(invoice, track, name, id, unit_price, quantity)| {
                    (
                        invoice,
                        (TrackName { id: track, name }, LineCard { id, unit_price, quantity }),
                    )
                }));
            let sql = "SELECT InvoiceId FROM Invoice WHERE InvoiceId IN
                (SELECT l.InvoiceId FROM InvoiceLine AS l, Track AS t
                    WHERE t.TrackId = l.TrackId AND t.UnitPrice > 1.5) ORDER BY InvoiceId";
            let ids = store.rows::<(i32,)>(sql).into_iter();
            ids.map(|(id,)| InvoiceTop {
                id,
                most: Vec::new(),
                by_name: by_name.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

tests![
    each_line_comes_with_its_track,
    lines_are_filtered_ordered_and_cut,
    a_through_row_may_have_a_composite_key,
    both_rows_bring_what_their_specs_load,
    through_rows_are_filtered_when_the_query_runs,
];
