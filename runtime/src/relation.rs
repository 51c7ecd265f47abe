//! Relations: the edges between models, as types.

use crate::field::PrefetchInto;
use crate::key::KeyColumns;
use crate::through::Through;
use crate::{LoadSpec, Model};

/// A named edge from one model to another: `belongs_to`, `has_one`, `has_many` or `many_to_many`.
///
/// [`#[derive(Model)]`](derive@Model) makes a unit struct for each relation, in a module named after the model:
/// `author::books` is the relation `books` of `Author`, as a type for bounds such as
/// [`Loads<author::books>`](crate::Loads) and for fields that are not named like their relation.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use upfront::Relation;
///
/// assert_eq!(<author::books as Relation>::NAME, "books");
/// assert_eq!(<book::author as Relation>::NAME, "author");
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relation",
    label = "not a relation",
    note = "relations are declared on the model: `#[model(has_many(books: Book))]` declares `author::books`"
)]
pub trait Relation: Copy + Default + Send + 'static {
    /// The model that declares the relation.
    type Parent: Model;
    /// The model it leads to.
    type Child: Model;
    /// Its name.
    const NAME: &'static str;
    /// How many rows it leads to.
    #[doc(hidden)]
    type Leads: Cardinality;
    /// Whether it leads to any number of rows (`has_many`, `many_to_many`) or to one at the most.
    const MANY: bool = <Self::Leads as Cardinality>::MANY;
    /// What holds the rows of one parent where a field does not say.
    #[doc(hidden)]
    type Rows: Holding;
    /// Whether every parent has a row there: a `belongs_to` whose key is `NOT NULL`.
    const REQUIRED: bool = <Self::Rows as Holding>::REQUIRED;
    /// Whether one child may belong to several parents.
    const SHARED: bool;
    /// Whether several parents may have one key, and so the same children.
    const KEY_SHARED: bool;
    /// The columns of the parent's table that the relation starts from.
    type Key: KeyColumns;
    /// The columns that hold the same values on the other side: of the child's table, or of the through table. Of a
    /// chain of relations they are those of its first.
    type MatchedBy: KeyColumns;
    /// What stands between the two tables.
    type Through: Through;
}

/// How many rows a relation leads to.
pub trait Cardinality: 'static {
    /// Whether it is any number.
    const MANY: bool;
    /// What holds the rows of one parent.
    type Rows<S: LoadSpec>: PrefetchInto<S::Model, Spec = S>;
}

/// One row at the most.
pub struct ToOne;

/// Any number of rows.
pub struct ToMany;

/// What holds the rows of one parent, where a field does not say.
pub trait Holding: 'static {
    /// Whether every parent has a row.
    const REQUIRED: bool;
    /// The type of a field that joins the spec `S`.
    type Joined<S: LoadSpec>: 'static;
    /// The type of a field that prefetches the spec `S`.
    type Prefetched<S: LoadSpec>: 'static;
}

/// Any number of rows: a `Vec`. A join of them is reported as such.
pub struct Many;

/// One row, or where none is required an `Option`.
pub struct One<const REQUIRED: bool>;

impl Holding for Many {
    const REQUIRED: bool = false;
    type Joined<S: LoadSpec> = S;
    type Prefetched<S: LoadSpec> = Vec<S>;
}

impl Holding for One<true> {
    const REQUIRED: bool = true;
    type Joined<S: LoadSpec> = S;
    type Prefetched<S: LoadSpec> = S;
}

impl Holding for One<false> {
    const REQUIRED: bool = false;
    type Joined<S: LoadSpec> = Option<S>;
    type Prefetched<S: LoadSpec> = Option<S>;
}

impl Cardinality for ToOne {
    const MANY: bool = false;
    type Rows<S: LoadSpec> = Option<S>;
}

impl Cardinality for ToMany {
    const MANY: bool = true;
    type Rows<S: LoadSpec> = Vec<S>;
}

/// The model `Child` declares one `belongs_to` that leads to this model: the key that its `has_one` and `has_many`
/// take when they name none.
#[diagnostic::on_unimplemented(
    message = "`{Child}` does not say by which key it belongs to `{Self}`",
    label = "the foreign key of this relation is not known",
    note = "declare one `belongs_to` of `{Self}` on `{Child}`, or name the key here: `foreign_key = table::column`"
)]
pub trait ReferredBy<Child> {
    /// The foreign key: columns of the child's table.
    type ForeignKey: KeyColumns;
    /// The columns of this model that it refers to.
    type References: KeyColumns;
}
