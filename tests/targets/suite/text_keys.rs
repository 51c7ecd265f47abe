//! Text keys that the database holds equal while Rust does not: they find their rows as a join finds them.

use upfront::Model;

use super::prelude::*;

tests![
    trailing_blanks_of_padded_columns,
    columns_of_two_widths,
    columns_that_are_padded_and_not,
    both_spellings_are_loaded_at_once,
];

diesel::table! { rooms (code) { code -> Text, label -> Integer } }
diesel::table! { guests (id) { id -> Integer, room_code -> Nullable<Text> } }
diesel::table! { doors (id) { id -> Integer, from_code -> Text, to_code -> Text } }
diesel::allow_tables_to_appear_in_same_query!(rooms, guests, doors);

#[allow(dead_code)]
#[derive(Model)]
#[diesel(table_name = rooms, primary_key(code))]
#[model(
    has_many(guests: Guest),
    many_to_many(next: Room, through = doors, foreign_key = from_code, target_key = to_code),
    many_to_many(before: Room, through = doors, foreign_key = to_code, target_key = from_code),
)]
pub(crate) struct Room {
    code: String,
    label: i32,
}

#[allow(dead_code)]
#[derive(Model)]
#[diesel(table_name = guests)]
#[model(belongs_to(room: Room, foreign_key = room_code))]
pub(crate) struct Guest {
    id: i32,
    room_code: Option<String>,
}

#[derive(LoadSpec, Clone, Debug, PartialEq)]
#[load(Room)]
struct RoomLabel {
    label: i32,
}

#[derive(LoadSpec, Clone, Debug, PartialEq)]
#[load(Guest)]
struct GuestId {
    id: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Room)]
struct RoomPage {
    label: i32,
    #[load(prefetch)]
    guests: Vec<GuestId>,
    #[load(prefetch = guests, order_by = guests::id.desc(), limit = 2)]
    last: Vec<GuestId>,
    #[load(prefetch)]
    next: Vec<RoomLabel>,
    #[load(prefetch = next, order_by = rooms::label.desc(), limit = 2)]
    last_next: Vec<RoomLabel>,
    #[load(prefetch, order_by = rooms::label)]
    before: Vec<RoomLabel>,
}

#[derive(LoadSpec, Debug)]
#[load(Guest)]
struct GuestPage {
    id: i32,
    #[load(join)]
    room: Option<RoomLabel>,
    #[load(prefetch = room)]
    again: Option<RoomLabel>,
}

/// What a join of Diesel's says: the guests of each room, the rooms next to it and those before it, by their numbers.
async fn joined(conn: &mut Connection) -> Vec<(i32, Vec<i32>, Vec<i32>, Vec<i32>)> {
    let of = |pairs: &[(i32, i32)], label: i32| {
        sorted(pairs.iter().filter(|(of, _)| *of == label).map(|(_, found)| *found))
    };
    let guests: Vec<(i32, i32)> = rooms::table
        .inner_join(guests::table.on(guests::room_code.eq(rooms::code.nullable())))
        .select((rooms::label, guests::id))
        .load(conn)
        .await
        .unwrap();
    let other = diesel::alias!(rooms as other);
    let next: Vec<(i32, i32)> = rooms::table
        .inner_join(doors::table.on(doors::from_code.eq(rooms::code)))
        .inner_join(other.on(doors::to_code.eq(other.field(rooms::code))))
        .select((rooms::label, other.field(rooms::label)))
        .load(conn)
        .await
        .unwrap();
    let before: Vec<(i32, i32)> = next.iter().map(|(from, to)| (*to, *from)).collect();
    let labels: Vec<i32> =
        rooms::table.select(rooms::label).order(rooms::label).load(conn).await.unwrap();
    labels
        .into_iter()
        .map(|label| (label, of(&guests, label), of(&next, label), of(&before, label)))
        .collect()
}

/// Compares what specs load with what a join gives.
async fn check(conn: &mut Connection) -> Vec<(i32, Vec<i32>, Vec<i32>, Vec<i32>)> {
    let expected = joined(conn).await;
    let ids = |guests: &[GuestId]| guests.iter().map(|guest| guest.id).collect::<Vec<_>>();
    let labels = |rooms: &[RoomLabel]| rooms.iter().map(|room| room.label).collect::<Vec<_>>();
    let last = |found: &[i32]| found.iter().rev().take(2).copied().collect::<Vec<_>>();
    let rooms = RoomPage::query().order(rooms::label).load(conn).await.unwrap();
    assert_eq!(rooms.len(), expected.len());
    for (room, (label, guests, next, before)) in rooms.iter().zip(&expected) {
        assert_eq!(room.label, *label);
        assert_eq!(sorted(ids(&room.guests)), *guests, "the guests of {label}");
        assert_eq!(ids(&room.last), last(guests), "the last guests of {label}");
        assert_eq!(sorted(labels(&room.next)), *next, "next to {label}");
        assert_eq!(labels(&room.last_next), last(next), "the last next to {label}");
        assert_eq!(labels(&room.before), *before, "before {label}");
    }
    let guests = GuestPage::query().load(conn).await.unwrap();
    for guest in guests {
        let room = expected.iter().find(|(_, guests, ..)| guests.contains(&guest.id));
        let room = room.map(|(label, ..)| RoomLabel { label: *label });
        assert_eq!((&guest.room, &guest.again), (&room, &room), "the room of {}", guest.id);
    }
    expected
}

/// Rooms with `code`s, and what refers to them, whose columns are of these types.
async fn rooms_of(code: &str, guest: &str, door: &str) -> Connection {
    database(&format!(
        "{{define nocase}}
         CREATE TABLE rooms (code {code} NOT NULL PRIMARY KEY, label INTEGER NOT NULL);
         CREATE TABLE guests (id INTEGER PRIMARY KEY, room_code {guest});
         CREATE TABLE doors (id INTEGER PRIMARY KEY, from_code {door} NOT NULL, to_code {door} NOT NULL);"
    ))
    .await
}

async fn trailing_blanks_of_padded_columns() {
    let conn = &mut rooms_of("CHAR(5)", "CHAR(5)", "CHAR(5)").await;
    run(
        "INSERT INTO rooms VALUES ('a', 1), ('bb', 2), ('ccccc', 3), ('', 4);
         INSERT INTO guests VALUES (1, 'a'), (2, 'a'), (3, 'bb'), (4, 'ccccc'), (5, ''), (6, NULL), (7, 'zz');
         INSERT INTO doors VALUES (1, 'a', 'bb'), (2, 'a', ''), (3, 'a', 'ccccc'), (4, '', 'a');",
        conn,
    )
    .await
    .unwrap();
    let found = check(conn).await;
    assert_eq!(
        found,
        [
            (1, vec![1, 2], vec![2, 3, 4], vec![4]),
            (2, vec![3], vec![], vec![1]),
            (3, vec![4], vec![], vec![1]),
            (4, vec![5], vec![1], vec![1]),
        ]
    );
}

/// One is padded to five characters, another to eight, a third not at all.
async fn columns_of_two_widths() {
    for (room, guest, door) in [
        ("CHAR(5)", "CHAR(8)", "VARCHAR(8)"),
        ("CHAR(8)", "CHAR(5)", "VARCHAR(8)"),
        ("VARCHAR(8)", "CHAR(8)", "CHAR(5)"),
    ] {
        let conn = &mut rooms_of(room, guest, door).await;
        run(
            "INSERT INTO rooms VALUES ('a', 1), ('b ', 2), ('ccccc', 3);
             INSERT INTO guests VALUES (1, 'a'), (2, 'a '), (3, 'b'), (4, 'b '), (5, 'b  '), (6, 'ccccc'), (7, 'c');
             INSERT INTO doors VALUES (1, 'a', 'b'), (2, 'a ', 'ccccc'), (3, 'b', 'a'), (4, 'b ', 'a  ');",
            conn,
        )
        .await
        .unwrap();
        let found = check(conn).await;
        assert!(found.iter().any(|(_, guests, ..)| !guests.is_empty()), "{room} {guest} {door}");
    }
}

/// Texts that are padded and texts that are not. On MariaDB that is a matter of their collation, and all have one here: of two
/// collations a prefetch takes that of the children's column.
async fn columns_that_are_padded_and_not() {
    let text = if DATABASE == targets::Database::Mariadb { "VARCHAR(9)" } else { "{text}" };
    for (room, guest, door) in
        [(text, "VARCHAR(8)", "CHAR(5)"), ("VARCHAR(8)", text, text), ("CHAR(8)", "CHAR(5)", text)]
    {
        let conn = &mut rooms_of(room, guest, door).await;
        run(
            "INSERT INTO rooms VALUES ('a', 1), ('b ', 2), ('ccccc', 3);
             INSERT INTO guests VALUES (1, 'a'), (2, 'a '), (3, 'b'), (4, 'b '), (6, 'ccccc'), (7, 'C');
             INSERT INTO doors VALUES (1, 'a', 'b'), (2, 'a ', 'ccccc'), (3, 'b', 'a'), (4, 'b ', 'A');",
            conn,
        )
        .await
        .unwrap();
        check(conn).await;
    }
}

async fn both_spellings_are_loaded_at_once() {
    // The rooms differ in Rust and in the database, what refers to them is held equal to both or to none.
    for (room, guest, door) in [
        ("{nocase}", "{nocase}", "{nocase}"),
        ("{nocase}", "{nocase}", "{text}"),
        ("{text}", "{text}", "{text}"),
    ] {
        if DATABASE != targets::Database::Sqlite && (room, door) == ("{nocase}", "{text}") {
            // The collations of two columns contradict each other: the database refuses the comparison.
            continue;
        }
        let conn = &mut rooms_of(room, guest, door).await;
        run(
            "INSERT INTO rooms VALUES ('a', 1), ('B', 2), ('c ', 3), ('ö', 4);
             INSERT INTO guests VALUES (1, 'a'), (2, 'A'), (3, 'A '), (4, 'b'), (5, 'B'), (6, 'c'), (7, 'C '), (8, 'Ö'), (9, 'ö');
             INSERT INTO doors VALUES (1, 'a', 'b'), (2, 'A', 'B'), (3, 'b', 'A'), (4, 'B', 'c '), (5, 'a', 'Ö');",
            conn,
        )
        .await
        .unwrap();
        check(conn).await;
    }
}
