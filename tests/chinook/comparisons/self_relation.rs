//! Employees and whom they report to: one table on both sides of a relation.

use std::sync::Arc;

use upfront::LoadSpec;

use crate::check::{check, check_sorted};
use crate::models::{Customer, Employee, employee};
use crate::schema::{customers, employees};
use crate::store::Store;

#[derive(LoadSpec, Debug, PartialEq, Clone)]
#[load(Employee)]
struct Name {
    id: i32,
    last_name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Lead {
    id: i32,
    #[load(join)]
    manager: Option<Name>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Subordinate {
    id: i32,
    #[load(join)]
    manager: Option<Lead>,
    last_name: String,
}

fn managers_and_their_managers_are_joined() {
    check(
        || Subordinate::query().order(employees::EmployeeId),
        1,
        |store| {
            let sql = "SELECT e.EmployeeId, e.LastName, m.EmployeeId, mm.EmployeeId, mm.LastName
                FROM Employee AS e
                LEFT JOIN Employee AS m ON m.EmployeeId = e.ReportsTo
                LEFT JOIN Employee AS mm ON mm.EmployeeId = m.ReportsTo
                ORDER BY e.EmployeeId";
            type Row = (i32, String, Option<i32>, Option<i32>, Option<String>);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(id, last_name, manager, upper, upper_name)| {
                let upper = upper.zip(upper_name).map(|(id, last_name)| Name { id, last_name });
                let manager = manager.map(|id| Lead { id, manager: upper });
                Subordinate { id, manager, last_name }
            })
            .collect()
        },
    );
}

fn name_of(store: &mut Store, id: Option<i32>) -> Option<Name> {
    let sql = format!("SELECT EmployeeId, LastName FROM Employee WHERE EmployeeId = {}", id?);
    let (id, last_name) = store.rows(&sql).pop()?;
    Some(Name { id, last_name })
}

fn reports_of(store: &mut Store, id: i32) -> Vec<Name> {
    let sql = format!("SELECT EmployeeId, LastName FROM Employee WHERE ReportsTo = {id}");
    store.rows(&sql).into_iter().map(|(id, last_name)| Name { id, last_name }).collect()
}

/// Everyone's key, and the key of whom they report to.
fn everyone(store: &mut Store) -> Vec<(i32, Option<i32>)> {
    store.rows("SELECT EmployeeId, ReportsTo FROM Employee ORDER BY EmployeeId")
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Colleague {
    #[load(prefetch)]
    manager: Option<Name>,
    #[load(prefetch)]
    reports: Vec<Name>,
}

fn the_relation_is_prefetched_both_ways() {
    check_sorted(
        || Colleague::query().order(employees::EmployeeId),
        3,
        |employee| employee.reports.sort_by_key(|report| report.id),
        |store| {
            let everyone = everyone(store).into_iter();
            everyone
                .map(|(id, reports_to)| Colleague {
                    manager: name_of(store, reports_to),
                    reports: reports_of(store, id),
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Branch {
    id: i32,
    #[load(prefetch)]
    reports: Vec<Name>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Tree {
    id: i32,
    #[load(prefetch)]
    reports: Vec<Branch>,
}

fn reports_and_their_reports_are_prefetched() {
    check_sorted(
        || Tree::query().order(employees::EmployeeId),
        3,
        |employee| {
            employee.reports.sort_by_key(|report| report.id);
            for report in &mut employee.reports {
                report.reports.sort_by_key(|report| report.id);
            }
        },
        |store| {
            let everyone = everyone(store).into_iter();
            everyone
                .map(|(id, _)| {
                    let reports = reports_of(store, id).into_iter();
                    let branch = |Name { id, .. }| Branch { id, reports: reports_of(store, id) };
                    Tree { id, reports: reports.map(branch).collect() }
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct ManagerOfTeam {
    id: i32,
    // Colleagues share their manager, and with the manager this list.
    #[load(prefetch)]
    reports: Vec<Name>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Teammate {
    id: i32,
    #[load(join)]
    manager: Option<ManagerOfTeam>,
    #[load(prefetch)]
    reports: Vec<Lead>,
}

fn up_by_a_join_and_down_by_prefetches() {
    check_sorted(
        || Teammate::query().order(employees::EmployeeId),
        3,
        |employee| {
            employee.reports.sort_by_key(|report| report.id);
            if let Some(manager) = &mut employee.manager {
                manager.reports.sort_by_key(|report| report.id);
            }
        },
        |store| {
            let everyone = everyone(store).into_iter();
            everyone
                .map(|(id, reports_to)| {
                    let manager = name_of(store, reports_to).map(|Name { id, .. }| ManagerOfTeam {
                        id,
                        reports: reports_of(store, id),
                    });
                    let myself = name_of(store, Some(id));
                    let reports = reports_of(store, id).into_iter();
                    let lead = |report: Name| Lead { id: report.id, manager: myself.clone() };
                    Teammate { id, manager, reports: reports.map(lead).collect() }
                })
                .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Customer)]
struct Helped {
    id: i32,
    #[load(join)]
    support_rep: Option<Lead>,
    #[load(prefetch)]
    contact: Option<Name>,
}

fn two_relations_lead_from_customers_to_employees() {
    check(
        || Helped::query().order(customers::customer_id),
        2,
        |store| {
            let sql = "SELECT CustomerId, SupportRepId, EmployeeId, ReportsTo
                FROM Customer LEFT JOIN Employee ON EmployeeId = SupportRepId ORDER BY CustomerId";
            type Row = (i32, Option<i32>, Option<i32>, Option<i32>);
            let rows = store.rows::<Row>(sql).into_iter();
            rows.map(|(id, key, found, reports_to)| {
                let manager = name_of(store, reports_to);
                let support_rep = found.map(|id| Lead { id, manager });
                Helped { id, support_rep, contact: name_of(store, key) }
            })
            .collect()
        },
    );
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Employee)]
struct Ranked {
    id: i32,
    #[load(
        prefetch = reports,
        filter = employees::City.eq("Calgary").or(employees::HireDate.is_null()),
        order_by = employees::LastName.desc(),
    )]
    in_calgary: Vec<Name>,
    #[load(prefetch = reports, order_by = employees::BirthDate.desc(), limit = 2, offset = 1)]
    not_the_youngest: Vec<Name>,
    #[load(prefetch = manager, filter = employee::reports.count().gt(2))]
    busy_manager: Option<Arc<Name>>,
    #[load(prefetch = reports, filter = employee::customers.any(customers::country.eq("USA")))]
    of_americans: Vec<Name>,
}

fn reports_are_filtered_ordered_and_cut() {
    check_sorted(
        || Ranked::query().order(employees::EmployeeId),
        5,
        |employee| employee.of_americans.sort_by_key(|report| report.id),
        |store| {
            let mut reports = |manager: i32, rest: &str| {
                let sql = format!(
                    "SELECT EmployeeId, LastName FROM Employee AS r WHERE ReportsTo = {manager} {rest}"
                );
                let rows = store.rows::<(i32, String)>(&sql).into_iter();
                rows.map(|(id, last_name)| Name { id, last_name }).collect::<Vec<_>>()
            };
            let mut ranked = Vec::new();
            for id in 1..=8 {
                let in_calgary =
                    "AND (City = 'Calgary' OR HireDate IS NULL) ORDER BY LastName DESC";
                let young = "ORDER BY BirthDate DESC, EmployeeId LIMIT 2 OFFSET 1";
                let americans = "AND EXISTS (SELECT * FROM Customer
                    WHERE SupportRepId = r.EmployeeId AND Country = 'USA') ORDER BY EmployeeId";
                ranked.push(Ranked {
                    id,
                    in_calgary: reports(id, in_calgary),
                    not_the_youngest: reports(id, young),
                    busy_manager: None,
                    of_americans: reports(id, americans),
                });
            }
            for (employee, (id, manager)) in std::iter::zip(&mut ranked, everyone(store)) {
                assert_eq!(employee.id, id);
                let reports = manager.map_or(0, |manager| reports_of(store, manager).len());
                if reports > 2 {
                    employee.busy_manager = name_of(store, manager).map(Arc::new);
                }
            }
            ranked
        },
    );
}

tests![
    managers_and_their_managers_are_joined,
    the_relation_is_prefetched_both_ways,
    reports_and_their_reports_are_prefetched,
    up_by_a_join_and_down_by_prefetches,
    two_relations_lead_from_customers_to_employees,
    reports_are_filtered_ordered_and_cut,
];
