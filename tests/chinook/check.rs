//! How a load is held against SQL.

use std::fmt::Debug;

use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;
use diesel_async::methods;
use tokio::runtime::Builder;
use upfront::LoadSpec;
use upfront_tests::queries::Queries;

use crate::database::{AsyncConnection, Connection};
use crate::store::{Store, stores};

/// Loads the query from each store, and compares every row, in order, with what `expected` makes of plain SQL.
///
/// `queries` is how many queries run, and must be what the spec says of itself. The rows of a prefetch have no
/// order: `sort` puts them in one, on both sides.
#[track_caller]
pub(crate) fn check_sorted<'q, S, Q>(
    query: impl Fn() -> Q,
    queries: usize,
    sort: impl Fn(&mut S),
    expected: impl Fn(&mut Store) -> Vec<S>,
) where
    S: LoadSpec + PartialEq + Debug,
    Q: LoadQuery<'q, Connection, S> + RunQueryDsl<Connection>,
{
    assert_eq!(S::QUERIES, queries, "`{}::QUERIES`", S::NAME);
    for mut store in stores() {
        let log = Queries::of(&mut store.conn);
        let mut loaded: Vec<S> = query().load(&mut store.conn).expect("the spec loads");
        let ran = log.take();
        assert_eq!(ran.len(), queries, "queries on {}: {ran:#?}", store.name);
        let mut expected = expected(&mut store);
        assert!(!expected.is_empty(), "the SQL finds nothing to compare in {}", store.name);
        loaded.iter_mut().for_each(&sort);
        expected.iter_mut().for_each(&sort);
        same_rows(&loaded, &expected, store.name);
    }
}

/// [`check_sorted`] for a spec that has nothing to sort.
#[track_caller]
pub(crate) fn check<'q, S, Q>(
    query: impl Fn() -> Q,
    queries: usize,
    expected: impl Fn(&mut Store) -> Vec<S>,
) where
    S: LoadSpec + PartialEq + Debug,
    Q: LoadQuery<'q, Connection, S> + RunQueryDsl<Connection>,
{
    check_sorted(query, queries, |_| {}, expected);
}

/// Loads the query asynchronously from each store, and compares the rows as [`check_sorted`] does.
#[track_caller]
pub(crate) fn check_async<'q, S, Q>(
    query: impl Fn() -> Q,
    sort: impl Fn(&mut S),
    expected: impl Fn(&mut Store) -> Vec<S>,
) where
    S: LoadSpec + PartialEq + Debug + Send,
    Q: methods::LoadQuery<'q, AsyncConnection, S> + diesel_async::RunQueryDsl<AsyncConnection> + 'q,
{
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime is made");
    for mut store in stores() {
        let mut expected = expected(&mut store);
        let mut loaded: Vec<S> = runtime.block_on(async {
            let mut conn = store.asynchronous().await;
            diesel_async::RunQueryDsl::load(query(), &mut conn).await.expect("the spec loads")
        });
        assert!(!expected.is_empty(), "the SQL finds nothing to compare in {}", store.name);
        loaded.iter_mut().for_each(&sort);
        expected.iter_mut().for_each(&sort);
        same_rows(&loaded, &expected, store.name);
    }
}

/// Shows the first rows that differ, rather than thousands that do not.
#[track_caller]
fn same_rows<S: PartialEq + Debug>(loaded: &[S], expected: &[S], store: &str) {
    for (i, (loaded, expected)) in loaded.iter().zip(expected).enumerate() {
        assert_eq!(loaded, expected, "row {i} of {store}");
    }
    assert_eq!(loaded.len(), expected.len(), "number of rows in {store}");
}
