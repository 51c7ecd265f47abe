//! A transaction whose queries all see one state of the database.
//!
//! On SQLite every transaction is one. The others are told by statements, and where a transaction is open already its
//! isolation level says whether it is one.

use diesel::QueryResult;
use diesel::deserialize::{self, QueryableByName};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::row::{Field as _, NamedRow, Row};
use diesel::sql_types::Untyped;

use crate::dialect::{Dialect, Sql};

/// A statement in each SQL that needs one.
pub struct Statement {
    sqlite: Option<&'static str>,
    postgres: Option<&'static str>,
    mysql: Option<&'static str>,
}

/// Runs before such a transaction begins.
pub(crate) const BEFORE: Statement = Statement {
    sqlite: None,
    postgres: None,
    mysql: Some("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
};

/// Is the first that runs in it.
pub(crate) const WITHIN: Statement = Statement {
    sqlite: None,
    postgres: Some("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
    mysql: None,
};

/// Tells the isolation level of an open transaction, in its last column.
pub(crate) const LEVEL: Statement = Statement {
    sqlite: Some("SELECT 'serializable'"),
    postgres: Some("SHOW transaction_isolation"),
    mysql: Some(
        "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')",
    ),
};

impl Statement {
    fn of(&self, sql: Sql) -> Option<&'static str> {
        match sql {
            Sql::Sqlite => self.sqlite,
            Sql::Postgres => self.postgres,
            Sql::Mysql => self.mysql,
        }
    }

    /// Whether it need be run. Where the SQL is known at run time only, it is run, and may do nothing.
    pub(crate) fn is_needed(&self, sql: Option<Sql>) -> bool {
        sql.is_none_or(|sql| self.of(sql).is_some())
    }
}

/// What is run in place of a statement that a backend does not need.
const NOTHING: Statement =
    Statement { sqlite: Some("SELECT 1"), postgres: Some("SELECT 1"), mysql: Some("DO 1") };

/// Whether it is a statement that tells or asks how a transaction is isolated, and reads nothing.
pub(crate) fn is_about_isolation(sql: &str) -> bool {
    let texts = [BEFORE, WITHIN, LEVEL, NOTHING]
        .map(|statement| [statement.sqlite, statement.postgres, statement.mysql]);
    texts.as_flattened().contains(&Some(sql))
}

/// How a transaction begins whose queries see one state, and in which nothing can be written, on a connection that is
/// told of it by no transaction manager.
#[cfg(feature = "async")]
pub(crate) const fn begin(sql: Sql) -> &'static [&'static str] {
    match sql {
        // No transaction of SQLite's is read-only. The name tells ours from one that is open already, in which it is nested.
        Sql::Sqlite => &["SAVEPOINT upfront_snapshot; PRAGMA query_only = 1"],
        Sql::Postgres => &["BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"],
        Sql::Mysql => &[
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        ],
    }
}

/// How it ends.
#[cfg(feature = "async")]
pub(crate) const fn end(sql: Sql) -> &'static [&'static str] {
    match sql {
        Sql::Sqlite => &["PRAGMA query_only = 0; RELEASE upfront_snapshot"],
        Sql::Postgres | Sql::Mysql => &["ROLLBACK"],
    }
}

impl<DB: Dialect> QueryFragment<DB> for Statement {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let sql = out.backend().sql();
        out.push_sql(self.of(sql).or(NOTHING.of(sql)).unwrap_or_default());
        Ok(())
    }
}

impl QueryId for Statement {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement {
    type SqlType = Untyped;
}

impl<Conn> diesel::RunQueryDsl<Conn> for Statement {}

/// What [`LEVEL`] is answered with.
pub struct Told(String);

impl<DB: Dialect> QueryableByName<DB> for Told {
    fn build<'a>(row: &impl NamedRow<'a, DB>) -> deserialize::Result<Self> {
        let last = row.field_count().checked_sub(1).and_then(|last| Row::get(row, last));
        let last = last.ok_or(diesel::result::UnexpectedEndOfRow)?;
        let value = last.value().ok_or(diesel::result::UnexpectedNullError)?;
        DB::read_text(value).map(Self)
    }
}

impl Told {
    /// Whether all queries of a transaction with this isolation level see one state.
    pub(crate) fn check_level(&self) -> QueryResult<()> {
        let level = self.0.to_ascii_lowercase().replace('-', " ");
        match level.as_str() {
            "repeatable read" | "serializable" => Ok(()),
            _ => Err(Error::QueryBuilderError(
                format!(
                    "`.snapshot()` in an open transaction whose isolation level is {level}, in which each query sees \
                     another state: begin it as `REPEATABLE READ` or `SERIALIZABLE`, or load outside of it"
                )
                .into(),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_that_keep_to_one_state_will_do() {
        for level in ["repeatable read", "serializable", "REPEATABLE-READ", "SERIALIZABLE"] {
            assert_eq!(Told(level.to_owned()).check_level(), Ok(()), "{level}");
        }
    }

    #[test]
    fn the_error_names_the_level_and_what_to_do() {
        let error = Told("READ-COMMITTED".to_owned()).check_level().expect_err("no snapshot");
        let text = error.to_string();
        assert!(text.contains("isolation level is read committed"), "{text}");
        assert!(text.contains("begin it as `REPEATABLE READ`"), "{text}");
    }
}
