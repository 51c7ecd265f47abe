//! Loads that are looked at: the text of their queries, what the database does for them, and the indexes that they want.

use diesel::QueryDsl as _;
use targets::Database;
use targets::models::library::*;
use upfront::{MissingIndexes, PlannedQuery, QueryPlan, Requested, load};

use super::key_models as keys;
use super::keys as loads;
use super::library::{AuthorName, PublisherName, TagName, Title, library};
use super::prelude::*;
use crate::target::run_batch;

tests![
    planned_queries_are_those_that_run,
    planned_queries_have_keys_of_every_type,
    no_index_is_missed_that_is_there,
    the_statements_that_are_told_help,
    each_query_is_explained,
    small_tables_with_indexes_are_no_finding,
    indexes_that_do_not_help,
    views_and_other_tables_have_none,
];

#[derive(LoadSpec, Debug, Clone)]
#[load(Book)]
struct Card {
    title: String,
    #[load(join)]
    author: AuthorName,
    #[load(prefetch)]
    tags: Vec<TagName>,
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct Page {
    name: String,
    #[load(join)]
    publisher: Option<PublisherName>,
    #[load(prefetch, order_by = books::title, limit = 2)]
    books: Vec<Card>,
    #[load(prefetch)]
    edited: Vec<Title>,
    #[load(prefetch)]
    tags: Vec<TagName>,
    #[load(prefetch, optional)]
    reviews: Requested<Vec<Stars>>,
    #[load(annotate = books.count() + reviews.count())]
    count: i64,
}

#[derive(LoadSpec, Debug)]
#[load(Review)]
struct Stars {
    stars: i32,
}

fn running<'p>(query: &'p PlannedQuery, texts: &mut Vec<&'p str>) {
    if query.runs() {
        texts.push(query.sql());
        query.prefetches().iter().for_each(|prefetch| running(prefetch, texts));
    }
}

pub(crate) fn texts(plan: &QueryPlan) -> Vec<&str> {
    let mut texts = Vec::new();
    running(plan.root(), &mut texts);
    texts.sort_unstable();
    texts
}

/// The queries that ran, in the order of their texts: some are sent together.
pub(crate) fn ran(queries: &Queries) -> Vec<String> {
    let text = |sql: String| sql.split(" -- binds").next().unwrap_or_default().to_owned();
    sorted(queries.take().into_iter().map(text))
}

async fn planned_queries_are_those_that_run() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    // One author, so that there is one key: on MariaDB the text depends on their number.
    let all = Page::query().find(1).request(Page::reviews);
    let plan = all.plan::<Backend>().unwrap();
    assert_eq!(ran(&queries), [""; 0], "nothing runs");
    let ann = &all.load(conn).await.unwrap()[0];
    let titles: Vec<_> = ann.books.iter().map(|book| &*book.title).collect();
    let stars = ann.reviews.loaded().map(|reviews| reviews.iter().map(|review| review.stars).sum());
    assert_eq!((&*ann.name, titles, stars, ann.count), ("Ann", vec!["Atlas", "Bones"], Some(8), 4));
    let of_load = ran(&queries);
    assert_eq!(texts(&plan).len(), of_load.len());
    let one_key = |sql: &str| match DATABASE {
        // An author has several books.
        Database::Mariadb => !sql.contains("book_tags"),
        _ => true,
    };
    let planned: Vec<_> = texts(&plan).into_iter().filter(|sql| one_key(sql)).collect();
    let loaded: Vec<_> = of_load.iter().filter(|sql| one_key(sql)).collect();
    assert_eq!(planned, loaded);
    assert!(planned.len() >= 4);
    assert_eq!(plan.max_queries(), 6);
}

/// Holds the plan of a query that finds one row, whose prefetches have no others below them, against what the load runs.
macro_rules! check_texts {
    ($query:expr, $conn:expr) => {{
        let queries = crate::suite::support::Queries::of($conn);
        let query = $query;
        let plan = query.plan::<crate::target::Backend>().unwrap();
        assert_eq!(query.load($conn).await.unwrap().len(), 1);
        assert_eq!(crate::suite::plan::texts(&plan), crate::suite::plan::ran(&queries));
    }};
}
pub(crate) use check_texts;

async fn planned_queries_have_keys_of_every_type() {
    macro_rules! check {
        ($($module:ident: $key:expr;)*) => {$({
            use keys::$module::SCHEMA;
            use loads::$module::{Page, insert};

            let conn = &mut database(SCHEMA).await;
            let key = $key;
            insert(&[key], conn).await;
            check_texts!(Page::query(), conn);
        })*};
    }

    check! {
        small: -3;
        integer: 7;
        big: i64::MAX;
        boolean: true;
        text: "a key".to_owned();
        binary: vec![0, 255];
        date: "2026-02-03".parse().unwrap();
        moment: "2026-02-03T04:05:06".parse().unwrap();
        newtype: targets::models::keys::Number(8);
        choice: targets::models::keys::Choice::Yes;
        own: targets::models::keys::CodeValue(9);
    }
}

fn found(missing: &MissingIndexes) -> Vec<String> {
    let line = |missing: &upfront::MissingIndex| {
        let field = missing.field().unwrap_or("-");
        format!("{}.{field}: {} {:?}", missing.spec(), missing.table(), missing.columns())
    };
    missing.iter().map(line).collect()
}

const MISSING: [&str; 7] = [
    "Page.books: books [\"author_id\"]",
    "Page.edited: books [\"editor_id\"]",
    "Page.tags: books [\"author_id\"]",
    "Page.reviews: books [\"author_id\"]",
    "Page.reviews: reviews [\"book_id\"]",
    "Page.count: books [\"author_id\"]",
    "Page.count: reviews [\"book_id\"]",
];

async fn no_index_is_missed_that_is_there() {
    let conn = &mut library().await;
    // The publishers, authors and tags are found by their primary keys, and so are the tags of a book in between.
    let missing = check_indexes!(Page::query(), conn).unwrap();
    assert_eq!(sorted(found(&missing)), sorted(MISSING.map(str::to_owned)));
}

async fn the_statements_that_are_told_help() {
    let conn = &mut library().await;
    let missing = check_indexes!(Page::query(), conn).unwrap();
    // Several fields want the same one.
    let mut creates = sorted(missing.iter().map(|missing| missing.create_index()));
    creates.dedup();
    assert_eq!(creates.len(), 3);
    for create in creates {
        run_batch(&create, conn).await.unwrap();
    }
    check_indexes!(Page::query(), conn).unwrap().assert_none();
}

async fn each_query_is_explained() {
    let conn = &mut library().await;
    let plan = explain!(Page::query(), conn).unwrap();
    let explained: Vec<_> = plan
        .queries()
        .filter(|query| query.explain().next().is_some())
        .map(|query| query.field().unwrap_or("-"))
        .collect();
    assert_eq!(explained, ["-", "books", "tags", "edited", "tags"], "{plan}");
    let books = plan.root().prefetches().iter().find(|query| query.field() == Some("books"));
    let books = books.expect("it is prefetched");
    assert_eq!(books.full_scans(), ["books"], "{plan}");
    assert_eq!(books.missing_indexes().len(), 1, "{plan}");
    // All authors are asked for.
    assert!(!plan.root().full_scans().contains(&"authors".to_owned()), "{plan}");
    let columns: Vec<_> =
        plan.root().missing_indexes().iter().map(|index| index.columns()).collect();
    assert_eq!(sorted(columns), [["author_id"], ["book_id"]]);
    assert!(plan.to_string().contains("   <- reads the whole table\n"), "{plan}");

    // The connection is as good as before.
    assert_eq!(Page::query().load(conn).await.unwrap().len(), 3);
}

async fn small_tables_with_indexes_are_no_finding() {
    let conn = &mut library().await;
    run("CREATE INDEX by_author ON books (author_id)", conn).await.unwrap();
    let plan = explain!(load!(Author { name, prefetch books { title } }), conn).unwrap();
    assert!(plan.queries().all(|query| query.full_scans().is_empty()), "{plan}");
    assert!(plan.queries().all(|query| query.missing_indexes().is_empty()), "{plan}");
}

async fn indexes_that_do_not_help() {
    let conn = &mut library().await;
    let other_first = "CREATE INDEX other_first ON books (title, author_id)";
    run(&other_first.replace("title", "id"), conn).await.unwrap();
    if DATABASE != Database::Mariadb {
        run("CREATE INDEX partial ON books (author_id) WHERE id > 0", conn).await.unwrap();
    }
    if DATABASE == Database::Postgres {
        run("CREATE INDEX brin ON books USING brin (author_id)", conn).await.unwrap();
        run("CREATE INDEX expression ON books ((author_id + 0))", conn).await.unwrap();
    }
    let query = || load!(Author { prefetch books { title } });
    assert_eq!(check_indexes!(query(), conn).unwrap().len(), 1);
    run("CREATE INDEX more ON books (author_id, id)", conn).await.unwrap();
    check_indexes!(query(), conn).unwrap().assert_none();
}

async fn views_and_other_tables_have_none() {
    let conn = &mut library().await;
    run("ALTER TABLE books RENAME TO volumes", conn).await.unwrap();
    let query = || load!(Author { prefetch books { title } });
    check_indexes!(query(), conn).unwrap().assert_none();
    run("CREATE VIEW books AS SELECT * FROM volumes", conn).await.unwrap();
    check_indexes!(query(), conn).unwrap().assert_none();
}
