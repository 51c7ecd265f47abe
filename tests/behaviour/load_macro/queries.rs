//! What can be done with the query that `load!` gives: all that can be done with one of a spec.

use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::load;

use crate::library::*;
use crate::support::{Event, Trace};

#[test]
fn filtered_ordered_and_cut() {
    let conn = &mut library();
    let query = load!(Author { name, prefetch books.order_by(books::id) { title } })
        .filter(authors::id.gt(1))
        .or_filter(authors::name.eq("Ann"))
        .order(authors::name.desc())
        .limit(2)
        .offset(1);
    let authors = query.load(conn).unwrap();
    let shown: Vec<_> = authors.iter().map(|row| (row.name.as_str(), row.books.len())).collect();
    assert_eq!(shown, [("Bob", 1), ("Ann", 2)]);
}

#[test]
fn first_and_find_and_count() {
    let conn = &mut library();
    let query = || load!(Author { name, prefetch books { title } });
    assert_eq!(query().order(authors::name.desc()).first(conn).unwrap().name, "Cyd");
    assert_eq!(query().find(2).get_result(conn).unwrap().books.len(), 1);
    assert!(query().find(9).first(conn).optional().unwrap().is_none());
    assert_eq!(query().filter(authors::id.gt(1)).count().get_result(conn), Ok(2));
    assert_eq!(query().get_results(conn).unwrap().len(), 3);
}

#[test]
fn boxed() {
    let conn = &mut library();
    for (id, expected) in [(None, 3), (Some(2), 1)] {
        let mut query = load!(Author { name, prefetch books { title } }).into_boxed::<Sqlite>();
        if let Some(id) = id {
            query = query.filter(authors::id.eq(id));
        }
        assert_eq!(query.load(conn).unwrap().len(), expected);
    }
    let least = 2;
    let boxed = load!(Author {
        prefetch books.into_boxed::<Sqlite>().filter(books::id.ge(least)).or_filter(books::id.eq(1)) { id },
    });
    let authors = boxed.order(authors::id).load(conn).unwrap();
    assert_eq!(authors[0].books.len(), 2);
}

#[test]
fn row_by_row_and_chunk_by_chunk() {
    let conn = &mut library();
    let rows =
        load!(Author { name, join publisher { name } }).order(authors::id).load_iter(conn).unwrap();
    let names: Vec<String> = rows.map(|row| row.unwrap().name).collect();
    assert_eq!(names, ["Ann", "Bob", "Cyd"]);
    let mut chunks = Vec::new();
    for chunk in load!(Author { name, prefetch books { title } }).load_chunks(2, conn) {
        chunks.push(chunk.unwrap().iter().map(|row| row.books.len()).collect::<Vec<_>>());
    }
    assert_eq!(chunks, [vec![2, 1], vec![0]]);
}

#[test]
fn in_a_transaction_that_is_a_snapshot() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    let authors = load!(Author { name, prefetch books { title } }).snapshot().load(conn).unwrap();
    assert_eq!(authors.len(), 3);
    let events = trace.take();
    assert!(matches!(events.first(), Some(Event::Begin(1))), "{events:?}");
}

#[test]
fn distinct_rows() {
    let conn = &mut library();
    let editors = load!(Book { editor_id }).distinct().order(books::editor_id).load(conn).unwrap();
    assert_eq!(
        editors.iter().map(|row| row.editor_id).collect::<Vec<_>>(),
        [None, Some(1), Some(2)]
    );
    let all = load!(Book { author_id }).distinct().order(books::author_id).load(conn).unwrap();
    assert_eq!(all.len(), 2);
}

#[test]
fn a_statement_is_prepared_once_whatever_the_values() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    for least in [1, 2] {
        let query = load!(Author {
            annotate authors::id.ge(least) as late,
            prefetch books.filter(books::id.ge(least)).limit(i64::from(least)) { title },
        });
        query.load(conn).unwrap();
    }
    assert_eq!(trace.cached().len(), 2);
}

#[test]
fn specs_that_are_there_in_a_place_of_the_query() {
    let conn = &mut library();
    let titles = |id| load!(Book { title }).filter(books::author_id.eq(id)).order(books::id);
    assert_eq!(titles(1).load(conn).unwrap().len(), 2);
    assert_eq!(titles(2).first(conn).unwrap().title, "Comet");
}
