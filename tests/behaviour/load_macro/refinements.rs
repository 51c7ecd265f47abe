//! Prefetches that are refined, in a hand-written spec by attributes and in `load!` by methods.

use diesel::prelude::*;
use upfront::{LoadSpec, load};

use super::Seen;
use crate::shop::*;

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

#[test]
fn one_filter() {
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Derived {
        #[load(prefetch, filter = orders::open.eq(true))]
        orders: Vec<OrderId>,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Person { prefetch orders.filter(orders::open.eq(true)) { id } }
    );
    let ann: Vec<i32> = rows[0].orders.iter().map(|order| order.id).collect();
    let by_hand = orders::table.filter(orders::person_id.eq(1)).filter(orders::open.eq(true));
    assert_eq!(ann, by_hand.select(orders::id).load::<i32>(&mut shop()).unwrap());
    let rows = same!(
        shop,
        Derived::query(),
        Person { prefetch orders.filter(orders::open.eq(true)): OrderId }
    );
    assert_eq!(rows[0].orders.iter().map(|order| order.id).collect::<Vec<_>>(), ann);
}

/// The item form joins them with `and`, as the derive has one filter only; the query of the expression form is filtered
/// several times.
#[test]
fn several_filters() {
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Derived {
        #[load(
            prefetch = orders,
            filter = orders::open.eq(true).and(orders::placed.gt(5).or(orders::id.eq(1))).and(orders::id.ne(9)),
            order_by = orders::id.desc(),
            limit = 3,
        )]
        some: Vec<OrderId>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Plain {
        #[load(prefetch = orders)]
        some: Vec<OrderId>,
    }
    load! {
        #[derive(Debug)]
        struct Item: Person {
            prefetch orders
                .filter(orders::open.eq(true))
                .limit(3)
                .filter(orders::placed.gt(5).or(orders::id.eq(1)))
                .order_by(orders::id.desc())
                .filter(orders::id.ne(9)) as some { id },
        }
    }

    let derived = Seen::of(shop(), |conn| Derived::query().load(conn));
    Seen::of(shop(), |conn| Item::query().load(conn)).assert_same(&derived);

    let refined = Plain::query().prefetch(Plain::some, |orders| {
        orders
            .filter(orders::open.eq(true))
            .limit(3)
            .filter(orders::placed.gt(5).or(orders::id.eq(1)))
            .order_by(orders::id.desc())
            .filter(orders::id.ne(9))
    });
    let refined = Seen::of(shop(), |conn| refined.load(conn));
    let expression = load!(Person {
        prefetch orders
            .filter(orders::open.eq(true))
            .limit(3)
            .filter(orders::placed.gt(5).or(orders::id.eq(1)))
            .order_by(orders::id.desc())
            .filter(orders::id.ne(9)) as some { id },
    });
    let expression = Seen::of(shop(), |conn| expression.load(conn));
    expression.assert_same(&refined);
    let ids = |orders: &[OrderId]| orders.iter().map(|order| order.id).collect::<Vec<_>>();
    assert_eq!(ids(&derived.rows[0].some), [3, 1]);
    assert_eq!(ids(&refined.rows[0].some), [3, 1]);
}

#[test]
fn orders_that_come_one_behind_the_other() {
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Derived {
        #[load(prefetch = orders, order_by = orders::placed.desc(), then_order_by = orders::id)]
        one: Vec<OrderId>,
        #[load(prefetch = orders, order_by = (orders::open, orders::placed), then_order_by = orders::id.desc())]
        other: Vec<OrderId>,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Person {
            prefetch orders.order_by(orders::placed.desc()).then_order_by(orders::id) as one { id },
            prefetch orders
                .order_by((orders::open, orders::placed))
                .then_order_by(orders::id.desc()) as other { id },
        }
    );
    let one: Vec<i32> = rows[0].one.iter().map(|order| order.id).collect();
    assert_eq!(one, [2, 3, 1]);
    let other: Vec<i32> = rows[0].other.iter().map(|order| order.id).collect();
    assert_eq!(other, [2, 1, 3]);
}

#[test]
fn limits_and_offsets() {
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Derived {
        #[load(prefetch = orders, order_by = orders::id.desc(), limit = 2)]
        newest: Vec<OrderId>,
        #[load(prefetch = orders, order_by = orders::id, offset = 1)]
        rest: Vec<OrderId>,
        #[load(prefetch = orders, filter = orders::placed.ge(10), order_by = orders::id, limit = 1, offset = 1)]
        second: Vec<OrderId>,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Person {
            prefetch orders.order_by(orders::id.desc()).limit(2) as newest { id },
            prefetch orders.order_by(orders::id).offset(1) as rest { id },
            prefetch orders.filter(orders::placed.ge(10)).order_by(orders::id).limit(1).offset(1) as second { id },
        }
    );
    let shown = |row: usize| {
        let row = &rows[row];
        [
            row.newest.iter().map(|order| order.id).collect::<Vec<_>>(),
            row.rest.iter().map(|order| order.id).collect(),
            row.second.iter().map(|order| order.id).collect(),
        ]
    };
    assert_eq!(shown(0), [vec![3, 2], vec![2, 3], vec![2]]);
    assert_eq!(shown(1), [vec![4], vec![], vec![]]);
}

#[test]
fn a_row_that_several_paths_lead_to_comes_once() {
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Derived {
        #[load(prefetch, distinct)]
        products: Vec<ProductName>,
        #[load(prefetch = products)]
        bought: Vec<ProductName>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Product)]
    struct ProductName {
        name: String,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Person { prefetch products.distinct() { name }, prefetch products as bought { name } }
    );
    assert_eq!(rows[0].products.len(), 3);
}

#[test]
fn refined_below_joins_and_prefetches() {
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Order)]
    struct Basket {
        id: i32,
        #[load(prefetch, filter = lines::quantity.gt(1), order_by = lines::price.desc())]
        lines: Vec<LineId>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Person)]
    struct Buyer {
        name: String,
        #[load(prefetch, order_by = orders::id.desc(), limit = 2)]
        orders: Vec<Basket>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct Derived {
        id: i32,
        #[load(join)]
        person: Buyer,
        #[load(prefetch = lines, filter = lines::price.ge(2.0))]
        dear: Vec<LineId>,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Order {
            id,
            join person {
                name,
                prefetch orders.order_by(orders::id.desc()).limit(2) {
                    id,
                    prefetch lines.filter(lines::quantity.gt(1)).order_by(lines::price.desc()) { id },
                },
            },
            prefetch lines.filter(lines::price.ge(2.0)) as dear { id },
        }
    );
    let bob = &rows[3].person.orders[0];
    assert_eq!((bob.id, bob.lines[0].id, bob.lines.len()), (4, 5, 1));
}

#[test]
fn refined_by_a_relation_of_its_rows() {
    use upfront::RelationDsl;

    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Derived {
        #[load(prefetch, filter = order::lines.any(lines::quantity.gt(2)))]
        orders: Vec<OrderId>,
    }

    let rows = same!(
        shop,
        Derived::query(),
        Person { prefetch orders.filter(order::lines.any(lines::quantity.gt(2))) { id } }
    );
    assert_eq!((rows[0].orders[0].id, rows[1].orders[0].id), (1, 4));
}
