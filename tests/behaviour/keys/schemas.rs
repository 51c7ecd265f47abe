//! Tables with a schema before their name, and models of one name.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::support::{database, sorted};

/// Two modules that hold models of one name, on tables of one name.
mod first {
    use super::*;

    diesel::table! { things (id) { id -> Integer, name -> Text } }

    #[derive(Model)]
    #[diesel(table_name = things)]
    pub(crate) struct Thing {
        id: i32,
        name: String,
    }
}

mod second {
    use super::*;

    diesel::table! { other.things (id) { id -> Integer, name -> Text, first_id -> Nullable<Integer> } }
    diesel::table! { other.pairs (id) { id -> Integer, one -> Integer, two -> Integer } }

    #[derive(Model)]
    #[diesel(table_name = things)]
    #[model(
        belongs_to(first: first::Thing),
        belongs_to(same: Thing, foreign_key = first_id),
        has_many(things: Thing, foreign_key = things::first_id),
        many_to_many(paired: first::Thing, through = pairs, foreign_key = one, target_key = two),
        many_to_many(partners: Thing, through = pairs, foreign_key = one, target_key = two),
    )]
    pub(crate) struct Thing {
        id: i32,
        name: String,
        first_id: Option<i32>,
    }
}

#[derive(LoadSpec, Clone, Debug)]
#[load(first::Thing)]
struct FirstThing {
    name: String,
}

#[derive(LoadSpec, Clone, Debug)]
#[load(second::Thing)]
struct SecondThing {
    name: String,
}

#[derive(LoadSpec, Debug)]
#[load(second::Thing)]
struct Everything {
    name: String,
    #[load(join)]
    first: Option<FirstThing>,
    #[load(join)]
    same: Option<SecondThing>,
    #[load(prefetch)]
    things: Vec<SecondThing>,
    #[load(prefetch = first)]
    again: Option<FirstThing>,
    #[load(prefetch = second::thing::paired)]
    paired: Vec<FirstThing>,
    #[load(prefetch)]
    partners: Vec<SecondThing>,
    #[load(annotate = things.count())]
    count: i64,
    #[load(annotate = partners.count())]
    partner_count: i64,
}

#[test]
fn models_and_tables_of_one_name_in_two_modules_and_two_schemas() {
    let conn = &mut database("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
    conn.batch_execute(
        "ATTACH ':memory:' AS other;
         CREATE TABLE other.things (id INTEGER PRIMARY KEY, name TEXT NOT NULL, first_id INTEGER);
         CREATE TABLE other.pairs (id INTEGER PRIMARY KEY, one INTEGER NOT NULL, two INTEGER NOT NULL);
         INSERT INTO things VALUES (1, 'main 1'), (2, 'main 2');
         INSERT INTO other.things VALUES (1, 'other 1', NULL), (2, 'other 2', 1), (3, 'other 3', 1);
         INSERT INTO other.pairs VALUES (1, 1, 2), (2, 1, 1), (3, 3, 2);",
    )
    .unwrap();
    let query = Everything::query()
        .filter(second::things::name.like("other%"))
        .order((Everything::first.field(first::things::name), second::things::id));
    let rows = query.load(conn).unwrap();
    assert_eq!(
        rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
        ["other 1", "other 2", "other 3"]
    );
    let (one, two, three) = (&rows[0], &rows[1], &rows[2]);
    assert!(one.first.is_none() && one.same.is_none() && one.again.is_none());
    for row in [two, three] {
        assert_eq!(row.first.as_ref().unwrap().name, "main 1");
        assert_eq!(row.again.as_ref().unwrap().name, "main 1");
        assert_eq!(row.same.as_ref().unwrap().name, "other 1");
    }
    assert_eq!(sorted(one.things.iter().map(|thing| &thing.name)), ["other 2", "other 3"]);
    assert_eq!(sorted(one.paired.iter().map(|thing| &thing.name)), ["main 1", "main 2"]);
    assert_eq!(sorted(one.partners.iter().map(|thing| &thing.name)), ["other 1", "other 2"]);
    assert_eq!(
        (one.count, one.partner_count, two.partner_count, three.partner_count),
        (2, 2, 0, 1)
    );
}
