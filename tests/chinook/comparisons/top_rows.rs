//! The first rows of each parent.
//!
//! Window functions number the rows of each parent here. None of the queries that are tested has one.

use std::collections::HashMap;

use upfront::LoadSpec;

use crate::check::{check, check_async};
use crate::models::{Album, Artist, Customer, Invoice, Playlist, Track};
use crate::rows::by_key;
use crate::schema::{albums, artists, customers, invoices, playlists, tracks};
use crate::store::Store;

/// The rows of `rows`, a query for `parent`, `id` and `number`, by parent.
fn numbered(
    store: &mut Store,
    rows: &str,
    numbers: std::ops::RangeInclusive<i32>,
) -> HashMap<i32, Vec<i32>> {
    let (first, last) = numbers.into_inner();
    let sql = format!(
        "SELECT parent, id FROM ({rows}) AS numbered WHERE number BETWEEN {first} AND {last}
        ORDER BY parent, number"
    );
    by_key(store.rows::<(i32, i32)>(&sql))
}

fn ids(store: &mut Store, key: &str, table: &str) -> Vec<i32> {
    let sql = format!("SELECT {key} FROM {table} ORDER BY {key}");
    store.rows::<(i32,)>(&sql).into_iter().map(|(id,)| id).collect()
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceId {
    id: i32,
}

fn tracks(of: &mut HashMap<i32, Vec<i32>>, parent: i32) -> Vec<TrackId> {
    of.remove(&parent).unwrap_or_default().into_iter().map(|id| TrackId { id }).collect()
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistTop {
    id: i32,
    #[load(prefetch = albums, order_by = albums::title.desc(), limit = 3)]
    last: Vec<AlbumId>,
    #[load(prefetch = albums, limit = 1)]
    first: Vec<AlbumId>,
    #[load(prefetch = albums, order_by = albums::title, offset = 2)]
    rest: Vec<AlbumId>,
    #[load(prefetch = albums, limit = 0)]
    none: Vec<AlbumId>,
}

fn albums_per_artist() {
    check(
        || ArtistTop::query().order(artists::artist_id),
        5,
        |store| {
            let numbers = |order: &str| {
                format!(
                    "SELECT ArtistId AS parent, AlbumId AS id,
                        row_number() OVER (PARTITION BY ArtistId ORDER BY {order}) AS number
                    FROM Album"
                )
            };
            let mut last = numbered(store, &numbers("Title DESC, AlbumId"), 1..=3);
            let mut first = numbered(store, &numbers("AlbumId"), 1..=1);
            let mut rest = numbered(store, &numbers("Title, AlbumId"), 3..=9999);
            let albums = |of: &mut HashMap<i32, Vec<i32>>, artist| {
                let ids = of.remove(&artist).unwrap_or_default().into_iter();
                ids.map(|id| AlbumId { id }).collect()
            };
            ids(store, "ArtistId", "Artist")
                .into_iter()
                .map(|id| ArtistTop {
                    id,
                    last: albums(&mut last, id),
                    first: albums(&mut first, id),
                    rest: albums(&mut rest, id),
                    none: Vec::new(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumTop {
    id: i32,
    // Most tracks of an album have one price: which of them are loaded is decided by the primary key.
    #[load(prefetch = tracks, order_by = tracks::unit_price, limit = 4, offset = 1)]
    cheap: Vec<TrackId>,
    #[load(
        prefetch = tracks,
        filter = tracks::milliseconds.lt(250_000),
        order_by = (tracks::composer, tracks::milliseconds.desc()),
        limit = 2,
    )]
    short: Vec<TrackId>,
    #[load(prefetch = tracks, offset = 1000)]
    none: Vec<TrackId>,
}

fn tracks_per_album() {
    check(
        || AlbumTop::query().order(albums::album_id),
        4,
        |store| {
            let numbers = |condition: &str, order: &str| {
                format!(
                    "SELECT AlbumId AS parent, TrackId AS id,
                        row_number() OVER (PARTITION BY AlbumId ORDER BY {order}) AS number
                    FROM Track WHERE AlbumId IS NOT NULL AND {condition}"
                )
            };
            let mut cheap = numbered(store, &numbers("TRUE", "UnitPrice, TrackId"), 2..=5);
            let order = "Composer, Milliseconds DESC, TrackId";
            let mut short = numbered(store, &numbers("Milliseconds < 250000", order), 1..=2);
            ids(store, "AlbumId", "Album")
                .into_iter()
                .map(|id| AlbumTop {
                    id,
                    cheap: tracks(&mut cheap, id),
                    short: tracks(&mut short, id),
                    none: Vec::new(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerTop {
    id: i32,
    #[load(prefetch = invoices, order_by = invoices::invoice_date.desc(), limit = 2)]
    newest: Vec<InvoiceId>,
    #[load(
        prefetch = invoices,
        order_by = invoices::total.desc(),
        then_order_by = invoices::invoice_date,
        limit = 3,
    )]
    dearest: Vec<InvoiceTop>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceTop {
    id: i32,
    #[load(prefetch, order_by = tracks::name.desc(), limit = 2)]
    tracks: Vec<TrackId>,
}

fn invoices_per_customer_and_tracks_per_invoice() {
    let query = || CustomerTop::query().order(customers::customer_id);
    check(query, 4, customer_tops);
    check_async(query, |_| {}, customer_tops);
}

fn customer_tops(store: &mut Store) -> Vec<CustomerTop> {
    let numbers = |order: &str| {
        format!(
            "SELECT CustomerId AS parent, InvoiceId AS id,
                row_number() OVER (PARTITION BY CustomerId ORDER BY {order}) AS number
            FROM Invoice"
        )
    };
    let mut newest = numbered(store, &numbers("InvoiceDate DESC, InvoiceId"), 1..=2);
    let order = "Total DESC, InvoiceDate, InvoiceId";
    let mut dearest = numbered(store, &numbers(order), 1..=3);
    let sql = "SELECT InvoiceId AS parent, TrackId AS id, row_number() OVER
        (PARTITION BY InvoiceId ORDER BY Name DESC, TrackId) AS number
        FROM InvoiceLine JOIN Track USING (TrackId)";
    let mut of_invoice = numbered(store, sql, 1..=2);
    let of = |of: &mut HashMap<i32, Vec<i32>>, customer| {
        of.remove(&customer).unwrap_or_default().into_iter()
    };
    ids(store, "CustomerId", "Customer")
        .into_iter()
        .map(|id| CustomerTop {
            id,
            newest: of(&mut newest, id).map(|id| InvoiceId { id }).collect(),
            dearest: of(&mut dearest, id)
                .map(|id| InvoiceTop { id, tracks: tracks(&mut of_invoice, id) })
                .collect(),
        })
        .collect()
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistTop {
    id: i32,
    #[load(prefetch = tracks, order_by = tracks::name, limit = 10)]
    first: Vec<TrackId>,
    #[load(
        prefetch = tracks,
        filter = tracks::composer.is_not_null(),
        order_by = (tracks::unit_price.desc(), tracks::composer),
        limit = 5,
        offset = 7,
    )]
    later: Vec<TrackId>,
}

fn tracks_per_playlist_of_thousands() {
    check(
        || PlaylistTop::query().order(playlists::playlist_id),
        3,
        |store| {
            let numbers = |condition: &str, order: &str| {
                format!(
                    "SELECT p.PlaylistId AS parent, t.TrackId AS id,
                        row_number() OVER (PARTITION BY p.PlaylistId ORDER BY {order}) AS number
                    FROM PlaylistTrack AS p JOIN Track AS t ON t.TrackId = p.TrackId
                    WHERE {condition}"
                )
            };
            let mut first = numbered(store, &numbers("TRUE", "t.Name, t.TrackId"), 1..=10);
            let order = "t.UnitPrice DESC, t.Composer, t.TrackId";
            let mut later = numbered(store, &numbers("t.Composer IS NOT NULL", order), 8..=12);
            ids(store, "PlaylistId", "Playlist")
                .into_iter()
                .map(|id| PlaylistTop {
                    id,
                    first: tracks(&mut first, id),
                    later: tracks(&mut later, id),
                })
                .collect()
        },
    );
}

tests![
    albums_per_artist,
    tracks_per_album,
    invoices_per_customer_and_tracks_per_invoice,
    tracks_per_playlist_of_thousands,
];
