//! Random rows, and prefetches that are refined at random: both give what a loop over the plain rows gives.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use upfront::LoadSpec;

use crate::shop::*;
use crate::support::{Trace, database, sorted};

/// What refines a prefetch: the column `c` of a child is its date, its weight or whatever it can be ordered by.
#[derive(Debug, Clone)]
struct Refinement {
    /// `c` is at least this.
    least: Option<i32>,
    /// Or the primary key is this.
    or: Option<i32>,
    /// By `c`, and whether the greatest comes first.
    desc: Option<bool>,
    limit: Option<i64>,
    offset: Option<i64>,
}

prop_compose! {
    fn refinement()(
        least in prop::option::of(0..5),
        or in prop::option::weighted(0.3, 1..7),
        desc in prop::option::weighted(0.8, any::<bool>()),
        limit in prop::option::of(0..4_i64),
        offset in prop::option::weighted(0.3, 0..3_i64),
    ) -> Refinement {
        Refinement { least, or, desc, limit, offset }
    }
}

/// The plain rows.
#[derive(Debug)]
pub(crate) struct World {
    /// By their number: a name of one digit, and the boss.
    pub(crate) people: Vec<(i32, i32, Option<i32>)>,
    pub(crate) follows: Vec<(i32, i32, i32)>,
    pub(crate) orders: Vec<(i32, i32, i32)>,
    pub(crate) lines: Vec<(i32, i32, i32, i32)>,
    pub(crate) products: Vec<(i32, Option<i32>)>,
}

fn numbered<T>(rows: Vec<T>) -> Vec<(i32, T)> {
    (1..).zip(rows).collect()
}

prop_compose! {
    pub(crate) fn world()(
        people in prop::collection::vec((0..5, prop::option::weighted(0.8, 1..8)), 0..7),
        follows in prop::collection::btree_map((1..8, 1..8), 0..5, 0..14),
        orders in prop::collection::vec((1..7, 0..5), 0..12),
        lines in prop::collection::vec((1..12, 1..6, 0..5), 0..24),
        products in prop::collection::vec(prop::option::weighted(0.7, 0..5), 0..5),
    ) -> World {
        World {
            people: numbered(people).into_iter().map(|(id, (name, boss))| (id, name, boss)).collect(),
            follows: follows.into_iter().map(|((from, to), since)| (from, to, since)).collect(),
            orders: numbered(orders).into_iter().map(|(id, (person, placed))| (id, person, placed)).collect(),
            lines: numbered(lines)
                .into_iter()
                .map(|(id, (order, product, quantity))| (id, order, product, quantity))
                .collect(),
            products: numbered(products),
        }
    }
}

impl World {
    pub(crate) fn insert(&self) -> SqliteConnection {
        let mut conn = database(SCHEMA);
        let null = |value: Option<i32>| value.map_or("NULL".to_owned(), |value| value.to_string());
        let mut sql = String::new();
        for (id, name, boss) in &self.people {
            sql += &format!("INSERT INTO people VALUES ({id}, '{name}', {});", null(*boss));
        }
        for (from, to, since) in &self.follows {
            sql += &format!("INSERT INTO follows VALUES ({from}, {to}, {since});");
        }
        // The last first, so that the order of the table is no help.
        for (id, person, placed) in self.orders.iter().rev() {
            sql += &format!("INSERT INTO orders VALUES ({id}, {person}, {placed}, TRUE);");
        }
        for (id, order, product, quantity) in self.lines.iter().rev() {
            sql +=
                &format!("INSERT INTO lines VALUES ({id}, {order}, {product}, {quantity}, 1.0);");
        }
        for (id, weight) in &self.products {
            sql += &format!("INSERT INTO products VALUES ({id}, '{id}', 'k', {});", null(*weight));
        }
        conn.batch_execute(&sql).expect("the rows fit the schema");
        conn
    }

    fn named(&self, wanted: impl Fn(i32, Option<i32>) -> bool) -> Children {
        let people = self.people.iter().filter(|(id, _, boss)| wanted(*id, *boss));
        people.map(|(id, name, _)| (vec![*id], Some(*name))).collect()
    }

    pub(crate) fn reports(&self, person: i32) -> Children {
        self.named(|_, boss| boss == Some(person))
    }

    pub(crate) fn grandreports(&self, person: i32) -> Children {
        let reports: Vec<_> = self.reports(person).iter().map(|(key, _)| Some(key[0])).collect();
        self.named(|_, boss| reports.contains(&boss) && boss.is_some())
    }

    pub(crate) fn follows(&self, person: i32) -> Children {
        let follows = self.follows.iter().filter(|(from, ..)| *from == person);
        let there = follows.filter(|(_, to, _)| self.people.iter().any(|(id, ..)| id == to));
        there.map(|(_, to, since)| (vec![*to], Some(*since))).collect()
    }

    pub(crate) fn orders(&self, person: i32) -> Children {
        let orders = self.orders.iter().filter(|(_, of, _)| *of == person);
        orders.map(|(id, _, placed)| (vec![*id], Some(*placed))).collect()
    }

    pub(crate) fn lines(&self, person: i32) -> Children {
        let orders = self.orders(person);
        let lines = self
            .lines
            .iter()
            .filter(|(_, order, ..)| orders.iter().any(|(key, _)| key[0] == *order));
        lines.map(|(id, _, _, quantity)| (vec![*id], Some(*quantity))).collect()
    }

    /// Pairs of a product and the line that leads to it.
    pub(crate) fn products(&self, order: i32) -> Children {
        let lines = self.lines.iter().filter(|(_, of, ..)| *of == order);
        let pair = |(line, _, id, _): &(i32, i32, i32, i32)| {
            let (_, weight) = self.products.iter().find(|(product, _)| product == id)?;
            Some((vec![*id, *line], *weight))
        };
        lines.filter_map(pair).collect()
    }

    pub(crate) fn bought(&self, person: i32) -> Children {
        let of = |order: &(Vec<i32>, Option<i32>)| self.products(order.0[0]);
        let mut products: Children = self.orders(person).iter().flat_map(of).collect();
        products.iter_mut().for_each(|(key, _)| key.truncate(1));
        let mut products = sorted(products);
        products.dedup();
        products
    }
}

/// The primary keys of children, and their `c`.
pub(crate) type Children = Vec<(Vec<i32>, Option<i32>)>;

impl Refinement {
    /// The rows it leaves, one after the other.
    fn apply(&self, rows: Children) -> Children {
        let mut rows = sorted(rows);
        rows.retain(|(key, c)| match (self.least, self.or) {
            (None, None) => true,
            (least, or) => {
                least.is_some_and(|least| c.is_some_and(|c| c >= least)) || or == Some(key[0])
            }
        });
        match self.desc {
            Some(true) => rows.sort_by_key(|(_, c)| std::cmp::Reverse(*c)),
            Some(false) => rows.sort_by_key(|(_, c)| *c),
            None => {}
        }
        let limit = self.limit.unwrap_or(i64::MAX) as usize;
        rows.into_iter().skip(self.offset.unwrap_or(0) as usize).take(limit).collect()
    }

    /// Whether every row has its place: without a limit, ties do not.
    fn is_exact(&self) -> bool {
        self.limit.is_some() || self.offset.is_some()
    }

    fn check(&self, found: Children, all: Children) -> Result<(), TestCaseError> {
        let expected = self.apply(all);
        if self.is_exact() {
            prop_assert_eq!(found, expected);
            return Ok(());
        }
        if self.desc.is_some() {
            let order = |rows: &Children| rows.iter().map(|(_, c)| *c).collect::<Vec<_>>();
            prop_assert_eq!(order(&found), order(&expected));
        }
        prop_assert_eq!(sorted(found), sorted(expected));
        Ok(())
    }
}

/// The refined query: boxed, as what is added depends on the refinement.
macro_rules! refine {
    ($rows:expr, $refinement:expr, $c:expr, $id:expr, $value:expr) => {{
        let mut rows = $rows.into_boxed::<Sqlite>();
        if let Some(least) = $refinement.least {
            rows = rows.filter($c.ge($value(least)));
        }
        if let Some(or) = $refinement.or {
            rows = rows.or_filter($id.eq(or));
        }
        match $refinement.desc {
            Some(true) => rows = rows.order($c.desc()),
            Some(false) => rows = rows.order($c.asc()),
            None => {}
        }
        if let Some(limit) = $refinement.limit {
            rows = rows.limit(limit);
        }
        if let Some(offset) = $refinement.offset {
            rows = rows.offset(offset);
        }
        rows
    }};
}

fn same(value: i32) -> i32 {
    value
}

fn text(value: i32) -> String {
    value.to_string()
}

macro_rules! specs {
    ($($spec:ident of $model:ident { $($field:ident: $ty:ty),* } $child:expr;)*) => {$(
        #[derive(LoadSpec, Debug, Clone)]
        #[load($model)]
        struct $spec {
            $($field: $ty,)*
        }

        impl $spec {
            fn child(&self) -> (Vec<i32>, Option<i32>) {
                let child: fn(&Self) -> (Vec<i32>, Option<i32>) = $child;
                child(self)
            }
        }
    )*};
}

specs! {
    Named of Person { id: i32, name: String } |row| (vec![row.id], row.name.parse().ok());
    Counted of Line { id: i32, quantity: i32 } |row| (vec![row.id], Some(row.quantity));
    Weighed of Product { id: i32, weight: Option<i32> } |row| (vec![row.id], row.weight);
    LineId of Line { id: i32 } |row| (vec![row.id], None);
    Since of Follow { since: i32 } |row| (vec![], Some(row.since));
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct Placed {
    id: i32,
    placed: i32,
    #[load(prefetch)]
    products: Vec<(Weighed, LineId)>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct Everything {
    id: i32,
    #[load(prefetch)]
    orders: Vec<Placed>,
    #[load(prefetch)]
    reports: Vec<Named>,
    #[load(prefetch)]
    grandreports: Vec<Named>,
    #[load(prefetch)]
    follows: Vec<(Named, Since)>,
    #[load(prefetch)]
    lines: Vec<Counted>,
    #[load(prefetch)]
    products: Vec<Weighed>,
}

fn placed(order: &Placed) -> (Vec<i32>, Option<i32>) {
    (vec![order.id], Some(order.placed))
}

fn pair((product, line): &(Weighed, LineId)) -> (Vec<i32>, Option<i32>) {
    (vec![product.id, line.id], product.weight)
}

/// The same declared, where the types of the query are all known.
#[derive(LoadSpec, Debug)]
#[load(Person, params(least: i32, limit: i64, offset: i64))]
struct Declared {
    id: i32,
    #[load(prefetch, filter = orders::placed.ge(least), order_by = orders::placed.desc(), limit = limit, offset = offset)]
    orders: Vec<Placed>,
    #[load(prefetch, filter = follows::since.ge(least), order_by = follows::since, limit = limit)]
    follows: Vec<(Named, Since)>,
    #[load(prefetch, filter = lines::quantity.ge(least), order_by = lines::quantity, offset = offset)]
    lines: Vec<Counted>,
    #[load(prefetch, order_by = products::weight.desc(), limit = limit, offset = offset)]
    products: Vec<Weighed>,
    #[load(prefetch, limit = limit)]
    grandreports: Vec<Named>,
}

pub(crate) fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_123),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn refined_at_run_time(
        world in world(),
        [orders, products, reports, grandreports, follows, lines, bought] in prop::array::uniform7(refinement()),
    ) {
        let conn = &mut world.insert();
        let trace = Trace::of(conn);
        let people = Everything::query()
            .prefetch(Everything::orders, |rows| {
                refine!(rows, orders, orders::placed, orders::id, same).prefetch(Placed::products, |rows| {
                    refine!(rows, products, products::weight, products::id, same)
                })
            })
            .prefetch(Everything::reports, |rows| refine!(rows, reports, people::name, people::id, text))
            .prefetch(Everything::grandreports, |rows| refine!(rows, grandreports, people::name, people::id, text))
            .prefetch(Everything::follows, |rows| refine!(rows, follows, follows::since, people::id, same))
            .prefetch(Everything::lines, |rows| refine!(rows, lines, lines::quantity, lines::id, same))
            .prefetch(Everything::products, |rows| refine!(rows, bought, products::weight, products::id, same))
            .order(people::id)
            .load(conn)
            .unwrap();
        prop_assert!(trace.sql().len() <= Everything::QUERIES);
        prop_assert_eq!(people.len(), world.people.len());
        for (person, (id, ..)) in people.iter().zip(&world.people) {
            orders.check(person.orders.iter().map(placed).collect(), world.orders(*id))?;
            for order in &person.orders {
                products.check(order.products.iter().map(pair).collect(), world.products(order.id))?;
            }
            reports.check(person.reports.iter().map(Named::child).collect(), world.reports(*id))?;
            let found = person.grandreports.iter().map(Named::child).collect();
            grandreports.check(found, world.grandreports(*id))?;
            let followed = |(person, row): &(Named, Since)| (vec![person.id], Some(row.since));
            follows.check(person.follows.iter().map(followed).collect(), world.follows(*id))?;
            lines.check(person.lines.iter().map(Counted::child).collect(), world.lines(*id))?;
            bought.check(person.products.iter().map(Weighed::child).collect(), world.bought(*id))?;
        }
    }

    #[test]
    fn refined_by_what_is_declared(world in world(), least in 0..4, limit in 0..4_i64, offset in 0..3_i64) {
        let conn = &mut world.insert();
        let people = Declared::query(least, limit, offset).order(people::id).load(conn).unwrap();
        prop_assert_eq!(people.len(), world.people.len());
        let all = Refinement {
            least: Some(least),
            or: None,
            desc: Some(false),
            limit: Some(limit),
            offset: Some(offset),
        };
        for (person, (id, ..)) in people.iter().zip(&world.people) {
            let orders = Refinement { desc: Some(true), ..all.clone() };
            orders.check(person.orders.iter().map(placed).collect(), world.orders(*id))?;
            let followed = |(person, row): &(Named, Since)| (vec![person.id], Some(row.since));
            let follows = Refinement { offset: None, ..all.clone() };
            follows.check(person.follows.iter().map(followed).collect(), world.follows(*id))?;
            let lines = Refinement { limit: None, ..all.clone() };
            lines.check(person.lines.iter().map(Counted::child).collect(), world.lines(*id))?;
            let products = Refinement { least: None, desc: Some(true), ..all.clone() };
            products.check(person.products.iter().map(Weighed::child).collect(), world.bought(*id))?;
            let grandreports = Refinement { least: None, desc: None, offset: None, ..all.clone() };
            let found = person.grandreports.iter().map(Named::child).collect();
            grandreports.check(found, world.grandreports(*id))?;
        }
    }
}
