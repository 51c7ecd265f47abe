//! Tracks under their albums, with genre and media type: joins, joins of joins, and aggregates, in one query.

use std::io::Write;

use diesel::prelude::*;
use track::Loaded as _;
use upfront::{LoadSpec, Loads};

use crate::models::{Album, Artist, Genre, MediaType, Track, track};
use crate::schema::{albums, artists, tracks};
use crate::text::{UNNAMED, counted, length};

// A `belongs_to` is joined into the same query: `INNER` where the key is never null, as that of the media type; where
// it may be, the field is an `Option`, and the compiler says so if it is not.
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

/// The artist of a track, for any spec that loads the album of a track with its heading. The function asks for what it
/// reads; a spec that does not load it is refused by the compiler, where a lazy loader would run a query.
pub(crate) fn artist(
    track: &impl Loads<track::album, Value = Option<AlbumHeading>>,
) -> Option<&str> {
    track.album().as_ref()?.artist.name.as_deref()
}

/// The genre of a track, for any spec that loads its name.
pub(crate) fn genre(track: &impl Loads<track::genre, Value = Option<GenreName>>) -> &str {
    track.genre().as_ref().and_then(|genre| genre.name.as_deref()).unwrap_or("")
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
            Some(album) => {
                writeln!(out, "  {}: {}", artist(first).unwrap_or(UNNAMED), album.title)?;
            }
            None => writeln!(out, "  On no album")?,
        }
        for track in of_one_album {
            print_row(track, out)?;
        }
    }
    writeln!(out, "\n  {} (* in a playlist)", counted(tracks.len(), "track"))?;
    Ok(())
}

fn print_row(track: &TrackRow, out: &mut dyn Write) -> crate::Result {
    let mark = if track.in_a_playlist { '*' } else { ' ' };
    let length = length(track.milliseconds.into());
    let TrackRow { name, unit_price: price, sales, media_type, .. } = track;
    let (genre, media_type) = (genre(track), media_type.name.as_deref().unwrap_or(""));
    writeln!(
        out,
        "   {mark}{length:>8}  {price:>5.2}  {sales:>2} sold  {genre:18}  {media_type:27}  {name}",
    )?;
    Ok(())
}
