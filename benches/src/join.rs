//! Books with their author and the author's publisher, who may be missing.

use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use upfront::LoadSpec;

use crate::case::Case;
use crate::schema::{Author, Book, Publisher, authors, books, publishers};
use crate::servers::on_servers;
use crate::servers::run::Run as _;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Book, max_queries = 1)]
pub struct BookCard {
    id: i32,
    title: String,
    published: i32,
    #[load(join)]
    author: AuthorCard,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author)]
pub struct AuthorCard {
    name: String,
    #[load(join)]
    publisher: Option<PublisherName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Publisher)]
pub struct PublisherName {
    name: String,
}

/// The structs of the guide's version.
pub(crate) mod guide {
    use super::*;

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = books)]
    pub struct Book {
        pub id: i32,
        pub title: String,
        pub published: i32,
    }

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = authors)]
    pub struct Author {
        pub name: String,
    }

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = publishers)]
    pub struct Publisher {
        pub name: String,
    }

    pub(crate) type Row = (Book, Author, Option<Publisher>);
}

/// A row of the hand-tuned version.
pub(crate) type TunedRow = (i32, String, i32, String, Option<String>);

impl From<TunedRow> for BookCard {
    fn from((id, title, published, author, publisher): TunedRow) -> Self {
        let publisher = publisher.map(|name| PublisherName { name });
        Self { id, title, published, author: AuthorCard { name: author, publisher } }
    }
}

impl From<guide::Row> for BookCard {
    fn from((book, author, publisher): guide::Row) -> Self {
        let guide::Book { id, title, published } = book;
        (id, title, published, author.name, publisher.map(|publisher| publisher.name)).into()
    }
}

/// Books with their author and the author's publisher. The books are the parents here.
pub struct Join;

impl Case for Join {
    const NAME: &'static str = "join";
    type Rows = Vec<BookCard>;
    type Guide = Vec<guide::Row>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<BookCard>> {
        BookCard::query().filter(books::id.le(parents)).order(books::id).load(conn)
    }

    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<guide::Row>> {
        books::table
            .inner_join(authors::table.left_join(publishers::table))
            .filter(books::id.le(parents))
            .order(books::id)
            .select((
                guide::Book::as_select(),
                guide::Author::as_select(),
                Option::<guide::Publisher>::as_select(),
            ))
            .load(conn)
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<BookCard>> {
        books::table
            .inner_join(authors::table.left_join(publishers::table))
            .filter(books::id.le(parents))
            .order(books::id)
            .select((
                books::id,
                books::title,
                books::published,
                authors::name,
                publishers::name.nullable(),
            ))
            .load_iter::<TunedRow, _>(conn)?
            .map(|row| row.map(BookCard::from))
            .collect()
    }

    fn rows(guide: Vec<guide::Row>) -> Vec<BookCard> {
        guide.into_iter().map(BookCard::from).collect()
    }
}

on_servers! {
    [] Join, |parents, conn|
    upfront {
        conn.all(BookCard::query().filter(books::id.le(parents)).order(books::id)).await
    }
    tuned {
        let query = books::table
            .inner_join(authors::table.left_join(publishers::table))
            .filter(books::id.le(parents))
            .order(books::id)
            .select((
                books::id,
                books::title,
                books::published,
                authors::name,
                publishers::name.nullable(),
            ));
        let mut rows = Vec::new();
        conn.each(query, |row: TunedRow| rows.push(row.into())).await?;
        Ok(rows)
    }
}
