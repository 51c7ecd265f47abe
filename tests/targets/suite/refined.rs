//! Prefetches that are refined: by what the spec declares, by what a query adds, and by both.

use targets::models::shop::*;

use super::prelude::*;
use super::shop::shop;

tests![
    one_relation_is_prefetched_under_several_names,
    what_is_declared_and_what_a_query_adds_both_hold,
    no_condition_widens_what_is_declared,
    values_are_borrowed
];

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
    sorted(ids(orders))
}

async fn one_relation_is_prefetched_under_several_names() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let buyers = Buyer::query().order(people::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), 5);
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

async fn what_is_declared_and_what_a_query_adds_both_hold() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let open = |buyer: &Buyer| sorted_ids(&buyer.open);
    let ann = Buyer::query()
        .prefetch(Buyer::open, |orders| orders.filter(orders::placed.gt(10)))
        .find(1)
        .first(conn)
        .await
        .unwrap();
    assert_eq!(open(&ann), [3]);
    // The other prefetches of the same relation are as they were.
    assert_eq!(sorted_ids(&ann.orders), [1, 2, 3]);
    assert_eq!((ids(&ann.closed), ids(&ann.newest)), (vec![2], vec![3, 2]));
    assert_eq!(queries.take().len(), Buyer::QUERIES);

    // An order and a limit go in place of those that are declared.
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.order(orders::id).limit(1))
        .find(1)
        .first(conn)
        .await
        .unwrap();
    assert_eq!(ids(&ann.newest), [1]);
    // A further order comes behind the declared ones, and a limit alone leaves them.
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.then_order_by(orders::open).limit(3))
        .find(1)
        .first(conn)
        .await
        .unwrap();
    assert_eq!(ids(&ann.newest), [3, 2, 1]);
    let ann = Buyer::query()
        .prefetch(Buyer::newest, |orders| orders.offset(1))
        .find(1)
        .first(conn)
        .await
        .unwrap();
    assert_eq!(ids(&ann.newest), [2, 1]);
}

async fn no_condition_widens_what_is_declared() {
    let conn = &mut shop().await;
    // Ann's orders 1 and 3 are open. Order 2 is closed, order 4 is Bob's and closed.
    let only = |orders: &[OrderId]| sorted_ids(orders);
    let buyers = Buyer::query()
        .prefetch(Buyer::open, |orders| orders.filter(orders::id.eq(1)).or_filter(orders::id.gt(0)))
        .order(people::id)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(
        buyers.iter().map(|buyer| only(&buyer.open)).collect::<Vec<_>>(),
        [vec![1, 3], vec![], vec![], vec![]]
    );
    let buyers = Buyer::query()
        .prefetch(Buyer::open, |orders| orders.or_filter(orders::id.eq(2)))
        .prefetch(Buyer::newest, |orders| {
            orders.into_boxed::<Backend>().filter(orders::id.eq(1)).or_filter(orders::id.ge(3))
        })
        .prefetch(Buyer::orders, |orders| {
            orders.filter(orders::id.eq(1).or(orders::id.eq(4))).or_filter(orders::id.eq(3))
        })
        .order(people::id)
        .load(conn)
        .await
        .unwrap();
    assert!(only(&buyers[0].open).is_empty());
    assert!(only(&buyers[1].open).is_empty());
    assert_eq!((ids(&buyers[0].newest), ids(&buyers[1].newest)), (vec![3, 1], vec![4]));
    assert_eq!((only(&buyers[0].orders), only(&buyers[1].orders)), (vec![1, 3], vec![4]));
}

async fn values_are_borrowed() {
    let conn = &mut shop().await;
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
        let ids = |order: &Products| sorted(order.products.iter().map(|product| product.id));
        orders.iter().map(ids).collect::<Vec<_>>()
    };
    let query = || Products::query().order(orders::id);
    let axes = query()
        .prefetch(Products::products, |products| products.filter(products::name.eq(&name)))
        .load(conn)
        .await
        .unwrap();
    assert_eq!(of(axes), [vec![1, 1], vec![], vec![], vec![1]]);
    let named = query()
        .prefetch(Products::products, |products| {
            products.filter(products::kind.eq_any(&kinds[1..])).limit(1)
        })
        .load(conn)
        .await
        .unwrap();
    assert_eq!(of(named), [vec![], vec![3], vec![], vec![3]]);
    drop((name, kinds));
}
