//! Which indexes are missing: the columns by which joins, prefetches and aggregates find rows.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, MissingIndex, RelationDsl, Requested, WantedBy, load};

use crate::shop::*;

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

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    name: String,
    #[load(prefetch, optional)]
    orders: Requested<Vec<Basket>>,
}

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct Name {
    name: String,
}

#[derive(LoadSpec)]
#[load(Person)]
struct Boss {
    #[load(join)]
    boss: Option<Name>,
}

#[derive(LoadSpec)]
#[load(Person, params(least: i32))]
struct Numbers {
    #[load(annotate = orders.count() + lines.count())]
    both: i64,
    #[load(annotate = reports.filter(people::id.gt(least)).exists())]
    leads: bool,
}

fn found(missing: &[MissingIndex]) -> Vec<(String, &'static str, &'static [&'static str])> {
    let row = |missing: &MissingIndex| {
        let place = format!("{}.{}", missing.spec(), missing.field().unwrap_or("-"));
        (place, missing.relation(), missing.columns())
    };
    missing.iter().map(row).collect()
}

fn place(
    place: &str,
    relation: &'static str,
    column: &'static [&'static str],
) -> (String, &'static str, &'static [&'static str]) {
    (place.to_owned(), relation, column)
}

#[test]
fn all_of_a_spec_to_any_depth() {
    let conn = &mut shop();
    let missing = Buyer::check_indexes(conn).unwrap();
    let expected = [
        place("Buyer.orders", "orders", &["person_id"]),
        place("Basket.products", "products", &["order_id"]),
    ];
    assert_eq!(found(&missing), expected);
    let tables: Vec<_> = missing.iter().map(|missing| missing.table()).collect();
    assert_eq!(tables, ["orders", "lines"], "the table between, and not that behind it");
    assert!(missing.iter().all(|missing| missing.wanted_by() == WantedBy::Prefetch));
}

#[test]
fn the_statements_that_are_told_help() {
    let conn = &mut shop();
    let check = |conn: &mut SqliteConnection| {
        let missing = Buyer::check_indexes(conn).unwrap();
        let more = Numbers::query(1).check_indexes(conn).unwrap();
        [&missing[..], &more].concat()
    };
    for missing in check(conn) {
        // Two specs can want the same one.
        let create = missing.create_index().replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS");
        conn.batch_execute(&create).unwrap();
    }
    assert_eq!(check(conn), []);
    Buyer::check_indexes(conn).unwrap().assert_none();
}

#[test]
fn what_is_computed_whatever_stands_around_it() {
    let conn = &mut shop();
    let missing = Numbers::query(1).check_indexes(conn).unwrap();
    let expected = [
        place("Numbers.both", "orders", &["person_id"]),
        place("Numbers.both", "lines", &["order_id"]),
        place("Numbers.leads", "reports", &["boss_id"]),
    ];
    assert_eq!(found(&missing), expected);
    assert!(missing.iter().all(|missing| missing.wanted_by() == WantedBy::Computed));
}

#[test]
fn a_join_by_the_primary_key_needs_none() {
    let conn = &mut shop();
    Boss::check_indexes(conn).unwrap().assert_none();
    conn.batch_execute(
        "DROP TABLE people; CREATE TABLE people (id INTEGER, name TEXT, boss_id INTEGER)",
    )
    .unwrap();
    let missing = Boss::check_indexes(conn).unwrap();
    assert_eq!(found(&missing), [place("Boss.boss", "boss", &["id"])]);
    assert_eq!(missing[0].wanted_by(), WantedBy::Join);
    conn.batch_execute("CREATE UNIQUE INDEX by_id ON people (id)").unwrap();
    Boss::check_indexes(conn).unwrap().assert_none();
}

#[test]
fn a_condition_of_a_query_is_looked_at() {
    let conn = &mut shop();
    let query = load!(Person { name, annotate orders.count() as orders })
        .filter(person::orders.any(orders::open.eq(true)))
        .order(person::reports.count());
    let missing = query.check_indexes(conn).unwrap();
    assert_eq!(missing.len(), 2, "{missing}");
    assert_eq!((missing[0].field(), missing[0].wanted_by()), (Some("orders"), WantedBy::Computed));
    assert_eq!((missing[1].relation(), missing[1].wanted_by()), ("reports", WantedBy::Condition));
    assert!(missing.to_string().starts_with("2 indexes are missing:\n`"), "{missing}");
}

/// What is found of the prefetch of a person's orders where these statements made the table's indexes.
#[track_caller]
fn check(sql: &str, is_enough: bool) {
    let conn = &mut shop();
    conn.batch_execute(sql).unwrap();
    let query = load!(Person { prefetch orders { id } });
    let missing = query.check_indexes(conn).unwrap();
    assert_eq!(missing.is_empty(), is_enough, "{missing}");
}

#[test]
fn an_index_must_begin_with_the_column() {
    check("", false);
    check("CREATE INDEX i ON orders (person_id)", true);
    check("CREATE INDEX i ON orders (person_id DESC, placed)", true);
    check("CREATE INDEX i ON orders (PERSON_ID)", true);
    check("CREATE INDEX i ON orders (placed, person_id)", false);
    check("CREATE INDEX i ON orders (person_id + 0)", false);
    check("CREATE INDEX i ON orders (person_id) WHERE open", false);
    check("DROP TABLE orders; CREATE VIEW orders AS SELECT * FROM people", true);
    let table = "DROP TABLE orders; CREATE TABLE orders (id INTEGER, person_id INTEGER, placed INTEGER, open INTEGER";
    check(&format!("{table}, UNIQUE (person_id, id))"), true);
    check(&format!("{table}, PRIMARY KEY (person_id, id)) WITHOUT ROWID"), true);
    check(&format!("{table}, PRIMARY KEY (id, person_id)) WITHOUT ROWID"), false);
}

mod schemas {
    use super::*;

    diesel::table! { archive.shelves (a, b) { a -> Integer, b -> Text } }
    diesel::table! {
        #[sql_name = "the `volumes`"]
        archive.volumes (id) {
            id -> Integer,
            #[sql_name = "shelf a"]
            a -> Integer,
            b -> Text,
        }
    }

    #[derive(upfront::Model)]
    #[diesel(table_name = shelves, primary_key(a, b))]
    #[model(has_many(volumes: Volume))]
    struct Shelf {
        a: i32,
        b: String,
    }

    #[derive(upfront::Model)]
    #[diesel(table_name = volumes)]
    #[model(belongs_to(shelf: Shelf, foreign_key = (a, b)))]
    struct Volume {
        id: i32,
        a: i32,
        b: String,
    }

    #[test]
    fn composite_keys_in_another_schema_under_other_names() {
        let conn = &mut SqliteConnection::establish(":memory:").unwrap();
        conn.batch_execute(
            "ATTACH ':memory:' AS archive;
             CREATE TABLE archive.shelves (a INTEGER, b TEXT, PRIMARY KEY (a, b));
             CREATE TABLE archive.\"the `volumes`\" (id INTEGER PRIMARY KEY, \"shelf a\" INTEGER, b TEXT);
             CREATE INDEX archive.one ON \"the `volumes`\" (b);
             CREATE TABLE \"the `volumes`\" (id INTEGER PRIMARY KEY, \"shelf a\" INTEGER, b TEXT);
             CREATE INDEX of_main ON \"the `volumes`\" (b, \"shelf a\");
             INSERT INTO archive.shelves VALUES (1, 'a');",
        )
        .unwrap();
        let shelves = || load!(Shelf { prefetch volumes { id, join shelf { b } } });
        let check = |conn: &mut SqliteConnection| shelves().check_indexes(conn).unwrap();
        let missing = check(conn);
        assert_eq!(missing.len(), 1, "{missing}");
        assert_eq!(
            (missing[0].schema(), missing[0].table(), missing[0].columns()),
            (Some("archive"), "the `volumes`", &["shelf a", "b"][..])
        );
        assert_eq!(
            missing[0].create_index(),
            "CREATE INDEX `archive`.`the ``volumes``_shelf a_b_idx` ON `the ``volumes``` (`shelf a`, `b`)"
        );
        conn.batch_execute("DROP INDEX archive.one").unwrap();
        let plan = shelves().explain(conn).unwrap();
        assert_eq!(plan.root().prefetches()[0].full_scans(), ["archive.the `volumes`"], "{plan}");
        conn.batch_execute("CREATE INDEX archive.other ON \"the `volumes`\" (b, \"shelf a\", id)")
            .unwrap();
        check(conn).assert_none();
    }
}

#[test]
fn an_assertion_that_fails_tells_what_to_do() {
    let conn = &mut shop();
    let missing = Buyer::check_indexes(conn).unwrap();
    let panic = std::panic::catch_unwind(|| missing.assert_none()).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert_eq!(*text, missing.to_string());
    assert_eq!(
        *text,
        "2 indexes are missing:\n\
         `Buyer.orders` prefetches `orders`, and no index of `orders` begins with `person_id`: the whole table is read to find its rows\n\
         help: CREATE INDEX `orders_person_id_idx` ON `orders` (`person_id`)\n\
         `Basket.products` prefetches `products`, and no index of `lines` begins with `order_id`: the whole table is read to find its rows\n\
         help: CREATE INDEX `lines_order_id_idx` ON `lines` (`order_id`)"
    );
}
