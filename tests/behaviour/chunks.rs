//! Rows in chunks.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error;
use upfront::{LoadSpec, Model};

use crate::library::*;
use crate::support::{Trace, database};

/// A library whose authors are numbered from 1 to `count`, and each has as many books as the last digit of its number.
fn with_authors(count: i32) -> SqliteConnection {
    let mut conn = database(SCHEMA);
    conn.batch_execute(&format!(
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         INSERT INTO authors SELECT i, 'author ' || i, NULL, NULL FROM n WHERE i <= {count};
         WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9)
         INSERT INTO books (title, author_id) SELECT 'book ' || i, id FROM authors JOIN n ON i <= id % 10;"
    ))
    .unwrap();
    conn
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author)]
struct Counted {
    name: String,
    #[load(prefetch, order_by = books::title)]
    books: Vec<Title>,
}

#[test]
fn chunks_have_all_rows_once_with_what_belongs_to_them() {
    for (count, size) in [(0, 3), (1, 3), (3, 3), (4, 3), (25, 7), (10, 1), (10, 100)] {
        let conn = &mut with_authors(count);
        let whole = Counted::query().order(authors::id).load(conn).unwrap();
        let chunks: Vec<Vec<Counted>> =
            Counted::query().load_chunks(size, conn).collect::<QueryResult<_>>().unwrap();
        let lengths: Vec<_> = chunks.iter().map(Vec::len).collect();
        let (full, rest) = (count as usize / size, count as usize % size);
        let expected = std::iter::repeat_n(size, full).chain((rest > 0).then_some(rest));
        assert_eq!(lengths, expected.collect::<Vec<_>>());
        assert!(chunks.into_iter().flatten().eq(whole), "{count} rows in chunks of {size}");
    }
}

#[test]
fn each_chunk_runs_the_queries_of_the_spec_in_one_transaction() {
    let conn = &mut with_authors(25);
    let trace = Trace::of(conn);
    assert_eq!(Counted::query().load_chunks(10, conn).count(), 3);
    assert_eq!(trace.sql().len(), 3 * Counted::QUERIES);
    assert_eq!(Counted::query().load_chunks(10, conn).count(), 3);
    assert_eq!(trace.transactions().len(), 3 * 2);
}

#[test]
fn a_chunk_is_loaded_when_it_is_asked_for() {
    let conn = &mut with_authors(25);
    let trace = Trace::of(conn);
    let mut chunks = Counted::query().load_chunks(10, conn);
    assert_eq!(trace.sql().len(), 0);
    chunks.next().unwrap().unwrap();
    assert_eq!(trace.sql().len(), 2);
}

#[test]
fn filters_joins_and_refinements_hold_in_every_chunk() {
    let conn = &mut with_authors(40);
    let (least, title) = (5, String::from("book 2"));
    let chunks = Counted::query()
        .filter(authors::id.gt(least))
        .or_filter(authors::id.eq(1))
        .prefetch(Counted::books, |books| books.filter(books::title.le(&title)).limit(1))
        .load_chunks(9, conn);
    let authors: Vec<_> = chunks.flat_map(|chunk| chunk.unwrap()).collect();
    assert_eq!(authors.len(), 36);
    assert_eq!(authors[0].name, "author 1");
    for (author, number) in authors.iter().zip(std::iter::once(1).chain(6..)) {
        assert_eq!(author.name, format!("author {number}"));
        assert_eq!(author.books.len(), usize::from(number % 10 > 0));
    }
}

#[test]
fn rows_that_come_and_go_meanwhile_move_no_other() {
    let conn = &mut with_authors(6);
    let mut chunks = Counted::query().load_chunks(2, conn);
    let names = |chunk: Option<QueryResult<Vec<Counted>>>| -> Vec<String> {
        chunk.unwrap().unwrap().into_iter().map(|author| author.name).collect()
    };
    assert_eq!(names(chunks.next()), ["author 1", "author 2"]);
    drop(chunks);

    // An iterator holds the connection, so others write through their own: here the next chunks are asked for anew.
    conn.batch_execute("DELETE FROM authors WHERE id IN (1, 3)").unwrap();
    let mut chunks = Counted::query().filter(authors::id.gt(2)).load_chunks(2, conn);
    assert_eq!(names(chunks.next()), ["author 4", "author 5"]);
    assert_eq!(names(chunks.next()), ["author 6"]);
    assert!(chunks.next().is_none());
}

#[test]
fn composite_and_text_keys_have_an_order_too() {
    diesel::table! { seats (row, number) { row -> Text, number -> Integer, guest -> Nullable<Text> } }

    #[derive(Model)]
    #[diesel(table_name = seats, primary_key(row, number))]
    struct Seat {
        row: String,
        number: i32,
        guest: Option<String>,
    }

    #[derive(LoadSpec)]
    #[load(Seat)]
    struct Guest {
        guest: Option<String>,
    }

    let conn = &mut database(
        "CREATE TABLE seats (row TEXT NOT NULL, number INTEGER NOT NULL, guest TEXT, PRIMARY KEY (row, number));
         INSERT INTO seats VALUES ('b', 1, 'Di'), ('a', 2, 'Bo'), ('a', 10, 'Cy'), ('b', 3, NULL), ('a', 1, 'Al');",
    );
    let chunks: Vec<Vec<Option<String>>> = Guest::query()
        .load_chunks(2, conn)
        .map(|chunk| chunk.unwrap().into_iter().map(|seat| seat.guest).collect())
        .collect();
    let guest = |name: &str| Some(name.to_owned());
    let expected = [vec![guest("Al"), guest("Bo")], vec![guest("Cy"), guest("Di")], vec![None]];
    assert_eq!(chunks, expected);
}

#[test]
fn a_chunk_of_no_rows_is_an_error_and_the_last() {
    let conn = &mut with_authors(3);
    let mut chunks = Counted::query().load_chunks(0, conn);
    let Some(Err(Error::QueryBuilderError(error))) = chunks.next() else {
        panic!("chunks of no rows never end");
    };
    assert_eq!(error.to_string(), "`load_chunks` cannot load chunks of 0 rows");
    assert!(chunks.next().is_none());
}

#[test]
fn after_an_error_there_are_no_more_chunks() {
    #[derive(LoadSpec)]
    #[load(Book)]
    struct Written {
        title: String,
        #[load(prefetch)]
        author: AuthorName,
    }

    let conn = &mut with_authors(12);
    conn.batch_execute("DELETE FROM authors WHERE id = 2").unwrap();
    let mut chunks = Written::query().load_chunks(1, conn);
    assert!(chunks.next().unwrap().is_ok());
    assert!(chunks.next().unwrap().is_err());
    assert!(chunks.next().is_none());
    drop(chunks);
    assert_eq!(Title::query().count().get_result(conn), Ok(45 + 3));
}
