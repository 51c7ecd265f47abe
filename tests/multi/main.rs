//! Loads on a connection to one of several databases, on each of them.
#![allow(missing_docs)]

mod connection;
mod loads;

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};

use connection::{AnyConnection, Database, Place};

/// A test: its name, and what it does with the place where its tables are.
type Test = (&'static str, fn(&Place));

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let places: Vec<_> = Database::ALL.into_iter().filter_map(Place::find).map(Arc::new).collect();
    let trials = places.iter().flat_map(trials).collect();
    if arguments.list {
        return libtest_mimic::run(&arguments, trials).exit_code();
    }
    if let Err(error) = places.iter().try_for_each(|place| place.create()) {
        eprintln!("multi: {error}");
        return ExitCode::FAILURE;
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    places.iter().for_each(|place| place.remove());
    conclusion.exit_code()
}

/// All tests on one database.
fn trials(place: &Arc<Place>) -> Vec<Trial> {
    let trial = |(name, run): Test| {
        let place = Arc::clone(place);
        Trial::test(format!("{}::{name}", place.database.name()), move || {
            run(&place);
            Ok(())
        })
    };
    loads::tests().into_iter().map(trial).collect()
}
