//! `cargo test` with the servers that it needs.

use std::env;
use std::ffi::{OsStr, OsString};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::Result;

use crate::install;
use crate::interrupt::Interrupt;
use crate::servers::{Database, Servers};

/// Runs `cargo test` with `arguments`, and exits as it does.
pub(crate) fn run(arguments: Vec<OsString>, interrupt: &Interrupt) -> Result<ExitCode> {
    let (given, wanted): (Vec<Database>, Vec<Database>) =
        Database::ALL.iter().partition(|database| is_given(database.variable()));
    if !given.is_empty() {
        let variables: Vec<&str> = given.iter().map(|database| database.variable()).collect();
        eprintln!(
            "xtask: takes what is in {}, and starts no server for it",
            variables.join(" and ")
        );
    }
    install::ensure(&wanted, interrupt)?;
    let mut servers = Servers::start(&wanted, interrupt)?;

    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(cargo_arguments(arguments)).envs(servers.variables());
    let status = interrupt.run(&mut cargo)?;
    if let Err(error) = servers.check() {
        eprintln!("xtask: {error:#}");
    }
    Ok(ExitCode::from(exit_code(status)))
}

fn is_given(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|url| !url.is_empty())
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

/// The exit code of a program; of one that a signal ended, that of a shell.
fn exit_code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
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

    #[test]
    fn the_exit_code_is_that_of_the_program() {
        // As `wait` tells them: by an exit code, and by a signal.
        for (raw, code) in [(0, 0), (101 << 8, 101), (9, 137)] {
            assert_eq!(exit_code(ExitStatus::from_raw(raw)), code);
        }
    }
}
