//! The item form: the structs that it declares, and what they are to the rest of a program.
#![deny(
    missing_docs,
    unreachable_pub,
    dead_code,
    missing_debug_implementations,
    unused_qualifications
)]

use diesel::prelude::*;
use upfront::{LoadSpec, Loads, RelationDsl, load};

use crate::library::*;
use crate::support::Trace;

load! {
    /// An author's page.
    #[derive(Debug, Clone, PartialEq)]
    #[load(max_queries = 4)]
    pub(crate) struct AuthorPage: Author {
        id,
        /// As it stands on the cover.
        name as title,
        join publisher { name },
        prefetch books.order_by(books::id.desc()).limit(2) as recent {
            title,
            prefetch tags { name },
        },
        prefetch author::edited { title },
        annotate books.count() as book_count,
    }
}

#[test]
fn a_spec_with_nested_structs_that_are_named_after_their_paths() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let pages: Vec<AuthorPage> = AuthorPage::query().order(authors::id).load(conn).unwrap();
    assert_eq!((trace.sql().len(), AuthorPage::QUERIES), (4, 4));
    let ann = AuthorPage {
        id: 1,
        title: "Ann".to_owned(),
        publisher: Some(AuthorPagePublisher { name: "Ace".to_owned() }),
        recent: vec![
            AuthorPageRecent { title: "Bones".to_owned(), tags: vec![] },
            AuthorPageRecent {
                title: "Atlas".to_owned(),
                tags: ["rust", "sql"]
                    .map(|name| AuthorPageRecentTags { name: name.to_owned() })
                    .into(),
            },
        ],
        edited: vec![AuthorPageEdited { title: "Comet".to_owned() }],
        book_count: 2,
    };
    assert_eq!(pages[0], ann);
    assert_eq!((AuthorPageRecent::QUERIES, AuthorPageRecentTags::QUERIES), (2, 1));
    // Each is a spec of its own.
    assert_eq!(AuthorPageRecent::query().count().get_result(conn), Ok(3));
}

#[test]
fn its_relations_are_places_in_a_query() {
    let conn = &mut library();
    let pages = AuthorPage::query()
        .filter(AuthorPage::publisher.field(publishers::name).eq("Ace"))
        .prefetch(AuthorPage::recent, |books| {
            books
                .filter(books::title.ne("Bones"))
                .prefetch(AuthorPageRecent::tags, |tags| tags.filter(tags::name.eq("sql")))
        })
        .load(conn)
        .unwrap();
    assert_eq!(pages.len(), 1);
    let recent = &pages[0].recent;
    assert_eq!((recent.len(), recent[0].tags.len()), (1, 1));
}

load! {
    /// Joins below a join, and a prefetch below.
    #[derive(Debug, Clone)]
    struct Deep: Book { title, join author { join publisher { name }, prefetch edited { id } } }
}

#[test]
fn what_is_below_a_join_is_a_place_too() {
    let conn = &mut library();
    let books = Deep::query()
        .filter(Deep::author.then(DeepAuthor::publisher).field(publishers::name).eq("Ace"))
        .prefetch(Deep::author.then(DeepAuthor::edited), |books| books.filter(books::id.ne(3)))
        .order(books::id)
        .load(conn)
        .unwrap();
    let shown: Vec<_> =
        books.iter().map(|book| (book.title.as_str(), book.author.edited.len())).collect();
    assert_eq!(shown, [("Atlas", 0), ("Bones", 0)]);
    let author: &DeepAuthor = &books[0].author;
    let house: &Option<DeepAuthorPublisher> = &author.publisher;
    assert_eq!(house.as_ref().unwrap().name, "Ace");
    let edited: &Vec<DeepAuthorEdited> = &author.edited;
    assert!(edited.iter().all(|book| book.id != 3));
}

#[test]
fn a_fragment_of_other_specs() {
    #[derive(LoadSpec)]
    #[load(Book)]
    struct Derived {
        #[load(join)]
        author: AuthorPage,
        #[load(prefetch = editor)]
        by: Option<AuthorPage>,
    }

    let conn = &mut library();
    let book = Derived::query().find(3).first(conn).unwrap();
    assert_eq!((book.author.book_count, book.by.unwrap().recent.len()), (1, 2));
    let book = load!(Book { prefetch author: AuthorPage, join editor: AuthorPage })
        .find(3)
        .first(conn)
        .unwrap();
    assert_eq!(book.editor.unwrap().recent[1].tags.len(), 2);
    assert_eq!(book.author.title, "Bob");
}

fn edited(one: &impl Loads<author::edited, Value = Vec<AuthorPageEdited>>) -> usize {
    one.loaded().len()
}

fn name(one: &impl Loads<authors::name, Value = String>) -> &str {
    one.loaded()
}

#[test]
fn what_it_loads_is_known_by_its_relation_or_column() {
    let conn = &mut library();
    let bob = AuthorPage::query().find(2).first(conn).unwrap();
    assert_eq!((edited(&bob), name(&bob)), (1, "Bob"));
    let house: &Option<AuthorPagePublisher> = Loads::<author::publisher>::loaded(&bob);
    assert!(house.is_none());
}

#[test]
fn loaded_onto_rows_that_are_there() {
    let conn = &mut library();
    let authors = load!(Author { id, name }).order(authors::id).load(conn).unwrap();
    let recent: Vec<Vec<AuthorPageRecent>> = author::books.load_onto(&authors, conn).unwrap();
    assert_eq!(recent.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 0]);
}

mod visible {
    use super::*;

    load! {
        /// Only here.
        #[derive(Debug)]
        struct Private: Book { id, join author { name } }
    }

    load! {
        /// In the module above.
        #[derive(Debug)]
        pub(super) struct Above: Book { id, join author { name } }
    }

    load! {
        /// In the crate.
        #[derive(Debug)]
        pub(in crate::load_macro) struct There: Book { id, prefetch tags { name } }
    }

    pub(super) fn private(conn: &mut SqliteConnection) -> (i32, String) {
        let row = Private::query().first(conn).unwrap();
        (row.id, row.author.name)
    }
}

#[test]
fn structs_and_fields_are_as_visible_as_is_said() {
    let conn = &mut library();
    assert_eq!(visible::private(conn), (1, "Ann".to_owned()));
    let above: visible::Above = visible::Above::query().first(conn).unwrap();
    let author: visible::AboveAuthor = above.author;
    assert_eq!((above.id, author.name.as_str()), (1, "Ann"));
    let there = visible::There::query().first(conn).unwrap();
    let tags: Vec<visible::ThereTags> = there.tags;
    assert_eq!((there.id, tags[0].name.as_str()), (1, "rust"));
}
