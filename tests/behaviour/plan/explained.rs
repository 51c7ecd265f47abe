//! What SQLite does for the queries of a load.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, PlannedQuery, QueryPlan, RelationDsl, Requested};

use crate::shop::*;
use crate::support::{Event, Trace};

#[derive(LoadSpec, Clone)]
#[load(Product)]
struct ProductName {
    name: String,
}

#[derive(LoadSpec, Clone)]
#[load(Order)]
struct Basket {
    id: i32,
    #[load(prefetch)]
    products: Vec<ProductName>,
}

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct Boss {
    name: String,
    #[load(prefetch)]
    orders: Vec<Basket>,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Page {
    #[load(join)]
    boss: Option<Boss>,
    #[load(prefetch)]
    reports: Vec<Boss>,
    #[load(prefetch, optional)]
    orders: Requested<Vec<Basket>>,
    #[load(annotate = lines.count())]
    count: i64,
}

const INDEXES: &str = "
    CREATE INDEX by_boss ON people (boss_id);
    CREATE INDEX by_person ON orders (person_id);
    CREATE INDEX by_order ON lines (order_id);
";

fn rows(query: &PlannedQuery) -> String {
    query.explain().map(|row| format!("{row}\n")).collect()
}

fn scans(plan: &QueryPlan) -> Vec<(&str, &[String])> {
    plan.queries().map(|query| (query.field().unwrap_or("-"), query.full_scans())).collect()
}

#[test]
fn each_query_is_explained_with_the_keys_of_the_load() {
    let conn = &mut shop();
    let plan = Page::query().explain(conn).unwrap();
    let fields: Vec<_> = plan.queries().filter(|query| query.explain().next().is_some()).collect();
    let fields: Vec<_> = fields.iter().filter_map(|query| query.field()).collect();
    assert_eq!(fields, ["boss.orders", "products", "reports", "orders", "products"]);
    let orders = &plan.root().prefetches()[0];
    assert!(rows(orders).contains("SCAN orders\n"), "{}", rows(orders));
    assert_eq!(
        plan.root().sql(),
        Page::query().plan::<diesel::sqlite::Sqlite>().unwrap().root().sql()
    );
}

#[test]
fn the_load_is_what_runs_and_nothing_is_left_behind() {
    let conn = &mut shop();
    let plan = Page::query().plan::<diesel::sqlite::Sqlite>().unwrap();
    let trace = Trace::of(conn);
    Page::query().explain(conn).unwrap();
    let ran = trace.sql();
    let texts: Vec<_> = plan
        .queries()
        .filter(|query| query.field() != Some("orders") || query.runs())
        .map(PlannedQuery::sql)
        .collect();
    let of_load: Vec<_> = ran.iter().filter(|sql| texts.contains(&sql.as_str())).collect();
    assert_eq!(of_load.len(), 6, "{ran:#?}");
    for sql in of_load {
        assert!(ran.contains(&format!("EXPLAIN QUERY PLAN {sql}")), "{sql}");
    }
    conn.batch_execute("BEGIN; COMMIT").unwrap();
}

#[test]
fn what_is_read_as_a_whole_for_the_want_of_an_index_is_marked() {
    let conn = &mut shop();
    let plan = Page::query().explain(conn).unwrap();
    // Of the people all are asked for, and the boss is found by the primary key.
    let root = plan.root();
    assert!(root.full_scans().iter().all(|name| name != "people"), "{:?}", root.full_scans());
    let columns: Vec<_> =
        root.missing_indexes().iter().map(|missing| missing.columns()[0]).collect();
    assert_eq!(columns, ["person_id", "order_id"]);
    let orders = &root.prefetches()[0];
    assert_eq!(
        (orders.field(), orders.full_scans()),
        (Some("boss.orders"), &["orders".to_owned()][..])
    );
    assert_eq!(orders.missing_indexes()[0].spec(), "Boss");
    let text = plan.to_string();
    assert!(text.contains("    > SCAN orders   <- reads the whole table\n"), "{text}");
    assert!(
        text.contains(
            "\n    help: CREATE INDEX `orders_person_id_idx` ON `orders` (`person_id`)\n"
        ),
        "{text}"
    );
    assert!(text.contains("\n  > SCAN people\n"), "{text}");

    conn.batch_execute(INDEXES).unwrap();
    let plan = Page::query().explain(conn).unwrap();
    assert!(scans(&plan).iter().all(|(_, scans)| scans.is_empty()), "{plan}");
    assert!(plan.queries().all(|query| query.missing_indexes().is_empty()), "{plan}");
}

#[test]
fn a_filter_that_no_index_helps_is_marked() {
    let conn = &mut shop();
    conn.batch_execute(INDEXES).unwrap();
    let plan = Basket::query().filter(orders::open.eq(true)).explain(conn).unwrap();
    assert_eq!(scans(&plan)[0], ("-", &["orders".to_owned()][..]));
    let plan = Basket::query().filter(orders::person_id.eq(1)).explain(conn).unwrap();
    assert_eq!(scans(&plan)[0], ("-", &[][..]));
    let plan =
        Basket::query().filter(order::lines.any(lines::quantity.gt(1))).explain(conn).unwrap();
    assert_eq!(plan.root().missing_indexes(), []);
}

#[test]
fn prefetches_without_keys_do_not_run() {
    let conn = &mut shop();
    conn.batch_execute("DELETE FROM orders; UPDATE people SET boss_id = NULL WHERE id <> 2")
        .unwrap();
    let plan = Page::query().explain(conn).unwrap();
    let explained: Vec<_> = plan
        .queries()
        .map(|query| (query.field().unwrap_or("-"), query.explain().next().is_some()))
        .collect();
    let expected = [
        ("-", true),
        ("boss.orders", true),
        ("products", false),
        ("reports", true),
        ("orders", true),
        ("products", false),
        ("orders", false),
        ("products", false),
    ];
    assert_eq!(explained, expected);
    // Which indexes they want is known all the same.
    assert_eq!(
        plan.root().prefetches()[0].prefetches()[0].missing_indexes()[0].columns(),
        ["order_id"]
    );
}

#[test]
fn what_borrows_and_what_is_boxed_can_be_explained() {
    let conn = &mut shop();
    let name = String::from("A%");
    let query = Page::query()
        .filter(people::name.like(&name))
        .prefetch(Page::reports, |people| people.filter(people::name.ne(&name)).limit(1))
        .request(Page::orders);
    assert_eq!(query.explain(conn).unwrap().max_queries(), 8);
    let boxed = Basket::query().into_boxed().filter(orders::id.gt(0));
    assert_eq!(boxed.explain(conn).unwrap().max_queries(), 2);
}

#[test]
fn a_load_that_fails_is_rolled_back() {
    let conn = &mut shop();
    conn.batch_execute("DROP TABLE lines").unwrap();
    let trace = Trace::of(conn);
    assert!(Page::query().explain(conn).is_err());
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Rollback(1)]);
}

#[test]
fn a_connection_from_a_pool() {
    use diesel::r2d2::{ConnectionManager, Pool};

    let manager = ConnectionManager::<SqliteConnection>::new(":memory:");
    let pool = Pool::builder().max_size(1).build(manager).unwrap();
    let conn = &mut pool.get().unwrap();
    conn.batch_execute(SCHEMA).unwrap();
    assert!(Basket::query().explain(conn).unwrap().root().explain().next().is_some());
    assert_eq!(Basket::check_indexes(conn).unwrap().len(), 1);
}

#[test]
fn futures_of_it_can_be_sent() {
    use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;

    fn is_sent<F: Future + Send>(future: F) -> F {
        future
    }

    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let conn = &mut SyncConnectionWrapper::<SqliteConnection>::new(shop());
    let name = String::from("A%");
    let query = Page::query().filter(people::name.like(&name));
    let query = query.prefetch(Page::reports, |people| people.filter(people::name.ne(&name)));
    let plan = runtime.block_on(is_sent(query.explain_async(conn))).unwrap();
    assert_eq!(plan.root().missing_indexes().len(), 2, "{plan}");
    let missing = runtime.block_on(is_sent(Page::check_indexes_async(conn))).unwrap();
    assert_eq!(missing, shop_indexes(), "{missing}");
}

/// What a connection that waits is told.
fn shop_indexes() -> upfront::MissingIndexes {
    Page::check_indexes(&mut shop()).unwrap()
}
