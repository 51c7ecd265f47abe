//! Limits and offsets of prefetches: for each parent, in an order that leaves nothing to luck.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sqlite::Sqlite;
use upfront::LoadSpec;

use crate::shop::*;
use crate::support::Trace;

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct OrderId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Product)]
struct ProductId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct PersonId {
    id: i32,
}

trait Id {
    fn id(&self) -> i32;
}

macro_rules! ids {
    ($($spec:ident)*) => {$(
        impl Id for $spec {
            fn id(&self) -> i32 {
                self.id
            }
        }
    )*};
}

ids! { OrderId ProductId PersonId }

fn ids(rows: &[impl Id]) -> Vec<i32> {
    rows.iter().map(Id::id).collect()
}

#[derive(LoadSpec, Debug)]
#[load(Person, params(most: i64, after: i64))]
struct Page {
    id: i32,
    #[load(prefetch, order_by = orders::placed.desc(), limit = most, offset = after)]
    orders: Vec<OrderId>,
}

/// The orders that each of the people has, by the same rules: newest first, then by their number.
const NEWEST: [&[i32]; 4] = [&[2, 3, 1], &[4], &[], &[]];

fn cut(rows: &[i32], limit: i64, offset: i64) -> Vec<i32> {
    rows.iter().copied().skip(offset as usize).take(limit as usize).collect()
}

#[test]
fn each_parent_has_its_own_limit_and_offset() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    for limit in [0, 1, 2, 3, 4, 1_000, i64::MAX] {
        for offset in [0, 1, 2, 3, 4, 1_000, i64::MAX] {
            let people = Page::query(limit, offset).order(people::id).load(conn).unwrap();
            let cut: Vec<_> = NEWEST.iter().map(|rows| cut(rows, limit, offset)).collect();
            let orders: Vec<_> = people.iter().map(|person| ids(&person.orders)).collect();
            assert_eq!(orders, cut, "limit {limit}, offset {offset}");
            assert_eq!(trace.sql().len(), 2);
        }
    }
}

#[test]
fn the_order_does_not_depend_on_how_tables_are_scanned() {
    let conn = &mut shop();
    conn.batch_execute("PRAGMA reverse_unordered_selects = ON").unwrap();
    let people = Page::query(3, 0).order(people::id).load(conn).unwrap();
    let orders: Vec<_> = people.iter().map(|person| ids(&person.orders)).collect();
    assert_eq!(orders, NEWEST);
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Plain {
    id: i32,
    #[load(prefetch)]
    orders: Vec<OrderId>,
}

#[test]
fn a_limit_without_an_offset_and_an_offset_without_a_limit() {
    let conn = &mut shop();
    let by_id: [&[i32]; 4] = [&[1, 2, 3], &[4], &[], &[]];
    for number in [0, 1, 2, 5] {
        // Without an order, the rows go by their primary key.
        let limited = Plain::query()
            .prefetch(Plain::orders, |orders| orders.limit(number))
            .order(people::id)
            .load(conn)
            .unwrap();
        let orders: Vec<_> = limited.iter().map(|person| ids(&person.orders)).collect();
        assert_eq!(orders, by_id.map(|rows| cut(rows, number, 0)));
        let skipped = Plain::query()
            .prefetch(Plain::orders, |orders| orders.offset(number))
            .order(people::id)
            .load(conn)
            .unwrap();
        let orders: Vec<_> = skipped.iter().map(|person| ids(&person.orders)).collect();
        assert_eq!(orders, by_id.map(|rows| cut(rows, 100, number)));
        let boxed = Plain::query()
            .prefetch(Plain::orders, |orders| {
                orders.into_boxed::<Sqlite>().offset(number).order(orders::placed.desc())
            })
            .order(people::id)
            .load(conn)
            .unwrap();
        let orders: Vec<_> = boxed.iter().map(|person| ids(&person.orders)).collect();
        assert_eq!(orders, NEWEST.map(|rows| cut(rows, 100, number)));
    }
}

#[test]
fn ties_go_by_the_primary_key() {
    let conn = &mut shop();
    // Written backwards, so that the order in which the table holds them is not that of the keys.
    conn.batch_execute(
        "DELETE FROM orders;
         INSERT INTO orders VALUES
             (9, 1, 1, TRUE), (8, 1, 1, TRUE), (7, 1, 1, FALSE), (6, 1, 1, TRUE), (5, 1, 2, TRUE), (4, 1, 0, TRUE);
         CREATE INDEX backwards ON orders (person_id, placed, id DESC);",
    )
    .unwrap();
    let mut first = |refined: &dyn Fn(&mut SqliteConnection) -> Vec<Plain>, expected: &[i32]| {
        assert_eq!(ids(&refined(conn)[0].orders), expected);
    };
    macro_rules! by {
        ($order:expr, $limit:expr) => {
            &|conn| {
                Plain::query()
                    .prefetch(Plain::orders, |orders| orders.order($order).limit($limit))
                    .find(1)
                    .load(conn)
                    .unwrap()
            }
        };
    }
    first(by!(orders::placed, 3), &[4, 6, 7]);
    first(by!(orders::placed.asc(), 4), &[4, 6, 7, 8]);
    first(by!(orders::placed.desc(), 3), &[5, 6, 7]);
    first(by!((orders::open, orders::placed), 3), &[7, 4, 6]);
    first(by!((orders::open.desc(), orders::placed.desc()), 3), &[5, 6, 8]);
    // The key itself, the other way round.
    first(by!((orders::placed, orders::id.desc()), 3), &[4, 9, 8]);
    first(by!(orders::id.desc(), 2), &[9, 8]);
    first(by!(1.into_sql::<diesel::sql_types::Integer>() + orders::person_id, 2), &[4, 5]);
}

#[derive(LoadSpec, Debug)]
#[load(Order, params(most: i64))]
struct Bought {
    id: i32,
    #[load(prefetch, order_by = products::name.desc(), limit = most)]
    products: Vec<ProductId>,
}

#[derive(LoadSpec, Debug)]
#[load(Product)]
struct Buying {
    id: i32,
    #[load(prefetch, limit = 2)]
    orders: Vec<OrderId>,
}

#[test]
fn limits_of_a_many_to_many_are_for_each_parent() {
    let conn = &mut shop();
    // Order 1 has two lines of the axe: two rows of the relation.
    let all: [&[i32]; 4] = [&[2, 1, 1], &[3], &[], &[3, 1]];
    for limit in 0..4 {
        let orders = Bought::query(limit).order(orders::id).load(conn).unwrap();
        let products: Vec<_> = orders.iter().map(|order| ids(&order.products)).collect();
        assert_eq!(products, all.map(|rows| cut(rows, limit, 0)));
    }
    let skipped = Bought::query(1)
        .prefetch(Bought::products, |products| products.offset(1).order(products::id))
        .order(orders::id)
        .load(conn)
        .unwrap();
    let products: Vec<_> = skipped.iter().map(|order| ids(&order.products)).collect();
    assert_eq!(products, [vec![1], vec![], vec![], vec![3]]);
    let of = Buying::query().order(products::id).load(conn).unwrap();
    let orders: Vec<_> = of.iter().map(|product| ids(&product.orders)).collect();
    assert_eq!(orders, [vec![1, 1], vec![1], vec![2, 4]]);
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Followed {
    id: i32,
    #[load(prefetch, order_by = follows::since.desc(), limit = 1)]
    follows: Vec<PersonId>,
    #[load(prefetch, order_by = people::name.desc(), limit = 1, offset = 1)]
    followers: Vec<PersonId>,
    #[load(prefetch, order_by = people::name.desc(), limit = 1)]
    reports: Vec<PersonId>,
}

#[test]
fn limits_of_relations_of_a_table_to_itself() {
    let conn = &mut shop();
    let people = Followed::query().order(people::id).load(conn).unwrap();
    let follows: Vec<_> = people.iter().map(|person| ids(&person.follows)).collect();
    assert_eq!(follows, [vec![3], vec![1], vec![], vec![1]]);
    let followers: Vec<_> = people.iter().map(|person| ids(&person.followers)).collect();
    assert_eq!(followers, [vec![2], vec![], vec![], vec![]]);
    let reports: Vec<_> = people.iter().map(|person| ids(&person.reports)).collect();
    assert_eq!(reports, [vec![3], vec![4], vec![], vec![]]);
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Chains {
    id: i32,
    #[load(prefetch, order_by = products::name.desc(), limit = 2)]
    products: Vec<ProductId>,
    #[load(prefetch, limit = 1, offset = 1)]
    followed_orders: Vec<OrderId>,
}

#[test]
fn limits_of_chains_count_each_row_once() {
    let conn = &mut shop();
    conn.batch_execute("INSERT INTO orders VALUES (5, 3, 1, TRUE)").unwrap();
    let people = Chains::query().order(people::id).load(conn).unwrap();
    let products: Vec<_> = people.iter().map(|person| ids(&person.products)).collect();
    assert_eq!(products, [vec![3, 2], vec![3, 1], vec![], vec![]]);
    // Ann follows Bob and Cyd, with the orders 4 and 5; Bob and Dan follow Ann.
    let orders: Vec<_> = people.iter().map(|person| ids(&person.followed_orders)).collect();
    assert_eq!(orders, [vec![5], vec![2], vec![], vec![2]]);
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Above {
    id: i32,
    #[load(prefetch, order_by = people::name, limit = 1)]
    reports: Vec<Middle>,
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Middle {
    id: i32,
    #[load(prefetch, order_by = orders::id.desc(), limit = 2)]
    orders: Vec<Below>,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Below {
    id: i32,
    #[load(prefetch, order_by = products::id.desc(), limit = 1)]
    products: Vec<ProductId>,
}

#[test]
fn limits_below_limits() {
    let conn = &mut shop();
    conn.batch_execute(
        "INSERT INTO orders VALUES (7, 2, 1, TRUE), (8, 2, 1, TRUE), (9, 4, 1, TRUE)",
    )
    .unwrap();
    let trace = Trace::of(conn);
    let people = Above::query().order(people::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), 4);
    // Ann has Bob; Bob has Dan.
    let of = |person: &Above| {
        let order = |order: &Below| (order.id, ids(&order.products));
        let report =
            |report: &Middle| (report.id, report.orders.iter().map(order).collect::<Vec<_>>());
        person.reports.iter().map(report).collect::<Vec<_>>()
    };
    assert_eq!(of(&people[0]), [(2, vec![(8, vec![]), (7, vec![])])]);
    assert_eq!(of(&people[1]), [(4, vec![(9, vec![])])]);
    conn.batch_execute("DELETE FROM orders WHERE id = 8").unwrap();
    let people = Above::query().find(1).load(conn).unwrap();
    assert_eq!(of(&people[0]), [(2, vec![(7, vec![]), (4, vec![3])])]);
}

#[track_caller]
fn text<T>(result: QueryResult<T>) -> String {
    match result {
        Err(Error::QueryBuilderError(error)) => error.to_string(),
        Err(error) => panic!("another error: {error:?}"),
        Ok(_) => panic!("the load went well"),
    }
}

#[test]
fn a_negative_limit_or_offset_is_an_error() {
    let conn = &mut shop();
    assert_eq!(
        text(Page::query(-1, 0).load(conn)),
        "the limit of the prefetch of `orders` into `OrderId` is -1: it cannot be negative"
    );
    assert_eq!(
        text(Page::query(0, i64::MIN).load(conn)),
        "the offset of the prefetch of `orders` into `OrderId` is -9223372036854775808: it cannot be negative"
    );
    let limit = Plain::query().prefetch(Plain::orders, |orders| orders.limit(-5)).load(conn);
    assert!(text(limit).contains("limit of the prefetch of `orders` into `OrderId` is -5"));
    let offset = Plain::query().prefetch(Plain::orders, |orders| orders.offset(-5)).load(conn);
    assert!(text(offset).contains("offset of the prefetch of `orders` into `OrderId` is -5"));
    let boxed = Plain::query()
        .prefetch(Plain::orders, |orders| orders.into_boxed::<Sqlite>().limit(1).offset(-1))
        .load(conn);
    assert!(text(boxed).contains("is -1: it cannot be negative"));
    let chain = Chains::query().prefetch(Chains::products, |rows| rows.limit(-1)).load(conn);
    assert!(text(chain).contains("limit of the prefetch of `products` into `ProductId` is -1"));
    assert!(text(Bought::query(-2).load(conn)).contains("`products` into `ProductId` is -2"));
    // It is one also where there is nobody whose orders could be cut.
    let nobody = Page::query(-1, 0).filter(people::id.lt(0)).load(conn);
    assert!(text(nobody).contains("is -1: it cannot be negative"));
    // The connection is as it was.
    assert_eq!(Page::query(1, 0).load(conn).unwrap().len(), 4);
    assert!(!in_transaction(conn));
}

fn in_transaction(conn: &mut SqliteConnection) -> bool {
    use diesel::connection::{AnsiTransactionManager, TransactionManager};
    let status = AnsiTransactionManager::transaction_manager_status_mut(conn);
    status.transaction_depth().unwrap().is_some()
}

#[test]
fn a_limit_without_parents_or_without_children() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    assert!(Page::query(1, 0).filter(people::id.lt(0)).load(conn).unwrap().is_empty());
    assert_eq!(trace.sql().len(), 1);
    conn.batch_execute("DELETE FROM orders").unwrap();
    trace.take();
    let people = Page::query(1, 0).load(conn).unwrap();
    assert_eq!(people.len(), 4);
    assert!(people.iter().all(|person| person.orders.is_empty()));
    assert_eq!(trace.sql().len(), 2);
}

#[test]
fn ten_thousand_children_of_one_parent() {
    let conn = &mut shop();
    conn.batch_execute(
        "DELETE FROM orders;
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
         INSERT INTO orders SELECT n, 1, n % 100, n % 2 FROM numbers;
         INSERT INTO orders VALUES (20000, 2, 1000, TRUE);",
    )
    .unwrap();
    let people = Page::query(3, 0).order(people::id).load(conn).unwrap();
    assert_eq!(ids(&people[0].orders), [99, 199, 299]);
    assert_eq!(ids(&people[1].orders), [20_000]);
    let people = Page::query(3, 9_998).order(people::id).load(conn).unwrap();
    assert_eq!(ids(&people[0].orders), [9_900, 10_000]);
    assert!(people[1].orders.is_empty());
    let all = Page::query(i64::MAX, 0).order(people::id).load(conn).unwrap();
    let mut expected: Vec<i32> = (1..=10_000).collect();
    expected.sort_by_key(|id| std::cmp::Reverse(id % 100));
    assert_eq!(ids(&all[0].orders), expected);
    // A limit of the spec's own query is for its own rows.
    let first = Page::query(1, 0).order(people::id.desc()).limit(3).load(conn).unwrap();
    assert_eq!(first.iter().map(|person| person.id).collect::<Vec<_>>(), [4, 3, 2]);
    assert_eq!(ids(&first[2].orders), [20_000]);
}
