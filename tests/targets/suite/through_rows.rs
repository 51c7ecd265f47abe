//! The children of a many-to-many, each beside the row of the through table that leads to it.

use targets::models::shop::*;

use super::prelude::*;
use super::shop::shop;

tests![
    each_child_comes_with_its_own_through_row,
    pairs_are_refined_by_both_tables,
    pairs_of_one_child_that_the_order_holds_equal_go_by_the_through_row
];

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Product)]
struct ProductName {
    name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Line)]
struct Bought {
    quantity: i32,
    price: f64,
}

#[derive(LoadSpec, Debug)]
#[load(Order, max_queries = 5)]
struct Basket {
    id: i32,
    #[load(prefetch)]
    products: Vec<(ProductName, Bought)>,
    #[load(prefetch = products, filter = lines::quantity.gt(1).and(products::kind.eq("tool")), order_by = lines::price)]
    tools: Vec<(ProductName, Bought)>,
    #[load(prefetch = products, order_by = (lines::quantity.desc(), products::name), limit = 2)]
    most: Vec<(ProductName, Bought)>,
    #[load(prefetch = products, filter = lines::price.ge(2.0), order_by = lines::quantity)]
    dear: Vec<ProductName>,
}

type Pairs = Vec<(ProductName, Bought)>;

fn pairs(rows: &Pairs) -> Vec<(&str, i32)> {
    rows.iter().map(|(product, line)| (product.name.as_str(), line.quantity)).collect()
}

async fn each_child_comes_with_its_own_through_row() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let baskets = Basket::query().order(orders::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), Basket::QUERIES);
    let all: Vec<_> = baskets.iter().map(|basket| sorted(pairs(&basket.products))).collect();
    assert_eq!(
        all,
        [
            vec![("axe", 2), ("axe", 5), ("bow", 1)],
            vec![("cap", 1)],
            vec![],
            vec![("axe", 1), ("cap", 3)]
        ]
    );
    let prices: Vec<f64> = baskets[3].products.iter().map(|(_, line)| line.price).collect();
    assert_eq!(prices.iter().sum::<f64>(), 3.5);
    let tools: Vec<_> = baskets.iter().map(|basket| pairs(&basket.tools)).collect();
    assert_eq!(tools, [vec![("axe", 5), ("axe", 2)], vec![], vec![], vec![]]);
    let most: Vec<_> = baskets.iter().map(|basket| pairs(&basket.most)).collect();
    assert_eq!(
        most,
        [vec![("axe", 5), ("axe", 2)], vec![("cap", 1)], vec![], vec![("cap", 3), ("axe", 1)]]
    );
    let dear: Vec<Vec<_>> = baskets
        .iter()
        .map(|basket| basket.dear.iter().map(|product| product.name.as_str()).collect())
        .collect();
    assert_eq!(dear, [vec!["bow"], vec!["cap"], vec![], vec!["cap"]]);
}

async fn pairs_are_refined_by_both_tables() {
    let conn = &mut shop().await;
    let least = 1.5;
    let baskets = Basket::query()
        .prefetch(Basket::products, |products| {
            products
                .filter(lines::price.gt(&least))
                .or_filter(lines::quantity.eq(5))
                .order((products::name.desc(), lines::quantity))
                .limit(2)
        })
        .prefetch(Basket::tools, |products| {
            products.into_boxed::<Backend>().filter(lines::price.lt(1.5)).or_filter(lines::id.gt(0))
        })
        .prefetch(Basket::most, |products| products.offset(1).limit(1))
        .prefetch(Basket::dear, |products| products.filter(lines::quantity.gt(2)))
        .order(orders::id)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(pairs(&baskets[0].products), [("bow", 1), ("axe", 5)]);
    assert_eq!(pairs(&baskets[3].products), [("cap", 3)]);
    assert_eq!(pairs(&baskets[0].tools), [("axe", 5), ("axe", 2)]);
    assert_eq!(pairs(&baskets[0].most), [("axe", 2)]);
    assert!(baskets[1].most.is_empty());
    assert!(baskets[0].dear.is_empty());
    assert_eq!(baskets[3].dear, [ProductName { name: "cap".into() }]);
}

async fn pairs_of_one_child_that_the_order_holds_equal_go_by_the_through_row() {
    let conn = &mut shop().await;
    // The lines 1 and 3 are both of the axe, and the table holds them backwards.
    run(
        "CREATE INDEX backwards ON \"lines\" (order_id, id DESC);
         UPDATE \"lines\" SET id = 10 WHERE id = 1;
         UPDATE \"lines\" SET quantity = id",
        conn,
    )
    .await
    .unwrap();
    let mut rows = Vec::new();
    for limit in 1..=3 {
        let first = Basket::query()
            .prefetch(Basket::products, |products| products.order(products::name).limit(limit))
            .find(1)
            .first(conn)
            .await
            .unwrap();
        rows.push(first);
    }
    assert_eq!(pairs(&rows[2].products), [("axe", 3), ("axe", 10), ("bow", 2)]);
    assert_eq!(pairs(&rows[1].products), [("axe", 3), ("axe", 10)]);
    assert_eq!(pairs(&rows[0].products), [("axe", 3)]);
}
