//! Columns: all of them, by other names and as other types.

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::{NaiveDate, NaiveDateTime};
use upfront::LoadSpec;

use crate::check::check;
use crate::models::{Customer, Employee, Invoice, Track};
use crate::price::Price;
use crate::schema::{customers, employees, invoices, tracks};

type Maybe = Option<String>;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct WholeEmployee {
    id: i32,
    last_name: String,
    first_name: String,
    title: Maybe,
    reports_to: Option<i32>,
    birth_date: Option<NaiveDateTime>,
    hire_date: Option<NaiveDateTime>,
    address: Maybe,
    city: Maybe,
    state: Maybe,
    country: Maybe,
    postal_code: Maybe,
    phone: Maybe,
    fax: Maybe,
    email: Maybe,
}

fn every_column_of_a_wide_table_is_read() {
    check(
        || WholeEmployee::query().order(employees::EmployeeId),
        1,
        |store| {
            let sql =
                "SELECT EmployeeId, LastName, FirstName, Title, ReportsTo, BirthDate, HireDate,
                Address, City, State, Country, PostalCode, Phone, Fax, Email
                FROM Employee ORDER BY EmployeeId";
            type Who = (i32, String, String, Maybe, Option<i32>);
            type When = (Option<NaiveDateTime>, Option<NaiveDateTime>);
            type Where = (Maybe, Maybe, Maybe, Maybe, Maybe);
            let rows = store.rows::<(Who, When, Where, (Maybe, Maybe, Maybe))>(sql).into_iter();
            rows.map(|(who, when, place, contact)| {
                let (id, last_name, first_name, title, reports_to) = who;
                let (birth_date, hire_date) = when;
                let (address, city, state, country, postal_code) = place;
                let (phone, fax, email) = contact;
                WholeEmployee {
                    id,
                    last_name,
                    first_name,
                    title,
                    reports_to,
                    birth_date,
                    hire_date,
                    address,
                    city,
                    state,
                    country,
                    postal_code,
                    phone,
                    fax,
                    email,
                }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct Renamed {
    /// By the table's name for it, where the model has another.
    customer_id: i32,
    #[diesel(column_name = last_name)]
    surname: String,
    #[diesel(column_name = support_rep_id)]
    rep: Option<i32>,
    #[diesel(column_name = id)]
    same_key: i32,
}

fn columns_are_read_under_other_names_and_twice() {
    check(
        || Renamed::query().order(customers::customer_id),
        1,
        |store| {
            let sql = "SELECT CustomerId, LastName, SupportRepId FROM Customer ORDER BY CustomerId";
            let rows = store.rows::<(i32, String, Option<i32>)>(sql).into_iter();
            rows.map(|(id, surname, rep)| Renamed { customer_id: id, surname, rep, same_key: id })
                .collect()
        },
    );
}

#[derive(Debug, PartialEq)]
struct Cents(i64);

impl From<Price> for Cents {
    fn from(amount: Price) -> Self {
        Self((amount * BigDecimal::from(100)).round(0).to_i64().expect("nobody owes that much"))
    }
}

#[derive(Debug, PartialEq)]
struct Day(NaiveDate);

impl From<NaiveDateTime> for Day {
    fn from(time: NaiveDateTime) -> Self {
        Self(time.date())
    }
}

#[derive(Debug, PartialEq)]
struct Place(String);

impl From<Maybe> for Place {
    fn from(city: Maybe) -> Self {
        Self(city.unwrap_or_else(|| "nowhere".to_owned()))
    }
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct Receipt {
    #[diesel(deserialize_as = Price)]
    total: Cents,
    #[diesel(column_name = invoice_date, deserialize_as = NaiveDateTime)]
    day: Day,
    #[diesel(column_name = billing_state)]
    #[diesel(deserialize_as = Maybe)]
    state: Place,
}

fn columns_are_read_as_one_type_and_kept_as_another() {
    check(
        || Receipt::query().order(invoices::invoice_id),
        1,
        |store| {
            let sql = "SELECT CAST(round(Total * 100) AS INTEGER), date(InvoiceDate),
                coalesce(BillingState, 'nowhere') FROM Invoice ORDER BY InvoiceId";
            let rows = store.rows::<(i32, NaiveDate, String)>(sql).into_iter();
            rows.map(|(cents, day, state)| Receipt {
                total: Cents(cents.into()),
                day: Day(day),
                state: Place(state),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct Payer {
    #[diesel(deserialize_as = Maybe)]
    city: Place,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice)]
struct PaidBy {
    #[diesel(deserialize_as = Price)]
    total: Cents,
    #[load(join)]
    customer: Option<Payer>,
}

fn conversions_happen_below_a_join() {
    check(
        || PaidBy::query().order(invoices::invoice_id),
        1,
        |store| {
            let sql = "SELECT CAST(round(Total * 100) AS INTEGER), coalesce(City, 'nowhere')
                FROM Invoice JOIN Customer USING (CustomerId) ORDER BY InvoiceId";
            let rows = store.rows::<(i32, String)>(sql).into_iter();
            rows.map(|(cents, city)| PaidBy {
                total: Cents(cents.into()),
                customer: Some(Payer { city: Place(city) }),
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Track)]
struct WholeTrack {
    name: String,
    album_id: Option<i32>,
    media_type_id: i32,
    genre_id: Option<i32>,
    composer: Maybe,
    milliseconds: i32,
    bytes: Option<i32>,
    unit_price: Price,
    id: i32,
}

fn fields_need_not_stand_in_the_order_of_the_table() {
    check(
        || WholeTrack::query().order(tracks::track_id),
        1,
        |store| {
            let sql = "SELECT TrackId, Name, AlbumId, MediaTypeId, GenreId, Composer, Milliseconds,
                Bytes, UnitPrice FROM Track ORDER BY TrackId";
            type Row = (i32, String, Option<i32>, i32, Option<i32>, Maybe, i32, Option<i32>, Price);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(
                |(
                    id,
                    name,
                    album_id,
                    media_type_id,
                    genre_id,
                    composer,
                    milliseconds,
                    bytes,
                    unit_price,
                )| {
                    WholeTrack {
                        name,
                        album_id,
                        media_type_id,
                        genre_id,
                        composer,
                        milliseconds,
                        bytes,
                        unit_price,
                        id,
                    }
                },
            )
            .collect()
        },
    );
}

tests![
    every_column_of_a_wide_table_is_read,
    columns_are_read_under_other_names_and_twice,
    columns_are_read_as_one_type_and_kept_as_another,
    conversions_happen_below_a_join,
    fields_need_not_stand_in_the_order_of_the_table,
];
