//! The SQL that runs: its text, how often, and when it is prepared.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::LoadSpec;

use crate::library::*;
use crate::support::{Trace, database};

#[derive(LoadSpec, Debug)]
#[load(Book)]
struct BookPage {
    title: String,
    #[load(join)]
    author: AuthorName,
    #[load(join)]
    editor: Option<AuthorCard>,
    #[load(prefetch)]
    tags: Vec<TagName>,
    #[load(annotate = tags.count())]
    count: i64,
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct AuthorPage {
    bio: Option<String>,
    #[load(prefetch)]
    books: Vec<BookPage>,
    #[load(prefetch)]
    edited: Vec<Title>,
    #[load(prefetch)]
    publisher: Option<PublisherName>,
}

#[test]
fn nothing_is_selected_that_is_not_declared_or_needed() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    AuthorPage::query().filter(authors::id.gt(0)).order(authors::id).limit(5).load(conn).unwrap();
    let queries = trace.sql();
    for sql in &queries {
        assert!(!sql.contains('*') || sql.contains("count(*)"), "{sql}");
    }
    assert_eq!(queries.len(), AuthorPage::QUERIES);
    let [root, books, tags, edited, publisher] = &queries[..] else { panic!("{queries:#?}") };
    // `name` is not listed; the keys that the prefetches need are.
    assert!(!root.contains("name"), "{root}");
    assert!(
        root.contains("`bio`") && root.contains("`id`") && root.contains("`publisher_id`"),
        "{root}"
    );
    assert!(books.contains("INNER JOIN `authors` AS `books.author`"), "{books}");
    assert!(books.contains("LEFT OUTER JOIN `authors` AS `books.editor`"), "{books}");
    assert!(books.contains("LEFT OUTER JOIN `publishers` AS `books.editor.publisher`"), "{books}");
    assert!(!books.contains("bio"), "{books}");
    assert!(tags.contains("JOIN `book_tags` ON"), "{tags}");
    assert!(!edited.contains("JOIN"), "{edited}");
    assert!(
        publisher
            .starts_with("SELECT `publishers`.`id`, `publishers`.`name` FROM `publishers` WHERE"),
        "{publisher}"
    );
    for prefetch in [books, tags, edited, publisher] {
        assert_eq!(prefetch.matches('?').count(), 1, "{prefetch}");
    }
}

#[test]
fn keys_are_sent_once_and_null_keys_never() {
    let conn = &mut library();
    conn.batch_execute(
        "UPDATE books SET author_id = 1; UPDATE books SET editor_id = 2 WHERE id = 3",
    )
    .unwrap();
    #[derive(LoadSpec, Debug)]
    #[load(Book)]
    struct People {
        #[load(prefetch)]
        author: AuthorName,
        #[load(prefetch)]
        editor: Option<AuthorName>,
    }
    let trace = Trace::of(conn);
    let books = People::query().load(conn).unwrap();
    assert_eq!(books.iter().filter(|book| book.editor.is_some()).count(), 2);
    assert!(books.iter().all(|book| book.author.name == "Ann"));
    let binds: Vec<String> = trace
        .take()
        .into_iter()
        .filter_map(|event| match event {
            crate::support::Event::Query(sql) => Some(sql.split_once(" -- binds: ")?.1.to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(binds, ["[]", "[\"[1]\"]", "[\"[2]\"]"]);
}

#[test]
fn a_prefetch_without_keys_is_not_run() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    assert_eq!(Shelf::query().filter(authors::id.gt(99)).load(conn).unwrap(), []);
    assert_eq!(trace.sql().len(), 1);
    // Bob is at no publisher, and edits Atlas.
    let bob = AuthorPage::query().find(2).first(conn).unwrap();
    assert!(bob.publisher.is_none());
    assert_eq!(trace.sql().len(), AuthorPage::QUERIES - 1);
    // Cyd has no books, so there are no books whose tags could be asked for.
    let cyd = AuthorPage::query().find(3).first(conn).unwrap();
    assert!(cyd.books.is_empty() && cyd.edited.is_empty() && cyd.publisher.is_some());
    assert_eq!(trace.sql().len(), AuthorPage::QUERIES - 1);
}

#[test]
fn each_statement_is_prepared_once_whatever_the_keys() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let mut texts = Vec::new();
    for id in [1, 2, 1, 2, 1, 2, 1, 2, 1, 2] {
        AuthorPage::query().filter(authors::id.le(id)).load(conn).unwrap();
        let (queries, cached) = events(&trace);
        assert_eq!(
            cached.len(),
            if texts.is_empty() { AuthorPage::QUERIES } else { 0 },
            "{cached:#?}"
        );
        if texts.is_empty() {
            texts = queries;
        } else {
            assert_eq!(queries, texts);
        }
    }
}

fn events(trace: &Trace) -> (Vec<String>, Vec<String>) {
    let (mut queries, mut cached) = (Vec::new(), Vec::new());
    for event in trace.take() {
        match event {
            crate::support::Event::Query(sql) => {
                queries.push(sql.split(" -- binds").next().unwrap_or_default().to_owned());
            }
            crate::support::Event::Cached(sql) => cached.push(sql),
            _ => {}
        }
    }
    (queries, cached)
}

#[test]
fn the_values_of_a_limit_do_not_prepare_it_again() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    for limit in 0..10 {
        Title::query().order(books::id).limit(limit).offset(limit % 3).load(conn).unwrap();
    }
    assert_eq!(trace.cached().len(), 1);
    for limit in 0..10 {
        Title::query().order(books::id).limit(limit).load(conn).unwrap();
    }
    assert_eq!(trace.cached().len(), 1);
    for limit in 0..10 {
        Title::query().into_boxed().order(books::id).limit(limit).load(conn).unwrap();
    }
    let boxed = trace.cached().len();
    // What the boxed query writes may be the text that is cached already.
    assert!(boxed <= 1, "{boxed} statements");
    // SQLite prepares a statement again by itself where a bare `LIMIT ?` is bound to another value.
    Title::query().limit(3).offset(1).load(conn).unwrap();
    let sql = trace.sql().remove(0);
    assert!(sql.ends_with(" LIMIT (? + 0) OFFSET (? + 0)"), "{sql}");
    Title::query().offset(1).load(conn).unwrap();
    let sql = trace.sql().remove(0);
    assert!(sql.ends_with(" LIMIT -1 OFFSET (? + 0)"), "{sql}");
}

#[test]
fn specs_do_not_take_each_others_statements() {
    let conn = &mut library();
    for _ in 0..3 {
        // The same table, the same filter and the same Rust types of the columns.
        let name = AuthorName::query().filter(authors::id.eq(1)).first(conn).unwrap();
        assert_eq!(name.name, "Ann");
        let card = AuthorCard::query().filter(authors::id.eq(1)).first(conn).unwrap();
        assert_eq!(card.publisher.unwrap().name, "Ace");
        let names = |limit| Title::query().order(books::id).limit(limit).load(conn).unwrap().len();
        assert_eq!([2, 1].map(names), [2, 1]);
        let skipped = Title::query().order(books::id).offset(2).load(conn).unwrap();
        assert_eq!(skipped[0].title, "Comet");
    }
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct OnlyPrefetch {
    #[load(prefetch)]
    books: Vec<Title>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Author)]
struct OnlyCount {
    #[load(annotate = books.count())]
    books: i64,
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct OnlyJoin {
    #[load(join)]
    publisher: Option<OnlyNothing>,
}

#[derive(LoadSpec, Debug)]
#[load(Publisher)]
struct OnlyNothing {
    #[load(prefetch)]
    authors: Vec<OnlyCount>,
}

#[derive(LoadSpec, Debug)]
#[load(Publisher)]
struct OnlyExists {
    #[load(annotate = authors.exists())]
    any: bool,
}

#[test]
fn specs_need_not_read_a_column() {
    let conn = &mut library();
    let books = OnlyPrefetch::query().order(authors::id).load(conn).unwrap();
    assert_eq!(books.iter().map(|author| author.books.len()).collect::<Vec<_>>(), [2, 1, 0]);
    let counts = OnlyCount::query().order(authors::id).load(conn).unwrap();
    assert_eq!(counts.iter().map(|author| author.books).collect::<Vec<_>>(), [2, 1, 0]);
    let joins = OnlyJoin::query().order(authors::id).load(conn).unwrap();
    let counts: Vec<_> =
        joins.iter().map(|author| Some(author.publisher.as_ref()?.authors[0].books)).collect();
    assert_eq!(counts, [Some(2), None, Some(0)]);
    let any = OnlyExists::query().load(conn).unwrap();
    assert!(any.iter().all(|publisher| publisher.any));
}

#[test]
fn an_empty_database_gives_empty_loads() {
    let conn = &mut database(SCHEMA);
    assert!(AuthorPage::query().load(conn).unwrap().is_empty());
    assert!(BookPage::query().first(conn).optional().unwrap().is_none());
    assert_eq!(BookPage::query().count().get_result::<i64>(conn).unwrap(), 0);
}
