//! Shows that `load_chunks` holds no more of 1,000,000 parents than of 10,000.
#![allow(missing_docs)]

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_benches::memory::{self, Counting};
use upfront_benches::schema::{Author, Book, authors};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const SIZE: usize = 1_000;

#[derive(LoadSpec)]
#[load(Author, max_queries = 2)]
struct Shelf {
    id: i32,
    #[load(prefetch)]
    books: Vec<Title>,
}

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

fn main() {
    // `cargo test --all-targets` runs this without `--bench`: then fewer parents must do.
    let measured = std::env::args().any(|arg| arg == "--bench");
    let (few, many) = (10_000, if measured { 1_000_000 } else { 50_000 });
    let conn = &mut filled(many);

    let of_few = memory::peak(|| walk(few, conn));
    let of_many = memory::peak(|| walk(many, conn));
    if measured {
        let at_once = memory::peak(|| Shelf::query().load(conn).expect("all authors are loaded"));
        println!("| parents | loaded | peak |");
        println!("| ---: | --- | ---: |");
        for (parents, how, peak) in
            [(few, "in chunks", of_few), (many, "in chunks", of_many), (many, "at once", at_once)]
        {
            println!("| {parents} | {how} | {} KB |", peak / 1_000);
        }
    }
    // The keys of later authors have more digits in the list that is sent.
    assert!(of_many < of_few + of_few / 20, "{of_many} bytes for {many}, {of_few} for {few}");
}

/// A database with so many authors of two books each.
fn filled(count: i32) -> SqliteConnection {
    let mut conn =
        SqliteConnection::establish(":memory:").expect("SQLite opens a database in memory");
    conn.batch_execute(&format!(
        "CREATE TABLE authors (id INTEGER PRIMARY KEY);
        CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
        WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        INSERT INTO authors SELECT i FROM n;
        INSERT INTO books SELECT id * 2 + n, printf('Volume %d of author %7d', n, id), id
        FROM authors JOIN (SELECT 0 AS n UNION ALL SELECT 1);
        CREATE INDEX books_author ON books (author_id);"
    ))
    .expect("the database is filled");
    conn
}

/// Loads so many authors in chunks, each of which is dropped before the next.
fn walk(count: i32, conn: &mut SqliteConnection) {
    let chunks = Shelf::query().filter(authors::id.le(count)).load_chunks(SIZE, conn);
    let mut seen = 0;
    for chunk in chunks {
        for shelf in chunk.expect("a chunk is loaded") {
            seen += 1;
            assert_eq!(shelf.id, seen);
            assert!(shelf.books.iter().all(|book| book.title.starts_with("Volume ")));
            assert_eq!(shelf.books.len(), 2);
        }
    }
    assert_eq!(seen, count);
}
