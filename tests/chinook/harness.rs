//! Runs the tests between the making of the databases and their removal.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::database::{self, Databases};
use crate::store;

/// A test and its name.
pub(crate) type Test = (&'static str, fn());

/// Lists the tests of a module. The compiler tells of one that is not listed, because nothing uses it.
macro_rules! tests {
    ($($test:ident),* $(,)?) => {
        pub(crate) const TESTS: &[$crate::harness::Test] =
            &[$((concat!(module_path!(), "::", stringify!($test)), $test)),*];
    };
}

const DATA: &str = "../shared/data/chinook";

/// Runs the tests, or says in one line why it does not.
pub(crate) fn run(target: &str, tests: impl Iterator<Item = &'static [Test]>) -> ExitCode {
    let tests = tests.flatten().map(|&(name, test)| {
        Trial::test(short(name), move || {
            test();
            Ok(())
        })
    });
    let (arguments, tests) = (Arguments::from_args(), tests.collect());
    if arguments.list {
        return libtest_mimic::run(&arguments, tests).exit_code();
    }
    let databases = match databases() {
        Ok(databases) => databases,
        Err(NoDatabases::NotRun(why)) => {
            eprintln!("{target}: not run, because {why}");
            return ExitCode::SUCCESS;
        }
        Err(NoDatabases::Failed(error)) => {
            eprintln!("{target}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let databases = store::open_from(databases);
    let conclusion = libtest_mimic::run(&arguments, tests);
    if let Err(error) = databases.remove() {
        eprintln!("{target}: the databases are not removed: {error}");
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}

enum NoDatabases {
    NotRun(String),
    Failed(String),
}

fn databases() -> Result<Databases, NoDatabases> {
    let server = match database::SERVER {
        Some(variable) => {
            env::var(variable).ok().filter(|url| !url.is_empty()).ok_or_else(|| {
                let help = "`cargo xtask test` starts a server";
                NoDatabases::NotRun(format!("{variable} is not set: {help}"))
            })?
        }
        None => String::new(),
    };
    let (folder, file) = (concat!(env!("CARGO_MANIFEST_DIR"), "/../.."), database::SCRIPT);
    let script = match fs::read_to_string(format!("{folder}/{DATA}/{file}")) {
        Ok(script) => script,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(NoDatabases::NotRun(format!("{DATA}/{file} is missing")));
        }
        Err(error) => return Err(NoDatabases::Failed(format!("{DATA}/{file}: {error}"))),
    };
    Databases::make(&server, &script).map_err(|error| {
        let place = database::SERVER.map(|variable| format!(" on the server in {variable}"));
        let place = place.unwrap_or_default();
        NoDatabases::Failed(format!("the databases cannot be made{place}: {error}"))
    })
}

/// The name of a test with the module that it is in.
fn short(name: &str) -> &str {
    let test = name.rfind("::").unwrap_or_default();
    name[..test].rfind("::").map_or(name, |module| &name[module + 2..])
}
