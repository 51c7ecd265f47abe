//! What `#[derive(Model)]` says of a struct: its table, its key, its columns and relations by name.

use crate::dialect::NamedTable;
use crate::key::KeyColumns;
use crate::spec::{ColumnPlace, OfTable};

/// A struct on one table that also declares its relations. Derived with [`#[derive(Model)]`](derive@crate::Model).
///
/// ```
/// use upfront::Model;
///
/// diesel::table! { tags (id) { id -> Integer, name -> Text } }
///
/// #[derive(Model)]
/// #[diesel(table_name = tags)]
/// pub struct Tag {
///     pub id: i32,
///     pub name: String,
/// }
///
/// assert_eq!(<Tag as Model>::TABLE, "tags");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "not a model",
    note = "add `#[derive(Model)]` to `{Self}`"
)]
pub trait Model: Sized + 'static {
    /// Diesel's type for the table.
    type Table: diesel::Table + NamedTable + Default;
    /// The columns of the primary key, as a tuple.
    type PrimaryKey: KeyColumns;
    /// The model itself. The expansion of a relation names the child by it, so that a child that is no model is reported
    /// once: the compiler tells a failed projection alike wherever it stands.
    #[doc(hidden)]
    type Itself: Model;
    /// The table's name in Rust. It begins the aliases of everything that is joined to it.
    const TABLE: &'static str;
    /// The names in Rust of the model, its fields, their columns, and its relations, in the order of their places.
    #[doc(hidden)]
    const NAMES: Names;
}

/// What the names of a model and its members are.
pub struct Names {
    /// The struct's.
    pub model: &'static str,
    /// Those of its fields.
    pub fields: &'static [&'static str],
    /// Those of the columns that the fields hold, as `table!` declares them.
    pub columns: &'static [&'static str],
    /// Those of its relations.
    pub relations: &'static [&'static str],
}

/// The `N`th column of a model: how a spec that knows only the model's path reaches its columns.
pub trait ColumnAt<const N: usize>: Model {
    /// The column, as `table!` declares it.
    type Column: diesel::Column;
    /// The type that the model's field is read as: its own, unless it says `deserialize_as`.
    type Read;
    /// The type of the model's field.
    type Value;
}

/// The place of a column in the model `M`.
pub trait ColumnIn<M> {
    /// The column, as `table!` declares it.
    type Column: diesel::Column + 'static;
    /// The type that the model's field is read as.
    type Read;
    /// The type of the model's field.
    type Value;
}

#[diagnostic::do_not_recommend]
impl<M: ColumnAt<N, Column: 'static>, const N: usize> ColumnIn<M> for ColumnPlace<N> {
    type Column = M::Column;
    type Read = M::Read;
    type Value = M::Value;
}

/// The `N`th relation of a model: how a spec that knows only the model's path reaches its relations.
pub trait RelationAt<const N: usize>: Model {
    /// The relation, as the module beside the model holds it.
    type Relation: crate::Relation<Parent = Self> + OfTable;
}
