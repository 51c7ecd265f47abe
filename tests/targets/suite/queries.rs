//! How a query is asked and run, and the errors that it ends with.

use targets::models::library::*;
use upfront::{MissingRow, TooManyRows};

use super::library::*;
use super::prelude::*;

tests![
    every_way_to_run_a_query,
    the_methods_of_a_query,
    a_boxed_query,
    three_levels_of_prefetches,
    distinct_rows,
    a_reusable_query_is_asked_with_borrowed_values,
    parameters_of_a_spec,
    no_rows_and_no_keys_run_no_further_query,
    a_missing_row_is_named,
    too_many_rows_of_a_has_one,
    a_negative_limit_is_an_error,
    an_error_of_the_database_comes_as_it_is,
];

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author, max_queries = 2)]
struct Shelf {
    name: String,
    #[load(prefetch, order_by = books::id)]
    books: Vec<Title>,
}

fn names(shelves: &[Shelf]) -> Vec<&str> {
    shelves.iter().map(|shelf| shelf.name.as_str()).collect()
}

async fn every_way_to_run_a_query() {
    let conn = &mut library().await;
    let shelves: Vec<Shelf> = Shelf::query().order(authors::id).load(conn).await.unwrap();
    assert_eq!(names(&shelves), ["Ann", "Bob", "Cyd"]);
    assert_eq!(shelves[0].books.len(), 2);
    let again: Vec<Shelf> = Shelf::query().order(authors::id).get_results(conn).await.unwrap();
    assert_eq!(again, shelves);
    let first: Shelf = Shelf::query().order(authors::name.desc()).first(conn).await.unwrap();
    assert_eq!(first, shelves[2]);
    let one: Shelf = Shelf::query().find(2).get_result(conn).await.unwrap();
    assert_eq!(one, shelves[1]);
    let none = Shelf::query().find(9).first(conn).await;
    assert_eq!(none, Err(diesel::result::Error::NotFound));
    let count: i64 = Shelf::query().count().get_result(conn).await.unwrap();
    assert_eq!(count, 3);
}

async fn the_methods_of_a_query() {
    let conn = &mut library().await;
    let shelves = Shelf::query()
        .filter(authors::name.ge("Bob"))
        .or_filter(authors::id.eq(1))
        .order(authors::name.desc())
        .limit(2)
        .offset(1)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(names(&shelves), ["Bob", "Ann"]);
    let shelves = Shelf::query().order(authors::id).offset(2).load(conn).await.unwrap();
    assert_eq!(names(&shelves), ["Cyd"]);
    let shelves = Shelf::query()
        .filter(author::books.any(book::tags.any(tags::name.eq("rust"))))
        .then_order_by(authors::id)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(names(&shelves), ["Ann"]);
    let shelves = Shelf::query()
        .filter(author::reviews.count().gt(0).and(author::profile.exists()))
        .order((author::edited.count().desc(), authors::id))
        .load(conn)
        .await
        .unwrap();
    assert_eq!(names(&shelves), ["Ann"]);
}

async fn a_boxed_query() {
    let conn = &mut library().await;
    for (least, most, expected) in [
        (None, None, vec!["Ann", "Bob", "Cyd"]),
        (Some("B"), None, vec!["Bob", "Cyd"]),
        (Some("B"), Some(1), vec!["Bob"]),
    ] {
        let mut query = Shelf::query().into_boxed::<Backend>().order(authors::id);
        if let Some(least) = least {
            query = query.filter(authors::name.ge(least));
        }
        if let Some(most) = most {
            query = query.limit(most);
        }
        let shelves = query.load(conn).await.unwrap();
        assert_eq!(names(&shelves), expected);
        assert!(shelves.iter().all(|shelf| shelf.name != "Bob" || shelf.books.len() == 1));
    }
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
struct Reviewed {
    title: String,
    #[load(prefetch, order_by = tags::name)]
    tags: Vec<Tagging>,
    #[load(prefetch, order_by = reviews::id)]
    reviews: Vec<Stars>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Tag)]
struct Tagging {
    name: String,
    #[load(prefetch, order_by = books::id.desc(), limit = 1)]
    books: Vec<Title>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Review)]
struct Stars {
    stars: i32,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author)]
struct Writer {
    name: String,
    #[load(prefetch, order_by = books::id)]
    books: Vec<Reviewed>,
    #[load(prefetch)]
    profile: Option<Photo>,
    #[load(prefetch, order_by = reviews::stars)]
    reviews: Vec<Stars>,
    #[load(prefetch, order_by = tags::name)]
    tags: Vec<TagName>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Profile)]
struct Photo {
    photo: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Publisher, max_queries = 10)]
struct Catalogue {
    #[load(prefetch, order_by = authors::name)]
    authors: Vec<Writer>,
    #[load(prefetch, order_by = books::title.desc(), limit = 1)]
    books: Vec<Title>,
}

async fn three_levels_of_prefetches() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let catalogues = Catalogue::query().order(publishers::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), Catalogue::QUERIES);
    let stars = |all: &[i32]| all.iter().map(|stars| Stars { stars: *stars }).collect::<Vec<_>>();
    let title = |title: &str| Title { title: title.to_owned() };
    let tag = |name: &str, book| Tagging { name: name.to_owned(), books: vec![title(book)] };
    let ann = Writer {
        name: "Ann".to_owned(),
        books: vec![
            Reviewed {
                title: "Atlas".to_owned(),
                tags: vec![tag("rust", "Atlas"), tag("sql", "Comet")],
                reviews: stars(&[5, 3]),
            },
            Reviewed { title: "Bones".to_owned(), tags: vec![], reviews: vec![] },
        ],
        profile: Some(Photo { photo: "ann.png".to_owned() }),
        reviews: stars(&[3, 5]),
        tags: ["rust", "sql"].map(|name| TagName { name: name.to_owned() }).to_vec(),
    };
    let cyd = Writer {
        name: "Cyd".to_owned(),
        books: vec![],
        profile: Some(Photo { photo: "cyd.png".to_owned() }),
        reviews: vec![],
        tags: vec![],
    };
    let expected = [
        Catalogue { authors: vec![ann], books: vec![title("Bones")] },
        Catalogue { authors: vec![cyd], books: vec![] },
    ];
    assert_eq!(catalogues, expected);
}

#[derive(LoadSpec, Debug)]
#[load(Publisher)]
struct Names {
    #[load(prefetch = authors)]
    all: Vec<AuthorName>,
    #[load(prefetch = authors)]
    distinct: Vec<AuthorName>,
}

async fn distinct_rows() {
    let conn = &mut library().await;
    run("INSERT INTO authors VALUES (4, 'Ann', NULL, 1), (5, 'Zoe', NULL, 1)", conn).await.unwrap();
    let publisher = Names::query()
        .prefetch(Names::distinct, |authors| authors.distinct())
        .find(1)
        .first(conn)
        .await
        .unwrap();
    let names = |authors: &[AuthorName]| sorted(authors.iter().map(|author| author.name.clone()));
    assert_eq!(names(&publisher.all), ["Ann", "Ann", "Zoe"]);
    assert_eq!(names(&publisher.distinct), ["Ann", "Zoe"]);
    let all = AuthorName::query().distinct().order(authors::name).load(conn).await.unwrap();
    assert_eq!(names(&all), ["Ann", "Bob", "Cyd", "Zoe"]);
}

async fn a_reusable_query_is_asked_with_borrowed_values() {
    let conn = &mut library().await;
    let (name, title) = (String::from("B"), String::from("C"));
    let shelves = Shelf::query()
        .filter(authors::name.lt(&name).or(authors::name.eq_any([&name, "Bob"])))
        .prefetch(Shelf::books, |books| books.filter(books::title.lt(title.as_str())).limit(1))
        .order(authors::id)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(names(&shelves), ["Ann", "Bob"]);
    let lengths: Vec<usize> = shelves.iter().map(|shelf| shelf.books.len()).collect();
    assert_eq!(lengths, [1, 0]);
    drop((name, title));
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Book, params(least: i32))]
struct Liked {
    title: String,
    #[load(annotate = reviews.filter(reviews::stars.ge(least)).count())]
    likes: i64,
}

#[derive(LoadSpec, Debug)]
#[load(Author, params(least: i32, from: i32, most: i64))]
struct LikedShelf {
    #[load(prefetch, params(least), filter = books::id.ge(from), order_by = books::title, limit = most)]
    books: Vec<Liked>,
    #[load(prefetch = edited, params(5))]
    edited: Vec<Liked>,
}

async fn parameters_of_a_spec() {
    let conn = &mut library().await;
    let shown = |books: &[Liked]| {
        books.iter().map(|book| format!("{} {}", book.title, book.likes)).collect::<Vec<_>>()
    };
    let ann = LikedShelf::query(4, 1, 9).find(1).first(conn).await.unwrap();
    assert_eq!(shown(&ann.books), ["Atlas 1", "Bones 0"]);
    assert_eq!(shown(&ann.edited), ["Comet 0"]);
    let ann = LikedShelf::query(3, 0, 1).find(1).first(conn).await.unwrap();
    assert_eq!(shown(&ann.books), ["Atlas 2"]);
    let ann = LikedShelf::query(5, 2, 9).find(1).first(conn).await.unwrap();
    assert_eq!(shown(&ann.books), ["Bones 0"]);
}

async fn no_rows_and_no_keys_run_no_further_query() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    assert_eq!(Shelf::query().filter(authors::id.gt(9)).load(conn).await, Ok(vec![]));
    assert_eq!(queries.take().len(), 1);
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Book)]
struct Written {
    title: String,
    #[load(prefetch)]
    author: AuthorName,
}

async fn a_missing_row_is_named() {
    let conn = &mut library().await;
    run("UPDATE books SET author_id = 77 WHERE id = 2", conn).await.unwrap();
    let error: MissingRow = cause(Written::query().load(conn).await);
    assert_eq!((error.spec, error.relation, error.table), ("Written", "author", "authors"));
    assert_eq!(error.key.as_deref(), Some("77"));
    let books = Written::query().filter(books::id.ne(2)).order(books::id).load(conn).await.unwrap();
    let books: Vec<_> = books.iter().map(|book| (&*book.title, &*book.author.name)).collect();
    assert_eq!(books, [("Atlas", "Ann"), ("Comet", "Bob")]);
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct OneBook {
    #[load(prefetch)]
    only_book: Option<Title>,
}

async fn too_many_rows_of_a_has_one() {
    let conn = &mut library().await;
    let error: TooManyRows = cause(OneBook::query().load(conn).await);
    assert_eq!((error.spec, error.relation, error.table), ("OneBook", "only_book", "books"));
    let bob = OneBook::query().find(2).first(conn).await.unwrap();
    assert_eq!(bob.only_book, Some(Title { title: "Comet".to_owned() }));
}

async fn a_negative_limit_is_an_error() {
    let conn = &mut library().await;
    for (limit, offset) in [(-1, 0), (1, -1)] {
        let refined = Shelf::query()
            .prefetch(Shelf::books, |books| books.limit(limit).offset(offset))
            .load(conn)
            .await
            .unwrap_err();
        assert!(refined.to_string().contains("negative"), "{refined}");
    }
    assert_eq!(Shelf::query().load(conn).await.unwrap().len(), 3);
}

async fn an_error_of_the_database_comes_as_it_is() {
    let conn = &mut library().await;
    run("ALTER TABLE books RENAME TO elsewhere", conn).await.unwrap();
    match Shelf::query().load(conn).await {
        Err(diesel::result::Error::DatabaseError(_, info)) => {
            assert!(info.message().contains("books"), "{}", info.message());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(AuthorName::query().load(conn).await.unwrap().len(), 3);
}
