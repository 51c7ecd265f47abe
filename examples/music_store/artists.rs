//! Artists, their albums, and how long each album plays: prefetches to two levels.

use std::io::Write;

use diesel::prelude::*;
use upfront::{LoadSpec, Loads};

use crate::models::{Album, Artist, Track, album};
use crate::schema::artists;
use crate::text::{UNNAMED, length};

// One query for the artists, one for the albums of all of them, one for the tracks of all of these. Should somebody
// add a prefetch anywhere below, this no longer compiles: the cost of a page is a decision.
#[derive(LoadSpec)]
#[load(Artist, max_queries = 3)]
struct ArtistPage {
    name: Option<String>,
    #[load(prefetch)]
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

/// Asks for what it reads and for nothing more: any spec of an album will do that loads the lengths of its tracks.
/// One that does not load them is refused by the compiler, where a lazy loader would run a query.
fn playing_time(album: &impl Loads<album::tracks, Value = Vec<TrackLength>>) -> String {
    length(album.loaded().iter().map(|track| i64::from(track.milliseconds)).sum())
}

pub(crate) fn print(conn: &mut SqliteConnection, out: &mut dyn Write) -> crate::Result {
    let mut artists = ArtistPage::query().order(artists::name).load(conn)?;
    for artist in &mut artists {
        writeln!(out, "  {}", artist.name.as_deref().unwrap_or(UNNAMED))?;
        // The database promises no order for the rows of a prefetch.
        artist.albums.sort_by(|one, other| one.title.cmp(&other.title));
        for album in &artist.albums {
            let (tracks, time) = (album.tracks.len(), playing_time(album));
            writeln!(out, "    {tracks:>3} tracks  {time:>8}  {}", album.title)?;
        }
    }
    let albums: usize = artists.iter().map(|artist| artist.albums.len()).sum();
    writeln!(out, "  {} artists, {albums} albums", artists.len())?;
    Ok(())
}
