//! A program that does not outlive us.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};

/// How long a program may take to stop before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);

/// Reads until a line comes, or until there is nobody left who could write one: then it stops the group.
const GUARD: &str = r#"read -r line || kill -s "$0" -- "-$1""#;

/// A running program and what it started. All of it is stopped when this is dropped, and also when we are killed.
///
/// It is a process group of its own, so that a Ctrl-C reaches us alone, and everything is stopped in its order.
#[derive(Debug)]
pub(crate) struct Group {
    program: Child,
    stop: Signal,
    /// Waits in a group of its own for us to end. It is there as soon as the program is, but for a moment.
    guard: Option<Child>,
}

impl Group {
    /// Starts `command`, which ends when it receives the signal `stop`.
    pub(crate) fn start(command: &mut Command, stop: Signal) -> Result<Self> {
        let program = command.stdin(Stdio::null()).process_group(0).spawn().with_context(|| {
            format!("cannot run {}", Path::new(command.get_program()).display())
        })?;
        let mut group = Self { program, stop, guard: None };
        group.guard = Some(group.start_guard().context("cannot run sh")?);
        Ok(group)
    }

    fn start_guard(&self) -> io::Result<Child> {
        let stop = if self.stop == Signal::INT { "INT" } else { "TERM" };
        Command::new("sh")
            .args(["-c", GUARD, stop, &self.program.id().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir("/")
            .process_group(0)
            .spawn()
    }

    /// How the program ended, if it did.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.program.try_wait().context("cannot ask for the state of a program")
    }

    fn stop(&mut self) {
        if !matches!(self.program.try_wait(), Ok(Some(_))) {
            self.signal(self.stop);
            let patience = Instant::now() + PATIENCE;
            while matches!(self.program.try_wait(), Ok(None)) && Instant::now() < patience {
                thread::sleep(Duration::from_millis(5));
            }
            // What is left of the group has not heard of it, or does not care.
            self.signal(Signal::KILL);
            let _ = self.program.wait();
        }
        if let Some(mut guard) = self.guard.take() {
            let _ = guard.stdin.take().map(|mut stdin| stdin.write_all(b"done\n"));
            let _ = guard.wait();
        }
    }

    fn signal(&self, signal: Signal) {
        // It fails when the whole group is gone, which is what is wanted.
        let _ = kill_process_group(Pid::from_child(&self.program), signal);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::ChildStdout;

    /// A shell and a program that it started, both of which write to the pipe: it ends when both did.
    fn family(stop: Signal) -> (Group, ChildStdout) {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 1000 & echo; wait"]).stdout(Stdio::piped());
        let mut group = Group::start(&mut command, stop).unwrap();
        let mut output = group.program.stdout.take().unwrap();
        output.read_exact(&mut [0]).unwrap();
        (group, output)
    }

    #[test]
    fn a_group_is_stopped_when_it_is_dropped() {
        for stop in [Signal::TERM, Signal::INT] {
            let (group, mut output) = family(stop);
            drop(group);
            assert_eq!(output.read(&mut [0]).unwrap(), 0, "nobody has it open");
        }
    }

    #[test]
    fn a_group_is_stopped_when_nobody_is_left_to_do_so() {
        let (mut group, mut output) = family(Signal::TERM);
        // What happens to the pipe when we are killed.
        drop(group.guard.as_mut().unwrap().stdin.take());
        assert_eq!(output.read(&mut [0]).unwrap(), 0, "nobody has it open");
        assert!(!group.program.wait().unwrap().success());
    }

    #[test]
    fn the_end_of_a_program_is_told() {
        let mut group = Group::start(&mut Command::new("true"), Signal::TERM).unwrap();
        group.program.wait().unwrap();
        assert!(group.ended().unwrap().unwrap().success());
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = Group::start(&mut Command::new("/no/such/program"), Signal::TERM).unwrap_err();
        assert_eq!(error.to_string(), "cannot run /no/such/program");
    }
}
