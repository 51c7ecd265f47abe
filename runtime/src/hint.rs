//! What editors are shown of a model, so that they can complete the names in `load!`. No program uses it.

use std::marker::PhantomData;

use crate::Relation;

/// The names of a model, as fields.
pub trait Hints {
    /// The relations.
    type Relations;
    /// The queries for their rows.
    type Prefetches;
}

/// The column whose name this number stands for.
pub trait ColumnHint<const NAME: u64> {
    /// Its place.
    type Place;
}

/// The relation whose name this number stands for.
pub trait RelationHint<const NAME: u64> {
    /// The relation.
    type Relation;
}

/// The names of the model of a row.
pub fn names_of<M: Hints>(_: &M) -> (M::Relations, M::Prefetches) {
    unreachable!("editors call nothing")
}

/// A row of a model.
pub fn row<M>() -> &'static M {
    unreachable!("editors call nothing")
}

/// A row that a relation leads to.
pub fn row_of<R: Relation>(_: &R) -> &'static R::Child {
    unreachable!("editors call nothing")
}

/// The query for the rows of the relation `R`: the names of what refines it.
pub struct HintOf<R>(PhantomData<R>);

/// The same of a relation that is named by its path.
pub fn hint_of<R>(_: &R) -> HintOf<R> {
    unreachable!("editors call nothing")
}

#[allow(missing_docs, dead_code)]
impl<R> HintOf<R> {
    pub fn filter<T>(self, condition: T) -> Self {
        let _ = condition;
        self
    }

    pub fn or_filter<T>(self, condition: T) -> Self {
        let _ = condition;
        self
    }

    pub fn order_by<T>(self, expression: T) -> Self {
        let _ = expression;
        self
    }

    pub fn then_order_by<T>(self, expression: T) -> Self {
        let _ = expression;
        self
    }

    pub fn limit(self, limit: i64) -> Self {
        let _ = limit;
        self
    }

    pub fn offset(self, offset: i64) -> Self {
        let _ = offset;
        self
    }

    pub fn distinct(self) -> Self {
        self
    }
}

/// A value of which editors see how it is made.
pub fn value_for_editors(hints: impl FnOnce()) {
    drop(hints);
}
