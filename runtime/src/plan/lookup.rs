//! Where a load finds rows by some of their columns, which an index is to begin with.

use std::cell::RefCell;

use diesel::QueryResult;
use diesel::query_builder::{QueryBuilder, QueryFragment};

use crate::Relation;
use crate::dialect::{Dialect, NamedTable, Sql, TableName};
use crate::through::Through;

/// A table as the database names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
}

/// A table whose rows are found by some columns.
#[derive(Debug, Clone)]
pub struct Lookup {
    pub(crate) table: Table,
    /// Its name in the statement.
    pub(crate) alias: String,
    pub(crate) columns: &'static [&'static str],
}

impl Lookup {
    /// Rows of the table `T`, under its own name.
    pub(crate) fn of<T: NamedTable, DB: Dialect>(
        columns: &'static [&'static str],
        backend: &DB,
    ) -> QueryResult<Self> {
        let table = Table::of::<T, DB>(backend)?;
        Ok(Self { alias: table.name.clone(), table, columns })
    }

    /// The rows on the way from one parent to its children by the relation `R`, and those of the children.
    pub(crate) fn along<R: Relation, DB: Dialect>(backend: &DB) -> QueryResult<Vec<Self>> {
        let mut way = Vec::new();
        <R::Through as Through>::look_up::<R, DB>(backend, &mut way)?;
        Ok(way)
    }

    /// Whether a database that explains the statement calls it so.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.alias == name || self.alias == self.table.name && self.table.is_called(name)
    }
}

impl Table {
    pub(crate) fn of<T: NamedTable, DB: Dialect>(backend: &DB) -> QueryResult<Self> {
        let mut parts = names_in(&text_of(TableName::<T>::HERE, backend)?, backend.sql());
        let name = parts.pop().unwrap_or_default();
        Ok(Self { schema: parts.pop(), name })
    }

    /// Whether a database that explains a statement calls the table so, where that gives it no other name. SQLite names it
    /// with the database that it is in.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let schema = self.schema.as_deref().and_then(|schema| name.strip_prefix(schema));
        let in_schema = schema.and_then(|rest| rest.strip_prefix('.'));
        name == self.name || in_schema == Some(&*self.name)
    }
}

/// The text of a statement, or of a part of it.
pub(crate) fn text_of<DB: Dialect>(
    part: &dyn QueryFragment<DB>,
    backend: &DB,
) -> QueryResult<String> {
    let mut builder = backend.query_builder();
    QueryFragment::<DB>::to_sql(part, &mut builder, backend)?;
    Ok(builder.finish())
}

/// What stands around a name.
pub(crate) fn quote(sql: Sql) -> char {
    match sql {
        Sql::Postgres => '"',
        Sql::Sqlite | Sql::Mysql => '`',
    }
}

/// The names in what `table!` wrote: that of the table, behind its schema where it has one.
fn names_in(written: &str, sql: Sql) -> Vec<String> {
    let quote = quote(sql);
    let mut names = Vec::new();
    let mut rest = written.chars().peekable();
    while rest.find(|next| *next == quote).is_some() {
        let mut name = String::new();
        while let Some(next) = rest.next() {
            if next == quote && rest.next_if_eq(&quote).is_none() {
                break;
            }
            name.push(next);
        }
        names.push(name);
    }
    names
}

/// A relation in an expression, and the lookups that it costs.
pub(crate) type Asked = (&'static str, Vec<Lookup>);

thread_local! {
    /// The relations in an expression that is walked to find them.
    static ASKED: RefCell<Option<Vec<Asked>>> = const { RefCell::new(None) };
}

/// Notes that the rows of the relation `R` are asked for in the expression that is written, where anybody wants to know.
#[inline]
pub(crate) fn note<R: Relation, DB: Dialect>(backend: &DB) -> QueryResult<()> {
    if ASKED.with(|asked| asked.borrow().is_none()) {
        return Ok(());
    }
    let way = Lookup::along::<R, DB>(backend)?;
    ASKED.with(|asked| {
        if let Some(asked) = &mut *asked.borrow_mut() {
            asked.push((R::NAME, way));
        }
    });
    Ok(())
}

/// The relations in an expression. Diesel's own expressions are around them, whose types tell nothing: so it is walked, as if
/// it were written.
pub(crate) fn relations_in<DB: Dialect>(
    expression: &dyn QueryFragment<DB>,
    backend: &DB,
) -> QueryResult<Vec<Asked>> {
    /// Nothing is noted any longer, also after a panic.
    struct Noting;

    impl Drop for Noting {
        fn drop(&mut self) {
            ASKED.with(|asked| asked.take());
        }
    }

    ASKED.with(|asked| asked.replace(Some(Vec::new())));
    let noting = Noting;
    text_of(expression, backend)?;
    let relations = ASKED.with(RefCell::take).unwrap_or_default();
    drop(noting);
    Ok(relations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_quoted() {
        assert_eq!(names_in("`books`", Sql::Sqlite), ["books"]);
        assert_eq!(names_in("`a`.`b`", Sql::Mysql), ["a", "b"]);
        assert_eq!(names_in("\"a \"\"b\"\".\".\"ü\"", Sql::Postgres), ["a \"b\".", "ü"]);
    }
}
