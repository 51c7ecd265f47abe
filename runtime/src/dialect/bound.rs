//! Keys that are bound one by one: where a backend has no list that is one value, or has none for keys of this type.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::query_builder::AstPass;
use diesel::result::Error;

use super::{Dialect, Sql};
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::keys::{PARENT, PARENT_COLUMNS};
use crate::through::{WriteColumn, write_row};

/// How many keys a list has on MySQL and MariaDB where there are few: the last one stands there more than once, so that the
/// statement is one of a few, which are cached. With more keys it is prepared each time, which takes little of the whole
/// then.
const FEW: [usize; 4] = [1, 8, 64, 512];

/// Keys of which each part is bound by itself.
pub struct Bound<C: KeyColumns>(Arc<Vec<C::Value>>);

impl<C: KeyColumns> Bound<C> {
    /// The keys, where they are few enough for the statement to bind `most` values at the most.
    pub(crate) fn new(keys: Arc<Vec<C::Value>>, most: usize, database: &str) -> QueryResult<Self> {
        let limit = most / C::NAMES.len();
        if keys.len() > limit {
            let error = too_many_keys(keys.len(), limit, database);
            return Err(Error::QueryBuilderError(error.into()));
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
        let sql = out.backend().sql();
        let more = match sql {
            Sql::Mysql => FEW.iter().find_map(|few| few.checked_sub(self.0.len())),
            Sql::Sqlite | Sql::Postgres => None,
        };
        if more.is_none() {
            out.unsafe_to_cache_prepared();
        }
        write_row(C::NAMES.len(), column, out.reborrow())?;
        // SQLite has no list of rows but a table of them.
        let table = C::NAMES.len() > 1 && sql == Sql::Sqlite;
        out.push_sql(if table { " IN (VALUES " } else { " IN (" });
        self.write_rows(C::NAMES.len() > 1, more.unwrap_or(0), out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }

    /// Writes the keys as the table of parents.
    pub(crate) fn write_parents<'b, DB: Dialect>(
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
                self.write_rows(true, 0, out.reborrow())?;
                out.push_sql(")) AS ");
                out.push_identifier(PARENT)
            }
            Sql::Postgres => {
                out.push_sql("(VALUES ");
                self.write_rows(true, 0, out.reborrow())?;
                out.push_sql(")");
                out.push_sql(" AS ");
                out.push_identifier(PARENT)?;
                for (i, column) in PARENT_COLUMNS[..columns].iter().enumerate() {
                    out.push_sql(if i > 0 { ", " } else { "(" });
                    out.push_identifier(column)?;
                }
                out.push_sql(")");
                Ok(())
            }
            Sql::Mysql => self.write_selects(out),
        }
    }

    /// Writes the keys with commas between them, each in brackets where they are `rows`, and the last of them some `more`
    /// times.
    fn write_rows<'b, DB: Dialect>(
        &'b self,
        rows: bool,
        more: usize,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>
    where
        C: KeyColumnsFor<DB>,
    {
        let again = self.0.last().into_iter().cycle().take(more);
        for (i, key) in self.0.iter().chain(again).enumerate() {
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

#[cold]
fn too_many_keys(keys: usize, limit: usize, database: &str) -> String {
    format!(
        "a prefetch has {keys} keys of a type whose values are bound one by one, of which one query on {database} takes \
         {limit}: give the type a `KeyPart::FORM` that is `KeyForm::Json` or `KeyForm::Bytes`, which have no limit"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    diesel::table! { sheets (number, page) { number -> Integer, page -> Integer } }

    #[test]
    fn there_is_a_limit() {
        let keys = |count| Arc::new(vec![1; count]);
        assert!(Bound::<(sheets::number,)>::new(keys(100), 100, "SQLite").is_ok());
        let error = Bound::<(sheets::number,)>::new(keys(101), 100, "SQLite").err();
        let error = error.expect("one key more than the limit");
        let text = error.to_string();
        assert!(matches!(error, Error::QueryBuilderError(_)), "{text}");
        assert!(
            text.contains("101 keys") && text.contains("one query on SQLite takes 100"),
            "{text}"
        );
        assert!(text.contains("`KeyForm::Json`"), "{text}");
    }

    #[test]
    fn each_part_of_a_composite_key_counts() {
        let keys = |count| Arc::new(vec![(1, 1); count]);
        assert!(Bound::<(sheets::number, sheets::page)>::new(keys(50), 100, "SQLite").is_ok());
        assert!(Bound::<(sheets::number, sheets::page)>::new(keys(51), 100, "SQLite").is_err());
    }
}
