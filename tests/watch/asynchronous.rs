//! The same with diesel-async, on SQLite: there queries run on other threads.

use deadpool::managed::Hook;
use diesel::{QueryDsl, QueryResult, SqliteConnection};
use diesel_async::RunQueryDsl;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use futures_util::future::join_all;
use upfront::{AsyncRelationDsl, QueryLog, Scope, assert_num_queries};

use crate::library::{
    Author, AuthorName, AuthorPage, BookCard, BookPage, author, authors, fill, library,
};

type Conn = SyncConnectionWrapper<SqliteConnection>;

fn connection(count: i32) -> Conn {
    SyncConnectionWrapper::new(library(count))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queries_of_a_load_say_why_they_run() -> QueryResult<()> {
    let conn = &mut connection(3);
    let log = QueryLog::attach(conn).unwrap();
    let line = line!() + 1;
    AuthorPage::query().load(conn).await?;
    let _: i64 = authors::table.count().get_result(conn).await?;
    let queries = log.queries();
    let why: Vec<_> =
        queries.iter().map(|query| (query.spec(), query.field(), query.rows())).collect();
    assert_eq!(
        why,
        [
            (Some("AuthorPage"), None, Some(3)),
            (Some("AuthorPage"), Some("works"), Some(3)),
            (Some("TaggedBook"), Some("tags"), Some(3)),
            (None, None, None),
        ]
    );
    assert_eq!(queries[2].call_site().unwrap().line(), Some(line));
    assert!(queries.iter().all(|query| query.duration().is_some()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_is_asserted() -> QueryResult<()> {
    let conn = &mut connection(3);
    let pages = assert_num_queries!(conn, 3, { AuthorPage::query().load(conn).await? });
    assert_eq!(pages.len(), 3);
    let one = Author { id: 1, name: String::new() };
    assert_num_queries!(conn, at_most 1, {
        author::books.load_onto_async::<BookCard, _>(&[one], conn).await?
    });
    let mut chunks = BookCard::query().load_chunks_async(2, conn);
    assert_eq!(chunks.next().await.unwrap()?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_at_the_same_time_do_not_mix() {
    let requests = (1..=8).map(|count| {
        tokio::spawn(async move {
            let conn = &mut connection(10);
            upfront::watch(conn).unwrap();
            let scope = Scope::new(format!("request {count}"));
            scope
                .run_async(async {
                    for _ in 0..count {
                        BookPage::query().load(conn).await.unwrap();
                        tokio::task::yield_now().await;
                    }
                })
                .await;
            scope.report().queries()
        })
    });
    let counts: Vec<_> = join_all(requests).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(counts, [2, 4, 6, 8, 10, 12, 14, 16]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_that_watches_the_connection_hears_of_plain_queries() {
    let conn = &mut connection(10);
    let scope = Scope::new("authors");
    let watching = scope.watch(conn).unwrap();
    for id in 1..=10 {
        let _: Author = authors::table.find(id).first(conn).await.unwrap();
    }
    drop(watching);
    let _: Author = authors::table.find(1).first(conn).await.unwrap();
    let report = scope.report();
    assert_eq!(report.queries(), 10);
    let [found] = report.n_plus_one() else { panic!("{report}") };
    assert_eq!(found.count(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_is_dropped_explains_no_later_query() {
    let conn = &mut connection(10);
    let log = QueryLog::attach(conn).unwrap();
    {
        // Polled once: the thread is told why the query runs, and the query is never sent.
        let mut load = std::pin::pin!(AuthorName::query().load(conn));
        let waker = futures_util::task::noop_waker();
        let _ = load.as_mut().poll(&mut std::task::Context::from_waker(&waker));
    }
    let _: i64 = authors::table.count().get_result(conn).await.unwrap();
    let last = log.queries().pop().unwrap();
    assert!(last.sql().contains("COUNT"), "{log}");
    assert_eq!(last.spec(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pooled_requests_at_the_same_time_do_not_mix() {
    let manager = AsyncDieselConnectionManager::<Conn>::new(":memory:");
    let pool: Pool<Conn> = Pool::builder(manager)
        .max_size(2)
        .post_create(Hook::async_fn(|conn: &mut Conn, _| {
            Box::pin(async move {
                let filled = conn.spawn_blocking(|conn| {
                    fill(conn, 20);
                    Ok(())
                });
                filled.await.expect("the schema is valid SQL");
                upfront::watch(conn).expect("nobody else instruments it");
                Ok(())
            })
        }))
        .build()
        .unwrap();
    let requests = (1..=6).map(|request| {
        let pool = pool.clone();
        tokio::spawn(async move {
            let scope = Scope::new(format!("request {request}"));
            scope
                .run_async(async {
                    let mut conn = pool.get().await.unwrap();
                    BookPage::query().load(&mut conn).await.unwrap();
                    let _watching = scope.watch(&mut conn).unwrap();
                    for id in 1..=request {
                        let _: Author = authors::table.find(id).first(&mut conn).await.unwrap();
                    }
                })
                .await;
            let report = scope.report();
            (report.queries(), report.n_plus_one().iter().map(|found| found.count()).sum())
        })
    });
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for request in requests.collect::<Vec<_>>() {
        counts.push(request.await.unwrap());
    }
    assert_eq!(counts, [(3, 0), (4, 0), (5, 0), (6, 0), (7, 5), (8, 6)]);
}
