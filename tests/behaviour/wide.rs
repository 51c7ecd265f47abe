//! Specs of many fields, and names longer than an identifier may be.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::support::{Trace, database, sorted};

diesel::table! {
    rows (id) {
        id -> Integer,
        c0 -> Integer,
        c1 -> Integer,
        c2 -> Integer,
        c3 -> Integer,
        c4 -> Integer,
        c5 -> Integer,
        c6 -> Integer,
        c7 -> Integer,
        c8 -> Integer,
        c9 -> Integer,
        c10 -> Integer,
        c11 -> Integer,
        c12 -> Integer,
        c13 -> Integer,
        c14 -> Integer,
    }
}

#[derive(Model)]
#[diesel(table_name = rows)]
#[model(
    belongs_to(next: Row, foreign_key = c0),
    has_many(previous: Row, foreign_key = rows::c0),
)]
pub(crate) struct Row {
    id: i32,
    c0: i32,
    c1: i32,
    c2: i32,
    c3: i32,
    c4: i32,
    c5: i32,
    c6: i32,
    c7: i32,
    c8: i32,
    c9: i32,
    c10: i32,
    c11: i32,
    c12: i32,
    c13: i32,
    c14: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Row)]
struct Id {
    id: i32,
}

/// Specs with these columns, then fields of every other kind: some of them stand in the middle of a tuple, some begin one.
macro_rules! wide {
    ($spec:ident: $($field:ident = $column:ident),* $(,)?) => {
        #[derive(LoadSpec, Clone)]
        #[load(Row)]
        struct $spec {
            #[load(annotate = previous.count())]
            count: i64,
            $(#[diesel(column_name = $column)] $field: i32,)*
            #[load(prefetch)]
            previous: Vec<Id>,
            #[load(join)]
            next: Option<Id>,
            #[load(prefetch = next)]
            again: Option<Id>,
            id: i32,
        }

        impl $spec {
            #[track_caller]
            fn check(&self, from_the_table: i32) {
                let mut values = Vec::new();
                let mut expected = Vec::new();
                $(
                    values.push(self.$field);
                    let column: i32 = stringify!($column)[1..].parse().unwrap();
                    expected.push(if column == 0 { self.id % 3 + 1 } else { self.id * 100 + column });
                )*
                assert_eq!(values, expected);
                assert_eq!(self.id, from_the_table);
                let previous = sorted(self.previous.iter().map(|row| row.id));
                let of: Vec<i32> = (1..=3).filter(|id| id % 3 + 1 == self.id).collect();
                assert_eq!(previous, of);
                assert_eq!(self.count, of.len() as i64);
                let next = Some(self.id % 3 + 1);
                assert_eq!(self.next.as_ref().map(|row| row.id), next);
                assert_eq!(self.again.as_ref().map(|row| row.id), next);
            }
        }
    };
}

wide! {
    Nine: f0 = c0, f1 = c7, f2 = c14, f3 = c6
}
wide! {
    Seventeen: f0 = c0, f1 = c7, f2 = c14, f3 = c6, f4 = c13, f5 = c5, f6 = c12, f7 = c4, f8 = c11, f9 = c3, f10 = c10, f11 = c2
}
wide! {
    Forty: f0 = c0, f1 = c7, f2 = c14, f3 = c6, f4 = c13, f5 = c5, f6 = c12, f7 = c4, f8 = c11, f9 = c3, f10 = c10, f11 = c2, f12 = c9, f13 = c1, f14 = c8, f15 = c0, f16 = c7, f17 = c14, f18 = c6, f19 = c13, f20 = c5, f21 = c12, f22 = c4, f23 = c11, f24 = c3, f25 = c10, f26 = c2, f27 = c9, f28 = c1, f29 = c8, f30 = c0, f31 = c7, f32 = c14, f33 = c6, f34 = c13
}
wide! {
    Seventy: f0 = c0, f1 = c7, f2 = c14, f3 = c6, f4 = c13, f5 = c5, f6 = c12, f7 = c4, f8 = c11, f9 = c3, f10 = c10, f11 = c2, f12 = c9, f13 = c1, f14 = c8, f15 = c0, f16 = c7, f17 = c14, f18 = c6, f19 = c13, f20 = c5, f21 = c12, f22 = c4, f23 = c11, f24 = c3, f25 = c10, f26 = c2, f27 = c9, f28 = c1, f29 = c8, f30 = c0, f31 = c7, f32 = c14, f33 = c6, f34 = c13, f35 = c5, f36 = c12, f37 = c4, f38 = c11, f39 = c3, f40 = c10, f41 = c2, f42 = c9, f43 = c1, f44 = c8, f45 = c0, f46 = c7, f47 = c14, f48 = c6, f49 = c13, f50 = c5, f51 = c12, f52 = c4, f53 = c11, f54 = c3, f55 = c10, f56 = c2, f57 = c9, f58 = c1, f59 = c8, f60 = c0, f61 = c7, f62 = c14, f63 = c6, f64 = c13
}

fn rows() -> SqliteConnection {
    let columns: Vec<String> = (0..15).map(|i| format!("c{i} INTEGER NOT NULL")).collect();
    let values = |id: i32| {
        let values: Vec<String> = (1..15).map(|i| (id * 100 + i).to_string()).collect();
        format!("({id}, {}, {})", id % 3 + 1, values.join(", "))
    };
    database(&format!(
        "CREATE TABLE rows (id INTEGER PRIMARY KEY, {}); INSERT INTO rows VALUES {}, {}, {}",
        columns.join(", "),
        values(1),
        values(2),
        values(3),
    ))
}

#[test]
fn specs_of_any_number_of_fields() {
    let conn = &mut rows();
    let ids = [1, 2, 3];
    let by_id = || rows::id.asc();
    let nine = Nine::query().order(by_id()).load(conn).unwrap();
    nine.iter().zip(ids).for_each(|(row, id)| row.check(id));
    let seventeen = Seventeen::query().order(by_id()).load(conn).unwrap();
    seventeen.iter().zip(ids).for_each(|(row, id)| row.check(id));
    let forty = Forty::query().order(by_id()).load(conn).unwrap();
    forty.iter().zip(ids).for_each(|(row, id)| row.check(id));
    let seventy = Seventy::query().order(by_id()).load(conn).unwrap();
    seventy.iter().zip(ids).for_each(|(row, id)| row.check(id));
    assert_eq!([nine.len(), seventeen.len(), forty.len(), seventy.len()], [3; 4]);
    assert_eq!([Nine::QUERIES, Seventeen::QUERIES, Forty::QUERIES, Seventy::QUERIES], [3; 4]);
}

/// Wide specs held by each other: a join of a join of a prefetch.
#[derive(LoadSpec)]
#[load(Row)]
struct Nested {
    id: i32,
    #[load(join)]
    next: Option<Joined>,
    #[load(prefetch)]
    previous: Vec<Joined>,
}

#[derive(LoadSpec, Clone)]
#[load(Row)]
struct Joined {
    c14: i32,
    #[load(join)]
    next: Seventy,
    c1: i32,
    #[load(prefetch = next)]
    again: Option<Forty>,
}

impl Joined {
    #[track_caller]
    fn check(&self, id: i32) {
        assert_eq!((self.c14, self.c1), (id * 100 + 14, id * 100 + 1));
        self.next.check(id % 3 + 1);
        self.again.as_ref().unwrap().check(id % 3 + 1);
    }
}

#[test]
fn wide_specs_are_read_from_their_own_columns_wherever_they_stand() {
    let conn = &mut rows();
    let trace = Trace::of(conn);
    let rows = Nested::query().order(rows::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), Nested::QUERIES);
    for row in rows {
        row.next.unwrap().check(row.id % 3 + 1);
        assert_eq!(row.previous.len(), 1);
        row.previous[0].check((row.id + 1) % 3 + 1);
    }
}

diesel::table! {
    a_table_whose_name_is_already_long_by_itself (id) {
        id -> Integer,
        one_id -> Nullable<Integer>,
        other_id -> Nullable<Integer>,
    }
}
diesel::table! { a_through_table_whose_name_is_long (id) { id -> Integer, from_id -> Integer, to_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = a_table_whose_name_is_already_long_by_itself)]
#[model(
    belongs_to(a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_one: Long, foreign_key = one_id),
    belongs_to(a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_other: Long, foreign_key = other_id),
    many_to_many(
        a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_to: Long,
        through = a_through_table_whose_name_is_long, foreign_key = from_id, target_key = to_id
    ),
    many_to_many(
        a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_from: Long,
        through = a_through_table_whose_name_is_long, foreign_key = to_id, target_key = from_id
    ),
)]
pub(crate) struct Long {
    id: i32,
    one_id: Option<i32>,
    other_id: Option<i32>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Long)]
struct LongId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Long)]
struct Inner {
    id: i32,
    #[load(join = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_one)]
    a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_one: Option<LongId>,
    #[load(join = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_other)]
    a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_other: Option<LongId>,
}

#[derive(LoadSpec, Debug)]
#[load(Long)]
struct Outer {
    id: i32,
    #[load(join = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_one)]
    a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_one: Option<Inner>,
    #[load(join = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_other)]
    a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_other: Option<Inner>,
    #[load(prefetch = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_to)]
    to: Vec<LongId>,
    #[load(prefetch = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_from)]
    from: Vec<LongId>,
    #[load(annotate = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_to.count())]
    to_count: i64,
    #[load(annotate = a_relation_whose_name_is_so_long_that_no_alias_can_hold_it_from.count())]
    from_count: i64,
}

#[test]
fn names_that_are_cut_are_not_cut_into_each_other() {
    let conn = &mut database(
        "CREATE TABLE a_table_whose_name_is_already_long_by_itself (id INTEGER PRIMARY KEY, one_id INTEGER, other_id INTEGER);
         CREATE TABLE a_through_table_whose_name_is_long (id INTEGER PRIMARY KEY, from_id INTEGER NOT NULL, to_id INTEGER NOT NULL);
         INSERT INTO a_table_whose_name_is_already_long_by_itself VALUES (1, 2, 3), (2, 3, 4), (3, 4, 5), (4, 5, 1), (5, NULL, NULL);
         INSERT INTO a_through_table_whose_name_is_long VALUES (1, 1, 2), (2, 1, 3), (3, 2, 1);",
    );
    let trace = Trace::of(conn);
    let rows = Outer::query()
        .filter(
            Outer::a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_one
                .then(Inner::a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_other)
                .field(a_table_whose_name_is_already_long_by_itself::id)
                .eq(4),
        )
        .load(conn)
        .unwrap();
    let [row] = &rows[..] else { panic!("one row: {rows:?}") };
    let ids = |inner: &Option<Inner>| {
        let inner = inner.as_ref().unwrap();
        let id = |row: &Option<LongId>| row.as_ref().unwrap().id;
        (
            inner.id,
            id(&inner.a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_one),
            id(&inner.a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_other),
        )
    };
    assert_eq!(
        (
            row.id,
            ids(&row.a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_one),
            ids(&row.a_field_whose_name_is_so_long_that_no_alias_can_hold_it_as_it_is_other)
        ),
        (1, (2, 3, 4), (3, 4, 5))
    );
    assert_eq!(sorted(row.to.iter().map(|row| row.id)), [2, 3]);
    assert_eq!(sorted(row.from.iter().map(|row| row.id)), [2]);
    assert_eq!((row.to_count, row.from_count), (2, 1));
    for sql in trace.sql() {
        for name in sql.split('`').skip(1).step_by(2) {
            assert!(name.len() <= 63, "{name}");
        }
    }
}
