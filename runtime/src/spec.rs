//! Load specs: what `#[derive(LoadSpec)]` says of a struct.
//!
//! The derive fills in one small trait for each field; everything that is done with them is in [`crate::field`].

use crate::field::{Fields, JoinInto, PrefetchInto, Source};
use crate::layout::Layout;
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
    /// One type for each field, in the order of the struct.
    #[doc(hidden)]
    type Fields: Fields;
    /// The struct's name, for messages.
    const NAME: &'static str;
    /// How many queries a load runs: one, and one for each prefetch at any depth. A prefetch whose parents have no
    /// keys is not run.
    const QUERIES: usize;

    /// The columns of the model's table that are selected, and where they are in a row.
    #[doc(hidden)]
    const LAYOUT: Layout = Layout::of(&<Self::Fields as Fields>::WANTED);

    /// Puts the struct together from the values of its fields.
    #[doc(hidden)]
    fn build(values: <Self::Fields as Fields>::Value) -> Self;
}

/// A spec that loads the whole of the relation `R`, so that a function can ask for what it reads and be called with
/// any spec that has it.
///
/// ```
/// # include!("doctest_setup.rs");
/// use upfront::Loads;
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct Title { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     #[load(prefetch)]
///     books: Vec<Title>,
/// }
///
/// fn count<B>(author: &impl Loads<author::books, Value = Vec<B>>) -> usize {
///     author.loaded().len()
/// }
///
/// # fn main() {
/// let shelf = Shelf { books: vec![Title { title: "Emma".into() }] };
/// assert_eq!(count(&shelf), 1);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not load the whole relation `{R}`",
    label = "this spec does not load `{R}`",
    note = "a spec holds exactly what it declares: add a field with `#[load(prefetch)]`, or for a to-one `#[load(join)]`"
)]
pub trait Loads<R> {
    /// The type of the field that holds the relation.
    type Value;

    /// The loaded value.
    fn loaded(&self) -> &Self::Value;
}

/// Field `N` of a spec is one value of the row: a column, or what the database computes.
pub trait ValueField<const N: usize>: LoadSpec {
    /// The column or the aggregate.
    type Source: Source;
    /// The type it is read as: the field's own, unless the field says `deserialize_as`.
    type Read: 'static;
    /// The field's type.
    type Value: TryFrom<Self::Read, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + 'static;
}

/// Field `N` of a spec is a joined relation.
pub trait JoinField<const N: usize>: LoadSpec {
    /// The field's name.
    const NAME: &'static str;
    /// The relation that is joined.
    type Relation: Relation + RelationOf<Self::Model>;
    /// The field's type.
    type Value: JoinInto<<Self::Relation as Relation>::Child>;
}

/// Field `N` of a spec is a prefetched relation.
pub trait PrefetchField<const N: usize>: LoadSpec {
    /// The relation that is prefetched.
    type Relation: Relation + RelationOf<Self::Model>;
    /// The field's type.
    type Value: PrefetchInto<<Self::Relation as Relation>::Child>;
    /// How the field is copied for another row with the same key, where it can be.
    const COPY: Option<fn(&Self::Value) -> Self::Value>;
}

/// The rows that one parent gets from the prefetch in field `N` of the spec `S`.
pub(crate) type Group<S, const N: usize> = <<S as PrefetchField<N>>::Value as PrefetchInto<
    <<S as PrefetchField<N>>::Relation as Relation>::Child,
>>::Group;

/// A relation that the model `M` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relation of `{M}`",
    label = "not a relation of `{M}`",
    note = "the relations of a model are in the module beside it, and begin at that model"
)]
pub trait RelationOf<M> {}

#[diagnostic::do_not_recommend]
impl<R: Relation> RelationOf<R::Parent> for R {}
