//! Parameters of specs: given to `query()`, and handed on to the specs that are nested.

use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::LoadSpec;

use crate::shop::*;
use crate::support::{Trace, sorted};

#[derive(LoadSpec, Debug, Clone)]
#[load(Line, params(factor: i32))]
struct Times {
    id: i32,
    #[load(annotate = lines::quantity * factor)]
    times: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order, params(least: f64, factor: i32))]
struct Basket {
    id: i32,
    #[load(prefetch, params(factor), filter = lines::price.ge(least), order_by = lines::id)]
    lines: Vec<Times>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person, params(name: String, since: i32, most: i64))]
struct Buyer {
    id: i32,
    #[load(annotate = people::name.eq(name))]
    is_it: bool,
    #[load(prefetch, params(1.5, 10), filter = orders::placed.ge(since), order_by = orders::id.desc(), limit = most)]
    orders: Vec<Basket>,
    #[load(prefetch = orders, params(0.0, since), order_by = orders::id, offset = most)]
    rest: Vec<Basket>,
    #[load(prefetch, filter = people::name.ne(name))]
    reports: Vec<PersonName>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Person)]
struct PersonName {
    name: String,
}

/// Each order, with the times of its lines.
fn shown(orders: &[Basket]) -> Vec<(i32, Vec<i32>)> {
    let times = |basket: &Basket| basket.lines.iter().map(|line| line.times).collect();
    orders.iter().map(|basket| (basket.id, times(basket))).collect()
}

#[test]
fn parameters_are_handed_on() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let people = Buyer::query("Bob".to_owned(), 20, 1).order(people::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), Buyer::QUERIES);
    assert_eq!(Buyer::QUERIES, 6);
    let (ann, bob) = (&people[0], &people[1]);
    assert_eq!(
        people.iter().map(|person| person.is_it).collect::<Vec<_>>(),
        [false, true, false, false]
    );
    assert_eq!(shown(&ann.orders), [(3, vec![])]);
    assert_eq!(shown(&ann.rest), [(2, vec![20]), (3, vec![])]);
    assert_eq!(ann.reports, [PersonName { name: "Cyd".into() }]);
    assert!(bob.orders.is_empty() && bob.rest.is_empty());

    let people = Buyer::query("Ann".to_owned(), 0, 5).order(people::id).load(conn).unwrap();
    let (ann, bob) = (&people[0], &people[1]);
    assert_eq!(shown(&ann.orders), [(3, vec![]), (2, vec![10]), (1, vec![20, 10])]);
    assert!(ann.rest.is_empty());
    assert_eq!(ann.reports.len(), 2);
    assert_eq!(shown(&bob.orders), [(4, vec![30, 10])]);
    assert!(ann.is_it && !bob.is_it);
}

#[derive(LoadSpec, Debug)]
#[load(Order, params(since: i32, name: String))]
struct Joined {
    id: i32,
    #[load(join, params(name, since, 1))]
    person: Buyer,
    #[load(prefetch = person, params(String::from("Bob"), since + 15, 2))]
    other: Buyer,
    #[load(prefetch, params(since * 2))]
    lines: Vec<Times>,
    #[load(prefetch = lines, params(-1))]
    minus: Vec<Times>,
}

#[test]
fn one_spec_is_nested_with_different_values() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let orders = Joined::query(5, "Ann".to_owned()).order(orders::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), Joined::QUERIES);
    let first = &orders[0];
    assert!(first.person.is_it && !first.other.is_it);
    assert_eq!(shown(&first.person.orders), [(3, vec![])]);
    assert_eq!(shown(&first.person.rest), [(2, vec![5]), (3, vec![])]);
    // Since 20, two at the most.
    assert_eq!(shown(&first.other.orders), [(3, vec![]), (2, vec![10])]);
    assert_eq!(shown(&first.other.rest), [(3, vec![])]);
    let last = &orders[3];
    assert!(!last.person.is_it && last.other.is_it);
    assert_eq!(shown(&last.person.orders), [(4, vec![30, 10])]);
    assert!(last.other.orders.is_empty());
    let times = |lines: &[Times]| sorted(lines.iter().map(|line| line.times));
    assert_eq!(times(&first.lines), [10, 20, 50]);
    assert_eq!(times(&first.minus), [-5, -2, -1]);
}

#[test]
fn refining_keeps_the_parameters() {
    let conn = &mut shop();
    let ann = Buyer::query("Bob".to_owned(), 0, 3)
        .prefetch(Buyer::orders, |orders| {
            orders
                .filter(orders::open.eq(true))
                .prefetch(Basket::lines, |lines| lines.order(lines::quantity.desc()).limit(1))
        })
        .prefetch(Buyer::rest, |orders| orders.into_boxed::<Sqlite>().offset(0).limit(1))
        .filter(people::id.eq(1))
        .load(conn)
        .unwrap()
        .remove(0);
    assert_eq!(shown(&ann.orders), [(3, vec![]), (1, vec![20])]);
    assert_eq!(shown(&ann.rest), [(1, vec![0, 0, 0])]);
    let order = Joined::query(5, "Ann".to_owned())
        .prefetch(Joined::person.then(Buyer::orders), |orders| orders.order(orders::id).limit(2))
        .prefetch(Joined::minus, |lines| lines.order(lines::id).offset(1))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(shown(&order.person.orders), [(1, vec![20, 10]), (2, vec![10])]);
    assert_eq!(order.minus.iter().map(|line| line.times).collect::<Vec<_>>(), [-1, -5]);
}

#[test]
fn queries_with_parameters_are_values_with_all_methods() {
    let conn = &mut shop();
    let query = Buyer::query("Ann".to_owned(), 0, 1).filter(people::id.le(2));
    assert_eq!(query.clone().count().get_result::<i64>(conn), Ok(2));
    let ids = |people: Vec<Buyer>| people.iter().map(|person| person.id).collect::<Vec<_>>();
    assert_eq!(ids(query.clone().order(people::id.desc()).load(conn).unwrap()), [2, 1]);
    assert_eq!(ids(query.into_boxed().order(people::id).limit(1).load(conn).unwrap()), [1]);
}

#[test]
fn other_values_prepare_nothing_new() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    for (round, name) in ["Ann", "Bob", "Cyd"].into_iter().enumerate() {
        let round = i32::try_from(round).unwrap();
        Joined::query(round * 3, name.to_owned()).order(orders::id).load(conn).unwrap();
        let cached = trace.cached().len();
        // `lines` and `minus` are one statement.
        if round > 0 {
            assert_eq!(cached, 0);
        } else {
            assert!((1..=Joined::QUERIES).contains(&cached), "{cached}");
        }
    }
}

#[derive(LoadSpec, Debug)]
#[load(Person, params(ids: Vec<i32>, kind: Option<String>, open: bool))]
struct Lists {
    #[load(prefetch, filter = orders::id.eq_any(ids).and(orders::open.eq(open)), order_by = orders::id)]
    orders: Vec<OrderId>,
    #[load(prefetch, filter = products::kind.nullable().eq(kind), order_by = products::id)]
    products: Vec<ProductId>,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct OrderId {
    id: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Product)]
struct ProductId {
    id: i32,
}

#[test]
fn lists_options_and_booleans() {
    let conn = &mut shop();
    let mut ann = |ids: &[i32], kind: Option<&str>, open| {
        let query = Lists::query(ids.to_vec(), kind.map(str::to_owned), open);
        let ann = query.find(1).first(conn).unwrap();
        let orders: Vec<_> = ann.orders.iter().map(|order| order.id).collect();
        let products: Vec<_> = ann.products.iter().map(|product| product.id).collect();
        (orders, products)
    };
    assert_eq!(ann(&[1, 2, 4], Some("tool"), true), (vec![1], vec![1, 2]));
    assert_eq!(ann(&[1, 2], Some("wear"), false), (vec![2], vec![3]));
    assert_eq!(ann(&[], None, true), (vec![], vec![]));
    assert_eq!(ann(&[3, 1, 2, 4, 5, 6], None, true), (vec![1, 3], vec![]));
}
