//! A plan has the queries that the load runs, to the letter.

use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::{LoadSpec, QueryPlan, RelationDsl, Requested, load};

use crate::shop::*;
use crate::support::Trace;

#[derive(LoadSpec, Debug, Clone)]
#[load(Product)]
struct ProductName {
    name: String,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line)]
struct LineCard {
    quantity: i32,
    #[load(join)]
    product: ProductName,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line)]
struct Quantity {
    quantity: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct Basket {
    id: i32,
    #[load(prefetch, order_by = lines::quantity.desc(), limit = 2)]
    lines: Vec<LineCard>,
    #[load(prefetch, filter = products::name.ne("nothing"))]
    products: Vec<(ProductName, Quantity)>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct Name {
    name: String,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct Boss {
    name: String,
    #[load(prefetch)]
    orders: Vec<Basket>,
    #[load(prefetch, optional)]
    reports: Requested<Vec<Name>>,
}

#[derive(LoadSpec, Debug)]
#[load(Person, params(since: i32))]
struct Page {
    name: String,
    #[load(join)]
    boss: Option<Boss>,
    #[load(prefetch)]
    reports: Vec<Name>,
    #[load(prefetch, distinct)]
    lines: Vec<Quantity>,
    #[load(prefetch, optional)]
    orders: Requested<Vec<Basket>>,
    #[load(annotate = orders.filter(orders::placed.ge(since)).count())]
    count: i64,
}

/// The queries of a plan that run, each before those of its prefetches.
fn texts(plan: &QueryPlan) -> Vec<String> {
    fn add(query: &upfront::PlannedQuery, texts: &mut Vec<String>) {
        if query.runs() {
            texts.push(query.sql().to_owned());
            query.prefetches().iter().for_each(|prefetch| add(prefetch, texts));
        }
    }
    let mut texts = Vec::new();
    add(plan.root(), &mut texts);
    texts
}

/// Plans a query and loads it: both have these queries.
macro_rules! check {
    ($query:expr, $queries:expr) => {{
        let conn = &mut shop();
        let trace = Trace::of(conn);
        let query = $query;
        let plan = query.plan::<Sqlite>().unwrap();
        assert_eq!(trace.take(), [], "nothing runs");
        query.load(conn).unwrap();
        let ran = trace.sql();
        assert_eq!(texts(&plan), ran);
        assert_eq!((ran.len(), plan.max_queries()), ($queries, $queries));
        plan
    }};
}

#[test]
fn a_query_with_joins_alone() {
    check!(LineCard::query(), 1);
    check!(LineCard::query().filter(lines::quantity.gt(0)).order(lines::id).limit(3).offset(1), 1);
    check!(LineCard::query().order(LineCard::product.field(products::name)).into_boxed(), 1);
}

#[test]
fn prefetches_nested_and_cut_and_in_pairs() {
    check!(Basket::query(), 3);
    check!(Boss::query(), 4);
    check!(Basket::query().snapshot(), 3);
}

#[test]
fn prefetches_below_joins_through_relations_and_of_oneself() {
    let plan = check!(Page::query(2), 6);
    let fields: Vec<_> = plan.queries().map(|query| query.field().unwrap_or("")).collect();
    let below_boss = ["boss.orders", "lines", "products", "boss.reports"];
    let own = ["reports", "lines", "orders", "lines", "products"];
    assert_eq!(fields, [&[""], &below_boss[..], &own].concat());
}

#[test]
fn what_is_refined_at_run_time() {
    let (least, name) = (1, String::from("%e%"));
    check!(
        Page::query(2)
            .prefetch(Page::reports, |people| people.filter(people::name.like(&name)).limit(2))
            .prefetch(Page::boss.then(Boss::orders), |orders| {
                orders
                    .filter(orders::id.ge(least))
                    .or_filter(orders::open.eq(true))
                    .order((orders::placed.desc(), orders::id))
                    .prefetch(Basket::lines, |lines| lines.offset(0))
            })
            .filter(person::orders.any(orders::id.gt(0)))
            .order(people::id),
        6
    );
    check!(
        Basket::query().prefetch(Basket::lines, |lines| {
            lines.into_boxed::<Sqlite>().filter(lines::quantity.gt(0)).limit(5)
        }),
        3
    );
}

#[test]
fn what_is_asked_for() {
    let plan = check!(Page::query(2).request(Page::orders), 9);
    let page = plan.root();
    assert!(page.prefetches().iter().all(|query| query.is_optional()
        == (query.field() == Some("orders") || query.field() == Some("boss.reports"))));
    check!(Page::query(2).request(Page::orders).request(Page::boss.then(Boss::reports)), 10);
    check!(Page::query(2).prefetch(Page::orders, |orders| orders.limit(1)), 9);
    check!(Page::query(2).prefetch_if(false, Page::orders, |orders| orders.limit(1)), 6);
}

#[test]
fn what_load_declares() {
    let most = 2;
    check!(
        load!(Person {
            name,
            join boss { name, prefetch orders { id } },
            prefetch lines.order_by(lines::id).limit(most) { quantity, join product { name } },
            annotate orders.count() as orders,
        }),
        3
    );
}

#[test]
fn a_query_that_was_planned_is_not_used_up() {
    let query = Basket::query();
    let first = query.plan::<Sqlite>().unwrap().to_string();
    assert_eq!(query.plan::<Sqlite>().unwrap().to_string(), first);
}

#[test]
fn it_is_printed_with_what_it_does_not_run() {
    let text = Boss::query().plan::<Sqlite>().unwrap().to_string();
    let heads: Vec<_> = text.lines().filter(|line| !line.contains("SELECT")).collect();
    assert_eq!(
        heads,
        [
            "Boss",
            "  orders: Basket",
            "    lines: LineCard",
            "    products: ProductName",
            "  reports: Name (optional, not asked for)",
            "at most 4 queries",
        ]
    );
    let text = LineCard::query().plan::<Sqlite>().unwrap().to_string();
    assert!(text.ends_with("\n1 query\n"), "{text}");
}

#[test]
fn what_a_load_would_refuse_is_an_error() {
    let query = Basket::query().prefetch(Basket::lines, |lines| lines.limit(-1));
    let error = query.plan::<Sqlite>().unwrap_err().to_string();
    assert!(error.contains("the limit of the prefetch of `lines`"), "{error}");
}
