//! Annotations that are any expression on the model's table.

use diesel::dsl::{case_when, date};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use upfront::LoadSpec;

use crate::check::check;
use crate::models::{Album, Artist, Invoice, Track};
use crate::price::{Price, price};
use crate::rows::by_key;
use crate::schema::{albums, artists, invoices, tracks};

diesel::define_sql_function! {
    fn upper(text: Text) -> Text;
}

diesel::define_sql_function! {
    fn substr(text: Text, from: Integer, length: Integer) -> Text;
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackFacts {
    id: i32,
    #[load(annotate = upper(substr(tracks::name, 1_i32, 5_i32)))]
    loud: String,
    #[load(annotate = tracks::milliseconds * 2 - 60_000)]
    longer: i32,
    #[load(annotate = tracks::unit_price + tracks::unit_price)]
    double: Price,
    #[load(annotate = tracks::composer.is_null().and(tracks::genre_id.eq(1)))]
    unknown_rock: Option<bool>,
    #[load(annotate = tracks::name.like("%a%").or(tracks::milliseconds.gt(300_000)))]
    either: bool,
    #[load(annotate = case_when(tracks::unit_price.gt(price("1.0")), "dear".into_sql::<Text>()).otherwise(tracks::name))]
    dear_or_name: String,
    #[load(annotate = tracks::name.concat("!"))]
    cry: String,
    #[load(annotate = playlists.count().lt(lines.count()))]
    sells: bool,
}

fn of_columns_literals_and_functions() {
    check(
        || TrackFacts::query().order(tracks::track_id),
        1,
        |store| {
            let sql = "SELECT TrackId, upper(substr(Name, 1, 5)), Milliseconds * 2 - 60000,
                UnitPrice + UnitPrice, Composer IS NULL AND GenreId = 1,
                Name LIKE '%a%' OR Milliseconds > 300000, CASE WHEN UnitPrice > 1.0 THEN 'dear' ELSE Name END,
                concat(Name, '!'),
                (SELECT count(*) FROM PlaylistTrack AS p JOIN Playlist USING (PlaylistId)
                    WHERE p.TrackId = t.TrackId)
                < (SELECT count(*) FROM InvoiceLine AS l WHERE l.TrackId = t.TrackId)
                FROM Track AS t ORDER BY TrackId";
            type Row = (i32, String, i32, Price, Option<bool>, bool, String, String, bool);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(
                |(id, loud, longer, double, unknown_rock, either, dear_or_name, cry, sells)| {
                    TrackFacts {
                        id,
                        loud,
                        longer,
                        double,
                        unknown_rock,
                        either,
                        dear_or_name,
                        cry,
                        sells,
                    }
                },
            )
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumFacts {
    #[load(annotate = upper(albums::title))]
    loud: String,
    #[load(annotate = artist.any(artists::name.like("%a%")))]
    by_a: bool,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOnAlbum {
    id: i32,
    #[load(join)]
    album: Option<AlbumFacts>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistFacts {
    #[load(annotate = artists::name.is_not_null())]
    has_name: bool,
    #[load(prefetch, filter = tracks::name.like("%Love%"), order_by = upper(tracks::name), limit = 5)]
    tracks: Vec<TrackOnAlbum>,
}

fn at_a_join_below_a_prefetch() {
    check(
        || ArtistFacts::query().order(artists::artist_id),
        2,
        |store| {
            let sql = "SELECT ArtistId, TrackId, upper(Title), Artist LIKE '%a%' FROM
                (SELECT l.ArtistId, t.TrackId, l.Title, coalesce(a.Name, '') AS Artist, row_number()
                    OVER (PARTITION BY l.ArtistId ORDER BY upper(t.Name), t.TrackId) AS number
                    FROM Artist AS a JOIN Album AS l ON l.ArtistId = a.ArtistId
                    JOIN Track AS t ON t.AlbumId = l.AlbumId WHERE t.Name LIKE '%Love%') AS numbered
                WHERE number <= 5 ORDER BY ArtistId, number";
            let rows = store.rows::<(i32, i32, String, bool)>(sql).into_iter();
            let mut tracks = by_key(rows.map(|(artist, id, loud, by_a)| {
                (artist, TrackOnAlbum { id, album: Some(AlbumFacts { loud, by_a }) })
            }));
            let sql = "SELECT ArtistId, Name IS NOT NULL FROM Artist ORDER BY ArtistId";
            let rows = store.rows::<(i32, bool)>(sql).into_iter();
            rows.map(|(id, has_name)| ArtistFacts {
                has_name,
                tracks: tracks.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceDay {
    id: i32,
    #[load(annotate = date(invoices::invoice_date))]
    day: chrono::NaiveDate,
}

fn a_query_filters_and_orders_by_the_same_expression() {
    check(
        || {
            InvoiceDay::query()
                .filter(date(invoices::invoice_date).gt(chrono::NaiveDate::default()))
                .order((date(invoices::invoice_date).desc(), invoices::invoice_id))
        },
        1,
        |store| {
            let sql = "SELECT InvoiceId, InvoiceDate FROM Invoice
                ORDER BY InvoiceDate DESC, InvoiceId";
            let rows = store.rows::<(i32, chrono::NaiveDateTime)>(sql).into_iter();
            rows.map(|(id, date)| InvoiceDay { id, day: date.date() }).collect()
        },
    );
}

tests![
    of_columns_literals_and_functions,
    at_a_join_below_a_prefetch,
    a_query_filters_and_orders_by_the_same_expression,
];
