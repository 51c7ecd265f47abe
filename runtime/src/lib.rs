//! Eager loading for [Diesel](diesel), checked by the compiler.
//!
//! A *model* is a struct on one table that also declares its relations: [`#[derive(Model)]`](derive@Model). A *load
//! spec* is a struct that says what to load from a model: [`#[derive(LoadSpec)]`](derive@LoadSpec). Its `query()` is a
//! Diesel query, which loads the spec with everything in it, in a number of queries that is known at compile time. A
//! relation that the spec does not name is no field of it: reading it does not compile.
//!
//! [`load!`] writes a spec where it is needed:
//! `load!(Author { name, prefetch books { title } }).load(conn)`.
//!
//! | in a spec | loads | queries |
//! | --- | --- | --- |
//! | a plain field | a column | none of its own |
//! | `#[load(join)]` | a row that a `belongs_to` or `has_one` leads to | none of its own |
//! | `#[load(prefetch)]` | the rows that any relation leads to | one, and those of the spec it holds |
//! | `#[load(prefetch, filter = .., order_by = .., limit = 5)]` | some of them, in an order; the limit is for each parent | the same |
//! | `#[load(prefetch, optional)]` | the rows that the relation leads to, if the query asks for them | the same, where it asks |
//! | `#[load(annotate = books.count())]` | what the database computes, any Diesel expression | none of its own |
//!
//! What runs can be seen: [`QueryLog`] keeps queries, [`assert_num_queries!`] counts them in tests, and a [`Scope`] finds
//! N+1 in what a request or a test runs, also in plain Diesel.
//!
//! Where to go on: the two derives and [`load!`] say all that can be written; [`columns!`] is for the columns of Diesel's own
//! queries; [`Query`] has how to write functions that are generic
//! over the connection, [`BoxedQuery`] those that return a query; [`JoinedRelation`] filters and orders by what is
//! joined; [`Loads`] asks for any spec that loads a column or relation, and `author::Loaded` reads it; [`Requested`] holds
//! what only some queries load; [`Load::plan`] and [`Load::explain`] show what a load will run, and
//! [`LoadSpec::check_indexes`] tests that it finds its rows by indexes.
//!
//! # Features
//!
//! * `sqlite` (on by default), `postgres`, `mysql`: load specs run on Diesel's connections to these databases, and on
//!   pools of them. `mysql` is for MySQL 8 and for MariaDB 10.6 or later; only MariaDB is tested. A program can have
//!   connections to several of them in one enum: [`MultiConnection`](derive@MultiConnection).
//! * `async`: they run on the connections of [diesel-async](https://docs.rs/diesel-async) to the databases that are
//!   enabled, with Rust 1.92 or later. `deadpool`, `bb8`, `mobc`: and on connections from these pools. See
//!   `AsyncLoadConnection`.
//! * `backtrace` (on by default): logs and scopes know where in the program a query runs that is no spec's.
//! * `chrono`, `time`, `uuid`: columns of dates, times and uuids can be keys.
//! * `tracing`: each load is a span and, after `trace_queries`, each query of a watched connection an event of
//!   [tracing](https://docs.rs/tracing). See there.
//! * `serde`: [`Requested`] is serialized, for specs that derive `serde::Serialize`.
//! * `unused-loads`: the compiler warns of fields that are loaded and never read, for checks. See below.
//!
//! # Fields that are loaded and never read
//!
//! `cargo check --all-targets --features upfront/unused-loads` has the compiler warn of each column, join, prefetch and annotation
//! that is in a spec, or in the rows of [`load!`] or [`columns!`], and that the program never reads. It is rustc's own lint
//! `dead_code`; without the feature, what the derives and macros make reads all fields. Nothing else is changed by it.
//!
//! As with any struct, neither `Debug` nor `Clone` is reading, while a derived `PartialEq` or `Serialize` reads all fields. To
//! compare the rows of a [`load!`] without a name, which are `PartialEq` by themselves, is not reading. What only unit tests
//! read is told, as the program does not read it.
//!
//! * What is read only through [`Loads`] or `author::Loaded`, or by `load_onto` as a key, is told too: the compiler does not look
//!   that far. `#[allow(dead_code)]` on the field says that it is read, and so it does before an entry of [`load!`]:
//!   `load!(Author { #[allow(dead_code)] id, name })`.
//! * `pub` fields of `pub` specs are not told in a library: other crates may read them.
//! * Models are not told of: they say what their tables have, and load nothing by themselves.

// Expanded code names this crate from outside, and so do the examples in its documentation and its own tests.
#[allow(unused_extern_crates)]
extern crate self as upfront;

mod alias;
#[cfg(feature = "async")]
mod asynchronous;
mod cells;
mod chain;
mod check;
mod checked;
mod computes;
mod copy;
mod dialect;
mod error;
mod field;
mod gathered;
mod group;
mod hint;
mod joined;
mod key;
mod keys;
mod layout;
mod load_macro;
mod load_onto;
mod model;
#[cfg(any(feature = "chrono", feature = "time"))]
mod moment;
mod names;
mod path;
mod pending;
mod plan;
mod query;
mod relation;
mod requested;
mod row;
mod row_key;
mod run;
mod shape;
mod snapshot;
mod source;
mod spec;
mod subquery;
mod text;
mod through;
mod unread;
mod watch;

#[cfg(feature = "async")]
pub use asynchronous::{AsyncChunks, AsyncLoadConnection, AsyncRelationDsl};
pub use dialect::Dialect;
pub use error::{FieldError, MissingRow, SharedRows, TooManyRows, UnknownKey};
pub use joined::{JoinedColumn, JoinedRelation, PrefetchedRelation};
pub use key::{KeyForm, KeyPart, SqlKey};
pub use load_onto::{AsKey, CarriesKey};
pub use model::Model;
pub use plan::{MissingIndex, MissingIndexes, PlannedQuery, QueryPlan, WantedBy};
pub use query::{BoxedQuery, ChildrenOf, Chunks, Load, Query};
pub use relation::Relation;
pub use requested::Requested;
pub use spec::{LoadSpec, Loads, RowOf};
pub use subquery::{Aggregate, Exists, Filtered, Ordinal, RelationDsl, WithDefault};
/// What [`load!`] and [`columns!`] call: messages name it, and so it stands where the macros do.
#[doc(hidden)]
pub use upfront_macros::{__columns, __load};
pub use upfront_macros::{LoadSpec, Model, MultiConnection};
pub use watch::{
    CallSite, InScope, LogOptions, LoggedQuery, NPlusOne, NumQueries, OwnInstrumentation, Policy,
    QueryLog, Report, Scope, Watchable, Watching, watch, watch_new_connections, watch_with,
};
#[cfg(feature = "tracing")]
pub use watch::{TraceOptions, trace_queries};

/// What expanded code names, and nothing else does. It can change in any release.
#[doc(hidden)]
pub mod __private {
    pub use crate::watch::{Counted, Expected};

    /// One module further in than the compiler looks for the name of an item that only hidden modules export: its
    /// messages call these by where they are written, such as `upfront::spec::JoinField`.
    pub mod expanded {
        pub use crate::Requested;
        pub use crate::chain::Follows;
        pub use crate::checked::{Checked, Is};
        pub use crate::computes::{Computes, Given, GivenValue, ReadAs};
        pub use crate::copy::{CannotCopy, Copies};
        pub use crate::dialect::{Dialect, NamedTable, SeveralBackends, Sql, TableName};
        pub use crate::field::{
            Broken, Computed, Fields, Join, JoinInto, OptionalPrefetch, Pair, Prefetch,
            PrefetchInto, Value,
        };
        pub use crate::hint::{
            ColumnHint, HintOf, Hints, RelationHint, hint_of, names_of, row, row_of,
            value_for_editors,
        };
        pub use crate::joined::{
            JoinedField, JoinedRelation, OptionalField, PrefetchedField, PrefetchedRelation,
        };
        pub use crate::key::{HasKey, KeyColumns, SqlKey};
        pub use crate::model::{ColumnAt, ColumnIn, Model, Names, RelationAt};
        pub use crate::query::{
            And, At, By, DeclaredChildren, DistinctChildren, Here, Limited, NoFilter, NoOrder,
            Query, Then, Unlimited, declare, query,
        };
        pub use crate::relation::{Many, One, ReferredBy, Relation, ToMany, ToOne};
        pub use crate::shape::{CloneIf, DebugIf, EqIf, show};
        pub use crate::spec::{
            ColumnPlace, ComputedField, Holds, JoinField, JoinedSpec, LoadSpec, Loads, LoadsAt,
            MemberOf, OfTable, PrefetchField, PrefetchedCopy, PrefetchedSpec, RelationPlace, RowOf,
            ValueField, WithoutParams,
        };
        pub use crate::subquery::{Counted, Filtered, RelationDsl, dsl, filtered, unchecked};
        pub use crate::through::{By as ByTable, Direct, Junction};
        pub use crate::unread::FieldRefs;
        pub use diesel::backend::Backend;
        pub use diesel::deserialize::{FromStaticSqlRow, Queryable, Result as ReadResult};
        pub use diesel::query_builder::AstPass;
        pub use diesel::query_dsl::methods::{DistinctDsl, FilterDsl, SelectDsl};
        pub use diesel::serialize::ToSql;
        pub use diesel::sql_types::HasSqlType;
        pub use diesel::{
            BoolExpressionMethods, Connection, ExpressionMethods, IntoSql,
            NullableExpressionMethods, QueryDsl, QueryResult, Selectable, SelectableHelper, Table,
            TextExpressionMethods,
        };
        pub use std::string::String;
        pub use upfront_macros::{__columns, __load, __load_spec};

        /// The places of what names stand for.
        pub mod names {
            pub use crate::names::*;
        }

        /// What is asked of types.
        pub mod check {
            pub use crate::check::*;
        }

        /// What is asked of types once.
        pub mod checked {
            pub use crate::checked::*;
        }

        /// The SQL type of an expression.
        pub type SqlTypeOf<E> = <E as diesel::Expression>::SqlType;
    }
}

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
