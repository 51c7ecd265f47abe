//! Prints how long `upfront` takes, and how much memory it holds, as a share of hand-written Diesel.
//!
//! The versions are run in turn, many times, and compared pair by pair, so that what else the machine does meets
//! all of them alike. `cargo bench -p upfront-benches --bench ratios -- join` runs only the cases whose name has
//! `join` in it.
#![allow(missing_docs)]

use std::time::Duration;

use diesel::prelude::*;
use upfront_benches::case::{Case, PARENTS, assert_same_rows};
use upfront_benches::measure::{Spread, in_turn, timed};
use upfront_benches::memory::{self, Counting};
use upfront_benches::{
    Count, CountThrough, Find, HasMany, Join, ManyToMany, Page, Tags, TopFive, database,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How long the rounds of one case may take in all.
const TIME: Duration = Duration::from_secs(20);

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

    let rounds = in_turn::<3>(TIME, |version| match version {
        0 => timed(|| C::upfront(parents, conn).expect("it loaded before")),
        1 => timed(|| C::tuned(parents, conn).expect("it loaded before")),
        _ => timed(|| C::guide(parents, conn).expect("it loaded before")),
    });
    let spread = |other: usize| Spread::of(rounds.iter().map(|times| times[0] / times[other]));
    println!(
        "| {} | {parents} | {} | {} | {:.2} | {:.2} |",
        C::NAME,
        spread(1),
        spread(2),
        of_upfront(tuned),
        of_upfront(guide),
    );
}

/// The peaks of memory of `upfront`, hand-tuned and the guide's version.
fn peaks<C: Case>(parents: i32, conn: &mut SqliteConnection) -> [usize; 3] {
    [
        memory::peak(|| C::upfront(parents, conn)),
        memory::peak(|| C::tuned(parents, conn)),
        memory::peak(|| C::guide(parents, conn)),
    ]
}
