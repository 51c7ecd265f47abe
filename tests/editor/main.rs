//! What an editor shows of `load!` while it is written: the tests ask a rust-analyzer, as an editor does.

mod completion;
mod editor;
mod lookup;
mod rows;
mod server;

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Trial};

use crate::editor::Editor;
use crate::server::Server;

/// A test, which panics where it fails.
struct Test {
    name: &'static str,
    run: fn(&mut Editor),
}

/// Functions of a module as tests.
macro_rules! tests {
    ($($module:ident::$test:ident,)*) => {
        [$(Test { name: concat!(stringify!($module), "::", stringify!($test)), run: $module::$test },)*]
    };
}

const TESTS: &[Test] = &tests![
    completion::columns,
    completion::columns_in_lists,
    completion::columns_of_relations,
    completion::relations,
    completion::what_refines_a_prefetch,
    completion::columns_and_their_methods_in_a_filter,
    completion::local_variables,
    completion::what_is_computed_of_a_relation,
    completion::types_and_models,
    completion::structs,
    completion::columns_of_a_selection,
    rows::fields_at_every_depth,
    rows::fields_while_the_text_is_unfinished,
    rows::fields_of_a_struct,
    lookup::a_column_is_its_field_of_the_model,
    lookup::a_relation_is_that_of_the_model,
    lookup::a_local_variable_is_renamed,
    lookup::nothing_is_wrong_with_what_is_right,
];

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // There is one rust-analyzer, and it shows one text at a time.
    arguments.test_threads = Some(1);
    if !arguments.list && !Server::is_there() {
        println!(
            "editor: not run, because rust-analyzer or the sources of the standard library are not there: `cargo xtask setup` installs them"
        );
        return ExitCode::SUCCESS;
    }
    let editor: Arc<Mutex<Option<Editor>>> = Arc::default();
    let trials = TESTS.iter().map(|test| {
        let editor = Arc::clone(&editor);
        Trial::test(test.name, move || {
            // One that failed has left nothing behind: each shows its texts anew.
            let mut editor = editor.lock().unwrap_or_else(PoisonError::into_inner);
            (test.run)(editor.get_or_insert_with(Editor::start));
            Ok(())
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}
