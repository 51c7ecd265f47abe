//! The connection, and a database of its own for each run of the tests.

use std::env;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

#[derive(diesel::MultiConnection, upfront::MultiConnection)]
pub(crate) enum AnyConnection {
    Postgres(PgConnection),
    Mysql(MysqlConnection),
    // It takes any path for its database, and so is asked last.
    Sqlite(SqliteConnection),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
    Mariadb,
}

impl Database {
    pub(crate) const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mariadb];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mariadb => "mariadb",
        }
    }

    /// Which one a connection is to.
    pub(crate) fn of(conn: &AnyConnection) -> Self {
        match conn {
            AnyConnection::Sqlite(_) => Self::Sqlite,
            AnyConnection::Postgres(_) => Self::Postgres,
            AnyConnection::Mysql(_) => Self::Mariadb,
        }
    }

    /// The environment variable that says where its server is.
    fn variable(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("UPFRONT_TEST_POSTGRES"),
            Self::Mariadb => Some("UPFRONT_TEST_MARIADB"),
        }
    }
}

/// A database with the tables and rows of the tests.
pub(crate) struct Place {
    pub(crate) database: Database,
    /// The server as it was given, and the name of the database there.
    server: Option<(String, String)>,
}

impl Place {
    /// `None`, and a line that says so, where the server is not given.
    pub(crate) fn find(database: Database) -> Option<Self> {
        let Some(variable) = database.variable() else {
            return Some(Self { database, server: None });
        };
        match env::var(variable).ok().filter(|url| !url.is_empty()) {
            Some(url) => {
                let name = format!("upfront_multi_{}", std::process::id());
                Some(Self { database, server: Some((url, name)) })
            }
            None => {
                println!(
                    "multi: not run on {}, because {variable} is not set: `cargo xtask test` starts a server",
                    database.name()
                );
                None
            }
        }
    }

    /// Creates the database on its server.
    pub(crate) fn create(&self) -> Result<(), String> {
        let Some((url, name)) = &self.server else {
            return Ok(());
        };
        let tell = |error: &dyn std::fmt::Display| format!("{}: {error}", self.database.name());
        let mut server = AnyConnection::establish(url).map_err(|error| tell(&error))?;
        server.batch_execute(&format!("CREATE DATABASE {name}")).map_err(|error| tell(&error))?;
        self.connect_to_empty().batch_execute(&models::sql()).map_err(|error| tell(&error))
    }

    /// Removes it.
    pub(crate) fn remove(&self) {
        let Some((url, name)) = &self.server else {
            return;
        };
        let mut server = AnyConnection::establish(url).expect("the server runs to the end");
        let removed = server.batch_execute(&format!("DROP DATABASE {name}"));
        removed.expect("no test leaves a connection open");
    }

    /// A connection to the database.
    pub(crate) fn connect(&self) -> AnyConnection {
        let mut conn = self.connect_to_empty();
        if self.server.is_none() {
            conn.batch_execute(&models::sql()).expect("SQLite creates the tables");
        }
        assert_eq!(Database::of(&conn), self.database);
        conn
    }

    fn connect_to_empty(&self) -> AnyConnection {
        let url = match &self.server {
            None => ":memory:".to_owned(),
            Some((url, name)) => with_database(url, name),
        };
        AnyConnection::establish(&url).expect("the database was created")
    }
}

/// The URL with another name of the database.
fn with_database(url: &str, name: &str) -> String {
    let (path, options) = url.split_once('?').map_or((url, None), |(path, o)| (path, Some(o)));
    let host = path.find("://").map_or(0, |scheme| scheme + 3);
    let end = path[host..].find('/').map_or(path.len(), |slash| host + slash);
    let options = options.map_or_else(String::new, |options| format!("?{options}"));
    format!("{}/{name}{options}", &path[..end])
}
