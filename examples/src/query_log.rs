//! The SQL that a part of a program runs, as the store prints it.

use std::error::Error;
use std::io::{self, Write};

use diesel::connection::Connection;
use upfront::LoggedQuery;

/// How much of the values that a query binds is shown: a list of keys can be as long as the table.
const SHOWN_BINDS: usize = 60;

/// The statements that ran on a connection since they were last printed.
pub struct QueryLog(upfront::QueryLog);

impl QueryLog {
    /// Keeps what runs on `conn` from now on.
    pub fn of(conn: &mut impl Connection) -> Result<Self, Box<dyn Error>> {
        Ok(Self(upfront::QueryLog::options().binds().attach(conn)?))
    }

    /// Prints the statements and how many queries they are, and forgets them.
    ///
    /// What begins and ends a transaction is named, but not counted: it asks the database for nothing.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let (queries, transaction): (Vec<_>, Vec<_>) =
            self.0.take().into_iter().partition(LoggedQuery::is_counted);
        let s = if queries.len() == 1 { "y" } else { "ies" };
        write!(out, "\n  {} quer{s}", queries.len())?;
        if !transaction.is_empty() {
            let statements: Vec<_> = transaction.iter().map(LoggedQuery::sql).collect();
            write!(out, " in one transaction (not counted: {})", statements.join(", "))?;
        }
        writeln!(out, ":")?;
        for (number, query) in std::iter::zip(1.., &queries) {
            writeln!(out, "    {number}. {}", one_line(query))?;
        }
        Ok(())
    }
}

/// The query on one line, with the beginning of what it binds.
fn one_line(query: &LoggedQuery) -> String {
    let sql = query.sql().split_whitespace().collect::<Vec<_>>().join(" ");
    match query.binds() {
        None | Some("[]") => sql,
        Some(binds) => match binds.char_indices().nth(SHOWN_BINDS) {
            Some((end, _)) => format!("{sql} -- binds: {} ..", &binds[..end]),
            None => format!("{sql} -- binds: {binds}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use diesel::sql_types::Text;

    use super::*;

    fn printed(log: &QueryLog) -> String {
        let mut out = Vec::new();
        log.print(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn statements_of_transactions_are_named_but_not_counted() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let log = QueryLog::of(&mut conn).unwrap();
        conn.transaction(|conn| diesel::sql_query("SELECT\n  1 FROM sqlite_master").execute(conn))
            .unwrap();
        assert_eq!(
            printed(&log),
            "\n  1 query in one transaction (not counted: BEGIN, COMMIT):\n    1. SELECT 1 FROM sqlite_master\n"
        );
        assert_eq!(printed(&log), "\n  0 queries:\n", "what was printed is forgotten");
    }

    #[test]
    fn long_values_are_cut_short_between_characters() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let log = QueryLog::of(&mut conn).unwrap();
        let query =
            diesel::sql_query("SELECT ? FROM sqlite_master").bind::<Text, _>("ü".repeat(100));
        query.execute(&mut conn).unwrap();
        let shown = format!(
            "    1. SELECT ? FROM sqlite_master -- binds: [\"{} ..\n",
            "ü".repeat(SHOWN_BINDS - 2)
        );
        assert!(printed(&log).ends_with(&shown), "{shown}");
    }
}
