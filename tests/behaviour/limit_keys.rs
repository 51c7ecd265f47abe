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

diesel::table! { boxes (id) { id -> Binary, code -> Text } }
diesel::table! { tokens (id) { id -> Binary, box_id -> Nullable<Binary>, worth -> Integer } }
diesel::table! { words (word) { word -> Text, box_id -> Binary, worth -> Integer } }
diesel::table! { box_tokens (box_id, token_id) { box_id -> Binary, token_id -> Binary, place -> BigInt } }
diesel::table! { box_words (id) { id -> Text, box_id -> Binary, word -> Text } }
diesel::table! { numbers (id) { id -> BigInt, box_id -> Binary } }
diesel::table! { pairs (one, other) { one -> Binary, other -> BigInt, box_id -> Binary } }
diesel::allow_tables_to_appear_in_same_query!(
    boxes, tokens, words, box_tokens, box_words, numbers, pairs
);

/// Its children have keys that are bytes, texts and large numbers.
#[derive(Model)]
#[diesel(table_name = boxes)]
#[model(
    has_many(tokens: Token, foreign_key = tokens::box_id),
    has_many(words: Word, foreign_key = words::box_id),
    has_many(numbers: Number, foreign_key = numbers::box_id),
    has_many(pairs: Pair, foreign_key = pairs::box_id),
    many_to_many(placed: Token, through = box_tokens, foreign_key = box_id, target_key = token_id),
    many_to_many(written: Word, through = box_words, foreign_key = box_id, target_key = word),
    has_many(owners: Crate, through = tokens, source = token::owner),
)]
pub(crate) struct Crate {
    id: Vec<u8>,
    code: String,
}

#[derive(Model)]
#[diesel(table_name = tokens)]
#[model(belongs_to(owner: Crate, foreign_key = box_id))]
pub(crate) struct Token {
    id: Vec<u8>,
    box_id: Option<Vec<u8>>,
    worth: i32,
}

#[derive(Model)]
#[diesel(table_name = words, primary_key(word))]
pub(crate) struct Word {
    word: String,
    box_id: Vec<u8>,
    worth: i32,
}

#[derive(Model)]
#[diesel(table_name = numbers)]
pub(crate) struct Number {
    id: i64,
    box_id: Vec<u8>,
}

#[derive(Model)]
#[diesel(table_name = pairs, primary_key(one, other))]
pub(crate) struct Pair {
    one: Vec<u8>,
    other: i64,
    box_id: Vec<u8>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Token)]
struct TokenId {
    id: Vec<u8>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Word)]
struct WordOnly {
    word: String,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Number)]
struct NumberId {
    id: i64,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Pair)]
struct PairId {
    one: Vec<u8>,
    other: i64,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Crate)]
struct CrateId {
    id: Vec<u8>,
}

#[derive(LoadSpec, Debug)]
#[load(Crate)]
struct Boxed {
    #[load(prefetch, order_by = tokens::worth, limit = 3)]
    tokens: Vec<TokenId>,
    #[load(prefetch, order_by = words::worth.desc(), limit = 4, offset = 1)]
    words: Vec<WordOnly>,
    #[load(prefetch, limit = 2)]
    numbers: Vec<NumberId>,
    #[load(prefetch, order_by = pairs::other.desc(), limit = 2)]
    pairs: Vec<PairId>,
    #[load(prefetch, order_by = box_tokens::place.desc(), limit = 2)]
    placed: Vec<TokenId>,
    #[load(prefetch, order_by = box_words::id, limit = 2)]
    written: Vec<WordOnly>,
    #[load(prefetch, limit = 5)]
    owners: Vec<CrateId>,
}

#[test]
fn children_whose_own_keys_are_bytes_texts_and_large_numbers() {
    let conn = &mut database(
        "CREATE TABLE boxes (id BLOB PRIMARY KEY, code TEXT NOT NULL);
         CREATE TABLE tokens (id BLOB PRIMARY KEY, box_id BLOB, worth INTEGER NOT NULL);
         CREATE TABLE words (word TEXT PRIMARY KEY, box_id BLOB NOT NULL, worth INTEGER NOT NULL);
         CREATE TABLE numbers (id INTEGER PRIMARY KEY, box_id BLOB NOT NULL);
         CREATE TABLE pairs (
             one BLOB NOT NULL, other INTEGER NOT NULL, box_id BLOB NOT NULL, PRIMARY KEY (one, other)
         );
         CREATE TABLE box_tokens (
             box_id BLOB NOT NULL, token_id BLOB NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (box_id, token_id)
         );
         CREATE TABLE box_words (id TEXT PRIMARY KEY, box_id BLOB NOT NULL, word TEXT NOT NULL);
         INSERT INTO boxes VALUES (x'00', 'a'), (x'ff01', 'b');
         INSERT INTO tokens VALUES
             (x'ff', x'00', 1), (x'', x'00', 1), (x'0000', x'00', 1), (x'00', x'00', 0), (x'61', x'ff01', 3), (x'62', NULL, 1);
         INSERT INTO words VALUES
             ('1', x'00', 5), ('01', x'00', 4), ('a\"b''', x'00', 3), ('', x'00', 2), (char(233) || char(128512), x'00', 1),
             ('null', x'ff01', 9), ('1.0', x'ff01', 8), ('[1]', x'ff01', 7), ('\\n', x'ff01', 6);
         INSERT INTO numbers VALUES
             (9223372036854775807, x'00'), (-9223372036854775808, x'00'), (9007199254740993, x'00'), (5, x'ff01');
         INSERT INTO pairs VALUES (x'01', 9007199254740993, x'00'), (x'', 9007199254740992, x'00'), (x'00', 1, x'00');
         INSERT INTO box_tokens VALUES (x'00', x'61', 1), (x'00', x'ff', 2), (x'00', x'', 3), (x'ff01', x'00', 1);
         INSERT INTO box_words VALUES ('2', x'00', '01'), ('10', x'00', '1'), ('a', x'00', ''), ('b', x'ff01', '[1]');",
    );
    let boxes = Boxed::query().order(boxes::code).load(conn).unwrap();
    let bytes = |rows: &[TokenId]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let words = |rows: &[WordOnly]| rows.iter().map(|row| row.word.clone()).collect::<Vec<_>>();
    let [first, second] = &boxes[..] else { panic!("{boxes:?}") };
    assert_eq!(bytes(&first.tokens), [vec![0], vec![], vec![0, 0]]);
    assert_eq!(bytes(&second.tokens), [vec![0x61]]);
    assert_eq!(words(&first.words), ["01", "a\"b'", "", "é😀"]);
    assert_eq!(words(&second.words), ["1.0", "[1]", "\\n"]);
    let numbers = |boxed: &Boxed| boxed.numbers.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(numbers(first), [i64::MIN, 9_007_199_254_740_993]);
    assert_eq!(numbers(second), [5]);
    let pairs: Vec<_> = first.pairs.iter().map(|row| (row.one.clone(), row.other)).collect();
    assert_eq!(pairs, [(vec![1], 9_007_199_254_740_993), (vec![], 9_007_199_254_740_992)]);
    assert!(second.pairs.is_empty());
    assert_eq!(bytes(&first.placed), [vec![], vec![0xff]]);
    assert_eq!(bytes(&second.placed), [vec![0]]);
    assert_eq!(words(&first.written), ["1", "01"]);
    assert_eq!(words(&second.written), ["[1]"]);
    let owners = |boxed: &Boxed| boxed.owners.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_eq!(owners(first), [vec![0]]);
    assert_eq!(owners(second), [vec![0xff, 1]]);
}
