//! Keys of two, three and four columns.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, MissingRow, Model};

use crate::support::{Trace, cause, database, plan, sorted};

diesel::table! { orders (region, number) { region -> Text, number -> Integer, note -> Nullable<Text> } }
diesel::table! {
    lines (id) { id -> Integer, order_region -> Nullable<Text>, order_number -> Nullable<Integer> }
}
diesel::table! { shipments (id) { id -> Integer, region -> Text, number -> Integer } }
diesel::table! {
    order_shipments (id) { id -> Integer, the_region -> Text, the_number -> Integer, shipment_id -> Integer }
}

#[derive(Model)]
#[diesel(table_name = orders, primary_key(region, number))]
#[model(
    has_many(lines: Line),
    has_one(only_line: Line),
    many_to_many(shipments: Shipment, through = order_shipments, foreign_key = (the_region, the_number)),
)]
pub(crate) struct Order {
    region: String,
    number: i32,
    note: Option<String>,
}

#[derive(Model)]
#[diesel(table_name = lines)]
#[model(belongs_to(order: Order, foreign_key = (order_region, order_number)))]
pub(crate) struct Line {
    id: i32,
    order_region: Option<String>,
    order_number: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = shipments)]
#[model(
    belongs_to(order: Order, foreign_key = (shipments::region, shipments::number)),
    many_to_many(orders: Order, through = order_shipments, target_key = (the_region, the_number)),
)]
pub(crate) struct Shipment {
    id: i32,
    region: String,
    number: i32,
}

#[derive(LoadSpec, Clone, Debug, PartialEq)]
#[load(Order)]
struct Note {
    note: Option<String>,
}

#[derive(LoadSpec, Clone, Debug)]
#[load(Line)]
struct LineId {
    id: i32,
}

#[derive(LoadSpec, Clone, Debug)]
#[load(Shipment)]
struct ShipmentId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    number: i32,
    #[load(prefetch)]
    lines: Vec<LineId>,
    #[load(prefetch)]
    shipments: Vec<ShipmentId>,
    #[load(annotate = lines.count())]
    line_count: i64,
    #[load(annotate = shipments.count())]
    shipment_count: i64,
}

#[derive(LoadSpec)]
#[load(Line)]
struct LinePage {
    id: i32,
    #[load(join)]
    order: Option<Note>,
    #[load(prefetch = order)]
    prefetched: Option<Note>,
}

#[derive(LoadSpec)]
#[load(Shipment)]
struct ShipmentPage {
    id: i32,
    #[load(join)]
    order: Note,
    #[load(prefetch)]
    orders: Vec<Note>,
}

fn orders() -> SqliteConnection {
    database(
        "CREATE TABLE orders (region TEXT NOT NULL, number INTEGER NOT NULL, note TEXT, PRIMARY KEY (region, number));
         CREATE TABLE lines (id INTEGER PRIMARY KEY, order_region TEXT, order_number INTEGER);
         CREATE TABLE shipments (id INTEGER PRIMARY KEY, region TEXT NOT NULL, number INTEGER NOT NULL);
         CREATE TABLE order_shipments (id INTEGER PRIMARY KEY, the_region TEXT NOT NULL, the_number INTEGER NOT NULL, shipment_id INTEGER NOT NULL);
         CREATE INDEX lines_of_order ON lines (order_region, order_number);
         CREATE INDEX shipments_of_order ON order_shipments (the_region, the_number);
         INSERT INTO orders VALUES ('N''\"\\', 1, 'one'), ('N''\"\\', 2, NULL), ('1', 1, 'three'), ('', 4, 'four');
         INSERT INTO lines VALUES (1, 'N''\"\\', 1), (2, 'N''\"\\', 1), (3, 'N''\"\\', 2), (4, '1', 1), (5, NULL, 1), (6, '1', NULL),
             (7, NULL, NULL), (8, '1', 2), (9, '', 4);
         INSERT INTO shipments VALUES (1, '1', 1), (2, 'N''\"\\', 2);
         INSERT INTO order_shipments VALUES (1, '1', 1, 1), (2, '1', 1, 2), (3, '', 4, 2), (4, 'gone', 1, 1), (5, '1', 1, 99), (6, '1', 1, 2);",
    )
}

#[test]
fn two_columns_find_their_children() {
    let conn = &mut orders();
    let pages = OrderPage::query().order((orders::note, orders::number)).load(conn).unwrap();
    let found: Vec<_> = pages
        .iter()
        .map(|page| {
            let lines = sorted(page.lines.iter().map(|line| line.id));
            let shipments = sorted(page.shipments.iter().map(|shipment| shipment.id));
            assert_eq!(page.line_count, lines.len() as i64);
            assert_eq!(page.shipment_count, shipments.len() as i64);
            (page.number, lines, shipments)
        })
        .collect();
    assert_eq!(
        found,
        [
            (2, vec![3], vec![]),
            (4, vec![9], vec![2]),
            (1, vec![1, 2], vec![]),
            // A pair that stands twice in the through table is two rows, as in SQL.
            (1, vec![4], vec![1, 2, 2]),
        ]
    );
}

#[test]
fn two_columns_find_their_parent_unless_one_is_null() {
    let conn = &mut orders();
    let note = |note: &str| Some(Note { note: Some(note.to_owned()) });
    let expected = [
        note("one"),
        note("one"),
        // The row is there: that its only selected column is NULL does not make it missing.
        Some(Note { note: None }),
        note("three"),
        None,
        None,
        None,
        None,
        note("four"),
    ];
    let lines = LinePage::query().order(lines::id).load(conn).unwrap();
    assert_eq!(lines.len(), expected.len());
    for (line, expected) in lines.into_iter().zip(expected) {
        assert_eq!(line.order, expected, "line {}", line.id);
        assert_eq!(line.prefetched, expected, "line {}", line.id);
    }
}

#[test]
fn two_columns_join_and_lead_through_a_table() {
    let conn = &mut orders();
    let shipments = ShipmentPage::query().order(shipments::id).load(conn).unwrap();
    assert_eq!(shipments[0].id, 1);
    assert_eq!(shipments[0].order.note.as_deref(), Some("three"));
    assert_eq!(shipments[1].order.note, None);
    let notes = |page: &ShipmentPage| sorted(page.orders.iter().map(|order| order.note.clone()));
    assert_eq!(notes(&shipments[0]), [Some("three".to_owned())]);
    assert_eq!(notes(&shipments[1]), ["four", "three", "three"].map(|note| Some(note.to_owned())));
}

#[test]
fn a_composite_key_is_found_by_its_parts() {
    let conn = &mut orders();
    let page = OrderPage::query().find(("1", 1)).first(conn).unwrap();
    assert_eq!(page.lines.len(), 1);
    assert!(OrderPage::query().find(("1", 2)).first(conn).optional().unwrap().is_none());
}

diesel::table! { cells (a, b, c) { a -> BigInt, b -> Text, c -> Bool, label -> Integer } }
diesel::table! { marks (id) { id -> Integer, a -> BigInt, b -> Text, c -> Nullable<Bool> } }

#[derive(Model)]
#[diesel(table_name = cells, primary_key(a, b, c))]
#[model(has_many(marks: Mark))]
pub(crate) struct Cell {
    a: i64,
    b: String,
    c: bool,
    label: i32,
}

#[derive(Model)]
#[diesel(table_name = marks)]
#[model(belongs_to(cell: Cell, foreign_key = (a, b, c)))]
pub(crate) struct Mark {
    id: i32,
    a: i64,
    b: String,
    c: Option<bool>,
}

#[derive(LoadSpec)]
#[load(Mark)]
struct MarkId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Cell)]
struct CellPage {
    label: i32,
    #[load(prefetch)]
    marks: Vec<MarkId>,
}

#[derive(LoadSpec, Clone)]
#[load(Cell)]
struct CellLabel {
    label: i32,
}

#[derive(LoadSpec)]
#[load(Mark)]
struct MarkPage {
    id: i32,
    #[load(join)]
    cell: Option<CellLabel>,
    #[load(prefetch = cell)]
    again: Option<CellLabel>,
}

#[test]
fn three_columns_of_three_types() {
    let conn = &mut database(
        "CREATE TABLE cells (a BIGINT NOT NULL, b TEXT NOT NULL, c BOOLEAN NOT NULL, label INTEGER NOT NULL, PRIMARY KEY (a, b, c));
         CREATE TABLE marks (id INTEGER PRIMARY KEY, a BIGINT NOT NULL, b TEXT NOT NULL, c BOOLEAN);
         INSERT INTO cells VALUES (9007199254740993, 'x', 1, 1), (9007199254740992, 'x', 1, 2), (9007199254740993, 'x', 0, 3),
             (9007199254740993, 'X', 1, 4);
         INSERT INTO marks VALUES (1, 9007199254740993, 'x', 1), (2, 9007199254740992, 'x', 1), (3, 9007199254740993, 'x', 0),
             (4, 9007199254740993, 'X', 1), (5, 9007199254740993, 'x', NULL), (6, 9007199254740992, 'x', 0);",
    );
    for page in CellPage::query().load(conn).unwrap() {
        let marks: Vec<i32> = page.marks.iter().map(|mark| mark.id).collect();
        assert_eq!(marks, [page.label]);
    }
    for page in MarkPage::query().load(conn).unwrap() {
        let label = (page.id <= 4).then_some(page.id);
        assert_eq!(page.cell.map(|cell| cell.label), label);
        assert_eq!(page.again.map(|cell| cell.label), label);
    }
}

diesel::table! {
    slots (id) { id -> Integer, a -> SmallInt, b -> Nullable<Text>, c -> Nullable<Integer>, d -> Binary }
}
diesel::table! {
    uses (id) { id -> Integer, a -> Nullable<SmallInt>, b -> Text, c -> Nullable<Integer>, d -> Binary }
}

#[derive(Model)]
#[diesel(table_name = slots)]
#[model(has_many(uses: Use, foreign_key = (uses::a, uses::b, uses::c, uses::d), references = (a, b, c, slots::d)))]
pub(crate) struct Slot {
    id: i32,
    a: i16,
    b: Option<String>,
    c: Option<i32>,
    d: Vec<u8>,
}

#[derive(Model)]
#[diesel(table_name = uses)]
#[model(belongs_to(slot: Slot, foreign_key = (a, b, c, d), references = (slots::a, slots::b, slots::c, slots::d)))]
pub(crate) struct Use {
    id: i32,
    a: Option<i16>,
    b: String,
    c: Option<i32>,
    d: Vec<u8>,
}

#[derive(LoadSpec, Clone)]
#[load(Use)]
struct UseId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Slot)]
struct SlotId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Slot)]
struct SlotPage {
    id: i32,
    #[load(prefetch)]
    uses: Vec<UseId>,
    #[load(annotate = uses.count())]
    count: i64,
}

#[derive(LoadSpec)]
#[load(Use)]
struct UsePage {
    id: i32,
    #[load(join)]
    slot: Option<SlotId>,
    #[load(prefetch = slot)]
    again: Option<SlotId>,
}

fn slots() -> SqliteConnection {
    database(
        "CREATE TABLE slots (id INTEGER PRIMARY KEY, a SMALLINT NOT NULL, b TEXT, c INTEGER, d BLOB NOT NULL);
         CREATE TABLE uses (id INTEGER PRIMARY KEY, a SMALLINT, b TEXT NOT NULL, c INTEGER, d BLOB NOT NULL);
         CREATE UNIQUE INDEX slot_key ON slots (a, b, c, d);
         CREATE INDEX use_key ON uses (a, b, c, d);",
    )
}

#[test]
fn four_columns_with_nulls_and_bytes() {
    let conn = &mut slots();
    conn.batch_execute(
        "INSERT INTO slots VALUES (1, 1, 'b', 1, x'00'), (2, 1, 'b', 2, x'00'), (3, 1, NULL, 1, x'00'), (4, 1, 'b', NULL, x'00'), (5, 1, 'b', 1, x'0000');
         INSERT INTO uses VALUES (10, 1, 'b', 1, x'00'), (11, 1, 'b', 1, x'00'), (20, 1, 'b', 2, x'00'), (50, 1, 'b', 1, x'0000'),
             (90, NULL, 'b', 1, x'00'), (91, 1, 'b', NULL, x'00'), (92, 2, 'b', 1, x'00');",
    )
    .unwrap();
    for page in SlotPage::query().load(conn).unwrap() {
        let uses = sorted(page.uses.iter().map(|used| used.id));
        let expected = match page.id {
            1 => vec![10, 11],
            2 => vec![20],
            5 => vec![50],
            _ => vec![],
        };
        assert_eq!(uses, expected, "slot {}", page.id);
        assert_eq!(page.count, expected.len() as i64);
    }
    for page in UsePage::query().load(conn).unwrap() {
        let slot = (page.id < 90).then_some(page.id / 10);
        assert_eq!(page.slot.map(|slot| slot.id), slot, "use {}", page.id);
        assert_eq!(page.again.map(|slot| slot.id), slot, "use {}", page.id);
    }
}

#[test]
fn empty_bytes_and_texts_are_parts_of_keys() {
    let conn = &mut slots();
    conn.batch_execute(
        "INSERT INTO slots VALUES (1, 1, '', 1, x''), (2, 1, '', 1, x'00'), (3, 1, 'b', 1, x'');
         INSERT INTO uses SELECT id * 10, a, b, c, d FROM slots;",
    )
    .unwrap();
    for page in SlotPage::query().load(conn).unwrap() {
        let uses: Vec<i32> = page.uses.iter().map(|used| used.id).collect();
        assert_eq!((uses, page.count), (vec![page.id * 10], 1));
    }
    // A list of nothing but empty bytes.
    for page in SlotPage::query().filter(slots::id.ne(2)).load(conn).unwrap() {
        assert_eq!(page.uses[0].id, page.id * 10);
    }
}

#[test]
fn many_composite_keys_with_bytes_are_one_list() {
    let conn = &mut slots();
    conn.batch_execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
         INSERT INTO slots SELECT i, i % 7, 'b' || i, i, CAST(i AS BLOB) FROM n;
         INSERT INTO uses SELECT id * 10, a, b, c, d FROM slots;
         INSERT INTO uses SELECT id * 10 + 1, a, b, c, d FROM slots;",
    )
    .unwrap();
    let trace = Trace::of(conn);
    let pages = SlotPage::query().load(conn).unwrap();
    let queries = trace.sql();
    assert_eq!(queries.len(), SlotPage::QUERIES);
    assert_eq!(pages.len(), 40_000);
    for page in pages {
        let uses = sorted(page.uses.iter().map(|used| used.id));
        assert_eq!(uses, [page.id * 10, page.id * 10 + 1]);
    }
    let plan = plan(&queries[1], conn);
    assert!(plan.contains("INDEX use_key (a=? AND b=? AND c=? AND d=?)"), "{plan}");
}

diesel::table! { shelves (room, code) { room -> Text, code -> Binary, place -> Integer } }
diesel::table! { boxes (id) { id -> Integer, shelf_room -> Text, shelf_code -> Binary } }

#[derive(Model)]
#[diesel(table_name = shelves, primary_key(room, code))]
pub(crate) struct Shelf {
    room: String,
    code: Vec<u8>,
    place: i32,
}

#[derive(Model)]
#[diesel(table_name = boxes)]
#[model(belongs_to(shelf: Shelf, foreign_key = (shelf_room, shelf_code)))]
pub(crate) struct Carton {
    id: i32,
    shelf_room: String,
    shelf_code: Vec<u8>,
}

#[derive(LoadSpec, Clone)]
#[load(Shelf)]
struct Place {
    place: i32,
}

#[derive(LoadSpec)]
#[load(Carton)]
struct Stored {
    id: i32,
    #[load(prefetch)]
    shelf: Place,
}

#[test]
fn a_key_of_text_and_bytes_is_found_and_named_where_it_dangles() {
    let conn = &mut database(
        "CREATE TABLE shelves (room TEXT NOT NULL, code BLOB NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (room, code));
         CREATE TABLE boxes (id INTEGER PRIMARY KEY, shelf_room TEXT NOT NULL, shelf_code BLOB NOT NULL);
         INSERT INTO shelves VALUES ('a', x'00', 1), ('a', x'', 2), ('b', x'00', 3), ('', x'61', 4);
         INSERT INTO boxes SELECT place, room, code FROM shelves;
         INSERT INTO boxes SELECT place + 4, room, code FROM shelves;",
    );
    for stored in Stored::query().load(conn).unwrap() {
        assert_eq!(stored.shelf.place, (stored.id - 1) % 4 + 1);
    }
    conn.batch_execute("INSERT INTO boxes VALUES (9, 'a', x'0a0b')").unwrap();
    let error: MissingRow = cause(Stored::query().load(conn));
    assert_eq!((error.table, error.key.as_deref()), ("shelves", Some(r#"("a", x'0a0b')"#)));
}

#[test]
fn many_composite_keys_are_one_list() {
    let conn = &mut orders();
    conn.batch_execute(
        "DELETE FROM orders; DELETE FROM lines; DELETE FROM order_shipments; DELETE FROM shipments;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
         INSERT INTO orders SELECT 'é' || (i % 100), i, NULL FROM n;
         INSERT INTO lines SELECT number, region, number FROM orders;
         INSERT INTO lines SELECT number + 40000, region, number FROM orders;
         INSERT INTO shipments SELECT number, region, number FROM orders WHERE number <= 10;
         INSERT INTO order_shipments SELECT number, region, number, number % 10 + 1 FROM orders;",
    )
    .unwrap();
    let trace = Trace::of(conn);
    let pages = OrderPage::query().filter(orders::number.gt(0)).load(conn).unwrap();
    assert_eq!(trace.sql().len(), OrderPage::QUERIES);
    assert_eq!(pages.len(), 40_000);
    for page in pages {
        let lines = sorted(page.lines.iter().map(|line| line.id));
        assert_eq!(lines, [page.number, page.number + 40_000]);
        let shipments: Vec<i32> = page.shipments.iter().map(|shipment| shipment.id).collect();
        assert_eq!(shipments, [page.number % 10 + 1]);
        assert_eq!((page.line_count, page.shipment_count), (2, 1));
    }
}
