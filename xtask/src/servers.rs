//! The servers that tests run against.

use std::process::ExitCode;

use anyhow::Result;

use crate::account::Account;
use crate::folder::Folder;
use crate::install::{self, Need};
use crate::interrupt::Interrupt;
use crate::mariadb::{self, Mariadb};
use crate::postgres::{self, Postgres};
use crate::server::Server;

/// A database that needs a server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Database {
    Postgres,
    Mariadb,
}

impl Database {
    pub(crate) const ALL: [Self; 2] = [Self::Postgres, Self::Mariadb];

    /// The environment variable in which tests find the URL of its server.
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "UPFRONT_TEST_POSTGRES",
            Self::Mariadb => "UPFRONT_TEST_MARIADB",
        }
    }

    pub(crate) fn need(self) -> Need {
        match self {
            Self::Postgres => install::POSTGRES,
            Self::Mariadb => install::MARIADB,
        }
    }

    fn account(self) -> Result<Account> {
        Account::without_root(match self {
            Self::Postgres => &postgres::ACCOUNTS,
            Self::Mariadb => &mariadb::ACCOUNTS,
        })
    }

    fn start(self, account: Account, folder: &Folder, interrupt: &Interrupt) -> Result<Server> {
        match self {
            Self::Postgres => {
                Server::start(&Postgres::create(account, folder, interrupt)?, interrupt)
            }
            Self::Mariadb => {
                Server::start(&Mariadb::create(account, folder, interrupt)?, interrupt)
            }
        }
    }
}

/// Running servers. They are stopped, and then their data removed, when this is dropped.
#[derive(Debug)]
pub(crate) struct Servers {
    running: Vec<(Database, Server)>,
    folder: Folder,
}

impl Servers {
    /// Starts the servers of `databases`, which are installed.
    pub(crate) fn start(databases: &[Database], interrupt: &Interrupt) -> Result<Self> {
        let accounts: Vec<Account> =
            databases.iter().map(|database| database.account()).collect::<Result<_>>()?;
        let folder = Folder::create(&accounts)?;
        let mut servers = Self { running: Vec::new(), folder };
        for (&database, account) in databases.iter().zip(accounts) {
            let server = database.start(account, &servers.folder, interrupt)?;
            servers.running.push((database, server));
        }
        Ok(servers)
    }

    /// The variables that tell tests where the servers are.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.running.iter().map(|(database, server)| (database.variable(), server.url.as_str()))
    }

    /// An error if one of them has ended by itself.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.running.iter_mut().try_for_each(|(_, server)| server.check())
    }
}

/// Starts all servers, prints where they are, and keeps them until we are asked to stop.
pub(crate) fn keep(interrupt: &Interrupt) -> Result<ExitCode> {
    install::ensure(&Database::ALL, interrupt)?;
    let mut servers = Servers::start(&Database::ALL, interrupt)?;
    for (variable, url) in servers.variables() {
        println!("export {variable}={url}");
    }
    eprintln!("xtask: the servers run until Ctrl-C");
    loop {
        servers.check()?;
        interrupt.until_a_program_ends()?;
    }
}
