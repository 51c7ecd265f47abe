//! Rows one by one.

use targets::models::library::*;

use crate::suite::library::{Title, library};
use crate::suite::prelude::*;

tests![rows_come_one_by_one, rows_with_prefetches_come_one_by_one];

async fn rows_come_one_by_one() {
    let conn = &mut library().await;
    let mut rows = diesel::RunQueryDsl::load_iter(Title::query().order(books::id), conn).unwrap();
    assert_eq!(rows.next().unwrap().unwrap().title, "Atlas");
    assert_eq!(rows.next().unwrap().unwrap().title, "Bones");
    drop(rows);
    // What was not asked for is no trouble to the next query.
    assert_eq!(Title::query().load(conn).await.unwrap().len(), 3);
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct Shelf {
    #[load(prefetch, order_by = books::id)]
    books: Vec<Title>,
}

async fn rows_with_prefetches_come_one_by_one() {
    let conn = &mut library().await;
    let rows = diesel::RunQueryDsl::load_iter(Shelf::query().order(authors::id), conn).unwrap();
    let lengths: Vec<usize> =
        rows.map(|shelf: QueryResult<Shelf>| shelf.unwrap().books.len()).collect();
    assert_eq!(lengths, [2, 1, 0]);
}
