//! Keys that are bound one by one: where a backend has no list that is one value, or has none for keys of this type.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::query_builder::AstPass;
use diesel::result::Error;

use super::{Dialect, KeyList, Sql, write_parents_on_postgres};
use crate::Relation;
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::keys::{PARENT, PARENT_COLUMNS};
use crate::through::{WriteColumn, write_row};

/// How many values of keys one statement binds. Filters may want some beside them.
pub(crate) const fn most_binds(sql: Sql) -> usize {
    match sql {
        // The limit is 32,766.
        Sql::Sqlite => 30_000,
        // The limit is 65,535.
        Sql::Postgres | Sql::Mysql => 60_000,
    }
}

/// Keys of which each part is bound by itself.
pub struct Bound<C: KeyColumns>(Arc<Vec<C::Value>>);

impl<C: KeyColumns> KeyList for Bound<C> {
    const CONSTANT: bool = false;
}

impl<C: KeyColumns> Bound<C> {
    /// The keys, where they are few enough for a statement that binds `most` values of them. Where they are not, `too_many`
    /// says so of their number and the limit.
    pub(crate) fn new(
        keys: Arc<Vec<C::Value>>,
        most: usize,
        too_many: fn(usize, usize) -> String,
    ) -> QueryResult<Self> {
        let limit = most / C::NAMES.len();
        if keys.len() > limit {
            return Err(Error::QueryBuilderError(too_many(keys.len(), limit).into()));
        }
        Ok(Self(keys))
    }

    /// Writes the condition that the `column`s are among the keys.
    pub(crate) fn write_among<'b, DB: Dialect>(
        &'b self,
        column: WriteColumn<'_, DB>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>
    where
        C: KeyColumnsFor<DB>,
    {
        out.unsafe_to_cache_prepared();
        write_row(C::NAMES.len(), column, out.reborrow())?;
        // SQLite has no list of rows but a table of them.
        let table = C::NAMES.len() > 1 && out.backend().sql() == Sql::Sqlite;
        out.push_sql(if table { " IN (VALUES " } else { " IN (" });
        self.write_rows(C::NAMES.len() > 1, out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }

    /// Writes the keys as the table of the parents of `R`.
    pub(crate) fn write_parents<'b, R: Relation<Key = C>, DB: Dialect>(
        &'b self,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>
    where
        C: KeyColumnsFor<DB>,
    {
        out.unsafe_to_cache_prepared();
        let columns = C::NAMES.len();
        match out.backend().sql() {
            Sql::Sqlite => {
                let column =
                    |part: usize| format!("column{} AS \"{}\"", part + 1, PARENT_COLUMNS[part]);
                let names: Vec<_> = (0..columns).map(column).collect();
                out.push_sql(&format!("(SELECT {} FROM (VALUES ", names.join(", ")));
                self.write_rows(true, out.reborrow())?;
                out.push_sql(")) AS ");
                out.push_identifier(PARENT)
            }
            Sql::Postgres => {
                let keys = |mut out: AstPass<'_, 'b, DB>| {
                    out.push_sql("(VALUES ");
                    self.write_rows(true, out.reborrow())?;
                    out.push_sql(")");
                    Ok(())
                };
                write_parents_on_postgres::<R, DB>(keys, out)
            }
            Sql::Mysql => self.write_selects(out),
        }
    }

    /// Writes the keys with commas between them, each in brackets where they are `rows`.
    fn write_rows<'b, DB: Dialect>(
        &'b self,
        rows: bool,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>
    where
        C: KeyColumnsFor<DB>,
    {
        for (i, key) in self.0.iter().enumerate() {
            out.push_sql(if i > 0 { ", " } else { "" });
            out.push_sql(if rows { "(" } else { "" });
            C::bind(key, out.reborrow())?;
            out.push_sql(if rows { ")" } else { "" });
        }
        Ok(())
    }

    /// Writes each key as a query of its own: a bound value keeps the collation of the column that it is compared with
    /// only there. In `VALUES (?)`, MariaDB gives it the length 0.
    fn write_selects<'b, DB: Dialect>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        C: KeyColumnsFor<DB>,
    {
        out.push_sql("(");
        for (i, key) in self.0.iter().enumerate() {
            out.push_sql(if i > 0 { " UNION ALL SELECT " } else { "SELECT " });
            for (part, is_text) in C::TEXT.iter().enumerate() {
                out.push_sql(if part > 0 { ", " } else { "" });
                // A text that is bound becomes a `CHAR`, which has no blanks at its end.
                out.push_sql(if *is_text { "CONCAT(" } else { "" });
                C::bind_part(key, part, out.reborrow())?;
                out.push_sql(if *is_text { ")" } else { "" });
                if i == 0 {
                    out.push_sql(" AS ");
                    out.push_identifier(PARENT_COLUMNS[part])?;
                }
            }
        }
        out.push_sql(") AS ");
        out.push_identifier(PARENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    diesel::table! { sheets (number, page) { number -> Integer, page -> Integer } }

    fn text(keys: usize, limit: usize) -> String {
        format!("{keys} keys are more than {limit}")
    }

    #[test]
    fn there_is_a_limit() {
        let keys = |count| Arc::new(vec![1; count]);
        assert!(Bound::<(sheets::number,)>::new(keys(100), 100, text).is_ok());
        let error = Bound::<(sheets::number,)>::new(keys(101), 100, text).err();
        let error = error.expect("one key more than the limit");
        assert!(matches!(error, Error::QueryBuilderError(_)), "{error}");
        assert_eq!(error.to_string(), "101 keys are more than 100");
    }

    #[test]
    fn each_part_of_a_composite_key_counts() {
        let keys = |count| Arc::new(vec![(1, 1); count]);
        assert!(Bound::<(sheets::number, sheets::page)>::new(keys(50), 100, text).is_ok());
        let error = Bound::<(sheets::number, sheets::page)>::new(keys(51), 100, text).err();
        assert_eq!(error.expect("one key more").to_string(), "51 keys are more than 50");
    }
}
