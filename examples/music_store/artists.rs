//! Artists, their albums, and how long each album plays: prefetches to two levels.

use std::io::Write;

use diesel::prelude::*;
use upfront::LoadSpec;

use crate::models::{Album, Artist, Track};
use crate::schema::{albums, artists};
use crate::text::{UNNAMED, counted, counted_in, length};

// One query for the artists, one for the albums of all of them, one for the tracks of all of these. Should somebody
// add a prefetch anywhere below, this no longer compiles: the cost of a page is a decision.
#[derive(LoadSpec)]
#[load(Artist, max_queries = 3)]
struct ArtistPage {
    name: Option<String>,
    #[load(prefetch, order_by = (albums::title, albums::album_id))]
    albums: Vec<AlbumLine>,
}

#[derive(LoadSpec)]
#[load(Album)]
struct AlbumLine {
    title: String,
    #[load(prefetch)]
    tracks: Vec<TrackLength>,
}

// A field without an attribute is a column. Nothing else of a track is read: not its name, nor any other column.
#[derive(LoadSpec)]
#[load(Track)]
struct TrackLength {
    milliseconds: i32,
}

fn playing_time(album: &AlbumLine) -> String {
    length(album.tracks.iter().map(|track| i64::from(track.milliseconds)).sum())
}

pub(crate) fn print(conn: &mut SqliteConnection, out: &mut dyn Write) -> crate::Result {
    let artists = ArtistPage::query().order(artists::name).load(conn)?;
    for artist in &artists {
        writeln!(out, "  {}", artist.name.as_deref().unwrap_or(UNNAMED))?;
        for album in &artist.albums {
            let tracks = counted_in(3, album.tracks.len(), "track");
            writeln!(out, "    {tracks}  {:>8}  {}", playing_time(album), album.title)?;
        }
    }
    let albums: usize = artists.iter().map(|artist| artist.albums.len()).sum();
    writeln!(out, "\n  {}, {}", counted(artists.len(), "artist"), counted(albums, "album"))?;
    Ok(())
}
