//! The statement for the children of many parents.
//!
//! Without a limit, the children of a list of keys are what is asked for. With one, a subquery finds which rows each parent
//! has, in their order.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::sql_types::Untyped;

use super::filter::Filter;
use super::order::Order;
use super::tail::LimitOffset;
use crate::dialect::{Dialect, KeyList, Sql, write_exactly, write_limit, write_rows_of_each};
use crate::field::{Fields, FieldsFrom, SelectList, select_spec};
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::keys::{
    Keys, PARENT_COLUMNS, ROW_COLUMNS, ROWS, write_of, write_parent_column, write_parent_key,
};
use crate::path::{Root, write_column};
use crate::row_key::{self, Beside, Told};
use crate::spec::LoadSpec;
use crate::through::{Through, Way, write_columns, write_equal};
use crate::{Model, Relation};

/// How the database is asked for the children.
#[derive(Clone, Copy)]
enum Form {
    /// By the list of keys, of which an index is asked.
    OfKeys,
    /// From one key to the next, by way of the tables between. Each way to a child is a row.
    FromKeys,
    /// By a subquery for each key, which gives the rows that are then read.
    OfEachKey,
    /// By a subquery for each key, which reads the rows.
    Lateral,
    /// By numbering the rows of each key.
    Numbered,
}

/// The name of a child's number among those of its parent.
const NUMBER: &str = "n";

/// All rows of the spec `S` that the relation `R` leads to from these keys, and for which the filters `W` and `F` hold,
/// in the order `O` and with the limit `L`.
pub struct ChildrenQuery<S: LoadSpec, R: Relation, W, F, O, L, DB: Dialect> {
    pub(super) keys: Keys<R, DB>,
    /// What a user asked for.
    pub(super) filter: W,
    /// What the field declares, which nothing widens.
    pub(super) declared: F,
    pub(super) order: O,
    pub(super) limit: L,
    pub(super) computed: <S::Fields as Fields>::Computed,
}

/// What the types of a query do not tell. SQLite takes a negative limit for none at all, other databases for an error.
pub(super) fn check<S: LoadSpec, R: Relation>(cut: &impl LimitOffset) -> QueryResult<()> {
    let (relation, spec) = (R::NAME, S::NAME);
    let (limit, offset) = cut.get();
    for (what, value) in [("limit", limit), ("offset", offset)] {
        if let Some(value) = value.filter(|value| **value < 0) {
            return Err(Error::QueryBuilderError(
                format!("the {what} of the prefetch of `{relation}` into `{spec}` is {value}: it cannot be negative")
                    .into(),
            ));
        }
    }
    if cut.is_distinct() && (limit.is_some() || offset.is_some()) {
        return Err(Error::QueryBuilderError(
            format!(
                "the prefetch of `{relation}` into `{spec}` is `distinct` or has a limit, not both"
            )
            .into(),
        ));
    }
    Ok(())
}

impl<S, R, W, F, O, L, DB> ChildrenQuery<S, R, W, F, O, L, DB>
where
    S: LoadSpec<Model = R::Child>,
    S::Fields: FieldsFrom<DB>,
    R: Relation,
    R::Key: KeyColumnsFor<DB>,
    W: Filter<DB>,
    F: Filter<DB>,
    O: Order<DB>,
    L: LimitOffset,
    DB: Dialect,
{
    /// How the database is asked.
    fn form(&self, sql: Sql) -> Form {
        let way = R::Through::WAY;
        if self.limit.get() == (None, None) {
            return match (way, sql) {
                (Way::Direct, _) if Self::is_exact() => Form::OfKeys,
                (Way::Between, Sql::Postgres | Sql::Mysql) if Self::is_exact() => Form::OfKeys,
                (Way::DistinctChain, Sql::Sqlite) => Form::OfEachKey,
                _ => Form::FromKeys,
            };
        }
        match (sql, way) {
            (Sql::Sqlite, _) => Form::OfEachKey,
            (Sql::Postgres, Way::Direct) => Form::Lateral,
            _ => Form::Numbered,
        }
    }

    /// Whether no two keys are one to the database.
    fn is_exact() -> bool {
        (0..R::Key::NAMES.len()).all(R::Key::is_exact)
    }

    /// How the parent's key is read: from the tables that hold it, which is faster, where `at_hand` says that they are
    /// there and no two keys are one to the database; else from the list.
    fn key(at_hand: bool) -> impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()> {
        move |part, out| match at_hand && R::Key::is_exact(part) {
            true => R::Through::write_key::<R, DB>(part, out),
            false => write_parent_key::<R::Key, DB>(part, out),
        }
    }

    /// How it is read from what [`write_from_where`](Self::write_from_where) writes.
    fn key_of(form: Form) -> impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()> {
        let from_list = matches!(form, Form::FromKeys) && R::Through::WAY.has_key();
        move |part, out| match from_list {
            false => R::Through::write_key::<R, DB>(part, out),
            true => Self::key(true)(part, out),
        }
    }

    /// The children of all keys.
    fn write_all<'b>(&'b self, form: Form, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let key = Self::key_of(form);
        self.write_select(&key, out.reborrow())?;
        self.write_from_where(form, out.reborrow())?;
        self.write_order_by_parent(key, out)
    }

    /// The children with what is joined to them, and with the keys of their parents.
    fn write_from_where<'b>(&'b self, form: Form, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(" FROM ");
        if let Form::OfKeys = form {
            self.write_from(out.reborrow())?;
            out.push_sql(" WHERE ");
            DB::write_among::<R::Key>(&self.keys, &R::Through::write_key::<R, DB>, out.reborrow())?;
        } else {
            let parents = |out: AstPass<'_, 'b, DB>| DB::write_parents::<R>(&self.keys, out);
            R::Through::write_from_parents::<R, DB>(parents, out.reborrow())?;
            S::Fields::join::<Root<S::Model>, DB>(out.reborrow(), false)?;
            if self.declared.is_empty() && self.filter.is_empty() {
                return Ok(());
            }
            out.push_sql(" WHERE 1 = 1");
        }
        self.declared.write_and(out.reborrow())?;
        self.filter.write_and(out)
    }

    /// The children of one key after the other, found in a subquery.
    fn write_of_each_key<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Only where no table stands between has the child the key.
        let key = Self::key(matches!(R::Through::WAY, Way::Direct));
        self.write_select(key, out.reborrow())?;
        out.push_sql(" FROM ");
        DB::write_parents::<R>(&self.keys, out.reborrow())?;
        // The rows of one parent after those of the other, and each parent's in its order.
        write_rows_of_each(
            row_key::are_bytes::<S>(),
            |out| self.write_rows_of_parent(out),
            |out| DB::write_table::<<Told<S> as Model>::Table>(out),
            &row_key::write::<S, DB>,
            out.reborrow(),
        )?;
        S::Through::join_child::<R, DB>(out.reborrow())?;
        S::Fields::join::<Root<S::Model>, DB>(out, false)
    }

    /// The keys of the rows of the parent that the query is at.
    fn write_rows_of_parent<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        let row_key = |i: usize, mut out: AstPass<'_, '_, DB>| {
            row_key::write::<S, DB>(i, out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(PARENT_COLUMNS[i])
        };
        write_columns(row_key::names::<S>().len(), row_key, out.reborrow())?;
        self.write_cut_rows(out)
    }

    /// The rows of the parent that the query is at, up to the limit.
    fn write_cut_rows<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(" FROM ");
        self.write_from(out.reborrow())?;
        out.push_sql(" WHERE ");
        let parent = &write_parent_column;
        R::Through::write_belongs::<R, DB>(parent, out.reborrow())?;
        self.declared.write_and(out.reborrow())?;
        self.filter.write_and(out.reborrow())?;
        self.write_order(out.reborrow())?;
        let (limit, offset) = self.limit.get();
        write_limit(limit, offset, out)
    }

    /// The children of one key after the other, as they are found.
    fn write_lateral<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        let key = write_parent_key::<R::Key, DB>;
        write_columns(R::Key::NAMES.len(), key, out.reborrow())?;
        out.push_sql(", ");
        out.push_identifier(ROWS)?;
        out.push_sql(".* FROM ");
        DB::write_parents::<R>(&self.keys, out.reborrow())?;
        out.push_sql(" CROSS JOIN LATERAL (SELECT ");
        let mut list = SelectList::new(out.reborrow());
        select_spec::<S, Root<S::Model>, DB>(&self.computed, &mut list, false)?;
        self.write_cut_rows(out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(ROWS)
    }

    /// The children of all keys, numbered for each; those with the numbers that are asked for are read.
    fn write_numbered<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let named = |names: &'static [&'static str]| {
            move |i: usize, out: AstPass<'_, '_, DB>| write_of(ROWS, names[i], out)
        };
        let key = named(&PARENT_COLUMNS);
        self.write_select(key, out.reborrow())?;
        out.push_sql(" FROM (SELECT ");
        self.write_numbers(out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(ROWS)?;
        out.push_sql(" INNER JOIN ");
        DB::write_table::<<Told<S> as Model>::Table>(out.reborrow())?;
        out.push_sql(" ON ");
        let row = named(&ROW_COLUMNS);
        write_equal(row_key::names::<S>().len(), row_key::write::<S, DB>, row, out.reborrow())?;
        S::Through::join_child::<R, DB>(out.reborrow())?;
        S::Fields::join::<Root<S::Model>, DB>(out.reborrow(), false)?;
        self.write_cut(out.reborrow())?;
        out.push_sql(" ORDER BY ");
        write_columns(R::Key::NAMES.len(), key, out.reborrow())?;
        out.push_sql(", ");
        write_of(ROWS, NUMBER, out)
    }

    /// The key and the number of each child, and what tells it from the others.
    fn write_numbers<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let form = match Self::is_exact() && R::Through::WAY.has_key() {
            true => Form::OfKeys,
            false => Form::FromKeys,
        };
        let key = Self::key_of(form);
        for (part, name) in PARENT_COLUMNS[..R::Key::NAMES.len()].iter().enumerate() {
            key(part, out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(name)?;
            out.push_sql(", ");
        }
        for (part, name) in ROW_COLUMNS[..row_key::names::<S>().len()].iter().enumerate() {
            row_key::write::<S, DB>(part, out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(name)?;
            out.push_sql(", ");
        }
        out.push_sql("ROW_NUMBER() OVER (PARTITION BY ");
        let exactly = |part: usize, out: AstPass<'_, '_, DB>| {
            write_exactly(R::Key::TEXT[part], |out| key(part, out), out)
        };
        write_columns(R::Key::NAMES.len(), exactly, out.reborrow())?;
        self.write_order(out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(NUMBER)?;
        self.write_from_where(form, out)
    }

    /// The numbers that are asked for.
    fn write_cut<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let (limit, offset) = self.limit.get();
        out.push_sql(" WHERE ");
        if let Some(offset) = offset {
            write_of(ROWS, NUMBER, out.reborrow())?;
            out.push_sql(" > ");
            DB::bind_number(offset, out.reborrow())?;
        }
        if let Some(limit) = limit {
            out.push_sql(if offset.is_some() { " AND " } else { "" });
            write_of(ROWS, NUMBER, out.reborrow())?;
            if let Some(offset) = offset {
                // Not added to the limit: the sum can be too large.
                out.push_sql(" - ");
                DB::bind_number(offset, out.reborrow())?;
            }
            out.push_sql(" <= ");
            DB::bind_number(limit, out)?;
        }
        Ok(())
    }

    fn write_select<'b>(
        &'b self,
        key: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        out.push_sql(if self.limit.is_distinct() { "SELECT DISTINCT " } else { "SELECT " });
        let mut list = SelectList::new(out);
        for part in 0..R::Key::NAMES.len() {
            key(part, list.next())?;
        }
        select_spec::<S, Root<S::Model>, DB>(&self.computed, &mut list, false)
    }

    /// The table with all that is joined to it.
    fn write_from(&self, mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
        R::Through::join::<R, DB>(&write_parent_column, out.reborrow())?;
        S::Fields::join::<Root<S::Model>, DB>(out, false)
    }

    /// Writes the order, if there is one: parent by parent, so that the database sorts less, or not at all where an index
    /// has the key and the order.
    fn write_order_by_parent<'b>(
        &'b self,
        key: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        if self.order.is_empty() {
            return Ok(());
        }
        out.push_sql(" ORDER BY ");
        write_columns(R::Key::NAMES.len(), key, out.reborrow())?;
        out.push_sql(", ");
        self.order.walk_ast(out)
    }

    /// Writes the order. What it holds equal goes by the primary key, so that where the rows are cut is no luck.
    fn write_order<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(" ORDER BY ");
        if !self.order.is_empty() {
            self.order.walk_ast(out.reborrow())?;
            out.push_sql(", ");
        }
        let names = <R::Child as Model>::PrimaryKey::NAMES;
        let column =
            |i: usize, out: AstPass<'_, '_, DB>| write_column::<Root<R::Child>, DB>(names[i], out);
        write_columns(names.len(), column, out.reborrow())?;
        if S::Through::IS_THERE {
            // The same child may come by several rows of the table between.
            out.push_sql(", ");
            write_columns(row_key::names::<S>().len(), row_key::write::<S, DB>, out)?;
        }
        Ok(())
    }
}

impl<S, R, W, F, O, L, DB> QueryFragment<DB> for ChildrenQuery<S, R, W, F, O, L, DB>
where
    S: LoadSpec<Model = R::Child>,
    S::Fields: FieldsFrom<DB>,
    R: Relation,
    R::Key: KeyColumnsFor<DB>,
    W: Filter<DB>,
    F: Filter<DB>,
    O: Order<DB>,
    L: LimitOffset,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self.form(out.backend().sql()) {
            form @ (Form::OfKeys | Form::FromKeys) => self.write_all(form, out),
            Form::OfEachKey => self.write_of_each_key(out),
            Form::Lateral => self.write_lateral(out),
            Form::Numbered => self.write_numbered(out),
        }
    }
}

impl<S: LoadSpec, R: Relation, W, F, O, L, DB: Dialect> Query
    for ChildrenQuery<S, R, W, F, O, L, DB>
{
    type SqlType = Untyped;
}

impl<S, R, W, F, O, L, DB> QueryId for ChildrenQuery<S, R, W, F, O, L, DB>
where
    S: LoadSpec,
    R: Relation,
    W: QueryId,
    F: QueryId,
    O: QueryId,
    L: LimitOffset,
    DB: Dialect,
{
    type QueryId = ChildrenQuery<S, R, W::QueryId, F::QueryId, O::QueryId, L, DB>;
    const HAS_STATIC_QUERY_ID: bool = W::HAS_STATIC_QUERY_ID
        && F::HAS_STATIC_QUERY_ID
        && O::HAS_STATIC_QUERY_ID
        && L::CONSTANT
        && <S::Fields as Fields>::CONSTANT
        && <Keys<R, DB> as KeyList>::CONSTANT;
}

impl<S: LoadSpec, R: Relation, W, F, O, L, DB: Dialect, Conn> diesel::RunQueryDsl<Conn>
    for ChildrenQuery<S, R, W, F, O, L, DB>
{
}
