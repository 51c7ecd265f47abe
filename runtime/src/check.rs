//! What the derives ask the compiler about types that they only see the names of.
//!
//! Where the answer is a `bool`, the derive asserts it in a constant, with a message in the user's words.

use crate::field::{Fields, JoinInto, PrefetchInto};
use crate::key::SameKey;
use crate::spec::{JoinField, PrefetchField};
use crate::{LoadSpec, Relation};

type Child<R> = <R as Relation>::Child;

/// Both ends of a relation's key have the same SQL types.
pub const fn same_key<A: SameKey<B>, B>() {}

/// The path in `#[load(..)]` is a model.
pub const fn model<M: crate::Model>() {}

/// The type can be read from a value of the SQL type `ST`, on one of the backends that are enabled.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a value of the SQL type `{ST}`",
    label = "not a Rust type for `{ST}`",
    note = "give the field the type that the model has for this column, or read it with `#[diesel(deserialize_as = ..)]`"
)]
pub trait Reads<ST> {}

#[cfg(feature = "sqlite")]
#[diagnostic::do_not_recommend]
impl<T, ST> Reads<ST> for T where T: diesel::deserialize::FromSqlRow<ST, diesel::sqlite::Sqlite> {}

#[cfg(not(feature = "sqlite"))]
impl<T, ST> Reads<ST> for T {}

/// The field's type can be read from its column.
pub const fn reads<T: Reads<ST>, ST>() {}

/// Whether a joined relation leads to one row at the most.
pub const fn joins_one<S: JoinField<N>, const N: usize>() -> bool {
    !S::Relation::MANY
}

/// Whether a joined field can say that there is no row, where there may be none.
pub const fn join_can_be_missing<S: JoinField<N>, const N: usize>() -> bool {
    <S::Value as JoinInto<Child<S::Relation>>>::OPTIONAL || S::Relation::REQUIRED
}

/// Whether what a joined spec prefetches can be copied for the rows that share a joined row.
pub const fn join_can_be_shared<S: JoinField<N>, const N: usize>() -> bool {
    type Spec<S, const N: usize> =
        <<S as JoinField<N>>::Value as JoinInto<Child<<S as JoinField<N>>::Relation>>>::Spec;
    !S::Relation::SHARED || <<Spec<S, N> as LoadSpec>::Fields as Fields>::COPIES
}

/// Whether a prefetched field holds many rows exactly where the relation leads to many.
pub const fn prefetches_as_many<S: PrefetchField<N>, const N: usize>() -> bool {
    <S::Value as PrefetchInto<Child<S::Relation>>>::MANY == S::Relation::MANY
}

/// Whether a prefetched field can say that there is no row, where there may be none.
pub const fn prefetch_can_be_missing<S: PrefetchField<N>, const N: usize>() -> bool {
    <S::Value as PrefetchInto<Child<S::Relation>>>::OPTIONAL || S::Relation::REQUIRED
}

/// Whether the rows of a prefetch can be copied where several parents share them.
pub const fn prefetch_can_be_shared<S: PrefetchField<N>, const N: usize>() -> bool {
    type Spec<S, const N: usize> = <<S as PrefetchField<N>>::Value as PrefetchInto<
        Child<<S as PrefetchField<N>>::Relation>,
    >>::Spec;
    if !S::Relation::SHARED {
        return true;
    }
    if S::Relation::MANY {
        // Each pair of a many-to-many has a row of its own; what is prefetched below it is shared.
        <<Spec<S, N> as LoadSpec>::Fields as Fields>::COPIES
    } else {
        S::COPY.is_some()
    }
}
