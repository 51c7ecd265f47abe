//! Load specs: what `#[derive(LoadSpec)]` says of a struct.
//!
//! The derive fills in one small trait for each field; everything that is done with them is in [`crate::field`].

use diesel::connection::Connection;
use diesel::query_builder::QueryId;
use diesel::{Column, Expression, QueryResult};

use crate::field::{Fields, JoinInto, PrefetchInto};
use crate::layout::Layout;
use crate::model::ColumnIn;
use crate::plan::{Inspect, MissingIndexes};
use crate::query::{Inspected, Place, Planned, Query, query};
use crate::{Model, Relation};

/// A struct that says what to load from a model. Derived with [`#[derive(LoadSpec)]`](derive@crate::LoadSpec).
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
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
/// fn queries<S: LoadSpec>() -> usize {
///     S::QUERIES
/// }
///
/// assert_eq!(queries::<BookTitle>(), 1);
/// assert_eq!(queries::<Shelf>(), 2);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a load spec",
    label = "not a load spec",
    note = "add `#[derive(LoadSpec)]` and `#[load(TheModel)]` to `{Self}`"
)]
pub trait LoadSpec: Sized + 'static {
    /// The model that is loaded.
    type Model: Model;
    /// The parameters that `query()` takes, as a tuple.
    type Params: Clone + Send + 'static;
    /// One type for each field, in the order of the struct.
    #[doc(hidden)]
    type Fields: Fields<Params = Self::Params>;
    /// The model of the through row that is loaded beside each row; `()` where there is none.
    #[doc(hidden)]
    type Through: crate::row_key::Beside;
    /// The struct's name, for messages.
    const NAME: &'static str;
    /// How many queries a load runs: one, and one for each prefetch at any depth. A prefetch whose parents have no
    /// keys is not run, nor is an optional one that the query does not ask for: it is the most that a load runs.
    const QUERIES: usize;

    /// The columns of the model's table that are selected, and where they are in a row.
    #[doc(hidden)]
    const LAYOUT: Layout = Layout::of(&<Self::Fields as Fields>::WANTED);

    /// Puts the struct together from the values of its fields.
    #[doc(hidden)]
    fn build(values: <Self::Fields as Fields>::Value) -> Self;

    /// The indexes that loads of this spec want and the database does not have: for every join, prefetch and aggregate at any
    /// depth, also of optional prefetches, whether an index, a primary key or a unique constraint begins with the columns by
    /// which rows are looked up. Made for tests.
    ///
    /// ```
    /// # include!("doctest_setup.rs");
    /// # fn main() {
    /// use upfront::RelationDsl;
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Publisher)]
    /// struct PublisherName { name: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct AuthorPage {
    ///     name: String,
    ///     #[load(join)]
    ///     publisher: Option<PublisherName>,
    ///     #[load(annotate = books.count())]
    ///     book_count: i64,
    /// }
    ///
    /// # let conn = &mut connection();
    /// # diesel::sql_query("CREATE INDEX books_by_author ON books (author_id)").execute(conn).unwrap();
    /// // Where one is missing, this panics with what it is for and the `CREATE INDEX` that helps.
    /// AuthorPage::check_indexes(conn).unwrap().assert_none();
    /// # }
    /// ```
    ///
    /// A composite key needs an index that begins with all of its columns, in any order, or a unique one of some of them. Partial
    /// indexes do not count, nor does one that PostgreSQL marks as invalid. What the database does not know as a table is
    /// not looked at: a view, or a table that does not exist.
    ///
    /// Runs one query for each table in which rows are looked up, and one that tells which database it is. The tables are
    /// found as in any query: by the schema that `table!` names, and where it names none, in the search path or the current
    /// database. For a spec with parameters there is [`Load::check_indexes`](crate::Load::check_indexes), a method of the
    /// query.
    ///
    /// # Errors
    ///
    /// Those of the database.
    fn check_indexes<C>(conn: &mut C) -> QueryResult<MissingIndexes>
    where
        C: Inspected<Connection: Inspect>,
        Self: QueriedAlone,
        Query<Self>: Planned<<C::Connection as Connection>::Backend>,
    {
        Self::query_alone().check_indexes(conn)
    }

    /// The same as [`check_indexes`](LoadSpec::check_indexes) with diesel-async.
    ///
    /// ```
    /// # include!("doctest_setup.rs");
    /// use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct AuthorName { name: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookCard {
    ///     #[load(join)]
    ///     author: AuthorName,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> QueryResult<()> {
    /// # let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(connection());
    /// BookCard::check_indexes_async(conn).await?.assert_none();
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "async")]
    fn check_indexes_async<C>(
        conn: &mut C,
    ) -> impl Future<Output = QueryResult<MissingIndexes>> + Send
    where
        C: crate::AsyncLoadConnection,
        Self: QueriedAlone,
        Query<Self>: Planned<C::Backend> + Send,
    {
        Self::query_alone().check_indexes_async(conn)
    }
}

/// A spec that loads the column or always the whole of the relation `R`, so that a function can ask for what it reads and be
/// called with any spec that has it.
///
/// What it asks for is read by name: the trait `Loaded`, in the module beside each model, has a method for each column and
/// relation.
///
/// ```
/// # include!("doctest_setup.rs");
/// use author::Loaded as _;
/// use upfront::Loads;
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct Title { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     name: String,
///     #[load(prefetch)]
///     books: Vec<Title>,
/// }
///
/// fn line<A, B>(author: &A) -> String
/// where
///     A: Loads<authors::name, Value = String> + Loads<author::books, Value = Vec<B>>,
/// {
///     format!("{}: {}", author.name(), author.books().len())
/// }
///
/// # fn main() {
/// let shelf = Shelf { name: "Jane".into(), books: vec![Title { title: "Emma".into() }] };
/// assert_eq!(line(&shelf), "Jane: 1");
/// # }
/// ```
///
/// A row that the program reads by itself can have columns as well: see [`CarriesKey`](crate::CarriesKey).
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not load `{R}`, or not the whole of it",
    label = "this spec does not load the whole `{R}`",
    note = "a spec loads what its fields say: a column by a field of its name, a relation by one that prefetches it, without `filter`, `limit`, `offset`, `distinct` and `optional`, or for a to-one joins it"
)]
pub trait Loads<R: OfTable>: RowOf<R::Table> {
    /// The type of the field that holds it.
    type Value;

    /// The loaded value.
    fn loaded(&self) -> &Self::Value;
}

#[diagnostic::do_not_recommend]
impl<S, R> Loads<R> for S
where
    S: Holds + RowOf<R::Table>,
    R: MemberOf<S::Model> + OfTable,
    S: LoadsAt<R::At, What = R>,
{
    type Value = <S as LoadsAt<R::At>>::Value;

    fn loaded(&self) -> &Self::Value {
        LoadsAt::loaded(self)
    }
}

/// A struct that holds what was loaded from the table `T`: a model, a spec, or a row that the program reads by itself.
///
/// It is what the methods of `author::Loaded` are there for, whether or not the struct loads what they give. Models and
/// specs are rows of their tables; a struct of your own is made one beside what it [`Loads`]:
///
/// ```
/// # include!("doctest_setup.rs");
/// use author::Loaded as _;
/// use upfront::{Loads, RowOf};
///
/// struct Row(String);
///
/// impl RowOf<authors::table> for Row {}
///
/// impl Loads<authors::name> for Row {
///     type Value = String;
///
///     fn loaded(&self) -> &String {
///         &self.0
///     }
/// }
///
/// # fn main() {
/// assert_eq!(Row("Jane".into()).name(), "Jane");
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not loaded from `{T}`",
    label = "not loaded from `{T}`"
)]
pub trait RowOf<T> {}

#[diagnostic::do_not_recommend]
impl<S: Holds<Model: Model>> RowOf<<S::Model as Model>::Table> for S {}

/// A column or relation, which belongs to a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a column nor a relation",
    label = "neither a column nor a relation",
    note = "columns are in the module of their table, such as `authors::name`; relations in the module beside their model, such as `author::books`"
)]
pub trait OfTable {
    /// The table.
    type Table;
}

#[diagnostic::do_not_recommend]
impl<C: Column<Table = T>, T> OfTable for C {
    type Table = T;
}

/// A struct that holds what was loaded of a model: a spec, or the model itself.
///
/// The derives say of a struct what it [`LoadsAt`] each place of its model, and [`Loads`] follows. They cannot say the
/// latter themselves: where a model is of another crate, the compiler holds its columns and relations to be possibly one,
/// as long as they are only known by their places.
pub trait Holds {
    /// The model.
    type Model;
}

/// A column or relation of the model `M`.
pub trait MemberOf<M> {
    /// Its place: a [`ColumnPlace`] or a [`RelationPlace`].
    type At;
}

/// A struct that holds the column or relation at the place `At` of its model.
pub trait LoadsAt<At> {
    /// The column or relation.
    type What;
    /// The type of the field that holds it.
    type Value;

    /// The loaded value.
    fn loaded(&self) -> &Self::Value;
}

/// The place of the `N`th column of a model.
pub struct ColumnPlace<const N: usize>;

/// The place of the `N`th relation of a model.
pub struct RelationPlace<const N: usize>;

/// Field `N` of a spec is a column.
pub trait ValueField<const N: usize>: LoadSpec {
    /// Where the column is in the model.
    type Place: ColumnIn<Self::Model>;
    /// The type it is read as: the field's own, unless the field says `deserialize_as`.
    type Read: 'static;
    /// The field's type.
    type Value: TryFrom<Self::Read, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + 'static;
}

/// The column in field `N` of the spec `S`.
pub(crate) type ColumnOfField<S, const N: usize> =
    <<S as ValueField<N>>::Place as ColumnIn<<S as LoadSpec>::Model>>::Column;

/// Field `N` of a spec is computed by the database.
pub trait ComputedField<const N: usize>: LoadSpec {
    /// The field's name.
    const NAME: &'static str;
    /// What is computed.
    type Expression: Expression + QueryId + Clone + Send + 'static;
    /// The type it is read as.
    type Read: 'static;
    /// The field's type.
    type Value: TryFrom<Self::Read, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + 'static;

    /// What is computed, given the parameters.
    fn expression(params: &Self::Params) -> Self::Expression;
}

/// Field `N` of a spec is a joined relation.
pub trait JoinField<const N: usize>: LoadSpec {
    /// The field's name.
    const NAME: &'static str;
    /// Where the field is among those of the spec.
    type Place: Place;
    /// The relation that is joined.
    type Relation: Relation + RelationOf<Self::Model>;
    /// The field's type.
    type Value: 'static;
    /// The same type, as what can hold a joined row: all that goes by this has no type where the field's does not fit, so
    /// that the compiler tells it once.
    type Held: JoinInto<<Self::Relation as Relation>::Child> + Into<Self::Value>;

    /// The parameters of the joined spec, given this one's.
    fn params(params: &Self::Params) -> <JoinedSpec<Self, N> as LoadSpec>::Params;
}

/// The spec that field `N` of the spec `S` joins.
pub type JoinedSpec<S, const N: usize> = <<S as JoinField<N>>::Held as JoinInto<
    <<S as JoinField<N>>::Relation as Relation>::Child,
>>::Spec;

/// Field `N` of a spec is a prefetched relation.
pub trait PrefetchField<const N: usize>: LoadSpec {
    /// The field's name.
    const NAME: &'static str;
    /// Where the field is among those of the spec.
    type Place: Place;
    /// The relation that is prefetched.
    type Relation: Relation + RelationOf<Self::Model>;
    /// The field's type.
    type Value: 'static;
    /// The same type, as what can hold prefetched rows: like [`JoinField::Held`].
    type Held: PrefetchInto<<Self::Relation as Relation>::Child> + Into<Self::Value>;
    /// Whether the field can be copied for another row with the same key.
    const COPIES: bool;
    /// The query for the children, as the field declares it.
    type Children;

    /// How the field is copied, where it can be.
    fn copy() -> Option<fn(&PrefetchedCopy<Self, N>) -> PrefetchedCopy<Self, N>>;

    /// The query for the children, given the parameters.
    fn children(params: &Self::Params) -> Self::Children;
}

/// The spec that field `N` of the spec `S` prefetches.
pub type PrefetchedSpec<S, const N: usize> = <<S as PrefetchField<N>>::Held as PrefetchInto<
    <<S as PrefetchField<N>>::Relation as Relation>::Child,
>>::Spec;

/// What is cloned where field `N` of the spec `S` is copied.
pub type PrefetchedCopy<S, const N: usize> = <<S as PrefetchField<N>>::Held as PrefetchInto<
    <<S as PrefetchField<N>>::Relation as Relation>::Child,
>>::Copied;

/// The rows that one parent gets from the prefetch in field `N` of the spec `S`.
pub(crate) type Group<S, const N: usize> = <<S as PrefetchField<N>>::Held as PrefetchInto<
    <<S as PrefetchField<N>>::Relation as Relation>::Child,
>>::Group;

/// A load spec that takes no parameters.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has parameters, which are not given here",
    label = "this spec takes parameters",
    note = "give them where the field is declared: `#[load(prefetch, params(..))]`, and in `load!`: `prefetch books: {Self} params(..)`"
)]
pub trait WithoutParams {
    /// The parameters.
    type Params;

    /// No parameters.
    fn no_params() -> Self::Params;
}

#[diagnostic::do_not_recommend]
impl<S: LoadSpec<Params: Nothing>> WithoutParams for S {
    type Params = S::Params;

    fn no_params() -> S::Params {
        Nothing::nothing()
    }
}

/// A load spec whose query is given nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has parameters, which are not given here",
    label = "this spec takes parameters",
    note = "ask the query, which is given them: `{Self}::query(..).check_indexes(conn)`"
)]
pub trait QueriedAlone: LoadSpec {
    /// The query.
    fn query_alone() -> Query<Self>;
}

#[diagnostic::do_not_recommend]
impl<S: LoadSpec<Params: Nothing>> QueriedAlone for S {
    #[track_caller]
    fn query_alone() -> Query<S> {
        query(Nothing::nothing())
    }
}

/// No parameters, of one spec or of a pair.
pub trait Nothing {
    /// None.
    fn nothing() -> Self;
}

impl Nothing for () {
    fn nothing() {}
}

impl<A: Nothing, B: Nothing> Nothing for (A, B) {
    fn nothing() -> Self {
        (A::nothing(), B::nothing())
    }
}

/// A relation that the model `M` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relation of `{M}`",
    label = "not a relation of `{M}`",
    note = "the relations of a model are in the module beside it, and begin at that model"
)]
pub trait RelationOf<M> {}

#[diagnostic::do_not_recommend]
impl<R: Relation> RelationOf<R::Parent> for R {}
