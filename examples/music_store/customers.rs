//! Customers with whom they turn to and what they bought.

use std::io::Write;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use upfront::LoadSpec;

use crate::employees::EmployeeName;
use crate::models::{Customer, Invoice};
use crate::schema::{customers, employees, invoices};
use crate::text::{counted, counted_in};

// A join, a prefetch, and in its rows an aggregate: two queries.
#[derive(LoadSpec)]
#[load(Customer, max_queries = 2)]
struct CustomerPage {
    first_name: String,
    last_name: String,
    country: Option<String>,
    #[load(join)]
    support_rep: Option<EmployeeName>,
    #[load(prefetch, order_by = (invoices::invoice_date, invoices::invoice_id))]
    invoices: Vec<InvoiceCard>,
}

#[derive(LoadSpec)]
#[load(Invoice)]
struct InvoiceCard {
    invoice_id: i32,
    invoice_date: NaiveDateTime,
    total: f64,
    // Called otherwise than the relation, which is named here.
    #[load(annotate = lines.count())]
    line_count: i64,
}

pub(crate) fn print(conn: &mut SqliteConnection, out: &mut dyn Write) -> crate::Result {
    let customers = CustomerPage::query()
        .order((
            CustomerPage::support_rep.field(employees::last_name),
            customers::last_name,
            customers::first_name,
        ))
        .load(conn)?;
    for customer in &customers {
        let CustomerPage { first_name, last_name, country, support_rep, invoices } = customer;
        write!(out, "  {first_name} {last_name}")?;
        if let Some(country) = country {
            write!(out, ", {country}")?;
        }
        match support_rep {
            Some(employee) => writeln!(out, " (turns to {employee})")?,
            None => writeln!(out)?,
        }
        for InvoiceCard { invoice_id, invoice_date, total, line_count } in invoices {
            let (date, lines) = (invoice_date.date(), counted_in(3, *line_count, "line"));
            writeln!(out, "    {date}  invoice {invoice_id:>4}  {lines}  {total:>7.2}")?;
        }
    }
    let invoices: usize = customers.iter().map(|customer| customer.invoices.len()).sum();
    let (customers, invoices) =
        (counted(customers.len(), "customer"), counted(invoices, "invoice"));
    writeln!(out, "\n  {customers}, {invoices}")?;
    Ok(())
}
