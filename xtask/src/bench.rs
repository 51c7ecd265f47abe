//! The benches on servers.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

use crate::interrupt::Interrupt;
use crate::with_servers;

/// Runs the benches on servers, with `arguments`: those cases that have one of them in their name.
pub(crate) fn run(arguments: Vec<OsString>, interrupt: &Interrupt) -> Result<ExitCode> {
    let bench = ["bench", "--package", "upfront-benches", "--bench", "servers", "--"];
    with_servers::cargo(bench.iter().map(OsString::from).chain(arguments).collect(), interrupt)
}
