//! The models of the whole store, with every relation that its keys allow.
//!
//! The keys are inferred where Diesel's conventions find them, and named where they cannot be.
#![allow(dead_code, reason = "a model only declares: what is read is always a load spec")]

use chrono::NaiveDateTime;
use upfront::Model;

use crate::price::Price;
use crate::schema::{
    albums, artists, customers, employees, genres, invoice_lines, invoices, media_types,
    playlist_tracks, playlists, tracks,
};

#[derive(Model)]
#[diesel(table_name = artists, primary_key(artist_id))]
#[model(
    has_many(albums: Album),
    has_one(only_album: Album),
    has_many(tracks: Track, through = albums),
    has_many(genres: Genre, through = tracks, source = track::genre),
    has_many(playlists: Playlist, through = tracks),
    has_many(lines: InvoiceLine, through = tracks),
)]
pub(crate) struct Artist {
    #[diesel(column_name = artist_id)]
    pub(crate) id: i32,
    pub(crate) name: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = albums, primary_key(album_id))]
#[model(
    belongs_to(artist: Artist),
    has_many(tracks: Track),
    many_to_many(genres: Genre, through = tracks),
    many_to_many(media_types: MediaType, through = tracks),
)]
pub(crate) struct Album {
    #[diesel(column_name = album_id)]
    pub(crate) id: i32,
    pub(crate) title: String,
    pub(crate) artist_id: i32,
}

#[derive(Model)]
#[diesel(table_name = genres, primary_key(genre_id))]
#[model(has_many(tracks: Track), many_to_many(albums: Album, through = tracks))]
pub(crate) struct Genre {
    #[diesel(column_name = genre_id)]
    pub(crate) id: i32,
    pub(crate) name: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = media_types, primary_key(media_type_id))]
#[model(has_many(tracks: Track))]
pub(crate) struct MediaType {
    #[diesel(column_name = media_type_id)]
    pub(crate) id: i32,
    pub(crate) name: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = tracks, primary_key(track_id))]
#[model(
    belongs_to(album: Album),
    belongs_to(media_type: MediaType),
    belongs_to(genre: Genre),
    has_many(lines: InvoiceLine),
    many_to_many(playlists: Playlist, through = playlist_tracks),
    many_to_many(invoices: Invoice, through = invoice_lines),
)]
pub(crate) struct Track {
    #[diesel(column_name = track_id)]
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) album_id: Option<i32>,
    pub(crate) media_type_id: i32,
    pub(crate) genre_id: Option<i32>,
    pub(crate) composer: Option<String>,
    pub(crate) milliseconds: i32,
    pub(crate) bytes: Option<i32>,
    pub(crate) unit_price: Price,
}

#[derive(Model)]
#[diesel(table_name = playlists, primary_key(playlist_id))]
#[model(
    has_many(entries: PlaylistTrack),
    many_to_many(
        tracks: Track,
        through = playlist_tracks,
        foreign_key = playlist_tracks::playlist_id,
        target_key = playlist_tracks::track_id,
    ),
)]
pub(crate) struct Playlist {
    #[diesel(column_name = playlist_id)]
    pub(crate) id: i32,
    pub(crate) name: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = playlist_tracks, primary_key(playlist_id, track_id))]
#[model(belongs_to(playlist: Playlist), belongs_to(track: Track))]
pub(crate) struct PlaylistTrack {
    pub(crate) playlist_id: i32,
    pub(crate) track_id: i32,
}

#[derive(Model)]
#[diesel(table_name = employees, primary_key(EmployeeId))]
#[model(
    belongs_to(manager: Employee, foreign_key = reports_to),
    has_many(reports: Employee),
    has_many(customers: Customer, foreign_key = customers::support_rep_id),
    has_many(invoices: Invoice, through = customers),
    has_many(lines: InvoiceLine, through = invoices),
    has_many(second_reports: Employee, through = reports, source = employee::reports),
    has_many(colleagues: Employee, through = manager, source = employee::reports),
)]
pub(crate) struct Employee {
    #[diesel(column_name = EmployeeId)]
    pub(crate) id: i32,
    #[diesel(column_name = LastName)]
    pub(crate) last_name: String,
    #[diesel(column_name = FirstName)]
    pub(crate) first_name: String,
    #[diesel(column_name = Title)]
    pub(crate) title: Option<String>,
    #[diesel(column_name = ReportsTo)]
    pub(crate) reports_to: Option<i32>,
    #[diesel(column_name = BirthDate)]
    pub(crate) birth_date: Option<NaiveDateTime>,
    #[diesel(column_name = HireDate)]
    pub(crate) hire_date: Option<NaiveDateTime>,
    #[diesel(column_name = Address)]
    pub(crate) address: Option<String>,
    #[diesel(column_name = City)]
    pub(crate) city: Option<String>,
    #[diesel(column_name = State)]
    pub(crate) state: Option<String>,
    #[diesel(column_name = Country)]
    pub(crate) country: Option<String>,
    #[diesel(column_name = PostalCode)]
    pub(crate) postal_code: Option<String>,
    #[diesel(column_name = Phone)]
    pub(crate) phone: Option<String>,
    #[diesel(column_name = Fax)]
    pub(crate) fax: Option<String>,
    #[diesel(column_name = Email)]
    pub(crate) email: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = customers, primary_key(customer_id))]
#[model(
    belongs_to(support_rep: Employee),
    // A second relation between the same two models, by another name.
    belongs_to(contact: Employee, foreign_key = customers::support_rep_id),
    has_many(invoices: Invoice),
    has_many(lines: InvoiceLine, through = invoices),
    has_many(tracks: Track, through = invoices),
)]
pub(crate) struct Customer {
    #[diesel(column_name = customer_id)]
    pub(crate) id: i32,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) company: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) fax: Option<String>,
    pub(crate) email: String,
    pub(crate) support_rep_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = invoices, primary_key(invoice_id))]
#[model(
    belongs_to(customer: Customer),
    has_many(lines: InvoiceLine),
    many_to_many(tracks: Track, through = invoice_lines),
)]
pub(crate) struct Invoice {
    #[diesel(column_name = invoice_id)]
    pub(crate) id: i32,
    pub(crate) customer_id: i32,
    #[diesel(column_name = invoice_date)]
    pub(crate) date: NaiveDateTime,
    pub(crate) billing_address: Option<String>,
    pub(crate) billing_city: Option<String>,
    pub(crate) billing_state: Option<String>,
    pub(crate) billing_country: Option<String>,
    pub(crate) billing_postal_code: Option<String>,
    pub(crate) total: Price,
}

#[derive(Model)]
#[diesel(table_name = invoice_lines, primary_key(invoice_line_id))]
#[model(belongs_to(invoice: Invoice), belongs_to(track: Track))]
pub(crate) struct InvoiceLine {
    #[diesel(column_name = invoice_line_id)]
    pub(crate) id: i32,
    pub(crate) invoice_id: i32,
    pub(crate) track_id: i32,
    pub(crate) unit_price: Price,
    pub(crate) quantity: i32,
}
