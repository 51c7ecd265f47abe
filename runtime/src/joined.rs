//! The columns of joined relations, at their own place in the query, for filters and orders.

use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping,
    is_aggregate,
};
use diesel::internal::table_macro::{Inner, Join as DieselJoin};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::IntoNullable;
use diesel::{Column, QueryResult, QuerySource};

use crate::dialect::Dialect;
use crate::field::{Join, JoinInto, OptionalPrefetch, Prefetch, Within};
use crate::path::{Named, Path, Root, Step, write_column};
use crate::query::{Never, Optional, Place};
use crate::source::Joined;
use crate::spec::{JoinField, PrefetchField, PrefetchedSpec};
use crate::{LoadSpec, Model, Relation};

/// Whether a joined row is always there.
pub trait Presence: 'static {
    /// The SQL type of a column of the type `ST` that is read there.
    type Of<ST: IntoNullable<Nullable: TypedExpressionType> + TypedExpressionType>: TypedExpressionType;
    /// Whether a row is always there that is joined to this one with `P`.
    type Then<P: Presence>: Presence;
}

/// The row is always there.
pub struct Always;

/// There may be no row: its columns are `NULL` then.
pub struct Maybe;

impl Presence for Always {
    type Of<ST: IntoNullable<Nullable: TypedExpressionType> + TypedExpressionType> = ST;
    type Then<P: Presence> = P;
}

impl Presence for Maybe {
    type Of<ST: IntoNullable<Nullable: TypedExpressionType> + TypedExpressionType> = ST::Nullable;
    type Then<P: Presence> = Self;
}

/// A joined relation as a value: `BookCard::author`, where `author` is a field of the spec `BookCard`.
///
/// It gives the columns of the joined table at that place in the query, also where one table is joined several times.
/// `S` is the spec that is queried, `J` the join or joins that lead there.
///
/// ```
/// # use upfront::{LoadSpec, Model};
/// # use diesel::prelude::*;
/// # diesel::table! { publishers (id) { id -> Integer, name -> Text } }
/// # diesel::table! { authors (id) { id -> Integer, name -> Text, publisher_id -> Nullable<Integer> } }
/// # diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
/// # #[derive(Model)]
/// # #[diesel(table_name = publishers)]
/// # pub struct Publisher { pub id: i32, pub name: String }
/// # #[derive(Model)]
/// # #[diesel(table_name = authors)]
/// # #[model(belongs_to(publisher: Publisher))]
/// # pub struct Author { pub id: i32, pub name: String, pub publisher_id: Option<i32> }
/// # #[derive(Model)]
/// # #[diesel(table_name = books)]
/// # #[model(belongs_to(author: Author))]
/// # pub struct Book { pub id: i32, pub title: String, pub author_id: i32 }
/// #[derive(LoadSpec)]
/// #[load(Publisher)]
/// struct PublisherName { name: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct AuthorCard {
///     name: String,
///     #[load(join)]
///     publisher: Option<PublisherName>,
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookCard {
///     title: String,
///     #[load(join)]
///     author: AuthorCard,
/// }
///
/// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
/// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
/// #     CREATE TABLE publishers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
/// #     CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, publisher_id INTEGER);
/// #     CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
/// #     INSERT INTO publishers VALUES (1, 'Ace');
/// #     INSERT INTO authors VALUES (1, 'Ursula', 1), (2, 'Jane', NULL);
/// #     INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'Emma', 2), (3, 'City of Illusions', 1);
/// # ").unwrap();
/// let books = BookCard::query()
///     .filter(BookCard::author.then(AuthorCard::publisher).field(publishers::name).eq("Ace"))
///     .order((BookCard::author.field(authors::name), books::title))
///     .load(&mut conn)
///     .unwrap();
///
/// let titles: Vec<_> = books.iter().map(|book| book.title.as_str()).collect();
/// assert_eq!(titles, ["City of Illusions", "Rocannon"]);
/// ```
pub struct JoinedRelation<S, J>(PhantomData<(S, J)>);

impl<S, J> Clone for JoinedRelation<S, J> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, J> Copy for JoinedRelation<S, J> {}

/// One join or several on the way from a spec to a place in its query.
///
/// Only names stand in the type of a [`JoinedRelation`], and what they lead to is found here where it is used: a field
/// with an error in it is reported where it is declared and not once more at its constant.
pub trait Joint: 'static {
    /// The place.
    type Path: Path;
    /// The spec that is joined there.
    type Spec: LoadSpec;
    /// Whether a row is always there.
    type Presence: Presence;
    /// The field that holds it, seen from the fields of the first spec.
    type Place: Place;
}

/// A prefetch, and the joins on the way to it.
pub trait Spot: 'static {
    /// The field that holds it, seen from the fields of the first spec.
    type Place: Place;
    /// The relation that is prefetched.
    type Relation: Relation;
    /// The spec that is prefetched there.
    type Spec: LoadSpec;
    /// [`Optional`] where it is loaded on request only, and the spec that has the field where it always is.
    type Optional;
}

/// The joins `B`, after the joins `A`.
pub struct Then<A, B>(PhantomData<(A, B)>);

type Held<S, const N: usize> = <S as JoinField<N>>::Held;
type Child<S, const N: usize> = <<S as JoinField<N>>::Relation as Relation>::Child;

// A relation that two fields join is joined twice: each field is a place of its own.
impl<S: JoinField<N>, const N: usize> Named for Join<S, N> {
    const NAME: &'static str = <S as JoinField<N>>::NAME;
}

impl<S: JoinField<N>, const N: usize> Joint for Join<S, N> {
    type Path = Step<Root<S::Model>, Self>;
    type Spec = <Held<S, N> as JoinInto<Child<S, N>>>::Spec;
    type Presence = <Held<S, N> as JoinInto<Child<S, N>>>::Presence;
    type Place = S::Place;
}

impl<S: PrefetchField<N>, const N: usize> Spot for Prefetch<S, N> {
    type Place = S::Place;
    type Relation = S::Relation;
    type Spec = PrefetchedSpec<S, N>;
    type Optional = S;
}

impl<S: PrefetchField<N>, const N: usize> Spot for OptionalPrefetch<S, N> {
    type Place = <S::Place as Place>::Then<Within>;
    type Relation = S::Relation;
    type Spec = PrefetchedSpec<S, N>;
    type Optional = Optional;
}

impl<A: Joint, B: Joint> Joint for Then<A, B> {
    type Path = <B::Path as Path>::From<A::Path>;
    type Spec = B::Spec;
    type Presence = <A::Presence as Presence>::Then<B::Presence>;
    type Place = <A::Place as Place>::Then<B::Place>;
}

impl<A: Joint, B: Spot> Spot for Then<A, B> {
    type Place = <A::Place as Place>::Then<B::Place>;
    type Relation = B::Relation;
    type Spec = B::Spec;
    type Optional = B::Optional;
}

/// The joined relation in field `N` of the spec `S`.
pub type JoinedField<S, const N: usize> = JoinedRelation<S, Join<S, N>>;

/// A prefetched relation as a value: `AuthorPage::books`, where `books` is a field of the spec `AuthorPage`.
///
/// It says which prefetch [`Load::prefetch`](crate::Load::prefetch) refines and [`Load::request`](crate::Load::request) asks
/// for. `S` is the spec that is queried, `J` the
/// prefetch and the joins on the way to it.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// #[derive(LoadSpec, Clone)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     #[load(prefetch)]
///     books: Vec<BookTitle>,
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookPage {
///     title: String,
///     #[load(join)]
///     author: Shelf,
/// }
///
/// # let conn = &mut connection();
/// let page = BookPage::query()
///     .prefetch(BookPage::author.then(Shelf::books), |books| books.order_by(books::title).limit(1))
///     .first(conn)
///     .unwrap();
/// assert_eq!(page.title, "Rocannon");
/// assert_eq!(page.author.books.len(), 1);
/// assert_eq!(page.author.books[0].title, "City of Illusions");
/// # }
/// ```
pub struct PrefetchedRelation<S, J>(PhantomData<(S, J)>);

impl<S, J> Clone for PrefetchedRelation<S, J> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, J> Copy for PrefetchedRelation<S, J> {}

impl<S, J> PrefetchedRelation<S, J> {
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The prefetched relation in field `N` of the spec `S`.
pub type PrefetchedField<S, const N: usize> = PrefetchedRelation<S, Prefetch<S, N>>;

/// The prefetched relation in field `N` of the spec `S`, which is loaded on request.
pub type OptionalField<S, const N: usize> = PrefetchedRelation<S, OptionalPrefetch<S, N>>;

/// A field of a joined spec: what can follow a join.
pub trait Next {
    /// The spec that has the field.
    type Spec;
    /// The same field, seen from the spec `S` behind the joins `J`.
    type After<S, J>;

    /// The same field.
    fn after<S, J>() -> Self::After<S, J>;
}

impl<C, B: Joint> Next for JoinedRelation<C, B> {
    type Spec = C;
    type After<S, J> = JoinedRelation<S, Then<J, B>>;

    fn after<S, J>() -> Self::After<S, J> {
        JoinedRelation(PhantomData)
    }
}

impl<C, B: Spot> Next for PrefetchedRelation<C, B> {
    type Spec = C;
    type After<S, J> = PrefetchedRelation<S, Then<J, B>>;

    fn after<S, J>() -> Self::After<S, J> {
        PrefetchedRelation(PhantomData)
    }
}

/// The spec that is joined at a place in a query: `C` itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the spec that is joined here",
    label = "a join of `{Self}`",
    note = "this place in the query holds a `{C}`: only its own joined fields can follow"
)]
pub trait JoinedHere<C> {
    /// What follows the join. Where the bound does not hold this is no type, and nothing more is told of it.
    type Next<N>;

    /// What follows the join.
    fn here<N>(next: N) -> Self::Next<N>;
}

/// What [`JoinedHere`] asks for.
pub trait Is<C> {}

impl<C> Is<C> for C {}

#[diagnostic::do_not_recommend]
impl<C, S: Is<C>> JoinedHere<C> for S {
    type Next<N> = N;

    fn here<N>(next: N) -> N {
        next
    }
}

// Never holds: as for the expressions of a query.
impl<C, S> JoinedHere<C> for S
where
    for<'a> (): Never<'a>,
{
    type Next<N> = N;

    fn here<N>(next: N) -> N {
        next
    }
}

/// A column of the model `M`'s table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}`",
    label = "not a column of the table that is joined here",
    note = "this place in the query holds a row of `{M}`"
)]
pub trait ColumnOf<M>: Column {}

#[diagnostic::do_not_recommend]
impl<M: Model, C: Column<Table = M::Table>> ColumnOf<M> for C {}

impl<S, J> JoinedRelation<S, J> {
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<S, J: Joint> JoinedRelation<S, J> {
    /// A relation that the joined spec joins or prefetches in its turn.
    ///
    /// `BookCard::author.then(AuthorCard::publisher)` is the publisher of the book's author.
    pub fn then<N>(self, _next: N) -> <N::Spec as JoinedHere<J::Spec>>::Next<N::After<S, J>>
    where
        N: Next<Spec: JoinedHere<J::Spec>>,
    {
        N::Spec::here(N::after())
    }

    #[doc(hidden)]
    pub fn __joined<const N: usize>(self) -> JoinedRelation<S, Then<J, Join<J::Spec, N>>> {
        JoinedRelation::new()
    }

    #[doc(hidden)]
    pub fn __optional<const N: usize>(
        self,
    ) -> PrefetchedRelation<S, Then<J, OptionalPrefetch<J::Spec, N>>> {
        PrefetchedRelation::new()
    }

    #[doc(hidden)]
    pub fn __prefetched<const N: usize>(
        self,
    ) -> PrefetchedRelation<S, Then<J, Prefetch<J::Spec, N>>> {
        PrefetchedRelation::new()
    }

    /// A column of the joined table, whether the spec reads it or not.
    ///
    /// Below an `Option` it is nullable, as it is in Diesel after a left join.
    pub fn field<K: ColumnOf<<J::Spec as LoadSpec>::Model>>(
        self,
        _column: K,
    ) -> JoinedColumn<S, J, K> {
        JoinedColumn(PhantomData)
    }
}

/// A column of a joined relation: [`JoinedRelation::field`].
///
/// It is an expression like any column of Diesel's, for the queries of one spec.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct AuthorName { name: String }
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookCard {
///     title: String,
///     #[load(join)]
///     author: AuthorName,
/// }
///
/// # let conn = &mut connection();
/// let name = BookCard::author.field(authors::name);
/// let books = BookCard::query().filter(name.like("U%").and(books::title.ne("Rocannon"))).load(conn).unwrap();
/// assert_eq!(books.len(), 1);
/// assert_eq!(books[0].title, "City of Illusions");
/// # }
/// ```
pub struct JoinedColumn<S, J, K>(PhantomData<(S, J, K)>);

impl<S, J, K> Clone for JoinedColumn<S, J, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, J, K> Copy for JoinedColumn<S, J, K> {}

impl<S, J: Joint, K: Column> Expression for JoinedColumn<S, J, K>
where
    K::SqlType: IntoNullable<Nullable: TypedExpressionType> + TypedExpressionType,
{
    type SqlType = <J::Presence as Presence>::Of<K::SqlType>;
}

impl<S: 'static, J: 'static, K: 'static> QueryId for JoinedColumn<S, J, K> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<S, J: Joint, K: Column, DB: Dialect> QueryFragment<DB> for JoinedColumn<S, J, K> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        write_column::<J::Path, DB>(K::NAME, out)
    }
}

impl<S, J, K> ValidGrouping<()> for JoinedColumn<S, J, K> {
    type IsAggregate = is_aggregate::No;
}

/// What is selected from in a query of the spec `S`, which has all of its joins.
#[diagnostic::on_unimplemented(
    message = "this query has none of the joins of `{S}`",
    label = "not a query of `{S}`",
    note = "the columns of a joined relation are for queries of the spec that joins it: those of `{S}::query()`"
)]
pub trait Joins<S> {}

impl<S: LoadSpec, O> Joins<S> for Joined<S, O> {}

// In a subquery of a filter, Diesel imagines the subquery's table joined to ours.
impl<S, L: QuerySource, R: QuerySource + Joins<S>> Joins<S> for DieselJoin<L, R, Inner> {}

impl<S, J, K, QS> AppearsOnTable<QS> for JoinedColumn<S, J, K>
where
    Self: Expression,
    QS: Joins<S>,
{
}

impl<S, J, K, QS> SelectableExpression<QS> for JoinedColumn<S, J, K>
where
    Self: AppearsOnTable<QS>,
    QS: Joins<S>,
{
}
