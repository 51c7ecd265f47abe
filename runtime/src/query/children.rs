//! The query for the children of a relation: what a prefetch runs, and what refines it.

use std::marker::PhantomData;
use std::sync::Arc;

use diesel::QueryResult;
use diesel::query_builder::QueryFragment;

use super::children_query::{ChildrenQuery, check};
use super::filter::{Filter, NoFilter};
use super::order::{NoOrder, Order};
use super::plan::{At, Declared, Plan, Refined, Slots};
use super::request::LoadsOnRequest;
use super::rows::Rows;
use super::tail::{Distinct, LimitOffset, NoLock, Tail, Unlimited};
use super::{Load, Never, begin};
use crate::dialect::Dialect;
use crate::field::{Fields, FieldsFrom};
use crate::joined::{PrefetchedRelation, Spot};
use crate::key::KeyColumnsFor;
use crate::keys::Keys;
use crate::source::Of;
use crate::{LoadSpec, Relation};

/// The query for the children of the relation `R` that a prefetch of the spec `S` begins with.
///
/// A closure gets it that refines a prefetch, and a function that does the same can name it:
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::ChildrenOf;
///
/// #[derive(LoadSpec)]
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
/// type Books = ChildrenOf<BookTitle, author::books>;
///
/// fn starting_with_r(books: Books) -> diesel::dsl::Filter<Books, diesel::dsl::Like<books::title, &'static str>> {
///     books.filter(books::title.like("R%"))
/// }
/// # fn main() {
/// # let conn = &mut connection();
/// let shelf = Shelf::query().prefetch(Shelf::books, starting_with_r).first(conn).unwrap();
/// assert_eq!(shelf.books[0].title, "Rocannon");
/// # }
/// ```
pub type ChildrenOf<S, R> = Load<S, Rows<S, R>, Declared<S>, Tail, Of<R>>;

/// A query that can be asked for the children of some parents by the relation `R`.
#[diagnostic::on_unimplemented(
    message = "this is not a query for the rows of the relation `{R}`",
    label = "not what a prefetch of `{R}` can run",
    note = "a prefetch is refined by the query it is given: `|books| books.filter(..).limit(5)`"
)]
pub trait Children<R: Relation, DB: Dialect> {
    /// What is loaded.
    type Spec: LoadSpec;
    /// The whole query.
    type Query;
    /// The queries of its own prefetches.
    type Slots;

    /// What its types do not tell: whether its limit is one.
    fn check(&self) -> QueryResult<()>;

    /// Whether it runs without prefetches.
    fn is_alone(&self) -> bool;

    /// The query for these parents.
    fn of(self, keys: Keys<R, DB>) -> (Self::Query, Self::Slots);
}

#[diagnostic::do_not_recommend]
impl<S, W, P, L, O, F, R, DB> Children<R, DB>
    for Load<S, Rows<S, R, W>, P, Tail<L, NoLock, O, F>, Of<R>>
where
    S: LoadSpec,
    P: Plan<S>,
    L: LimitOffset,
    R: Relation,
    DB: Dialect,
{
    type Spec = S;
    type Query = ChildrenQuery<S, R, W, F, O, L, DB>;
    type Slots = P::Slots;

    fn check(&self) -> QueryResult<()> {
        check::<S, R>(&self.tail.limit)
    }

    fn is_alone(&self) -> bool {
        self.prefetches.is_alone()
    }

    fn of(self, keys: Keys<R, DB>) -> (Self::Query, P::Slots) {
        let Tail { limit, order, filter: declared, .. } = self.tail;
        let computed = S::Fields::computed(self.prefetches.params());
        let filter = self.query.filter;
        let query = ChildrenQuery { keys, filter, declared, order, limit, computed };
        (query, self.prefetches.slots())
    }
}

/// What is computed of the rows of a query for children.
type ComputedBy<C, R, DB> =
    <<<C as Children<R, DB>>::Spec as LoadSpec>::Fields as Fields>::Computed;

/// A query for children that can be planned on the backend `DB`.
pub trait PlannedChildren<R: Relation, DB: Dialect>: Children<R, DB> {
    /// Shows the query for one parent, whose key is not known, what is computed in it, and the queries of its prefetches.
    fn show<T>(
        &self,
        see: impl FnOnce(
            &dyn QueryFragment<DB>,
            &ComputedBy<Self, R, DB>,
            &Self::Slots,
        ) -> QueryResult<T>,
    ) -> QueryResult<T>;
}

#[diagnostic::do_not_recommend]
impl<S, W, P, L, O, F, R, DB> PlannedChildren<R, DB>
    for Load<S, Rows<S, R, W>, P, Tail<L, NoLock, O, F>, Of<R>>
where
    S: LoadSpec<Model = R::Child>,
    S::Fields: FieldsFrom<DB>,
    W: Filter<DB>,
    P: Plan<S>,
    L: LimitOffset,
    O: Order<DB>,
    F: Filter<DB>,
    R: Relation,
    R::Key: KeyColumnsFor<DB>,
    DB: Dialect,
{
    fn show<T>(
        &self,
        see: impl FnOnce(&dyn QueryFragment<DB>, &ComputedBy<Self, R, DB>, &P::Slots) -> QueryResult<T>,
    ) -> QueryResult<T> {
        Children::<R, DB>::check(self)?;
        let Tail { limit, order, filter: declared, .. } = &self.tail;
        let query = ChildrenQuery::<S, R, &W, &F, &O, L, DB> {
            keys: DB::key_list::<R::Key>(Arc::default())?,
            filter: &self.query.filter,
            declared,
            order,
            limit: limit.clone(),
            computed: S::Fields::computed(self.prefetches.params()),
        };
        self.prefetches.look(|slots| see(&query, &query.computed, slots))
    }
}

/// The query for the children of the relation `R`.
pub(crate) fn children<S: LoadSpec, R: Relation>(params: S::Params) -> ChildrenOf<S, R> {
    begin(Rows::default(), params)
}

/// The same query with what the field declares: the filter `F`, the order `O` and the limit `L`.
pub type DeclaredChildren<S, R, F = NoFilter, O = NoOrder, L = Unlimited> =
    Load<S, Rows<S, R>, Declared<S>, Tail<L, NoLock, O, F>, Of<R>>;

/// The same without equal rows.
pub type DistinctChildren<S, R, F = NoFilter, O = NoOrder> =
    Load<S, Rows<S, R>, Declared<S>, Tail<Distinct, NoLock, O, F>, Of<R>>;

/// The query that a field declares, for the parameters of its spec.
pub fn declare<S: LoadSpec, R: Relation, F, O, L>(
    params: S::Params,
    filter: F,
    order: O,
    limit: L,
) -> DeclaredChildren<S, R, F, O, L> {
    let tail = Tail { filter, order, limit, lock: NoLock };
    children(params).map_tail(|_| tail)
}

/// A query for rows of the spec `S` that the relation `R` leads to.
#[diagnostic::on_unimplemented(
    message = "the closure does not return the refined query",
    label = "not a query for the same rows",
    note = "return the query that the closure is given, after its methods were called: `|books| books.limit(5)`"
)]
pub trait RowsOf<S, R> {
    /// The query `N` for them. Where the bound does not hold this is no type, and nothing more is told of it.
    type Rows<N>;

    /// The query for them.
    fn rows<N>(query: N) -> Self::Rows<N>;
}

/// What a closure returns.
#[diagnostic::on_unimplemented(
    message = "the closure does not return the refined query",
    label = "not a query for the same rows",
    note = "return the query that the closure is given, after its methods were called: `|books| books.limit(5)`"
)]
pub trait Returned {
    /// What it is a query for.
    type For;
}

#[diagnostic::do_not_recommend]
impl<S, Q, P, T, O> Returned for Load<S, Q, P, T, O> {
    type For = For<S, O>;
}

/// What is queried: the spec `S` of the rows `O`.
pub struct For<S, O>(PhantomData<(S, O)>);

/// What [`RowsOf`] asks for.
pub trait IsRowsOf<S, R> {}

impl<S, R> IsRowsOf<S, R> for For<S, Of<R>> {}

#[diagnostic::do_not_recommend]
impl<S, R, N: IsRowsOf<S, R>> RowsOf<S, R> for N {
    type Rows<Q> = Q;

    fn rows<Q>(query: Q) -> Q {
        query
    }
}

// Never holds: as for the expressions of a query.
impl<S, R, N> RowsOf<S, R> for N
where
    for<'a> (): Never<'a>,
{
    type Rows<Q> = Q;

    fn rows<Q>(query: Q) -> Q {
        query
    }
}

/// The spec that is queried: `S` itself, or of a pair the first.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the spec of this query",
    label = "a prefetch of `{Self}`",
    note = "this is a query of `{S}`: it has the prefetches of `{S}`, and those below its joins: `{S}::relation.then(..)`"
)]
pub trait QueriedHere<S> {
    /// The prefetch itself, as for [`RowsOf`].
    type Spot<J: Spot>: Spot;
}

/// What [`QueriedHere`] asks for.
pub trait Queried<S> {
    /// The prefetch, seen from `S`.
    type Spot<J: Spot>: Spot;
}

impl<S> Queried<S> for S {
    type Spot<J: Spot> = J;
}

impl<A, B> Queried<(A, B)> for A {
    type Spot<J: Spot> = OfFirst<J>;
}

/// The prefetch `J` of the first spec of a pair.
pub struct OfFirst<J>(PhantomData<J>);

impl<J: Spot> Spot for OfFirst<J> {
    type Place = At<0, J::Place>;
    type Relation = J::Relation;
    type Spec = J::Spec;
    type Optional = J::Optional;
}

#[diagnostic::do_not_recommend]
impl<C: Queried<S>, S> QueriedHere<S> for C {
    type Spot<J: Spot> = C::Spot<J>;
}

// Never holds: as for the expressions of a query.
impl<C, S> QueriedHere<S> for C
where
    for<'a> (): Never<'a>,
{
    type Spot<J: Spot> = J;
}

/// The prefetch `J` of the spec `C`, in a query of `S`.
pub(super) type Here<C, S, J> = <C as QueriedHere<S>>::Spot<J>;

/// The query `N` for its children.
type RowsOfHere<C, S, J, N> = <<N as Returned>::For as RowsOf<
    <Here<C, S, J> as Spot>::Spec,
    <Here<C, S, J> as Spot>::Relation,
>>::Rows<N>;

/// What a plan has at the place of a prefetch.
type Slot<P, S, J> = <<P as Plan<S>>::Slots as Slots<<J as Spot>::Place>>::Slot;

/// A plan with `N` there.
type With<P, S, J, N> = Refined<S, <<P as Plan<S>>::Slots as Slots<<J as Spot>::Place>>::With<N>>;

impl<S: LoadSpec, Q, P: Plan<S>, T, O> Load<S, Q, P, T, O> {
    /// Refines a prefetch: the closure is given the query that loads it, as the spec declares it, and returns it with
    /// what is to be added.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct Shelf {
    ///     name: String,
    ///     #[load(prefetch)]
    ///     books: Vec<BookTitle>,
    /// }
    ///
    /// # let conn = &mut connection();
    /// let letter = String::from("R%");
    /// let shelves = Shelf::query()
    ///     .prefetch(Shelf::books, |books| books.filter(books::title.like(&letter)).order_by(books::title).limit(5))
    ///     .order_by(authors::name)
    ///     .load(conn)
    ///     .unwrap();
    /// assert_eq!(shelves[0].books.len(), 0);
    /// assert_eq!(shelves[1].books[0].title, "Rocannon");
    /// # }
    /// ```
    ///
    /// It adds no query, but that an optional prefetch is asked for. A filter holds besides those that the spec declares, which no `or_filter` can widen; an order, a
    /// limit or an offset goes in place of the declared one. The limit and the offset are for each parent; where they cut,
    /// rows that the order holds equal go by their primary key, and without an order all of them do. A limit or an offset
    /// that is negative ends the load with `diesel::result::Error::QueryBuilderError`.
    ///
    /// The closure can borrow what is around it. A prefetch further down is refined in the closure (of pairs, those of the
    /// first spec), or, below a join, by [`then`](crate::JoinedRelation::then). Where it depends on a condition, `into_boxed()` makes one type of both ways.
    pub fn prefetch<C, J, F, N>(
        self,
        _place: PrefetchedRelation<C, J>,
        refine: F,
    ) -> Load<S, Q, With<P, S, Here<C, S, J>, RowsOfHere<C, S, J, N>>, T, O>
    where
        C: QueriedHere<S>,
        J: Spot,
        P::Slots: Slots<<Here<C, S, J> as Spot>::Place>,
        F: FnOnce(Slot<P, S, Here<C, S, J>>) -> N,
        N: Returned<For: RowsOf<<Here<C, S, J> as Spot>::Spec, <Here<C, S, J> as Spot>::Relation>>,
    {
        self.refine::<Here<C, S, J>, N, _>(true, refine)
    }

    /// Refines an optional prefetch, and asks for it where the condition is true.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::Requested;
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct AuthorPage {
    ///     #[load(prefetch, optional)]
    ///     books: Requested<Vec<BookTitle>>,
    /// }
    ///
    /// # let conn = &mut connection();
    /// for with_books in [false, true] {
    ///     let query = AuthorPage::query().find(1);
    ///     let query = query.prefetch_if(with_books, AuthorPage::books, |books| books.limit(1));
    ///     let ursula = query.first(conn).unwrap();
    ///     assert_eq!(ursula.books.loaded().map(Vec::len), with_books.then_some(1));
    /// }
    /// # }
    /// ```
    pub fn prefetch_if<C, J, F, N>(
        self,
        condition: bool,
        _place: PrefetchedRelation<C, J>,
        refine: F,
    ) -> Load<S, Q, With<P, S, Here<C, S, J>, RowsOfHere<C, S, J, N>>, T, O>
    where
        C: QueriedHere<S>,
        J: Spot<Optional: LoadsOnRequest<J::Relation>>,
        P::Slots: Slots<<Here<C, S, J> as Spot>::Place>,
        F: FnOnce(Slot<P, S, Here<C, S, J>>) -> N,
        N: Returned<For: RowsOf<<Here<C, S, J> as Spot>::Spec, <Here<C, S, J> as Spot>::Relation>>,
    {
        self.refine::<Here<C, S, J>, N, _>(condition, refine)
    }

    fn refine<J, N, F>(
        self,
        request: bool,
        refine: F,
    ) -> Load<S, Q, With<P, S, J, <N::For as RowsOf<J::Spec, J::Relation>>::Rows<N>>, T, O>
    where
        J: Spot,
        P::Slots: Slots<J::Place>,
        F: FnOnce(Slot<P, S, J>) -> N,
        N: Returned<For: RowsOf<J::Spec, J::Relation>>,
    {
        self.map_prefetches(|plan| {
            let params = plan.params().clone();
            let slots = plan.slots().change(request, |children| N::For::rows(refine(children)));
            Refined { params, slots }
        })
    }
}
