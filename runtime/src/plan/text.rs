//! A plan as it is printed.

use std::fmt;

use super::{MissingIndex, PlannedQuery, QueryPlan};

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
    for step in query.steps.iter().flatten() {
        let is_scan = step.scans.as_ref().is_some_and(|name| query.full_scans.contains(name));
        let mark = if is_scan { "   <- reads the whole table" } else { "" };
        writeln!(f, "{indent}  > {}{mark}", step.text)?;
    }
    for line in query.missing_indexes.iter().flat_map(lines) {
        writeln!(f, "{indent}  {line}")?;
    }
    query.prefetches.iter().try_for_each(|prefetch| write_query(prefetch, depth + 1, f))
}

/// The lines of what is printed of it.
fn lines(missing: &MissingIndex) -> Vec<String> {
    missing.to_string().lines().map(str::to_owned).collect()
}
