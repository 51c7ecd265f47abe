//! Many rows by parts: in chunks, and relations loaded onto rows that are there already.

use targets::models::library::*;

use super::library::*;
use super::prelude::*;

tests![
    chunks_have_all_rows_once_with_what_belongs_to_them,
    chunks_of_no_rows_are_an_error,
    relations_are_loaded_onto_values,
];

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author)]
struct Counted {
    id: i32,
    #[load(prefetch, order_by = books::title.desc(), limit = 2)]
    books: Vec<Title>,
}

async fn chunks_have_all_rows_once_with_what_belongs_to_them() {
    for (count, size) in [(0, 3), (3, 3), (4, 3), (25, 7), (10, 100)] {
        let conn = &mut database(SCHEMA).await;
        for id in 1..=count {
            run(
                &format!(
                    "INSERT INTO authors VALUES ({id}, 'a', NULL, NULL);
                     INSERT INTO books VALUES ({id}0, 'a', {id}, NULL), ({id}1, 'c', {id}, NULL), ({id}2, 'b', {id}, NULL);"
                ),
                conn,
            )
            .await
            .unwrap();
        }
        let chunks: Vec<Vec<Counted>> = chunks!(Counted::query(), size, conn).unwrap();
        let lengths: Vec<usize> = chunks.iter().map(Vec::len).collect();
        let (full, rest) = (count as usize / size, count as usize % size);
        let expected = std::iter::repeat_n(size, full).chain((rest > 0).then_some(rest));
        assert_eq!(lengths, expected.collect::<Vec<_>>());
        let books = ["c", "b"].map(|title| Title { title: title.to_owned() });
        let expected = (1..=count).map(|id| Counted { id, books: books.to_vec() });
        assert!(chunks.into_iter().flatten().eq(expected), "{count} rows in chunks of {size}");
    }
}

async fn chunks_of_no_rows_are_an_error() {
    let conn = &mut library().await;
    let chunks: QueryResult<Vec<Vec<Counted>>> = chunks!(Counted::query(), 0, conn);
    let error = chunks.unwrap_err().to_string();
    assert!(error.contains("chunks of 0 rows"), "{error}");
}

async fn relations_are_loaded_onto_values() {
    let conn = &mut library().await;
    let author = |id, publisher_id| Author { id, name: String::new(), bio: None, publisher_id };
    let authors = [author(2, None), author(9, Some(9)), author(1, Some(2)), author(2, Some(2))];
    let titles = |books: &[Title]| sorted(books.iter().map(|book| book.title.clone()));
    let books: Vec<Vec<Title>> = onto!(author::books, Title, &authors, conn).unwrap();
    let books: Vec<_> = books.iter().map(|books| titles(books)).collect();
    assert_eq!(books, [vec!["Comet"], vec![], vec!["Atlas", "Bones"], vec!["Comet"]]);
    let publishers: Vec<Option<PublisherName>> =
        onto!(author::publisher, PublisherName, &authors, conn).unwrap();
    let names: Vec<_> =
        publishers.iter().map(|found| found.as_ref().map(|row| &*row.name)).collect();
    assert_eq!(names, [None, None, Some("Tor"), Some("Tor")]);
    let reviews: Vec<Vec<Stars>> = onto!(author::reviews, Stars, &authors, conn).unwrap();
    let stars: Vec<_> =
        reviews.iter().map(|rows| sorted(rows.iter().map(|row| row.stars))).collect();
    assert_eq!(stars, [vec![4], vec![], vec![3, 5], vec![4]]);
    let tags: Vec<Vec<TagName>> =
        onto!(book::tags, TagName, &[book(3), book(1), book(2)], conn).unwrap();
    let names: Vec<_> = tags.iter().map(|tags| sorted(tags.iter().map(|tag| &*tag.name))).collect();
    assert_eq!(names, [vec!["sql"], vec!["rust", "sql"], vec![]]);
}

fn book(id: i32) -> Book {
    Book { id, title: String::new(), author_id: 0, editor_id: None }
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Review)]
struct Stars {
    stars: i32,
}
