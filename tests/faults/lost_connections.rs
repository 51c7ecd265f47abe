//! Connections that end in the middle of a load: each time there is an error, or all rows, and the next connection is as
//! good as ever.

use std::future::Future;

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::dsl::sql;
use diesel::result::Error;
use diesel::sql_types::BigInt;
use diesel::{Connection, ExpressionMethods, MysqlConnection, PgConnection, QueryResult};
use diesel_async::{AsyncConnection, AsyncMysqlConnection, AsyncPgConnection};

use crate::database::Database;
use crate::harness::{Test, alone, beside, test};
use crate::library::{self, Deep, Wide, authors};
use crate::loads::Loads;

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test!(Postgres a_cut_after_any_message_is_an_error::<AsyncPgConnection>),
        test!(Mariadb a_cut_after_any_message_is_an_error::<AsyncMysqlConnection>),
        test!(Postgres a_cut_after_any_message_is_an_error_without_async::<PgConnection>),
        test!(Mariadb a_cut_after_any_message_is_an_error_without_async::<MysqlConnection>),
        test!(Postgres a_connection_killed_before_any_query_is_an_error::<AsyncPgConnection>),
        test!(Mariadb a_connection_killed_before_any_query_is_an_error::<AsyncMysqlConnection>),
        test!(Postgres a_connection_killed_before_any_query_is_an_error_without_async::<PgConnection>),
        test!(Mariadb a_connection_killed_before_any_query_is_an_error_without_async::<MysqlConnection>),
    ]
}

/// A connection that waits.
trait LoadsAndWaits: Connection {
    /// The authors behind the second.
    fn deep(&mut self) -> QueryResult<Vec<Deep>>;
}

macro_rules! loads_and_waits {
    ($($Conn:ty;)*) => {$(
        impl LoadsAndWaits for $Conn {
            fn deep(&mut self) -> QueryResult<Vec<Deep>> {
                let query = Deep::query().filter(authors::id.gt(2)).order(authors::id);
                diesel::RunQueryDsl::load(query, self)
            }
        }
    )*};
}

loads_and_waits! { PgConnection; MysqlConnection; }

/// What the clients say of a connection that is no more.
const TELL: [&str; 7] = [
    "connection closed",
    "channel closed",
    "closed the connection",
    "lost connection",
    "terminating connection",
    "server has gone away",
    "broken pipe",
];

/// The error is one of a connection that is no more, and says so.
#[track_caller]
fn check_error(error: &Error) {
    match error {
        Error::DatabaseError(kind, information) => {
            let text = information.message().to_lowercase();
            assert!(TELL.iter().any(|tell| text.contains(tell)), "{kind:?} {text}");
        }
        error => panic!("{error:?}"),
    }
}

fn a_cut_after_any_message_is_an_error<C: Loads + AsyncConnection>(database: &Database) {
    alone(async {
        let mut messages = 0;
        loop {
            let proxy = database.proxy().await.expect("it has a server");
            let url = database.by_way_of(&proxy);
            let mut conn = C::establish(&url).await.expect("nothing is cut yet");
            proxy.cut_after(messages);
            match conn.deep(2).await {
                Ok(rows) => assert_eq!(rows, library::deep(2)),
                Err(error) => check_error(&error),
            }
            if !proxy.has_cut() {
                break;
            }
            conn.deep(2).await.expect_err("the connection has ended");
            proxy.pass();
            let mut conn = C::establish(&url).await.expect("another is not cut");
            assert_eq!(conn.deep(3).await.expect("another is not cut"), library::deep(3));
            messages += 1;
        }
        assert!(messages > 40, "{messages}");
    });
}

fn a_cut_after_any_message_is_an_error_without_async<C: LoadsAndWaits>(database: &Database) {
    beside(async {
        let mut messages = 0;
        loop {
            let proxy = database.proxy().await.expect("it has a server");
            let url = database.by_way_of(&proxy);
            let mut conn = C::establish(&url).expect("nothing is cut yet");
            proxy.cut_after(messages);
            match conn.deep() {
                Ok(rows) => assert_eq!(rows, library::deep(2)),
                Err(error) => check_error(&error),
            }
            if !proxy.has_cut() {
                break;
            }
            conn.deep().expect_err("the connection has ended");
            proxy.pass();
            let mut conn = C::establish(&url).expect("another is not cut");
            assert_eq!(conn.deep().expect("another is not cut"), library::deep(2));
            messages += 1;
        }
        assert!(messages > 40, "{messages}");
    });
}

/// Connections that can be killed by another.
pub(crate) trait Killed {
    type Killer: Connection;

    /// What kills this connection.
    fn kill(&mut self) -> impl Future<Output = String>;
}

macro_rules! killed {
    ($($Conn:ty, $Killer:ty, $id:literal => $kill:literal, $RunQueryDsl:path $(, $await:ident)?;)*) => {$(
        impl Killed for $Conn {
            type Killer = $Killer;

            async fn kill(&mut self) -> String {
                use $RunQueryDsl as RunQueryDsl;
                let id = RunQueryDsl::get_result(diesel::select(sql::<BigInt>($id)), self) $(.$await)?;
                let id: i64 = id.expect("the connection is good");
                format!($kill, id)
            }
        }
    )*};
}

killed! {
    PgConnection, PgConnection, "pg_backend_pid()::bigint" => "SELECT pg_terminate_backend({}::int, 60000)",
        diesel::RunQueryDsl;
    AsyncPgConnection, PgConnection, "pg_backend_pid()::bigint" => "SELECT pg_terminate_backend({}::int, 60000)",
        diesel_async::RunQueryDsl, await;
    MysqlConnection, MysqlConnection, "connection_id()" => "KILL {}", diesel::RunQueryDsl;
    AsyncMysqlConnection, MysqlConnection, "connection_id()" => "KILL {}", diesel_async::RunQueryDsl, await;
}

/// Runs `sql` on another connection before the query of this number.
pub(crate) fn before(
    query: usize,
    sql: String,
    mut other: impl Connection + 'static,
) -> impl Instrumentation {
    let mut queries = 0;
    move |event: InstrumentationEvent<'_>| {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            if queries == query {
                other.batch_execute(&sql).expect("the other connection is good");
            }
            queries += 1;
        }
    }
}

fn a_connection_killed_before_any_query_is_an_error<C>(database: &Database)
where
    C: Loads + AsyncConnection + Killed<Killer: 'static>,
{
    alone(async {
        for query in 0..Wide::QUERIES {
            let mut conn = C::establish(&database.url).await.expect("the server runs");
            assert_eq!(conn.wide(1).await, Ok(library::wide(1)));
            let kill = conn.kill().await;
            let killer = C::Killer::establish(&database.url).expect("the server runs");
            conn.set_instrumentation(before(query, kill, killer));
            check_error(&conn.wide(0).await.expect_err("the connection was killed"));
            conn.wide(0).await.expect_err("the connection was killed");
            let mut conn = C::establish(&database.url).await.expect("the server runs");
            assert_eq!(conn.wide(1).await, Ok(library::wide(1)));
        }
    });
}

fn a_connection_killed_before_any_query_is_an_error_without_async<C>(database: &Database)
where
    C: LoadsAndWaits + Killed<Killer: 'static>,
{
    alone(async {
        for query in 0..Deep::QUERIES {
            let mut conn = C::establish(&database.url).expect("the server runs");
            assert_eq!(conn.deep(), Ok(library::deep(2)));
            let kill = conn.kill().await;
            let killer = C::Killer::establish(&database.url).expect("the server runs");
            conn.set_instrumentation(before(query, kill, killer));
            check_error(&conn.deep().expect_err("the connection was killed"));
            conn.deep().expect_err("the connection was killed");
            let mut conn = C::establish(&database.url).expect("the server runs");
            assert_eq!(conn.deep(), Ok(library::deep(2)));
        }
    });
}
