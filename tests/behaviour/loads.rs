//! `Loads`: functions that take any spec that loads what they read; and how many queries a spec says it runs.

use diesel::prelude::*;
use upfront::{LoadSpec, Loads};

use crate::library::*;
use crate::support::{Trace, sorted};

/// How a row of a book is called, whatever else of it was loaded.
trait Called {
    fn called(&self) -> &str;
}

impl Called for Title {
    fn called(&self) -> &str {
        &self.title
    }
}

impl Called for Tagged {
    fn called(&self) -> &str {
        &self.title
    }
}

impl Called for AuthorName {
    fn called(&self) -> &str {
        &self.name
    }
}

impl Called for AuthorCard {
    fn called(&self) -> &str {
        &self.name
    }
}

#[derive(LoadSpec)]
#[load(Book)]
struct Tagged {
    title: String,
    #[load(prefetch)]
    tags: Vec<TagName>,
}

#[derive(LoadSpec)]
#[load(Author)]
struct Catalogue {
    #[load(prefetch = author::books)]
    written: Vec<Tagged>,
    #[load(prefetch)]
    edited: Vec<Title>,
}

fn books_of<B: Called>(author: &impl Loads<author::books, Value = Vec<B>>) -> Vec<String> {
    sorted(author.loaded().iter().map(|book| book.called().to_owned()))
}

fn books_of_each<A, B: Called>(authors: &[A]) -> usize
where
    A: Loads<author::books, Value = Vec<B>>,
{
    authors.iter().map(|author| books_of(author).len()).sum()
}

#[test]
fn a_function_takes_every_spec_that_loads_the_relation() {
    let conn = &mut library();
    let shelf = Shelf::query().find(1).first(conn).unwrap();
    assert_eq!(books_of(&shelf), ["Atlas", "Bones"]);
    let catalogue = Catalogue::query().find(1).first(conn).unwrap();
    assert_eq!(books_of(&catalogue), ["Atlas", "Bones"]);
    assert_eq!(Loads::<author::edited>::loaded(&catalogue)[0].title, "Comet");
    assert_eq!(books_of_each(&Catalogue::query().load(conn).unwrap()), 3);
}

#[derive(LoadSpec)]
#[load(Book)]
struct ByPrefetch {
    #[load(prefetch = author)]
    writer: AuthorName,
}

fn author_of<'b, A: Called + 'b>(book: &'b impl Loads<book::author, Value = A>) -> &'b str {
    book.loaded().called()
}

fn editor_of<'b, A: Called + 'b>(
    book: &'b impl Loads<book::editor, Value = Option<A>>,
) -> Option<&'b str> {
    book.loaded().as_ref().map(Called::called)
}

#[test]
fn a_join_and_a_prefetch_of_one_relation_are_the_same_to_a_function() {
    let conn = &mut library();
    let joined = BookCard::query().find(1).first(conn).unwrap();
    let prefetched = ByPrefetch::query().find(1).first(conn).unwrap();
    assert_eq!((author_of(&joined), author_of(&prefetched)), ("Ann", "Ann"));
    assert_eq!(editor_of(&joined), Some("Bob"));
}

/// One relation loaded twice, into two specs.
#[derive(LoadSpec)]
#[load(Author, max_queries = 4)]
struct Twice {
    #[load(prefetch)]
    books: Vec<Title>,
    #[load(prefetch = books)]
    tagged: Vec<Tagged>,
}

#[test]
fn one_relation_is_loaded_twice_under_two_names() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let author = Twice::query().find(1).first(conn).unwrap();
    assert_eq!(trace.sql().len(), 4);
    assert_eq!(books_of(&author), ["Atlas", "Bones"]);
    assert_eq!(sorted(author.tagged.iter().map(Called::called)), ["Atlas", "Bones"]);
    assert_eq!(author.tagged.iter().map(|book| book.tags.len()).sum::<usize>(), 2);
}

#[derive(LoadSpec, Clone)]
#[load(Tag)]
struct TagPage {
    #[load(prefetch)]
    books: Vec<BookOfTag>,
}

#[derive(LoadSpec, Clone)]
#[load(Book)]
struct BookOfTag {
    #[load(join)]
    author: AuthorOfBook,
}

#[derive(LoadSpec, Clone)]
#[load(Author)]
struct AuthorOfBook {
    #[load(prefetch)]
    edited: Vec<Title>,
    #[load(join)]
    publisher: Option<AuthorsOfPublisher>,
}

#[derive(LoadSpec, Clone)]
#[load(Publisher)]
struct AuthorsOfPublisher {
    #[load(prefetch)]
    authors: Vec<AuthorCard>,
    #[load(annotate = authors.count())]
    count: i64,
}

#[test]
fn the_queries_of_a_spec_are_known_to_the_compiler() {
    const COUNTS: [usize; 7] = [
        Title::QUERIES,
        BookCard::QUERIES,
        Shelf::QUERIES,
        Catalogue::QUERIES,
        AuthorOfBook::QUERIES,
        BookOfTag::QUERIES,
        TagPage::QUERIES,
    ];
    assert_eq!(COUNTS, [1, 1, 2, 4, 3, 3, 4]);
    assert_eq!(<TagPage as LoadSpec>::QUERIES, 4);
    let conn = &mut library();
    let trace = Trace::of(conn);
    let tags = TagPage::query().order(tags::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), TagPage::QUERIES);
    let sql = &tags[1];
    assert_eq!(sql.books.len(), 2);
    for book in &sql.books {
        let author = &book.author;
        assert_eq!(author.edited.len(), 1);
        if let Some(publisher) = &author.publisher {
            assert_eq!((publisher.count, publisher.authors[0].name.as_str()), (1, "Ann"));
        }
    }
    assert_eq!(sql.books.iter().filter(|book| book.author.publisher.is_some()).count(), 1);
}
