//! How often a load waits for the server. No answer passes before all questions of a turn were asked, so that a load which
//! waits for one of them before it asks the next hangs.

use diesel::{ExpressionMethods, QueryResult};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, bb8, deadpool, mobc};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use crate::database::Database;
use crate::harness::{Test, alone, test};
use crate::library::{self, Wide, authors};
use crate::loads::{Loads, PooledLoads};
use crate::proxy::Proxy;

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test!(Postgres five_siblings_take_two_round_trips),
        test!(Postgres each_level_takes_one_more),
        test!(Postgres a_snapshot_takes_two_more),
        test!(Postgres chunks_take_as_many_each),
        test!(Postgres it_is_the_same_in_a_transaction),
        test!(Postgres two_loads_on_a_shared_connection_take_as_many_as_one),
        test!(Postgres it_is_the_same_on_a_connection_from_deadpool),
        test!(Postgres it_is_the_same_on_a_connection_from_bb8),
        test!(Postgres it_is_the_same_on_a_connection_from_mobc),
    ]
}

async fn connect(database: &Database) -> (Proxy, AsyncPgConnection) {
    let proxy = database.proxy().await.expect("PostgreSQL has a server");
    let conn = AsyncPgConnection::establish(&database.by_way_of(&proxy)).await;
    (proxy, conn.expect("it is as good as without a proxy"))
}

/// Five siblings, once the statements are prepared.
async fn check_pooled(conn: &mut impl PooledLoads, proxy: &Proxy) {
    conn.wide(0).await.expect("nothing is in the way");
    proxy.in_turns(&[1, 5]);
    assert_eq!(conn.wide(1).await.expect("two turns will do"), library::wide(1));
    assert_eq!(proxy.asked(), 6);
}

async fn check_wide(conn: &mut AsyncPgConnection, proxy: &Proxy) {
    conn.wide(0).await.expect("nothing is in the way");
    proxy.in_turns(&[1, 5]);
    assert_eq!(conn.wide(1).await.expect("two turns will do"), library::wide(1));
    assert_eq!(proxy.asked(), 6);
}

fn five_siblings_take_two_round_trips(database: &Database) {
    alone(async {
        let (proxy, mut conn) = connect(database).await;
        check_wide(&mut conn, &proxy).await;
    });
}

fn each_level_takes_one_more(database: &Database) {
    alone(async {
        let (proxy, mut conn) = connect(database).await;
        conn.deep(0).await.expect("nothing is in the way");
        proxy.in_turns(&[1, 2, 1]);
        assert_eq!(conn.deep(1).await.expect("three turns will do"), library::deep(1));
        assert_eq!(proxy.asked(), 4);
    });
}

fn a_snapshot_takes_two_more(database: &Database) {
    alone(async {
        let (proxy, mut conn) = connect(database).await;
        conn.snapshot(0).await.expect("nothing is in the way");
        proxy.in_turns(&[1, 1, 2, 1, 1]);
        assert_eq!(conn.snapshot(1).await.expect("five turns will do"), library::deep(1));
        assert_eq!(proxy.asked(), 6);
    });
}

fn chunks_take_as_many_each(database: &Database) {
    alone(async {
        let (proxy, mut conn) = connect(database).await;
        conn.chunks(0).await.expect("nothing is in the way");
        // Two of one row each, and one without, whose children need not be asked for.
        proxy.in_turns(&[1, 2, 1, 1, 2, 1, 1]);
        assert_eq!(conn.chunks(2).await.expect("seven turns will do"), library::deep(2));
        assert_eq!(proxy.asked(), 9);
    });
}

fn it_is_the_same_in_a_transaction(database: &Database) {
    alone(async {
        let (proxy, mut conn) = connect(database).await;
        let done = conn.transaction::<_, diesel::result::Error, _>(async |conn| {
            check_wide(conn, &proxy).await;
            proxy.pass();
            Ok(())
        });
        done.await.expect("nothing was written");
    });
}

fn two_loads_on_a_shared_connection_take_as_many_as_one(database: &Database) {
    alone(async {
        let (proxy, mut conn) = connect(database).await;
        conn.wide(0).await.expect("nothing is in the way");
        proxy.in_turns(&[2, 10]);
        let load = async |behind| {
            let query = Wide::query().filter(authors::id.gt(behind)).order(authors::id);
            query.load(&mut &conn).await
        };
        let (one, other): (QueryResult<Vec<Wide>>, _) = tokio::join!(load(0), load(2));
        assert_eq!(one.expect("two turns will do"), library::wide(0));
        assert_eq!(other.expect("two turns will do"), library::wide(2));
        assert_eq!(proxy.asked(), 12);
    });
}

fn manager(database: &Database, proxy: &Proxy) -> AsyncDieselConnectionManager<AsyncPgConnection> {
    AsyncDieselConnectionManager::new(database.by_way_of(proxy))
}

fn it_is_the_same_on_a_connection_from_deadpool(database: &Database) {
    alone(async {
        let proxy = database.proxy().await.expect("PostgreSQL has a server");
        let pool = deadpool::Pool::builder(manager(database, &proxy)).max_size(1).build();
        let mut conn = pool.expect("nothing is missing").get().await.expect("one is free");
        check_pooled(&mut conn, &proxy).await;
    });
}

fn it_is_the_same_on_a_connection_from_bb8(database: &Database) {
    alone(async {
        let proxy = database.proxy().await.expect("PostgreSQL has a server");
        let pool = bb8::Pool::builder().max_size(1).build(manager(database, &proxy)).await;
        let pool = pool.expect("the server runs");
        let mut conn = pool.get().await.expect("one is free");
        check_pooled(&mut conn, &proxy).await;
    });
}

fn it_is_the_same_on_a_connection_from_mobc(database: &Database) {
    alone(async {
        let proxy = database.proxy().await.expect("PostgreSQL has a server");
        let pool = mobc::Pool::builder().max_open(1).build(manager(database, &proxy));
        let mut conn = pool.get().await.expect("one is free");
        check_pooled(&mut conn, &proxy).await;
    });
}
