//! Authors with their five newest books.

use std::cmp::Reverse;
use std::collections::HashMap;

use diesel::mysql::Mysql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Integer, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};
use upfront::LoadSpec;

use crate::case::Case;
use crate::has_many::{BookTitle, guide};
use crate::in_json;
use crate::schema::{Author, authors, books};
use crate::servers::on_servers;
use crate::servers::run::Run as _;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 2)]
pub struct AuthorWithNewest {
    id: i32,
    name: String,
    #[load(prefetch = books, order_by = books::published.desc(), limit = 5)]
    newest: Vec<BookTitle>,
}

/// The five newest books of each author: author by author, but those of one author in any order.
///
/// A list of ids for each author takes less than a window function over all of their books, which ranks also those
/// that are not wanted.
#[derive(QueryId)]
pub(crate) struct Newest {
    authors: String,
}

impl Newest {
    pub(crate) fn of(authors: impl ExactSizeIterator<Item = i32>) -> Self {
        Self { authors: in_json::array(authors) }
    }
}

impl Query for Newest {
    /// The author, and what [`BookTitle`] has.
    type SqlType = (Integer, Integer, Text, Integer);
}

impl<Conn> RunQueryDsl<Conn> for Newest {}

impl QueryFragment<Sqlite> for Newest {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql(
            "SELECT books.author_id, books.id, books.title, books.published FROM json_each(",
        );
        out.push_bind_param::<Text, str>(&self.authors)?;
        out.push_sql(
            ") AS author CROSS JOIN books ON books.id IN (
                SELECT id FROM books WHERE author_id = author.value ORDER BY published DESC, id LIMIT 5
            )",
        );
        Ok(())
    }
}

/// The order of the newest books. They come by their ids, and what it holds equal stays as it is.
pub(crate) fn newest_first(book: &BookTitle) -> Reverse<i32> {
    Reverse(book.published)
}

/// Authors with their five newest books, where an index has the author alone; or, if `INDEXED`, the date too.
pub struct TopFive<const INDEXED: bool>;

impl<const INDEXED: bool> Case for TopFive<INDEXED> {
    const NAME: &'static str = if INDEXED { "top five, indexed" } else { "top five" };
    type Rows = Vec<AuthorWithNewest>;
    type Guide = Vec<(guide::Author, Vec<guide::Book>)>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        AuthorWithNewest::query().filter(authors::id.le(parents)).order(authors::id).load(conn)
    }

    /// The guides have no limit for each parent: all books are loaded, and five of each author are kept.
    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Guide> {
        let authors = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select(guide::Author::as_select())
            .load(conn)?;
        let books = guide::Book::belonging_to(&authors)
            .order((books::published.desc(), books::id))
            .select(guide::Book::as_select())
            .load(conn)?
            .grouped_by(&authors)
            .into_iter()
            .map(|mut books| {
                books.truncate(5);
                books
            });
        Ok(authors.into_iter().zip(books).collect())
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        conn.transaction(|conn| {
            let mut rows = authors::table
                .filter(authors::id.le(parents))
                .order(authors::id)
                .select((authors::id, authors::name))
                .load_iter::<(i32, String), _>(conn)?
                .map(|row| row.map(|(id, name)| AuthorWithNewest { id, name, newest: Vec::new() }))
                .collect::<QueryResult<Vec<_>>>()?;
            let position: HashMap<i32, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
            let books = Newest::of(rows.iter().map(|row| row.id))
                .load_iter::<(i32, i32, String, i32), _>(conn)?;
            let mut last = (0, 0);
            for book in books {
                let (author_id, id, title, published) = book?;
                if last.0 != author_id {
                    last = (author_id, position[&author_id]);
                }
                rows[last.1].newest.push(BookTitle { id, title, published });
            }
            for row in &mut rows {
                row.newest.sort_by_key(newest_first);
            }
            Ok(rows)
        })
    }

    fn rows(guide: Self::Guide) -> Self::Rows {
        guide
            .into_iter()
            .map(|(guide::Author { id, name }, books)| AuthorWithNewest {
                id,
                name,
                newest: books.into_iter().map(BookTitle::from).collect(),
            })
            .collect()
    }
}

/// The five newest books of each author on a server, author by author, each author's in their order.
#[derive(QueryId)]
pub(crate) struct NewestOf {
    pub(crate) authors: Vec<i32>,
}

impl Query for NewestOf {
    type SqlType = (Integer, Integer, Text, Integer);
}

impl<Conn> RunQueryDsl<Conn> for NewestOf {}

impl QueryFragment<Pg> for NewestOf {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT author.id, book.id, book.title, book.published FROM unnest(");
        out.push_bind_param::<Array<Integer>, Vec<i32>>(&self.authors)?;
        out.push_sql(
            ") AS author (id) CROSS JOIN LATERAL (
                SELECT id, title, published FROM books WHERE author_id = author.id
                ORDER BY published DESC, id LIMIT 5
            ) AS book",
        );
        Ok(())
    }
}

impl QueryFragment<Mysql> for NewestOf {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql(
            "SELECT ranked.author_id, books.id, books.title, books.published FROM (
                SELECT id, author_id, ROW_NUMBER() OVER (PARTITION BY author_id ORDER BY published DESC, id) AS n
                FROM books WHERE author_id IN (",
        );
        for (i, author) in self.authors.iter().enumerate() {
            out.push_sql(if i > 0 { ", " } else { "" });
            out.push_bind_param::<Integer, i32>(author)?;
        }
        out.push_sql(
            ")) AS ranked INNER JOIN books ON books.id = ranked.id WHERE ranked.n <= 5
            ORDER BY ranked.author_id, ranked.n",
        );
        Ok(())
    }
}

on_servers! {
    [const INDEXED: bool] TopFive<INDEXED>, |parents, conn|
    upfront {
        conn.all(AuthorWithNewest::query().filter(authors::id.le(parents)).order(authors::id)).await
    }
    tuned {
        let query = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((authors::id, authors::name));
        let mut rows = Vec::new();
        conn.each(query, |(id, name): (i32, String)| {
            rows.push(AuthorWithNewest { id, name, newest: Vec::new() });
        })
        .await?;
        let position: HashMap<i32, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
        let query = NewestOf { authors: rows.iter().map(|row| row.id).collect() };
        let mut last = (0, 0);
        conn.each(query, |(author_id, id, title, published): (i32, i32, String, i32)| {
            if last.0 != author_id {
                last = (author_id, position[&author_id]);
            }
            rows[last.1].newest.push(BookTitle { id, title, published });
        })
        .await?;
        Ok(rows)
    }
}
