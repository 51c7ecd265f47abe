//! Pools with a single connection: a load needs no other, and after an error or a dropped load the pool has a good one.

use diesel::r2d2::ConnectionManager;
use diesel::{Connection, PgConnection, RunQueryDsl};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, bb8, deadpool};
use diesel_async::{AsyncConnection, AsyncMysqlConnection, AsyncPgConnection};

use crate::database::Database;
use crate::dropped::polls;
use crate::harness::{Test, alone, test};
use crate::library::{self, Wide, authors};
use crate::loads::PooledLoads;
use crate::lost_connections::Killed;
use crate::proxy::Proxy;

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test!(Postgres deadpool_on_postgres),
        test!(Mariadb deadpool_on_mariadb),
        test!(Postgres bb8_on_postgres),
        test!(Mariadb bb8_on_mariadb),
        test!(Postgres r2d2_on_postgres),
    ]
}

async fn check<C: PooledLoads>(proxy: &Proxy, get: impl AsyncFn() -> C) {
    let good = async || assert_eq!(get().await.wide(1).await, Ok(library::wide(1)));
    good().await;
    for messages in [0, 3, 10, 20] {
        let mut conn = get().await;
        proxy.cut_after(messages);
        conn.wide(0).await.expect_err("it is cut");
        drop(conn);
        proxy.pass();
        good().await;
    }
    let mut count = 0;
    loop {
        let mut conn = get().await;
        proxy.one_by_one();
        let ended = polls(count, conn.snapshot(2)).await;
        proxy.pass();
        drop(conn);
        good().await;
        count += 1;
        match ended {
            None => {}
            Some(rows) => break assert_eq!(rows, Ok(library::deep(2))),
        }
    }
}

fn manager<C: AsyncConnection + 'static>(
    database: &Database,
    proxy: &Proxy,
) -> AsyncDieselConnectionManager<C> {
    AsyncDieselConnectionManager::new(database.by_way_of(proxy))
}

macro_rules! pools {
    ($($deadpool:ident $bb8:ident $Conn:ty;)*) => {$(
        fn $deadpool(database: &Database) {
            alone(async {
                let proxy = database.proxy().await.expect("it has a server");
                let pool = deadpool::Pool::<$Conn>::builder(manager(database, &proxy)).max_size(1);
                let pool = pool.build().expect("nothing is missing");
                check(&proxy, async || pool.get().await.expect("it has one")).await;
            });
        }

        fn $bb8(database: &Database) {
            alone(async {
                let proxy = database.proxy().await.expect("it has a server");
                let pool = bb8::Pool::<$Conn>::builder().max_size(1);
                let pool = pool.build(manager(database, &proxy)).await.expect("the server runs");
                check(&proxy, async || pool.get().await.expect("it has one")).await;
            });
        }
    )*};
}

pools! {
    deadpool_on_postgres bb8_on_postgres AsyncPgConnection;
    deadpool_on_mariadb bb8_on_mariadb AsyncMysqlConnection;
}

fn r2d2_on_postgres(database: &Database) {
    let pool = diesel::r2d2::Pool::builder()
        .max_size(1)
        .build(ConnectionManager::<PgConnection>::new(&database.url))
        .expect("the server runs");
    let load = || {
        let mut conn = pool.get().expect("it has one");
        Wide::query().order(authors::id).load::<Wide>(&mut conn)
    };
    assert_eq!(load(), Ok(library::wide(0)));
    let kill = alone(pool.get().expect("it has one").kill());
    let mut conn = pool.get().expect("it has one");
    let mut other = PgConnection::establish(&database.url).expect("the server runs");
    diesel::sql_query(kill).execute(&mut other).expect("the other connection is good");
    Wide::query().load::<Wide>(&mut conn).expect_err("the connection was killed");
    drop(conn);
    assert_eq!(load(), Ok(library::wide(0)));
}
