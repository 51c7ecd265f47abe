//! The commands of this repository, which start the servers that its tests and benches need.

mod account;
mod arguments;
mod bench;
mod folder;
mod group;
mod install;
mod interrupt;
mod libraries;
mod mariadb;
mod postgres;
mod programs;
mod rust_analyzer;
mod server;
mod servers;
mod test;
mod with_servers;

use std::env;
use std::process::ExitCode;

use crate::arguments::{Command, USAGE};
use crate::interrupt::{Interrupt, Interrupted};
use crate::servers::Database;

fn main() -> ExitCode {
    let command = match arguments::parse(env::args_os().skip(1)) {
        Ok(command) => command,
        Err(message) => {
            eprintln!("xtask: {message}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(code) => code,
        Err(error) => match error.downcast_ref::<Interrupted>() {
            Some(interrupted) => {
                eprintln!("xtask: {interrupted}");
                ExitCode::from(interrupted.exit_code())
            }
            None => {
                eprintln!("xtask: {error:#}");
                ExitCode::FAILURE
            }
        },
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let interrupt = Interrupt::catch()?;
    match command {
        Command::Help => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Command::Setup => {
            install::ensure(&Database::ALL, &interrupt)?;
            rust_analyzer::ensure(&interrupt)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Servers => servers::keep(&interrupt),
        Command::Bench(arguments) => bench::run(arguments, &interrupt),
        Command::Test(arguments) => test::run(arguments, &interrupt),
    }
}
