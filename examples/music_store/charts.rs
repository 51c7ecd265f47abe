//! What sells in each genre: the first rows of every parent, aggregates, and a filter by relations.

use std::io::Write;

use diesel::prelude::*;
use upfront::{LoadSpec, RelationDsl};

use crate::models::{Genre, Track, genre, track};
use crate::schema::{genres, invoice_lines, tracks};
use crate::text::{UNNAMED, counted};
use crate::tracks::{AlbumHeading, artist};

/// How many tracks of a genre are shown.
const SHOWN: i64 = 3;

// A prefetch is filtered, ordered and cut where it is declared. The limit is for each genre, not for all of them
// together; how many it is, is said when the query is made.
#[derive(LoadSpec)]
#[load(Genre, params(shown: i64), max_queries = 2)]
struct GenreChart {
    name: Option<String>,
    #[load(annotate = tracks.count())]
    tracks: i64,
    // Through the tracks to their sales. What is computed of no rows is `NULL`, and here 0.
    #[load(annotate = sales.sum(invoice_lines::unit_price).default(0.0))]
    earned: f64,
    #[load(
        prefetch = tracks,
        filter = track::sales.exists(),
        order_by = track::sales.count().desc(),
        then_order_by = tracks::name,
        limit = shown,
    )]
    best: Vec<ChartTrack>,
}

#[derive(LoadSpec)]
#[load(Track)]
struct ChartTrack {
    name: String,
    #[load(annotate = sales.count())]
    sold: i64,
    #[load(join)]
    album: Option<AlbumHeading>,
}

pub(crate) fn print(conn: &mut SqliteConnection, out: &mut dyn Write) -> crate::Result {
    // A relation is an expression, in a filter and in an order as in a spec.
    let charts = GenreChart::query(SHOWN)
        .filter(genre::tracks.any(track::sales.exists()))
        .order((genre::sales.count().desc(), genres::name))
        .load(conn)?;
    for GenreChart { name, tracks, earned, best } in &charts {
        let name = name.as_deref().unwrap_or(UNNAMED);
        writeln!(out, "  {name} ({}, {earned:.2} earned)", counted(*tracks, "track"))?;
        for track in best {
            write!(out, "    {:>3} sold  {}", track.sold, track.name)?;
            match artist(track) {
                Some(artist) => writeln!(out, " ({artist})")?,
                None => writeln!(out)?,
            }
        }
    }
    writeln!(out, "\n  {}", counted(charts.len(), "genre"))?;
    Ok(())
}
