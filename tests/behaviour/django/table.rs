//! The loops and the table: each row runs, and gives what plain queries of Diesel's give.

use std::error::Error;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use upfront::{LoggedQuery, QueryLog, RelationDsl, Requested, assert_num_queries, columns, load};

use super::example::*;
use super::readme::{Row, block, rows, without_space, without_spaces};
use crate::support::{Trace, sorted};

diesel::define_sql_function! { fn upper(text: Text) -> Text; }

type Outcome = Result<(), Box<dyn Error>>;

/// What stands in the row of this number; an error where it is another code.
macro_rules! code {
    ($number:literal, $($code:tt)*) => {{
        Row::numbered($number).shows(stringify!($($code)*));
        $($code)*
    }};
}

/// What the query in the row of this number loads; an error where it runs other SQL.
macro_rules! load_row {
    ($number:literal, $conn:ident, $($query:tt)*) => {{
        let trace = Trace::of($conn);
        let rows = code!($number, $($query)*).load($conn)?;
        Row::numbered($number).runs(&trace.sql());
        rows
    }};
}

/// The names and titles of rows with both.
macro_rules! shelves {
    ($authors:expr, $books:ident) => {
        sorted($authors.iter().map(|author| {
            let titles = author.$books.iter().map(|book| book.title.clone());
            (author.name.clone(), sorted(titles))
        }))
    };
}

fn day(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

/// More than the README has: an author without books, one with three, and books of the year in question.
fn books_and_authors() -> SqliteConnection {
    let mut conn = library();
    let more = "
        INSERT INTO authors VALUES (3, 'Nobody', 'none', 1), (4, 'Ann', 'some', NULL);
        INSERT INTO books VALUES (4, 'Atlas', 1.5, '2026-01-01', 4), (5, 'Bones', 2.25, '2026-12-31', 4),
            (6, 'Comet', 4.0, '2027-01-01', 4), (7, 'Dunes', 8.0, '2025-12-31', 1);
        INSERT INTO tags VALUES (2, 'novel');
        INSERT INTO book_tags VALUES (2, 2), (3, 2), (4, 1);
    ";
    conn.batch_execute(more).unwrap();
    conn
}

/// Each author's name, with the titles that a query for each author finds.
fn titles_by_author(
    conn: &mut SqliteConnection,
    titles_of: impl Fn(i32, &mut SqliteConnection) -> QueryResult<Vec<String>>,
) -> QueryResult<Vec<(String, Vec<String>)>> {
    let authors: Vec<(i32, String)> =
        authors::table.select((authors::id, authors::name)).load(conn)?;
    let with_titles = |(id, name)| Ok((name, sorted(titles_of(id, conn)?)));
    Ok(sorted(authors.into_iter().map(with_titles).collect::<QueryResult<Vec<_>>>()?))
}

fn all_titles(id: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<String>> {
    books::table.filter(books::author_id.eq(id)).select(books::title).load(conn)
}

/// The title of each book and the name of its author.
fn titles_and_names(conn: &mut SqliteConnection) -> QueryResult<Vec<(String, String)>> {
    let authors = authors::table.on(authors::id.eq(books::author_id));
    let rows = books::table.inner_join(authors).select((books::title, authors::name)).load(conn)?;
    Ok(sorted(rows))
}

#[test]
fn each_row_is_tested() {
    let tests = without_space(include_str!("table.rs"));
    for number in 1..=rows() {
        let runs = [format!("load_row!({number},"), format!("code!({number},")];
        let tested = runs.iter().any(|run| tests.contains(run));
        // The first is what does not compile.
        assert!(tested || number == 1, "row {number} is not tested");
    }
    assert!(rows() > 20);
}

#[test]
fn the_loops() -> Outcome {
    let conn = &mut books_and_authors();
    let trace = Trace::of(conn);
    let mut lines = Vec::new();
    macro_rules! println {
        ($($line:tt)*) => { lines.push(format!($($line)*)) };
    }
    macro_rules! code {
        ($($code:tt)*) => {
            assert_eq!(without_space(stringify!($($code)*)), without_space(block("rs", "for")));
            $($code)*
        };
    }

    code! {
        for book in load!(Book { title, join author { name } }).load(conn)? {
            println!("{} {}", book.title, book.author.name);
        }
        for author in load!(Author { prefetch books { title } }).load(conn)? {
            for book in &author.books {
                println!("{}", book.title);
            }
        }
    }

    let queries = trace.sql().len();
    assert_eq!(queries, 1 + 2);
    let pairs = titles_and_names(conn)?;
    let first = pairs.iter().map(|(title, name)| format!("{title} {name}"));
    let second = pairs.iter().map(|(title, _)| title.clone());
    assert_eq!(sorted(lines), sorted(first.chain(second)));
    Ok(())
}

#[test]
fn the_loop_with_a_query_for_each_row() {
    let case = include_str!("../../ui/loads/a_relation_in_a_loop_that_was_not_loaded.rs");
    let message = include_str!("../../ui/loads/a_relation_in_a_loop_that_was_not_loaded.stderr");
    let (_, code) = case.split_once("QueryResult<()> {").unwrap();
    let (code, _) = code.split_once("Ok(())").unwrap();
    Row::numbered(1).shows(code);
    assert!(message.contains("no field `author`"));
}

#[test]
fn assert_num_queries() -> Outcome {
    let conn = &mut books_and_authors();
    let log = QueryLog::attach(conn)?;
    let authors = code!(
        2,
        assert_num_queries!(conn, 2, {
            load!(Author { name, prefetch books { title } }).load(conn)?
        })
    );
    let queries = log.queries().into_iter().filter(LoggedQuery::is_counted);
    let sql: Vec<String> = queries.map(|query| query.sql().to_owned()).collect();
    Row::numbered(2).runs(&sql);
    assert_eq!(shelves!(authors, books), titles_by_author(conn, all_titles)?);
    Ok(())
}

#[test]
fn select_related() -> Outcome {
    let conn = &mut books_and_authors();
    let books = load_row!(3, conn, load!(Book { title, join author { name } }));
    let books = sorted(books.into_iter().map(|book| (book.title, book.author.name)));
    assert_eq!(books, titles_and_names(conn)?);
    Ok(())
}

#[test]
fn select_related_of_a_chain() -> Outcome {
    let conn = &mut books_and_authors();
    let books =
        load_row!(4, conn, load!(Book { title, join author { name, join publisher { name } } }));
    let books = sorted(books.into_iter().map(|book| {
        (book.title, book.author.name, book.author.publisher.map(|publisher| publisher.name))
    }));
    let plain: Vec<(String, String, Option<String>)> = books::table
        .inner_join(authors::table.on(authors::id.eq(books::author_id)))
        .left_join(publishers::table.on(publishers::id.nullable().eq(authors::publisher_id)))
        .select((books::title, authors::name, publishers::name.nullable()))
        .load(conn)?;
    assert_eq!(books, sorted(plain));
    Ok(())
}

#[test]
fn prefetch_related() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(5, conn, load!(Author { name, prefetch books { title } }));
    assert_eq!(shelves!(authors, books), titles_by_author(conn, all_titles)?);
    Ok(())
}

#[test]
fn a_prefetch_object() -> Outcome {
    let conn = &mut books_and_authors();
    let (first_day, last_day) = (day("2026-01-01"), day("2026-12-31"));
    let authors = load_row!(
        6,
        conn,
        load!(Author { name, prefetch books.filter(books::published.between(first_day, last_day)) { title } })
    );
    let plain = titles_by_author(conn, |id, conn| {
        let of_the_year = books::published.ge(first_day).and(books::published.le(last_day));
        let books = books::table.filter(books::author_id.eq(id)).filter(of_the_year);
        books.select(books::title).load(conn)
    })?;
    assert_eq!(shelves!(authors, books), plain);
    assert!(plain.contains(&("Ann".to_owned(), vec!["Atlas".to_owned(), "Bones".to_owned()])));
    Ok(())
}

#[test]
fn a_count() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(7, conn, load!(Author { *, annotate books.count() as book_count }));
    let found = authors
        .into_iter()
        .map(|author| (author.id, author.name, author.bio, author.publisher_id, author.book_count));
    let plain: Vec<(i32, String, String, Option<i32>)> = authors::table.load(conn)?;
    let plain = plain.into_iter().map(|(id, name, bio, publisher_id)| {
        let books: i64 = books::table.filter(books::author_id.eq(id)).count().get_result(conn)?;
        Ok((id, name, bio, publisher_id, books))
    });
    assert_eq!(sorted(found), sorted(plain.collect::<QueryResult<Vec<_>>>()?));
    Ok(())
}

#[test]
fn only() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(8, conn, load!(Author { only(id, name) }));
    let plain: Vec<(i32, String)> =
        authors::table.select((authors::id, authors::name)).load(conn)?;
    let found = authors.into_iter().map(|author| (author.id, author.name));
    assert_eq!(sorted(found), sorted(plain));
    Ok(())
}

#[test]
fn defer() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(9, conn, load!(Author { defer(bio) }));
    let plain: Vec<(i32, String, Option<i32>)> =
        authors::table.select((authors::id, authors::name, authors::publisher_id)).load(conn)?;
    let found = authors.into_iter().map(|author| (author.id, author.name, author.publisher_id));
    assert_eq!(sorted(found), sorted(plain));
    Ok(())
}

#[test]
fn a_prefetch_with_a_name() -> Outcome {
    let conn = &mut books_and_authors();
    let first_day = day("2026-01-01");
    let authors = load_row!(
        10,
        conn,
        load!(Author { name, prefetch books.filter(books::published.ge(first_day)) as recent { title } })
    );
    let plain = titles_by_author(conn, |id, conn| {
        let books = books::table.filter(books::author_id.eq(id));
        books.filter(books::published.ge(first_day)).select(books::title).load(conn)
    })?;
    assert_eq!(shelves!(authors, recent), plain);
    Ok(())
}

#[test]
fn some_of_each_parent() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(
        11,
        conn,
        load!(Author { name, prefetch books.order_by(books::published.desc()).limit(2) { title } })
    );
    let plain = titles_by_author(conn, |id, conn| {
        let books = books::table.filter(books::author_id.eq(id));
        books.order(books::published.desc()).limit(2).select(books::title).load(conn)
    })?;
    assert_eq!(shelves!(authors, books), plain);
    let ann = authors.iter().find(|author| author.name == "Ann").unwrap();
    assert_eq!([&*ann.books[0].title, &*ann.books[1].title], ["Comet", "Bones"]);
    Ok(())
}

#[test]
fn a_prefetch_of_a_prefetch() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(
        12,
        conn,
        load!(Author { name, prefetch books { title, prefetch tags { name } } })
    );
    assert_eq!(shelves!(authors, books), titles_by_author(conn, all_titles)?);
    let tags = authors
        .iter()
        .flat_map(|author| &author.books)
        .flat_map(|book| book.tags.iter().map(|tag| (book.title.clone(), tag.name.clone())));
    let plain: Vec<(String, String)> = book_tags::table
        .inner_join(books::table.on(books::id.eq(book_tags::book_id)))
        .inner_join(tags::table.on(tags::id.eq(book_tags::tag_id)))
        .select((books::title, tags::name))
        .load(conn)?;
    assert_eq!(sorted(tags), sorted(plain));
    Ok(())
}

#[test]
fn prefetch_related_to_one() -> Outcome {
    let conn = &mut books_and_authors();
    let books = load_row!(13, conn, load!(Book { title, prefetch author { name } }));
    let books = sorted(books.into_iter().map(|book| (book.title, book.author.name)));
    assert_eq!(books, titles_and_names(conn)?);
    Ok(())
}

#[test]
fn a_prefetch_where_it_is_asked_for() -> Outcome {
    let conn = &mut books_and_authors();
    for with_books in [true, false] {
        let trace = Trace::of(conn);
        let query = code!(14, load!(Author { name, prefetch books if with_books { title } }));
        let authors = query.load(conn)?;
        let row = Row::numbered(14);
        let found = authors.iter().map(|author| {
            let titles = match &author.books {
                Requested::Loaded(books) => {
                    Some(sorted(books.iter().map(|book| book.title.clone())))
                }
                Requested::NotRequested => None,
            };
            (author.name.clone(), titles)
        });
        let found = sorted(found);
        if with_books {
            row.runs(&trace.sql());
        } else {
            assert_eq!(without_spaces(&trace.sql()), row.statements()[..1]);
        }
        let plain = titles_by_author(conn, all_titles)?;
        let plain = plain.into_iter().map(|(name, titles)| (name, with_books.then_some(titles)));
        assert_eq!(found, sorted(plain));
    }
    Ok(())
}

#[test]
fn sums_and_averages() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(
        15,
        conn,
        load!(Author {
            name,
            annotate books.avg(books::price) as mean,
            annotate books.sum(books::price).default(0.0) as total
        })
    );
    assert_eq!(authors.len(), 4);
    for author in authors {
        let of_the_author = authors::name.eq(&author.name);
        let books = books::table
            .inner_join(authors::table.on(authors::id.eq(books::author_id)))
            .filter(of_the_author);
        let prices: Vec<f64> = books.select(books::price).load(conn)?;
        let total: f64 = prices.iter().sum();
        assert_eq!(author.total, total);
        assert_eq!(author.mean, (!prices.is_empty()).then(|| total / prices.len() as f64));
    }
    Ok(())
}

#[test]
fn whether_there_is_one() -> Outcome {
    let conn = &mut books_and_authors();
    let first_day = day("2026-01-01");
    let authors = load_row!(
        16,
        conn,
        load!(Author { name, annotate books.any(books::published.ge(first_day)) as active })
    );
    let active = authors.into_iter().filter(|author| author.active).map(|author| author.name);
    let plain: Vec<String> = books::table
        .inner_join(authors::table.on(authors::id.eq(books::author_id)))
        .filter(books::published.ge(first_day))
        .select(authors::name)
        .distinct()
        .load(conn)?;
    assert_eq!(sorted(active), sorted(plain));
    Ok(())
}

#[test]
fn a_function() -> Outcome {
    let conn = &mut books_and_authors();
    let authors =
        load_row!(17, conn, load!(Author { name, annotate upper(authors::name) as loud }));
    let plain: Vec<(String, String)> =
        authors::table.select((authors::name, upper(authors::name))).load(conn)?;
    let found = authors.into_iter().map(|author| (author.name, author.loud));
    assert_eq!(sorted(found), sorted(plain));
    Ok(())
}

/// The names of the authors with a book called `Emma`, or of those without.
fn by_emma(conn: &mut SqliteConnection, with: bool) -> QueryResult<Vec<String>> {
    let writers: Vec<i32> =
        books::table.filter(books::title.eq("Emma")).select(books::author_id).load(conn)?;
    let authors: Vec<(i32, String)> =
        authors::table.select((authors::id, authors::name)).load(conn)?;
    let named = authors.into_iter().filter(|(id, _)| writers.contains(id) == with);
    Ok(sorted(named.map(|(_, name)| name)))
}

#[test]
fn filters_by_relations() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(
        18,
        conn,
        load!(Author { name }).filter(author::books.any(books::title.eq("Emma")))
    );
    assert_eq!(sorted(authors.into_iter().map(|author| author.name)), by_emma(conn, true)?);
    let authors = load_row!(
        19,
        conn,
        load!(Author { name }).filter(author::books.none(books::title.eq("Emma")))
    );
    assert_eq!(sorted(authors.into_iter().map(|author| author.name)), by_emma(conn, false)?);
    Ok(())
}

#[test]
fn a_filter_by_what_is_joined() -> Outcome {
    let conn = &mut books_and_authors();
    let books = load_row!(
        20,
        conn,
        load! { struct BookLine: Book { title, join author { name } } }
        BookLine::query().filter(BookLine::author.field(authors::name).eq("Jane"))
    );
    let mut plain = titles_and_names(conn)?;
    plain.retain(|(_, name)| name == "Jane");
    let books = books.into_iter().map(|book| (book.title, book.author.name));
    assert_eq!(sorted(books), plain);
    Ok(())
}

#[test]
fn prefetch_related_objects() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load!(Author { id, name }).load(conn)?;
    let trace = Trace::of(conn);
    let books = code!(
        21,
        load! { #[derive(Clone)] struct BookTitle: Book { title } }
        author::books.load_onto::<BookTitle>(&authors, conn)?
    );
    Row::numbered(21).runs(&trace.sql());
    let found = authors.iter().zip(&books).map(|(author, books)| {
        (author.name.clone(), sorted(books.iter().map(|book| book.title.clone())))
    });
    assert_eq!(sorted(found), titles_by_author(conn, all_titles)?);
    Ok(())
}

#[test]
fn an_iterator() -> Outcome {
    let conn = &mut books_and_authors();
    let trace = Trace::of(conn);
    let mut lines = Vec::new();
    macro_rules! println {
        ($($line:tt)*) => { lines.push(format!($($line)*)) };
    }
    code!(
        22,
        for authors in load!(Author { name, prefetch books { title } }).load_chunks(1_000, conn) {
            for author in authors? {
                println!("{}", author.name);
            }
        }
    );
    Row::numbered(22).runs(&trace.sql());
    let plain: Vec<String> = authors::table.order(authors::id).select(authors::name).load(conn)?;
    assert_eq!(lines, plain);
    Ok(())
}

#[test]
fn columns_of_a_plain_query() -> Outcome {
    let conn = &mut books_and_authors();
    let authors = load_row!(23, conn, authors::table.select(columns!(Author { only(id, name) })));
    let plain: Vec<(i32, String)> =
        authors::table.select((authors::id, authors::name)).load(conn)?;
    assert_eq!(
        authors.into_iter().map(|author| (author.id, author.name)).collect::<Vec<_>>(),
        plain
    );
    Ok(())
}
