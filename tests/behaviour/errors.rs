//! The errors that a load ends with: their types, and what they name.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{FieldError, LoadSpec, MissingRow, Model, TooManyRows};

use crate::library::*;
use crate::support::{cause, database, sorted};

#[derive(LoadSpec, Debug, Clone)]
#[load(Book)]
struct Written {
    title: String,
    #[load(prefetch)]
    author: AuthorName,
    #[load(prefetch)]
    tags: Vec<TagName>,
}

#[test]
fn a_prefetched_plain_value_that_is_missing_is_an_error() {
    let conn = &mut library();
    assert_eq!(Written::query().find(1).first(conn).unwrap().author.name, "Ann");
    conn.batch_execute("UPDATE books SET author_id = 77 WHERE id = 2").unwrap();
    let error: MissingRow = cause(Written::query().load(conn));
    assert_eq!((error.spec, error.relation, error.table), ("Written", "author", "authors"));
    assert_eq!(error.key.as_deref(), Some("77"));
    let text = error.to_string();
    assert!(text.contains("`Written`") && text.contains("`author`"), "{text}");
    assert!(text.contains("`authors` has no row for the key 77"), "{text}");
    assert_eq!(Written::query().filter(books::id.ne(2)).load(conn).unwrap().len(), 2);
}

#[test]
fn after_an_error_an_iterator_gives_nothing_wrong() {
    let conn = &mut library();
    conn.batch_execute("UPDATE books SET author_id = 77 WHERE id = 1").unwrap();
    let rows = Written::query().order(books::id).load_iter(conn).unwrap();
    // Atlas cannot be loaded: its tags must not come with Bones or Comet.
    for book in rows.flatten() {
        let tags = sorted(book.tags.iter().map(|tag| tag.name.as_str()));
        assert_eq!(
            tags,
            if book.title == "Comet" { vec!["sql"] } else { vec![] },
            "{}",
            book.title
        );
    }
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct OneBook {
    name: String,
    #[load(prefetch)]
    only_book: Option<Title>,
}

#[test]
fn a_has_one_that_finds_two_rows_is_an_error() {
    let conn = &mut library();
    let error: TooManyRows = cause(OneBook::query().load(conn));
    assert_eq!((error.spec, error.relation, error.table), ("OneBook", "only_book", "books"));
    let bob = OneBook::query().filter(authors::id.gt(1)).order(authors::id).load(conn).unwrap();
    assert_eq!(bob[0].only_book.as_ref().unwrap().title, "Comet");
    assert!(bob[1].only_book.is_none());
}

diesel::table! { odds (id) { id -> Integer, #[sql_name = "the name"] name -> Text, r#type -> Integer } }

#[derive(Model)]
#[diesel(table_name = odds)]
pub(crate) struct Odd {
    id: i32,
    name: String,
    #[diesel(column_name = r#type)]
    kind: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Odd)]
struct OddName {
    name: String,
    #[diesel(deserialize_as = i32)]
    kind: Small,
}

/// A number that is not every number.
#[derive(Debug, PartialEq)]
struct Small(u8);

impl TryFrom<i32> for Small {
    type Error = std::num::TryFromIntError;

    fn try_from(number: i32) -> Result<Self, Self::Error> {
        u8::try_from(number).map(Small)
    }
}

#[test]
fn a_value_that_cannot_be_read_names_its_column() {
    let conn = &mut database(
        r#"CREATE TABLE odds (id INTEGER PRIMARY KEY, "the name" TEXT, type INTEGER);
           INSERT INTO odds VALUES (1, NULL, 1), (2, 'a', 256), (3, 'b', NULL), (4, 'c', 255);"#,
    );
    let fails = |id: i32, conn: &mut SqliteConnection| -> FieldError {
        cause(OddName::query().find(id).first(conn))
    };
    let null = fails(1, conn);
    assert_eq!((null.spec, null.column), ("OddName", "the name"));
    assert!(null.source.is::<diesel::result::UnexpectedNullError>(), "{null}");
    assert!(std::error::Error::source(&null).is_some());
    let large = fails(2, conn);
    assert_eq!((large.spec, large.column), ("OddName", "type"));
    assert!(large.source.is::<std::num::TryFromIntError>(), "{large}");
    assert_eq!(fails(3, conn).column, "type");
    let whole = OddName::query().find(4).first(conn).unwrap();
    assert_eq!((whole.name.as_str(), whole.kind), ("c", Small(255)));
}

#[derive(LoadSpec, Debug)]
#[load(Book)]
struct Nested {
    #[load(join)]
    editor: Option<AuthorCard>,
}

#[test]
fn an_error_below_joins_and_prefetches_names_the_spec_that_has_the_field() {
    let conn = &mut library();
    conn.batch_execute("UPDATE publishers SET name = x'ff'").unwrap();
    let error: FieldError = cause(Nested::query().load(conn));
    assert_eq!((error.spec, error.column), ("PublisherName", "name"));
    conn.batch_execute("UPDATE books SET title = x'ff'").unwrap();
    let error: FieldError = cause(Shelf::query().load(conn));
    assert_eq!((error.spec, error.column), ("Title", "title"));
}

#[test]
fn errors_of_the_database_come_as_they_are() {
    let conn = &mut library();
    conn.batch_execute("ALTER TABLE books RENAME TO elsewhere").unwrap();
    for failed in [Title::query().load(conn).err(), Shelf::query().load(conn).err()] {
        match failed {
            Some(diesel::result::Error::DatabaseError(_, info)) => {
                assert_eq!(info.message(), "no such table: books");
            }
            other => panic!("{other:?}"),
        }
    }
}
