//! Relations that are loaded onto rows which are there already, and rows in chunks.

use diesel::prelude::*;
use upfront::{LoadSpec, RelationDsl};
use upfront_tests::queries::Queries;

use crate::models::{
    Album, Artist, Employee, Genre, InvoiceLine, Playlist, PlaylistTrack, Track, artist, employee,
    track,
};
use crate::rows::by_key;
use crate::schema::{invoice_lines, playlist_tracks, tracks};
use crate::store::stores;

// The keys of its relations are what it has of a track.
#[derive(LoadSpec)]
#[load(Track)]
struct TrackKeys {
    id: i32,
    album_id: Option<i32>,
    genre_id: Option<i32>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Album)]
struct AlbumTitle {
    id: i32,
    title: String,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Genre)]
struct GenreId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(InvoiceLine)]
struct LineOfTrack {
    id: i32,
    #[load(join)]
    track: TrackId,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Playlist)]
struct PlaylistName {
    id: i32,
    name: Option<String>,
}

fn each_row_gets_what_its_key_leads_to() {
    for mut store in stores() {
        let conn = &mut store.conn;
        // Long tracks, and the first of them twice: parents may share a key, and have none.
        let query = || TrackKeys::query().filter(tracks::milliseconds.gt(250_000));
        let mut found: Vec<TrackKeys> = query().order(tracks::track_id.desc()).load(conn).unwrap();
        found.extend(query().order(tracks::track_id).limit(50).load(conn).unwrap());

        let log = Queries::of(conn);
        let albums = track::album.load_onto::<AlbumTitle>(&found, conn).unwrap();
        let genres = track::genre.load_onto::<GenreId>(&found, conn).unwrap();
        assert_eq!(log.take().len(), 2);
        let lines = track::lines
            .load_onto_with::<LineOfTrack, _>(
                &found,
                |lines| lines.order_by(invoice_lines::invoice_line_id.desc()).limit(2),
                conn,
            )
            .unwrap();
        let playlists = track::playlists
            .load_onto_with::<PlaylistName, _>(
                &found,
                |lists| lists.order_by(playlist_tracks::playlist_id),
                conn,
            )
            .unwrap();
        assert_eq!(log.take().len(), 2);

        let rows = store.rows::<(i32, String)>("SELECT AlbumId, Title FROM Album").into_iter();
        let albums_by_id = by_key(rows.map(|(id, title)| (id, AlbumTitle { id, title })));
        let rows = store.rows::<(i32,)>("SELECT GenreId FROM Genre").into_iter();
        let genres_by_id = by_key(rows.map(|(id,)| (id, GenreId { id })));
        let sql = "SELECT l.TrackId, l.InvoiceLineId FROM InvoiceLine AS l
            ORDER BY l.InvoiceLineId DESC";
        let rows = store.rows::<(i32, i32)>(sql).into_iter();
        let of_track = by_key(
            rows.map(|(track, id)| (track, LineOfTrack { id, track: TrackId { id: track } })),
        );
        let sql = "SELECT pt.TrackId, p.PlaylistId, p.Name FROM PlaylistTrack AS pt, Playlist AS p
            WHERE p.PlaylistId = pt.PlaylistId ORDER BY p.PlaylistId";
        let rows = store.rows::<(i32, i32, Option<String>)>(sql).into_iter();
        let lists = by_key(rows.map(|(track, id, name)| (track, PlaylistName { id, name })));

        assert!(found.len() > 1_000);
        for (i, track) in found.iter().enumerate() {
            let album = track.album_id.and_then(|album| albums_by_id.get(&album));
            assert_eq!(albums[i].as_ref(), album.map(|album| &album[0]));
            let genre = track.genre_id.and_then(|genre| genres_by_id.get(&genre));
            assert_eq!(genres[i].as_ref(), genre.map(|genre| &genre[0]));
            let of_track = of_track.get(&track.id).map_or(&[][..], Vec::as_slice);
            assert_eq!(lines[i], of_track[..of_track.len().min(2)]);
            assert_eq!(playlists[i], lists.get(&track.id).cloned().unwrap_or_default());
        }
        let lengths = [albums.len(), genres.len(), lines.len(), playlists.len()];
        assert_eq!(lengths, [found.len(); 4]);
    }
}

#[derive(LoadSpec)]
#[load(Artist)]
struct ArtistId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Employee)]
struct EmployeeKeys {
    id: i32,
    reports_to: Option<i32>,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct EmployeeId {
    id: i32,
}

fn a_chain_and_a_self_relation_too() {
    for mut store in stores() {
        let conn = &mut store.conn;
        let artists: Vec<ArtistId> = ArtistId::query().load(conn).unwrap();
        let employees: Vec<EmployeeKeys> = EmployeeKeys::query().load(conn).unwrap();
        let log = Queries::of(conn);
        let tracks = artist::tracks.load_onto::<TrackId>(&artists, conn).unwrap();
        let managers = employee::manager.load_onto::<EmployeeId>(&employees, conn).unwrap();
        let reports = employee::reports.load_onto::<EmployeeId>(&employees, conn).unwrap();
        assert_eq!(log.take().len(), 3);

        let sql = "SELECT ArtistId, TrackId FROM Album JOIN Track USING (AlbumId) ORDER BY TrackId";
        let of_artist = by_key(store.rows::<(i32, i32)>(sql));
        for (artist, tracks) in std::iter::zip(&artists, tracks) {
            let mut ids: Vec<i32> = tracks.into_iter().map(|track| track.id).collect();
            ids.sort_unstable();
            assert_eq!(ids, of_artist.get(&artist.id).cloned().unwrap_or_default());
        }
        for (i, employee) in employees.iter().enumerate() {
            let manager = employee.reports_to.filter(|id| employees.iter().any(|e| e.id == *id));
            assert_eq!(managers[i].as_ref().map(|manager| manager.id), manager);
            let mut ids: Vec<i32> = reports[i].iter().map(|report| report.id).collect();
            ids.sort_unstable();
            let own = employees.iter().filter(|e| e.reports_to == Some(employee.id));
            assert_eq!(ids, own.map(|e| e.id).collect::<Vec<_>>());
        }
    }
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackPage {
    id: i32,
    #[load(join)]
    album: Option<AlbumTitle>,
    #[load(prefetch, order_by = playlist_tracks::playlist_id, limit = 3)]
    playlists: Vec<PlaylistName>,
    #[load(annotate = lines.count())]
    lines: i64,
}

fn chunks_are_together_what_a_load_is() {
    for mut store in stores() {
        let conn = &mut store.conn;
        let query = || TrackPage::query().filter(tracks::milliseconds.gt(200_000));
        let all: Vec<TrackPage> = query().order(tracks::track_id).load(conn).unwrap();
        let sql = "SELECT TrackId FROM Track WHERE Milliseconds > 200000 ORDER BY TrackId";
        let ids = store.rows::<(i32,)>(sql).into_iter();
        assert_eq!(
            all.iter().map(|track| (track.id,)).collect::<Vec<_>>(),
            ids.collect::<Vec<_>>()
        );
        for size in [1_000, 97, all.len(), all.len() + 1] {
            let conn = &mut store.conn;
            let log = Queries::of(conn);
            let chunks: Vec<Vec<TrackPage>> =
                query().load_chunks(size, conn).collect::<QueryResult<_>>().unwrap();
            let ran = log.take().len();
            assert_eq!(chunks.len(), all.len().div_ceil(size));
            // A last chunk that is full is known to be the last when one more query finds nothing.
            let is_full = usize::from(all.len() % size == 0);
            assert_eq!(ran, chunks.len() * TrackPage::QUERIES + is_full, "chunks of {size}");
            assert!(chunks.iter().all(|chunk| chunk.len() <= size && !chunk.is_empty()));
            assert_eq!(chunks.concat(), all, "chunks of {size} in {}", store.name);
        }
    }
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(PlaylistTrack)]
struct Entry {
    playlist_id: i32,
    track_id: i32,
}

fn chunks_go_on_from_a_composite_key() {
    for mut store in stores() {
        // Some chunks end in the middle of a playlist, some where one ends.
        for size in [213, 1_000] {
            let conn = &mut store.conn;
            let chunks: Vec<Vec<Entry>> =
                Entry::query().load_chunks(size, conn).collect::<QueryResult<_>>().unwrap();
            let entries = chunks.concat().into_iter().map(|row| (row.playlist_id, row.track_id));
            let sql = "SELECT PlaylistId, TrackId FROM PlaylistTrack ORDER BY PlaylistId, TrackId";
            assert_eq!(entries.collect::<Vec<_>>(), store.rows::<(i32, i32)>(sql));
        }
    }
}

tests![
    each_row_gets_what_its_key_leads_to,
    a_chain_and_a_self_relation_too,
    chunks_are_together_what_a_load_is,
    chunks_go_on_from_a_composite_key,
];
