//! Specs with parameters, which are given when their query is made.

use chrono::{NaiveDate, NaiveDateTime};
use upfront::LoadSpec;

use crate::check::check;
use crate::models::{Customer, Employee, Invoice, Track};
use crate::rows::by_key;
use crate::schema::{customers, employees, invoice_lines, invoices, tracks};

fn midnight(year: i32, month: u32, day: u32) -> NaiveDateTime {
    let date = NaiveDate::from_ymd_opt(year, month, day).expect("there is such a day");
    date.and_hms_opt(0, 0, 0).expect("every day begins")
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Invoice, params(longest: i32))]
struct InvoiceCard {
    id: i32,
    #[load(prefetch, filter = tracks::milliseconds.le(longest), order_by = tracks::track_id)]
    tracks: Vec<TrackId>,
    #[load(annotate = lines.filter(invoice_lines::quantity.lt(longest)).count())]
    lines: i64,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Track)]
struct TrackId {
    id: i32,
}

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Customer, params(since: NaiveDateTime, most: i64, skipped: i64, longest: i32, country: String))]
struct CustomerPage {
    id: i32,
    #[load(
        prefetch = invoices,
        filter = invoices::invoice_date.ge(since).and(invoices::billing_country.eq(country)),
        order_by = invoices::invoice_date.desc(),
        limit = most,
        offset = skipped,
        params(longest),
    )]
    newest: Vec<InvoiceCard>,
    #[load(annotate = invoices.filter(invoices::invoice_date.ge(since)).count())]
    since: i64,
    #[load(annotate = customers::country.eq(country))]
    is_there: Option<bool>,
}

/// The page of each customer, by hand.
fn pages(store: &mut crate::store::Store, most: i64) -> Vec<CustomerPage> {
    let sql = "SELECT InvoiceId, TrackId FROM InvoiceLine JOIN Track USING (TrackId)
        WHERE Milliseconds <= 250000 ORDER BY TrackId";
    let rows = store.rows::<(i32, i32)>(sql).into_iter();
    let tracks = by_key(rows.map(|(invoice, id)| (invoice, TrackId { id })));
    let sql = format!(
        "SELECT CustomerId, InvoiceId, (SELECT count(*) FROM InvoiceLine AS l
            WHERE l.InvoiceId = i.InvoiceId AND l.Quantity < 250000) FROM
        (SELECT *, row_number()
            OVER (PARTITION BY CustomerId ORDER BY InvoiceDate DESC, InvoiceId) AS number
            FROM Invoice WHERE InvoiceDate >= '2010-06-15 00:00:00' AND BillingCountry = 'USA') AS i
        WHERE number BETWEEN 2 AND 1 + {most} ORDER BY CustomerId, number"
    );
    let rows = store.rows::<(i32, i32, i64)>(&sql).into_iter();
    let mut newest = by_key(rows.map(|(customer, id, lines)| {
        let tracks = tracks.get(&id).cloned().unwrap_or_default();
        (customer, InvoiceCard { id, tracks, lines })
    }));
    let sql = "SELECT c.CustomerId, (SELECT count(*) FROM Invoice AS i
            WHERE i.CustomerId = c.CustomerId AND i.InvoiceDate >= '2010-06-15 00:00:00'),
            c.Country = 'USA'
        FROM Customer AS c ORDER BY c.CustomerId";
    let rows = store.rows::<(i32, i64, Option<bool>)>(sql).into_iter();
    rows.map(|(id, since, is_there)| {
        let newest = newest.remove(&id).unwrap_or_default();
        CustomerPage { id, newest, since, is_there }
    })
    .collect()
}

fn parameters_are_in_filters_limits_annotations_and_the_specs_below() {
    for most in [1, 3] {
        check(
            || {
                CustomerPage::query(midnight(2010, 6, 15), most, 1, 250_000, "USA".to_owned())
                    .order(customers::customer_id)
            },
            3,
            |store| pages(store, most),
        );
    }
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee, params(since: NaiveDateTime))]
struct EmployeePage {
    id: i32,
    #[load(
        prefetch,
        order_by = customers::customer_id,
        params(since, 2, 1, 250_000, String::from("USA")),
    )]
    customers: Vec<CustomerPage>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Invoice, params(since: NaiveDateTime))]
struct InvoiceOfPage {
    id: i32,
    #[load(join, params(since, 2, 1, 250_000, String::from("USA")))]
    customer: CustomerPage,
}

fn parameters_are_passed_on_to_prefetches_and_joins() {
    let day = midnight(2010, 6, 15);
    check(
        || EmployeePage::query(day).order(employees::EmployeeId),
        4,
        |store| {
            let of = store
                .rows::<(i32, Option<i32>)>("SELECT CustomerId, SupportRepId FROM Customer")
                .into_iter()
                .collect::<std::collections::HashMap<_, _>>();
            let pages = pages(store, 2).into_iter();
            let mut customers =
                by_key(pages.filter_map(|page| Some((of.get(&page.id).copied()??, page))));
            let sql = "SELECT EmployeeId FROM Employee ORDER BY EmployeeId";
            let ids = store.rows::<(i32,)>(sql).into_iter();
            ids.map(|(id,)| EmployeePage {
                id,
                customers: customers.remove(&id).unwrap_or_default(),
            })
            .collect()
        },
    );
    check(
        || InvoiceOfPage::query(day).order(invoices::invoice_id),
        3,
        |store| {
            let pages = by_key(pages(store, 2).into_iter().map(|page| (page.id, page)));
            let sql = "SELECT InvoiceId, CustomerId FROM Invoice ORDER BY InvoiceId";
            let rows = store.rows::<(i32, i32)>(sql).into_iter();
            rows.map(|(id, customer)| InvoiceOfPage { id, customer: pages[&customer][0].clone() })
                .collect()
        },
    );
}

tests![
    parameters_are_in_filters_limits_annotations_and_the_specs_below,
    parameters_are_passed_on_to_prefetches_and_joins,
];
