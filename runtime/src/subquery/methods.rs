//! The methods of relations in expressions.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::dsl::count_star;
use diesel::expression::{AppearsOnTable, Expression};
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};
use diesel::query_source::AppearsInFromClause;

use super::function::{All, Avg, CountDistinct, Max, Min, Number, Orderable, Sum};
use super::{Aggregate, Exists, Filtered};
use crate::load_onto::LoadsOnto;
use crate::query::{And, ChildrenOf, Condition, Never, NoFilter, children};
use crate::relation::Cardinality;
use crate::spec::Nothing;
use crate::through::Through;
use crate::watch::Caller;
use crate::{CarriesKey, LoadSpec, Relation};

/// The rows of a relation: all of them, or those that a filter keeps.
pub trait Rows: Sized {
    /// The relation.
    type Relation: Relation;
    /// The filter.
    type Filter;

    /// The filter.
    fn into_filter(self) -> Self::Filter;
}

impl<R: Relation> Rows for R {
    type Relation = R;
    type Filter = NoFilter;

    fn into_filter(self) -> NoFilter {
        NoFilter
    }
}

impl<R: Relation, F> Rows for Filtered<R, F> {
    type Relation = R;
    type Filter = F;

    fn into_filter(self) -> F {
        self.filter
    }
}

/// The tables whose columns can be asked of the rows of `R`, for Diesel's type checker.
pub struct RowsWhere<R>(PhantomData<R>);

impl<R: Relation, T> AppearsInFromClause<T> for RowsWhere<R>
where
    <R::Through as Through>::Tables<R::Child>: AppearsInFromClause<T>,
{
    type Count = <<R::Through as Through>::Tables<R::Child> as AppearsInFromClause<T>>::Count;
}

/// An expression whose columns the rows of the relation `R` have.
#[diagnostic::on_unimplemented(
    message = "the rows of `{R}` do not have all the columns of this expression",
    label = "has a column of another table",
    note = "the rows of a relation have the columns of the table that it leads to, and of its through table"
)]
pub trait OnRowsOf<R> {
    /// The expression itself. Where the bound does not hold this is no type, and nothing more is told of it.
    type Checked: Expression;

    /// The expression itself.
    fn checked(self) -> Self::Checked;
}

#[diagnostic::do_not_recommend]
impl<R, E: AppearsOnTable<RowsWhere<R>>> OnRowsOf<R> for E {
    type Checked = E;

    fn checked(self) -> E {
        self
    }
}

// Never holds: as for the queries of a spec.
impl<R, E> OnRowsOf<R> for E
where
    for<'a> (): Never<'a>,
    E: Expression,
{
    type Checked = E;

    fn checked(self) -> E {
        self
    }
}

/// The relation whose rows these are.
pub(super) type RelationOf<T> = <T as Rows>::Relation;
/// An expression on the rows of `T`.
pub(super) type On<T, E> = <E as OnRowsOf<RelationOf<T>>>::Checked;
/// The number that it is.
pub(super) type NumberOn<T, E> = <On<T, E> as Number>::Number;
/// The value with an order that it is.
pub(super) type OrderableOn<T, E> = <On<T, E> as Orderable>::Orderable;
/// The condition that it is.
pub(super) type Where<T, E> = And<<T as Rows>::Filter, <On<T, E> as Condition>::Condition>;
/// What `A` gives for the rows of `T`.
pub(super) type Of<T, A> = Aggregate<RelationOf<T>, A, <T as Rows>::Filter>;

fn filtered<T: Rows, E>(rows: T, condition: E) -> Where<T, E>
where
    E: OnRowsOf<T::Relation, Checked: Condition>,
{
    And(rows.into_filter(), condition.checked().condition())
}

pub(super) fn aggregate<T: Rows, A>(rows: T, function: A) -> Of<T, A> {
    Aggregate { function, filter: rows.into_filter(), relation: PhantomData }
}

/// Relations in expressions: `author::books.count()` is the number of an author's books, for `filter`, `order` and
/// `select` of every query on `authors`, a spec's or Diesel's own.
///
/// Each is a subquery of its own. Several at once do not multiply each other's rows.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// use upfront::RelationDsl;
///
/// # let conn = &mut connection();
/// let prolific: Vec<String> = authors::table
///     .filter(author::books.count().gt(1).and(author::books.any(books::title.like("R%"))))
///     .order(author::books.count().desc())
///     .select(authors::name)
///     .load(conn)
///     .unwrap();
/// assert_eq!(prolific, ["Ursula"]);
///
/// let unpublished = author::books.filter(book::author.any(authors::publisher_id.is_null()));
/// let numbers: Vec<i64> = authors::table.order(authors::name).select(unpublished.count()).load(conn).unwrap();
/// assert_eq!(numbers, [1, 0]);
/// # }
/// ```
///
/// Conditions have the columns of the table that the relation leads to, and of its through table: where there is one,
/// `diesel::allow_tables_to_appear_in_same_query!` must name both.
pub trait RelationDsl: Rows {
    /// Only the rows for which the condition is true. Conditions add up.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let count = author::books.filter(books::title.like("R%")).count();
    /// let counts: Vec<i64> = authors::table.order(authors::name).select(count).load(conn).unwrap();
    /// assert_eq!(counts, [0, 1]);
    /// # }
    /// ```
    fn filter<E>(self, condition: E) -> Filtered<Self::Relation, Where<Self, E>>
    where
        E: OnRowsOf<Self::Relation, Checked: Condition>,
    {
        Filtered { filter: filtered(self, condition), relation: PhantomData }
    }

    /// How many rows there are: a `BigInt`, which is an `i64`.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let counts: Vec<i64> = authors::table.order(authors::name).select(author::books.count()).load(conn).unwrap();
    /// assert_eq!(counts, [1, 2]);
    /// # }
    /// ```
    fn count(self) -> Of<Self, All> {
        aggregate(self, All)
    }

    /// How many different values the rows have, `NULL` not counted: an `i64`.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let titles = author::books.count_distinct(books::title);
    /// let counts: Vec<i64> = authors::table.order(authors::name).select(titles).load(conn).unwrap();
    /// assert_eq!(counts, [1, 2]);
    /// # }
    /// ```
    fn count_distinct<E>(self, expression: E) -> Of<Self, CountDistinct<On<Self, E>>>
    where
        E: OnRowsOf<Self::Relation>,
    {
        aggregate(self, CountDistinct(expression.checked()))
    }

    /// The sum of an expression over the rows; `NULL` where there are none. Its type is that of Diesel's `sum`: of
    /// `Integer` it is an `Option<i64>`.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let sums: Vec<Option<i64>> =
    ///     authors::table.order(authors::name).select(author::books.sum(books::id)).load(conn).unwrap();
    /// assert_eq!(sums, [Some(2), Some(4)]);
    /// # }
    /// ```
    fn sum<E>(self, expression: E) -> Of<Self, Sum<NumberOn<Self, E>>>
    where
        E: OnRowsOf<Self::Relation, Checked: Number>,
    {
        aggregate(self, Sum(expression.checked().number()))
    }

    /// The average of an expression over the rows; `NULL` where there are none. Its type is that of Diesel's `avg`: of
    /// `Double` it is an `Option<f64>`, of integers a `Numeric`.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use diesel::connection::SimpleConnection;
    /// use upfront::RelationDsl;
    ///
    /// diesel::table! { parcels (id) { id -> Integer, sender_id -> Integer, weight -> Double } }
    ///
    /// #[derive(Model)]
    /// #[diesel(table_name = authors)]
    /// #[model(has_many(parcels: Parcel, foreign_key = parcels::sender_id))]
    /// pub struct Sender { pub id: i32, pub name: String }
    ///
    /// #[derive(Model)]
    /// #[diesel(table_name = parcels)]
    /// pub struct Parcel { pub id: i32, pub sender_id: i32, pub weight: f64 }
    ///
    /// # let conn = &mut connection();
    /// conn.batch_execute(
    ///     "CREATE TABLE parcels (id INTEGER PRIMARY KEY, sender_id INTEGER NOT NULL, weight DOUBLE NOT NULL);
    ///      INSERT INTO parcels VALUES (1, 1, 0.5), (2, 1, 1.0);",
    /// )
    /// .unwrap();
    /// let weights: Vec<Option<f64>> =
    ///     authors::table.order(authors::id).select(sender::parcels.avg(parcels::weight)).load(conn).unwrap();
    /// assert_eq!(weights, [Some(0.75), None]);
    /// # }
    /// ```
    fn avg<E>(self, expression: E) -> Of<Self, Avg<NumberOn<Self, E>>>
    where
        E: OnRowsOf<Self::Relation, Checked: Number>,
    {
        aggregate(self, Avg(expression.checked().number()))
    }

    /// The least value of an expression over the rows, an `Option`; `NULL` where there are none.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let first: Vec<Option<String>> =
    ///     authors::table.order(authors::name).select(author::books.min(books::title)).load(conn).unwrap();
    /// assert_eq!(first, [Some("Emma".to_owned()), Some("City of Illusions".to_owned())]);
    /// # }
    /// ```
    fn min<E>(self, expression: E) -> Of<Self, Min<OrderableOn<Self, E>>>
    where
        E: OnRowsOf<Self::Relation, Checked: Orderable>,
    {
        aggregate(self, Min(expression.checked().orderable()))
    }

    /// The greatest value of an expression over the rows, an `Option`; `NULL` where there are none.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let last: Vec<Option<i32>> =
    ///     authors::table.order(authors::name).select(author::books.max(books::id)).load(conn).unwrap();
    /// assert_eq!(last, [Some(2), Some(3)]);
    /// # }
    /// ```
    fn max<E>(self, expression: E) -> Of<Self, Max<OrderableOn<Self, E>>>
    where
        E: OnRowsOf<Self::Relation, Checked: Orderable>,
    {
        aggregate(self, Max(expression.checked().orderable()))
    }

    /// Whether there is a row: a `bool`.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let writers = authors::table.filter(author::books.exists()).count().get_result(conn);
    /// assert_eq!(writers, Ok(2));
    /// # }
    /// ```
    fn exists(self) -> Exists<Self::Relation, Self::Filter> {
        Exists { filter: self.into_filter(), relation: PhantomData }
    }

    /// Whether the condition is true for any row.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let of_emma = authors::table.filter(author::books.any(books::title.eq("Emma"))).select(authors::name);
    /// assert_eq!(of_emma.load::<String>(conn).unwrap(), ["Jane"]);
    /// # }
    /// ```
    fn any<E>(self, condition: E) -> Exists<Self::Relation, Where<Self, E>>
    where
        E: OnRowsOf<Self::Relation, Checked: Condition>,
    {
        Exists { filter: filtered(self, condition), relation: PhantomData }
    }

    /// Whether the condition is true for no row, which it is also where there are no rows.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// # let conn = &mut connection();
    /// let others = authors::table.filter(author::books.none(books::title.eq("Emma"))).select(authors::name);
    /// assert_eq!(others.load::<String>(conn).unwrap(), ["Ursula"]);
    /// # }
    /// ```
    fn none<E>(self, condition: E) -> Exists<Self::Relation, Where<Self, E>, true>
    where
        E: OnRowsOf<Self::Relation, Checked: Condition>,
    {
        Exists { filter: filtered(self, condition), relation: PhantomData }
    }

    /// Loads what the relation leads to from values that the program already has: models, or rows of other
    /// specs. The result has as many items as the slice, each at the place of its parent: a `Vec` of the spec
    /// for a relation to many rows, an `Option` of it for one. Parents may share a key, or have none.
    ///
    /// It runs the queries of the spec: one, and those of its prefetches; none where no parent has a key.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// #[derive(LoadSpec, Clone)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// # let conn = &mut connection();
    /// let author = |id, name: &str| Author { id, name: name.into(), publisher_id: None };
    /// let authors = [author(2, "Jane"), author(7, "Nobody"), author(2, "Jane")];
    /// let books: Vec<Vec<BookTitle>> = author::books.load_onto::<BookTitle>(&authors, conn).unwrap();
    /// assert_eq!(books[0][0].title, "Emma");
    /// assert!(books[1].is_empty());
    /// assert_eq!(books[2][0].title, "Emma");
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of a load; `spec` in them is the spec that is loaded.
    #[track_caller]
    fn load_onto<'q, S>(
        self,
        parents: &[impl CarriesKey<Self>],
        conn: &mut impl LoadsOnto<'q, S, Self, ChildrenOf<S, Self>>,
    ) -> QueryResult<Vec<<Self::Leads as Cardinality>::Rows<S>>>
    where
        Self: Relation,
        S: LoadSpec<Model = Self::Child, Params: Nothing>,
    {
        let keys = parents.iter().map(CarriesKey::key).collect();
        conn.load_onto(keys, children(Nothing::nothing()), Caller::here())
    }

    /// The same, where the query for the rows is refined as in [`Load::prefetch`](crate::Load::prefetch).
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// #[derive(LoadSpec, Clone)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// # let conn = &mut connection();
    /// let authors = [Author { id: 1, name: "Ursula".into(), publisher_id: Some(1) }];
    /// let first: Vec<Vec<BookTitle>> =
    ///     author::books.load_onto_with(&authors, |books| books.order_by(books::title).limit(1), conn).unwrap();
    /// assert_eq!(first[0].len(), 1);
    /// assert_eq!(first[0][0].title, "City of Illusions");
    /// # }
    /// ```
    #[track_caller]
    fn load_onto_with<'q, S, Q>(
        self,
        parents: &[impl CarriesKey<Self>],
        refine: impl FnOnce(ChildrenOf<S, Self>) -> Q,
        conn: &mut impl LoadsOnto<'q, S, Self, Q>,
    ) -> QueryResult<Vec<<Self::Leads as Cardinality>::Rows<S>>>
    where
        Self: Relation,
        S: LoadSpec<Model = Self::Child, Params: Nothing>,
    {
        let keys = parents.iter().map(CarriesKey::key).collect();
        conn.load_onto(keys, refine(children(Nothing::nothing())), Caller::here())
    }
}

impl<T: Rows> RelationDsl for T {}

/// What Diesel's names for types take the rows of a relation for, once they are filtered.
pub fn rows_where<R: Relation, E>(condition: E) -> Filtered<R, And<NoFilter, E>> {
    Filtered { filter: And(NoFilter, condition), relation: PhantomData }
}

/// How many rows the relation `R` leads to.
pub type Counted<R> = Aggregate<R, All>;

// So that Diesel's own names for types, which those of our macros go by, know what is filtered and counted.
impl<R: Relation, F, E> FilterDsl<E> for Filtered<R, F> {
    type Output = Filtered<R, And<F, E>>;

    fn filter(self, condition: E) -> Self::Output {
        Filtered { filter: And(self.filter, condition), relation: PhantomData }
    }
}

impl<R: Relation, F> SelectDsl<count_star> for Filtered<R, F> {
    type Output = Aggregate<R, All, F>;

    fn select(self, _: count_star) -> Self::Output {
        aggregate(self, All)
    }
}
