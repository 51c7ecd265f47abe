//! `cargo test` with the servers that it needs.

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use anyhow::Result;

use crate::interrupt::Interrupt;
use crate::{rust_analyzer, with_servers};

/// Runs `cargo test` with `arguments`, and exits as it does.
pub(crate) fn run(arguments: Vec<OsString>, interrupt: &Interrupt) -> Result<ExitCode> {
    rust_analyzer::ensure(interrupt)?;
    with_servers::cargo(cargo_arguments(arguments), interrupt)
}

/// The whole workspace is tested, unless `arguments` name packages: cargo would not listen to them.
fn cargo_arguments(arguments: Vec<OsString>) -> Vec<OsString> {
    let mut own = arguments.iter().take_while(|argument| *argument != "--");
    let command: &[&str] = if own.any(|argument| selects_packages(argument)) {
        &["test"]
    } else {
        &["test", "--workspace"]
    };
    command.iter().map(OsString::from).chain(arguments).collect()
}

fn selects_packages(argument: &OsStr) -> bool {
    let argument = argument.to_string_lossy();
    argument.starts_with("-p")
        || argument == "--package"
        || argument.starts_with("--package=")
        || argument == "--manifest-path"
        || argument.starts_with("--manifest-path=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &str, expected: &str) {
        let arguments = arguments.split_whitespace().map(OsString::from).collect();
        assert_eq!(cargo_arguments(arguments).join(OsStr::new(" ")), expected);
    }

    #[test]
    fn the_whole_workspace_is_tested_unless_packages_are_named() {
        check("", "test --workspace");
        check("--release joins", "test --workspace --release joins");
        check("-p upfront --lib", "test -p upfront --lib");
        check("-pupfront", "test -pupfront");
        check("--package=upfront", "test --package=upfront");
        check("joins -- -p", "test --workspace joins -- -p");
        check("--profile dev", "test --workspace --profile dev");
    }
}
