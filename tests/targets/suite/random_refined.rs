//! Random rows, and prefetches that are refined at random: both give what a loop over the plain rows gives.

use proptest::prelude::*;
use targets::models::shop::*;
use targets::models::shop_rows::{Children, world};

use super::prelude::*;
use super::random::for_all;

tests![; plain refined_at_run_time, refined_by_what_is_declared];

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

/// What a value is ordered by, where `NULL` may come first or last.
fn in_order(value: Option<i32>) -> (bool, Option<i32>) {
    (value.is_none() != DATABASE.orders_null_first(), value)
}

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
            Some(true) => rows.sort_by_key(|(_, c)| std::cmp::Reverse(in_order(*c))),
            Some(false) => rows.sort_by_key(|(_, c)| in_order(*c)),
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
        let mut rows = $rows.into_boxed::<Backend>();
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
            #[allow(dead_code)]
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

fn refined_at_run_time() {
    let cases = (world(), prop::array::uniform7(refinement()));
    for_all(SCHEMA, cases, async |(world, refinements), conn| {
        let [orders, products, reports, grandreports, follows, lines, bought] = refinements;
        run(&world.sql(), conn).await.unwrap();
        let queries = Queries::of(conn);
        let people = Everything::query()
            .prefetch(Everything::orders, |rows| {
                refine!(rows, orders, orders::placed, orders::id, same)
                    .prefetch(Placed::products, |rows| {
                        refine!(rows, products, products::weight, products::id, same)
                    })
            })
            .prefetch(Everything::reports, |rows| {
                refine!(rows, reports, people::name, people::id, text)
            })
            .prefetch(Everything::grandreports, |rows| {
                refine!(rows, grandreports, people::name, people::id, text)
            })
            .prefetch(Everything::follows, |rows| {
                refine!(rows, follows, follows::since, people::id, same)
            })
            .prefetch(Everything::lines, |rows| {
                refine!(rows, lines, lines::quantity, lines::id, same)
            })
            .prefetch(Everything::products, |rows| {
                refine!(rows, bought, products::weight, products::id, same)
            })
            .order(people::id)
            .load(conn)
            .await
            .unwrap();
        prop_assert!(queries.take().len() <= Everything::QUERIES);
        prop_assert_eq!(people.len(), world.people.len());
        for (person, (id, ..)) in people.iter().zip(&world.people) {
            orders.check(person.orders.iter().map(placed).collect(), world.orders(*id))?;
            for order in &person.orders {
                products
                    .check(order.products.iter().map(pair).collect(), world.products(order.id))?;
            }
            reports.check(person.reports.iter().map(Named::child).collect(), world.reports(*id))?;
            let found = person.grandreports.iter().map(Named::child).collect();
            grandreports.check(found, world.grandreports(*id))?;
            let followed = |(person, row): &(Named, Since)| (vec![person.id], Some(row.since));
            follows.check(person.follows.iter().map(followed).collect(), world.follows(*id))?;
            lines.check(person.lines.iter().map(Counted::child).collect(), world.lines(*id))?;
            bought
                .check(person.products.iter().map(Weighed::child).collect(), world.bought(*id))?;
        }
        Ok(())
    });
}

fn refined_by_what_is_declared() {
    let cases = (world(), 0..4, 0..4_i64, 0..3_i64);
    for_all(SCHEMA, cases, async |(world, least, limit, offset), conn| {
        let (least, limit, offset) = (*least, *limit, *offset);
        run(&world.sql(), conn).await.unwrap();
        let people =
            Declared::query(least, limit, offset).order(people::id).load(conn).await.unwrap();
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
            products
                .check(person.products.iter().map(Weighed::child).collect(), world.bought(*id))?;
            let grandreports = Refinement { least: None, desc: None, offset: None, ..all.clone() };
            let found = person.grandreports.iter().map(Named::child).collect();
            grandreports.check(found, world.grandreports(*id))?;
        }
        Ok(())
    });
}
