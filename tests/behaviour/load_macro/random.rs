//! Random rows and random values, loaded by both forms of `load!` and by loops over the plain rows.

use diesel::prelude::*;
use proptest::prelude::*;
use upfront::load;

use crate::shop::*;
use crate::support::database;

load! {
    #[load(params(since: i32, most: i64, open: bool))]
    #[derive(Debug, Clone)]
    struct Buyer: Person {
        id,
        join boss {
            id,
            prefetch orders.filter(orders::open.eq(open)).order_by(orders::id) { id },
        },
        prefetch orders.filter(orders::placed.ge(since)).order_by((orders::placed.desc(), orders::id)).limit(most) {
            annotate lines.sum(lines::quantity).default(0) as pieces,
            id,
            prefetch lines.order_by(lines::id.desc()) { id, join product { name } },
        },
        annotate orders.filter(orders::placed.lt(since)).count() as before,
    }
}

/// What is loaded of a person: the boss and the boss's orders, the orders with their lines, and how many came before.
type Shown = (i32, Option<(i32, Vec<i32>)>, Vec<(i32, Vec<(i32, String)>, i64)>, i64);

macro_rules! shown {
    ($people:expr) => {
        $people
            .into_iter()
            .map(|person| {
                let boss = person
                    .boss
                    .map(|boss| (boss.id, boss.orders.into_iter().map(|order| order.id).collect()));
                let orders = person.orders.into_iter().map(|order| {
                    let lines = order.lines.into_iter().map(|line| (line.id, line.product.name));
                    (order.id, lines.collect(), order.pieces)
                });
                let orders = orders.collect();
                (person.id, boss, orders, person.before)
            })
            .collect::<Vec<Shown>>()
    };
}

#[derive(Debug)]
struct Rows {
    bosses: Vec<Option<i32>>,
    /// The person, the day, and whether it is open.
    orders: Vec<(i32, i32, bool)>,
    /// The order, the product and the quantity.
    lines: Vec<(i32, i32, i32)>,
}

const PRODUCTS: [&str; 3] = ["axe", "bow", "cap"];

fn rows() -> impl Strategy<Value = Rows> {
    let bosses = prop::collection::vec(prop::option::of(1..=4), 1..5);
    let orders = prop::collection::vec((1..=4, 0..5, any::<bool>()), 0..8);
    let lines = prop::collection::vec((1..=8, 1..=3, 1..4), 0..10);
    (bosses, orders, lines).prop_map(|(bosses, orders, lines)| Rows { bosses, orders, lines })
}

fn numbered<T>(rows: &[T]) -> impl DoubleEndedIterator<Item = (i32, &T)> {
    rows.iter().enumerate().map(|(i, row)| (i32::try_from(i + 1).expect("few rows"), row))
}

impl Rows {
    fn insert(&self) -> SqliteConnection {
        let mut conn = database(SCHEMA);
        let mut insert = || -> QueryResult<()> {
            for (id, boss) in numbered(&self.bosses) {
                let row = (people::id.eq(id), people::name.eq("P"), people::boss_id.eq(boss));
                diesel::insert_into(people::table).values(row).execute(&mut conn)?;
            }
            for (id, (person, placed, open)) in numbered(&self.orders) {
                let row = (
                    orders::id.eq(id),
                    orders::person_id.eq(person),
                    orders::placed.eq(placed),
                    orders::open.eq(open),
                );
                diesel::insert_into(orders::table).values(row).execute(&mut conn)?;
            }
            for (id, (order, product, quantity)) in numbered(&self.lines) {
                let of =
                    (lines::id.eq(id), lines::order_id.eq(order), lines::product_id.eq(product));
                let row = (of, lines::quantity.eq(quantity), lines::price.eq(1.0));
                diesel::insert_into(lines::table).values(row).execute(&mut conn)?;
            }
            for (id, name) in numbered(&PRODUCTS) {
                let row = (products::id.eq(id), products::name.eq(name), products::kind.eq("k"));
                diesel::insert_into(products::table).values(row).execute(&mut conn)?;
            }
            Ok(())
        };
        insert().expect("the rows fit the schema");
        conn
    }

    fn orders_of(&self, of: i32) -> impl Iterator<Item = (i32, i32, bool)> {
        numbered(&self.orders)
            .filter(move |(_, order)| order.0 == of)
            .map(|(id, order)| (id, order.1, order.2))
    }

    /// By loops.
    fn shown(&self, since: i32, most: usize, open: bool) -> Vec<Shown> {
        let of_person = |(id, boss): (i32, &Option<i32>)| {
            let there =
                |boss: &i32| usize::try_from(*boss).is_ok_and(|boss| boss <= self.bosses.len());
            let boss = boss.filter(there).map(|boss| {
                (
                    boss,
                    self.orders_of(boss)
                        .filter(|order| order.2 == open)
                        .map(|order| order.0)
                        .collect(),
                )
            });
            let mut orders: Vec<_> = self.orders_of(id).filter(|order| order.1 >= since).collect();
            orders.sort_by_key(|order| (-order.1, order.0));
            orders.truncate(most);
            let orders = orders.into_iter().map(|(order, ..)| {
                let lines = || numbered(&self.lines).rev().filter(move |(_, line)| line.0 == order);
                let product = |line: &(i32, i32, i32)| {
                    PRODUCTS[usize::try_from(line.1 - 1).expect("products begin with 1")].to_owned()
                };
                let pieces = lines().map(|(_, line)| i64::from(line.2)).sum();
                (order, lines().map(|(id, line)| (id, product(line))).collect(), pieces)
            });
            let before = self.orders_of(id).filter(|order| order.1 < since).count();
            (id, boss, orders.collect(), i64::try_from(before).expect("few orders"))
        };
        numbered(&self.bosses).map(of_person).collect()
    }
}

fn by_item(since: i32, most: i64, open: bool, conn: &mut SqliteConnection) -> Vec<Shown> {
    let people = Buyer::query(since, most, open).order(people::id).load(conn).unwrap();
    shown!(people)
}

fn by_expression(since: i32, most: i64, open: bool, conn: &mut SqliteConnection) -> Vec<Shown> {
    let people = load!(Person {
        id,
        join boss {
            id,
            prefetch orders.filter(orders::open.eq(open)).order_by(orders::id) { id },
        },
        prefetch orders.filter(orders::placed.ge(&since)).order_by((orders::placed.desc(), orders::id)).limit(most) {
            annotate lines.sum(lines::quantity).default(0) as pieces,
            id,
            prefetch lines.order_by(lines::id.desc()) { id, join product { name } },
        },
        annotate orders.filter(orders::placed.lt(since)).count() as before,
    });
    shown!(people.order(people::id).load(conn).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_forms_and_loops_agree(rows in rows(), since in 0..5, most in 0_i64..4, open in any::<bool>()) {
        let conn = &mut rows.insert();
        let expected = rows.shown(since, usize::try_from(most).unwrap(), open);
        prop_assert_eq!(by_item(since, most, open, conn), expected.clone());
        prop_assert_eq!(by_expression(since, most, open, conn), expected);
    }
}
