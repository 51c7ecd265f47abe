//! Rows as a stream.

use futures_util::{StreamExt, TryStreamExt};
use targets::models::library::*;
use upfront::Requested;

use crate::suite::library::{Title, library};
use crate::suite::prelude::*;

tests![
    rows_come_as_a_stream,
    rows_with_prefetches_come_as_a_stream,
    rows_with_optional_prefetches_come_as_a_stream,
    a_stream_of_a_query_that_borrows,
    a_load_can_be_sent_to_another_thread,
];

async fn rows_come_as_a_stream() {
    let conn = &mut library().await;
    let mut rows = Title::query().order(books::id).load_stream(conn).await.unwrap();
    assert_eq!(rows.next().await.unwrap().unwrap().title, "Atlas");
    let rest: Vec<Title> = rows.try_collect().await.unwrap();
    assert_eq!(rest.len(), 2);
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct Shelf {
    #[load(prefetch, order_by = books::id)]
    books: Vec<Title>,
}

async fn rows_with_prefetches_come_as_a_stream() {
    let conn = &mut library().await;
    let rows = Shelf::query().order(authors::id).load_stream::<Shelf>(conn).await.unwrap();
    let lengths: Vec<usize> = rows.map(|shelf| shelf.unwrap().books.len()).collect().await;
    assert_eq!(lengths, [2, 1, 0]);
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct OptionalShelf {
    #[load(prefetch, optional)]
    books: Requested<Vec<Title>>,
}

async fn rows_with_optional_prefetches_come_as_a_stream() {
    let conn = &mut library().await;
    for books in [false, true] {
        let rows = OptionalShelf::query()
            .request_if(books, OptionalShelf::books)
            .order(authors::id)
            .load_stream::<OptionalShelf>(conn)
            .await
            .unwrap();
        let lengths = rows.map(|shelf| shelf.unwrap().books.loaded().map(Vec::len));
        let expected = [2, 1, 0].map(|length| books.then_some(length));
        assert_eq!(lengths.collect::<Vec<_>>().await, expected);
    }
}

async fn a_stream_of_a_query_that_borrows() {
    let conn = &mut library().await;
    let title = String::from("B");
    let shelves: Vec<Shelf> = Shelf::query()
        .prefetch(Shelf::books, |books| books.filter(books::title.lt(&title)))
        .filter(authors::name.gt(title.as_str()))
        .order(authors::id)
        .load_stream(conn)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    drop(title);
    assert_eq!(shelves.iter().map(|shelf| shelf.books.len()).collect::<Vec<_>>(), [0, 0]);
}

async fn a_load_can_be_sent_to_another_thread() {
    fn send<T: Send>(future: T) -> T {
        future
    }

    let conn = &mut library().await;
    let name = String::from("Ann");
    let shelves: Vec<Shelf> =
        send(Shelf::query().filter(authors::name.eq(&name)).load(conn)).await.unwrap();
    assert_eq!(shelves[0].books.len(), 2);
    let query = OptionalShelf::query()
        .prefetch(OptionalShelf::books, |books| books.filter(books::title.ne(&name)));
    let shelves: Vec<OptionalShelf> = send(query.load(conn)).await.unwrap();
    assert!(shelves.iter().all(|shelf| shelf.books.is_requested()));
}
