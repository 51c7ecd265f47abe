//! Eager loading for Diesel, checked by the compiler.

// Expanded code names this crate from outside, and so do the examples in its documentation and its own tests.
#[allow(unused_extern_crates)]
extern crate self as upfront;

mod aggregate;
mod check;
mod copy;
mod dialect;
mod error;
mod field;
mod group;
mod joined;
mod key;
mod keys_in;
mod layout;
mod model;
mod path;
mod query;
mod relation;
mod row;
mod source;
mod spec;

pub use dialect::Dialect;
pub use error::{FieldError, MissingRow, SharedRows, TooManyRows, UnknownKey};
pub use joined::{JoinedColumn, JoinedRelation};
pub use key::{KeyPart, SqlKey};
pub use model::Model;
pub use query::{BoxedQuery, Load, Query};
pub use relation::Relation;
pub use spec::{LoadSpec, Loads};
pub use upfront_macros::{LoadSpec, Model};

/// What expanded code names, and nothing else does. It can change in any release.
#[doc(hidden)]
pub mod __private {
    pub use crate::aggregate::{Count, Exists};
    pub use crate::copy::{CannotCopy, Copies};
    pub use crate::field::{Broken, Fields, Join, Prefetch, Source, Value};
    pub use crate::joined::{JoinedField, JoinedRelation};
    pub use crate::key::KeyColumns;
    pub use crate::model::{ColumnAt, Model, RelationAt};
    pub use crate::query::{Query, query};
    pub use crate::relation::{Direct, ReferredBy, Relation, Through};
    pub use crate::spec::{Copier, Group, JoinField, LoadSpec, Loads, PrefetchField, ValueField};
    pub use diesel::QueryResult;
    pub use diesel::backend::Backend;
    pub use diesel::query_builder::{AstPass, QueryFragment};
    pub use upfront_macros::__load_spec;

    /// What is asked of types.
    pub mod check {
        pub use crate::check::*;
    }

    /// The SQL type of a column or an aggregate.
    pub type SqlTypeOf<S> = <S as Source>::SqlType;
}
