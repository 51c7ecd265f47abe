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

/// How many keys a list has on MySQL and MariaDB where there are few: the last one stands there more than once, so that the
/// statement is one of a few, which are cached. With more keys it is prepared each time, which takes little of the whole
/// then.
const FEW: [usize; 4] = [1, 8, 64, 512];

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
        too_many: impl FnOnce(usize, usize) -> String,
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
                self.write_rows(true, 0, out.reborrow())?;
                out.push_sql(")) AS ");
                out.push_identifier(PARENT)
            }
            Sql::Postgres => {
                let keys = |mut out: AstPass<'_, 'b, DB>| {
                    out.push_sql("(VALUES ");
                    self.write_rows(true, 0, out.reborrow())?;
                    out.push_sql(")");
                    Ok(())
                };
                write_parents_on_postgres::<R, DB>(keys, out)
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
        let again = self.0.last().into_iter().cycle().take(more).map(Some);
        for (i, key) in self.keys().chain(again).enumerate() {
            out.push_sql(if i > 0 { ", " } else { "" });
            out.push_sql(if rows { "(" } else { "" });
            for part in 0..C::NAMES.len() {
                out.push_sql(if part > 0 { ", " } else { "" });
                Self::bind_part(key, part, out.reborrow())?;
            }
            out.push_sql(if rows { ")" } else { "" });
        }
        Ok(())
    }

    /// The keys, or one that is not known.
    fn keys(&self) -> impl Iterator<Item = Option<&C::Value>> {
        let unknown = self.0.is_empty().then_some(None);
        self.0.iter().map(Some).chain(unknown)
    }

    /// Binds a part of a key. Of one that is not known only the place is written, which is alike for all types.
    fn bind_part<'b, DB: Dialect>(
        key: Option<&'b C::Value>,
        part: usize,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>
    where
        C: KeyColumnsFor<DB>,
    {
        match key {
            Some(key) => C::bind_part(key, part, out),
            None => DB::bind_number(&0, out),
        }
    }

    /// Writes each key as a query of its own: a bound value keeps the collation of the column that it is compared with
    /// only there. In `VALUES (?)`, MariaDB gives it the length 0.
    fn write_selects<'b, DB: Dialect>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        C: KeyColumnsFor<DB>,
    {
        out.push_sql("(");
        for (i, key) in self.keys().enumerate() {
            out.push_sql(if i > 0 { " UNION ALL SELECT " } else { "SELECT " });
            for (part, is_text) in C::TEXT.iter().enumerate() {
                out.push_sql(if part > 0 { ", " } else { "" });
                // A text that is bound becomes a `CHAR`, which has no blanks at its end.
                out.push_sql(if *is_text { "CONCAT(" } else { "" });
                Self::bind_part(key, part, out.reborrow())?;
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

/// Says that there are too many keys where others than those of their type have no limit.
#[cfg(any(test, feature = "sqlite", feature = "mysql"))]
pub(crate) fn too_many_of_their_type(database: &str) -> impl FnOnce(usize, usize) -> String {
    move |keys, limit| {
        format!(
            "a prefetch has {keys} keys of a type whose values are bound one by one, of which one query on {database} \
             takes {limit}: give the type a `KeyPart::FORM` that is `KeyForm::Json` or `KeyForm::Bytes`, which have no limit"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    diesel::table! { sheets (number, page) { number -> Integer, page -> Integer } }

    #[test]
    fn there_is_a_limit() {
        let keys = |count| Arc::new(vec![1; count]);
        let list = |count| {
            Bound::<(sheets::number,)>::new(keys(count), 100, too_many_of_their_type("SQLite"))
        };
        assert!(list(100).is_ok());
        let error = list(101).err().expect("one key more than the limit");
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
        let list = |count| {
            let text = too_many_of_their_type("SQLite");
            Bound::<(sheets::number, sheets::page)>::new(keys(count), 100, text)
        };
        assert!(list(50).is_ok());
        assert!(list(51).is_err());
    }
}
