//! Prints how long `upfront` takes on servers as a share of hand-written Diesel, and what it gains by sending several
//! queries together.
//!
//! `cargo xtask bench` starts the servers and runs this; `cargo xtask bench -- join` runs only the cases whose name has
//! `join` in it.
#![allow(missing_docs)]

use std::time::Duration;

use diesel::prelude::*;
use diesel_async::{AsyncConnection, AsyncMysqlConnection, AsyncPgConnection};
use tokio::runtime::{Builder, Runtime};
use upfront_benches::case::{Case, PARENTS};
use upfront_benches::measure::{Spread, in_turn, timed};
use upfront_benches::servers::delay::Delay;
use upfront_benches::servers::{OnServer, assert_same_rows, database, siblings};
use upfront_benches::{
    Count, CountThrough, Find, HasMany, Join, ManyToMany, Page, Tags, TopFive,
    database::index_newest_books,
};

/// How long the rounds of one case on one connection may take in all.
const TIME: Duration = Duration::from_secs(4);
/// How long the network takes in each direction, where a delay is put in.
const DELAY: Duration = Duration::from_millis(1);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs this without `--bench`: then the rows are compared, and nothing is measured.
    let measured = args.iter().any(|arg| arg == "--bench");
    let wanted = |name: &str| {
        let mut names = args.iter().filter(|arg| !arg.starts_with("--")).peekable();
        names.peek().is_none() || names.any(|wanted| name.contains(wanted))
    };
    let (postgres, mariadb) = (database::postgres(), database::mariadb());
    if postgres.is_none() && mariadb.is_none() {
        return;
    }
    let mut servers = Servers::connect(postgres.as_deref(), mariadb.as_deref(), measured);
    println!("| case | parents | PostgreSQL | PostgreSQL, async | MariaDB | MariaDB, async |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let mut run = |name, parents: &[i32], case: fn(i32, &mut Servers)| {
        for &parents in parents.iter().filter(|_| wanted(name)) {
            case(parents, &mut servers);
        }
    };
    run(Find::NAME, &[1], compare::<Find>);
    run(Join::NAME, &PARENTS, compare::<Join>);
    run(HasMany::NAME, &PARENTS, compare::<HasMany>);
    run(Tags::<false>::NAME, &PARENTS, compare::<Tags<false>>);
    run(ManyToMany::NAME, &PARENTS, compare::<ManyToMany>);
    run(TopFive::<false>::NAME, &PARENTS, compare::<TopFive<false>>);
    run(Count::NAME, &PARENTS, compare::<Count>);
    run(CountThrough::NAME, &PARENTS, compare::<CountThrough>);
    run(Page::NAME, &[50], compare::<Page>);
    // Last, for the index is there from now on.
    run(TopFive::<true>::NAME, &PARENTS, |parents, servers| {
        servers.index_newest_books();
        compare::<TopFive<true>>(parents, servers);
    });
    if let Some(url) = postgres.filter(|_| wanted("siblings")) {
        compare_siblings(&url, &servers.runtime, measured);
    }
}

/// The connections to those servers that are there.
struct Servers {
    runtime: Runtime,
    measured: bool,
    postgres: Option<(PgConnection, AsyncPgConnection)>,
    mariadb: Option<(MysqlConnection, AsyncMysqlConnection)>,
}

impl Servers {
    fn connect(postgres: Option<&str>, mariadb: Option<&str>, measured: bool) -> Self {
        const REACHED: &str = "the server was reached before";
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let postgres = postgres.map(|url| {
            let connected = runtime.block_on(AsyncPgConnection::establish(url));
            (PgConnection::establish(url).expect(REACHED), connected.expect(REACHED))
        });
        let mariadb = mariadb.map(|url| {
            let connected = runtime.block_on(AsyncMysqlConnection::establish(url));
            (MysqlConnection::establish(url).expect(REACHED), connected.expect(REACHED))
        });
        Self { runtime, measured, postgres, mariadb }
    }

    fn index_newest_books(&mut self) {
        if let Some((conn, _)) = &mut self.postgres {
            index_newest_books(conn);
        }
        if let Some((conn, _)) = &mut self.mariadb {
            index_newest_books(conn);
        }
    }
}

/// Compares the versions of one case on all connections and prints a row of the table.
fn compare<K>(parents: i32, servers: &mut Servers)
where
    K: OnServer<PgConnection>
        + OnServer<AsyncPgConnection>
        + OnServer<MysqlConnection>
        + OnServer<AsyncMysqlConnection>,
{
    let Servers { runtime, measured, postgres, mariadb } = servers;
    let mut cells = vec![K::NAME.to_owned(), parents.to_string()];
    match postgres {
        Some((conn, async_conn)) => cells.extend([
            ratio::<K, _>(parents, conn, runtime, *measured),
            ratio::<K, _>(parents, async_conn, runtime, *measured),
        ]),
        None => cells.extend(["–".to_owned(), "–".to_owned()]),
    }
    match mariadb {
        Some((conn, async_conn)) => cells.extend([
            ratio::<K, _>(parents, conn, runtime, *measured),
            ratio::<K, _>(parents, async_conn, runtime, *measured),
        ]),
        None => cells.extend(["–".to_owned(), "–".to_owned()]),
    }
    println!("| {} |", cells.join(" | "));
}

/// The time of `upfront` as a share of the hand-tuned version's.
///
/// Connections that wait are also run by the runtime, so that it costs all alike.
fn ratio<K: OnServer<C>, C>(
    parents: i32,
    conn: &mut C,
    runtime: &Runtime,
    measured: bool,
) -> String {
    runtime.block_on(assert_same_rows::<K, C>(parents, conn));
    if !measured {
        return "the same rows".to_owned();
    }
    let rounds = in_turn::<2>(TIME, |version| match version {
        0 => timed(|| runtime.block_on(<K as OnServer<C>>::upfront(parents, conn))),
        _ => timed(|| runtime.block_on(<K as OnServer<C>>::tuned(parents, conn))),
    });
    Spread::of(rounds.iter().map(|[upfront, tuned]| upfront / tuned)).to_string()
}

/// Compares five prefetches that are sent together with the same one after the other, over a network with a delay.
fn compare_siblings(url: &str, runtime: &Runtime, measured: bool) {
    let server = url.split(['@', '/']).nth(3).expect("a URL with a user and a host");
    let network = Delay::to(server, DELAY).expect("the server can be reached");
    let url = url.replace(server, &network.address.to_string());
    let conn = &mut runtime
        .block_on(AsyncPgConnection::establish(&url))
        .expect("the server lets us in by way of the delay");
    // The statements are prepared here.
    let together = runtime.block_on(siblings::together(conn)).expect("upfront loads");
    let by_hand = runtime.block_on(siblings::in_turn(conn)).expect("the queries by hand load");
    assert!(together == by_hand, "siblings: the queries by hand give other rows");

    let before = network.trips();
    runtime.block_on(siblings::together(conn)).expect("it loaded before");
    let between = network.trips();
    runtime.block_on(siblings::in_turn(conn)).expect("it loaded before");
    let (together, by_hand) = (between - before, network.trips() - between);
    println!("\n| five prefetches | round trips | by hand, one after the other | time |");
    println!("| --- | ---: | ---: | ---: |");
    let ratio = if measured {
        let rounds = in_turn::<2>(TIME, |version| match version {
            0 => timed(|| runtime.block_on(siblings::together(conn))),
            _ => timed(|| runtime.block_on(siblings::in_turn(conn))),
        });
        Spread::of(rounds.iter().map(|[together, by_hand]| together / by_hand)).to_string()
    } else {
        "the same rows".to_owned()
    };
    println!("| with {DELAY:?} in each direction | {together} | {by_hand} | {ratio} |");
}
