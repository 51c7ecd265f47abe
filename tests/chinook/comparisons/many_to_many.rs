//! Relations through a third table.

use upfront::LoadSpec;

use crate::check::check_sorted;
use crate::models::{Album, Genre, Invoice, MediaType, Playlist, Track};
use crate::rows::by_key;
use crate::schema::{albums, genres, invoices, playlists, tracks};

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackName {
    id: i32,
    name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistTracks {
    id: i32,
    name: Option<String>,
    #[load(prefetch)]
    tracks: Vec<TrackName>,
}

fn every_playlist_has_its_tracks() {
    check_sorted(
        || PlaylistTracks::query().order(playlists::playlist_id),
        2,
        |playlist| playlist.tracks.sort_by_key(|track| track.id),
        |store| {
            let sql = "SELECT PlaylistId, Name FROM Playlist ORDER BY PlaylistId";
            let playlists = store.rows::<(i32, Option<String>)>(sql).into_iter();
            let tracks = |id| {
                format!(
                    "SELECT TrackId, Name FROM Track
                    WHERE TrackId IN (SELECT TrackId FROM PlaylistTrack WHERE PlaylistId = {id})"
                )
            };
            playlists
                .map(|(id, name)| {
                    let rows = store.rows::<(i32, String)>(&tracks(id)).into_iter();
                    let tracks = rows.map(|(id, name)| TrackName { id, name }).collect();
                    PlaylistTracks { id, name, tracks }
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Playlist)]
struct PlaylistName {
    id: i32,
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackPlaylists {
    id: i32,
    #[load(prefetch)]
    playlists: Vec<PlaylistName>,
}

fn every_track_has_its_playlists() {
    check_sorted(
        || TrackPlaylists::query().order(tracks::track_id),
        2,
        |track| track.playlists.sort_by_key(|playlist| playlist.id),
        |store| {
            let sql = "SELECT pt.TrackId, p.PlaylistId, p.Name FROM PlaylistTrack AS pt
                JOIN Playlist AS p ON p.PlaylistId = pt.PlaylistId";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            let mut playlists =
                by_key(rows.map(|(track, id, name)| (track, PlaylistName { id, name })));
            let ids =
                store.rows::<(i32,)>("SELECT TrackId FROM Track ORDER BY TrackId").into_iter();
            ids.map(|(id,)| TrackPlaylists {
                id,
                playlists: playlists.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackAndItsPlaylists {
    id: i32,
    #[load(prefetch)]
    playlists: Vec<PlaylistName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Playlist)]
struct PlaylistThereAndBack {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackAndItsPlaylists>,
}

fn a_many_to_many_leads_there_and_back_again() {
    check_sorted(
        || PlaylistThereAndBack::query().order(playlists::playlist_id),
        3,
        |playlist| {
            playlist.tracks.sort_by_key(|track| track.id);
            for track in &mut playlist.tracks {
                track.playlists.sort_by_key(|playlist| playlist.id);
            }
        },
        |store| {
            let sql = "SELECT TrackId, PlaylistId, Name
                FROM PlaylistTrack JOIN Playlist USING (PlaylistId)";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            let playlists =
                by_key(rows.map(|(track, id, name)| (track, PlaylistName { id, name })));
            let sql = "SELECT PlaylistId, TrackId FROM PlaylistTrack JOIN Track USING (TrackId)";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut tracks = by_key(rows.map(|(playlist, id)| {
                (playlist, TrackAndItsPlaylists { id, playlists: playlists[&id].clone() })
            }));
            let ids = store.rows::<(i32,)>("SELECT PlaylistId FROM Playlist ORDER BY PlaylistId");
            let there_and_back =
                |(id,)| PlaylistThereAndBack { id, tracks: tracks.remove(&id).unwrap_or_default() };
            ids.into_iter().map(there_and_back).collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceTracks {
    id: i32,
    #[load(prefetch)]
    tracks: Vec<TrackName>,
}

fn a_through_table_may_have_columns_of_its_own() {
    check_sorted(
        || InvoiceTracks::query().order(invoices::invoice_id),
        2,
        |invoice| invoice.tracks.sort_by_key(|track| track.id),
        |store| {
            let sql = "SELECT InvoiceId, TrackId, Name FROM InvoiceLine JOIN Track USING (TrackId)";
            let rows = store.rows::<(i32, i32, String)>(sql).into_iter();
            let mut tracks =
                by_key(rows.map(|(invoice, id, name)| (invoice, TrackName { id, name })));
            let ids = store.rows::<(i32,)>("SELECT InvoiceId FROM Invoice ORDER BY InvoiceId");
            let invoice =
                |(id,)| InvoiceTracks { id, tracks: tracks.remove(&id).unwrap_or_default() };
            ids.into_iter().map(invoice).collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreName {
    id: i32,
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(MediaType)]
struct Medium {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumKinds {
    id: i32,
    #[load(prefetch)]
    genres: Vec<GenreName>,
    #[load(prefetch)]
    media_types: Vec<Medium>,
}

fn a_row_comes_once_for_each_row_of_the_through_table() {
    check_sorted(
        || AlbumKinds::query().order(albums::album_id),
        3,
        |album| {
            album.genres.sort_by_key(|genre| genre.id);
            album.media_types.sort_by_key(|medium| medium.id);
        },
        |store| {
            let sql = "SELECT t.AlbumId, g.GenreId, g.Name FROM Track AS t, Genre AS g
                WHERE g.GenreId = t.GenreId AND t.AlbumId IS NOT NULL";
            let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
            let mut genres = by_key(rows.map(|(album, id, name)| (album, GenreName { id, name })));
            let sql = "SELECT AlbumId, MediaTypeId FROM Track JOIN MediaType USING (MediaTypeId)
                WHERE AlbumId IS NOT NULL";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            let mut media = by_key(rows.map(|(album, id)| (album, Medium { id })));
            let ids =
                store.rows::<(i32,)>("SELECT AlbumId FROM Album ORDER BY AlbumId").into_iter();
            ids.map(|(id,)| AlbumKinds {
                id,
                genres: genres.remove(&id).unwrap_or_default(),
                media_types: media.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumTitle {
    id: i32,
    title: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreAlbums {
    id: i32,
    #[load(prefetch)]
    albums: Vec<AlbumTitle>,
}

fn both_keys_of_the_through_table_may_be_null() {
    check_sorted(
        || GenreAlbums::query().order(genres::genre_id),
        2,
        |genre| genre.albums.sort_by_key(|album| album.id),
        |store| {
            let sql = "SELECT t.GenreId, al.AlbumId, al.Title FROM Track AS t, Album AS al
                WHERE al.AlbumId = t.AlbumId AND t.GenreId IS NOT NULL";
            let rows = store.rows::<(i32, i32, String)>(sql).into_iter();
            let mut albums =
                by_key(rows.map(|(genre, id, title)| (genre, AlbumTitle { id, title })));
            let ids =
                store.rows::<(i32,)>("SELECT GenreId FROM Genre ORDER BY GenreId").into_iter();
            ids.map(|(id,)| GenreAlbums { id, albums: albums.remove(&id).unwrap_or_default() })
                .collect()
        },
    );
}

tests![
    every_playlist_has_its_tracks,
    every_track_has_its_playlists,
    a_many_to_many_leads_there_and_back_again,
    a_through_table_may_have_columns_of_its_own,
    a_row_comes_once_for_each_row_of_the_through_table,
    both_keys_of_the_through_table_may_be_null,
];
