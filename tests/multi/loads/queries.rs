//! Expressions of relations, and what else a query can do.

use diesel::prelude::*;
use models::*;
use upfront::{LoadSpec, RelationDsl};

use crate::Place;

tests! {
    aggregates, conditions, refined_at_run_time, boxed_queries, loaded_onto, an_iterator,
    inside_a_transaction, the_same_query_again,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author)]
struct Figures {
    name: String,
    #[load(annotate = books.count())]
    books: i64,
    #[load(annotate = books.max(books::year))]
    latest: Option<i32>,
    #[load(annotate = reviews.filter(reviews::stars.ge(3)).count())]
    good: i64,
    #[load(annotate = books.filter(books::year.gt(2000)).exists())]
    modern: bool,
}

fn aggregates(place: &Place) {
    let figures = Figures::query().order(authors::id).load(&mut place.connect()).unwrap();
    let row = |name: &str, books, latest, good, modern| Figures {
        name: name.into(),
        books,
        latest: Some(latest),
        good,
        modern,
    };
    let expected = [
        row("Ursula", 2, 2008, 2, true),
        row("Jane", 2, 1817, 1, false),
        row("Mary", 1, 1818, 0, false),
    ];
    assert_eq!(figures, expected);
}

#[derive(LoadSpec, Clone)]
#[load(Book)]
struct Title {
    title: String,
}

fn titles(books: &[Title]) -> Vec<&str> {
    books.iter().map(|book| book.title.as_str()).collect()
}

fn conditions(place: &Place) {
    let conn = &mut place.connect();
    let spacey = Title::query().filter(book::tags.any(tags::name.eq("space"))).load(conn).unwrap();
    assert_eq!(titles(&spacey), ["Rocannon"]);
    let names: Vec<String> = authors::table
        .filter(author::reviews.any(reviews::stars.lt(3)))
        .order(authors::name)
        .select(authors::name)
        .load(conn)
        .unwrap();
    assert_eq!(names, ["Mary", "Ursula"]);
}

#[derive(LoadSpec)]
#[load(Author)]
struct Shelf {
    #[load(prefetch)]
    books: Vec<Title>,
}

fn refined_at_run_time(place: &Place) {
    let title = String::from("Emma");
    let jane = Shelf::query()
        .find(2)
        .prefetch(Shelf::books, |books| {
            books.filter(books::title.ne(&title)).order(books::year).limit(5)
        })
        .first(&mut place.connect())
        .unwrap();
    assert_eq!(titles(&jane.books), ["Persuasion"]);
}

fn boxed_queries(place: &Place) {
    let conn = &mut place.connect();
    let mut counts: Vec<usize> = Vec::new();
    for limited in [true, false] {
        let mut query = Shelf::query().into_boxed().order(authors::id);
        if limited {
            query = query.filter(authors::name.eq("Ursula")).limit(1);
        }
        counts.push(query.load(conn).unwrap().iter().map(|shelf| shelf.books.len()).sum());
    }
    assert_eq!(counts, [2, 5]);
}

fn loaded_onto(place: &Place) {
    let conn = &mut place.connect();
    let authors = [3, 1].map(|id| Author {
        id,
        name: String::new(),
        publisher_id: None,
        country_code: String::new(),
    });
    let books = author::books.load_onto::<Title>(&authors, conn).unwrap();
    let counts: Vec<_> = books.iter().map(Vec::len).collect();
    assert_eq!(counts, [1, 2]);
    assert_eq!(titles(&books[0]), ["Frankenstein"]);
}

fn an_iterator(place: &Place) {
    let conn = &mut place.connect();
    let titles = Title::query().order(books::title).load_iter(conn).unwrap();
    let titles: Result<Vec<_>, _> = titles.map(|book| book.map(|book| book.title)).collect();
    assert_eq!(titles.unwrap(), ["Emma", "Frankenstein", "Lavinia", "Persuasion", "Rocannon"]);
}

fn inside_a_transaction(place: &Place) {
    let conn = &mut place.connect();
    let inside = conn.transaction(|conn| {
        diesel::insert_into(books::table)
            .values((
                books::id.eq(9),
                books::title.eq("Sanditon"),
                books::year.eq(1925),
                books::author_id.eq(2),
            ))
            .execute(conn)?;
        let jane = Shelf::query().find(2).first(conn)?;
        assert_eq!(jane.books.len(), 3);
        Err::<(), _>(diesel::result::Error::RollbackTransaction)
    });
    assert_eq!(inside, Err(diesel::result::Error::RollbackTransaction));
    assert_eq!(Shelf::query().find(2).first(conn).unwrap().books.len(), 2);
}

fn the_same_query_again(place: &Place) {
    let conn = &mut place.connect();
    // The list of keys is another each time, and the statement that is prepared must be, too.
    for (least, expected) in [(1, 5), (3, 1), (2, 3), (4, 0), (1, 5)] {
        let shelves = Shelf::query().filter(authors::id.ge(least)).load(conn).unwrap();
        assert_eq!(shelves.iter().map(|shelf| shelf.books.len()).sum::<usize>(), expected);
    }
}
