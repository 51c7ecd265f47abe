//! The orders of prefetches, and rows that come once.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use diesel::sqlite::Sqlite;
use upfront::{LoadSpec, RelationDsl};

use crate::shop::*;

#[derive(LoadSpec, Debug, Clone)]
#[load(Product)]
struct Named {
    name: String,
    weight: Option<i32>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line)]
struct LineCard {
    id: i32,
    #[load(join)]
    product: Named,
    #[load(join)]
    order: Placed,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct Placed {
    #[load(join)]
    person: PersonName,
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
    #[load(prefetch)]
    lines: Vec<LineCard>,
}

fn ids(lines: &[LineCard]) -> Vec<i32> {
    lines.iter().map(|line| line.id).collect()
}

/// The lines of order 1, and those of order 4, by this order.
macro_rules! lines {
    ($order:expr) => {{
        let conn = &mut shop();
        let query = || Basket::query().filter(orders::id.eq_any([1, 4])).order(orders::id);
        let whole =
            query().prefetch(Basket::lines, |lines| lines.order($order)).load(conn).unwrap();
        let limited = query()
            .prefetch(Basket::lines, |lines| lines.order($order).limit(2))
            .load(conn)
            .unwrap();
        let boxed = query()
            .prefetch(Basket::lines, |lines| lines.into_boxed::<Sqlite>().order($order).offset(1))
            .load(conn)
            .unwrap();
        for (((basket, limited), boxed), at) in whole.iter().zip(&limited).zip(&boxed).zip(0..) {
            let all = ids(&basket.lines);
            assert_eq!(ids(&limited.lines), all[..2], "basket {at}");
            assert_eq!(ids(&boxed.lines), all[1..], "basket {at}");
        }
        [ids(&whole[0].lines), ids(&whole[1].lines)]
    }};
}

#[test]
fn by_columns_of_what_a_child_joins() {
    let product = LineCard::product;
    assert_eq!(
        lines!((product.field(products::name).desc(), lines::price)),
        [vec![2, 3, 1], vec![5, 6]]
    );
    // The weight of the bow is not known, and `NULL` comes first.
    assert_eq!(
        lines!((product.field(products::weight), lines::quantity)),
        [vec![2, 1, 3], vec![5, 6]]
    );
    let person = LineCard::order.then(Placed::person);
    assert_eq!(lines!((person.field(people::name), lines::id.desc())), [vec![3, 2, 1], vec![6, 5]]);
}

#[test]
fn by_several_expressions() {
    assert_eq!(lines!((lines::product_id.desc(), lines::quantity)), [vec![2, 1, 3], vec![5, 6]]);
    assert_eq!(
        lines!((lines::product_id + lines::quantity, lines::id.desc())),
        [vec![2, 1, 3], vec![6, 5]]
    );
    assert_eq!(lines!((lines::quantity.gt(1), lines::price.desc())), [vec![2, 1, 3], vec![6, 5]]);
}

#[test]
fn by_expressions_that_bind_values() {
    let near = |id: i32| lines::id - id;
    assert_eq!(lines!((near(2) * near(2), lines::id)), [vec![2, 1, 3], vec![5, 6]]);
    let wanted = 1_i32;
    assert_eq!(
        lines!((lines::product_id.ne(&wanted), lines::id.desc())),
        [vec![3, 1, 2], vec![6, 5]]
    );
    assert_eq!(
        lines!((wanted.into_sql::<Integer>() - lines::id, lines::id)),
        [vec![3, 2, 1], vec![6, 5]]
    );
}

#[test]
fn by_what_is_computed_of_a_relation() {
    let conn = &mut shop();
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Buyer {
        #[load(prefetch, order_by = order::lines.count().desc(), then_order_by = orders::id.desc())]
        orders: Vec<OrderId>,
        #[load(prefetch = orders, order_by = order::lines.sum(lines::quantity).default(0), limit = 2)]
        least: Vec<OrderId>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct OrderId {
        id: i32,
    }
    let ids = |orders: &[OrderId]| orders.iter().map(|order| order.id).collect::<Vec<_>>();
    let ann = Buyer::query().find(1).first(conn).unwrap();
    assert_eq!(ids(&ann.orders), [1, 2, 3]);
    assert_eq!(ids(&ann.least), [3, 2]);
    let cheap = order::lines.filter(lines::price.lt(2.0));
    let ann = Buyer::query()
        .prefetch(Buyer::orders, |orders| {
            orders.order(cheap.count()).then_order_by(order::products.any(products::id.eq(3)))
        })
        .prefetch(Buyer::least, |orders| orders.then_order_by(orders::id).limit(9))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(ids(&ann.orders), [3, 2, 1]);
    assert_eq!(ids(&ann.least), [3, 2, 1]);
}

#[test]
fn null_is_less_than_any_value() {
    let conn = &mut shop();
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct Bought {
        #[load(prefetch, distinct, order_by = products::weight)]
        products: Vec<Named>,
    }
    conn.batch_execute("INSERT INTO lines VALUES (7, 1, 3, 1, 1.0)").unwrap();
    let weights = |order: Bought| order.products.iter().map(|row| row.weight).collect::<Vec<_>>();
    let order = || Bought::query().find(1);
    assert_eq!(weights(order().first(conn).unwrap())[0], None);
    let last = order()
        .prefetch(Bought::products, |products| products.order(products::weight.desc()))
        .first(conn)
        .unwrap();
    assert_eq!(weights(last).last(), Some(&None));
    let last = order()
        .prefetch(Bought::products, |products| {
            products.order((products::weight.is_null(), products::weight))
        })
        .first(conn)
        .unwrap();
    assert_eq!(weights(last).last(), Some(&None));
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Product)]
struct Name {
    name: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Product)]
struct Kind {
    kind: String,
}

fn names(rows: &[Name]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Distinct {
    #[load(prefetch, order_by = products::name)]
    products: Vec<Name>,
    #[load(prefetch = products, distinct, order_by = products::name.desc())]
    once: Vec<Name>,
    #[load(prefetch = products, distinct)]
    kinds: Vec<Kind>,
}

#[test]
fn distinct_rows_come_once() {
    let conn = &mut shop();
    let order = Distinct::query().find(1).first(conn).unwrap();
    assert_eq!(names(&order.products), ["axe", "axe", "bow"]);
    assert_eq!(names(&order.once), ["bow", "axe"]);
    assert_eq!(order.kinds, [Kind { kind: "tool".into() }]);
    let order = Distinct::query().find(4).first(conn).unwrap();
    assert_eq!(order.kinds.len(), 2);
    // At run time.
    let order = Distinct::query()
        .prefetch(Distinct::products, |products| products.distinct())
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(names(&order.products), ["axe", "bow"]);
}

#[test]
fn rows_are_distinct_or_cut_and_not_both() {
    let conn = &mut shop();
    // Of a query whose type tells, the compiler says so; a boxed one says so when it runs.
    let boxed = Distinct::query()
        .prefetch(Distinct::once, |products| products.into_boxed::<Sqlite>().limit(1))
        .load(conn);
    let text = boxed.err().map(|error| error.to_string()).unwrap_or_default();
    assert_eq!(
        text,
        "the prefetch of `products` into `Name` is `distinct` or has a limit, not both"
    );
    let order = Distinct::query()
        .prefetch(Distinct::once, |products| {
            products.into_boxed::<Sqlite>().filter(products::id.ne(2)).order(products::id)
        })
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(names(&order.once), ["axe"]);
}

#[test]
fn distinct_goes_by_what_is_loaded() {
    let conn = &mut shop();
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Buyer {
        #[load(prefetch, distinct, order_by = orders::placed.desc())]
        orders: Vec<Placing>,
        #[load(prefetch = orders, distinct, filter = orders::placed.ge(20))]
        late: Vec<Both>,
        #[load(prefetch = products, distinct)]
        products: Vec<Kind>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct Placing {
        placed: i32,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Order)]
    struct Both {
        placed: i32,
        open: bool,
    }
    let buyers = Buyer::query().order(people::id).load(conn).unwrap();
    let placed: Vec<_> = buyers[0].orders.iter().map(|order| order.placed).collect();
    assert_eq!(placed, [20, 10]);
    // Bob's own order is not taken for one of Ann's that is equal to it.
    assert_eq!(buyers[1].orders.len(), 1);
    assert_eq!(buyers[0].late.len(), 2);
    assert!(buyers[0].late.iter().all(|order| order.placed == 20));
    assert_ne!(buyers[0].late[0].open, buyers[0].late[1].open);
    let kinds = |buyer: &Buyer| {
        crate::support::sorted(buyer.products.iter().map(|product| product.kind.clone()))
    };
    assert_eq!(kinds(&buyers[0]), ["tool", "wear"]);
    assert_eq!(kinds(&buyers[1]), ["tool", "wear"]);
}
