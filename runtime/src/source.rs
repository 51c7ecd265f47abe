//! What a query of a spec selects from: the model's table, the through table that leads to it, and every join.
//!
//! For Diesel's type checker a [`Joined`] holds the model's table and nothing else, so that filters and orders on it
//! are checked as in any Diesel query. The joins are only written: Diesel's own join types, whose checking is
//! exponential in the number of joins, are never built.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::internal::table_macro::{FromClause, SelectStatement};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::query_source::{AppearsInFromClause, Never, Once, QuerySource};
use diesel::row::Row;
use diesel::sql_types::Untyped;

use crate::dialect::Dialect;
use crate::field::{Fields, FieldsFrom, SelectList, select_spec};
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::path::Root;
use crate::spec::LoadSpec;
use crate::through::{Both, Through};
use crate::{Model, Relation};

/// Where the rows of a query come from: they are asked for by themselves, or as the children of a relation.
pub trait Origin: 'static {
    /// The tables whose columns a condition can have.
    type Tables<M: Model>: 'static;
    /// The key by which a row finds its parent.
    type Key: Send + 'static;
    /// How many columns the key has.
    const COLUMNS: usize;
}

/// An origin whose rows select their key themselves.
pub trait SelectsKey: Origin {
    /// Writes the key for the select list.
    fn select_key<DB: Dialect>(list: &mut SelectList<'_, '_, DB>) -> QueryResult<()>;
}

/// An origin whose keys the backend `DB` can read.
pub trait OriginFrom<DB: Backend>: Origin {
    /// Reads the key, which is the first columns of the row.
    fn read_key<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self::Key>;
}

/// Rows that are asked for by themselves.
pub struct Itself;

/// Rows that are the children of the relation `R`.
pub struct Of<R>(PhantomData<R>);

impl Origin for Itself {
    type Tables<M: Model> = M::Table;
    type Key = ();
    const COLUMNS: usize = 0;
}

impl SelectsKey for Itself {
    fn select_key<DB: Dialect>(_: &mut SelectList<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl<DB: Backend> OriginFrom<DB> for Itself {
    fn read_key<'a>(_: &impl Row<'a, DB>) -> deserialize::Result<()> {
        Ok(())
    }
}

/// Rows of the model `M` that are told apart by their primary key.
pub struct ByPrimaryKey<M>(PhantomData<M>);

impl<M: Model> Origin for ByPrimaryKey<M> {
    type Tables<T: Model> = T::Table;
    type Key = <M::PrimaryKey as KeyColumns>::Value;
    const COLUMNS: usize = M::PrimaryKey::NAMES.len();
}

impl<M: Model> SelectsKey for ByPrimaryKey<M> {
    fn select_key<DB: Dialect>(list: &mut SelectList<'_, '_, DB>) -> QueryResult<()> {
        M::PrimaryKey::NAMES.iter().try_for_each(|name| list.column::<Root<M>>(name))
    }
}

impl<M: Model, DB: Backend> OriginFrom<DB> for ByPrimaryKey<M>
where
    M::PrimaryKey: KeyColumnsFor<DB>,
{
    fn read_key<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self::Key> {
        M::PrimaryKey::read(row, |part| part)?.ok_or_else(|| "a primary key is NULL".into())
    }
}

impl<R: Relation> Origin for Of<R> {
    type Tables<M: Model> = <R::Through as Through>::Tables<M>;
    type Key = <R::Key as KeyColumns>::Value;
    const COLUMNS: usize = R::Key::NAMES.len();
}

impl<R: Relation, DB: Backend> OriginFrom<DB> for Of<R>
where
    R::Key: KeyColumnsFor<DB>,
{
    fn read_key<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self::Key> {
        // The row was found by its key, so the key is not `NULL`.
        R::Key::read(row, |part| part)?.ok_or_else(|| diesel::result::UnexpectedNullError.into())
    }
}

/// The table of the spec `S` with all its joins.
pub struct Joined<S: LoadSpec, O = Itself> {
    /// The parameters of the spec, for what is computed.
    params: S::Params,
    origin: PhantomData<O>,
}

impl<S: LoadSpec, O> Clone for Joined<S, O> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), origin: PhantomData }
    }
}

/// The same, as the `FROM` clause writes it.
pub struct Tables<S, O>(PhantomData<(S, O)>);

impl<S, O> Clone for Tables<S, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, O> Copy for Tables<S, O> {}

/// Everything that the spec `S` selects.
pub struct Selection<S: LoadSpec, O> {
    computed: <S::Fields as Fields>::Computed,
    origin: PhantomData<O>,
}

impl<S: LoadSpec, O> Clone for Selection<S, O> {
    fn clone(&self) -> Self {
        Self { computed: self.computed.clone(), origin: PhantomData }
    }
}

impl<S: LoadSpec, O> Selection<S, O> {
    pub(crate) fn new(params: &S::Params) -> Self {
        Self { computed: S::Fields::computed(params), origin: PhantomData }
    }
}

/// Diesel's query of a spec before any method was called on it.
pub(crate) type Base<S> = SelectStatement<FromClause<Joined<S>>>;

/// Begins a query.
pub(crate) fn base<S: LoadSpec>(params: S::Params) -> Base<S> {
    SelectStatement::simple(Joined { params, origin: PhantomData })
}

impl<S: LoadSpec, O: SelectsKey> QueryId for Joined<S, O> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<S: LoadSpec, O: Origin, DB: Dialect> QueryFragment<DB> for Tables<S, O> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        DB::write_table::<<S::Model as Model>::Table>(out.reborrow())?;
        S::Fields::join::<Root<S::Model>, DB>(out, false)
    }
}

impl<S: LoadSpec, O: Origin, T> AppearsInFromClause<T> for Joined<S, O>
where
    O::Tables<S::Model>: AppearsInFromClause<T>,
{
    type Count = <O::Tables<S::Model> as AppearsInFromClause<T>>::Count;
}

impl<S: LoadSpec, O: SelectsKey> QuerySource for Joined<S, O> {
    type FromClause = Tables<S, O>;
    type DefaultSelection = Selection<S, O>;

    fn from_clause(&self) -> Tables<S, O> {
        Tables(PhantomData)
    }

    fn default_selection(&self) -> Selection<S, O> {
        Selection::new(&self.params)
    }
}

/// Both the child's table and the through table. Where they are one table, its name stands for the child's row.
impl<C, J, T> AppearsInFromClause<T> for Both<C, J>
where
    C: AppearsInFromClause<T>,
    J: AppearsInFromClause<T>,
    C::Count: OrElse<J::Count>,
{
    type Count = <C::Count as OrElse<J::Count>>::Count;
}

/// How often a table appears, or if it does not, how often in another place.
pub trait OrElse<Other> {
    /// The one or the other.
    type Count;
}

impl<Other> OrElse<Other> for Once {
    type Count = Self;
}

impl<Other> OrElse<Other> for Never {
    type Count = Other;
}

impl<S: LoadSpec, O: Origin> QueryId for Selection<S, O> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = <S::Fields as Fields>::CONSTANT;
}

impl<S: LoadSpec, O: SelectsKey, DB: Dialect> QueryFragment<DB> for Selection<S, O>
where
    S::Fields: FieldsFrom<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let mut list = SelectList::new(out);
        O::select_key(&mut list)?;
        select_spec::<S, Root<S::Model>, DB>(&self.computed, &mut list, false)
    }
}

impl<S: LoadSpec, O> Expression for Selection<S, O> {
    // Rows are read by position by the spec's own fields, so that Diesel need not check tuples of any length.
    type SqlType = Untyped;
}

impl<S: LoadSpec, O> ValidGrouping<()> for Selection<S, O> {
    type IsAggregate = is_aggregate::No;
}

// Also on what Diesel imagines around our source, to see whether a subquery in a filter is valid.
impl<S: LoadSpec, O, QS: ?Sized> AppearsOnTable<QS> for Selection<S, O> {}

impl<S: LoadSpec, O, P> SelectableExpression<Joined<S, P>> for Selection<S, O> {}
