//! How the children of many parents are asked for in one query.
//!
//! Without a limit, the children of a list of keys are what is asked for. With one, the query goes from key to key: a
//! subquery finds which rows each parent has, in their order, and what is loaded of them is read outside of it.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::dsl;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};
use diesel::result::Error;
use diesel::sql_types::Untyped;

use super::filter::NoFilter;
use super::order::Order;
use super::selected::Selected;
use super::tail::{Dynamic, Ended, LimitOffset, NoLock, Tail, Unlimited};
use crate::dialect::{Dialect, KeyList};
use crate::field::{Fields, FieldsFrom, SelectList, select_spec};
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::keys_in::{Belongs, Keys, KeysIn, PARENT, write_parent_column};
use crate::path::{Root, write_column};
use crate::row_key::{self, Beside, RowKey, Told};
use crate::spec::LoadSpec;
use crate::through::{Through, write_columns};
use crate::{Model, Relation};

/// One query for the children of all keys.
pub struct AtOnce;

/// One query that goes from key to key.
pub struct PerParent;

/// The one or the other, which is known when the query runs.
pub struct EitherWay;

/// A way to ask for the children of some keys by the relation `R`: those of Diesel's query `Q`, with the limit `L`, in
/// the order `O`, and only where the filter `F` holds.
pub trait Strategy<S: LoadSpec, Q, L, O, F, R: Relation, DB: Dialect> {
    /// The whole query.
    type Query;

    /// The query for these keys.
    fn query(
        query: Q,
        limit: L,
        order: O,
        filter: F,
        keys: Keys<R, DB>,
        params: &S::Params,
    ) -> QueryResult<Self::Query>;
}

impl<S, Q, L, O, F, R, DB> Strategy<S, Q, L, O, F, R, DB> for AtOnce
where
    S: LoadSpec,
    L: LimitOffset,
    Q: FilterDsl<KeysIn<R, F, DB>>,
    R: Relation,
    DB: Dialect,
{
    type Query = Ended<dsl::Filter<Q, KeysIn<R, F, DB>>, Tail<Unlimited, NoLock, ByParent<R, O>>>;

    fn query(
        query: Q,
        _: L,
        order: O,
        filter: F,
        keys: Keys<R, DB>,
        _: &S::Params,
    ) -> QueryResult<Self::Query> {
        let query = FilterDsl::filter(query, KeysIn::new(keys, filter));
        let order = ByParent { order, relation: PhantomData };
        Ok(Ended { query, tail: Tail { limit: Unlimited, order, lock: NoLock, filter: NoFilter } })
    }
}

/// The rows of one parent after those of the other, and each parent's in the order `O`: the database sorts less, or not
/// at all where an index has the key and the order, and the groups are filled one by one.
pub struct ByParent<R, O> {
    order: O,
    relation: PhantomData<R>,
}

impl<R: Relation, O: Order<DB>, DB: Dialect> Order<DB> for ByParent<R, O> {
    fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

impl<R: Relation, O: QueryFragment<DB>, DB: Dialect> QueryFragment<DB> for ByParent<R, O> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for name in R::MatchedBy::NAMES {
            R::Through::write_key::<R, Root<R::Child>, DB>(name, out.reborrow())?;
            out.push_sql(", ");
        }
        self.order.walk_ast(out)
    }
}

impl<R: 'static, O: QueryId> QueryId for ByParent<R, O> {
    type QueryId = ByParent<R, O::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = O::HAS_STATIC_QUERY_ID;
}

/// The rows of one parent.
type RowsOfParent<S, Q, R, F> = dsl::Filter<dsl::Select<Q, Selected<RowKey<S>>>, Belongs<R, F>>;

impl<S, Q, L, O, F, R, DB> Strategy<S, Q, L, O, F, R, DB> for PerParent
where
    S: LoadSpec,
    Q: SelectDsl<Selected<RowKey<S>>, Output: FilterDsl<Belongs<R, F>>>,
    L: LimitOffset,
    R: Relation,
    DB: Dialect,
{
    type Query = EachParent<S, RowsOfParent<S, Q, R, F>, L, O, R, DB>;

    fn query(
        query: Q,
        limit: L,
        order: O,
        filter: F,
        keys: Keys<R, DB>,
        params: &S::Params,
    ) -> QueryResult<Self::Query> {
        check::<S, R>(&limit)?;
        let rows = SelectDsl::select(query, Selected(RowKey::new()));
        Ok(EachParent {
            keys,
            rows: FilterDsl::filter(rows, Belongs::new(filter)),
            limit,
            order,
            computed: S::Fields::computed(params),
            relation: PhantomData,
        })
    }
}

impl<S, Q, O, F, R, DB> Strategy<S, Q, Dynamic, O, F, R, DB> for EitherWay
where
    S: LoadSpec,
    R: Relation,
    DB: Dialect,
    AtOnce: Strategy<S, Q, Dynamic, O, F, R, DB>,
    PerParent: Strategy<S, Q, Dynamic, O, F, R, DB>,
{
    type Query = Either<
        <AtOnce as Strategy<S, Q, Dynamic, O, F, R, DB>>::Query,
        <PerParent as Strategy<S, Q, Dynamic, O, F, R, DB>>::Query,
    >;

    fn query(
        query: Q,
        limit: Dynamic,
        order: O,
        filter: F,
        keys: Keys<R, DB>,
        params: &S::Params,
    ) -> QueryResult<Self::Query> {
        match limit.get() {
            (None, None) => {
                AtOnce::query(query, limit, order, filter, keys, params).map(Either::AtOnce)
            }
            _ => PerParent::query(query, limit, order, filter, keys, params).map(Either::PerParent),
        }
    }
}

/// What the types of a query do not tell. SQLite takes a negative limit for none at all, other databases for an error.
fn check<S: LoadSpec, R: Relation>(cut: &impl LimitOffset) -> QueryResult<()> {
    let (limit, offset) = cut.get();
    if cut.is_distinct() && (limit.is_some() || offset.is_some()) {
        let (relation, spec) = (R::NAME, S::NAME);
        return Err(Error::QueryBuilderError(
            format!(
                "the prefetch of `{relation}` into `{spec}` is `distinct` or has a limit, not both"
            )
            .into(),
        ));
    }
    for (what, value) in [("limit", limit), ("offset", offset)] {
        if let Some(value) = value.filter(|value| **value < 0) {
            let (relation, spec) = (R::NAME, S::NAME);
            return Err(Error::QueryBuilderError(
                format!("the {what} of the prefetch of `{relation}` into `{spec}` is {value}: it cannot be negative")
                    .into(),
            ));
        }
    }
    Ok(())
}

/// The rows of each parent, found by the query `Q`, with all that the spec `S` loads of them.
pub struct EachParent<S: LoadSpec, Q, L, O, R: Relation, DB: Dialect> {
    keys: Keys<R, DB>,
    rows: Q,
    limit: L,
    order: O,
    computed: <S::Fields as Fields>::Computed,
    relation: PhantomData<R>,
}

impl<S, Q, L, O, R, DB> EachParent<S, Q, L, O, R, DB>
where
    S: LoadSpec<Model = R::Child>,
    O: Order<DB>,
    R: Relation,
    DB: Dialect,
{
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

impl<S, Q, L, O, R, DB> QueryFragment<DB> for EachParent<S, Q, L, O, R, DB>
where
    S: LoadSpec<Model = R::Child>,
    S::Fields: FieldsFrom<DB>,
    Q: QueryFragment<DB>,
    L: LimitOffset,
    O: Order<DB>,
    R: Relation,
    R::Key: KeyColumnsFor<DB>,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(if self.limit.is_distinct() { "SELECT DISTINCT " } else { "SELECT " });
        let mut list = SelectList::new(out.reborrow());
        for part in 0..R::Key::NAMES.len() {
            write_parent_column(part, list.next())?;
        }
        select_spec::<S, Root<S::Model>, DB>(&self.computed, &mut list, false)?;

        out.push_sql(" FROM (");
        DB::write_keys::<R::Key>(&self.keys, true, out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(PARENT)?;

        // The rows of one parent after those of the other, and each parent's in its order.
        DB::write_rows_of_each(
            row_key::are_bytes::<S>(),
            |mut out| {
                self.rows.walk_ast(out.reborrow())?;
                self.write_order(out.reborrow())?;
                let (limit, offset) = self.limit.get();
                DB::write_limit(limit, offset, out)
            },
            |out| DB::write_table::<<Told<S> as Model>::Table>(out),
            &row_key::write::<S, DB>,
            out.reborrow(),
        )?;
        S::Through::join_child::<R, DB>(out.reborrow())?;
        S::Fields::join::<Root<S::Model>, DB>(out, false)
    }
}

impl<S, Q, L, O, R, DB> Query for EachParent<S, Q, L, O, R, DB>
where
    S: LoadSpec,
    R: Relation,
    DB: Dialect,
{
    type SqlType = Untyped;
}

impl<S, Q, L, O, R, DB> QueryId for EachParent<S, Q, L, O, R, DB>
where
    S: LoadSpec,
    Q: QueryId,
    L: LimitOffset,
    O: QueryId,
    R: Relation,
    DB: Dialect,
{
    type QueryId = EachParent<S, Q::QueryId, L, O::QueryId, R, DB>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID
        && O::HAS_STATIC_QUERY_ID
        && L::CONSTANT
        && <S::Fields as Fields>::CONSTANT
        && <Keys<R, DB> as KeyList>::CONSTANT;
}

impl<S, Q, L, O, R, DB, Conn> diesel::RunQueryDsl<Conn> for EachParent<S, Q, L, O, R, DB>
where
    S: LoadSpec,
    R: Relation,
    DB: Dialect,
{
}

/// A query that is one of two.
pub enum Either<A, B> {
    AtOnce(A),
    PerParent(B),
}

impl<A: Query, B: Query<SqlType = A::SqlType>> Query for Either<A, B> {
    type SqlType = A::SqlType;
}

impl<A, B, DB> QueryFragment<DB> for Either<A, B>
where
    A: QueryFragment<DB>,
    B: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Self::AtOnce(query) => query.walk_ast(out),
            Self::PerParent(query) => query.walk_ast(out),
        }
    }
}

impl<A, B> QueryId for Either<A, B> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<A, B, Conn> diesel::RunQueryDsl<Conn> for Either<A, B> {}
