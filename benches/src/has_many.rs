//! Authors with their books.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use upfront::LoadSpec;

use crate::case::Case;
use crate::in_json::InJson;
use crate::schema::{Author, Book, authors, books};
use crate::servers::on_servers;
use crate::servers::run::Run as _;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 2)]
pub struct AuthorWithBooks {
    id: i32,
    name: String,
    #[load(prefetch)]
    books: Vec<BookTitle>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Book)]
pub struct BookTitle {
    pub(crate) id: i32,
    pub(crate) title: String,
    pub(crate) published: i32,
}

/// The structs of the guide's version.
pub(crate) mod guide {
    use super::*;

    #[derive(Queryable, Selectable, Identifiable)]
    #[diesel(table_name = authors)]
    pub struct Author {
        pub id: i32,
        pub name: String,
    }

    #[derive(Queryable, Selectable, Identifiable, Associations)]
    #[diesel(table_name = books, belongs_to(Author))]
    pub struct Book {
        pub id: i32,
        pub title: String,
        pub published: i32,
        pub author_id: i32,
    }
}

impl From<guide::Book> for BookTitle {
    fn from(guide::Book { id, title, published, .. }: guide::Book) -> Self {
        Self { id, title, published }
    }
}

/// Authors with their books.
pub struct HasMany;

impl Case for HasMany {
    const NAME: &'static str = "has-many";
    type Rows = Vec<AuthorWithBooks>;
    type Guide = Vec<(guide::Author, Vec<guide::Book>)>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        AuthorWithBooks::query().filter(authors::id.le(parents)).order(authors::id).load(conn)
    }

    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Guide> {
        let authors = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select(guide::Author::as_select())
            .load(conn)?;
        let books = guide::Book::belonging_to(&authors)
            .select(guide::Book::as_select())
            .load(conn)?
            .grouped_by(&authors);
        Ok(authors.into_iter().zip(books).collect())
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        conn.transaction(|conn| {
            let mut rows = authors::table
                .filter(authors::id.le(parents))
                .order(authors::id)
                .select((authors::id, authors::name))
                .load_iter::<(i32, String), _>(conn)?
                .map(|row| row.map(|(id, name)| AuthorWithBooks { id, name, books: Vec::new() }))
                .collect::<QueryResult<Vec<_>>>()?;
            let position: HashMap<i32, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
            let books = books::table
                .filter(InJson::new(books::author_id, rows.iter().map(|row| row.id)))
                .select((books::author_id, books::id, books::title, books::published))
                .load_iter::<(i32, i32, String, i32), _>(conn)?;
            // The books of an author come one after the other: the map is asked once for each author.
            let mut last = (0, 0);
            for book in books {
                let (author_id, id, title, published) = book?;
                if last.0 != author_id {
                    last = (author_id, position[&author_id]);
                }
                rows[last.1].books.push(BookTitle { id, title, published });
            }
            Ok(rows)
        })
    }

    fn rows(guide: Self::Guide) -> Self::Rows {
        guide
            .into_iter()
            .map(|(guide::Author { id, name }, books)| AuthorWithBooks {
                id,
                name,
                books: books.into_iter().map(BookTitle::from).collect(),
            })
            .collect()
    }

    fn sort(rows: &mut Self::Rows) {
        for row in rows {
            row.books.sort_by_key(|book| book.id);
        }
    }
}

on_servers! {
    [] HasMany, |parents, conn|
    upfront {
        conn.all(AuthorWithBooks::query().filter(authors::id.le(parents)).order(authors::id)).await
    }
    tuned {
        let query = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((authors::id, authors::name));
        let mut rows = Vec::new();
        conn.each(query, |(id, name): (i32, String)| {
            rows.push(AuthorWithBooks { id, name, books: Vec::new() });
        })
        .await?;
        let position: HashMap<i32, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
        let query = books::table
            .filter(books::author_id.eq_any(rows.iter().map(|row| row.id)))
            .select((books::author_id, books::id, books::title, books::published));
        let mut last = (0, 0);
        conn.each(query, |(author_id, id, title, published): (i32, i32, String, i32)| {
            if last.0 != author_id {
                last = (author_id, position[&author_id]);
            }
            rows[last.1].books.push(BookTitle { id, title, published });
        })
        .await?;
        Ok(rows)
    }
}
