//! Running cargo with the servers.

use std::env;
use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::Result;

use crate::install;
use crate::interrupt::Interrupt;
use crate::servers::{Database, Servers};

/// Runs cargo with `arguments`, and exits as it does.
pub(crate) fn cargo(arguments: Vec<OsString>, interrupt: &Interrupt) -> Result<ExitCode> {
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
    cargo.args(arguments).envs(servers.variables());
    let status = interrupt.run(&mut cargo)?;
    if let Err(error) = servers.check() {
        eprintln!("xtask: {error:#}");
    }
    Ok(ExitCode::from(exit_code(status)))
}

fn is_given(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|url| !url.is_empty())
}

/// The exit code of a program; of one that a signal ended, that of a shell.
fn exit_code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_is_that_of_the_program() {
        // As `wait` tells them: by an exit code, and by a signal.
        for (raw, code) in [(0, 0), (101 << 8, 101), (9, 137)] {
            assert_eq!(exit_code(ExitStatus::from_raw(raw)), code);
        }
    }
}
