//! Which column a field reads, and as what.

use std::collections::HashMap;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::{Sqlite, SqliteValue};
use upfront::{LoadSpec, Model};

use crate::support::database;

diesel::table! { songs (id) { id -> Integer, name -> Text, title -> Text, r#type -> Text } }

#[derive(Model)]
#[diesel(table_name = songs)]
pub(crate) struct Song {
    id: i32,
    #[diesel(column_name = "name")]
    file: String,
    title: String,
    #[diesel(column_name = "type")]
    kind: String,
}

fn songs() -> SqliteConnection {
    database(
        "CREATE TABLE songs (id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL);
         INSERT INTO songs VALUES (1, 'the name', 'the title', 'length: 3');",
    )
}

#[test]
fn names_of_columns_may_stand_in_quotes() {
    #[derive(LoadSpec)]
    #[load(Song)]
    struct Quoted {
        file: String,
        // The field has the name of another column.
        #[diesel(column_name = "title")]
        name: String,
        #[diesel(column_name = "type")]
        class: String,
    }

    let song = Quoted::query().first(&mut songs()).unwrap();
    assert_eq!(song.file, "the name");
    assert_eq!(song.name, "the title");
    assert_eq!(song.class, "length: 3");
}

#[derive(Model)]
#[diesel(table_name = songs)]
pub(crate) struct Crossed {
    id: i32,
    #[diesel(column_name = title)]
    name: String,
    #[diesel(column_name = name)]
    title: String,
}

#[test]
fn a_name_is_the_fields_and_an_attribute_names_the_column() {
    #[derive(LoadSpec)]
    #[load(Crossed)]
    struct Both {
        name: String,
        title: String,
        #[diesel(column_name = name)]
        name_column: String,
        #[diesel(column_name = title)]
        title_column: String,
    }

    let song = Both::query().first(&mut songs()).unwrap();
    assert_eq!((song.name.as_str(), song.title.as_str()), ("the title", "the name"));
    assert_eq!(song.name_column, "the name");
    assert_eq!(song.title_column, "the title");
}

/// Read from `key: value`.
#[derive(Debug, PartialEq, FromSqlRow)]
struct Pair<K, V>(K, V);

impl FromSql<Text, Sqlite> for Pair<String, i32> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        let (key, number) = text.split_once(": ").ok_or("no pair")?;
        Ok(Self(key.to_owned(), number.parse()?))
    }
}

impl From<Pair<String, i32>> for HashMap<String, i32> {
    fn from(Pair(key, number): Pair<String, i32>) -> Self {
        Self::from([(key, number)])
    }
}

#[test]
fn a_column_is_read_by_way_of_a_type_with_several_parameters() {
    #[derive(LoadSpec)]
    #[load(Song)]
    struct Length {
        #[diesel(deserialize_as = Pair<String, i32>, column_name = kind)]
        length: HashMap<String, i32>,
    }

    let song = Length::query().first(&mut songs()).unwrap();
    assert_eq!(song.length, HashMap::from([("length".to_owned(), 3)]));
}
