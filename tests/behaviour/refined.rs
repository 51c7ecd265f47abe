//! Prefetches that are filtered, ordered and cut.

use std::sync::Arc;

use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::{LoadSpec, RelationDsl};

use crate::shop::*;

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Order)]
struct OrderCard {
    id: i32,
    placed: i32,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Product)]
struct ProductName {
    name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Line)]
struct Quantity {
    quantity: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Person, params(since: i32, most: i64))]
struct Buyer {
    name: String,
    #[load(prefetch = orders, order_by = (orders::placed.desc(), orders::id.desc()), limit = most)]
    newest: Vec<OrderCard>,
    #[load(prefetch = orders, filter = orders::placed.ge(since))]
    late: Vec<OrderCard>,
    #[load(prefetch)]
    lines: Vec<Quantity>,
    #[load(prefetch, order_by = products::name, limit = 2)]
    products: Vec<ProductName>,
    #[load(prefetch)]
    boss: Option<Arc<PersonName>>,
    #[load(annotate = orders.filter(orders::open.eq(true)).count())]
    open: i64,
    #[load(annotate = lines.sum(lines::quantity).default(0))]
    bought: i64,
    #[load(annotate = reports.count())]
    reports: i64,
    #[load(annotate = person::follows.any(people::name.eq("Ann")))]
    follows_ann: bool,
    #[load(annotate = people::id + since)]
    sum: i32,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Basket {
    id: i32,
    #[load(prefetch = products, order_by = (lines::quantity.desc(), products::id), limit = 2)]
    most: Vec<(ProductName, Quantity)>,
    #[load(join, params(7, 1))]
    person: BuyerBelow,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person, params(since: i32, most: i64))]
struct BuyerBelow {
    name: String,
    #[load(prefetch = orders, filter = orders::placed.ge(since), limit = most)]
    late: Vec<OrderCard>,
    #[load(annotate = reports.count())]
    reports: i64,
}

#[test]
fn smoke() {
    let conn = &mut shop();
    let buyers = Buyer::query(20, 2).order(people::id).load(conn).unwrap();
    println!("{buyers:#?}");
    let buyers = Buyer::query(20, 2)
        .prefetch(Buyer::newest, |orders| orders.filter(orders::open.eq(true)).limit(1))
        .prefetch(Buyer::products, |products| {
            let products = products.into_boxed::<Sqlite>();
            if buyers.len() > 2 { products.filter(products::kind.eq("wear")) } else { products }
        })
        .filter(person::orders.count().gt(0))
        .order(person::orders.count().desc())
        .load(conn)
        .unwrap();
    println!("{buyers:#?}");
    let baskets = Basket::query()
        .prefetch(Basket::person.then(BuyerBelow::late), |orders| {
            orders.order_by(orders::id.desc())
        })
        .load(conn)
        .unwrap();
    println!("{baskets:#?}");
    panic!();
}
