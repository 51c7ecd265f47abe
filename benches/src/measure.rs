//! How versions of one load are compared: run in turn, many times, and compared round by round, so that what else the
//! machine does meets all of them alike.

use std::time::{Duration, Instant};

/// How long one version runs in one round, where a single load is shorter.
const TURN: Duration = Duration::from_millis(5);
const ROUNDS: std::ops::RangeInclusive<usize> = 15..=301;

/// How long a load takes. What it gives is dropped afterwards.
pub fn timed<R>(load: impl FnOnce() -> R) -> Duration {
    let start = Instant::now();
    let rows = load();
    let time = start.elapsed();
    drop(rows);
    time
}

/// The times of `N` versions in each round, in about `limit` in all; `time` runs one version once.
pub fn in_turn<const N: usize>(
    limit: Duration,
    mut time: impl FnMut(usize) -> Duration,
) -> Vec<[f64; N]> {
    let longest = (0..N).map(&mut time).max().unwrap_or_default();
    let loads = (TURN.as_nanos() / longest.as_nanos().max(1)).max(1) as u32;
    let rounds = (limit.as_nanos() / (longest * loads * N as u32).as_nanos().max(1)) as usize;
    let rounds = rounds.clamp(*ROUNDS.start(), *ROUNDS.end());
    let round = |round: usize| {
        let mut times = [0.0; N];
        for turn in 0..N {
            // Each version follows each other one equally often.
            let version = (round + turn) % N;
            times[version] = (0..loads).map(|_| time(version)).sum::<Duration>().as_secs_f64();
        }
        times
    };
    (0..rounds).map(round).collect()
}

/// The median of some ratios, and the quarters of them that are below and above.
pub struct Spread {
    lower: f64,
    median: f64,
    upper: f64,
}

impl Spread {
    pub fn of(ratios: impl Iterator<Item = f64>) -> Self {
        let mut ratios: Vec<f64> = ratios.collect();
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
