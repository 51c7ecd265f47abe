//! What was loaded, read by name: the methods of `author::Loaded`, on specs, on models, and on any `A: Loads<..>`.

use diesel::prelude::*;
use upfront::{LoadSpec, Loads, Model, RowOf};

use crate::library::author::Loaded as _;
use crate::library::book::Loaded as _;
use crate::library::publisher::Loaded as _;
use crate::library::tag::Loaded as _;
use crate::library::*;
use crate::support::sorted;

/// Of three models, each of which has a `name`.
fn line<A, P, B>(author: &A) -> String
where
    A: Loads<authors::name, Value = String>
        + Loads<author::publisher, Value = Option<P>>
        + Loads<author::books, Value = Vec<B>>,
    P: Loads<publishers::name, Value = String>,
    B: Loads<books::title, Value = String>,
{
    let titles = author.books().iter().map(|book| book.title().clone());
    let publisher = author.publisher().as_ref().map_or("nobody", |publisher| publisher.name());
    format!("{} at {publisher}: {}", author.name(), sorted(titles).join(", "))
}

#[derive(LoadSpec)]
#[load(Author)]
struct Page {
    #[diesel(column_name = name)]
    signed: String,
    #[load(join = publisher)]
    at: Option<PublisherName>,
    #[load(prefetch = books)]
    wrote: Vec<Title>,
}

#[derive(LoadSpec)]
#[load(Author)]
struct Everything {
    id: i32,
    name: String,
    #[load(prefetch)]
    publisher: Option<PublisherName>,
    #[load(prefetch, order_by = books::id)]
    books: Vec<BookCard>,
}

#[test]
fn a_function_reads_what_it_asks_for_whatever_the_fields_are_called() {
    let conn = &mut library();
    let pages = Page::query().order(authors::id).load(conn).unwrap();
    let lines: Vec<_> = pages.iter().map(line).collect();
    assert_eq!(lines, ["Ann at Ace: Atlas, Bones", "Bob at nobody: Comet", "Cyd at Tor: "]);
    let all = Everything::query().order(authors::id).load(conn).unwrap();
    assert_eq!(all.iter().map(line).collect::<Vec<_>>(), lines);
}

fn letters(text: &str) -> usize {
    text.len()
}

#[test]
fn a_spec_is_read_like_what_it_holds() {
    let conn = &mut library();
    let page = Page::query().find(1).first(conn).unwrap();
    assert_eq!(letters(page.name()), 3);
    let books: &[Title] = page.books();
    assert_eq!(sorted(books.iter().map(|book| book.title().to_owned())), ["Atlas", "Bones"]);
    assert_eq!(page.publisher().as_ref().unwrap().name(), "Ace");

    let card = BookCard::query().find(1).first(conn).unwrap();
    assert_eq!(card.author().publisher().as_ref().unwrap().name(), "Ace");
    assert_eq!(card.editor().as_ref().map(|editor| editor.name().as_str()), Some("Bob"));
    assert_eq!(TagName { name: "sql".into() }.name(), "sql");
}

fn signature(author: &impl Loads<authors::name, Value = String>) -> &str {
    author.name()
}

#[test]
fn a_model_is_read_like_its_specs() {
    let ann = Author { id: 1, name: "Ann".into(), bio: None, publisher_id: Some(1) };
    assert_eq!((signature(&ann), *ann.id(), ann.publisher_id()), ("Ann", 1, &Some(1)));
    assert_eq!(signature(&AuthorName { name: "Bob".into() }), "Bob");
}

/// A row that is not loaded by a spec.
struct Row(String);

impl RowOf<authors::table> for Row {}

impl Loads<authors::name> for Row {
    type Value = String;

    fn loaded(&self) -> &String {
        &self.0
    }
}

#[test]
fn a_row_of_the_programs_own_is_read_like_a_spec() {
    let row = Row("Cyd".into());
    assert_eq!((signature(&row), row.name().as_str()), ("Cyd", "Cyd"));
}

mod one_table {
    //! Two models on one table, whose fields have names of their own.

    use super::*;

    #[derive(Model)]
    #[diesel(table_name = books)]
    #[model(belongs_to(author: Author))]
    pub(super) struct Work {
        pub(super) id: i32,
        #[diesel(column_name = title)]
        pub(super) heading: String,
        pub(super) author_id: i32,
    }

    #[derive(LoadSpec)]
    #[load(Work)]
    pub(super) struct Heading {
        pub(super) heading: String,
        #[load(join)]
        pub(super) author: AuthorName,
    }
}

/// Asks for a column, which both models have.
fn titled(book: &impl Loads<books::title, Value = String>) -> (&str, &str) {
    use one_table::work::Loaded as _;

    (book.heading(), book.title())
}

#[test]
fn two_models_on_one_table_are_read_by_the_names_of_both() {
    use one_table::work::Loaded as _;

    let conn = &mut library();
    let heading = one_table::Heading::query().find(3).first(conn).unwrap();
    assert_eq!(titled(&heading), ("Comet", "Comet"));
    assert_eq!(titled(&Title::query().find(2).first(conn).unwrap()), ("Bones", "Bones"));
    assert_eq!(one_table::work::Loaded::author(&heading).name(), "Bob");
    assert_eq!(heading.heading(), "Comet");
}

mod one_name {
    //! Names that something else has, too.

    use upfront::{LoadSpec, Model};

    use crate::library::{AuthorName, authors};

    diesel::table! { notes (id) { id -> Integer, author -> Integer, into -> Text, loaded -> Bool } }
    diesel::allow_tables_to_appear_in_same_query!(notes, authors);

    /// A relation that is called like its column.
    #[derive(Model)]
    #[diesel(table_name = notes)]
    #[model(belongs_to(author: super::Author, foreign_key = author))]
    pub(super) struct Note {
        pub(super) id: i32,
        pub(super) author: i32,
        pub(super) into: String,
        pub(super) loaded: bool,
    }

    #[derive(LoadSpec)]
    #[load(Note)]
    pub(super) struct Page {
        #[load(join)]
        pub(super) author: AuthorName,
        #[diesel(column_name = author)]
        pub(super) author_id: i32,
        pub(super) into: String,
        pub(super) loaded: bool,
    }
}

#[test]
fn a_relation_goes_before_a_column_of_its_name() {
    use one_name::note::Loaded as _;

    let page = one_name::Page {
        author: AuthorName { name: "Ann".into() },
        author_id: 1,
        into: "a jar".into(),
        loaded: true,
    };
    assert_eq!(page.author().name(), "Ann");
    assert_eq!(*Loads::<one_name::notes::author>::loaded(&page), 1);
}

#[test]
fn a_column_may_be_called_like_a_method_of_another_trait() {
    use one_name::note::Loaded;

    let note = one_name::Note { id: 1, author: 2, into: "a jar".into(), loaded: true };
    assert_eq!(Loaded::into(&note), "a jar");
    assert!(*Loaded::loaded(&note));
}

impl Shelf {
    /// Not what is in the column.
    fn id(&self) -> &'static str {
        "a shelf"
    }
}

#[test]
fn what_a_spec_has_itself_goes_first() {
    let shelf = Shelf { name: "Ann".into(), books: Vec::new() };
    assert_eq!((shelf.id(), shelf.name().as_str(), shelf.books().len()), ("a shelf", "Ann", 0));
}
