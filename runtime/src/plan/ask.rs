//! What a database is asked about its tables, and what it answers.

use std::sync::{Arc, Mutex, PoisonError};

use diesel::QueryResult;
use diesel::connection::Connection;
use diesel::deserialize::{self, QueryableByName};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::LoadQuery;
use diesel::row::{Field as _, NamedRow, Row};
use diesel::sql_types::Untyped;

use super::lookup::Table;
use crate::dialect::{Dialect, Sql};

/// A question.
#[derive(Debug)]
pub enum Ask<DB> {
    /// Which backend a connection has. It tells where it writes a statement, and nowhere else.
    Backend(Answered<DB>),
    /// The indexes of a table.
    Indexes(Table),
}

/// Where the backend is put.
pub(crate) type Answered<DB> = Arc<Mutex<Option<DB>>>;

/// The backend that a connection told.
pub(crate) fn told<DB>(answered: &Mutex<Option<DB>>) -> QueryResult<DB> {
    let backend = answered.lock().unwrap_or_else(PoisonError::into_inner).take();
    // A statement that was answered was written.
    backend.ok_or(diesel::result::Error::NotFound)
}

impl<DB: Dialect> QueryFragment<DB> for Ask<DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Self::Backend(answered) => {
                let backend = out.backend().same();
                *answered.lock().unwrap_or_else(PoisonError::into_inner) = Some(backend);
                out.push_sql("SELECT 1");
                Ok(())
            }
            Self::Indexes(table) => write_indexes(table, out),
        }
    }
}

/// Writes the question for the indexes of a table: a row for each column of each of them, in order, with the name of the index,
/// whether it is unique, and the name of the column, which an expression has not. Of a table without indexes it is one row,
/// and of what is no table none.
///
/// Only indexes are told by which rows are found by any value: no partial ones, and none for texts or places.
fn write_indexes<'b, DB: Dialect>(
    table: &'b Table,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    let pieces = match out.backend().sql() {
        Sql::Sqlite => SQLITE,
        Sql::Postgres => POSTGRES,
        Sql::Mysql => MYSQL,
    };
    for piece in pieces {
        match piece {
            Text(sql) => out.push_sql(sql),
            Name => DB::bind_text(&table.name, out.reborrow())?,
            WithSchema(sql) if table.schema.is_some() => out.push_sql(sql),
            WithoutSchema(sql) if table.schema.is_none() => out.push_sql(sql),
            Schema => {
                if let Some(schema) = &table.schema {
                    DB::bind_text(schema, out.reborrow())?;
                }
            }
            WithSchema(_) | WithoutSchema(_) => {}
        }
    }
    Ok(())
}

/// A part of a question about a table.
enum Piece {
    Text(&'static str),
    /// The table's name, bound.
    Name,
    /// Its schema, bound, if it has one.
    Schema,
    /// SQL for a table that has a schema.
    WithSchema(&'static str),
    /// SQL for one that has none.
    WithoutSchema(&'static str),
}

use Piece::{Name, Schema, Text, WithSchema, WithoutSchema};

const SQLITE: &[Piece] = &[
    Text("SELECT x.name, x.uniq, x.col FROM pragma_table_list("),
    Name,
    Text(
        ") AS t LEFT JOIN (SELECT i.name AS name, i.\"unique\" AS uniq, c.seqno AS n, c.name AS col FROM pragma_index_list(",
    ),
    Name,
    WithSchema(", "),
    Schema,
    Text(") AS i, pragma_index_info(i.name"),
    WithSchema(", "),
    Schema,
    // The primary key finds rows whether or not it is an index of its own.
    Text(") AS c WHERE i.partial = 0 UNION ALL SELECT '', 1, pk, name FROM pragma_table_info("),
    Name,
    WithSchema(", "),
    Schema,
    Text(") WHERE pk > 0) AS x ON 1 = 1 WHERE t.type = 'table'"),
    WithSchema(" AND t.schema = "),
    Schema,
    Text(" ORDER BY x.name, x.n"),
];

const POSTGRES: &[Piece] = &[
    Text(
        "SELECT i.indexrelid::text, CASE WHEN i.indisunique THEN '1' ELSE '0' END, a.attname::text \
         FROM pg_class t LEFT JOIN (SELECT i.*, k.attnum AS key, k.n AS n FROM pg_index i \
         INNER JOIN pg_class x ON x.oid = i.indexrelid INNER JOIN pg_am m ON m.oid = x.relam \
         CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, n) \
         WHERE i.indisvalid AND i.indpred IS NULL AND m.amname IN ('btree', 'hash') AND k.n <= i.indnkeyatts) AS i \
         ON i.indrelid = t.oid LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.key \
         WHERE t.relkind IN ('r', 'p', 'm') AND t.oid = to_regclass(",
    ),
    WithSchema("quote_ident("),
    Schema,
    WithSchema(") || '.' || "),
    Text("quote_ident("),
    Name,
    Text(")) ORDER BY i.indexrelid, i.n"),
];

const MYSQL: &[Piece] = &[
    Text(
        "SELECT i.index_name, CASE WHEN i.non_unique = 0 THEN '1' ELSE '0' END, i.column_name \
         FROM information_schema.tables t LEFT JOIN information_schema.statistics i \
         ON i.table_schema = t.table_schema AND i.table_name = t.table_name AND i.index_type IN ('BTREE', 'HASH') \
         WHERE t.table_type = 'BASE TABLE' AND t.table_schema = ",
    ),
    WithoutSchema("DATABASE()"),
    Schema,
    Text(" AND t.table_name = "),
    Name,
    Text(" ORDER BY i.index_name, i.seq_in_index"),
];

impl<DB: 'static> QueryId for Ask<DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> Query for Ask<DB> {
    type SqlType = Untyped;
}

impl<DB, Conn> diesel::RunQueryDsl<Conn> for Ask<DB> {}

/// A row of an answer: the names of its values, and these as texts.
#[derive(Debug)]
pub struct Answer(Vec<(String, Option<String>)>);

impl Answer {
    /// The value at a place.
    pub(crate) fn at(&self, place: usize) -> Option<&str> {
        self.0.get(place)?.1.as_deref()
    }

    /// The value with this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(given, _)| given.eq_ignore_ascii_case(name))?;
        value.as_deref()
    }
}

impl<DB: Dialect> QueryableByName<DB> for Answer {
    fn build<'a>(row: &impl NamedRow<'a, DB>) -> deserialize::Result<Self> {
        let values = (0..row.field_count()).map(|place| {
            let field = Row::get(row, place).ok_or(diesel::result::UnexpectedEndOfRow)?;
            let value = field.value().map(DB::read_any).transpose()?;
            Ok((field.field_name().unwrap_or_default().to_owned(), value))
        });
        values.collect::<deserialize::Result<_>>().map(Self)
    }
}

/// A connection of Diesel's whose database can be asked about its tables.
pub trait Inspect: Connection<Backend: Dialect> {
    /// Asks.
    fn ask(&mut self, question: Ask<Self::Backend>) -> QueryResult<Vec<Answer>>;
}

#[diagnostic::do_not_recommend]
impl<C> Inspect for C
where
    C: Connection<Backend: Dialect>,
    Ask<C::Backend>: LoadQuery<'static, C, Answer>,
{
    fn ask(&mut self, question: Ask<C::Backend>) -> QueryResult<Vec<Answer>> {
        question.internal_load(self)?.collect()
    }
}
