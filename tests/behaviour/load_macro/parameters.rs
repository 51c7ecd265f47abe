//! Parameters: those of the item form are locals where `load!` is an expression, and both hand them to specs that take some.

use diesel::prelude::*;
use upfront::{LoadSpec, load};

use crate::shop::*;
use crate::support::Trace;

#[derive(LoadSpec, Debug, Clone)]
#[load(Line, params(factor: i32))]
struct Times {
    id: i32,
    #[load(annotate = lines::quantity * factor)]
    times: i32,
}

#[test]
fn in_filters_and_limits() {
    #[derive(LoadSpec, Debug)]
    #[load(Person, params(since: i32, most: i64))]
    struct Derived {
        name: String,
        #[load(prefetch, filter = orders::placed.ge(since), order_by = orders::id.desc(), limit = most)]
        orders: Vec<OrderId>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Order)]
    struct OrderId {
        id: i32,
    }

    let rows = same!(
        shop(since: i32 = 20, most: i64 = 1),
        Derived::query(20, 1),
        Person { name, prefetch orders.filter(orders::placed.ge(since)).order_by(orders::id.desc()).limit(most) { id } }
    );
    assert_eq!((rows[0].orders.len(), rows[0].orders[0].id, rows[1].orders.len()), (1, 3, 0));
}

#[test]
fn in_annotations() {
    #[derive(LoadSpec, Debug)]
    #[load(Person, params(name: String, least: i32))]
    struct Derived {
        id: i32,
        #[load(annotate = people::name.eq(name))]
        is_it: bool,
        #[load(annotate = orders.filter(orders::placed.ge(least)).count())]
        late: i64,
    }

    let rows = same!(
        shop(name: String = "Bob".to_owned(), least: i32 = 20),
        Derived::query("Bob".to_owned(), 20),
        Person {
            id,
            annotate people::name.eq(name) as is_it: bool,
            annotate orders.filter(orders::placed.ge(least)).count() as late,
        }
    );
    assert_eq!((rows[1].is_it, rows[0].late), (true, 2));
}

#[test]
fn of_specs_that_are_there() {
    #[derive(LoadSpec, Debug)]
    #[load(Order, params(factor: i32))]
    struct Derived {
        id: i32,
        #[load(prefetch, params(factor), order_by = lines::id)]
        lines: Vec<Times>,
        #[load(prefetch = lines, params(factor + 1))]
        more: Vec<Times>,
    }

    let rows = same!(
        shop(factor: i32 = 10),
        Derived::query(10),
        Order {
            id,
            prefetch lines.order_by(lines::id): Vec<Times> params(factor),
            prefetch lines as more: Times params(factor + 1),
        }
    );
    let times = |lines: &[Times]| lines.iter().map(|line| line.times).collect::<Vec<_>>();
    assert_eq!(times(&rows[0].lines), [20, 10, 50]);
    assert_eq!(times(&rows[3].more), [33, 11]);
}

#[test]
fn of_joined_specs_and_of_those_below() {
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Order, params(factor: i32, least: f64))]
    struct Basket {
        id: i32,
        #[load(annotate = orders::placed * factor)]
        late: i32,
        #[load(prefetch, params(factor), filter = lines::price.ge(least))]
        lines: Vec<Times>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Person, params(factor: i32))]
    struct Buyer {
        #[load(prefetch, params(factor, 2.0), order_by = orders::id)]
        orders: Vec<Basket>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Line, params(factor: i32))]
    struct Derived {
        id: i32,
        #[load(join, params(factor, 1.5))]
        order: Joined,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Order, params(factor: i32, least: f64))]
    struct Joined {
        #[load(join, params(factor))]
        person: Buyer,
        #[load(prefetch, params(factor * 2), filter = lines::price.ge(least))]
        lines: Vec<Times>,
    }

    let rows = same!(
        shop(factor: i32 = 3),
        Derived::query(3),
        Line {
            id,
            join order {
                join person {
                    prefetch orders.order_by(orders::id) {
                        id,
                        annotate orders::placed * factor as late: i32,
                        prefetch lines.filter(lines::price.ge(2.0)): Vec<Times> params(factor),
                    },
                },
                prefetch lines.filter(lines::price.ge(1.5)): Times params(factor * 2),
            },
        }
    );
    assert_eq!(rows[0].order.person.orders[1].late, 60);
    let again = same!(
        shop(factor: i32 = 3),
        Derived::query(3),
        Line { id, join order: Joined params(factor, 1.5) }
    );
    assert_eq!(again[0].order.lines.len(), rows[0].order.lines.len());
}

load! {
    /// Takes a name, which only an inner shape reads.
    #[derive(Debug, Clone, PartialEq)]
    #[load(params(name: String, factor: i32))]
    struct Deep: Person {
        id,
        prefetch orders {
            id,
            prefetch lines.filter(lines::quantity.ge(factor)) {
                id,
                join product { annotate products::name.eq(name) as is_it: bool },
            },
        },
    }
}

#[test]
fn of_the_whole_reach_inner_shapes() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let people = Deep::query("axe".to_owned(), 2).order(people::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), Deep::QUERIES);
    let first = &people[0].orders[0];
    let shown: Vec<_> = first.lines.iter().map(|line| (line.id, line.product.is_it)).collect();
    assert_eq!(shown, [(1, true), (3, true)]);

    // As a fragment, with values of its own.
    let (name, factor) = (String::from("cap"), 1);
    let orders =
        load!(Order { id, join person: Deep params(name, factor + 1) }).load(conn).unwrap();
    assert!(orders[3].person.orders[0].lines[0].product.is_it);
    assert_eq!(orders[3].person.orders[0].lines.len(), 1);
}
