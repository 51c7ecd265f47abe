//! Ten prefetches in one spec, and five levels of them, all with limits.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::LoadSpec;

use crate::shop::*;
use crate::support::Trace;

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct PersonId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct OrderId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line)]
struct LineId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Product)]
struct ProductId {
    id: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Person, max_queries = 11)]
struct Ten {
    id: i32,
    #[load(prefetch, order_by = orders::id.desc(), limit = 2)]
    orders: Vec<OrderId>,
    #[load(prefetch, limit = 1)]
    reports: Vec<PersonId>,
    #[load(prefetch, order_by = follows::since.desc(), limit = 1)]
    follows: Vec<PersonId>,
    #[load(prefetch, limit = 5)]
    followers: Vec<PersonId>,
    #[load(prefetch, order_by = lines::quantity.desc(), limit = 2)]
    lines: Vec<LineId>,
    #[load(prefetch, offset = 1)]
    products: Vec<ProductId>,
    #[load(prefetch, limit = 1)]
    grandreports: Vec<PersonId>,
    #[load(prefetch, order_by = people::name.desc(), limit = 1)]
    colleagues: Vec<PersonId>,
    #[load(prefetch, limit = 2)]
    followed_orders: Vec<OrderId>,
    #[load(prefetch)]
    boss: Option<PersonId>,
}

#[test]
fn ten_prefetches_in_one_spec() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let people = Ten::query().order(people::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), 11);
    assert_eq!(Ten::QUERIES, 11);
    let person = |rows: &[PersonId]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let order = |rows: &[OrderId]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let all = |ten: &Ten| {
        [
            order(&ten.orders),
            person(&ten.reports),
            person(&ten.follows),
            person(&ten.followers),
            ten.lines.iter().map(|row| row.id).collect(),
            ten.products.iter().map(|row| row.id).collect(),
            person(&ten.grandreports),
            person(&ten.colleagues),
            order(&ten.followed_orders),
            ten.boss.iter().map(|row| row.id).collect(),
        ]
    };
    let none: fn() -> Vec<i32> = Vec::new;
    let rows: Vec<_> = people.iter().map(all).collect();
    assert_eq!(
        rows[0],
        [
            vec![3, 2],
            vec![2],
            vec![3],
            vec![2, 4],
            vec![3, 1],
            vec![2, 3],
            vec![4],
            none(),
            vec![4],
            none()
        ]
    );
    assert_eq!(
        rows[1],
        [
            vec![4],
            vec![4],
            vec![1],
            vec![1],
            vec![5, 6],
            vec![3],
            none(),
            vec![3],
            vec![1, 2],
            vec![1]
        ]
    );
    assert_eq!(
        rows[2],
        [none(), none(), none(), vec![1], none(), none(), none(), vec![3], none(), vec![1]]
    );
    assert_eq!(
        rows[3],
        [none(), none(), vec![1], none(), none(), none(), none(), vec![4], vec![1, 2], vec![2]]
    );
}

macro_rules! levels {
    ($($spec:ident holds $below:ty,)*) => {$(
        #[derive(LoadSpec, Debug)]
        #[load(Person, params(most: i64))]
        struct $spec {
            id: i32,
            #[load(prefetch, params(most), filter = people::id.ne(1), order_by = people::id.desc(), limit = most)]
            reports: Vec<$below>,
        }
    )*};
}

levels! {
    First holds Second,
    Second holds Third,
    Third holds Fourth,
    Fourth holds Fifth,
}

#[derive(LoadSpec, Debug)]
#[load(Person, params(most: i64))]
struct Fifth {
    id: i32,
    #[load(prefetch, order_by = people::id, limit = most)]
    reports: Vec<PersonId>,
}

/// The ids of a tree: of each row, then in parentheses those below it.
macro_rules! tree {
    ($rows:expr;) => { $rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>().join(" ") };
    ($rows:expr; $one:tt $($more:tt)*) => {
        $rows
            .iter()
            .map(|row| format!("{} ({})", row.id, tree!(row.reports; $($more)*)))
            .collect::<Vec<_>>()
            .join(" ")
    };
}

#[test]
fn five_levels_of_limits() {
    let conn = &mut shop();
    // Of person 1 are the reports 2, 3 and 4, of 2 are 5, 6 and 7, and so on.
    conn.batch_execute(
        "DELETE FROM people;
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 364)
         INSERT INTO people SELECT n, 'p', nullif((n + 1) / 3, 0) FROM numbers;",
    )
    .unwrap();
    fn below(id: i32, most: usize, depth: u32) -> String {
        let mut rows: Vec<i32> = (id * 3 - 1..=id * 3 + 1).filter(|id| *id <= 364).collect();
        if depth > 1 {
            rows.reverse();
        }
        rows.truncate(most);
        let row = |id: i32| match depth {
            1 => id.to_string(),
            _ => format!("{id} ({})", below(id, most, depth - 1)),
        };
        rows.into_iter().map(row).collect::<Vec<_>>().join(" ")
    }
    assert_eq!(First::QUERIES, 6);
    for most in 0..=4 {
        let trace = Trace::of(conn);
        let first = First::query(most).find(1).first(conn).unwrap();
        assert_eq!(trace.sql().len(), if most == 0 { 2 } else { 6 });
        let shown = tree!(first.reports; 2 3 4 5);
        assert_eq!(shown, below(1, most as usize, 5), "{most}");
    }
    // The innermost, refined from outside.
    let least = 360;
    let first = First::query(3)
        .prefetch(First::reports, |people| {
            people.limit(1).prefetch(Second::reports, |people| {
                people.limit(1).prefetch(Third::reports, |people| {
                    people.limit(1).prefetch(Fourth::reports, |people| {
                        people.prefetch(Fifth::reports, |people| {
                            people.filter(people::id.gt(&least)).order(people::id.desc()).limit(2)
                        })
                    })
                })
            })
        })
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(tree!(first.reports; 2 3 4 5), "4 (13 (40 (121 (364 363) 120 (361) 119 ())))");
}
