//! Types in which the compiler finds a mistake once: where the check of one is an error, the type is an error that has
//! been told, and the compiler says no more of it, wherever it is used.

use std::marker::PhantomData;

use diesel::Expression;

use crate::Model;
use crate::computes::RustType;
use crate::field::{JoinInto, PrefetchInto};
use crate::names::the_names;
use crate::text::Text;

/// The type `T`, which was checked.
pub struct Checked<T, const OK: bool>(PhantomData<T>);

/// What was checked.
pub trait Is {
    /// The type itself.
    type Itself;
}

impl<T> Is for Checked<T, true> {
    type Itself = T;
}

/// A type that is a model.
pub const fn model<M: Model>() -> bool {
    true
}

/// A type that a join of rows of `M` is read into.
pub const fn joins<T: JoinInto<M>, M>() -> bool {
    true
}

/// A type that a prefetch of rows of `M` is read into.
pub const fn prefetches<T: PrefetchInto<M>, M>() -> bool {
    true
}

/// An expression of which the type is known that it is read as.
pub const fn computes<E: Expression<SqlType: RustType>>() -> bool {
    true
}

/// Panics where a relation does not lead to the model that is named for it.
#[track_caller]
pub const fn leads_to<Child: Model, Named: Model>(relation: &str, same: bool) -> bool {
    if !same {
        panic!("{}", other_model::<Child, Named>(relation).get());
    }
    true
}

/// Panics where a relation is one of another model.
#[track_caller]
pub const fn comes_from<Parent: Model, M: Model>(relation: &str, same: bool) -> bool {
    if !same {
        panic!("{}", other_parent::<Parent, M>(relation).get());
    }
    true
}

const fn other_parent<Parent: Model, M: Model>(relation: &str) -> Text {
    let model = M::NAMES.model;
    let text = Text::quoted(relation).add(" is a relation of ").quote(Parent::NAMES.model);
    the_names(text.add(", not of ").quote(model), "relation", model, M::NAMES.relations)
}

const fn other_model<Child: Model, Named: Model>(relation: &str) -> Text {
    let child = Child::NAMES.model;
    Text::quoted(relation)
        .add(" leads to ")
        .quote(child)
        .add(", not to ")
        .quote(Named::NAMES.model)
        .add("\nhelp: write `")
        .add(relation)
        .add(": ")
        .add(child)
        .add(" { .. }`, or leave the model out")
}
