//! Ctrl-C and its like: they end what we wait for, and then us in the ordinary way, so that everything is stopped.

use std::error::Error;
use std::fmt::{self, Display};
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::Signal;
use signal_hook::consts::{SIGCHLD, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::signal_name;

use crate::group::Group;

/// The signals that we received. Every wait of ours is one for them.
#[derive(Debug)]
pub(crate) struct Interrupt {
    signals: Receiver<i32>,
}

/// We were asked to stop.
#[derive(Debug, PartialEq)]
pub(crate) struct Interrupted {
    signal: i32,
}

impl Interrupt {
    /// From here on, signals that would end us are received.
    pub(crate) fn catch() -> Result<Self> {
        let mut caught =
            Signals::new([SIGINT, SIGTERM, SIGCHLD]).context("cannot catch signals")?;
        let (sender, signals) = channel();
        thread::spawn(move || caught.forever().try_for_each(|signal| sender.send(signal)));
        Ok(Self { signals })
    }

    /// Waits for the end of a program. It is stopped if we are asked to stop.
    pub(crate) fn run(&self, command: &mut Command) -> Result<ExitStatus> {
        let mut group = Group::start(command, Signal::TERM)?;
        loop {
            if let Some(status) = group.ended()? {
                return Ok(status);
            }
            self.until_a_program_ends()?;
        }
    }

    /// Waits until a program of ours ended; which one, its `Group` tells.
    pub(crate) fn until_a_program_ends(&self) -> Result<()> {
        received(self.signals.recv().context("no signals are received any more")?)
    }

    /// Waits at most this long, and less if a program of ours ends.
    pub(crate) fn at_most(&self, time: Duration) -> Result<()> {
        match self.signals.recv_timeout(time) {
            Ok(signal) => received(signal),
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => bail!("no signals are received any more"),
        }
    }
}

fn received(signal: i32) -> Result<()> {
    match signal {
        SIGCHLD => Ok(()),
        signal => Err(Interrupted { signal }.into()),
    }
}

impl Interrupted {
    /// As a shell tells the end by a signal.
    pub(crate) fn exit_code(&self) -> u8 {
        128 + u8::try_from(self.signal).unwrap_or(0)
    }
}

impl Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stopped by {}", signal_name(self.signal).unwrap_or("a signal"))
    }
}

impl Error for Interrupted {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_that_asks_us_to_stop_is_an_error_with_the_exit_code_of_a_shell() {
        for (signal, code, text) in
            [(SIGINT, 130, "stopped by SIGINT"), (SIGTERM, 143, "stopped by SIGTERM")]
        {
            let error = received(signal).unwrap_err();
            let interrupted = error.downcast_ref::<Interrupted>().unwrap();
            assert_eq!(interrupted.exit_code(), code);
            assert_eq!(interrupted.to_string(), text);
        }
        received(SIGCHLD).unwrap();
    }

    #[test]
    fn a_program_is_waited_for_and_its_status_told() {
        let (sender, signals) = channel();
        let interrupt = Interrupt { signals };
        // Each is a reason to look again, and nothing more.
        thread::spawn(move || {
            while sender.send(SIGCHLD).is_ok() {
                thread::yield_now()
            }
        });
        let status = interrupt.run(Command::new("sh").args(["-c", "exit 7"])).unwrap();
        assert_eq!(status.code(), Some(7));
    }

    #[test]
    fn a_program_is_stopped_when_we_are_asked_to_stop() {
        let (sender, signals) = channel();
        let interrupt = Interrupt { signals };
        sender.send(SIGTERM).unwrap();
        let error = interrupt.run(Command::new("sleep").arg("1000")).unwrap_err();
        assert_eq!(error.downcast_ref(), Some(&Interrupted { signal: SIGTERM }));
    }
}
