//! Joins of joins and prefetches of prefetches, many levels deep.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::support::{Trace, database};

diesel::table! { nodes (id) { id -> Integer, parent_id -> Nullable<Integer> } }

#[derive(Model)]
#[diesel(table_name = nodes)]
#[model(belongs_to(parent: Node), has_many(children: Node))]
pub(crate) struct Node {
    id: i32,
    parent_id: Option<i32>,
}

#[derive(LoadSpec, Clone)]
#[load(Node)]
struct Up0 {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Node)]
struct Down0 {
    id: i32,
}

/// The specs that go one level further than another pair: up by a join, down by a prefetch.
macro_rules! levels {
    ($($up:ident / $down:ident above $inner_up:ident / $inner_down:ident;)*) => {$(
        #[derive(LoadSpec, Clone)]
        #[load(Node)]
        struct $up {
            #[load(join)]
            parent: Option<$inner_up>,
            id: i32,
        }

        impl $up {
            fn ids(&self) -> Vec<i32> {
                let mut ids = vec![self.id];
                ids.extend(self.parent.iter().flat_map($inner_up::ids));
                ids
            }
        }

        #[derive(LoadSpec, Clone)]
        #[load(Node)]
        struct $down {
            #[load(prefetch)]
            children: Vec<$inner_down>,
            #[load(join)]
            parent: Option<$inner_up>,
            id: i32,
        }

        impl $down {
            fn ids(&self) -> Vec<i32> {
                assert_eq!(self.parent.as_ref().map(|parent| parent.id), (self.id > 1).then(|| self.id - 1));
                let mut ids = vec![self.id];
                ids.extend(self.children.iter().flat_map($inner_down::ids));
                ids
            }
        }
    )*};
}

impl Up0 {
    fn ids(&self) -> Vec<i32> {
        vec![self.id]
    }
}

impl Down0 {
    fn ids(&self) -> Vec<i32> {
        vec![self.id]
    }
}

levels! {
    Up1 / Down1 above Up0 / Down0;
    Up2 / Down2 above Up1 / Down1;
    Up3 / Down3 above Up2 / Down2;
    Up4 / Down4 above Up3 / Down3;
    Up5 / Down5 above Up4 / Down4;
    Up6 / Down6 above Up5 / Down5;
    Up7 / Down7 above Up6 / Down6;
    Up8 / Down8 above Up7 / Down7;
}

#[test]
fn a_chain_is_read_up_by_joins_and_down_by_prefetches() {
    let conn = &mut database(
        "CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent_id INTEGER);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
         INSERT INTO nodes SELECT i, nullif(i - 1, 0) FROM n;",
    );
    let trace = Trace::of(conn);
    let up = Up8::query().find(20).first(conn).unwrap();
    assert_eq!(up.ids(), (12..=20).rev().collect::<Vec<_>>());
    // Where the chain ends, the joins find nothing all the way down.
    assert_eq!(Up8::query().find(3).first(conn).unwrap().ids(), [3, 2, 1]);
    assert_eq!(trace.sql().len(), 2);
    let down = Down8::query().find(1).first(conn).unwrap();
    assert_eq!(down.ids(), (1..=9).collect::<Vec<_>>());
    assert_eq!((trace.sql().len(), Down8::QUERIES), (9, 9));
    let far = Up8::parent.then(Up7::parent).then(Up6::parent).then(Up5::parent).field(nodes::id);
    assert_eq!(Up8::query().filter(far.eq(5)).first(conn).unwrap().id, 9);
}
