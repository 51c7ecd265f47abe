//! Random rows, and what is computed of their relations: the same as a loop over the plain rows computes.

use proptest::prelude::*;
use targets::models::shop::*;
use targets::models::shop_rows::{Children, World, world};

use super::prelude::*;
use super::random::for_all;

tests![; plain annotations_wherever_a_spec_is_held, conditions_inside_conditions];

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Person, params(least: i32))]
struct Totals {
    id: i32,
    #[load(annotate = orders.filter(orders::placed.ge(least)).count())]
    orders: i64,
    #[load(annotate = orders.sum(orders::placed))]
    placed: Option<i64>,
    #[load(annotate = orders.min(orders::placed * orders::placed))]
    square: Option<i32>,
    #[load(annotate = reports.count())]
    reports: i64,
    #[load(annotate = grandreports.filter(people::name.ge("2")).count())]
    grandreports: i64,
    #[load(annotate = follows.filter(follows::since.ge(least)).max(follows::since).default(-1))]
    since: i32,
    #[load(annotate = lines.count_distinct(lines::quantity))]
    quantities: i64,
    #[load(annotate = lines.sum(lines::quantity + lines::id).default(0))]
    lines: i64,
    #[load(annotate = products.max(products::weight))]
    heaviest: Option<i32>,
    #[load(annotate = products.none(products::weight.is_null()))]
    weighed: bool,
}

#[derive(LoadSpec, Debug)]
#[load(Order, params(least: i32))]
struct Placed {
    id: i32,
    #[load(join, params(least))]
    person: Option<Totals>,
    #[load(prefetch = person, params(least))]
    again: Option<Totals>,
    #[load(annotate = products.count())]
    products: i64,
}

fn values(rows: &Children) -> impl Iterator<Item = i32> {
    rows.iter().filter_map(|(_, value)| *value)
}

fn count(rows: impl Iterator) -> i64 {
    i64::try_from(rows.count()).unwrap()
}

/// What a loop over the plain rows computes.
struct Loops<'w>(&'w World);

impl Loops<'_> {
    fn totals(&self, id: i32, least: i32) -> Totals {
        let (orders, follows, lines) = (self.0.orders(id), self.0.follows(id), self.0.lines(id));
        let bought = self.0.bought(id);
        let quantities: std::collections::BTreeSet<_> = values(&lines).collect();
        let sum: i64 = lines.iter().map(|(key, value)| i64::from(key[0] + value.unwrap())).sum();
        Totals {
            id,
            orders: count(values(&orders).filter(|placed| *placed >= least)),
            placed: (!orders.is_empty()).then(|| values(&orders).map(i64::from).sum()),
            square: values(&orders).map(|placed| placed * placed).min(),
            reports: count(self.0.reports(id).iter()),
            grandreports: count(values(&self.0.grandreports(id)).filter(|name| *name >= 2)),
            since: values(&follows).filter(|since| *since >= least).max().unwrap_or(-1),
            quantities: count(quantities.iter()),
            lines: sum,
            heaviest: values(&bought).max(),
            weighed: bought.iter().all(|(_, weight)| weight.is_some()),
        }
    }

    fn there(&self) -> impl Iterator<Item = i32> {
        self.0.people.iter().map(|(id, ..)| *id)
    }

    /// Whether one of these people is there for whom the condition holds.
    fn any(&self, people: &Children, condition: impl Fn(i32) -> bool) -> bool {
        people.iter().any(|(key, _)| condition(key[0]))
    }
}

/// The people for whom a condition holds, by a query of Diesel alone.
macro_rules! ids {
    ($conn:expr, $condition:expr) => {
        people::table
            .filter($condition)
            .order(people::id)
            .select(people::id)
            .load::<i32>($conn)
            .await
            .unwrap()
    };
}

fn annotations_wherever_a_spec_is_held() {
    for_all(SCHEMA, (world(), 0..4), async |(world, least), conn| {
        let least = *least;
        run(&world.sql(), conn).await.unwrap();
        let loops = Loops(world);
        let people = Totals::query(least).order(people::id).load(conn).await.unwrap();
        let expected: Vec<_> = loops.there().map(|id| loops.totals(id, least)).collect();
        prop_assert_eq!(&people, &expected);
        let orders = Placed::query(least).order(orders::id).load(conn).await.unwrap();
        prop_assert_eq!(orders.len(), world.orders.len());
        for (order, (id, person, _)) in orders.iter().zip(&world.orders) {
            let person = expected.iter().find(|totals| totals.id == *person);
            prop_assert_eq!(order.person.as_ref(), person);
            prop_assert_eq!(order.again.as_ref(), person);
            prop_assert_eq!(order.products, count(world.products(*id).iter()));
        }
        Ok(())
    });
}

fn conditions_inside_conditions() {
    for_all(SCHEMA, (world(), 0..4), async |(world, least), conn| {
        let least = *least;
        run(&world.sql(), conn).await.unwrap();
        let loops = Loops(world);
        let is = |condition: &dyn Fn(i32) -> bool| -> Vec<i32> {
            loops.there().filter(|id| condition(*id)).collect()
        };
        let late = |id: i32| values(&world.orders(id)).any(|placed| placed >= least);
        prop_assert_eq!(ids!(conn, person::orders.any(orders::placed.ge(least))), is(&late));
        prop_assert_eq!(
            ids!(conn, person::reports.any(person::orders.any(orders::placed.ge(least)))),
            is(&|id| loops.any(&world.reports(id), late))
        );
        prop_assert_eq!(
            ids!(
                conn,
                person::reports
                    .none(person::reports.any(person::orders.any(orders::placed.ge(least))))
            ),
            is(&|id| !loops.any(&world.reports(id), |id| loops.any(&world.reports(id), late)))
        );
        prop_assert_eq!(
            ids!(
                conn,
                person::follows.any(follows::since.ge(least).and(person::grandreports.exists()))
            ),
            is(&|id| {
                let follows: Children = world
                    .follows(id)
                    .into_iter()
                    .filter(|(_, since)| *since >= Some(least))
                    .collect();
                loops.any(&follows, |id| !world.grandreports(id).is_empty())
            })
        );
        prop_assert_eq!(
            ids!(conn, person::boss.any(person::follows.count().gt(person::reports.count()))),
            is(&|id| {
                let boss = world
                    .people
                    .iter()
                    .find(|(person, ..)| *person == id)
                    .and_then(|(.., boss)| *boss);
                let there = boss.filter(|boss| loops.there().any(|id| id == *boss));
                there.is_some_and(|boss| world.follows(boss).len() > world.reports(boss).len())
            })
        );
        prop_assert_eq!(
            ids!(
                conn,
                person::orders
                    .any(order::products.filter(products::weight.ge(least)).count().gt(1))
            ),
            is(&|id| {
                world.orders(id).iter().any(|(key, _)| {
                    values(&world.products(key[0])).filter(|weight| *weight >= least).count() > 1
                })
            })
        );
        prop_assert_eq!(
            ids!(conn, person::products.none(product::buyers.any(people::id.ne_all([1, 2])))),
            is(&|id| {
                world.bought(id).iter().all(|(product, _)| {
                    let buys =
                        |id: &i32| world.bought(*id).iter().any(|(other, _)| other == product);
                    !loops.there().filter(buys).any(|id| id > 2)
                })
            })
        );
        Ok(())
    });
}
