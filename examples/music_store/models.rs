//! The models: a table's columns and, by name, what each row leads to.
//!
//! A model lists the columns that are read somewhere; it need not list them all. Keys are found by their names
//! (`artist: Artist` by `artist_id`), and named where they are called otherwise.

use chrono::NaiveDateTime;
use upfront::Model;

use crate::schema::{
    albums, artists, customers, employees, genres, invoice_lines, invoices, media_types,
    playlist_tracks, playlists, tracks,
};

#[derive(Model)]
#[diesel(table_name = artists, primary_key(artist_id))]
#[model(has_many(albums: Album))]
pub(crate) struct Artist {
    artist_id: i32,
    name: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = albums, primary_key(album_id))]
#[model(belongs_to(artist: Artist), has_many(tracks: Track))]
pub(crate) struct Album {
    album_id: i32,
    title: String,
    artist_id: i32,
}

#[derive(Model)]
#[diesel(table_name = genres, primary_key(genre_id))]
#[model(has_many(tracks: Track), has_many(sales: InvoiceLine, through = tracks))]
pub(crate) struct Genre {
    genre_id: i32,
    name: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = media_types, primary_key(media_type_id))]
pub(crate) struct MediaType {
    media_type_id: i32,
    name: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = tracks, primary_key(track_id))]
#[model(
    belongs_to(album: Album),
    belongs_to(genre: Genre),
    belongs_to(media_type: MediaType),
    has_many(sales: InvoiceLine),
    many_to_many(playlists: Playlist, through = playlist_tracks),
)]
pub(crate) struct Track {
    track_id: i32,
    name: String,
    album_id: Option<i32>,
    media_type_id: i32,
    genre_id: Option<i32>,
    milliseconds: i32,
    unit_price: f64,
}

#[derive(Model)]
#[diesel(table_name = playlists, primary_key(playlist_id))]
#[model(many_to_many(tracks: Track, through = playlist_tracks))]
pub(crate) struct Playlist {
    playlist_id: i32,
    name: Option<String>,
}

// An employee's manager is an employee: one key, seen from both of its ends.
#[derive(Model)]
#[diesel(table_name = employees, primary_key(employee_id))]
#[model(
    belongs_to(manager: Employee, foreign_key = reports_to),
    has_many(reports: Employee),
    has_many(customers: Customer),
)]
pub(crate) struct Employee {
    employee_id: i32,
    last_name: String,
    first_name: String,
    title: Option<String>,
    reports_to: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = customers, primary_key(customer_id))]
#[model(belongs_to(support_rep: Employee), has_many(invoices: Invoice))]
pub(crate) struct Customer {
    customer_id: i32,
    first_name: String,
    last_name: String,
    country: Option<String>,
    support_rep_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = invoices, primary_key(invoice_id))]
#[model(belongs_to(customer: Customer), has_many(lines: InvoiceLine))]
pub(crate) struct Invoice {
    invoice_id: i32,
    customer_id: i32,
    invoice_date: NaiveDateTime,
    total: f64,
}

#[derive(Model)]
#[diesel(table_name = invoice_lines, primary_key(invoice_line_id))]
#[model(belongs_to(invoice: Invoice), belongs_to(track: Track))]
pub(crate) struct InvoiceLine {
    invoice_line_id: i32,
    invoice_id: i32,
    track_id: i32,
}
