//! What nearly every module names: Diesel's traits, with those of the target in place of `RunQueryDsl`.

pub(crate) use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl,
    QueryResult,
};
pub(crate) use upfront::{LoadSpec, RelationDsl};

pub(crate) use super::support::{Queries, cause, database, run, sorted};
pub(crate) use crate::target::{Backend, Connection, DATABASE, RunQueryDsl, Runtime};
