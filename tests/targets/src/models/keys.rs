//! Types that keys are read as.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{BigInt, Text};
use upfront::{KeyPart, SqlKey};

/// A number that is not a number to the program.
#[derive(Debug, Clone, Copy, PartialEq, FromSqlRow, AsExpression)]
#[diesel(sql_type = BigInt)]
pub struct Number(pub i64);

impl<DB: Backend> FromSql<BigInt, DB> for Number
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(value).map(Self)
    }
}

impl<DB: Backend> ToSql<BigInt, DB> for Number
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

/// One of a few texts.
#[derive(Debug, Clone, Copy, PartialEq, FromSqlRow, AsExpression)]
#[diesel(sql_type = Text)]
pub enum Choice {
    Yes,
    No,
}

impl<DB: Backend> FromSql<Text, DB> for Choice
where
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        match String::from_sql(value)?.as_str() {
            "yes" => Ok(Self::Yes),
            "no" => Ok(Self::No),
            other => Err(format!("`{other}` is no choice").into()),
        }
    }
}

impl<DB: Backend> ToSql<Text, DB> for Choice
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
        .to_sql(out)
    }
}

/// A SQL type of the program's own, whose values can only be bound.
#[derive(Debug, Clone, Copy, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(sqlite_type(name = "Integer"))]
#[diesel(postgres_type(oid = 23, array_oid = 1007))]
#[diesel(mysql_type(name = "Long"))]
pub struct Code;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Code)]
pub struct CodeValue(pub i32);

impl SqlKey for Code {
    type NotNull = Self;
    type Value = CodeValue;
    type Stored = Self;
    type StoredValue = CodeValue;
}

impl KeyPart for CodeValue {}

impl<DB: Backend> FromSql<Code, DB> for CodeValue
where
    i32: FromSql<diesel::sql_types::Integer, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i32::from_sql(value).map(Self)
    }
}

impl<DB: Backend> ToSql<Code, DB> for CodeValue
where
    i32: ToSql<diesel::sql_types::Integer, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <i32 as ToSql<diesel::sql_types::Integer, DB>>::to_sql(&self.0, out)
    }
}
