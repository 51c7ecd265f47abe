//! A private MariaDB or MySQL.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use rustix::process::Signal;

use crate::account::Account;
use crate::folder::Folder;
use crate::interrupt::Interrupt;
use crate::programs::{first_of, path_folders, versioned_folders};
use crate::server::{Kind, connect, prepare};

/// The accounts that may run it for root.
pub(crate) const ACCOUNTS: [&str; 2] = ["mysql", "nobody"];

/// The user that tests connect as, whom the server lets in without a password.
const USERS: &str = "\
CREATE USER upfront@127.0.0.1;
GRANT ALL ON *.* TO upfront@127.0.0.1 WITH GRANT OPTION;
";

/// The programs of a server.
#[derive(Debug, PartialEq)]
pub(crate) struct Programs {
    server: PathBuf,
    /// What makes the data of a MariaDB. MySQL does so itself.
    install: Option<PathBuf>,
}

/// MariaDB, or else MySQL, in `PATH` or where packages put it.
pub(crate) fn find() -> Option<Programs> {
    let mut folders = path_folders();
    // Not in the `PATH` of every user.
    folders.extend(["/usr/bin", "/usr/sbin", "/usr/libexec", "/usr/local/bin"].map(PathBuf::from));
    for opt in ["/opt/homebrew/opt", "/usr/local/opt"] {
        for name in ["mariadb", "mysql"] {
            folders.push(Path::new(opt).join(name).join("bin"));
            folders.extend(versioned_folders(opt, &format!("{name}@")));
        }
    }
    let install = first_of(&["mariadb-install-db", "mysql_install_db"], &folders);
    let server = first_of(&["mariadbd", "mysqld"], &folders)?;
    let is_mariadb = server.ends_with("mariadbd") || version(&server)?.contains("MariaDB");
    choose(server, install, is_mariadb)
}

/// A MariaDB is of use only together with the program that makes its data.
fn choose(server: PathBuf, install: Option<PathBuf>, is_mariadb: bool) -> Option<Programs> {
    match (is_mariadb, install) {
        (true, None) => None,
        (true, install) => Some(Programs { server, install }),
        (false, _) => Some(Programs { server, install: None }),
    }
}

fn version(server: &Path) -> Option<String> {
    let output = Command::new(server).args(["--no-defaults", "--version"]).output().ok()?;
    String::from_utf8(output.stdout).ok()
}

/// Data of a MariaDB or MySQL, which [`Server::start`](crate::server::Server::start) runs.
#[derive(Debug)]
pub(crate) struct Mariadb {
    program: PathBuf,
    account: Account,
    folder: PathBuf,
    log: PathBuf,
}

impl Mariadb {
    /// Makes the data in a folder of its own in `folder`.
    pub(crate) fn create(account: Account, folder: &Folder, interrupt: &Interrupt) -> Result<Self> {
        let programs = find().context("MariaDB is not there any more")?;
        let folder = folder.folder_of(&account, "mariadb")?;
        let this = Self { program: programs.server, account, log: folder.join("log"), folder };
        let users = this.folder.join("users.sql");
        fs::write(&users, USERS).with_context(|| format!("cannot write {}", users.display()))?;
        this.account.own(&users)?;
        prepare(&mut this.installation(programs.install.as_deref()), &this.log, interrupt)?;
        Ok(this)
    }

    fn installation(&self, install: Option<&Path>) -> Command {
        let mut command = self.command_of(install.unwrap_or(&self.program));
        match install {
            Some(_) => command.args(["--auth-root-authentication-method=normal", "--skip-test-db"]),
            None => command.arg("--initialize-insecure"),
        };
        command
    }

    /// Runs a program on our data. What the system configures is not read, for which that option must be the first.
    fn command_of(&self, program: &Path) -> Command {
        let mut command = self.account.command(program);
        command
            .current_dir(&self.folder)
            // A server that starts removes the temporary tables there, also those of others.
            .env("TMPDIR", &self.folder)
            .arg("--no-defaults")
            .arg(format!("--datadir={}", self.folder.join("data").display()));
        command
    }
}

impl Kind for Mariadb {
    fn command(&self, port: u16) -> Command {
        let mut command = self.command_of(&self.program);
        command.arg(format!("--pid-file={}", self.folder.join("pid").display()));
        command.arg(format!("--init-file={}", self.folder.join("users.sql").display()));
        command.args(options(port));
        command
    }

    const STOP: Signal = Signal::TERM;

    fn listens(&self) -> bool {
        // It is written after the port was taken.
        self.folder.join("pid").exists()
    }

    fn answers(&self, port: u16) -> io::Result<bool> {
        let mut start = [0; 5];
        connect(port)?.read_exact(&mut start)?;
        Ok(is_greeting(start))
    }

    fn url(&self, port: u16) -> String {
        format!("mysql://upfront@127.0.0.1:{port}")
    }

    fn log(&self) -> &Path {
        &self.log
    }

    fn program(&self) -> &Path {
        &self.program
    }
}

/// The data is thrown away in the end, so nothing waits for the disk.
fn options(port: u16) -> Vec<String> {
    let mut options = vec![format!("--port={port}")];
    options.extend(
        [
            "--bind-address=127.0.0.1",
            // In the data folder: the path of a socket must be short.
            "--socket=socket",
            "--loose-mysqlx=OFF",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--character-set-server=utf8mb4",
            "--default-time-zone=+00:00",
            "--max-connections=300",
            "--max-allowed-packet=64M",
            "--performance-schema=OFF",
            "--innodb-buffer-pool-size=64M",
            "--innodb-flush-method=nosync",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-doublewrite=0",
            "--innodb-fast-shutdown=2",
        ]
        .map(str::to_owned),
    );
    options
}

/// Whether a packet is a greeting: its header of four bytes, and version 10 of the protocol. An error begins with 255.
fn is_greeting(start: [u8; 5]) -> bool {
    start[4] == 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(install: Option<&str>, is_mariadb: bool, expected: Option<Option<&str>>) {
        let programs = choose("/usr/sbin/mysqld".into(), install.map(PathBuf::from), is_mariadb);
        let expected = expected.map(|install| Programs {
            server: "/usr/sbin/mysqld".into(),
            install: install.map(PathBuf::from),
        });
        assert_eq!(programs, expected);
    }

    #[test]
    fn a_mariadb_needs_the_program_that_makes_its_data() {
        check(Some("/usr/bin/mariadb-install-db"), true, Some(Some("/usr/bin/mariadb-install-db")));
        check(None, true, None);
    }

    #[test]
    fn a_mysql_makes_its_data_itself() {
        check(None, false, Some(None));
        check(Some("/usr/bin/mariadb-install-db"), false, Some(None));
    }

    #[test]
    fn a_greeting_is_told_from_an_error() {
        assert!(is_greeting([0x5b, 0, 0, 0, 10]));
        assert!(!is_greeting([0x17, 0, 0, 0, 255]));
    }
}
