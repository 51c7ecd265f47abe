//! Relations to one row by prefetch: held as they are, as an Option, or shared in an Arc.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use targets::models::shop::*;
use upfront::MissingRow;

use super::prelude::*;
use super::shop::shop;

tests![
    each_row_is_built_once_and_shared,
    all_ways_to_hold_a_row_hold_the_same,
    a_filter_leaves_none,
    a_missing_row_is_named
];

/// How many rows of people were built from the database.
static BUILT: AtomicUsize = AtomicUsize::new(0);

/// A name, which counts how often one is read.
#[derive(Debug, PartialEq)]
struct Counted(String);

impl From<String> for Counted {
    fn from(name: String) -> Self {
        BUILT.fetch_add(1, Ordering::SeqCst);
        Self(name)
    }
}

/// Not `Clone`, so that a row can be in two places only by being shared.
#[derive(LoadSpec, Debug, PartialEq)]
#[load(Person)]
struct Unclonable {
    #[diesel(deserialize_as = String)]
    name: Counted,
}

#[derive(LoadSpec, Debug)]
#[load(Person, max_queries = 2)]
struct Report {
    id: i32,
    #[load(prefetch)]
    boss: Option<Arc<Unclonable>>,
}

#[derive(LoadSpec, Debug)]
#[load(Order, max_queries = 2)]
struct Placed {
    id: i32,
    #[load(prefetch)]
    person: Arc<Unclonable>,
}

async fn each_row_is_built_once_and_shared() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let before = BUILT.fetch_add(0, Ordering::SeqCst);
    let reports = Report::query().order(people::id).load(conn).await.unwrap();
    let orders = Placed::query().order(orders::id).load(conn).await.unwrap();
    // Of four people two are bosses, and two placed orders. No other test reads these names.
    assert_eq!(BUILT.fetch_add(0, Ordering::SeqCst) - before, 4);
    assert_eq!(queries.take().len(), 4);
    let boss = |at: usize| reports[at].boss.as_ref().unwrap();
    assert!(reports[0].boss.is_none());
    assert!(Arc::ptr_eq(boss(1), boss(2)));
    assert_eq!((&*boss(1).name.0, &*boss(3).name.0), ("Ann", "Bob"));
    assert_eq!(Arc::strong_count(boss(1)), 2);
    assert_eq!(Arc::strong_count(boss(3)), 1);
    assert!(Arc::ptr_eq(&orders[0].person, &orders[1].person));
    assert!(Arc::ptr_eq(&orders[0].person, &orders[2].person));
    assert_eq!((&*orders[2].person.name.0, &*orders[3].person.name.0), ("Ann", "Bob"));
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct AllWays {
    id: i32,
    #[load(prefetch)]
    person: PersonName,
    #[load(prefetch = person)]
    maybe: Option<PersonName>,
    #[load(prefetch = person)]
    shared: Arc<PersonName>,
    #[load(prefetch = person)]
    maybe_shared: Option<Arc<PersonName>>,
    #[load(join = person)]
    joined: PersonName,
    #[load(prefetch = person, filter = people::name.eq("Ann"))]
    ann: Option<PersonName>,
    #[load(prefetch = person, filter = people::name.eq("Bob"))]
    bob: Option<Arc<PersonName>>,
}

async fn all_ways_to_hold_a_row_hold_the_same() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let orders = AllWays::query().order(orders::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), AllWays::QUERIES);
    assert_eq!(AllWays::QUERIES, 7);
    for order in &orders {
        let name = if order.id == 4 { "Bob" } else { "Ann" };
        let expected = PersonName { name: name.into() };
        assert_eq!(order.person, expected);
        assert_eq!(order.joined, expected);
        assert_eq!(order.maybe.as_ref(), Some(&expected));
        assert_eq!(*order.shared, expected);
        assert_eq!(order.maybe_shared.as_deref(), Some(&expected));
        assert_eq!(order.ann.is_some(), name == "Ann");
        assert_eq!(order.bob.as_deref(), Some(&expected).filter(|_| name == "Bob"));
    }
}

async fn a_filter_leaves_none() {
    let conn = &mut shop().await;
    let least = String::from("B");
    let orders = AllWays::query()
        .prefetch(AllWays::maybe, |people| people.filter(people::name.ge(&least)))
        .prefetch(AllWays::maybe_shared, |people| people.filter(person::reports.count().eq(2)))
        .prefetch(AllWays::ann, |people| {
            people.filter(people::id.eq(4)).or_filter(people::id.eq(2))
        })
        .prefetch(AllWays::bob, |people| people.filter(people::id.eq(2)))
        .order(orders::id)
        .load(conn)
        .await
        .unwrap();
    let is = |found: fn(&AllWays) -> bool| orders.iter().map(found).collect::<Vec<_>>();
    assert_eq!(is(|order| order.maybe.is_some()), [false, false, false, true]);
    assert_eq!(is(|order| order.maybe_shared.is_some()), [true, true, true, false]);
    assert_eq!(is(|order| order.ann.is_some()), [false; 4]);
    assert_eq!(is(|order| order.bob.is_some()), [false, false, false, true]);
}

async fn a_missing_row_is_named() {
    let conn = &mut shop().await;
    // A filter takes the row away.
    let refined =
        Placed::query().prefetch(Placed::person, |people| people.filter(people::name.ne("Bob")));
    let missing: MissingRow = cause(refined.clone().load(conn).await);
    let found = (missing.spec, missing.relation, missing.table, missing.key.as_deref());
    assert_eq!(found, ("Placed", "person", "people", Some("2")));
    assert_eq!(refined.filter(orders::person_id.eq(1)).load(conn).await.unwrap().len(), 3);
    // It was never there.
    run("UPDATE orders SET person_id = 77 WHERE id = 2", conn).await.unwrap();
    let missing: MissingRow = cause(Placed::query().load(conn).await);
    let text = missing.to_string();
    assert!(
        text.contains("`Placed`") && text.contains("`people`") && text.contains("77"),
        "{text}"
    );
    // An inner join leaves such a row out before it is asked for.
    assert_eq!(AllWays::query().load(conn).await.unwrap().len(), 3);
    // An `Option` is none.
    run("UPDATE people SET boss_id = 77 WHERE id = 4", conn).await.unwrap();
    let dan = Report::query().find(4).first(conn).await.unwrap();
    assert_eq!(dan.boss, None);
}
