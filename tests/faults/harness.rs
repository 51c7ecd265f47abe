//! Runs the tests whose servers are there, and says of which there is none.

use std::future::Future;
use std::process::ExitCode;
use std::time::Duration;

use libtest_mimic::{Arguments, Trial};
use tokio::runtime::{Builder, Runtime};

use crate::database::{Database, Target};

/// A test, which panics where it fails.
pub(crate) struct Test {
    pub(crate) name: &'static str,
    pub(crate) target: Target,
    pub(crate) run: fn(&Database),
}

/// A function of this module as a test.
macro_rules! test {
    ($target:ident $test:expr) => {
        $crate::harness::Test {
            name: concat!(module_path!(), "::", stringify!($test)),
            target: $crate::database::Target::$target,
            run: $test,
        }
    };
}

pub(crate) use test;

impl Test {
    fn trial(self) -> Trial {
        let name = self.name.split_once("::").map_or(self.name, |(_, name)| name);
        Trial::test(name, move || {
            (self.run)(&Database::create(self.target));
            Ok(())
        })
    }
}

pub(crate) fn main(tests: Vec<Test>) -> ExitCode {
    let arguments = Arguments::from_args();
    if !arguments.list {
        for target in [Target::Postgres, Target::Mariadb] {
            if let Some((name, variable)) = target.server().filter(|_| !target.is_there()) {
                println!(
                    "faults: not run on {name}, because {variable} is not set: `cargo xtask test` starts a server"
                );
            }
        }
    }
    let there = tests.into_iter().filter(|test| arguments.list || test.target.is_there());
    libtest_mimic::run(&arguments, there.map(Test::trial).collect()).exit_code()
}

/// What is still not ready then never will be.
const HANGS: Duration = Duration::from_secs(120);

fn finish<F: Future>(runtime: &Runtime, future: F) -> F::Output {
    let future = async { tokio::time::timeout(HANGS, future).await };
    runtime.block_on(future).expect("it does not hang")
}

/// Runs a future, and what it spawns, on this thread: what happens between two of its awaits is up to the test.
pub(crate) fn alone<F: Future>(future: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_all().build();
    finish(&runtime.expect("a runtime of one thread needs nothing"), future)
}

/// Runs a future on this thread, and what it spawns on another: the future may block.
pub(crate) fn beside<F: Future>(future: F) -> F::Output {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
    finish(&runtime.expect("there can be another thread"), future)
}
