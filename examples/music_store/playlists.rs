//! Playlists and their tracks: a many-to-many prefetch whose rows have joins of their own.

use std::io::Write;

use diesel::prelude::*;
use upfront::LoadSpec;

use crate::models::{Playlist, Track};
use crate::schema::{playlists, tracks};
use crate::text::{UNNAMED, counted, length};
use crate::tracks::{AlbumHeading, GenreName, artist, genre};

#[derive(LoadSpec)]
#[load(Playlist, max_queries = 2)]
struct PlaylistPage {
    name: Option<String>,
    #[load(prefetch, order_by = tracks::track_id)]
    tracks: Vec<PlaylistTrack>,
}

// Another view of a track than the one among the tracks: each place reads what it shows. The prefetch joins the album,
// its artist and the genre in its own query, so that this page is two queries, however long the playlists.
#[derive(LoadSpec)]
#[load(Track)]
struct PlaylistTrack {
    name: String,
    milliseconds: i32,
    #[load(join)]
    album: Option<AlbumHeading>,
    #[load(join)]
    genre: Option<GenreName>,
}

pub(crate) fn print(conn: &mut SqliteConnection, out: &mut dyn Write) -> crate::Result {
    let playlists =
        PlaylistPage::query().order((playlists::name, playlists::playlist_id)).load(conn)?;
    for playlist in &playlists {
        let name = playlist.name.as_deref().unwrap_or(UNNAMED);
        writeln!(out, "  {name} ({})", counted(playlist.tracks.len(), "track"))?;
        for track in &playlist.tracks {
            let length = length(track.milliseconds.into());
            write!(out, "    {length:>8}  {:18}  {}", genre(track), track.name)?;
            match artist(track) {
                Some(artist) => writeln!(out, " ({artist})")?,
                None => writeln!(out)?,
            }
        }
    }
    writeln!(out, "\n  {}", counted(playlists.len(), "playlist"))?;
    Ok(())
}
