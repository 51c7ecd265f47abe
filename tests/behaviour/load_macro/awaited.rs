//! `load!` in `async` functions, with values that are awaited within it.

use diesel::prelude::ExpressionMethods;
use diesel::sqlite::SqliteConnection;
use diesel_async::RunQueryDsl;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use upfront::load;

use crate::shop::*;

async fn days(days: i32) -> i32 {
    days * 10
}

/// Each person's orders since then, with how many lines there are.
async fn orders(
    conn: &mut SyncConnectionWrapper<SqliteConnection>,
    since: i32,
) -> diesel::QueryResult<Vec<(bool, Vec<usize>)>> {
    let people = load!(Person {
        annotate people::id.ge(days(0).await + 2) as late,
        prefetch orders.filter(orders::placed.ge(days(since).await)).order_by(orders::id) {
            prefetch lines { id },
        },
    })
    .order(people::id)
    .load(conn)
    .await?;
    let lines = |i: usize| people[i].orders.iter().map(|order| order.lines.len()).collect();
    Ok(people.iter().enumerate().map(|(i, person)| (person.late, lines(i))).collect())
}

fn is_sent(future: impl Future + Send) -> impl Future + Send {
    future
}

#[test]
fn values_are_awaited_where_they_stand() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut conn = SyncConnectionWrapper::new(shop());
    let people = runtime.block_on(orders(&mut conn, 1)).unwrap();
    let expected = [(false, vec![3, 1, 0]), (true, vec![]), (true, vec![]), (true, vec![])];
    assert_eq!(people, expected);
    drop(is_sent(orders(&mut conn, 1)));
}
