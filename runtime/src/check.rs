//! What the derives ask the compiler about types that they only see the names of.
//!
//! Where the answer is a `bool`, the derive asserts it in a constant, with a message in the user's words.

use std::marker::PhantomData;

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use diesel::deserialize::FromSqlRow;
use diesel::expression::{AppearsOnTable, NonAggregate};
use diesel::{Column, Connection, Expression};

use crate::field::{Fields, JoinInto, PrefetchInto};
use crate::key::{KeyColumns, NotNull, SqlKey};
use crate::layout::same;
use crate::query::{Condition, Never, OnQueryOf};
use crate::row_key::{Beside, Told};
use crate::source::Of;
use crate::spec::{JoinField, JoinedSpec, PrefetchField, PrefetchedSpec};
use crate::through::{By, Junction};
use crate::{LoadSpec, Model, Relation};

type Child<R> = <R as Relation>::Child;

/// What is asked about the types `A` and `B`.
///
/// An inherent constant goes before one of a trait: `Asked::<A, B>::READS` is the one of the impl below whose bounds
/// hold, and where none does the one of [`Otherwise`].
pub struct Asked<A, B = ()>(PhantomData<(A, B)>);

/// The answers where no bound holds.
pub trait Otherwise {
    /// The path in `#[load(..)]` is no model.
    const MODEL: bool = false;
    /// The type is no connection.
    const CONNECTION: bool = false;
    /// The type cannot be read from the SQL type on this backend, or the backend is not enabled.
    const READS_ON_SQLITE: bool = false;
    /// The same.
    const READS_ON_POSTGRES: bool = false;
    /// The same.
    const READS_ON_MYSQL: bool = false;
    /// One of the two is no key, which its relation is told by its own bounds.
    const ARE_KEYS: bool = false;
    /// Two things that are no keys do not differ in length.
    const SAME_LENGTH: bool = true;
    /// The column is of another table.
    const OF_TABLE: bool = false;
    /// The keys do not have the same SQL types.
    const SAME_TYPES: bool = false;
    /// The relation leads to another model.
    const LEADS: bool = false;
    /// They are two types.
    const SAME: bool = false;
    /// The model's table does not stand between the two of the relation.
    const IS_BETWEEN: bool = false;
}

impl<A, B> Otherwise for Asked<A, B> {}

impl<M> Asked<M, M> {
    /// They are one type.
    pub const SAME: bool = true;
}

impl<M: Model> Asked<M> {
    /// The path in `#[load(..)]` is a model.
    pub const MODEL: bool = true;
}

impl<C: Connection> Asked<C> {
    /// The type is a connection.
    pub const CONNECTION: bool = true;
}

impl<A, B> Asked<A, B> {
    /// No backend is enabled that anything could be read on.
    pub const READS_NOWHERE: bool =
        cfg!(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")));
}

#[cfg(feature = "sqlite")]
impl<T: FromSqlRow<ST, diesel::sqlite::Sqlite>, ST> Asked<T, ST> {
    /// The type `T` can be read from the SQL type `ST`.
    pub const READS_ON_SQLITE: bool = true;
}

#[cfg(feature = "postgres")]
impl<T: FromSqlRow<ST, diesel::pg::Pg>, ST> Asked<T, ST> {
    /// The type `T` can be read from the SQL type `ST`.
    pub const READS_ON_POSTGRES: bool = true;
}

#[cfg(feature = "mysql")]
impl<T: FromSqlRow<ST, diesel::mysql::Mysql>, ST> Asked<T, ST> {
    /// The type `T` can be read from the SQL type `ST`.
    pub const READS_ON_MYSQL: bool = true;
}

impl<A: KeyColumns, B: KeyColumns> Asked<A, B> {
    /// Both are keys.
    pub const ARE_KEYS: bool = true;
    /// Both have as many columns.
    pub const SAME_LENGTH: bool = A::NAMES.len() == B::NAMES.len();
}

impl<C: Column> Asked<C, C::Table> {
    /// The column is of the table.
    pub const OF_TABLE: bool = true;
}

impl<A: SameKey<B>, B> Asked<A, B> {
    /// Column by column the same SQL type, but for `Nullable`.
    pub const SAME_TYPES: bool = true;
}

impl<R: Relation> Asked<R, R::Child> {
    /// The relation leads to the model.
    pub const LEADS: bool = true;
}

impl<M: Model, J: Junction<Table = M::Table>> Asked<M, By<J>> {
    /// The model's table stands between the two of the relation.
    pub const IS_BETWEEN: bool = true;
}

/// A filter that a prefetch declares: on the columns of the rows that are prefetched, and true or false.
pub const fn filters<S, R, E: OnQueryOf<S, Of<R>, Checked: Condition>>() {}

/// An order that a prefetch declares: on the columns of the rows that are prefetched.
pub const fn orders<S, R, E: OnQueryOf<S, Of<R>>>() {}

/// An annotation: on the columns of the model, and of one row.
pub const fn annotates<M, E: OnTableOf<M, Checked: OfOneRow>>() {}

/// An expression whose columns the table of the model `M` has.
#[diagnostic::on_unimplemented(
    message = "the table of `{M}` does not have all the columns of this expression",
    label = "has a column of another table",
    note = "an annotation has the columns of the model's own table, and by way of its relations what is computed of others"
)]
pub trait OnTableOf<M> {
    /// The expression itself.
    type Checked: Expression;
}

#[diagnostic::do_not_recommend]
impl<M: Model, E: AppearsOnTable<M::Table>> OnTableOf<M> for E {
    type Checked = E;
}

// Never holds: as for the queries of a spec.
impl<M, E> OnTableOf<M> for E
where
    for<'a> (): Never<'a>,
    E: Expression,
{
    type Checked = E;
}

/// An expression that has a value for each row.
#[diagnostic::on_unimplemented(
    message = "this expression has one value for all rows, not one for each",
    label = "computed of all rows together",
    note = "what is computed of the rows of a relation begins with it: `books.max(books::pages)`"
)]
pub trait OfOneRow {}

#[diagnostic::do_not_recommend]
impl<E: NonAggregate> OfOneRow for E {}

/// Two keys that can hold the same values: column by column the same SQL type, but for `Nullable`.
pub trait SameKey<Other> {}

/// Two columns that can hold the same values: the same SQL type, but for `Nullable`.
pub trait SameSqlType<Other> {}

impl<A, B> SameSqlType<B> for A
where
    A: Column,
    B: Column,
    A::SqlType: SqlKey,
    B::SqlType: SqlKey<NotNull = NotNull<A>>,
{
}

impl<A: SameSqlType<X>, X> SameKey<(X,)> for (A,) {}
impl<A: SameSqlType<X>, B: SameSqlType<Y>, X, Y> SameKey<(X, Y)> for (A, B) {}
impl<A, B, C, X, Y, Z> SameKey<(X, Y, Z)> for (A, B, C)
where
    A: SameSqlType<X>,
    B: SameSqlType<Y>,
    C: SameSqlType<Z>,
{
}
impl<A, B, C, D, X, Y, Z, W> SameKey<(X, Y, Z, W)> for (A, B, C, D)
where
    A: SameSqlType<X>,
    B: SameSqlType<Y>,
    C: SameSqlType<Z>,
    D: SameSqlType<W>,
{
}

/// How many queries the prefetches below a joined field run.
pub const fn queries_joined<S: JoinField<N>, const N: usize>() -> usize {
    JoinedSpec::<S, N>::QUERIES - 1
}

/// How many queries a prefetched field runs.
pub const fn queries_prefetched<S: PrefetchField<N>, const N: usize>() -> usize {
    PrefetchedSpec::<S, N>::QUERIES
}

/// Whether a joined relation leads to one row at the most.
pub const fn joins_one<S: JoinField<N>, const N: usize>() -> bool {
    !S::Relation::MANY
}

/// Whether a joined field holds one row and not two.
pub const fn joins_no_pair<S: JoinField<N>, const N: usize>() -> bool {
    !<<JoinedSpec<S, N> as LoadSpec>::Through as Beside>::IS_THERE
}

/// Whether the two rows of a pair are of two tables: in a query each table has one name.
pub const fn pairs_two_tables<S: PrefetchField<N>, const N: usize>() -> bool {
    let child = <<PrefetchedSpec<S, N> as LoadSpec>::Model as Model>::TABLE;
    let between = <Told<PrefetchedSpec<S, N>> as Model>::TABLE;
    !<<PrefetchedSpec<S, N> as LoadSpec>::Through as Beside>::IS_THERE || !same(child, between)
}

/// Whether a prefetched relation leads to many rows.
pub const fn prefetches_many<S: PrefetchField<N>, const N: usize>() -> bool {
    S::Relation::MANY
}

/// Whether a joined field can say that there is no row, where there may be none.
pub const fn join_can_be_missing<S: JoinField<N>, const N: usize>() -> bool {
    <S::Held as JoinInto<Child<S::Relation>>>::OPTIONAL || S::Relation::REQUIRED
}

/// Whether what a joined spec prefetches can be copied for the rows that share a joined row.
pub const fn join_can_be_shared<S: JoinField<N>, const N: usize>() -> bool {
    !S::Relation::SHARED || <<JoinedSpec<S, N> as LoadSpec>::Fields as Fields>::COPIES
}

/// Whether a prefetched field holds many rows exactly where the relation leads to many.
pub const fn prefetches_as_many<S: PrefetchField<N>, const N: usize>() -> bool {
    <S::Held as PrefetchInto<Child<S::Relation>>>::MANY == S::Relation::MANY
}

/// Whether a prefetched field can say that it was not asked for.
pub const fn prefetch_is_requested<S: PrefetchField<N>, const N: usize>() -> bool {
    <S::Held as PrefetchInto<Child<S::Relation>>>::REQUESTED
}

/// Whether a prefetched field can say that there is no row, where there may be none.
pub const fn prefetch_can_be_missing<S: PrefetchField<N>, const N: usize>() -> bool {
    <S::Held as PrefetchInto<Child<S::Relation>>>::OPTIONAL || S::Relation::REQUIRED
}

/// Whether prefetched rows can be copied where several parents share them.
pub const fn prefetched_rows_can_be_shared<S: PrefetchField<N>, const N: usize>() -> bool {
    !S::Relation::KEY_SHARED || S::COPIES
}

/// Whether what is prefetched below a to-many can be copied: each pair of a many-to-many has a row of its own, and the
/// rows below it are shared.
pub const fn prefetched_many_can_be_shared<S: PrefetchField<N>, const N: usize>() -> bool {
    !S::Relation::MANY
        || !S::Relation::SHARED
        || <<PrefetchedSpec<S, N> as LoadSpec>::Fields as Fields>::COPIES
}
