//! The indexes of Chinook: every foreign key has one, and no other column.
#![expect(dead_code, reason = "what is loaded is not looked at here")]

use diesel::prelude::*;
use upfront::{LoadSpec, Model, RelationDsl, load};

use crate::models::{
    Album, Artist, Customer, Employee, Invoice, InvoiceLine, Playlist, Track, artist, customer,
    employee,
};
use crate::schema::{customers, invoices, tracks};
use crate::store::{Content, databases};

#[derive(LoadSpec, Clone)]
#[load(Album)]
struct AlbumTitle {
    title: String,
}

#[derive(LoadSpec, Clone)]
#[load(Playlist)]
struct PlaylistName {
    name: Option<String>,
}

#[derive(LoadSpec, Clone)]
#[load(Track)]
struct TrackLine {
    name: String,
    #[load(join)]
    album: Option<AlbumTitle>,
    #[load(prefetch)]
    playlists: Vec<PlaylistName>,
}

#[derive(LoadSpec)]
#[load(Artist)]
struct ArtistPage {
    name: Option<String>,
    #[load(prefetch, order_by = tracks::name, limit = 3)]
    tracks: Vec<TrackLine>,
    #[load(annotate = albums.count() + playlists.count())]
    number: i64,
}

#[derive(LoadSpec, Clone)]
#[load(InvoiceLine)]
struct Line {
    quantity: i32,
    #[load(join)]
    track: TrackLine,
}

#[derive(LoadSpec)]
#[load(Employee)]
struct EmployeePage {
    #[load(prefetch)]
    colleagues: Vec<EmployeeName>,
    #[load(prefetch)]
    lines: Vec<Line>,
    #[load(annotate = customers.exists())]
    sells: bool,
}

#[derive(LoadSpec, Clone)]
#[load(Employee)]
struct EmployeeName {
    last_name: String,
}

fn foreign_keys_have_indexes() {
    let conn = &mut databases().open(Content::Real);
    ArtistPage::check_indexes(conn).unwrap().assert_none();
    EmployeePage::check_indexes(conn).unwrap().assert_none();
    let conditions = load!(Customer { join support_rep { last_name } })
        .filter(customer::tracks.any(tracks::name.like("A%")))
        .order(customer::lines.count());
    conditions.check_indexes(conn).unwrap().assert_none();
    let conditions = load!(Artist { name }).filter(artist::genres.none(tracks_are_long()));
    conditions.check_indexes(conn).unwrap().assert_none();
    let conditions = load!(Employee { last_name }).filter(employee::second_reports.exists());
    conditions.check_indexes(conn).unwrap().assert_none();
}

/// A condition that no genre fulfils.
fn tracks_are_long() -> diesel::dsl::Eq<crate::schema::genres::genre_id, i32> {
    crate::schema::genres::genre_id.eq(-1)
}

#[derive(Model)]
#[diesel(table_name = customers, primary_key(customer_id))]
#[model(has_many(local: Invoice, foreign_key = invoices::billing_country, references = country))]
struct Local {
    #[diesel(column_name = customer_id)]
    id: i32,
    country: Option<String>,
}

fn other_columns_have_none() {
    let conn = &mut databases().open(Content::Real);
    let query = load!(Local { prefetch local { date }, annotate local.count() as number });
    let missing = query.check_indexes(conn).unwrap();
    let found: Vec<_> = missing
        .iter()
        .map(|missing| (missing.field(), missing.table(), missing.columns()))
        .collect();
    let columns = &["BillingCountry"][..];
    assert_eq!(
        found,
        [(Some("number"), "Invoice", columns), (Some("local"), "Invoice", columns)],
        "{missing}"
    );
}

fn explained_with_the_keys_of_the_store() {
    let conn = &mut databases().open(Content::Real);
    let plan = ArtistPage::query().limit(20).explain(conn).unwrap();
    assert!(plan.queries().all(|query| query.explain().next().is_some()), "{plan}");
    assert!(plan.queries().all(|query| query.missing_indexes().is_empty()), "{plan}");
    assert!(plan.queries().all(|query| query.full_scans().is_empty()), "{plan}");

    let plan = load!(Local { prefetch local { date } }).explain(conn).unwrap();
    let local = &plan.root().prefetches()[0];
    assert_eq!(local.full_scans(), ["Invoice"], "{plan}");
    assert_eq!(local.missing_indexes().len(), 1, "{plan}");
}

tests![foreign_keys_have_indexes, other_columns_have_none, explained_with_the_keys_of_the_store];
