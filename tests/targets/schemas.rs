//! Tables of two schemas.

use upfront::{Model, load};

use crate::suite::prelude::*;
use crate::target::run_batch;

tests![tables_of_two_schemas];

mod here {
    diesel::table! { things (id) { id -> Integer, name -> Text } }
}
mod there {
    diesel::table! { warehouse.things (id) { id -> Integer, name -> Text, thing_id -> Nullable<Integer> } }
    diesel::table! { warehouse.pairs (one, two) { one -> Integer, two -> Integer } }
    diesel::allow_tables_to_appear_in_same_query!(things, pairs);
}

#[allow(dead_code)]
#[derive(Model)]
#[diesel(table_name = here::things)]
#[model(has_one(twin: Thing, foreign_key = here::things::id), has_many(stored: Stored), many_to_many(paired: Stored, through = there::pairs, foreign_key = one, target_key = two))]
pub(crate) struct Thing {
    id: i32,
    name: String,
}

#[allow(dead_code)]
#[derive(Model)]
#[diesel(table_name = there::things)]
#[model(belongs_to(thing: Thing, foreign_key = thing_id), belongs_to(same: Stored, foreign_key = thing_id))]
pub(crate) struct Stored {
    id: i32,
    name: String,
    thing_id: Option<i32>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Thing)]
struct ThingName {
    name: String,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Stored)]
struct StoredName {
    name: String,
    #[load(join)]
    thing: Option<ThingName>,
    #[load(prefetch)]
    same: Option<SameName>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Stored)]
struct SameName {
    name: String,
}

#[derive(LoadSpec, Debug)]
#[load(Thing)]
struct ThingPage {
    #[load(prefetch, order_by = there::things::id)]
    stored: Vec<StoredName>,
    #[load(prefetch, order_by = there::things::name.desc(), limit = 1)]
    paired: Vec<SameName>,
    #[load(annotate = stored.count())]
    count: i64,
}

/// A schema is there once, whichever test creates it.
async fn tables_of_two_schemas() {
    tables_of_one_name_in_two_schemas().await;
    indexes_of_the_schema_that_the_table_is_in().await;
}

async fn tables_of_one_name_in_two_schemas() {
    let conn = &mut database(
        "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE SCHEMA warehouse;
         CREATE TABLE warehouse.things (id INTEGER PRIMARY KEY, name TEXT NOT NULL, thing_id INTEGER);
         CREATE TABLE warehouse.pairs (one INTEGER NOT NULL, two INTEGER NOT NULL, PRIMARY KEY (one, two));
         INSERT INTO things VALUES (1, 'axe'), (2, 'bow');
         INSERT INTO warehouse.things VALUES (1, 'old axe', 1), (2, 'new axe', 1), (3, 'nothing', NULL);
         INSERT INTO warehouse.pairs VALUES (1, 1), (1, 3), (2, 2);",
    )
    .await;
    let pages = ThingPage::query().order(here::things::id).load(conn).await.unwrap();
    let stored = |page: &ThingPage| {
        let name = |row: &StoredName| {
            let (thing, same) = (row.thing.as_ref().unwrap(), row.same.as_ref().unwrap());
            format!("{} of {} and {}", row.name, thing.name, same.name)
        };
        page.stored.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(stored(&pages[0]), ["old axe of axe and old axe", "new axe of axe and old axe"]);
    assert_eq!(stored(&pages[1]), [""; 0]);
    let paired: Vec<_> = pages.iter().map(|page| &*page.paired[0].name).collect();
    assert_eq!(paired, ["old axe", "new axe"]);
    assert_eq!(pages.iter().map(|page| page.count).collect::<Vec<_>>(), [2, 0]);
    run_batch("DROP SCHEMA warehouse CASCADE", conn).await.unwrap();
}

async fn indexes_of_the_schema_that_the_table_is_in() {
    let conn = &mut database(
        "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL, thing_id INTEGER);
         CREATE INDEX by_thing ON things (thing_id);
         CREATE SCHEMA warehouse;
         CREATE TABLE warehouse.things (id INTEGER PRIMARY KEY, name TEXT NOT NULL, thing_id INTEGER);
         CREATE TABLE warehouse.pairs (one INTEGER NOT NULL, two INTEGER NOT NULL, PRIMARY KEY (two, one));",
    )
    .await;
    let missing = check_indexes!(ThingPage::query(), conn).unwrap();
    let creates = sorted(missing.iter().map(|missing| missing.create_index()));
    let of_pairs = r#"CREATE INDEX "pairs_one_idx" ON "warehouse"."pairs" ("one")"#;
    let of_things = r#"CREATE INDEX "things_thing_id_idx" ON "warehouse"."things" ("thing_id")"#;
    assert_eq!(creates, [of_pairs, of_things, of_things], "{missing}");
    run_batch(of_things, conn).await.unwrap();
    run_batch(of_pairs, conn).await.unwrap();
    check_indexes!(ThingPage::query(), conn).unwrap().assert_none();

    // Without a schema it is the one that comes first in the search path.
    let query = || load!(Thing { join twin { name } });
    check_indexes!(query(), conn).unwrap().assert_none();
    run_batch(
        "CREATE SCHEMA first; CREATE TABLE first.things (id INTEGER, name TEXT); SET search_path = first, public",
        conn,
    )
    .await
    .unwrap();
    assert_eq!(check_indexes!(query(), conn).unwrap().len(), 1);
}
