//! Joins: rows of other tables, read in the same query.

use chrono::NaiveDateTime;
use upfront::LoadSpec;

use crate::check::check;
use crate::database::in_own_words;
use crate::models::{
    Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Track,
};
use crate::price::Price;
use crate::schema::{albums, artists, customers, invoice_lines, tracks};

#[derive(LoadSpec, Debug, PartialEq)]
#[load(MediaType)]
struct Medium {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track, max_queries = 1)]
struct TrackOnMedium {
    id: i32,
    #[load(join)]
    media_type: Medium,
}

fn a_required_row_is_joined_whatever_its_columns_hold() {
    check(
        || TrackOnMedium::query().order(tracks::track_id),
        1,
        |store| {
            let sql = "SELECT t.TrackId, m.Name FROM Track AS t, MediaType AS m
                WHERE m.MediaTypeId = t.MediaTypeId ORDER BY t.TrackId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, name)| TrackOnMedium { id, media_type: Medium { name } }).collect()
        },
    );
}

/// It reads one column, and that one can be `NULL`: whether there is a row must not be told from it.
#[derive(LoadSpec, Debug, PartialEq)]
#[load(Genre)]
struct GenreName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOfGenre {
    id: i32,
    #[load(join)]
    genre: Option<GenreName>,
}

fn a_row_that_may_be_missing_is_joined() {
    check(
        || TrackOfGenre::query().order(tracks::track_id),
        1,
        |store| {
            let sql = "SELECT t.TrackId, g.GenreId, g.Name FROM Track AS t
                LEFT JOIN Genre AS g ON g.GenreId = t.GenreId ORDER BY t.TrackId";
            let rows = store.rows::<(i32, Option<i32>, Option<String>)>(sql).into_iter();
            rows.map(|(id, genre, name)| TrackOfGenre {
                id,
                genre: genre.map(|_| GenreName { name }),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistName {
    name: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumMaybeByArtist {
    title: String,
    #[load(join = artist)]
    by: Option<ArtistName>,
}

fn an_option_may_hold_a_row_that_is_always_there() {
    check(
        || AlbumMaybeByArtist::query().order(albums::album_id),
        1,
        |store| {
            let sql = "SELECT Title, Name FROM Album JOIN Artist USING (ArtistId) ORDER BY AlbumId";
            let rows = store.rows::<(String, Option<String>)>(sql).into_iter();
            rows.map(|(title, name)| AlbumMaybeByArtist { title, by: Some(ArtistName { name }) })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumByArtist {
    title: String,
    #[load(join)]
    artist: ArtistName,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct TrackOnAlbum {
    id: i32,
    #[load(join)]
    album: Option<AlbumByArtist>,
    name: String,
    #[load(join)]
    media_type: Medium,
}

fn below_a_row_that_may_be_missing_a_required_row_is_joined() {
    check(
        || TrackOnAlbum::query().order(tracks::track_id),
        1,
        |store| {
            let sql = "SELECT t.TrackId, t.Name, al.Title, ar.Name, m.Name FROM Track AS t
                LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
                LEFT JOIN Artist AS ar ON ar.ArtistId = al.ArtistId
                JOIN MediaType AS m ON m.MediaTypeId = t.MediaTypeId
                ORDER BY t.TrackId";
            type Row = (i32, String, Option<String>, Option<String>, Option<String>);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(id, name, title, artist, medium)| TrackOnAlbum {
                id,
                album: title
                    .map(|title| AlbumByArtist { title, artist: ArtistName { name: artist } }),
                name,
                media_type: Medium { name: medium },
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct EmployeeName {
    last_name: String,
    first_name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerWithRep {
    email: String,
    #[load(join)]
    support_rep: Option<EmployeeName>,
    country: Option<String>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct InvoiceOfCustomer {
    date: NaiveDateTime,
    #[load(join)]
    customer: CustomerWithRep,
    total: Price,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(InvoiceLine, max_queries = 1)]
struct LineOfInvoice {
    #[load(join)]
    invoice: InvoiceOfCustomer,
    #[load(join)]
    track: TrackOnAlbum,
    quantity: i32,
    unit_price: Price,
}

fn joins_nest_four_deep_and_side_by_side() {
    check(
        || LineOfInvoice::query().order(invoice_lines::invoice_line_id),
        1,
        |store| {
            let sql = "SELECT l.Quantity, l.UnitPrice,
                    i.InvoiceDate, i.Total, c.Email, c.Country, e.LastName, e.FirstName,
                    t.TrackId, t.Name, al.Title, ar.Name, m.Name
                FROM InvoiceLine AS l
                JOIN Invoice AS i ON i.InvoiceId = l.InvoiceId
                JOIN Customer AS c ON c.CustomerId = i.CustomerId
                LEFT JOIN Employee AS e ON e.EmployeeId = c.SupportRepId
                JOIN Track AS t ON t.TrackId = l.TrackId
                LEFT JOIN Album AS al ON al.AlbumId = t.AlbumId
                LEFT JOIN Artist AS ar ON ar.ArtistId = al.ArtistId
                JOIN MediaType AS m ON m.MediaTypeId = t.MediaTypeId
                ORDER BY l.InvoiceLineId";
            type Maybe = Option<String>;
            type InvoiceRow = (NaiveDateTime, Price, String, Maybe, Maybe, Maybe);
            type TrackRow = (i32, String, Maybe, Maybe, Maybe);
            let rows = store.rows::<((i32, Price), InvoiceRow, TrackRow)>(sql).into_iter();
            rows.map(|((quantity, unit_price), invoice, track)| {
                let (date, total, email, country, last_name, first_name) = invoice;
                let support_rep = last_name
                    .zip(first_name)
                    .map(|(last_name, first_name)| EmployeeName { last_name, first_name });
                let (id, name, title, artist, medium) = track;
                let album =
                    title.map(|title| AlbumByArtist { title, artist: ArtistName { name: artist } });
                LineOfInvoice {
                    invoice: InvoiceOfCustomer {
                        date,
                        customer: CustomerWithRep { email, support_rep, country },
                        total,
                    },
                    track: TrackOnAlbum { id, album, name, media_type: Medium { name: medium } },
                    quantity,
                    unit_price,
                }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct EmployeeWithManager {
    id: i32,
    #[load(join)]
    manager: Option<EmployeeName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct CustomerByTwoPaths {
    id: i32,
    #[load(join)]
    support_rep: Option<EmployeeWithManager>,
    #[load(join)]
    contact: Option<EmployeeName>,
    last_name: String,
}

fn one_table_is_joined_by_three_paths_and_its_columns_are_not_mixed_up() {
    check(
        || CustomerByTwoPaths::query().order(customers::customer_id),
        1,
        |store| {
            let sql = "SELECT c.CustomerId, c.LastName, e.EmployeeId, e.LastName, e.FirstName,
                    m.LastName, m.FirstName
                FROM Customer AS c
                LEFT JOIN Employee AS e ON e.EmployeeId = c.SupportRepId
                LEFT JOIN Employee AS m ON m.EmployeeId = e.ReportsTo
                ORDER BY c.CustomerId";
            type Maybe = Option<String>;
            let name = |last: Maybe, first: Maybe| {
                last.zip(first)
                    .map(|(last_name, first_name)| EmployeeName { last_name, first_name })
            };
            type Row = (i32, String, Option<i32>, Maybe, Maybe, Maybe, Maybe);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(id, last_name, rep, last, first, manager_last, manager_first)| {
                let manager = name(manager_last, manager_first);
                CustomerByTwoPaths {
                    id,
                    support_rep: rep.map(|id| EmployeeWithManager { id, manager }),
                    contact: name(last, first),
                    last_name,
                }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Album)]
struct AlbumTitle {
    title: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Artist)]
struct ArtistOfOneAlbum {
    id: i32,
    #[load(join)]
    only_album: Option<AlbumTitle>,
}

fn a_has_one_is_joined() {
    // No table of Chinook holds one row for each of another: these artists have one album at the most.
    let modest = "(SELECT count(*) FROM Album WHERE Album.ArtistId = Artist.ArtistId) < 2";
    check(
        || {
            let modest = diesel::dsl::sql::<diesel::sql_types::Bool>(&in_own_words(modest));
            ArtistOfOneAlbum::query().filter(modest).order(artists::artist_id)
        },
        1,
        |store| {
            let sql =
                "SELECT ArtistId, (SELECT Title FROM Album WHERE Album.ArtistId = Artist.ArtistId)
                FROM Artist WHERE ArtistId NOT IN
                    (SELECT ArtistId FROM Album GROUP BY ArtistId HAVING count(*) > 1)
                ORDER BY ArtistId";
            let rows = store.rows::<(i32, Option<String>)>(sql).into_iter();
            rows.map(|(id, title)| ArtistOfOneAlbum {
                id,
                only_album: title.map(|title| AlbumTitle { title }),
            })
            .collect()
        },
    );
}

tests![
    a_required_row_is_joined_whatever_its_columns_hold,
    a_row_that_may_be_missing_is_joined,
    an_option_may_hold_a_row_that_is_always_there,
    below_a_row_that_may_be_missing_a_required_row_is_joined,
    joins_nest_four_deep_and_side_by_side,
    one_table_is_joined_by_three_paths_and_its_columns_are_not_mixed_up,
    a_has_one_is_joined,
];
