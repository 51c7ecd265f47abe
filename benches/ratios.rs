//! Prints how long `upfront` takes, and how much memory it holds, as a share of hand-written Diesel.
//!
//! The versions are run in turn, many times, and compared pair by pair, so that what else the machine does meets
//! all of them alike. `cargo bench -p upfront-benches --bench ratios -- join` runs only the cases whose name has
//! `join` in it.
#![allow(missing_docs)]

use std::time::{Duration, Instant};

use diesel::prelude::*;
use upfront_benches::case::{Case, PARENTS, assert_same_rows};
use upfront_benches::memory::{self, Counting};
use upfront_benches::{
    Count, CountThrough, Find, HasMany, Join, ManyToMany, Page, Tags, TopFive, database,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How long the rounds of one case may take in all.
const TIME: Duration = Duration::from_secs(20);
/// How long one version runs in one round, where a single load is shorter.
const TURN: Duration = Duration::from_millis(5);
const ROUNDS: std::ops::RangeInclusive<usize> = 15..=301;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs this without `--bench`: then the rows are compared, and nothing is measured.
    let measured = args.iter().any(|arg| arg == "--bench");
    let wanted = |name: &str| {
        let mut names = args.iter().filter(|arg| !arg.starts_with("--")).peekable();
        names.peek().is_none() || names.any(|wanted| name.contains(wanted))
    };
    let conn = &mut database::filled();
    println!(
        "| case | parents | time / hand-tuned | time / guide | peak / hand-tuned | peak / guide |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let mut run = |name, parents: &[i32], case: fn(i32, &mut SqliteConnection, bool)| {
        for &parents in parents.iter().filter(|_| wanted(name)) {
            case(parents, conn, measured);
        }
    };
    run(Find::NAME, &[1], compare::<Find>);
    run(Join::NAME, &PARENTS, compare::<Join>);
    run(HasMany::NAME, &PARENTS, compare::<HasMany>);
    run(Tags::<false>::NAME, &PARENTS, compare::<Tags<false>>);
    run(Tags::<true>::NAME, &PARENTS, compare::<Tags<true>>);
    run(ManyToMany::NAME, &PARENTS, compare::<ManyToMany>);
    run(TopFive::<false>::NAME, &PARENTS, compare::<TopFive<false>>);
    run(Count::NAME, &PARENTS, compare::<Count>);
    run(CountThrough::NAME, &PARENTS, compare::<CountThrough>);
    run(Page::NAME, &[50], compare::<Page>);
    // Last, for the index is there from now on.
    run(TopFive::<true>::NAME, &PARENTS, |parents, conn, measured| {
        database::index_newest_books(conn);
        compare::<TopFive<true>>(parents, conn, measured);
    });
}

/// Compares the versions of one case and prints a row of the table.
fn compare<C: Case>(parents: i32, conn: &mut SqliteConnection, measured: bool) {
    assert_same_rows::<C>(parents, conn);
    if !measured {
        return;
    }
    let [upfront, tuned, guide] = peaks::<C>(parents, conn);
    let of_upfront = |other: usize| upfront as f64 / other as f64;

    let longest = (0..3).map(|version| time::<C>(version, parents, conn)).max().unwrap_or_default();
    let loads = (TURN.as_nanos() / longest.as_nanos().max(1)).max(1) as u32;
    let rounds = (TIME.as_nanos() / (longest * loads * 3).as_nanos().max(1)) as usize;
    let rounds = rounds.clamp(*ROUNDS.start(), *ROUNDS.end());
    let mut to_tuned = Vec::with_capacity(rounds);
    let mut to_guide = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let mut times = [Duration::ZERO; 3];
        for turn in 0..3 {
            // Each version follows each other one equally often.
            let version = (round + turn) % 3;
            times[version] = (0..loads).map(|_| time::<C>(version, parents, conn)).sum();
        }
        let [upfront, tuned, guide] = times.map(|time| time.as_secs_f64());
        to_tuned.push(upfront / tuned);
        to_guide.push(upfront / guide);
    }
    println!(
        "| {} | {parents} | {} | {} | {:.2} | {:.2} |",
        C::NAME,
        Spread::of(to_tuned),
        Spread::of(to_guide),
        of_upfront(tuned),
        of_upfront(guide),
    );
}

/// How long one load of a version takes: `upfront`, hand-tuned or the guide's. The rows are dropped afterwards.
fn time<C: Case>(version: usize, parents: i32, conn: &mut SqliteConnection) -> Duration {
    fn timed<R>(load: impl FnOnce() -> QueryResult<R>) -> Duration {
        let start = Instant::now();
        let rows = load().expect("it loaded before");
        let time = start.elapsed();
        drop(rows);
        time
    }
    match version {
        0 => timed(|| C::upfront(parents, conn)),
        1 => timed(|| C::tuned(parents, conn)),
        _ => timed(|| C::guide(parents, conn)),
    }
}

/// The peaks of memory of `upfront`, hand-tuned and the guide's version.
fn peaks<C: Case>(parents: i32, conn: &mut SqliteConnection) -> [usize; 3] {
    [
        memory::peak(|| C::upfront(parents, conn)),
        memory::peak(|| C::tuned(parents, conn)),
        memory::peak(|| C::guide(parents, conn)),
    ]
}

/// The median of some ratios, and the quarters of them that are below and above.
struct Spread {
    lower: f64,
    median: f64,
    upper: f64,
}

impl Spread {
    fn of(mut ratios: Vec<f64>) -> Self {
        ratios.sort_by(f64::total_cmp);
        let quarter = ratios.len() / 4;
        Self {
            lower: ratios[quarter],
            median: ratios[ratios.len() / 2],
            upper: ratios[ratios.len() - 1 - quarter],
        }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "**{:.2}** ({:.2}–{:.2})", self.median, self.lower, self.upper)
    }
}
