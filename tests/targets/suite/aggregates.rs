//! Aggregates of relations: every function, over every kind of relation, wherever a spec is held.

use targets::models::shop::*;

use super::prelude::*;
use super::shop::shop;

tests![
    every_function_of_a_has_many,
    filters_and_defaults,
    every_kind_of_relation_and_none_multiplies_the_rows_of_another,
    at_joined_places,
    in_prefetches,
    in_filters_and_orders_at_the_same_time
];

/// Every function of a has-many, each with a filter, and with a default where it can be `NULL`.
#[derive(LoadSpec, Debug, PartialEq)]
#[load(Order, max_queries = 1)]
struct Sums {
    #[load(annotate = lines.count())]
    count: i64,
    #[load(annotate = lines.count_distinct(lines::product_id))]
    products: i64,
    #[load(annotate = lines.sum(lines::quantity))]
    sum: Option<i64>,
    #[load(annotate = lines.sum(lines::price * lines::price))]
    squares: Option<f64>,
    #[load(annotate = lines.avg(lines::price))]
    avg: Option<f64>,
    #[load(annotate = lines.min(lines::price))]
    min: Option<f64>,
    #[load(annotate = lines.max(lines::quantity))]
    max: Option<i32>,
    #[load(annotate = lines.exists())]
    exists: bool,
}

async fn every_function_of_a_has_many() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let sums = Sums::query().order(orders::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), 1);
    let none = Sums {
        count: 0,
        products: 0,
        sum: None,
        squares: None,
        avg: None,
        min: None,
        max: None,
        exists: false,
    };
    let first = Sums {
        count: 3,
        products: 2,
        sum: Some(8),
        squares: Some(1.5 * 1.5 + 16.0 + 1.0),
        avg: Some((1.5 + 4.0 + 1.0) / 3.0),
        min: Some(1.0),
        max: Some(5),
        exists: true,
    };
    let one = |quantity, price: f64| Sums {
        count: 1,
        products: 1,
        sum: Some(i64::from(quantity)),
        squares: Some(price * price),
        avg: Some(price),
        min: Some(price),
        max: Some(quantity),
        exists: true,
    };
    let last = Sums {
        count: 2,
        products: 2,
        sum: Some(4),
        squares: Some(4.0 + 2.25),
        avg: Some(1.75),
        min: Some(1.5),
        max: Some(3),
        exists: true,
    };
    assert_eq!(sums, [first, one(1, 2.5), none, last]);
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Order)]
struct Defaults {
    #[load(annotate = lines.filter(lines::price.ge(2.0)).count())]
    count: i64,
    #[load(annotate = lines.filter(lines::price.ge(2.0)).count_distinct(lines::quantity))]
    quantities: i64,
    #[load(annotate = lines.filter(lines::price.ge(2.0)).filter(lines::quantity.gt(1)).sum(lines::quantity + lines::id).default(-1))]
    sum: i64,
    #[load(annotate = lines.filter(lines::price.ge(2.0).and(lines::quantity.lt(3))).avg(lines::price).default(0.5))]
    avg: f64,
    #[load(annotate = lines.filter(lines::price.lt(2.0)).min(lines::product_id).default(0))]
    min: i32,
    #[load(annotate = order::lines.filter(lines::price.lt(2.0)).max(lines::product_id * lines::quantity).default(0_i32))]
    max: i32,
    #[load(annotate = lines.any(lines::quantity.gt(4)))]
    any: bool,
    #[load(annotate = lines.none(lines::quantity.gt(4)))]
    none: bool,
    #[load(annotate = lines.filter(lines::quantity.gt(4)).exists())]
    filtered: bool,
}

async fn filters_and_defaults() {
    let conn = &mut shop().await;
    let rows = Defaults::query().order(orders::id).load(conn).await.unwrap();
    let row = |counts: (i64, i64), sum, avg, (min, max), any| Defaults {
        count: counts.0,
        quantities: counts.1,
        sum,
        avg,
        min,
        max,
        any,
        none: !any,
        filtered: any,
    };
    assert_eq!(
        rows,
        [
            row((1, 1), -1, 4.0, (1, 5), true),
            row((1, 1), -1, 2.5, (0, 0), false),
            row((0, 0), -1, 0.5, (0, 0), false),
            row((1, 1), 3 + 5, 0.5, (1, 1), false)
        ]
    );
}

/// Aggregates of all relations of a person at once.
#[derive(LoadSpec, Debug, Clone, PartialEq, Eq)]
#[load(Person)]
struct Totals {
    #[load(annotate = orders.count())]
    orders: i64,
    #[load(annotate = reports.count())]
    reports: i64,
    #[load(annotate = boss.count())]
    bosses: i64,
    #[load(annotate = boss.max(people::name))]
    boss: Option<String>,
    #[load(annotate = follows.count())]
    follows: i64,
    #[load(annotate = follows.min(follows::since))]
    since: Option<i32>,
    #[load(annotate = followers.max(people::name))]
    follower: Option<String>,
    #[load(annotate = lines.count())]
    lines: i64,
    #[load(annotate = lines.sum(lines::quantity).default(0))]
    bought: i64,
    #[load(annotate = products.count())]
    products: i64,
    #[load(annotate = products.filter(products::kind.eq("tool")).max(products::weight))]
    heaviest: Option<i32>,
    #[load(annotate = grandreports.max(people::name))]
    grandreport: Option<String>,
    #[load(annotate = colleagues.count())]
    colleagues: i64,
    #[load(annotate = followed_orders.sum(orders::placed))]
    followed: Option<i64>,
    #[load(annotate = team_lines.sum(lines::quantity))]
    team: Option<i64>,
    #[load(annotate = peers.filter(people::name.ne("Ann")).exists())]
    peers: bool,
}

/// What the shop's people have, counted by hand.
fn totals() -> [Totals; 4] {
    let text = |text: &str| Some(text.to_owned());
    let nobody = Totals {
        orders: 0,
        reports: 0,
        bosses: 1,
        boss: text("Ann"),
        follows: 0,
        since: None,
        follower: None,
        lines: 0,
        bought: 0,
        products: 0,
        heaviest: None,
        grandreport: None,
        colleagues: 2,
        followed: None,
        team: None,
        peers: false,
    };
    let ann = Totals {
        orders: 3,
        reports: 2,
        bosses: 0,
        boss: None,
        follows: 2,
        since: Some(2001),
        follower: text("Dan"),
        lines: 4,
        bought: 9,
        products: 3,
        heaviest: Some(900),
        grandreport: text("Dan"),
        colleagues: 0,
        followed: Some(5),
        team: Some(4),
        peers: true,
    };
    let bob = Totals {
        orders: 1,
        reports: 1,
        follows: 1,
        since: Some(2003),
        follower: text("Ann"),
        lines: 2,
        bought: 4,
        products: 2,
        heaviest: Some(900),
        followed: Some(50),
        peers: true,
        ..nobody.clone()
    };
    let cyd = Totals { follower: text("Ann"), ..nobody.clone() };
    let dan = Totals {
        boss: text("Bob"),
        follows: 1,
        since: Some(2000),
        colleagues: 1,
        followed: Some(50),
        ..nobody
    };
    [ann, bob, cyd, dan]
}

async fn every_kind_of_relation_and_none_multiplies_the_rows_of_another() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    assert_eq!(Totals::query().order(people::id).load(conn).await.unwrap(), totals());
    assert_eq!(queries.take().len(), 1);
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct OfPerson {
    id: i32,
    #[load(join)]
    person: Totals,
    #[load(annotate = lines.count())]
    lines: i64,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line)]
struct OfOrder {
    id: i32,
    #[load(join)]
    order: Option<OfPerson>,
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct WithBoss {
    #[load(join)]
    boss: Option<Totals>,
    #[load(annotate = reports.count())]
    reports: i64,
}

async fn at_joined_places() {
    let conn = &mut shop().await;
    let [ann, bob, ..] = totals();
    let orders = OfPerson::query().order(orders::id).load(conn).await.unwrap();
    let of: Vec<_> = orders.iter().map(|order| &order.person).collect();
    assert_eq!(of, [&ann, &ann, &ann, &bob]);
    assert_eq!(orders.iter().map(|order| order.lines).collect::<Vec<_>>(), [3, 1, 0, 2]);
    // Below a left join, with a row and without.
    run("UPDATE \"lines\" SET order_id = 99 WHERE id = 6", conn).await.unwrap();
    let lines = OfOrder::query().order(lines::id).load(conn).await.unwrap();
    let order = |line: &OfOrder| {
        line.order.as_ref().map(|order| (order.id, order.lines, order.person.reports))
    };
    let of: Vec<_> = lines.iter().map(order).collect();
    let anns = Some((1, 3, 2));
    assert_eq!(of, [anns, anns, anns, Some((2, 1, 2)), Some((4, 1, 1)), None]);
    // A join of the table to itself.
    let people = WithBoss::query().order(people::id).load(conn).await.unwrap();
    let boss = |person: &WithBoss| {
        (person.boss.as_ref().map(|boss| (boss.reports, boss.grandreport.clone())), person.reports)
    };
    let dan = Some("Dan".to_owned());
    assert_eq!(
        people.iter().map(boss).collect::<Vec<_>>(),
        [(None, 2), (Some((2, dan.clone())), 1), (Some((2, dan)), 0), (Some((1, None)), 0)]
    );
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Nested {
    #[load(prefetch, order_by = people::id)]
    reports: Vec<Totals>,
    #[load(prefetch, order_by = people::id, limit = 1)]
    follows: Vec<Totals>,
    #[load(prefetch, order_by = orders::id)]
    orders: Vec<OfPerson>,
    #[load(prefetch, order_by = people::id.desc())]
    grandreports: Vec<Totals>,
    #[load(prefetch)]
    boss: Option<Totals>,
}

async fn in_prefetches() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let people = Nested::query().order(people::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), Nested::QUERIES);
    let [ann, bob, cyd, dan] = totals();
    assert_eq!(people[0].reports, [bob.clone(), cyd]);
    assert_eq!(people[1].reports, std::slice::from_ref(&dan));
    assert_eq!(people[0].follows, [bob]);
    assert_eq!(people[3].follows, std::slice::from_ref(&ann));
    assert_eq!(people[0].grandreports, [dan]);
    assert!(people[1].grandreports.is_empty());
    assert_eq!(people[0].orders.iter().map(|order| order.lines).collect::<Vec<_>>(), [3, 1, 0]);
    assert!(people[0].orders.iter().all(|order| order.person == ann));
    assert_eq!(people[1].boss.as_ref(), Some(&ann));
    assert_eq!(people[0].boss, None);
}

async fn in_filters_and_orders_at_the_same_time() {
    let conn = &mut shop().await;
    let people = Totals::query()
        .filter(person::lines.sum(lines::quantity).default(0).lt(9))
        .filter(person::products.count().gt(0).or(person::follows.count().eq(1)))
        .order((person::colleagues.count(), person::orders.count().desc()))
        .load(conn)
        .await
        .unwrap();
    let [_, bob, _, dan] = totals();
    assert_eq!(people, [dan, bob]);
}
