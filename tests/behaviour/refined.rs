//! Prefetches that are refined: by what the spec declares, by what a query adds, and by both.

use diesel::dsl::{Eq, Filter, Gt};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::{ChildrenOf, LoadSpec};

use crate::shop::*;
use crate::support::Trace;

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Line)]
struct LineId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Order)]
struct OrderId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Order)]
struct Basket {
    id: i32,
    #[load(prefetch)]
    lines: Vec<LineId>,
}

/// One relation under four names.
#[derive(LoadSpec, Debug)]
#[load(Person, max_queries = 5)]
struct Buyer {
    id: i32,
    #[load(prefetch)]
    orders: Vec<OrderId>,
    #[load(prefetch = orders, filter = orders::open.eq(true))]
    open: Vec<OrderId>,
    #[load(prefetch = person::orders, filter = orders::placed.ge(20).and(orders::open.eq(false)), order_by = orders::id)]
    closed: Vec<OrderId>,
    #[load(prefetch = orders, order_by = orders::placed.desc(), then_order_by = orders::id.desc(), limit = 2)]
    newest: Vec<OrderId>,
}

fn ids(orders: &[OrderId]) -> Vec<i32> {
    orders.iter().map(|order| order.id).collect()
}

fn sorted_ids(orders: &[OrderId]) -> Vec<i32> {
    crate::support::sorted(ids(orders))
}

#[test]
fn one_relation_is_prefetched_under_several_names() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let buyers = Buyer::query().order(people::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), 5);
    assert_eq!(Buyer::QUERIES, 5);
    let all: Vec<_> = buyers.iter().map(|buyer| sorted_ids(&buyer.orders)).collect();
    assert_eq!(all, [vec![1, 2, 3], vec![4], vec![], vec![]]);
    let open: Vec<_> = buyers.iter().map(|buyer| sorted_ids(&buyer.open)).collect();
    assert_eq!(open, [vec![1, 3], vec![], vec![], vec![]]);
    let closed: Vec<_> = buyers.iter().map(|buyer| ids(&buyer.closed)).collect();
    assert_eq!(closed, [vec![2], vec![], vec![], vec![]]);
    let newest: Vec<_> = buyers.iter().map(|buyer| ids(&buyer.newest)).collect();
    assert_eq!(newest, [vec![3, 2], vec![4], vec![], vec![]]);
}

#[test]
fn what_is_declared_and_what_a_query_adds_both_hold() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let open = |buyer: &Buyer| sorted_ids(&buyer.open);
    let ann = Buyer::query()
        .prefetch(Buyer::open, |orders| orders.filter(orders::placed.gt(10)))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(open(&ann), [3]);
    // The other prefetches of the same relation are as they were.
    assert_eq!(sorted_ids(&ann.orders), [1, 2, 3]);
    assert_eq!((ids(&ann.closed), ids(&ann.newest)), (vec![2], vec![3, 2]));
    assert_eq!(trace.sql().len(), Buyer::QUERIES);

    // An order and a limit go in place of those that are declared.
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.order(orders::id).limit(1))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.newest), [1]);
    // A further order comes behind the declared ones, and a limit alone leaves them.
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.then_order_by(orders::open).limit(3))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.newest), [3, 2, 1]);
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.offset(1))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.newest), [2, 1]);
}

#[test]
fn no_condition_widens_what_is_declared() {
    let conn = &mut shop();
    // Ann's orders 1 and 3 are open. Order 2 is closed, order 4 is Bob's and closed.
    let only = |orders: &[OrderId]| sorted_ids(orders);
    let buyers = Buyer::query()
        .prefetch(Buyer::open, |orders| orders.filter(orders::id.eq(1)).or_filter(orders::id.gt(0)))
        .order(people::id)
        .load(conn)
        .unwrap();
    assert_eq!(
        buyers.iter().map(|buyer| only(&buyer.open)).collect::<Vec<_>>(),
        [vec![1, 3], vec![], vec![], vec![]]
    );
    let buyers = Buyer::query()
        .prefetch(Buyer::open, |orders| orders.or_filter(orders::id.eq(2)))
        .prefetch(Buyer::newest, |orders| {
            orders.into_boxed::<Sqlite>().filter(orders::id.eq(1)).or_filter(orders::id.ge(3))
        })
        .prefetch(Buyer::orders, |orders| {
            orders.filter(orders::id.eq(1).or(orders::id.eq(4))).or_filter(orders::id.eq(3))
        })
        .order(people::id)
        .load(conn)
        .unwrap();
    assert!(only(&buyers[0].open).is_empty());
    assert!(only(&buyers[1].open).is_empty());
    assert_eq!((ids(&buyers[0].newest), ids(&buyers[1].newest)), (vec![3, 1], vec![4]));
    assert_eq!((only(&buyers[0].orders), only(&buyers[1].orders)), (vec![1, 3], vec![4]));
}

#[test]
fn values_are_borrowed() {
    let conn = &mut shop();
    let name = String::from("axe");
    let kinds = vec![String::from("tool"), String::from("wear")];
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct Products {
        #[load(prefetch)]
        products: Vec<ProductId>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Product)]
    struct ProductId {
        id: i32,
    }
    let of = |orders: Vec<Products>| {
        let ids = |order: &Products| {
            crate::support::sorted(order.products.iter().map(|product| product.id))
        };
        orders.iter().map(ids).collect::<Vec<_>>()
    };
    let query = || Products::query().order(orders::id);
    let axes = query()
        .prefetch(Products::products, |products| products.filter(products::name.eq(&name)))
        .load(conn)
        .unwrap();
    assert_eq!(of(axes), [vec![1, 1], vec![], vec![], vec![1]]);
    let named = query()
        .prefetch(Products::products, |products| {
            products.filter(products::kind.eq_any(&kinds[1..])).limit(1)
        })
        .load(conn)
        .unwrap();
    assert_eq!(of(named), [vec![], vec![3], vec![], vec![3]]);
    drop((name, kinds));
}

type Orders = ChildrenOf<OrderId, person::orders>;

fn late(orders: Orders) -> Filter<Orders, Gt<orders::placed, i32>> {
    orders.filter(orders::placed.gt(10))
}

type Boxed<'a> = diesel::dsl::IntoBoxed<'a, Orders, Sqlite>;

/// A search that depends on what is asked for.
fn search<'a>(orders: Orders, open: Option<bool>, least: &'a i32, most: Option<i64>) -> Boxed<'a> {
    let mut orders = orders.into_boxed().filter(orders::placed.ge(least));
    if let Some(open) = open {
        orders = orders.filter(orders::open.eq(open));
    }
    match most {
        Some(most) => orders.order_by(orders::id.desc()).limit(most),
        None => orders,
    }
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Orderer {
    id: i32,
    #[load(prefetch)]
    orders: Vec<OrderId>,
}

#[test]
fn functions_refine() {
    let conn = &mut shop();
    let ann = Orderer::query().prefetch(Orderer::orders, late).find(1).first(conn).unwrap();
    assert_eq!(sorted_ids(&ann.orders), [2, 3]);
    // The same function for the same relation of another spec.
    let ann = Buyer::query().prefetch(Buyer::orders, late).find(1).first(conn).unwrap();
    assert_eq!(sorted_ids(&ann.orders), [2, 3]);
    let mut orders = |open, least: i32, most| {
        let ann = Orderer::query()
            .prefetch(Orderer::orders, |orders| search(orders, open, &least, most))
            .find(1)
            .first(conn)
            .unwrap();
        ids(&ann.orders)
    };
    assert_eq!(crate::support::sorted(orders(None, 0, None)), [1, 2, 3]);
    assert_eq!(crate::support::sorted(orders(Some(true), 0, None)), [1, 3]);
    assert_eq!(orders(Some(true), 11, None), [3]);
    assert_eq!(orders(None, 0, Some(2)), [3, 2]);
    assert_eq!(orders(Some(false), 0, Some(2)), [2]);
    assert!(orders(Some(true), 0, Some(0)).is_empty());
}

/// What refines the children of any spec of orders.
fn of_place<S>(
    orders: ChildrenOf<S, person::orders>,
    placed: i32,
) -> Filter<ChildrenOf<S, person::orders>, Eq<orders::placed, i32>>
where
    S: LoadSpec<Model = Order>,
{
    orders.filter(orders::placed.eq(placed))
}

#[test]
fn functions_that_are_generic_over_the_spec_refine() {
    let conn = &mut shop();
    #[derive(LoadSpec)]
    #[load(Person)]
    struct Baskets {
        #[load(prefetch)]
        orders: Vec<Basket>,
    }
    let ann = Baskets::query()
        .prefetch(Baskets::orders, |orders| of_place(orders, 20).order(orders::id))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ann.orders.iter().map(|order| order.id).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(ann.orders[0].lines, [LineId { id: 4 }]);
    let ann = Orderer::query()
        .prefetch(Orderer::orders, |orders| of_place(orders, 10))
        .find(1)
        .first(conn);
    assert_eq!(ids(&ann.unwrap().orders), [1]);
}

#[test]
fn conditions_choose_by_boxing() {
    let conn = &mut shop();
    for (only_open, expected) in [(true, vec![3, 1]), (false, vec![3, 2, 1])] {
        let ann = Buyer::query()
            .prefetch(Buyer::orders, |orders| {
                let orders = orders.into_boxed::<Sqlite>();
                let orders = if only_open { orders.filter(orders::open.eq(true)) } else { orders };
                orders.order(orders::id.desc())
            })
            .find(1)
            .first(conn)
            .unwrap();
        assert_eq!(ids(&ann.orders), expected);
    }
    // A boxed query keeps the order, the filter and the limit that are declared.
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.into_boxed::<Sqlite>())
        .prefetch(Buyer::open, |orders| orders.into_boxed::<Sqlite>())
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.newest), [3, 2]);
    assert_eq!(sorted_ids(&ann.open), [1, 3]);
}

#[derive(LoadSpec, Debug)]
#[load(Line)]
struct OfOrder {
    id: i32,
    #[load(join)]
    order: ByPerson,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct ByPerson {
    #[load(join)]
    person: Reporter,
    #[load(prefetch)]
    lines: Vec<LineId>,
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Reporter {
    id: i32,
    #[load(prefetch, filter = orders::placed.ge(10))]
    orders: Vec<Basket>,
}

#[test]
fn prefetches_below_joins_are_refined() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let least = 20;
    let lines = OfOrder::query()
        .prefetch(OfOrder::order.then(ByPerson::lines), |lines| {
            lines.order(lines::id.desc()).limit(2)
        })
        .prefetch(OfOrder::order.then(ByPerson::person).then(Reporter::orders), |orders| {
            orders
                .filter(orders::placed.le(&least))
                .order((orders::open.desc(), orders::id.desc()))
                .prefetch(Basket::lines, |lines| lines.filter(lines::id.ne(1)).order(lines::price))
        })
        .order(lines::id)
        .load(conn)
        .unwrap();
    assert_eq!(trace.sql().len(), OfOrder::QUERIES);
    assert_eq!(OfOrder::QUERIES, 4);
    let siblings = |line: &OfOrder| line.order.lines.iter().map(|line| line.id).collect::<Vec<_>>();
    assert_eq!(
        lines.iter().map(siblings).collect::<Vec<_>>(),
        [vec![3, 2], vec![3, 2], vec![3, 2], vec![4], vec![6, 5], vec![6, 5]]
    );
    let baskets = |line: &OfOrder| {
        let basket = |basket: &Basket| {
            (basket.id, basket.lines.iter().map(|line| line.id).collect::<Vec<_>>())
        };
        line.order.person.orders.iter().map(basket).collect::<Vec<_>>()
    };
    assert_eq!(baskets(&lines[0]), [(3, vec![]), (1, vec![3, 2]), (2, vec![4])]);
    assert_eq!(baskets(&lines[3]), baskets(&lines[0]));
    // Bob's order was placed at 5.
    assert_eq!(baskets(&lines[4]), []);
}

#[test]
fn what_is_nested_is_refined_to_any_depth() {
    let conn = &mut shop();
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Boss {
        id: i32,
        #[load(prefetch)]
        reports: Vec<Report>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Report {
        id: i32,
        #[load(prefetch)]
        orders: Vec<Basket>,
    }
    let trace = Trace::of(conn);
    let (from, least) = (String::from("A"), 2.0);
    let bosses = Boss::query()
        .prefetch(Boss::reports, |reports| {
            reports.filter(people::name.ge(&from)).order(people::id.desc()).prefetch(
                Report::orders,
                |orders| {
                    orders.filter(orders::open.eq(false)).prefetch(Basket::lines, |lines| {
                        lines.filter(lines::price.ge(&least)).or_filter(lines::id.eq(999))
                    })
                },
            )
        })
        .order(people::id)
        .load(conn)
        .unwrap();
    assert_eq!(trace.sql().len(), 4);
    let reports: Vec<_> = bosses[0].reports.iter().map(|report| report.id).collect();
    assert_eq!(reports, [3, 2]);
    let [basket] = &bosses[0].reports[1].orders[..] else { panic!("{bosses:?}") };
    assert_eq!((basket.id, &basket.lines[..]), (4, &[LineId { id: 5 }][..]));
}

#[test]
fn one_prefetch_is_refined_twice() {
    let conn = &mut shop();
    let ann = Buyer::query()
        .prefetch(Buyer::orders, |orders| orders.filter(orders::open.eq(true)))
        .prefetch(Buyer::newest, |orders| orders.limit(5))
        .prefetch(Buyer::orders, |orders| orders.filter(orders::placed.gt(10)))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.orders), [3]);
    assert_eq!(ids(&ann.newest), [3, 2, 1]);
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.order(orders::id))
        .prefetch(Buyer::newest, |orders| orders.limit(1))
        .prefetch(Buyer::newest, |orders| orders.offset(1))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.newest), [2]);
    // Below what was refined, too.
    #[derive(LoadSpec)]
    #[load(Person)]
    struct Nested {
        #[load(prefetch)]
        orders: Vec<Basket>,
    }
    let ann = Nested::query()
        .prefetch(Nested::orders, |orders| {
            orders
                .filter(orders::id.eq(1))
                .prefetch(Basket::lines, |lines| lines.filter(lines::id.gt(1)))
        })
        .prefetch(Nested::orders, |orders| {
            orders.prefetch(Basket::lines, |lines| lines.order(lines::id.desc()).limit(1))
        })
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ann.orders.len(), 1);
    assert_eq!(ann.orders[0].lines, [LineId { id: 3 }]);
}

#[test]
fn a_query_is_refined_before_and_after_its_other_methods() {
    let conn = &mut shop();
    let check = |people: Vec<Orderer>| {
        let [ann, bob] = &people[..] else { panic!("{people:?}") };
        assert_eq!((ann.id, ids(&ann.orders)), (1, vec![3, 2]));
        assert_eq!((bob.id, ids(&bob.orders)), (2, vec![4]));
    };
    let condition = || people::name.lt("C");
    let by_id = || people::id.asc();
    macro_rules! refined {
        ($query:expr) => {
            $query.prefetch(Orderer::orders, |orders| orders.order(orders::id.desc()).limit(2))
        };
    }
    check(refined!(Orderer::query()).filter(condition()).order(by_id()).load(conn).unwrap());
    check(refined!(Orderer::query().filter(condition()).order(by_id())).load(conn).unwrap());
    check(
        refined!(Orderer::query().into_boxed().filter(condition()).order(by_id()))
            .load(conn)
            .unwrap(),
    );
    check(
        refined!(Orderer::query())
            .into_boxed()
            .filter(condition())
            .order(by_id())
            .load(conn)
            .unwrap(),
    );
    check(refined!(Orderer::query().order(by_id()).limit(2)).load(conn).unwrap());
    check(refined!(Orderer::query()).order(by_id()).limit(2).offset(0).load(conn).unwrap());
    check(
        refined!(Orderer::query().filter(people::id.eq(1)).or_filter(people::id.eq(2)))
            .order(by_id())
            .load(conn)
            .unwrap(),
    );
    let first = refined!(Orderer::query()).order(people::id.desc()).find(1).first(conn).unwrap();
    assert_eq!(ids(&first.orders), [3, 2]);
    let streamed =
        refined!(Orderer::query()).filter(condition()).order(by_id()).load_iter(conn).unwrap();
    check(streamed.collect::<QueryResult<_>>().unwrap());
    // A refined query is a value, which runs as often as it is wanted.
    let query = refined!(Orderer::query()).filter(condition());
    let number: i64 = query.clone().count().get_result(conn).unwrap();
    assert_eq!(number, 2);
    let query = query.order(by_id());
    check(query.clone().load(conn).unwrap());
    check(query.load(conn).unwrap());
}

#[test]
fn other_methods_refine_too() {
    let conn = &mut shop();
    let ann = Orderer::query()
        .prefetch(Orderer::orders, |orders| orders.find(3))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.orders), [3]);
    // Order 4 is found, but it is Bob's.
    let ann = Orderer::query()
        .prefetch(Orderer::orders, |orders| orders.find(4))
        .find(1)
        .first(conn)
        .unwrap();
    assert!(ann.orders.is_empty());
}

#[test]
fn rows_that_no_child_is_left_for_stay() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let people = Orderer::query()
        .prefetch(Orderer::orders, |orders| orders.filter(orders::id.lt(0)))
        .order(people::id)
        .load(conn)
        .unwrap();
    assert_eq!(people.iter().map(|person| person.id).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(people.iter().all(|person| person.orders.is_empty()));
    assert_eq!(trace.sql().len(), 2);
    // Where the children are none, what is below them is not asked for.
    #[derive(LoadSpec)]
    #[load(Person)]
    struct Baskets {
        #[load(prefetch, filter = orders::id.lt(0))]
        orders: Vec<Basket>,
    }
    assert_eq!(Baskets::QUERIES, 3);
    assert!(Baskets::query().load(conn).unwrap().iter().all(|person| person.orders.is_empty()));
    assert_eq!(trace.sql().len(), 2);
}
