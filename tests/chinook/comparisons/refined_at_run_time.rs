//! Prefetches that a query refines when it runs.

use diesel::prelude::*;
use upfront::{ChildrenOf, LoadSpec, RelationDsl};

use crate::check::check;
use crate::database::Backend;
use crate::models::{Album, Artist, Customer, Invoice, Playlist, Track, album, track};
use crate::price::price;
use crate::rows::by_key;
use crate::schema::{albums, artists, invoices, playlists, tracks};
use crate::store::Store;

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackName {
    id: i32,
    name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumTracks {
    id: i32,
    // What is declared holds in every test.
    #[load(prefetch, filter = tracks::milliseconds.gt(200_000), order_by = tracks::name, limit = 50)]
    tracks: Vec<TrackName>,
}

/// Every album with what a query for `AlbumId`, `TrackId` and `Name` finds.
fn albums_with(store: &mut Store, sql: &str) -> Vec<AlbumTracks> {
    let rows = store.rows::<(i32, i32, String)>(sql).into_iter();
    let mut tracks = by_key(rows.map(|(album, id, name)| (album, TrackName { id, name })));
    let ids = store.rows::<(i32,)>("SELECT AlbumId FROM Album ORDER BY AlbumId").into_iter();
    ids.map(|(id,)| AlbumTracks { id, tracks: tracks.remove(&id).unwrap_or_default() }).collect()
}

fn a_filter_adds_to_the_declared_one_and_borrows_its_values() {
    let part = String::from("%the%");
    let least = price("0.5");
    check(
        || {
            AlbumTracks::query()
                .prefetch(AlbumTracks::tracks, |tracks| {
                    tracks.filter(tracks::name.like(&part)).filter(tracks::unit_price.gt(&least))
                })
                .order(albums::album_id)
        },
        2,
        |store| {
            let sql = "SELECT AlbumId, TrackId, Name FROM Track WHERE AlbumId IS NOT NULL
                AND Milliseconds > 200000 AND Name LIKE '%the%' AND UnitPrice > 0.5
                ORDER BY Name, TrackId";
            albums_with(store, sql)
        },
    );
}

fn no_or_filter_widens_what_is_declared() {
    check(
        || {
            AlbumTracks::query()
                .prefetch(AlbumTracks::tracks, |tracks| {
                    tracks
                        .filter(tracks::name.like("%the%"))
                        .or_filter(tracks::composer.is_null())
                        .or_filter(tracks::track_id.lt(100))
                })
                .order(albums::album_id)
        },
        2,
        |store| {
            let sql = "SELECT AlbumId, TrackId, Name FROM Track WHERE AlbumId IS NOT NULL
                AND Milliseconds > 200000
                AND (Name LIKE '%the%' OR Composer IS NULL OR TrackId < 100)
                ORDER BY Name, TrackId";
            albums_with(store, sql)
        },
    );
}

fn an_order_and_a_limit_replace_the_declared_ones() {
    check(
        || {
            AlbumTracks::query()
                .prefetch(AlbumTracks::tracks, |tracks| {
                    tracks
                        .order_by(tracks::unit_price.desc())
                        .then_order_by(tracks::bytes)
                        .limit(2)
                        .offset(1)
                })
                .order(albums::album_id)
        },
        2,
        |store| {
            let sql = "SELECT AlbumId, TrackId, Name FROM
                (SELECT *, row_number()
                    OVER (PARTITION BY AlbumId ORDER BY UnitPrice DESC, Bytes, TrackId) AS number
                    FROM Track WHERE AlbumId IS NOT NULL AND Milliseconds > 200000) AS numbered
                WHERE number BETWEEN 2 AND 3 ORDER BY AlbumId, number";
            albums_with(store, sql)
        },
    );
}

type Tracks = ChildrenOf<TrackName, album::tracks>;
type Long = diesel::dsl::Filter<Tracks, diesel::dsl::Gt<tracks::milliseconds, i32>>;

fn long(tracks: Tracks) -> Long {
    tracks.filter(tracks::milliseconds.gt(300_000))
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumTwice {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackName>,
    #[load(prefetch = tracks)]
    again: Vec<TrackName>,
}

fn a_function_refines_several_prefetches() {
    check(
        || {
            AlbumTwice::query()
                .prefetch(AlbumTwice::tracks, |tracks| long(tracks).order_by(tracks::track_id))
                .prefetch(AlbumTwice::again, |tracks| long(tracks).order_by(tracks::bytes))
                .order(albums::album_id)
        },
        3,
        |store| {
            let mut tracks = |order: &str| {
                let sql = format!(
                    "SELECT AlbumId, TrackId, Name FROM Track
                    WHERE AlbumId IS NOT NULL AND Milliseconds > 300000 ORDER BY {order}"
                );
                albums_with(store, &sql)
            };
            let albums = std::iter::zip(tracks("TrackId"), tracks("Bytes"));
            let twice = |(album, again): (AlbumTracks, AlbumTracks)| AlbumTwice {
                id: album.id,
                tracks: album.tracks,
                again: again.tracks,
            };
            albums.map(twice).collect()
        },
    );
}

fn a_boxed_refinement_depends_on_a_condition() {
    for most in [None, Some(1), Some(0)] {
        check(
            || {
                AlbumTracks::query()
                    .prefetch(AlbumTracks::tracks, |tracks| {
                        let tracks = tracks.into_boxed::<Backend>();
                        match most {
                            Some(most) => tracks.filter(tracks::genre_id.eq(1)).limit(most),
                            None => tracks.order_by(tracks::track_id.desc()),
                        }
                    })
                    .order(albums::album_id)
            },
            2,
            |store| {
                let sql = match most {
                    Some(most) => format!(
                        "SELECT AlbumId, TrackId, Name FROM
                        (SELECT *, row_number() OVER (PARTITION BY AlbumId ORDER BY Name, TrackId)
                            AS number FROM Track
                            WHERE AlbumId IS NOT NULL AND Milliseconds > 200000 AND GenreId = 1) AS numbered
                        WHERE number <= {most} ORDER BY AlbumId, number"
                    ),
                    None => "SELECT AlbumId, TrackId, Name FROM
                        (SELECT *, row_number() OVER (PARTITION BY AlbumId ORDER BY TrackId DESC)
                            AS number FROM Track
                            WHERE AlbumId IS NOT NULL AND Milliseconds > 200000) AS numbered
                        WHERE number <= 50 ORDER BY AlbumId, number"
                        .to_owned(),
                };
                albums_with(store, &sql)
            },
        );
    }
}

fn a_refinement_asks_the_relations_of_what_it_refines() {
    check(
        || {
            AlbumTracks::query()
                .prefetch(AlbumTracks::tracks, |tracks| {
                    tracks
                        .filter(track::playlists.any(playlists::name.like("%Music%")))
                        .filter(track::lines.exists())
                        .order_by((track::playlists.count().desc(), tracks::track_id))
                        .limit(3)
                })
                .order(albums::album_id)
        },
        2,
        |store| {
            let sql = "SELECT AlbumId, TrackId, Name FROM
                (SELECT t.*, row_number() OVER (
                    PARTITION BY AlbumId
                    ORDER BY (SELECT count(*) FROM PlaylistTrack AS pt
                        JOIN Playlist AS p ON p.PlaylistId = pt.PlaylistId
                        WHERE pt.TrackId = t.TrackId) DESC, TrackId) AS number
                FROM Track AS t
                WHERE AlbumId IS NOT NULL AND Milliseconds > 200000
                    AND TrackId IN (SELECT TrackId FROM InvoiceLine)
                    AND TrackId IN (SELECT TrackId FROM PlaylistTrack
                        WHERE PlaylistId IN (SELECT PlaylistId FROM Playlist
                            WHERE Name LIKE '%Music%'))) AS numbered
                WHERE number <= 3 ORDER BY AlbumId, number";
            albums_with(store, sql)
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistAlbums {
    id: i32,
    #[load(prefetch, order_by = albums::album_id)]
    albums: Vec<AlbumTracks>,
}

fn a_prefetch_below_a_prefetch_is_refined_inside() {
    let skipped = 1;
    check(
        || {
            ArtistAlbums::query()
                .prefetch(ArtistAlbums::albums, |albums| {
                    albums
                        .filter(album::tracks.count().ge(10))
                        .prefetch(AlbumTracks::tracks, |tracks| tracks.limit(2).offset(skipped))
                        .limit(2)
                })
                .order(artists::artist_id)
        },
        3,
        |store| {
            let sql = "SELECT AlbumId, TrackId, Name FROM
                (SELECT *, row_number() OVER (PARTITION BY AlbumId ORDER BY Name, TrackId) AS number
                    FROM Track WHERE AlbumId IS NOT NULL AND Milliseconds > 200000) AS numbered
                WHERE number BETWEEN 2 AND 3 ORDER BY AlbumId, number";
            let mut albums: std::collections::HashMap<_, _> =
                albums_with(store, sql).into_iter().map(|album| (album.id, album)).collect();
            let sql = "SELECT ArtistId, AlbumId FROM
                (SELECT ArtistId, AlbumId,
                    row_number() OVER (PARTITION BY ArtistId ORDER BY AlbumId) AS number
                    FROM Album AS a
                    WHERE (SELECT count(*) FROM Track AS t WHERE t.AlbumId = a.AlbumId) >= 10) AS numbered
                WHERE number <= 2 ORDER BY ArtistId, number";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut of_artist = by_key(rows.map(|(artist, album)| {
                (artist, albums.remove(&album).expect("each album is of one artist"))
            }));
            let ids = store.rows::<(i32,)>("SELECT ArtistId FROM Artist ORDER BY ArtistId");
            let ids = ids.into_iter();
            ids.map(|(id,)| ArtistAlbums { id, albums: of_artist.remove(&id).unwrap_or_default() })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceCard {
    id: i32,
    #[load(join)]
    customer: CustomerInvoices,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerInvoices {
    #[load(prefetch, filter = invoices::total.gt(price("1.0")))]
    invoices: Vec<InvoiceId>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Invoice)]
struct InvoiceId {
    id: i32,
}

fn a_prefetch_below_a_join_is_refined_from_above() {
    let country = "USA";
    check(
        || {
            InvoiceCard::query()
                .prefetch(InvoiceCard::customer.then(CustomerInvoices::invoices), |invoices| {
                    invoices
                        .filter(invoices::billing_country.eq(country))
                        .order_by(invoices::invoice_date.desc())
                        .limit(2)
                })
                .order(invoices::invoice_id)
        },
        2,
        |store| {
            let sql = "SELECT CustomerId, InvoiceId FROM
                (SELECT *, row_number()
                    OVER (PARTITION BY CustomerId ORDER BY InvoiceDate DESC, InvoiceId) AS number
                    FROM Invoice WHERE Total > 1 AND BillingCountry = 'USA') AS numbered
                WHERE number <= 2 ORDER BY CustomerId, number";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let of_customer = by_key(rows.map(|(customer, id)| (customer, InvoiceId { id })));
            let sql = "SELECT InvoiceId, CustomerId FROM Invoice ORDER BY InvoiceId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            rows.map(|(id, customer)| {
                let invoices = of_customer.get(&customer).cloned().unwrap_or_default();
                InvoiceCard { id, customer: CustomerInvoices { invoices } }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistTwice {
    id: i32,
    #[load(prefetch = tracks, order_by = tracks::name, limit = 1)]
    first: Vec<TrackName>,
    #[load(prefetch = tracks, order_by = tracks::name, limit = 1)]
    last: Vec<TrackName>,
}

fn two_prefetches_of_one_relation_are_refined_apart() {
    check(
        || {
            PlaylistTwice::query()
                .prefetch(PlaylistTwice::last, |tracks| {
                    tracks.order_by((tracks::name.desc(), tracks::track_id.desc())).limit(3)
                })
                .prefetch(PlaylistTwice::first, |tracks| {
                    tracks.find(2).filter(tracks::name.is_not_null())
                })
                .order(playlists::playlist_id)
        },
        3,
        |store| {
            let numbers = "row_number() OVER
                (PARTITION BY PlaylistId ORDER BY Name DESC, t.TrackId DESC) AS number";
            let sql = format!(
                "SELECT PlaylistId, TrackId, Name FROM
                (SELECT pt.PlaylistId, t.TrackId, t.Name, {numbers} FROM PlaylistTrack AS pt
                    JOIN Track AS t ON t.TrackId = pt.TrackId) AS numbered
                WHERE number <= 3 ORDER BY PlaylistId, number"
            );
            let rows = store.rows::<(i32, i32, String)>(&sql).into_iter();
            let mut last = by_key(rows.map(|(list, id, name)| (list, TrackName { id, name })));
            let sql = "SELECT p.PlaylistId, (SELECT t.Name FROM Track AS t, PlaylistTrack AS pt
                    WHERE t.TrackId = 2 AND pt.TrackId = 2 AND pt.PlaylistId = p.PlaylistId)
                FROM Playlist AS p ORDER BY p.PlaylistId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, second)| PlaylistTwice {
                id,
                first: second.into_iter().map(|name| TrackName { id: 2, name }).collect(),
                last: last.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct AlbumTitle {
    title: String,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackOnAlbum {
    id: i32,
    #[load(join)]
    album: Option<AlbumTitle>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistByAlbum {
    id: i32,
    #[load(prefetch = tracks)]
    live: Vec<TrackOnAlbum>,
    #[load(prefetch = tracks)]
    cut: Vec<TrackOnAlbum>,
}

fn a_prefetch_is_filtered_and_ordered_by_what_it_joins() {
    let album = TrackOnAlbum::album;
    check(
        || {
            PlaylistByAlbum::query()
                .prefetch(PlaylistByAlbum::live, |tracks| {
                    tracks
                        .filter(album.field(albums::title).like("%Live%"))
                        .order_by((album.field(albums::title), tracks::track_id))
                })
                .prefetch(PlaylistByAlbum::cut, |tracks| {
                    tracks
                        .filter(
                            album.field(albums::album_id).is_null().or(tracks::track_id.lt(500)),
                        )
                        .order_by(album.field(albums::title).desc())
                        .limit(7)
                        .offset(2)
                })
                .filter(playlists::playlist_id.ge(3))
                .order(playlists::playlist_id)
        },
        3,
        |store| {
            let mut tracks = |condition: &str, order: &str, numbers: &str| {
                let sql = format!(
                    "SELECT PlaylistId, TrackId, Title FROM
                    (SELECT p.PlaylistId, t.TrackId, a.Title,
                        row_number() OVER (PARTITION BY p.PlaylistId ORDER BY {order}) AS number
                        FROM PlaylistTrack AS p JOIN Track AS t ON t.TrackId = p.TrackId
                        LEFT JOIN Album AS a ON a.AlbumId = t.AlbumId WHERE {condition}) AS numbered
                    WHERE number {numbers} ORDER BY PlaylistId, number"
                );
                let rows = store.rows::<(i32, i32, Option<String>)>(&sql).into_iter();
                by_key(rows.map(|(list, id, title)| {
                    (list, TrackOnAlbum { id, album: title.map(|title| AlbumTitle { title }) })
                }))
            };
            let mut live = tracks("a.Title LIKE '%Live%'", "a.Title, t.TrackId", "> 0");
            let condition = "a.AlbumId IS NULL OR t.TrackId < 500";
            let mut cut = tracks(condition, "a.Title DESC, t.TrackId", "BETWEEN 3 AND 9");
            let sql = "SELECT PlaylistId FROM Playlist WHERE PlaylistId >= 3 ORDER BY PlaylistId";
            let ids = store.rows::<(i32,)>(sql).into_iter();
            ids.map(|(id,)| PlaylistByAlbum {
                id,
                live: live.remove(&id).unwrap_or_default(),
                cut: cut.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

fn a_limit_that_is_negative_ends_the_load() {
    for mut store in crate::store::stores() {
        let query = |limit, offset| {
            AlbumTracks::query()
                .prefetch(AlbumTracks::tracks, move |tracks| tracks.limit(limit).offset(offset))
        };
        for (limit, offset, what) in [(-1, 0, "limit"), (1, -5, "offset")] {
            let error = query(limit, offset).load(&mut store.conn).expect_err("it is negative");
            assert!(matches!(error, diesel::result::Error::QueryBuilderError(_)), "{error:?}");
            assert!(error.to_string().contains(what), "{error}");
        }
        assert!(query(0, 0).load(&mut store.conn).is_ok_and(|albums| albums.len() == 347));
    }
}

tests![
    a_filter_adds_to_the_declared_one_and_borrows_its_values,
    no_or_filter_widens_what_is_declared,
    an_order_and_a_limit_replace_the_declared_ones,
    a_function_refines_several_prefetches,
    a_boxed_refinement_depends_on_a_condition,
    a_refinement_asks_the_relations_of_what_it_refines,
    a_prefetch_below_a_prefetch_is_refined_inside,
    a_prefetch_below_a_join_is_refined_from_above,
    two_prefetches_of_one_relation_are_refined_apart,
    a_prefetch_is_filtered_and_ordered_by_what_it_joins,
    a_limit_that_is_negative_ends_the_load,
];
