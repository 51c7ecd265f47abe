//! Employees with their manager and their reports: a relation of a table to itself, from both of its ends.

use std::fmt;
use std::io::Write;

use diesel::prelude::*;
use upfront::LoadSpec;

use crate::models::Employee;
use crate::schema::employees;
use crate::text::counted;

// The manager is joined and the reports are prefetched, with one spec for both. It does not go on to load their
// managers and reports: how deep a page goes is written down, and ends there.
#[derive(LoadSpec)]
#[load(Employee, max_queries = 2)]
struct EmployeePage {
    first_name: String,
    last_name: String,
    title: Option<String>,
    #[load(join)]
    manager: Option<EmployeeName>,
    #[load(prefetch, order_by = employees::employee_id)]
    reports: Vec<EmployeeName>,
    #[load(annotate = customers.count())]
    customers: i64,
}

#[derive(LoadSpec)]
#[load(Employee)]
pub(crate) struct EmployeeName {
    first_name: String,
    last_name: String,
}

impl fmt::Display for EmployeeName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.first_name, self.last_name)
    }
}

pub(crate) fn print(conn: &mut SqliteConnection, out: &mut dyn Write) -> crate::Result {
    // Employees without a manager first: they are those for whom nothing was joined.
    let employees = EmployeePage::query()
        .order((EmployeePage::manager.field(employees::employee_id), employees::employee_id))
        .load(conn)?;
    for employee in &employees {
        let EmployeePage { first_name, last_name, title, manager, reports, customers } = employee;
        let title = title.as_deref().unwrap_or("employee");
        writeln!(out, "  {first_name} {last_name}, {title}")?;
        if let Some(manager) = manager {
            writeln!(out, "    reports to  {manager}")?;
        }
        if !reports.is_empty() {
            let names: Vec<_> = reports.iter().map(EmployeeName::to_string).collect();
            writeln!(out, "    manages     {}", names.join(", "))?;
        }
        if *customers > 0 {
            writeln!(out, "    supports    {}", counted(*customers, "customer"))?;
        }
    }
    writeln!(out, "\n  {}", counted(employees.len(), "employee"))?;
    Ok(())
}
