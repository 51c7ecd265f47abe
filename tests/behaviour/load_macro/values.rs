//! What is given at run time: plain Rust, evaluated once, where it stands.

use std::cell::{Cell, RefCell};

use diesel::prelude::*;
use upfront::{LoadSpec, load};

use crate::shop::*;
use crate::support::Trace;

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Order)]
struct OrderId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line, params(factor: i32))]
struct Times {
    #[load(annotate = lines::quantity * factor)]
    times: i32,
}

#[test]
fn locals_by_value_and_by_reference() {
    let conn = &mut shop();
    let (name, since, letters) = (String::from("Bob"), 20, vec!["Cyd", "Dan"]);
    let people = load!(Person {
        annotate people::name.eq(name.clone()) as is_it,
        annotate people::name.eq_any(letters.clone()) as is_late,
        prefetch reports.filter(people::name.ne(&name)) { name },
        prefetch orders.filter(orders::placed.ge(since)) { id },
        prefetch orders.filter(orders::placed.lt(since)) as before { id },
    })
    .order(people::id)
    .load(conn)
    .unwrap();
    assert_eq!(people.iter().map(|row| row.is_it).collect::<Vec<_>>(), [false, true, false, false]);
    assert_eq!(
        people.iter().map(|row| row.is_late).collect::<Vec<_>>(),
        [false, false, true, true]
    );
    assert_eq!(people[0].reports.len(), 1);
    assert_eq!((people[0].orders.len(), people[0].before.len()), (2, 1));
    assert_eq!((name.as_str(), letters.len()), ("Bob", 2));
}

#[test]
fn temporaries_live_as_long_as_the_statement() {
    let conn = &mut shop();
    let letter = 'B';
    let bob = load!(Person {
        annotate people::name.like(format!("{letter}%")) as is_it: bool,
        prefetch orders.filter(orders::id.eq_any(&vec![1, 4])).filter(orders::placed.eq(&i32::from(5_i16))) { id },
        prefetch boss.filter(people::name.eq(format!("{}nn", 'A').as_str())) { name },
    })
    .find(2)
    .first(conn)
    .unwrap();
    assert_eq!((bob.is_it, bob.orders.len()), (true, 1));
    assert_eq!(bob.boss.unwrap().name, "Ann");
}

#[test]
fn values_that_move() {
    let conn = &mut shop();
    let name = String::from("Bob");
    let query = load!(Person { id, prefetch reports.filter(people::name.ne(name)) { name } });
    let people = query.order(people::id).load(conn).unwrap();
    assert_eq!(people[0].reports[0].name, "Cyd");
}

fn parsed(since: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let conn = &mut shop();
    let people = load!(Person {
        annotate people::id.gt(since.parse::<i32>()?) as late,
        prefetch orders
            .filter(orders::placed.ge(since.parse::<i32>()?))
            .order_by(orders::id)
            .limit(since.parse()?) { id, prefetch lines: Times params(since.parse()?) },
    })
    .load(conn)?;
    Ok(people.iter().map(|row| row.orders.len()).sum())
}

#[test]
fn what_fails_ends_the_function() {
    assert_eq!(parsed("10").unwrap(), 3);
    assert_eq!(parsed("x").unwrap_err().to_string(), "invalid digit found in string");
}

#[test]
fn every_value_is_evaluated_once_in_the_order_in_which_it_stands() {
    let log = RefCell::new(Vec::new());
    let seen = |value: i32| {
        log.borrow_mut().push(value);
        value
    };
    let query = load!(Order {
        id,
        annotate orders::id.eq(seen(1)) as first,
        join person {
            annotate people::id.ge(seen(2)) as second,
            prefetch orders.filter(orders::id.gt(seen(3))).limit(i64::from(seen(4))) {
                prefetch lines.filter(lines::id.gt(seen(5))): Times params(seen(6)),
                annotate orders::placed + seen(7) as seventh,
            },
        },
        prefetch lines: Vec<Times> params(seen(8)),
    });
    assert_eq!(log.take(), [1, 2, 3, 4, 5, 6, 7, 8]);
    let conn = &mut shop();
    let orders = query.order(orders::id).load(conn).unwrap();
    assert!(log.take().is_empty());
    assert!(orders[0].first && orders[0].person.orders.is_empty());
    assert_eq!(orders[3].person.orders[0].seventh, 12);
    assert_eq!(orders[3].person.orders[0].lines.len(), 1);
    assert_eq!(orders[3].lines[0].times, 24);
}

#[test]
fn values_that_are_used_twice() {
    let conn = &mut shop();
    let since = 20;
    let calls = Cell::new(0);
    let next = || {
        calls.set(calls.get() + 1);
        since - calls.get()
    };
    let people = load!(Person {
        prefetch orders.filter(orders::placed.eq(since).or(orders::placed.gt(since))) { id },
        prefetch orders.filter(orders::placed.ge(next())).filter(orders::placed.ge(next())) as late { id },
        annotate orders.filter(orders::placed.ge(since)).count() as count,
    })
    .order(people::id)
    .load(conn)
    .unwrap();
    assert_eq!((people[0].orders.len(), people[0].late.len(), people[0].count), (2, 2, 2));
    assert_eq!(calls.get(), 2);
}

#[test]
fn a_loop_is_left_from_within() {
    let conn = &mut shop();
    let mut loads = Vec::new();
    let found = loop {
        let since: i32 = match loads.len() {
            0 => 100,
            1 => 20,
            _ => break 0,
        };
        let people = load!(Person {
            prefetch orders.filter(orders::placed.ge(match since {
                100 => 15,
                _ => break since,
            })) { id },
        })
        .load(conn)
        .unwrap();
        loads.push(people.iter().map(|row| row.orders.len()).sum::<usize>());
    };
    assert_eq!((found, loads), (20, vec![2]));
}

fn left_early(conn: &mut SqliteConnection, most: Option<i64>) -> Vec<usize> {
    let people = load!(Person {
        prefetch orders.order_by(orders::id).limit(match most {
            Some(most) => most,
            None => return Vec::new(),
        }) { id },
    });
    people.order(people::id).load(conn).unwrap().iter().map(|row| row.orders.len()).collect()
}

#[test]
fn a_function_is_left_from_within() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    assert!(left_early(conn, None).is_empty());
    assert!(trace.sql().is_empty());
    assert_eq!(left_early(conn, Some(2)), [2, 1, 0, 0]);
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Shelf {
    id: i32,
    #[load(prefetch, order_by = orders::id)]
    orders: Vec<OrderId>,
}

#[test]
fn closures_refine_what_a_fragment_prefetches() {
    let conn = &mut shop();
    let since = 20;
    let orders = load!(Line {
        id,
        prefetch order.prefetch(Basket::lines, |lines| lines.filter(lines::id.gt(since / 10))): Basket,
    })
    .order(lines::id)
    .load(conn)
    .unwrap();
    let first: Vec<i32> = orders[0].order.lines.iter().map(|line| line.id).collect();
    assert_eq!(first, [3]);
    let people = load!(Person {
        prefetch reports.prefetch(Shelf::orders, |orders| orders.filter(orders::placed.lt(since))): Vec<Shelf>,
    })
    .order(people::id)
    .load(conn)
    .unwrap();
    let of_bob = people[0].reports.iter().find(|report| report.id == 2).unwrap();
    assert_eq!(of_bob.orders, [OrderId { id: 4 }]);
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct Basket {
    #[load(prefetch)]
    lines: Vec<LineId>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line)]
struct LineId {
    id: i32,
}

/// The functions of a generic function's parameters.
fn dearer_than<P: Into<f64> + Copy, N: AsRef<str>>(
    conn: &mut SqliteConnection,
    price: P,
    name: &N,
) -> Vec<(bool, usize, usize)> {
    let orders = load!(Order {
        join person { annotate people::name.eq(name.as_ref().to_owned()) as is_it: bool },
        prefetch products.filter(products::name.eq(name.as_ref())) as named { id },
        prefetch lines.filter(lines::price.gt(price.into())) { id },
    });
    let orders = orders.order(orders::id).load(conn).unwrap();
    orders.iter().map(|order| (order.person.is_it, order.lines.len(), order.named.len())).collect()
}

#[test]
fn the_types_of_a_generic_function() {
    let conn = &mut shop();
    assert_eq!(
        dearer_than(conn, 1_i32, &"Bob"),
        [(false, 2, 0), (false, 1, 0), (false, 0, 0), (true, 2, 0)]
    );
    let cap = String::from("cap");
    assert_eq!(
        dearer_than(conn, 1.5_f32, &cap),
        [(false, 1, 0), (false, 1, 1), (false, 0, 0), (false, 1, 1)]
    );
}
