//! Relations in the filters, orders and selections of our queries and of Diesel's own.

use diesel::dsl::not;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::{LoadSpec, RelationDsl};

use crate::library::{author, authors, book, books, library, publisher, publishers, tag, tags};
use crate::shop::*;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Person)]
struct PersonName {
    name: String,
}

fn names(people: &[PersonName]) -> Vec<&str> {
    people.iter().map(|person| person.name.as_str()).collect()
}

#[test]
fn in_queries_of_diesel_alone() {
    let conn = &mut library();
    let prolific: Vec<String> = authors::table
        .filter(author::books.count().gt(1))
        .select(authors::name)
        .load(conn)
        .unwrap();
    assert_eq!(prolific, ["Ann"]);
    let counts: Vec<(String, i64, Option<String>, bool)> = authors::table
        .select((
            authors::name,
            author::books.count(),
            author::books.max(books::title),
            author::edited.exists(),
        ))
        .order((author::books.count().desc(), authors::id))
        .load(conn)
        .unwrap();
    let row = |name: &str, count, last: Option<&str>, edits| {
        (name.to_owned(), count, last.map(str::to_owned), edits)
    };
    assert_eq!(
        counts,
        [
            row("Ann", 2, Some("Bones"), true),
            row("Bob", 1, Some("Comet"), true),
            row("Cyd", 0, None, false)
        ]
    );
    // In a join, on each of its tables.
    let pairs: Vec<(String, i64)> = books::table
        .inner_join(authors::table.on(authors::id.eq(books::author_id)))
        .filter(book::tags.exists().and(author::books.count().lt(2)))
        .select((authors::name, book::tags.count()))
        .load(conn)
        .unwrap();
    assert_eq!(pairs, [("Bob".to_owned(), 1)]);
    // In what changes rows.
    let changed = diesel::update(authors::table.filter(author::books.none(books::id.gt(0))))
        .set(authors::bio.eq("idle"))
        .execute(conn);
    assert_eq!(changed, Ok(1));
    let deleted = diesel::delete(tags::table.filter(not(tag::books.any(books::title.eq("Comet")))))
        .execute(conn);
    assert_eq!(deleted, Ok(1));
    let left: Vec<String> = tags::table.select(tags::name).load(conn).unwrap();
    assert_eq!(left, ["sql"]);
}

#[test]
fn three_deep() {
    let conn = &mut library();
    let mut found = |condition: &str| -> Vec<String> {
        let query = publishers::table.select(publishers::name).order(publishers::id).into_boxed();
        let sql = publisher::authors
            .any(author::books.any(book::tags.any(tags::name.eq(condition.to_owned()))));
        query.filter(sql).load(conn).unwrap()
    };
    assert_eq!(found("rust"), ["Ace"]);
    assert!(found("none").is_empty());
    let all_tagged = publisher::authors.none(author::books.any(book::tags.none(tags::id.gt(0))));
    let names: Vec<String> =
        publishers::table.filter(all_tagged).select(publishers::name).load(conn).unwrap();
    // Bones, of Ann at Ace, has no tags.
    assert_eq!(names, ["Tor"]);
    let numbers: Vec<i64> = publishers::table
        .order(publishers::id)
        .select(publisher::authors.filter(author::books.count().eq(2)).count())
        .load(conn)
        .unwrap();
    assert_eq!(numbers, [1, 0]);
    // And back again to where it began.
    let shared = book::tags.any(tag::books.any(book::author.any(author::edited.exists())));
    let titles: Vec<String> =
        books::table.filter(shared).order(books::id).select(books::title).load(conn).unwrap();
    assert_eq!(titles, ["Atlas", "Comet"]);
    let back = author::books.any(book::author.any(authors::name.eq("Bob")));
    let of: Vec<String> = authors::table.filter(back).select(authors::name).load(conn).unwrap();
    assert_eq!(of, ["Bob"]);
}

#[test]
fn relations_of_a_table_to_itself() {
    let conn = &mut shop();
    macro_rules! check {
        ($condition:expr, $expected:expr) => {{
            let plain: Vec<String> = people::table
                .filter($condition)
                .order(people::id)
                .select(people::name)
                .load(conn)
                .unwrap();
            assert_eq!(plain, $expected);
            let ours = PersonName::query().filter($condition).order(people::id).load(conn).unwrap();
            assert_eq!(names(&ours), $expected);
            let boxed: Vec<PersonName> = PersonName::query()
                .into_boxed::<Sqlite>()
                .filter($condition)
                .order(people::id)
                .load(conn)
                .unwrap();
            assert_eq!(names(&boxed), $expected);
        }};
    }
    const NOBODY: [&str; 0] = [];
    check!(person::reports.any(people::name.eq("Dan")), ["Bob"]);
    check!(person::reports.any(person::reports.any(people::name.eq("Dan"))), ["Ann"]);
    check!(person::reports.any(person::reports.any(person::reports.exists())), NOBODY);
    check!(person::reports.none(person::reports.none(people::name.eq("Dan"))), ["Cyd", "Dan"]);
    check!(person::boss.any(person::boss.any(people::name.eq("Ann"))), ["Dan"]);
    check!(person::boss.any(person::reports.count().eq(2)), ["Bob", "Cyd"]);
    check!(person::follows.any(person::followers.any(people::name.eq("Dan"))), ["Bob", "Dan"]);
    check!(person::follows.any(person::follows.any(person::boss.exists())), ["Bob", "Dan"]);
    check!(person::follows.any(follows::since.lt(2001)), ["Dan"]);
    check!(
        person::follows.any(follows::since.lt(2003).and(person::reports.exists())),
        ["Ann", "Dan"]
    );
    check!(
        person::reports
            .filter(person::orders.exists())
            .any(person::boss.any(person::orders.count().eq(3))),
        ["Ann"]
    );
    check!(
        person::orders
            .any(order::person.any(person::reports.any(person::orders.any(orders::placed.eq(5))))),
        ["Ann"]
    );
    check!(person::reports.count().eq(person::follows.count()), ["Ann", "Bob", "Cyd"]);
    check!(
        person::reports.filter(person::follows.count().eq(person::reports.count())).count().eq(2),
        ["Ann"]
    );
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Boss {
    name: String,
    #[load(prefetch, order_by = people::id)]
    reports: Vec<PersonName>,
    #[load(prefetch, order_by = people::id)]
    followers: Vec<PersonName>,
    #[load(prefetch, order_by = people::id, limit = 1, filter = person::orders.none(orders::open.eq(true)))]
    follows: Vec<PersonName>,
    #[load(prefetch)]
    orders: Vec<Placed>,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Placed {
    id: i32,
}

#[test]
fn in_what_refines_a_prefetch() {
    let conn = &mut shop();
    let bosses = Boss::query().order(people::id).load(conn).unwrap();
    let follows: Vec<_> = bosses.iter().map(|boss| names(&boss.follows).join(" ")).collect();
    assert_eq!(follows, ["Bob", "", "", ""]);
    let since = 2000;
    let bosses = Boss::query()
        .prefetch(Boss::reports, |people| {
            people.filter(person::reports.any(people::name.eq("Dan")))
        })
        .prefetch(Boss::followers, |people| {
            people
                .filter(person::boss.exists())
                .filter(person::follows.any(follows::since.gt(since)))
                .order(person::reports.count().desc())
                .limit(1)
        })
        .prefetch(Boss::follows, |people| {
            people.into_boxed::<Sqlite>().filter(person::boss.any(people::name.eq("Ann"))).offset(1)
        })
        .prefetch(Boss::orders, |orders| {
            orders
                .filter(order::lines.any(line::product.any(products::kind.eq("tool"))))
                .filter(order::person.any(person::reports.exists()))
                .order(order::lines.sum(lines::quantity).desc())
        })
        .order(people::id)
        .load(conn)
        .unwrap();
    let reports: Vec<_> = bosses.iter().map(|boss| names(&boss.reports).join(" ")).collect();
    assert_eq!(reports, ["Bob", "", "", ""]);
    let followers: Vec<_> = bosses.iter().map(|boss| names(&boss.followers).join(" ")).collect();
    assert_eq!(followers, ["Bob", "", "", ""]);
    let follows: Vec<_> = bosses.iter().map(|boss| names(&boss.follows).join(" ")).collect();
    assert_eq!(follows, ["Cyd", "", "", ""]);
    let orders: Vec<Vec<_>> =
        bosses.iter().map(|boss| boss.orders.iter().map(|order| order.id).collect()).collect();
    assert_eq!(orders, [vec![1], vec![4], vec![], vec![]]);
}

#[test]
fn beside_joins_of_the_same_table() {
    let conn = &mut shop();
    #[derive(LoadSpec, Debug)]
    #[load(Person)]
    struct Report {
        name: String,
        #[load(join)]
        boss: Option<PersonName>,
    }
    let of = |query: Vec<Report>| {
        let boss = |report: &Report| report.boss.as_ref().map(|boss| boss.name.clone());
        query.iter().map(|report| (report.name.clone(), boss(report))).collect::<Vec<_>>()
    };
    let name = |name: &str| Some(name.to_owned());
    let found = Report::query()
        .filter(Report::boss.field(people::name).eq("Ann"))
        .filter(person::reports.any(people::boss_id.eq(2)))
        .load(conn)
        .unwrap();
    assert_eq!(of(found), [("Bob".to_owned(), name("Ann"))]);
    let found = Report::query()
        .filter(person::boss.any(person::boss.exists()))
        .order((Report::boss.field(people::id).desc(), person::follows.count()))
        .load(conn)
        .unwrap();
    assert_eq!(of(found), [("Dan".to_owned(), name("Bob"))]);
}
