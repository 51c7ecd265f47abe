//! An N+1 in plain Diesel: how it is found at run time, how a test pins the number of queries, and what to write instead.

#![allow(missing_docs)]

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{Model, QueryLog, Scope, assert_num_queries, load};

#[cfg(test)]
mod tests;

type Result<T = (), E = Box<dyn Error>> = std::result::Result<T, E>;

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(authors, books);

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(has_many(books: Book))]
pub struct Author {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author))]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
}

/// A query for the books, and then one for the author of each.
fn list_by_hand(conn: &mut SqliteConnection) -> QueryResult<Vec<String>> {
    let mut lines = Vec::new();
    for (title, author_id) in books::table
        .select((books::title, books::author_id))
        .order(books::id)
        .load::<(String, i32)>(conn)?
    {
        let author = authors::table.find(author_id).select(authors::name);
        let author: String = author.first(conn)?;
        lines.push(format!("{title} by {author}"));
    }
    Ok(lines)
}

/// One query.
fn list(conn: &mut SqliteConnection) -> QueryResult<Vec<String>> {
    let books = load!(Book { title, join author { name } }).order(books::id).load(conn)?;
    Ok(books.iter().map(|book| format!("{} by {}", book.title, book.author.name)).collect())
}

fn main() -> Result {
    let conn = &mut library()?;
    println!("{}", report(conn)?);
    println!("{}\n", failing_assertion(conn));
    println!("{}", log(conn)?);
    println!("{}", plan(conn)?);
    Ok(())
}

/// What a scope finds in the list by hand.
fn report(conn: &mut SqliteConnection) -> Result<String> {
    let scope = Scope::new("list of books");
    let _watching = scope.watch(conn)?;
    list_by_hand(conn)?;
    Ok(scope.report().to_string())
}

/// What a test says that pins the number of queries of the list by hand.
fn failing_assertion(conn: &mut SqliteConnection) -> String {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let panic = catch_unwind(AssertUnwindSafe(|| -> Result {
        let lines = assert_num_queries!(conn, 2, { list_by_hand(conn)? });
        assert_eq!(lines.len(), 100);
        Ok(())
    }));
    set_hook(hook);
    let panic = panic.expect_err("there are more books than that");
    panic.downcast_ref::<String>().expect("the panic has a text").clone()
}

/// The queries of the list.
fn log(conn: &mut SqliteConnection) -> Result<String> {
    let log = QueryLog::attach(conn)?;
    let lines = assert_num_queries!(conn, 1, { list(conn)? });
    assert_eq!(lines[0], "book 1 by author 1");
    Ok(log.to_string())
}

/// What the database would do for a load, before anybody waits for it.
fn plan(conn: &mut SqliteConnection) -> Result<String> {
    Ok(load!(Author { name, prefetch books { title } }).explain(conn)?.to_string())
}

/// A hundred books by a hundred authors.
fn library() -> Result<SqliteConnection> {
    let mut conn = SqliteConnection::establish(":memory:")?;
    conn.batch_execute(
        "CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
         WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100)
         INSERT INTO authors SELECT i, 'author ' || i FROM n;
         INSERT INTO books SELECT id, 'book ' || id, id FROM authors;",
    )?;
    Ok(conn)
}
