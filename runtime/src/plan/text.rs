//! A plan as it is printed.

use std::fmt;

use super::{PlannedQuery, QueryPlan};

pub(super) fn write_plan(plan: &QueryPlan, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write_query(&plan.root, 0, f)?;
    match plan.max_queries() {
        1 => writeln!(f, "1 query"),
        queries => writeln!(f, "at most {queries} queries"),
    }
}

fn write_query(query: &PlannedQuery, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let indent = "  ".repeat(depth);
    write!(f, "{indent}")?;
    if let Some(field) = &query.field {
        write!(f, "{field}: ")?;
    }
    write!(f, "{}", query.spec)?;
    match query.requested {
        Some(true) => f.write_str(" (optional)")?,
        Some(false) => f.write_str(" (optional, not asked for)")?,
        None => {}
    }
    writeln!(f)?;
    writeln!(f, "{indent}  {}", query.sql)?;
    query.prefetches.iter().try_for_each(|prefetch| write_query(prefetch, depth + 1, f))
}
