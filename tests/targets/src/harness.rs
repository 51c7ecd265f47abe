//! Runs the tests of one target.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::{Database, database};

/// A test, which panics where it fails.
#[derive(Clone, Copy)]
pub struct Test {
    /// Its module and the name of its function.
    pub name: &'static str,
    pub run: fn(),
}

impl Test {
    fn trial(self) -> Trial {
        // Without the crate and the folder.
        let name = self.name.splitn(3, "::").last().unwrap_or(self.name);
        Trial::test(name, move || {
            (self.run)();
            Ok(())
        })
    }
}

/// Runs `tests`, as the arguments of the process say, on databases of `database`.
pub fn main(target: &str, database: Database, tests: Vec<Test>) -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = tests.into_iter().map(Test::trial).collect();
    if arguments.list {
        return libtest_mimic::run(&arguments, trials).exit_code();
    }
    match database::open(database) {
        None => {
            let variable = database.variable().unwrap_or_default();
            println!(
                "{target}: not run, because {variable} is not set: `cargo xtask test` starts a server"
            );
            ExitCode::SUCCESS
        }
        Some(Err(error)) => {
            eprintln!("{target}: {error}");
            ExitCode::FAILURE
        }
        Some(Ok(())) => {
            let conclusion = libtest_mimic::run(&arguments, trials);
            database::close();
            conclusion.exit_code()
        }
    }
}
