//! What a database makes of a query.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Untyped;

use super::ask::Answer;
use super::{PlannedQuery, QueryPlan};
use crate::dialect::{Dialect, Sql};
use crate::watch::Purpose;

/// The statement that explains the query `Q`.
///
/// It borrows the query for itself alone: so it can be sent to another thread where the query can.
pub(crate) struct Explain<'a, Q>(pub(crate) &'a mut Q);

impl<Q: QueryFragment<DB>, DB: Dialect> QueryFragment<DB> for Explain<'_, Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // It runs once.
        out.unsafe_to_cache_prepared();
        out.push_sql(match out.backend().sql() {
            Sql::Sqlite => "EXPLAIN QUERY PLAN ",
            Sql::Postgres | Sql::Mysql => "EXPLAIN ",
        });
        self.0.walk_ast(out)
    }
}

impl<Q> QueryId for Explain<'_, Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> Query for Explain<'_, Q> {
    type SqlType = Untyped;
}

impl<Q, Conn> diesel::RunQueryDsl<Conn> for Explain<'_, Q> {}

/// A query of a load that was explained.
#[derive(Debug)]
pub(crate) struct Explained {
    pub(crate) sql: String,
    pub(crate) answers: Vec<Answer>,
    /// Why it ran.
    pub(crate) purpose: Purpose,
}

/// A step of what the database does.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) text: String,
    /// What it reads as a whole, by its name in the statement.
    pub(crate) scans: Option<String>,
}

impl QueryPlan {
    /// Puts what was explained where it belongs. The queries ran in the order of the plan, but that prefetches without keys, and
    /// what is below them, did not run.
    pub(super) fn put(&mut self, explained: Vec<Explained>, sql: Sql) {
        let mut explained = explained.into_iter().peekable();
        put(&mut self.root, &mut explained, sql);
    }
}

fn put(
    query: &mut PlannedQuery,
    explained: &mut std::iter::Peekable<std::vec::IntoIter<Explained>>,
    sql: Sql,
) {
    if !query.runs() {
        return;
    }
    let held_by = query.held_by;
    let holder = |purpose: Purpose| Some((purpose.spec, purpose.field?));
    let Some(found) = explained.next_if(|next| holder(next.purpose) == held_by) else {
        return;
    };
    query.steps = Some(steps(&found.answers, sql));
    query.sql = found.sql;
    query.prefetches.iter_mut().for_each(|prefetch| put(prefetch, explained, sql));
}

/// What the database answered, as text.
fn steps(answers: &[Answer], sql: Sql) -> Vec<Step> {
    match sql {
        Sql::Sqlite => sqlite_steps(answers),
        Sql::Postgres => {
            let texts = answers.iter().filter_map(|answer| answer.at(0));
            texts
                .map(|text| Step { text: text.to_owned(), scans: scanned_on_postgres(text) })
                .collect()
        }
        Sql::Mysql => answers.iter().map(mysql_step).collect(),
    }
}

fn sqlite_steps(answers: &[Answer]) -> Vec<Step> {
    let mut depths: Vec<(&str, usize)> = Vec::new();
    let mut steps = Vec::with_capacity(answers.len());
    for answer in answers {
        let (id, parent) = (answer.at(0).unwrap_or_default(), answer.at(1).unwrap_or_default());
        let detail = answer.at(3).unwrap_or_default();
        let above = depths.iter().find(|(step, _)| *step == parent);
        let depth = above.map_or(0, |(_, depth)| depth + 1);
        depths.push((id, depth));
        let text = format!("{}{detail}", "  ".repeat(depth));
        steps.push(Step { text, scans: scanned_on_sqlite(detail) });
    }
    steps
}

/// What a step of SQLite's reads as a whole. An index that it makes for itself is made of all rows.
fn scanned_on_sqlite(detail: &str) -> Option<String> {
    let (what, how) = detail.split_once(" USING ").unwrap_or((detail, ""));
    let name = match what.strip_prefix("SCAN ") {
        Some(name) => name,
        None if how.starts_with("AUTOMATIC ") => what.strip_prefix("SEARCH ")?,
        None => return None,
    };
    Some(name.to_owned())
}

/// What a step of PostgreSQL's reads as a whole: `->  Seq Scan on authors "books.author"  (cost=..)`.
fn scanned_on_postgres(text: &str) -> Option<String> {
    let (_, of) = text.split_once("Seq Scan on ")?;
    let names = of.split_once("  (").map_or(of, |(names, _)| names);
    // The alias, where there is one, is the last of two names.
    let last = match names.strip_suffix('"') {
        Some(quoted) => &names[opening(quoted)?..],
        None => names.rsplit(' ').next()?,
    };
    Some(match last.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(name) => name.replace("\"\"", "\""),
        None => last.to_owned(),
    })
}

/// Where the quotation mark stands that begins a name which goes to the end.
fn opening(quoted: &str) -> Option<usize> {
    let mut rest = quoted;
    loop {
        let at = rest.rfind('"')?;
        match rest[..at].strip_suffix('"') {
            Some(before) => rest = before,
            None => return Some(at),
        }
    }
}

/// A step of MySQL's or MariaDB's.
fn mysql_step(answer: &Answer) -> Step {
    let get = |name| answer.get(name).filter(|value| !value.is_empty());
    let mut text = get("select_type").unwrap_or_default().to_owned();
    let table = get("table");
    if let Some(table) = table {
        text.push_str(&format!(" {table}"));
    }
    for (name, label) in
        [("type", ""), ("key", "key "), ("ref", "ref "), ("rows", "rows "), ("Extra", "")]
    {
        if let Some(value) = get(name) {
            text.push_str(&format!(", {label}{value}"));
        }
    }
    let reads_all = matches!(get("type"), Some("ALL" | "index"));
    Step { text, scans: table.filter(|_| reads_all).map(str::to_owned) }
}

/// Whether a statement has a condition, besides those in its joins and its subqueries.
pub(super) fn has_condition(statement: &str) -> bool {
    let (mut depth, mut quoted) = (0, None);
    for (at, character) in statement.char_indices() {
        match (quoted, character) {
            (Some(quote), _) if quote == character => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '`' | '\'') => quoted = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, ' ') if depth == 0 && statement[at..].starts_with(" WHERE ") => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sqlite_scans() {
        let scans = |detail: &str| scanned_on_sqlite(detail);
        assert_eq!(scans("SCAN books").as_deref(), Some("books"));
        assert_eq!(scans("SCAN b USING COVERING INDEX books_title").as_deref(), Some("b"));
        let automatic = "SEARCH books.author USING AUTOMATIC COVERING INDEX (id=?)";
        assert_eq!(scans(automatic).as_deref(), Some("books.author"));
        assert_eq!(scans("SEARCH books USING INDEX books_author_id (author_id=?)"), None);
        assert_eq!(scans("USE TEMP B-TREE FOR ORDER BY"), None);
    }

    #[test]
    fn what_postgres_scans() {
        let scans = |text: &str| scanned_on_postgres(text);
        let cost = "  (cost=0.00..25.88 rows=6 width=36)";
        assert_eq!(scans(&format!("Seq Scan on books{cost}")).as_deref(), Some("books"));
        let aliased = format!("  ->  Parallel Seq Scan on authors \"books.author\"{cost}");
        assert_eq!(scans(&aliased).as_deref(), Some("books.author"));
        let quoted = format!("Seq Scan on \"a b\" \"a \"\"c\"\"\"{cost}");
        assert_eq!(scans(&quoted).as_deref(), Some("a \"c\""));
        assert_eq!(scans(&format!("Seq Scan on authors a{cost}")).as_deref(), Some("a"));
        assert_eq!(scans(&format!("Index Scan using books_pkey on books{cost}")), None);
    }

    #[test]
    fn a_condition_is_one_of_the_statement_itself() {
        assert!(has_condition("SELECT a FROM b WHERE (c = ?)"));
        assert!(!has_condition("SELECT (SELECT 1 FROM c WHERE d = e) FROM b LIMIT ?"));
        assert!(!has_condition("SELECT \" WHERE (\" FROM b"));
    }
}
