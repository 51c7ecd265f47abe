//! Watched connections to servers: requests of a pool do not mix, and queries that are sent together, or whose futures are
//! dropped, are told apart.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use deadpool::managed::Hook;
use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel::r2d2::{self, ConnectionManager};
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncConnection, AsyncMysqlConnection, AsyncPgConnection, RunQueryDsl};
use futures_util::future::{join_all, try_join};
use tokio::runtime::Builder;
use upfront::{LoggedQuery, QueryLog, Scope, assert_num_queries};

use crate::database::Database;
use crate::dropped::polls;
use crate::harness::{Test, alone, test};
use crate::library::{self, AuthorName, Wide, authors};
use crate::loads::Loads;

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test!(Postgres requests_to_postgres_do_not_mix),
        test!(Mariadb requests_to_mariadb_do_not_mix),
        test!(Postgres prefetches_that_are_sent_together_are_told_apart),
        test!(Mariadb prefetches_that_are_sent_one_by_one_are_told_apart),
        test!(Postgres queries_that_are_sent_together_are_told_apart),
        test!(Postgres loads_are_dropped_on_postgres),
        test!(Mariadb loads_are_dropped_on_mariadb),
        test!(Postgres a_pool_that_waits_on_postgres),
    ]
}

/// The events of the program's own instrumentation, without their values.
#[derive(Clone, Default)]
struct Own(Arc<Mutex<Vec<String>>>);

impl Own {
    fn set_on(&self, conn: &mut impl AsyncConnection) {
        let events = Arc::clone(&self.0);
        upfront::watch_with(conn, move |event: InstrumentationEvent<'_>| {
            let event = match event {
                InstrumentationEvent::StartQuery { .. } => "start",
                InstrumentationEvent::FinishQuery { .. } => "finish",
                _ => return,
            };
            events.lock().unwrap().push(event.to_owned());
        });
    }

    fn count(&self, event: &str) -> usize {
        self.0.lock().unwrap().iter().filter(|told| *told == event).count()
    }
}

/// Runs requests on two threads with a pool of two connections. Each runs as many plain queries as its number says, and a
/// load of six.
macro_rules! requests {
    ($test:ident $Conn:ty) => {
        fn $test(database: &Database) {
            let manager = AsyncDieselConnectionManager::<$Conn>::new(&database.url);
            let pool: Pool<$Conn> = Pool::builder(manager)
                .max_size(2)
                .post_create(Hook::sync_fn(|conn: &mut $Conn, _| {
                    upfront::watch(conn).expect("nobody else instruments it");
                    Ok(())
                }))
                .build()
                .expect("nothing is missing");
            let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build();
            let request = async move |number: i32, pool: Pool<$Conn>| {
                let scope = Scope::new(format!("request {number}"));
                let requested = scope.run_async(async {
                    for _ in 0..number {
                        let mut conn = pool.get().await.expect("a connection");
                        let _: String = authors::table
                            .find(1)
                            .select(authors::name)
                            .first(&mut conn)
                            .await
                            .expect("an author");
                    }
                    let mut conn = pool.get().await.expect("a connection");
                    Wide::query().load(&mut conn).await.expect("all authors")
                });
                assert_eq!(requested.await.len(), 4);
                scope.report()
            };
            let reports = runtime.expect("there can be other threads").block_on(async {
                let requests = (1..=8).map(|number| tokio::spawn(request(number, pool.clone())));
                join_all(requests.collect::<Vec<_>>()).await
            });
            for (number, report) in (1..).zip(reports) {
                let report = report.expect("no request panics");
                assert_eq!(report.queries(), number + 6, "{report}");
                match report.n_plus_one() {
                    [] => assert!(number < 5, "{report}"),
                    [found] => {
                        assert_eq!(found.count(), number);
                        let site = found.call_site().expect("tests have debug information");
                        assert_eq!(site.file(), Some("tests/faults/watched.rs"));
                        let line = site.line().expect("tests have debug information") as usize;
                        let code = include_str!("watched.rs").lines().nth(line - 1);
                        assert_eq!(code.map(str::trim), Some(".first(&mut conn)"), "{site}");
                    }
                    _ => panic!("{report}"),
                }
            }
        }
    };
}

requests!(requests_to_postgres_do_not_mix AsyncPgConnection);
requests!(requests_to_mariadb_do_not_mix AsyncMysqlConnection);

/// What each query is for, and how many rows it gave.
fn told(log: &QueryLog) -> Vec<(Option<&'static str>, Option<&'static str>, Option<u64>)> {
    let mut told: Vec<_> =
        log.queries().iter().map(|query| (query.spec(), query.field(), query.rows())).collect();
    told.sort();
    told
}

async fn check_prefetches(conn: &mut (impl AsyncConnection + Loads)) {
    let own = Own::default();
    own.set_on(conn);
    for _ in 0..2 {
        let log = QueryLog::attach(conn).expect("it is watched");
        let before = own.count("finish");
        let loaded = assert_num_queries!(conn, 6, { conn.wide(1).await });
        assert_eq!(loaded, Ok(library::wide(1)));
        let field = |field: Option<&'static str>| {
            (Some("Wide"), field, Some(if field.is_none() { 3 } else { 6 }))
        };
        let fields = ["awards", "books", "houses", "letters", "talks"];
        let all = [None].into_iter().chain(fields.map(Some)).map(field);
        assert_eq!(told(&log), all.collect::<Vec<_>>());
        assert!(log.queries().iter().all(|query| query.duration() > Some(Duration::ZERO)));
        assert_eq!(own.count("finish") - before, 6);
        assert_eq!(own.count("start"), own.count("finish"));
    }
}

fn prefetches_that_are_sent_together_are_told_apart(database: &Database) {
    alone(async {
        let conn = AsyncPgConnection::establish(&database.url).await;
        check_prefetches(&mut conn.expect("the server runs")).await;
    });
}

fn prefetches_that_are_sent_one_by_one_are_told_apart(database: &Database) {
    alone(async {
        let conn = AsyncMysqlConnection::establish(&database.url).await;
        check_prefetches(&mut conn.expect("the server runs")).await;
    });
}

fn queries_that_are_sent_together_are_told_apart(database: &Database) {
    alone(async {
        let mut conn = AsyncPgConnection::establish(&database.url).await.expect("the server runs");
        let log =
            QueryLog::options().binds().attach(&mut conn).expect("nobody else instruments it");
        let conn = &conn;
        let name = async |id: i32| {
            let name = authors::table.find(id).select(authors::name);
            name.first::<String>(&mut &*conn).await
        };
        let spec = async || AuthorName::query().filter(authors::id.le(3)).load(&mut &*conn).await;
        for _ in 0..2 {
            let ((one, two), names) =
                try_join(try_join(name(1), name(2)), spec()).await.expect("nothing is in the way");
            assert_eq!((one.as_str(), two.as_str(), names.len()), ("authors 1", "authors 2", 3));
        }
        name(-1).await.expect_err("there is no such author");
        let queries = log.queries();
        let binds: Vec<_> = queries.iter().filter_map(LoggedQuery::binds).collect();
        let once = ["[1, 1]", "[2, 1]", "[3]"];
        assert_eq!(binds, [&once[..], &once, &["[-1, 1]"]].concat());
        let specs: Vec<_> = queries.iter().map(LoggedQuery::spec).collect();
        let once = [None, None, Some("AuthorName")];
        assert_eq!(specs, [&once[..], &once, &[None]].concat());
        assert!(queries.iter().all(|query| query.duration().is_some()), "{log}");
    });
}

/// Loads that are dropped after some polls: each query that was begun is told, none is told as ended that was not, and
/// what runs afterwards is told as what it is.
async fn check_dropped<C: AsyncConnection + Loads>(database: &Database) {
    for count in 0..30 {
        let mut conn = C::establish(&database.url).await.expect("the server runs");
        let log = QueryLog::attach(&mut conn).expect("nobody else instruments it");
        let ended = polls(count, conn.wide(0)).await;
        let begun = log.len();
        let finished = log.queries().iter().filter(|query| query.duration().is_some()).count();
        assert!(finished <= begun && begun <= 6);
        if let Some(loaded) = ended {
            assert_eq!(loaded, Ok(library::wide(0)));
            assert_eq!(finished, 6);
            return;
        }
        // The connection may be broken, which is an error and no panic.
        let again = QueryLog::attach(&mut conn).expect("it is watched");
        if conn.wide(1).await.is_ok() {
            assert!(again.queries().iter().all(|query| query.duration().is_some()), "{again}");
            assert_eq!(again.len(), 6);
        }
    }
    panic!("the load never ends");
}

fn loads_are_dropped_on_postgres(database: &Database) {
    alone(check_dropped::<AsyncPgConnection>(database));
}

fn loads_are_dropped_on_mariadb(database: &Database) {
    alone(check_dropped::<AsyncMysqlConnection>(database));
}

fn a_pool_that_waits_on_postgres(database: &Database) {
    let pool = r2d2::Pool::builder()
        .max_size(1)
        .build(ConnectionManager::<PgConnection>::new(&database.url))
        .expect("the server runs");
    let mut conn = pool.get().expect("a connection");
    let loaded = assert_num_queries!(&mut conn, 6, {
        diesel::RunQueryDsl::load::<Wide>(Wide::query().order(authors::id), &mut conn)
    });
    assert_eq!(loaded, Ok(library::wide(0)));
    let log = QueryLog::attach(&mut conn).expect("it is watched");
    let query = Wide::query().snapshot().order(authors::id);
    let loaded = diesel::RunQueryDsl::load::<Wide>(query, &mut conn);
    assert_eq!(loaded, Ok(library::wide(0)));
    assert_eq!(log.len(), 6, "{log}");
    assert!(log.queries().len() > 6, "{log}");
}
