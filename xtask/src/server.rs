//! A server that runs for as long as we need it.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::Signal;

use crate::group::Group;
use crate::interrupt::Interrupt;

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often another port is tried, where somebody else took the one that was free.
const PORTS: usize = 5;
/// How many lines of a log are shown. MariaDB's installer has thirty lines of advice below the error.
const LINES: usize = 40;

/// What is different between servers, once their data is there.
pub(crate) trait Kind {
    /// The command that runs the server on `port`.
    fn command(&self, port: u16) -> Command;

    /// The signal that ends it soon, and its connections with it.
    const STOP: Signal;

    /// Whether its own files say that it listens: on the port may be somebody else.
    fn listens(&self) -> bool;

    /// Whether it answers on `port` as a server that takes connections.
    fn answers(&self, port: u16) -> io::Result<bool>;

    /// Where tests find it.
    fn url(&self, port: u16) -> String;

    /// The file that its output goes to.
    fn log(&self) -> &Path;

    /// The program that it is.
    fn program(&self) -> &Path;
}

/// A server that answers. It is stopped when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    group: Group,
    program: PathBuf,
    log: PathBuf,
    pub(crate) url: String,
}

impl Server {
    /// Starts a server on a free port, and waits until it answers.
    pub(crate) fn start<K: Kind>(kind: &K, interrupt: &Interrupt) -> Result<Self> {
        for _ in 0..PORTS {
            let port = free_port()?;
            let mut command = kind.command(port);
            into_log(&mut command, kind.log())?;
            let mut group = Group::start(&mut command, K::STOP)?;
            match until_ready(kind, port, &mut group, interrupt)? {
                None => {
                    eprintln!("xtask: {} listens on port {port}", kind.program().display());
                    let (program, log) = (kind.program().to_owned(), kind.log().to_owned());
                    return Ok(Self { group, program, log, url: kind.url(port) });
                }
                // Somebody else was faster. Any other end of a server is a fault.
                Some(_) if !is_free(port) => {}
                Some(status) => {
                    bail!(told(kind.program(), &format!("ended with {status}"), kind.log()))
                }
            }
        }
        bail!("{} found no port: {PORTS} of them were taken by others", kind.program().display())
    }

    /// An error if the server has ended by itself.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.group.ended()? {
            None => Ok(()),
            Some(status) => bail!(told(&self.program, &format!("ended with {status}"), &self.log)),
        }
    }
}

/// Waits until the server is ready, or has ended with a status.
fn until_ready(
    kind: &impl Kind,
    port: u16,
    group: &mut Group,
    interrupt: &Interrupt,
) -> Result<Option<ExitStatus>> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(status) = group.ended()? {
            return Ok(Some(status));
        }
        if kind.listens() && kind.answers(port).unwrap_or(false) {
            return Ok(None);
        }
        interrupt.at_most(Duration::from_millis(20))?;
    }
    bail!(told(kind.program(), &format!("does not answer after {PATIENCE:?}"), kind.log()))
}

/// Runs a program that prepares a server, with its output in a log that is shown if it fails.
pub(crate) fn prepare(command: &mut Command, log: &Path, interrupt: &Interrupt) -> Result<()> {
    into_log(command, log)?;
    let status = interrupt.run(command)?;
    ensure!(
        status.success(),
        told(Path::new(command.get_program()), &format!("ended with {status}"), log)
    );
    Ok(())
}

fn into_log(command: &mut Command, path: &Path) -> Result<()> {
    let open = || File::options().create(true).append(true).open(path);
    let log = open().and_then(|log| Ok((log.try_clone()?, log)));
    let (out, err) = log.with_context(|| format!("cannot open {}", path.display()))?;
    command.stdout(out).stderr(err);
    Ok(())
}

/// What went wrong with a program, and the last lines that it wrote.
fn told(program: &Path, what: &str, log: &Path) -> String {
    let written = fs::read(log).unwrap_or_default();
    let written = String::from_utf8_lossy(&written);
    match last_lines(&written) {
        "" => format!("{} {what}, and wrote nothing", program.display()),
        lines => format!("{} {what}; the last that it wrote:\n\n{lines}\n", program.display()),
    }
}

fn last_lines(text: &str) -> &str {
    let text = text.trim_end();
    match text.rmatch_indices('\n').nth(LINES - 1) {
        Some((end, _)) => &text[end + 1..],
        None => text,
    }
}

/// Opens a connection to a server of ours, which will not wait for long.
pub(crate) fn connect(port: u16) -> io::Result<TcpStream> {
    let wait = Duration::from_secs(1);
    let stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), wait)?;
    stream.set_read_timeout(Some(wait))?;
    Ok(stream)
}

fn free_port() -> Result<u16> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("127.0.0.1 has no free port")?;
    Ok(listener.local_addr()?.port())
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_somebody_took_is_told() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(!is_free(port));
        assert_ne!(free_port().unwrap(), port);
    }

    #[test]
    fn the_last_lines_of_a_log_are_shown() {
        let log: String = (1..=50).map(|line| format!("line {line}\n")).collect();
        let lines: Vec<&str> = last_lines(&log).lines().collect();
        assert_eq!((lines.len(), lines[0], lines[39]), (LINES, "line 11", "line 50"));
        assert_eq!(last_lines("one\ntwo\n\n"), "one\ntwo");
        assert_eq!(last_lines("\n"), "");
    }

    #[test]
    fn a_fault_is_told_with_the_log() {
        let log = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../rustfmt.toml"));
        assert_eq!(
            told(Path::new("/bin/server"), "ended with exit status: 1", log),
            "/bin/server ended with exit status: 1; the last that it wrote:\n\nuse_small_heuristics = \"Max\"\n"
        );
        assert_eq!(
            told(Path::new("/bin/server"), "ended with exit status: 1", Path::new("/no/such/log")),
            "/bin/server ended with exit status: 1, and wrote nothing"
        );
    }
}
