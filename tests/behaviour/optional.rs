//! Optional prefetches: loaded where the query asks for them, and never mistaken for what is not there.

use std::sync::Arc;

use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use serde::Serialize;
use upfront::{BoxedQuery, LoadSpec, Query, RelationDsl, Requested};

use crate::library::*;
use crate::support::{Event, Trace};

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
struct BookCard {
    title: String,
    #[load(prefetch, optional, order_by = tags::name)]
    tags: Requested<Vec<TagName>>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author, max_queries = 4)]
struct AuthorPage {
    name: String,
    #[load(prefetch, optional, order_by = books::title)]
    books: Requested<Vec<BookCard>>,
    #[load(prefetch, optional)]
    publisher: Requested<Option<PublisherName>>,
}

fn titles(author: &AuthorPage) -> Option<Vec<&str>> {
    Some(author.books.loaded()?.iter().map(|book| book.title.as_str()).collect())
}

fn tags_of(book: &BookCard) -> Option<Vec<&str>> {
    Some(book.tags.loaded()?.iter().map(|tag| tag.name.as_str()).collect())
}

/// What Diesel loads by itself: each author's name and titles.
fn titles_by_hand(conn: &mut SqliteConnection) -> Vec<(String, Vec<String>)> {
    let names: Vec<(i32, String)> =
        authors::table.select((authors::id, authors::name)).order(authors::id).load(conn).unwrap();
    let titles = |id: i32, conn: &mut SqliteConnection| {
        let of_author = books::table.filter(books::author_id.eq(id));
        of_author.select(books::title).order(books::title).load(conn).unwrap()
    };
    names.into_iter().map(|(id, name)| (name, titles(id, conn))).collect()
}

#[test]
fn what_is_not_asked_for_is_not_loaded() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let authors = AuthorPage::query().order(authors::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), 1);
    assert_eq!(authors.len(), 3);
    for author in &authors {
        assert_eq!(author.books, Requested::NotRequested);
        assert_eq!(author.publisher, Requested::NotRequested);
    }
}

#[test]
fn what_is_asked_for_is_what_diesel_loads() {
    let conn = &mut library();
    let expected = titles_by_hand(conn);
    let trace = Trace::of(conn);
    let query = AuthorPage::query().request(AuthorPage::books).order(authors::id);
    let authors = query.load(conn).unwrap();
    assert_eq!(trace.sql().len(), 2);
    let loaded: Vec<(String, Vec<String>)> = authors
        .iter()
        .map(|author| {
            assert!(author.publisher.is_not_requested());
            let titles = titles(author).expect("the books were asked for");
            (author.name.clone(), titles.into_iter().map(str::to_owned).collect())
        })
        .collect();
    assert_eq!(loaded, expected);
    // Cyd wrote nothing, which is known now.
    assert_eq!(authors[2].books, Requested::Loaded(Vec::new()));
}

#[test]
fn none_is_not_what_was_not_asked_for() {
    let conn = &mut library();
    let publishers = |query: Query<AuthorPage>, conn: &mut SqliteConnection| {
        let authors = query.order(authors::id).load(conn).unwrap();
        authors.into_iter().map(|author| author.publisher).collect::<Vec<_>>()
    };
    let named = |name: &str| Requested::Loaded(Some(PublisherName { name: name.into() }));
    assert_eq!(
        publishers(AuthorPage::query().request(AuthorPage::publisher), conn),
        [named("Ace"), Requested::Loaded(None), named("Tor")]
    );
    assert_eq!(publishers(AuthorPage::query(), conn), [const { Requested::NotRequested }; 3]);
}

#[test]
fn the_first_query_is_the_same_whatever_is_asked_for() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    AuthorPage::query().load(conn).unwrap();
    let without = trace.sql();
    AuthorPage::query().request(AuthorPage::books).load(conn).unwrap();
    let with = trace.sql();
    assert_eq!((without.len(), with.len()), (1, 2));
    assert_eq!(without[0], with[0]);
}

#[test]
fn each_is_asked_for_by_itself() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    for (books, publisher) in [(false, false), (false, true), (true, false), (true, true)] {
        let ann = AuthorPage::query()
            .request_if(publisher, AuthorPage::publisher)
            .request_if(books, AuthorPage::books)
            .find(1)
            .first(conn)
            .unwrap();
        assert_eq!(trace.sql().len(), 1 + usize::from(books) + usize::from(publisher));
        assert_eq!(titles(&ann), books.then(|| vec!["Atlas", "Bones"]));
        assert_eq!(ann.publisher.is_requested(), publisher);
    }
}

#[test]
fn what_was_asked_for_stays_asked_for() {
    let conn = &mut library();
    let requested = AuthorPage::query().request(AuthorPage::books);
    let twice = requested.clone().request(AuthorPage::books);
    let and_not = requested.request_if(false, AuthorPage::books);
    let refined = AuthorPage::query()
        .prefetch(AuthorPage::books, |books| books.limit(1))
        .request_if(false, AuthorPage::books);
    let trace = Trace::of(conn);
    assert_eq!(titles(&twice.find(1).first(conn).unwrap()), Some(vec!["Atlas", "Bones"]));
    assert_eq!(titles(&and_not.find(1).first(conn).unwrap()), Some(vec!["Atlas", "Bones"]));
    assert_eq!(titles(&refined.find(1).first(conn).unwrap()), Some(vec!["Atlas"]));
    assert_eq!(trace.sql().len(), 6);
}

#[test]
fn what_is_refined_is_asked_for() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let letter = String::from("B%");
    let ann = AuthorPage::query()
        .prefetch(AuthorPage::books, |books| books.filter(books::title.like(&letter)))
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(titles(&ann), Some(vec!["Bones"]));
    assert!(ann.publisher.is_not_requested());
    assert_eq!(trace.sql().len(), 2);

    // Before and behind what is asked for alone.
    let ann = AuthorPage::query()
        .request(AuthorPage::publisher)
        .prefetch(AuthorPage::books, |books| books.limit(1).offset(1))
        .request(AuthorPage::publisher)
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(titles(&ann), Some(vec!["Bones"]));
    assert_eq!(ann.publisher, Requested::Loaded(Some(PublisherName { name: "Ace".into() })));
    let ann = AuthorPage::query()
        .prefetch(AuthorPage::books, |books| books.limit(1))
        .request(AuthorPage::publisher)
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(titles(&ann), Some(vec!["Atlas"]));
    assert!(ann.publisher.is_requested());
}

#[test]
fn what_is_below_is_asked_for_in_the_closure() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    for tags in [false, true] {
        let ann = AuthorPage::query()
            .prefetch(AuthorPage::books, |books| books.request_if(tags, BookCard::tags))
            .find(1)
            .first(conn)
            .unwrap();
        assert_eq!(trace.sql().len(), 2 + usize::from(tags));
        let books = ann.books.into_loaded().expect("what is refined is asked for");
        let loaded: Vec<_> = books.iter().map(tags_of).collect();
        let expected = [vec!["rust", "sql"], vec![]];
        assert_eq!(loaded, expected.map(|names| tags.then_some(names)));
    }
}

/// Two books have one author: what is prefetched for it is copied.
#[derive(LoadSpec, Debug)]
#[load(Book)]
struct BookPage {
    title: String,
    #[load(join)]
    author: AuthorPage,
    #[load(join)]
    editor: Option<AuthorPage>,
}

#[test]
fn what_is_below_a_join_is_asked_for_by_its_way() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let books = BookPage::query()
        .request(BookPage::author.then(AuthorPage::books))
        .request(BookPage::editor.then(AuthorPage::publisher))
        .order(books::title)
        .load(conn)
        .unwrap();
    assert_eq!(trace.sql().len(), 3);
    let authors: Vec<_> = books.iter().map(|book| titles(&book.author)).collect();
    assert_eq!(
        authors,
        [Some(vec!["Atlas", "Bones"]), Some(vec!["Atlas", "Bones"]), Some(vec!["Comet"])]
    );
    let editors: Vec<_> = books
        .iter()
        .map(|book| {
            let editor = book.editor.as_ref()?;
            assert!(editor.books.is_not_requested());
            Some(editor.publisher.clone())
        })
        .collect();
    let ace = Requested::Loaded(Some(PublisherName { name: "Ace".into() }));
    assert_eq!(editors, [Some(Requested::Loaded(None)), None, Some(ace)]);
    for book in &books {
        assert!(book.author.publisher.is_not_requested());
    }
}

#[test]
fn what_is_below_a_join_is_refined() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let books = BookPage::query()
        .prefetch(BookPage::author.then(AuthorPage::books), |books| {
            books.limit(1).request(BookCard::tags)
        })
        .request(BookPage::author.then(AuthorPage::publisher))
        .order(books::title)
        .load(conn)
        .unwrap();
    assert_eq!(trace.sql().len(), 4);
    let authors: Vec<_> = books.iter().map(|book| titles(&book.author)).collect();
    assert_eq!(authors, [Some(vec!["Atlas"]), Some(vec!["Atlas"]), Some(vec!["Comet"])]);
    let atlas = &books[1].author.books.loaded().unwrap()[0];
    assert_eq!(tags_of(atlas), Some(vec!["rust", "sql"]));
    assert!(books[2].author.publisher.is_requested());
}

/// Every type that a relation to one row is held in.
#[derive(LoadSpec, Debug)]
#[load(Book)]
struct Authors {
    #[load(prefetch, optional)]
    author: Requested<AuthorName>,
    #[load(prefetch = author, optional)]
    shared: Requested<Arc<AuthorName>>,
    #[load(prefetch = book::editor, optional)]
    edited_by: Requested<Option<Arc<AuthorName>>>,
    #[load(prefetch = author, optional, filter = authors::name.eq("Bob"))]
    bob: Requested<Option<AuthorName>>,
}

#[test]
fn relations_to_one_are_held_in_every_way() {
    let conn = &mut library();
    let query = || Authors::query().order(books::title);
    let none = query().load(conn).unwrap();
    assert!(none.iter().all(|book| book.author.is_not_requested()
        && book.shared.is_not_requested()
        && book.edited_by.is_not_requested()
        && book.bob.is_not_requested()));

    let all = query()
        .request(Authors::author)
        .request(Authors::shared)
        .request(Authors::edited_by)
        .request(Authors::bob)
        .load(conn)
        .unwrap();
    let name = |author: &AuthorName| author.name.clone();
    let names: Vec<_> = all
        .iter()
        .map(|book| {
            let editor = book.edited_by.loaded().unwrap();
            let bob = book.bob.loaded().unwrap();
            (
                name(book.author.loaded().unwrap()),
                name(book.shared.loaded().unwrap()),
                editor.as_deref().map(name),
                bob.as_ref().map(name),
            )
        })
        .collect();
    let row = |author: &str, editor: Option<&str>, bob: Option<&str>| {
        let [editor, bob] = [editor, bob].map(|name| name.map(str::to_owned));
        (author.to_owned(), author.to_owned(), editor, bob)
    };
    assert_eq!(
        names,
        [
            row("Ann", Some("Bob"), None),
            row("Ann", None, None),
            row("Bob", Some("Ann"), Some("Bob"))
        ]
    );
    let shared = |at: usize| all[at].shared.loaded().unwrap();
    assert!(Arc::ptr_eq(shared(0), shared(1)));
}

#[test]
fn a_query_is_of_one_type_whatever_it_asks_for() {
    fn search(name: &str, books: bool) -> BoxedQuery<'_, AuthorPage, Sqlite> {
        let mut query = AuthorPage::query().filter(authors::name.eq(name)).into_boxed();
        if books {
            query = query.request(AuthorPage::books);
        }
        query
    }

    let conn = &mut library();
    assert_eq!(titles(&search("Ann", true).first(conn).unwrap()), Some(vec!["Atlas", "Bones"]));
    assert_eq!(titles(&search("Ann", false).first(conn).unwrap()), None);
    // What was asked for before the query was boxed.
    let boxed = AuthorPage::query().request(AuthorPage::books).into_boxed::<Sqlite>();
    assert_eq!(titles(&boxed.find(2).first(conn).unwrap()), Some(vec!["Comet"]));
}

#[test]
fn rows_are_loaded_in_chunks_with_what_is_asked_for() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let chunks = AuthorPage::query().request(AuthorPage::books).load_chunks(2, conn);
    let authors: Vec<_> = chunks.flat_map(|chunk| chunk.unwrap()).collect();
    assert_eq!(trace.sql().len(), 4);
    let loaded: Vec<_> = authors.iter().map(titles).collect();
    assert_eq!(loaded, [Some(vec!["Atlas", "Bones"]), Some(vec!["Comet"]), Some(vec![])]);

    let chunks = AuthorPage::query().load_chunks(2, conn);
    let authors: Vec<_> = chunks.flat_map(|chunk| chunk.unwrap()).collect();
    assert_eq!(trace.sql().len(), 2);
    assert!(authors.iter().all(|author| author.books.is_not_requested()));
}

#[test]
fn what_is_loaded_onto_values_is_asked_for_in_the_closure() {
    let conn = &mut library();
    let authors = AuthorId::query().order(authors::id).load(conn).unwrap();
    let trace = Trace::of(conn);
    let books: Vec<Vec<BookCard>> = author::books.load_onto(&authors, conn).unwrap();
    assert_eq!(trace.sql().len(), 1);
    assert!(books.iter().flatten().all(|book| book.tags.is_not_requested()));

    let books: Vec<Vec<BookCard>> = author::books
        .load_onto_with(&authors, |books| books.request(BookCard::tags).order(books::id), conn)
        .unwrap();
    assert_eq!(trace.sql().len(), 2);
    let tags: Vec<_> = books[0].iter().map(tags_of).collect();
    assert_eq!(tags, [Some(vec!["rust", "sql"]), Some(vec![])]);
}

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorId {
    id: i32,
}

#[test]
fn a_query_that_runs_alone_needs_no_transaction() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    AuthorPage::query().load(conn).unwrap();
    AuthorPage::query().snapshot().load(conn).unwrap();
    AuthorPage::query().request_if(false, AuthorPage::books).load(conn).unwrap();
    AuthorPage::query().load_chunks(10, conn).for_each(drop);
    assert_eq!(trace.transactions(), []);
    AuthorPage::query().request(AuthorPage::books).load(conn).unwrap();
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Commit(1)]);
    AuthorPage::query().request(AuthorPage::books).load_chunks(10, conn).for_each(drop);
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Commit(1)]);
}

/// One that is always loaded stands beside one that is not.
#[derive(LoadSpec, Debug)]
#[load(Author, params(first: String))]
struct Mixed {
    #[load(prefetch)]
    edited: Vec<Title>,
    #[load(prefetch, optional, filter = books::title.ge(first), limit = 1)]
    books: Requested<Vec<Title>>,
}

#[test]
fn one_that_is_not_optional_is_always_loaded() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let query = || Mixed::query("B".into()).find(1);
    let title = |title: &str| Title { title: title.into() };
    let ann = query().first(conn).unwrap();
    assert_eq!((&ann.edited[..], &ann.books), (&[title("Comet")][..], &Requested::NotRequested));
    assert_eq!(trace.transactions(), [Event::Begin(1), Event::Commit(1)]);
    let ann = query().request(Mixed::books).first(conn).unwrap();
    assert_eq!(ann.books, Requested::Loaded(vec![title("Bones")]));
    assert_eq!((trace.sql().len(), Mixed::QUERIES), (3, 3));
}

/// More fields than one tuple holds.
#[derive(LoadSpec, Debug)]
#[load(Author)]
struct Wide {
    #[load(prefetch = books, optional)]
    a: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    b: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    c: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    d: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    e: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    f: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    g: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    h: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    i: Requested<Vec<Title>>,
    #[load(prefetch = books, optional)]
    j: Requested<Vec<Title>>,
}

#[test]
fn each_of_many_fields_is_asked_for_by_itself() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let requested = |wide: Wide| {
        let Wide { a, b, c, d, e, f, g, h, i, j } = wide;
        [a, b, c, d, e, f, g, h, i, j].map(|field| field.loaded().map(Vec::len))
    };
    let query = Wide::query().find(1).request(Wide::c).request(Wide::j);
    let ann = requested(query.first(conn).unwrap());
    assert_eq!(ann, [None, None, Some(2), None, None, None, None, None, None, Some(2)]);
    assert_eq!(trace.sql().len(), 3);
    let query = Wide::query().find(1).prefetch(Wide::i, |books| books.limit(1)).request(Wide::h);
    let ann = requested(query.first(conn).unwrap());
    assert_eq!(ann, [None, None, None, None, None, None, None, Some(2), Some(1), None]);
    assert_eq!(trace.sql().len(), 3);
}

#[derive(LoadSpec, Serialize)]
#[load(Author)]
struct Written {
    name: String,
    #[load(prefetch, optional)]
    #[serde(skip_serializing_if = "Requested::is_not_requested")]
    only_book: Requested<Option<WrittenTitle>>,
}

#[derive(LoadSpec, Serialize)]
#[load(Book)]
struct WrittenTitle {
    title: String,
}

/// It does not say how what was not asked for is written.
#[derive(LoadSpec, Serialize)]
#[load(Author)]
struct WrittenAlways {
    #[load(prefetch, optional)]
    only_book: Requested<Option<WrittenTitle>>,
}

#[test]
fn what_was_not_asked_for_is_not_written_as_null() {
    let conn = &mut library();
    let json = |author: &Written| serde_json::to_string(author).unwrap();
    let [bob, cyd] =
        [2, 3].map(|id| Written::query().request(Written::only_book).find(id).first(conn).unwrap());
    assert_eq!(json(&bob), r#"{"name":"Bob","only_book":{"title":"Comet"}}"#);
    assert_eq!(json(&cyd), r#"{"name":"Cyd","only_book":null}"#);
    let cyd = Written::query().find(3).first(conn).unwrap();
    assert_eq!(json(&cyd), r#"{"name":"Cyd"}"#);

    let cyd = WrittenAlways::query().find(3).first(conn).unwrap();
    let error = serde_json::to_string(&cyd).unwrap_err().to_string();
    assert!(error.contains("Requested::is_not_requested"), "{error}");
}
