//! Diesel's instrumentation, used to show the SQL that a part of a program runs.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent};

/// How much of the values that a query binds is shown: a list of keys can be as long as the table.
const SHOWN_BINDS: usize = 60;

/// The statements that ran on a connection since they were last printed.
pub struct QueryLog {
    statements: Arc<Mutex<Vec<String>>>,
}

impl QueryLog {
    /// Records what runs on `conn` from now on.
    pub fn of(conn: &mut impl Connection) -> Self {
        let statements = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&statements);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                log.lock().expect("nothing panics while it holds the log").push(query.to_string());
            }
        });
        Self { statements }
    }

    /// Prints the statements and how many queries they are, and forgets them.
    ///
    /// What begins and ends a transaction is named, but not counted: it asks the database for nothing.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let statements =
            std::mem::take(&mut *self.statements.lock().expect("nothing panics while it logs"));
        let (transaction, queries): (Vec<_>, Vec<_>) =
            statements.into_iter().partition(|statement| is_of_transaction(statement));
        let s = if queries.len() == 1 { "y" } else { "ies" };
        write!(out, "\n  {} quer{s}", queries.len())?;
        if !transaction.is_empty() {
            write!(out, " in one transaction (not counted: {})", transaction.join(", "))?;
        }
        writeln!(out, ":")?;
        for (number, query) in std::iter::zip(1.., &queries) {
            writeln!(out, "    {number}. {}", one_line(query))?;
        }
        Ok(())
    }
}

fn is_of_transaction(statement: &str) -> bool {
    ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"]
        .iter()
        .any(|word| statement.starts_with(word))
}

/// The query on one line, with the beginning of what it binds.
fn one_line(query: &str) -> String {
    let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((sql, binds)) = query.rsplit_once(" -- binds: ") else {
        return query;
    };
    match binds.char_indices().nth(SHOWN_BINDS) {
        _ if binds == "[]" => sql.to_owned(),
        Some((end, _)) => format!("{sql} -- binds: {} ..", &binds[..end]),
        None => format!("{sql} -- binds: {binds}"),
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
        let log = QueryLog::of(&mut conn);
        conn.transaction(|conn| diesel::sql_query("SELECT\n  1").execute(conn)).unwrap();
        assert_eq!(
            printed(&log),
            "\n  1 query in one transaction (not counted: BEGIN, COMMIT):\n    1. SELECT 1\n"
        );
        assert_eq!(printed(&log), "\n  0 queries:\n", "what was printed is forgotten");
    }

    #[test]
    fn long_values_are_cut_short_between_characters() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let log = QueryLog::of(&mut conn);
        let query = diesel::sql_query("SELECT ?").bind::<Text, _>("ü".repeat(100));
        query.execute(&mut conn).unwrap();
        let shown = format!("    1. SELECT ? -- binds: [\"{} ..\n", "ü".repeat(SHOWN_BINDS - 2));
        assert!(printed(&log).ends_with(&shown), "{shown}");
    }
}
