//! A private PostgreSQL.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use rustix::process::Signal;

use crate::account::Account;
use crate::folder::Folder;
use crate::interrupt::Interrupt;
use crate::programs::{folder_of_all, path_folders, versioned_folders};
use crate::server::{Kind, connect, prepare};

/// The accounts that may run it for root.
pub(crate) const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// The folder with PostgreSQL's programs: that of `PATH`, or else the newest of the places where packages put it.
pub(crate) fn find() -> Option<PathBuf> {
    let mut folders = path_folders();
    for (parent, prefix) in [
        ("/usr/lib/postgresql", ""),
        ("/usr", "pgsql-"),
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
    ] {
        folders.extend(versioned_folders(parent, prefix));
    }
    folder_of_all(&["initdb", "postgres"], &folders)
}

/// Data of a PostgreSQL, which [`Server::start`](crate::server::Server::start) runs.
#[derive(Debug)]
pub(crate) struct Postgres {
    program: PathBuf,
    account: Account,
    data: PathBuf,
    log: PathBuf,
}

impl Postgres {
    /// Makes the data in a folder of its own in `folder`.
    pub(crate) fn create(account: Account, folder: &Folder, interrupt: &Interrupt) -> Result<Self> {
        let programs = find().context("PostgreSQL is not there any more")?;
        let folder = folder.folder_of(&account, "postgres")?;
        let this = Self {
            program: programs.join("postgres"),
            account,
            data: folder.join("data"),
            log: folder.join("log"),
        };
        let mut initdb = this.account.command(&programs.join("initdb"));
        initdb.current_dir(&folder).arg("--pgdata").arg(&this.data).args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ]);
        prepare(&mut initdb, &this.log, interrupt)?;
        Ok(this)
    }
}

impl Kind for Postgres {
    fn command(&self, port: u16) -> Command {
        let mut command = self.account.command(&self.program);
        command.current_dir(&self.data).arg("-D").arg(&self.data);
        for setting in settings(port) {
            command.arg("-c").arg(setting);
        }
        command
    }

    /// Rolls open transactions back. A `SIGTERM` would wait for their clients.
    const STOP: Signal = Signal::INT;

    fn listens(&self) -> bool {
        fs::read_to_string(self.data.join("postmaster.pid")).is_ok_and(|text| is_ready(&text))
    }

    fn answers(&self, port: u16) -> io::Result<bool> {
        let mut stream = connect(port)?;
        stream.write_all(&startup_message())?;
        let mut kind = [0];
        stream.read_exact(&mut kind)?;
        // `R`: we are let in. While it starts, it sends `E`, an error.
        Ok(kind == *b"R")
    }

    fn url(&self, port: u16) -> String {
        format!("postgres://postgres@127.0.0.1:{port}/postgres")
    }

    fn log(&self) -> &Path {
        &self.log
    }

    fn program(&self) -> &Path {
        &self.program
    }
}

/// The data is thrown away in the end, so nothing waits for the disk.
fn settings(port: u16) -> [String; 10] {
    [
        format!("port={port}"),
        "listen_addresses=127.0.0.1".into(),
        "unix_socket_directories=".into(),
        "max_connections=200".into(),
        "shared_buffers=64MB".into(),
        "fsync=off".into(),
        "synchronous_commit=off".into(),
        "full_page_writes=off".into(),
        // A table that was never analyzed is taken for a large one, and queries with many subqueries on it are compiled:
        // a second for what takes milliseconds.
        "jit=off".into(),
        "timezone=UTC".into(),
    ]
}

/// Whether the file that a server keeps beside its data says, in the eighth line, that it takes connections.
fn is_ready(postmaster_pid: &str) -> bool {
    postmaster_pid.lines().nth(7).is_some_and(|line| line.trim() == "ready")
}

/// The first message of version 3.0 of the protocol: its length, the version, and who we are.
fn startup_message() -> Vec<u8> {
    let body = [&196_608_u32.to_be_bytes()[..], b"user\0postgres\0database\0postgres\0\0"].concat();
    let length = u32::try_from(body.len() + 4).expect("a few bytes");
    [&length.to_be_bytes()[..], &body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_ready_when_its_own_file_says_so() {
        let starting =
            "4711\n/data\n1700000000\n41234\n\n127.0.0.1\n  3735596         7\nstarting\n";
        assert!(!is_ready(starting));
        assert!(is_ready(&starting.replace("starting", "ready   ")));
        assert!(!is_ready("4711\n/data\n"), "half of it is written");
    }

    #[test]
    fn the_startup_message_says_its_length() {
        let message = startup_message();
        assert_eq!(message[..8], [0, 0, 0, 41, 0, 3, 0, 0]);
        assert_eq!(message.len(), 41);
    }
}
