//! Limits of relations whose keys are composite, texts, bytes, or can be `NULL`.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::support::{Trace, database};

diesel::table! {
    shelves (floor, name) { floor -> Integer, name -> Text, code -> Nullable<Text>, digest -> Binary }
}
diesel::table! {
    items (id, part) {
        id -> Integer,
        part -> Text,
        floor -> Nullable<Integer>,
        shelf -> Nullable<Text>,
        code -> Nullable<Text>,
        digest -> Nullable<Binary>,
        worth -> Nullable<Integer>,
    }
}
diesel::table! {
    places (floor, shelf, id, part) { floor -> Integer, shelf -> Text, id -> Integer, part -> Text }
}
diesel::allow_tables_to_appear_in_same_query!(shelves, items, places);

#[derive(Model)]
#[diesel(table_name = shelves, primary_key(floor, name))]
#[model(
    has_many(items: Item, foreign_key = (items::floor, items::shelf)),
    has_many(coded: Item, foreign_key = items::code, references = code),
    has_many(hashed: Item, foreign_key = items::digest, references = digest),
    many_to_many(
        placed: Item, through = places,
        foreign_key = (places::floor, places::shelf), target_key = (places::id, places::part)
    ),
    has_many(siblings: Item, through = items, source = item::same_code),
)]
pub(crate) struct Shelf {
    floor: i32,
    name: String,
    code: Option<String>,
    digest: Vec<u8>,
}

#[derive(Model)]
#[diesel(table_name = items, primary_key(id, part))]
#[model(has_many(same_code: Item, foreign_key = items::code, references = code))]
pub(crate) struct Item {
    id: i32,
    part: String,
    floor: Option<i32>,
    shelf: Option<String>,
    code: Option<String>,
    digest: Option<Vec<u8>>,
    worth: Option<i32>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Item)]
struct ItemId {
    id: i32,
    part: String,
}

fn shelves() -> SqliteConnection {
    database(
        "CREATE TABLE shelves (floor INTEGER NOT NULL, name TEXT NOT NULL, code TEXT, digest BLOB NOT NULL, PRIMARY KEY (floor, name));
         CREATE TABLE items (
             id INTEGER NOT NULL, part TEXT NOT NULL, floor INTEGER, shelf TEXT, code TEXT, digest BLOB, worth INTEGER,
             PRIMARY KEY (id, part)
         );
         CREATE TABLE places (
             floor INTEGER NOT NULL, shelf TEXT NOT NULL, id INTEGER NOT NULL, part TEXT NOT NULL,
             PRIMARY KEY (floor, shelf, id, part)
         );
         INSERT INTO shelves VALUES
             (1, 'a', 'x', x'00ff'), (1, 'b', NULL, x''), (2, 'a', 'it''s \"y\"', x'22'), (2, 'b', '', x'00ff22');
         INSERT INTO items VALUES
             (1, 'p', 1, 'a', 'x', x'00ff', 5), (1, 'q', 1, 'a', 'x', x'00ff', 5), (2, 'p', 1, 'a', 'it''s \"y\"', x'', NULL),
             (2, 'q', 1, 'b', NULL, NULL, 1), (3, 'p', 2, 'b', '', x'22', 2), (4, 'p', 2, NULL, 'x', x'00', 3),
             (5, 'p', NULL, 'a', NULL, x'00ff', 9), (6, 'p', 2, 'b', 'x', x'00ff22', 2);
         INSERT INTO places VALUES
             (1, 'a', 1, 'q'), (1, 'a', 6, 'p'), (1, 'a', 2, 'p'), (2, 'b', 1, 'q'), (2, 'b', 1, 'p'), (2, 'a', 9, 'z');",
    )
}

fn names(items: &[ItemId]) -> Vec<String> {
    items.iter().map(|item| format!("{}{}", item.id, item.part)).collect()
}

/// A spec with one limited relation, and what each of the four shelves has of it.
macro_rules! check {
    ($relation:ident, $order:expr, $limit:expr, $offset:expr, $expected:expr) => {{
        #[derive(LoadSpec, Debug)]
        #[load(Shelf)]
        struct Limited {
            #[load(prefetch = $relation, order_by = $order, limit = $limit, offset = $offset)]
            items: Vec<ItemId>,
        }
        let conn = &mut shelves();
        let trace = Trace::of(conn);
        let order = (shelves::floor, shelves::name);
        let loaded = Limited::query().order(order).load(conn).unwrap();
        let all: Vec<_> = loaded.iter().map(|shelf| names(&shelf.items).join(" ")).collect();
        assert_eq!(all, $expected);
        assert_eq!(trace.sql().len(), 2);
        // The same at run time.
        #[derive(LoadSpec, Debug)]
        #[load(Shelf)]
        struct Whole {
            #[load(prefetch = $relation)]
            items: Vec<ItemId>,
        }
        let loaded = Whole::query()
            .prefetch(Whole::items, |items| items.order($order).limit($limit).offset($offset))
            .order(order)
            .load(conn)
            .unwrap();
        let all: Vec<_> = loaded.iter().map(|shelf| names(&shelf.items).join(" ")).collect();
        assert_eq!(all, $expected);
    }};
}

#[test]
fn composite_keys() {
    check!(items, items::worth, 2, 0, ["2p 1p", "2q", "", "3p 6p"]);
    check!(items, items::worth.desc(), 2, 1, ["1q 2p", "", "", "6p"]);
    check!(items, items::part.desc(), 2, 0, ["1q 1p", "2q", "", "3p 6p"]);
}

#[test]
fn text_keys() {
    check!(coded, items::worth.desc(), 3, 0, ["1p 1q 4p", "", "2p", "3p"]);
    check!(coded, items::part.desc(), 2, 1, ["1p 4p", "", "", ""]);
}

#[test]
fn binary_keys() {
    check!(hashed, items::worth.desc(), 2, 0, ["5p 1p", "2p", "3p", "6p"]);
    check!(hashed, items::worth.desc(), 2, 1, ["1p 1q", "", "", ""]);
}

#[test]
fn composite_keys_of_through_tables() {
    check!(placed, items::part, 2, 0, ["2p 6p", "", "", "1p 1q"]);
    check!(placed, items::worth.desc(), 9, 1, ["6p 2p", "", "", "1q"]);
}

#[test]
fn chains_of_composite_and_text_keys() {
    // The shelf 1a has items of the codes x and it's "y"; 2b has the codes '' and x.
    check!(siblings, items::worth.desc(), 3, 0, ["1p 1q 4p", "", "", "1p 1q 4p"]);
    check!(siblings, items::worth.desc(), 3, 3, ["6p 2p", "", "", "3p 6p"]);
}
