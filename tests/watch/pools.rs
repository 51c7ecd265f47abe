//! Connections from pools.

use std::thread;

use diesel::prelude::*;
use diesel::r2d2::{self, ConnectionManager, CustomizeConnection};
use upfront::{QueryLog, Scope, assert_num_queries};

use crate::library::{AuthorName, BookPage, fill};

/// Has all connections of a pool watched.
#[derive(Debug)]
struct Watched;

impl CustomizeConnection<SqliteConnection, r2d2::Error> for Watched {
    fn on_acquire(&self, conn: &mut SqliteConnection) -> Result<(), r2d2::Error> {
        fill(conn, 3);
        upfront::watch(conn).expect("nobody else instruments it");
        Ok(())
    }
}

fn pool(size: u32) -> r2d2::Pool<ConnectionManager<SqliteConnection>> {
    r2d2::Pool::builder()
        .max_size(size)
        .connection_customizer(Box::new(Watched))
        .build(ConnectionManager::new(":memory:"))
        .unwrap()
}

#[test]
fn each_request_hears_of_its_own_queries() {
    let pool = pool(2);
    let requests: Vec<_> = (1..=6)
        .map(|count: usize| {
            let pool = pool.clone();
            thread::spawn(move || {
                let scope = Scope::new("request");
                scope.run(|| {
                    for _ in 0..count {
                        BookPage::query().load(&mut pool.get().unwrap()).unwrap();
                    }
                });
                scope.report().queries()
            })
        })
        .collect();
    let counts: Vec<_> = requests.into_iter().map(|request| request.join().unwrap()).collect();
    assert_eq!(counts, [2, 4, 6, 8, 10, 12]);
}

#[test]
fn a_pooled_connection_has_a_log_and_a_number_of_queries() {
    let pool = pool(1);
    let mut conn = pool.get().unwrap();
    let log = QueryLog::attach(&mut conn).unwrap();
    assert_num_queries!(&mut conn, 2, { BookPage::query().load(&mut conn).unwrap() });
    assert_eq!(log.len(), 2);
}

#[test]
fn a_connection_goes_back_to_its_pool_and_is_heard_no_more() {
    let pool = pool(1);
    let scope = Scope::new("request");
    {
        let mut conn = pool.get().unwrap();
        let _watching = scope.watch(&mut conn).unwrap();
        AuthorName::query().load(&mut conn).unwrap();
    }
    AuthorName::query().load(&mut pool.get().unwrap()).unwrap();
    assert_eq!(scope.report().queries(), 1);
}
