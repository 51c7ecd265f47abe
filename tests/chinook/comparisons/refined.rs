//! Prefetches that a spec declares filtered, ordered and without equal rows.

use upfront::LoadSpec;

use crate::check::{check, check_sorted};
use crate::models::{Album, Customer, Genre, Invoice, Playlist, Track};
use crate::price::price;
use crate::rows::by_key;
use crate::schema::{albums, customers, invoices, playlist_tracks, playlists, tracks};

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackName {
    id: i32,
    name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumThreeWays {
    id: i32,
    #[load(
        prefetch = tracks,
        filter = tracks::milliseconds.gt(300_000),
        order_by = (tracks::milliseconds.desc(), tracks::track_id),
    )]
    long: Vec<TrackName>,
    #[load(
        prefetch = tracks,
        filter = tracks::composer.is_null().or(tracks::composer.like("%Y%")),
        order_by = tracks::name,
        then_order_by = tracks::track_id.desc(),
    )]
    by_name: Vec<TrackName>,
    #[load(prefetch = tracks, filter = tracks::bytes.lt(0))]
    none: Vec<TrackName>,
}

fn one_relation_is_filtered_and_ordered_in_three_ways() {
    check(
        || AlbumThreeWays::query().order(albums::album_id),
        4,
        |store| {
            let mut tracks = |condition: &str, order: &str| {
                let sql = format!(
                    "SELECT AlbumId, TrackId, Name FROM Track
                    WHERE AlbumId IS NOT NULL AND ({condition}) ORDER BY {order}"
                );
                let rows = store.rows::<(i32, i32, String)>(&sql).into_iter();
                by_key(rows.map(|(album, id, name)| (album, TrackName { id, name })))
            };
            let mut long = tracks("Milliseconds > 300000", "Milliseconds DESC, TrackId");
            let mut by_name =
                tracks("Composer IS NULL OR Composer LIKE '%Y%'", "Name, TrackId DESC");
            let ids = store.rows::<(i32,)>("SELECT AlbumId FROM Album ORDER BY AlbumId");
            ids.into_iter()
                .map(|(id,)| AlbumThreeWays {
                    id,
                    long: long.remove(&id).unwrap_or_default(),
                    by_name: by_name.remove(&id).unwrap_or_default(),
                    none: Vec::new(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistInReverse {
    id: i32,
    #[load(
        prefetch = tracks,
        filter = tracks::name.like("%Love%").and(playlist_tracks::track_id.gt(100)),
        order_by = playlist_tracks::track_id.desc(),
    )]
    love: Vec<TrackName>,
}

fn a_many_to_many_is_filtered_and_ordered_by_both_tables() {
    check(
        || PlaylistInReverse::query().order(playlists::playlist_id),
        2,
        |store| {
            let sql = "SELECT pt.PlaylistId, t.TrackId, t.Name FROM PlaylistTrack AS pt, Track AS t
                WHERE t.TrackId = pt.TrackId AND t.Name LIKE '%Love%' AND t.TrackId > 100
                ORDER BY t.TrackId DESC";
            let rows = store.rows::<(i32, i32, String)>(sql).into_iter();
            let mut love = by_key(rows.map(|(list, id, name)| (list, TrackName { id, name })));
            let ids = store.rows::<(i32,)>("SELECT PlaylistId FROM Playlist ORDER BY PlaylistId");
            ids.into_iter()
                .map(|(id,)| PlaylistInReverse { id, love: love.remove(&id).unwrap_or_default() })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct Composer {
    composer: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreName {
    id: i32,
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumCredits {
    id: i32,
    #[load(prefetch = tracks, distinct)]
    composers: Vec<Composer>,
    #[load(prefetch, distinct)]
    genres: Vec<GenreName>,
}

fn equal_rows_of_one_parent_are_loaded_once() {
    check_sorted(
        || AlbumCredits::query().order(albums::album_id),
        3,
        |album| {
            album.composers.sort_by(|a, b| a.composer.cmp(&b.composer));
            album.genres.sort_by_key(|genre| genre.id);
        },
        |store| {
            let sql = "SELECT AlbumId, Composer FROM Track WHERE AlbumId IS NOT NULL GROUP BY 1, 2";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            let mut composers =
                by_key(rows.map(|(album, composer)| (album, Composer { composer })));
            let sql = "SELECT a.AlbumId, g.GenreId, g.Name FROM Album AS a, Genre AS g
                WHERE EXISTS
                    (SELECT * FROM Track AS t WHERE t.AlbumId = a.AlbumId AND t.GenreId = g.GenreId)";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            let mut genres = by_key(rows.map(|(album, id, name)| (album, GenreName { id, name })));
            let ids = store.rows::<(i32,)>("SELECT AlbumId FROM Album ORDER BY AlbumId");
            ids.into_iter()
                .map(|(id,)| AlbumCredits {
                    id,
                    composers: composers.remove(&id).unwrap_or_default(),
                    genres: genres.remove(&id).unwrap_or_default(),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Genre)]
struct LongOfGenre {
    id: i32,
    #[load(
        prefetch = tracks,
        filter = tracks::milliseconds.between(400_000, 500_000),
        order_by = tracks::track_id,
    )]
    longer: Vec<TrackName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackBesideLong {
    id: i32,
    #[load(join)]
    genre: Option<LongOfGenre>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceOfLove {
    id: i32,
    #[load(prefetch, filter = tracks::name.like("%Love%"), order_by = tracks::track_id)]
    tracks: Vec<TrackBesideLong>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerInLove {
    id: i32,
    #[load(
        prefetch,
        filter = invoices::total.gt(price("5.0")).and(invoices::billing_state.is_not_null()),
        order_by = (invoices::total, invoices::invoice_id.desc()),
    )]
    invoices: Vec<InvoiceOfLove>,
}

fn prefetches_are_filtered_at_every_depth() {
    check(
        || CustomerInLove::query().order(customers::customer_id),
        4,
        |store| {
            let sql = "SELECT GenreId, TrackId, Name FROM Track
                WHERE GenreId IS NOT NULL AND Milliseconds >= 400000 AND Milliseconds <= 500000
                ORDER BY TrackId";
            let rows = store.rows::<(i32, i32, String)>(sql).into_iter();
            let longer = by_key(rows.map(|(genre, id, name)| (genre, TrackName { id, name })));
            let sql = "SELECT l.InvoiceId, t.TrackId, g.GenreId FROM InvoiceLine AS l
                JOIN Track AS t ON t.TrackId = l.TrackId AND t.Name LIKE '%Love%'
                LEFT JOIN Genre AS g ON g.GenreId = t.GenreId
                ORDER BY t.TrackId";
            let rows = store.rows::<(i32, i32, Option<i32>)>(sql).into_iter();
            let mut tracks = by_key(rows.map(|(invoice, id, genre)| {
                let genre = genre.map(|id| LongOfGenre {
                    id,
                    longer: longer.get(&id).cloned().unwrap_or_default(),
                });
                (invoice, TrackBesideLong { id, genre })
            }));
            let sql = "SELECT CustomerId, InvoiceId FROM Invoice
                WHERE Total > 5 AND BillingState IS NOT NULL ORDER BY Total, InvoiceId DESC";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut invoices = by_key(rows.map(|(customer, id)| {
                (customer, InvoiceOfLove { id, tracks: tracks.remove(&id).unwrap_or_default() })
            }));
            let ids = store.rows::<(i32,)>("SELECT CustomerId FROM Customer ORDER BY CustomerId");
            ids.into_iter()
                .map(|(id,)| CustomerInLove {
                    id,
                    invoices: invoices.remove(&id).unwrap_or_default(),
                })
                .collect()
        },
    );
}

tests![
    one_relation_is_filtered_and_ordered_in_three_ways,
    a_many_to_many_is_filtered_and_ordered_by_both_tables,
    equal_rows_of_one_parent_are_loaded_once,
    prefetches_are_filtered_at_every_depth,
];
