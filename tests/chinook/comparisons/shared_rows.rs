//! To-one rows that are built once and shared.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;
use upfront::LoadSpec;

use crate::check::check;
use crate::models::{Album, Artist, Customer, Employee, Genre, Track};
use crate::rows::by_key;
use crate::schema::{albums, customers, tracks};
use crate::store::stores;

// Nothing here is `Clone`: what is shared is not copied.
#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistName {
    id: i32,
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumOfArtist {
    id: i32,
    #[load(prefetch)]
    artist: Arc<ArtistName>,
}

fn artists(store: &mut crate::store::Store) -> HashMap<i32, Arc<ArtistName>> {
    let rows = store.rows::<(i32, Option<String>)>("SELECT ArtistId, Name FROM Artist");
    rows.into_iter().map(|(id, name)| (id, Arc::new(ArtistName { id, name }))).collect()
}

fn a_required_row_is_shared() {
    check(
        || AlbumOfArtist::query().order(albums::album_id),
        2,
        |store| {
            let artists = artists(store);
            let sql = "SELECT AlbumId, ArtistId FROM Album ORDER BY AlbumId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            rows.map(|(id, artist)| AlbumOfArtist { id, artist: Arc::clone(&artists[&artist]) })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreTracks {
    id: i32,
    #[load(prefetch, order_by = tracks::track_id, limit = 2)]
    tracks: Vec<TrackId>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct SharingTrack {
    id: i32,
    #[load(prefetch)]
    genre: Option<Arc<GenreTracks>>,
    #[load(prefetch)]
    album: Option<Arc<AlbumOfArtist>>,
}

fn an_optional_row_is_shared_with_what_is_prefetched_below() {
    check(
        || SharingTrack::query().order(tracks::track_id),
        5,
        |store| {
            let artists = artists(store);
            let sql = "SELECT AlbumId, ArtistId FROM Album";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let albums: HashMap<_, _> = rows
                .map(|(id, artist)| {
                    let artist = Arc::clone(&artists[&artist]);
                    (id, Arc::new(AlbumOfArtist { id, artist }))
                })
                .collect();
            let sql = "SELECT GenreId, TrackId FROM (SELECT GenreId, TrackId, row_number()
                OVER (PARTITION BY GenreId ORDER BY TrackId) AS number FROM Track) AS numbered
                WHERE number <= 2 AND GenreId IS NOT NULL ORDER BY TrackId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut firsts = by_key(rows.map(|(genre, id)| (genre, TrackId { id })));
            let ids = store.rows::<(i32,)>("SELECT GenreId FROM Genre").into_iter();
            let genres: HashMap<_, _> = ids
                .map(|(id,)| {
                    let tracks = firsts.remove(&id).unwrap_or_default();
                    (id, Arc::new(GenreTracks { id, tracks }))
                })
                .collect();
            let sql = "SELECT TrackId, GenreId, AlbumId FROM Track ORDER BY TrackId";
            let rows = store.rows::<(i32, Option<i32>, Option<i32>)>(sql).into_iter();
            rows.map(|(id, genre, album)| SharingTrack {
                id,
                genre: genre.and_then(|genre| genres.get(&genre).map(Arc::clone)),
                album: album.and_then(|album| albums.get(&album).map(Arc::clone)),
            })
            .collect()
        },
    );
}

fn each_row_is_built_once() {
    for mut store in stores() {
        let tracks: Vec<SharingTrack> =
            SharingTrack::query().load(&mut store.conn).expect("the spec loads");
        let mut genres = HashMap::<i32, &Arc<GenreTracks>>::new();
        let mut shared = 0;
        for genre in tracks.iter().filter_map(|track| track.genre.as_ref()) {
            let first = genres.entry(genre.id).or_insert(genre);
            assert!(Arc::ptr_eq(first, genre), "genre {} in {}", genre.id, store.name);
            shared += 1;
        }
        let holders: usize = genres.values().map(|genre| Arc::strong_count(genre)).sum();
        assert_eq!(holders, shared, "{}", store.name);
        assert!(genres.len() > 10 && shared > 1_000);
    }
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct Rep {
    id: i32,
    #[load(prefetch)]
    manager: Option<Arc<Manager>>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Manager {
    last_name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerRep {
    id: i32,
    #[load(join)]
    support_rep: Option<Rep>,
}

fn below_a_join_too() {
    check(
        || CustomerRep::query().order(customers::customer_id),
        2,
        |store| {
            let sql = "SELECT c.CustomerId, e.EmployeeId, m.LastName FROM Customer AS c
                LEFT JOIN Employee AS e ON e.EmployeeId = c.SupportRepId
                LEFT JOIN Employee AS m ON m.EmployeeId = e.ReportsTo ORDER BY c.CustomerId";
            let rows = store.rows::<(i32, Option<i32>, Option<String>)>(sql).into_iter();
            rows.map(|(id, rep, manager)| {
                let manager = manager.map(|last_name| Arc::new(Manager { last_name }));
                CustomerRep { id, support_rep: rep.map(|id| Rep { id, manager }) }
            })
            .collect()
        },
    );
}

tests![
    a_required_row_is_shared,
    an_optional_row_is_shared_with_what_is_prefetched_below,
    each_row_is_built_once,
    below_a_join_too,
];
