//! `upfront` under another name: it is called `orm` in this crate's manifest, and each derive is told so.
//!
//! The crate is a library of documented models, so that the lints on what is public see the expansion too.
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, clippy::all)]

use diesel::prelude::*;
use orm::{LoadSpec, Loads, Model};

#[allow(missing_docs)]
pub mod schema {
    //! The tables.
    diesel::table! { authors (id) { id -> Integer, name -> Text } }
    diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
    diesel::table! { tags (id) { id -> Integer, name -> Text } }
    diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer } }
    diesel::allow_tables_to_appear_in_same_query!(tags, book_tags);
}
use schema::{authors, book_tags, books, tags};

/// Who wrote a book.
#[derive(Model)]
#[diesel(table_name = authors)]
#[model(crate = orm, has_many(books: Book))]
pub struct Author {
    /// The primary key.
    pub id: i32,
    /// As it is printed.
    pub name: String,
}

/// A book.
#[derive(Model)]
#[diesel(table_name = books)]
#[model(crate = ::orm, belongs_to(author: Author), many_to_many(tags: Tag, through = book_tags))]
pub struct Book {
    /// The primary key.
    pub id: i32,
    /// As it is printed.
    pub title: String,
    /// The author.
    pub author_id: i32,
}

/// What a book is about.
#[derive(Model)]
#[diesel(table_name = tags)]
#[model(crate = orm)]
pub struct Tag {
    /// The primary key.
    pub id: i32,
    /// A word.
    pub name: String,
}

/// The name of a tag.
#[derive(LoadSpec)]
#[load(Tag, crate = orm)]
pub struct TagName {
    /// A word.
    pub name: String,
}

/// The name of an author.
#[derive(LoadSpec)]
#[load(Author, crate = ::orm)]
pub struct AuthorName {
    /// As it is printed.
    pub name: String,
}

/// A book with what is shown of it.
#[derive(LoadSpec)]
#[load(Book, crate = orm, max_queries = 2)]
pub struct BookCard {
    /// As it is printed.
    pub title: String,
    /// Who wrote it.
    #[load(join)]
    pub author: AuthorName,
    /// What it is about.
    #[load(prefetch)]
    pub tags: Vec<TagName>,
    /// Of how many things.
    #[load(annotate = tags.count())]
    pub tag_count: i64,
}

orm::load! {
    /// A book with what is shown of it, and of its author.
    #[derive(Debug, Clone)]
    #[load(max_queries = 3, params(least: i32))]
    pub struct BookPage: Book {
        title,
        join author { name, prefetch books { title } },
        prefetch tags.filter(tags::id.ge(least)).order_by(tags::id) { name },
        annotate tags.count() as tag_count,
    }
}

/// The titles of all books, each with the names of its tags from this one on.
pub fn titles(least: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<(String, Vec<String>)>> {
    let books = orm::load!(Book {
        *,
        prefetch tags.filter(tags::id.ge(least)).order_by(tags::id) { name },
        annotate books::id.gt(least) as late,
    });
    let books = books.order(books::id).load(conn)?;
    let names = |tags: usize| books[tags].tags.iter().map(|tag| tag.name.clone()).collect();
    Ok(books.iter().enumerate().map(|(i, book)| (book.title.clone(), names(i))).collect())
}

// What Diesel's derive makes is without documentation.
#[allow(missing_docs, unreachable_pub)]
mod connection {
    /// A connection to one of several databases.
    #[derive(diesel::MultiConnection, orm::MultiConnection)]
    #[multi_connection(crate = orm)]
    pub enum AnyConnection {
        /// To SQLite.
        Sqlite(diesel::SqliteConnection),
    }
}
pub use connection::AnyConnection;

/// All books of an author, by title, from any database.
pub fn books_anywhere(author: &str, conn: &mut AnyConnection) -> QueryResult<Vec<BookCard>> {
    BookCard::query()
        .filter(BookCard::author.field(authors::name).eq(author))
        .order(books::title)
        .load(conn)
}

/// All books of an author, by title.
pub fn books_by(author: &str, conn: &mut SqliteConnection) -> QueryResult<Vec<BookCard>> {
    BookCard::query()
        .filter(BookCard::author.field(authors::name).eq(author))
        .order(books::title)
        .load(conn)
}

/// Who wrote a book.
pub fn author_of<'b, A>(book: &'b impl Loads<book::author, Value = A>) -> &'b str
where
    A: Loads<authors::name, Value = String> + 'b,
{
    use author::Loaded as _;
    use book::Loaded as _;

    book.author().name()
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;

    #[test]
    fn books_load() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        conn.batch_execute(
            "CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
             CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
             CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
             CREATE TABLE book_tags (book_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
             INSERT INTO authors VALUES (1, 'Ursula'), (2, 'Jane');
             INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'Emma', 2), (3, 'City of Illusions', 1);
             INSERT INTO tags VALUES (1, 'novel'), (2, 'space');
             INSERT INTO book_tags VALUES (1, 1), (1, 2), (2, 1);",
        )
        .unwrap();

        let books = books_by("Ursula", &mut conn).unwrap();
        assert_eq!(books.len(), 2);
        assert_eq!((books[0].title.as_str(), books[0].tag_count), ("City of Illusions", 0));
        assert_eq!((books[1].title.as_str(), books[1].tag_count), ("Rocannon", 2));
        assert_eq!(author_of(&books[1]), "Ursula");
        let titles: Vec<_> = books.iter().map(|book| book.title.clone()).collect();
        let conn = &mut AnyConnection::Sqlite(conn);
        let anywhere = books_anywhere("Ursula", conn).unwrap();
        assert_eq!(anywhere.into_iter().map(|book| book.title).collect::<Vec<_>>(), titles);
        let tags: Vec<_> = books[1].tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(tags, ["novel", "space"]);
        assert_eq!(BookCard::QUERIES, 2);

        let AnyConnection::Sqlite(conn) = conn;
        let page = BookPage::query(2).find(1).first(conn).unwrap();
        assert_eq!((page.author.name.as_str(), page.author.books.len()), ("Ursula", 2));
        assert_eq!((page.tags[0].name.as_str(), page.tags.len(), page.tag_count), ("space", 1, 2));
        let all = super::titles(2, conn).unwrap();
        assert_eq!(all[0], ("Rocannon".to_owned(), vec!["space".to_owned()]));
        assert_eq!(all[1], ("Emma".to_owned(), vec![]));
    }
}
