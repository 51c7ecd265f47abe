//! Tracks under their albums, with genre and media type: joins, joins of joins, and aggregates, in one query.

use std::io::Write;

use diesel::prelude::*;
use upfront::{LoadSpec, Loads};

use crate::models::{Album, Artist, Genre, MediaType, Track, track};
use crate::schema::{albums, artists, tracks};
use crate::text::{UNNAMED, length};

// A `belongs_to` is joined into the same query. `TrackRow` says `Option` where the key may be null, and where it may
// not, as that of the media type, it need not.
#[derive(LoadSpec)]
#[load(Track, max_queries = 1)]
struct TrackRow {
    name: String,
    album_id: Option<i32>,
    milliseconds: i32,
    unit_price: f64,
    #[load(join)]
    album: Option<AlbumHeading>,
    #[load(join)]
    genre: Option<GenreName>,
    #[load(join)]
    media_type: MediaTypeName,
    // The database counts: no row of a sale is read. Two aggregates never multiply each other's rows.
    #[load(annotate = sales.count())]
    sales: i64,
    #[load(annotate = playlists.exists())]
    in_a_playlist: bool,
}

// Specs nest: whoever joins an album with this one joins its artist too.
#[derive(LoadSpec)]
#[load(Album)]
pub(crate) struct AlbumHeading {
    title: String,
    #[load(join)]
    artist: ArtistName,
}

#[derive(LoadSpec)]
#[load(Artist)]
pub(crate) struct ArtistName {
    name: Option<String>,
}

#[derive(LoadSpec)]
#[load(Genre)]
pub(crate) struct GenreName {
    name: Option<String>,
}

#[derive(LoadSpec)]
#[load(MediaType)]
struct MediaTypeName {
    name: Option<String>,
}

/// The artist of a track, for any spec that loads a track's album in this manner.
pub(crate) fn artist(track: &impl Loads<track::album, Value = Option<AlbumHeading>>) -> &str {
    let artist = track.loaded().as_ref().map(|album| &album.artist);
    artist.and_then(|artist| artist.name.as_deref()).unwrap_or(UNNAMED)
}

/// The genre of a track, for any spec that loads a track's genre in this manner.
pub(crate) fn genre(track: &impl Loads<track::genre, Value = Option<GenreName>>) -> &str {
    track.loaded().as_ref().and_then(|genre| genre.name.as_deref()).unwrap_or("")
}

pub(crate) fn print(conn: &mut SqliteConnection, out: &mut dyn Write) -> crate::Result {
    // The columns of a joined table are reached by the way that leads there, which stays right where one table is
    // joined by several ways.
    let tracks = TrackRow::query()
        .order((
            TrackRow::album.then(AlbumHeading::artist).field(artists::name),
            TrackRow::album.field(albums::title),
            tracks::album_id,
            tracks::track_id,
        ))
        .load(conn)?;
    for of_one_album in tracks.chunk_by(|one, other| one.album_id == other.album_id) {
        let first = &of_one_album[0];
        match &first.album {
            Some(album) => writeln!(out, "  {}: {}", artist(first), album.title)?,
            None => writeln!(out, "  On no album")?,
        }
        for track in of_one_album {
            print_row(track, out)?;
        }
    }
    writeln!(out, "  {} tracks (* in a playlist)", tracks.len())?;
    Ok(())
}

fn print_row(track: &TrackRow, out: &mut dyn Write) -> crate::Result {
    let (mark, length) =
        (if track.in_a_playlist { '*' } else { ' ' }, length(track.milliseconds.into()));
    let media_type = track.media_type.name.as_deref().unwrap_or("");
    let TrackRow { name, unit_price: price, sales, .. } = track;
    writeln!(
        out,
        "   {mark}{length:>8}  {price:>5.2}  {sales:>2} sold  {:18}  {media_type:27}  {name}",
        genre(track),
    )?;
    Ok(())
}
