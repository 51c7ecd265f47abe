//! The SQL of refined prefetches: the same whatever the values, prepared once, with nothing in it but what is asked for.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::{LoadSpec, RelationDsl};

use crate::shop::*;
use crate::support::{Event, Trace, plan};

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct OrderId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Product)]
struct ProductId {
    id: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Person, params(since: i32, most: i64))]
struct Buyer {
    id: i32,
    #[load(prefetch, filter = orders::placed.ge(since), order_by = orders::placed.desc(), limit = most)]
    orders: Vec<OrderId>,
    #[load(prefetch, order_by = products::name, limit = most, offset = most)]
    products: Vec<ProductId>,
    #[load(annotate = orders.filter(orders::placed.ge(since)).count())]
    count: i64,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Basket {
    id: i32,
    #[load(prefetch)]
    products: Vec<ProductId>,
}

fn texts(trace: &Trace) -> (Vec<String>, Vec<String>) {
    let (mut queries, mut cached) = (Vec::new(), Vec::new());
    for event in trace.take() {
        match event {
            Event::Query(sql) => {
                queries.push(sql.split(" -- binds").next().unwrap_or_default().to_owned())
            }
            Event::Cached(sql) => cached.push(sql),
            _ => {}
        }
    }
    (queries, cached)
}

#[test]
fn other_values_prepare_nothing_new() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let mut first: Option<Vec<String>> = None;
    for round in 0..5 {
        let least = round * 3;
        Buyer::query(round, i64::from(round))
            .prefetch(Buyer::orders, |orders| {
                orders
                    .filter(orders::id.gt(&least))
                    .or_filter(orders::open.eq(round % 2 == 0))
                    .offset(i64::from(round % 3))
            })
            .filter(people::id.gt(round - 3))
            .filter(person::orders.filter(orders::placed.gt(round)).count().lt(99))
            .load(conn)
            .unwrap();
        Basket::query()
            .prefetch(Basket::products, |products| {
                products.filter(lines::quantity.gt(round)).order(products::name)
            })
            .load(conn)
            .unwrap();
        let (queries, cached) = texts(&trace);
        match &first {
            None => {
                assert_eq!(cached.len(), Buyer::QUERIES + Basket::QUERIES);
                first = Some(queries);
            }
            Some(first) => {
                assert_eq!((&queries, cached), (first, vec![]));
            }
        }
    }
}

#[test]
fn a_boxed_query_is_prepared_once_for_each_way_it_is_put_together() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let run = |filter: bool, limit: Option<i64>, value: i32, conn: &mut SqliteConnection| {
        Basket::query()
            .prefetch(Basket::products, |products| {
                let mut products = products.into_boxed::<Sqlite>().order(products::name);
                if filter {
                    products = products.filter(products::id.ge(value));
                }
                match limit {
                    Some(limit) => products.limit(limit),
                    None => products,
                }
            })
            .load(conn)
            .unwrap();
    };
    for (filter, limit) in [(false, false), (true, false), (false, true), (true, true)] {
        for value in 1..4 {
            trace.take();
            run(filter, limit.then_some(i64::from(value)), value, conn);
            let cached = trace.cached();
            // The query for the orders is new once.
            let new = usize::from(value == 1) + usize::from(value == 1 && !filter && !limit);
            assert_eq!(cached.len(), new, "{cached:#?}");
        }
    }
}

#[test]
fn different_refinements_do_not_take_each_others_statements() {
    let conn = &mut shop();
    let products = |baskets: Vec<Basket>| {
        baskets
            .iter()
            .map(|basket| basket.products.iter().map(|row| row.id).collect())
            .collect::<Vec<Vec<_>>>()
    };
    let query = || Basket::query().order(orders::id);
    for _ in 0..2 {
        macro_rules! check {
            ($refine:expr, $expected:expr) => {
                let loaded = query().prefetch(Basket::products, $refine).load(conn).unwrap();
                assert_eq!(products(loaded), $expected);
            };
        }
        check!(|rows| rows.order(lines::id), [vec![1, 2, 1], vec![3], vec![], vec![3, 1]]);
        check!(|rows| rows.order(lines::id.desc()), [vec![1, 2, 1], vec![3], vec![], vec![1, 3]]);
        check!(|rows| rows.order(products::id), [vec![1, 1, 2], vec![3], vec![], vec![1, 3]]);
        check!(|rows| rows.limit(1), [vec![1], vec![3], vec![], vec![1]]);
        check!(|rows| rows.offset(1), [vec![1, 2], vec![], vec![], vec![3]]);
        check!(|rows| rows.limit(1).offset(1), [vec![1], vec![], vec![], vec![3]]);
        check!(|rows| rows.filter(products::id.eq(1)), [vec![1, 1], vec![], vec![], vec![1]]);
        check!(
            |rows| rows.filter(products::id.ne(1)).order(products::id),
            [vec![2], vec![3], vec![], vec![3]]
        );
        check!(
            |rows| rows.filter(products::id.ne(1)).limit(1),
            [vec![2], vec![3], vec![], vec![3]]
        );
        check!(
            |rows| rows.filter(lines::quantity.gt(2)).limit(1),
            [vec![1], vec![], vec![], vec![3]]
        );
        check!(
            |rows| rows.distinct().order(products::id),
            [vec![1, 2], vec![3], vec![], vec![1, 3]]
        );
    }
}

#[test]
fn indexes_are_used_with_a_limit_and_without() {
    let conn = &mut shop();
    conn.batch_execute(
        "CREATE INDEX orders_of ON orders (person_id, placed);
         CREATE INDEX lines_of ON lines (order_id);",
    )
    .unwrap();
    let trace = Trace::of(conn);
    let mut plans = |load: &dyn Fn(&mut SqliteConnection)| {
        trace.take();
        load(conn);
        let queries = trace.sql();
        let last = queries.last().unwrap();
        let plan = plan(last, conn);
        // What is gone through is the keys and what was found for them: every table is searched.
        for table in ["people", "orders", "lines", "products"] {
            assert!(!plan.contains(&format!("SCAN {table}")), "{last}\n{plan}");
        }
        plan
    };
    let plain = plans(&|conn| {
        Plain::query()
            .prefetch(Plain::orders, |rows| rows.filter(orders::placed.gt(3)))
            .load(conn)
            .unwrap();
    });
    assert!(plain.contains("orders_of (person_id=? AND placed>?)"), "{plain}");
    let limited = plans(&|conn| {
        Plain::query()
            .prefetch(Plain::orders, |rows| rows.order(orders::placed.desc()).limit(1))
            .load(conn)
            .unwrap();
    });
    assert!(limited.contains("orders_of (person_id=?)"), "{limited}");
    let through = plans(&|conn| {
        Basket::query()
            .prefetch(Basket::products, |rows| rows.order(products::name).limit(1))
            .load(conn)
            .unwrap();
    });
    assert!(through.contains("lines_of (order_id=?)"), "{through}");
    let chain = plans(&|conn| {
        Chained::query().load(conn).unwrap();
    });
    assert!(
        chain.contains("orders_of (person_id=?)") && chain.contains("lines_of (order_id=?)"),
        "{chain}"
    );
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Plain {
    id: i32,
    #[load(prefetch)]
    orders: Vec<OrderId>,
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Chained {
    id: i32,
    #[load(prefetch)]
    products: Vec<ProductId>,
}
