//! Each version of each case, measured by criterion one after the other: for profiles and for comparing with an
//! earlier commit. For ratios between the versions run `ratios`, which takes turns.
#![allow(missing_docs)]

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use diesel::prelude::*;
use upfront_benches::case::{Case, PARENTS, assert_same_rows};
use upfront_benches::{
    Count, CountThrough, Find, HasMany, Join, ManyToMany, Page, Tags, TopFive, database,
};

fn case<C: Case>(criterion: &mut Criterion, conn: &mut SqliteConnection, parents: &[i32]) {
    let mut group = criterion.benchmark_group(C::NAME);
    group.sample_size(10).warm_up_time(Duration::from_millis(500));
    for &parents in parents {
        assert_same_rows::<C>(parents, conn);
        group.bench_function(BenchmarkId::new("upfront", parents), |bencher| {
            bencher.iter_with_large_drop(|| C::upfront(parents, conn).expect("it loaded before"));
        });
        group.bench_function(BenchmarkId::new("guide", parents), |bencher| {
            bencher.iter_with_large_drop(|| C::guide(parents, conn).expect("it loaded before"));
        });
        group.bench_function(BenchmarkId::new("hand-tuned", parents), |bencher| {
            bencher.iter_with_large_drop(|| C::tuned(parents, conn).expect("it loaded before"));
        });
    }
    group.finish();
}

fn all(criterion: &mut Criterion) {
    let conn = &mut database::filled();
    case::<Find>(criterion, conn, &[1]);
    case::<Join>(criterion, conn, &PARENTS);
    case::<HasMany>(criterion, conn, &PARENTS);
    case::<Tags<false>>(criterion, conn, &PARENTS);
    case::<Tags<true>>(criterion, conn, &PARENTS);
    case::<ManyToMany>(criterion, conn, &PARENTS);
    case::<TopFive<false>>(criterion, conn, &PARENTS);
    case::<Count>(criterion, conn, &PARENTS);
    case::<CountThrough>(criterion, conn, &PARENTS);
    case::<Page>(criterion, conn, &[50]);
    // Last, for the index is there from now on.
    database::index_newest_books(conn);
    case::<TopFive<true>>(criterion, conn, &PARENTS);
}

criterion_group!(benches, all);
criterion_main!(benches);
