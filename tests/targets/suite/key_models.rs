//! Parents, their children, and links from parent to parent, with keys of one type.

use chrono::{NaiveDate, NaiveDateTime};
use targets::models::keys::{Choice, CodeValue, Number};
use upfront::Model;

macro_rules! keys_of {
    ($($module:ident: $sql:ty, $rust:ty, declared $declared:literal;)*) => {$(
        pub(crate) mod $module {
            use super::*;

            /// What the keys are read as.
            #[allow(dead_code)]
            pub(crate) type Key = $rust;

            diesel::table! { parents (id) { id -> $sql, label -> Integer } }
            diesel::table! { children (label) { label -> Integer, parent_id -> Nullable<$sql> } }
            diesel::table! { links (label) { label -> Integer, from_id -> $sql, to_id -> $sql } }
            diesel::allow_tables_to_appear_in_same_query!(parents, children, links);

            #[allow(dead_code)]
            #[derive(Model)]
            #[diesel(table_name = parents)]
            #[model(
                has_many(children: Child),
                many_to_many(next: Parent, through = links, foreign_key = links::from_id, target_key = links::to_id),
            )]
            pub(crate) struct Parent {
                pub(crate) id: $rust,
                pub(crate) label: i32,
            }

            #[allow(dead_code)]
            #[derive(Model)]
            #[diesel(table_name = children, primary_key(label))]
            #[model(belongs_to(parent: Parent))]
            pub(crate) struct Child {
                pub(crate) label: i32,
                pub(crate) parent_id: Option<$rust>,
            }

            pub(crate) const SCHEMA: &str = concat!(
                "CREATE TABLE parents (id ", $declared, " NOT NULL PRIMARY KEY, label INTEGER NOT NULL);
                 CREATE TABLE children (label INTEGER PRIMARY KEY, parent_id ", $declared, ");
                 CREATE TABLE links (label INTEGER PRIMARY KEY, from_id ", $declared, " NOT NULL, to_id ", $declared, " NOT NULL);"
            );
        }
    )*};
}

keys_of! {
    small: SmallInt, i16, declared "SMALLINT";
    integer: Integer, i32, declared "INTEGER";
    big: BigInt, i64, declared "BIGINT";
    boolean: Bool, bool, declared "BOOLEAN";
    text: Text, String, declared "{text}";
    binary: Binary, Vec<u8>, declared "{bytes}";
    date: Date, NaiveDate, declared "DATE";
    moment: Timestamp, NaiveDateTime, declared "{timestamp}";
    newtype: BigInt, Number, declared "BIGINT";
    choice: Text, Choice, declared "{text}";
    own: targets::models::keys::Code, CodeValue, declared "INTEGER";
    same: Text, String, declared "{nocase}";
}
