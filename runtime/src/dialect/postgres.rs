//! PostgreSQL.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, HasSqlType, Text};

use super::{Dialect, KeyList, NamedTable, Sql, bind_bigint};
use crate::key::{HasKey, KeyColumns, KeyColumnsFor, SqlKey};
use crate::keys::{PARENT, PARENT_COLUMNS, PARENT_KEYS};
use crate::path::{Root, write_column};
use crate::through::{WriteColumn, write_row};
use crate::{Model, Relation};

/// A list of keys: one array for each column.
pub struct Arrays<C: KeyColumns>(C::Lists);

impl<C: KeyColumns> KeyList for Arrays<C> {
    const CONSTANT: bool = true;
}

impl<C: KeyColumns> Arrays<C> {
    /// Writes the arrays as the arguments of a function.
    fn write_arguments<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()>
    where
        C: KeyColumnsFor<Pg>,
    {
        for part in 0..C::NAMES.len() {
            out.push_sql(if part > 0 { ", " } else { "(" });
            C::bind_list(&self.0, part, out.reborrow())?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl Dialect for Pg {
    const SQL: Option<Sql> = Some(Sql::Postgres);

    fn sql(&self) -> Sql {
        Sql::Postgres
    }

    fn write_table<T: NamedTable>(out: AstPass<'_, '_, Pg>) -> QueryResult<()> {
        QueryFragment::<Pg>::walk_ast(&T::STATIC_COMPONENT, out)
    }

    fn read_text(value: <Self as Backend>::RawValue<'_>) -> deserialize::Result<String> {
        FromSql::<Text, Self>::from_sql(value)
    }

    type KeyList<C: KeyColumns> = Arrays<C>;

    fn key_list<C: KeyColumns>(keys: Arc<Vec<C::Value>>) -> QueryResult<Arrays<C>> {
        Ok(Arrays(C::lists(keys)))
    }

    fn write_among<'b, C: KeyColumnsFor<Pg>>(
        keys: &'b Arrays<C>,
        column: WriteColumn<'_, Pg>,
        mut out: AstPass<'_, 'b, Pg>,
    ) -> QueryResult<()> {
        write_row(C::NAMES.len(), column, out.reborrow())?;
        if C::NAMES.len() == 1 {
            out.push_sql(" = ANY");
            return keys.write_arguments(out);
        }
        out.push_sql(" IN (SELECT * FROM unnest");
        keys.write_arguments(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }

    fn write_parents<'b, R: Relation<Key: KeyColumnsFor<Pg>>>(
        keys: &'b Arrays<R::Key>,
        mut out: AstPass<'_, 'b, Pg>,
    ) -> QueryResult<()> {
        let text = R::Key::TEXT;
        let any_text = text.contains(&true);
        if any_text {
            out.push_sql("(SELECT ");
            for (part, is_text) in text.iter().enumerate() {
                out.push_sql(if part > 0 { ", " } else { "" });
                if *is_text {
                    write_compared::<R>(part, out.reborrow())?;
                } else {
                    out.push_identifier(PARENT_KEYS[part])?;
                }
                out.push_sql(" AS ");
                out.push_identifier(PARENT_COLUMNS[part])?;
                out.push_sql(", ");
                out.push_identifier(PARENT_KEYS[part])?;
            }
            out.push_sql(" FROM ");
        }
        out.push_sql("unnest");
        keys.write_arguments(out.reborrow())?;
        out.push_sql(" AS ");
        out.push_identifier(PARENT)?;
        let names = if any_text { PARENT_KEYS } else { PARENT_COLUMNS };
        for (i, name) in names[..text.len()].iter().enumerate() {
            out.push_sql(if i > 0 { ", " } else { "(" });
            out.push_identifier(name)?;
        }
        out.push_sql(")");
        if any_text {
            out.push_sql(") AS ");
            out.push_identifier(PARENT)?;
        }
        Ok(())
    }

    fn bind_number<'b>(number: &'b i64, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        bind_bigint(number, out)
    }
}

/// Writes a text of the key as a value of the parent's column: with its type and its collation. A `CHAR(n)` is read with
/// blanks at its end that are not compared, and in a column of another type they are. The subquery is never run.
fn write_compared<R: Relation>(part: usize, mut out: AstPass<'_, '_, Pg>) -> QueryResult<()> {
    out.push_sql("COALESCE((SELECT ");
    write_column::<Root<R::Parent>, Pg>(R::Key::NAMES[part], out.reborrow())?;
    out.push_sql(" FROM ");
    Pg::write_table::<<R::Parent as Model>::Table>(out.reborrow())?;
    out.push_sql(" WHERE FALSE), ");
    out.push_identifier(PARENT_KEYS[part])?;
    out.push_sql(")");
    Ok(())
}

impl<K: SqlKey> HasKey<K> for Pg
where
    Pg: HasSqlType<K::NotNull>,
    K::Value: ToSql<K::NotNull, Pg> + FromSql<K::NotNull, Pg>,
    [K::Value]: ToSql<Array<K::NotNull>, Pg>,
{
    fn read_key(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<K::Value> {
        K::Value::from_sql(value)
    }

    fn bind_key<'b>(value: &'b K::Value, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<K::NotNull, K::Value>(value)
    }

    fn bind_list<'b>(values: &'b [K::Value], mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Array<K::NotNull>, [K::Value]>(values)
    }
}
