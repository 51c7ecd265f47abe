//! A transaction whose queries all see one state of the database.
//!
//! On SQLite every transaction is one. The others are told by statements, and where a transaction is open already its
//! isolation level says whether it is one.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::deserialize::{self, QueryableByName};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::row::{Field as _, NamedRow, Row};
use diesel::sql_types::Untyped;

use crate::dialect::{Dialect, Sql};

/// What a statement is for.
pub trait Purpose: Send + 'static {
    /// The statement.
    fn sql(sql: Sql) -> &'static str;
}

/// A statement about the state that queries see.
pub struct About<P>(PhantomData<fn(P)>);

macro_rules! purposes {
    ($($(#[$doc:meta])* $Purpose:ident { $Sqlite:literal, $Postgres:literal, $Mysql:literal })*) => {$(
        $(#[$doc])*
        pub(crate) struct $Purpose;

        impl Purpose for $Purpose {
            fn sql(sql: Sql) -> &'static str {
                match sql {
                    Sql::Sqlite => $Sqlite,
                    Sql::Postgres => $Postgres,
                    Sql::Mysql => $Mysql,
                }
            }
        }
    )*};
}

// Where there is nothing to do, the statement does nothing: which backend it is can be known at run time only.
purposes! {
    /// Runs before the transaction begins.
    Before {
        "SELECT 1",
        "SELECT 1",
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    }
    /// Is the first in the transaction.
    Within {
        "SELECT 1",
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        "DO 1"
    }
    /// Tells the isolation level of an open transaction, in its last column.
    Level {
        "SELECT 'serializable'",
        "SHOW transaction_isolation",
        "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')"
    }
}

/// How a transaction begins whose queries see one state, and in which nothing can be written, on a connection that is
/// told of it by no transaction manager.
#[cfg(feature = "async")]
pub(crate) const fn begin(sql: Sql) -> &'static [&'static str] {
    match sql {
        // No transaction of SQLite's is read-only.
        Sql::Sqlite => &["BEGIN", "PRAGMA query_only = 1"],
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
        Sql::Sqlite => &["PRAGMA query_only = 0", "ROLLBACK"],
        Sql::Postgres | Sql::Mysql => &["ROLLBACK"],
    }
}

/// Begins such a transaction.
pub(crate) const fn before() -> About<Before> {
    About(PhantomData)
}

/// Goes on with one that has begun.
pub(crate) const fn within() -> About<Within> {
    About(PhantomData)
}

/// The question for the isolation level.
pub(crate) type IsolationQuery = About<Level>;

/// Asks what an open transaction is.
pub(crate) const fn level() -> IsolationQuery {
    About(PhantomData)
}

impl<P: Purpose, DB: Dialect> QueryFragment<DB> for About<P> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let sql = P::sql(out.backend().sql());
        out.push_sql(sql);
        Ok(())
    }
}

impl<P: Purpose> QueryId for About<P> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<P> Query for About<P> {
    type SqlType = Untyped;
}

impl<P, Conn> diesel::RunQueryDsl<Conn> for About<P> {}

/// What such a question is answered with.
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
