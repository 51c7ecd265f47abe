//! The statement for the children of many parents.
//!
//! Without a limit, the children of a list of keys are what is asked for. With one, the query goes from key to key: a
//! subquery finds which rows each parent has, in their order, and what is loaded of them is read outside of it.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::sql_types::Untyped;

use super::filter::Filter;
use super::order::Order;
use super::tail::LimitOffset;
use crate::dialect::{Dialect, KeyList};
use crate::field::{Fields, FieldsFrom, SelectList, select_spec};
use crate::key::{KeyColumns, KeyColumnsFor, KeyValue};
use crate::keys::{Keys, PARENT, PARENT_COLUMNS, write_parent_column};
use crate::path::{Root, write_column};
use crate::row_key::{self, Beside, Told};
use crate::spec::LoadSpec;
use crate::through::{Through, Way, write_columns, write_row};
use crate::{Model, Relation};

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
    /// The children of a list of keys.
    fn write_of_keys<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let key = R::Through::write_key::<R, DB>;
        self.write_select(key, out.reborrow())?;
        out.push_sql(" FROM ");
        self.write_from(out.reborrow())?;
        out.push_sql(" WHERE ");
        write_row(R::Key::NAMES.len(), key, out.reborrow())?;
        out.push_sql(" IN (");
        DB::write_keys::<R::Key>(&self.keys, false, out.reborrow())?;
        out.push_sql(")");
        self.declared.write_and(out.reborrow())?;
        self.filter.write_and(out.reborrow())?;
        self.write_order_by_parent(key, out)
    }

    /// How the parent's key is read: from the tables that hold it, which is faster, where `at_hand` says that they are
    /// there and no two keys are one to the database; else from the list.
    fn key(at_hand: bool) -> fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()> {
        match at_hand && <<R::Key as KeyColumns>::Value as KeyValue>::EXACT {
            true => R::Through::write_key::<R, DB>,
            false => write_parent_column,
        }
    }

    /// The children of one key after the other, by way of the tables between.
    fn write_from_keys<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let key = Self::key(true);
        self.write_select(key, out.reborrow())?;
        self.write_from_parents(out.reborrow())?;
        R::Through::write_from_parent::<R, DB>(out.reborrow())?;
        S::Fields::join::<Root<S::Model>, DB>(out.reborrow(), false)?;
        if !(self.declared.is_empty() && self.filter.is_empty()) {
            out.push_sql(" WHERE 1 = 1");
            self.declared.write_and(out.reborrow())?;
            self.filter.write_and(out.reborrow())?;
        }
        self.write_order_by_parent(key, out)
    }

    /// The children of one key after the other, found in a subquery.
    fn write_of_each_key<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Only where no table stands between has the child the key.
        let key = Self::key(matches!(R::Through::WAY, Way::Keys));
        self.write_select(key, out.reborrow())?;
        self.write_from_parents(out.reborrow())?;
        // The rows of one parent after those of the other, and each parent's in its order.
        DB::write_rows_of_each(
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
        out.push_sql(" FROM ");
        self.write_from(out.reborrow())?;
        out.push_sql(" WHERE ");
        let parent = &write_parent_column;
        R::Through::write_belongs::<R, DB>(parent, out.reborrow())?;
        self.declared.write_and(out.reborrow())?;
        self.filter.write_and(out.reborrow())?;
        self.write_order(out.reborrow())?;
        let (limit, offset) = self.limit.get();
        DB::write_limit(limit, offset, out)
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

    fn write_from_parents<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(" FROM (");
        DB::write_keys::<R::Key>(&self.keys, true, out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(PARENT)
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
        match (self.limit.get(), R::Through::WAY) {
            ((None, None), Way::Keys) => self.write_of_keys(out),
            ((None, None), Way::FromKeys) => self.write_from_keys(out),
            _ => self.write_of_each_key(out),
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
