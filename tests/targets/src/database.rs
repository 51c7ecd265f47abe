//! A database of its own for each test, where it creates what it wants.

use std::env;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::result::ConnectionError;
use diesel::{Connection, MysqlConnection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::sql;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
    Mariadb,
}

impl Database {
    /// The environment variable that says where its server is.
    pub(crate) fn variable(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("UPFRONT_TEST_POSTGRES"),
            Self::Mariadb => Some("UPFRONT_TEST_MARIADB"),
        }
    }

    /// Whether `NULL` comes before what is not, in ascending order.
    pub fn orders_null_first(self) -> bool {
        self != Self::Postgres
    }
}

/// Where the databases of this process are.
static PLACE: OnceLock<Place> = OnceLock::new();

struct Place {
    database: Database,
    at: At,
    created: AtomicU32,
}

enum At {
    Folder(TempDir),
    Server {
        /// Up to the name of the database.
        url: String,
        /// What follows the name.
        options: String,
        /// The URL as it was given.
        given: String,
        /// What the names of all that is created begin with.
        name: String,
    },
}

/// What is done at the beginning of a process: `None` where the server is not said.
pub(crate) fn open(database: Database) -> Option<Result<(), String>> {
    let at = match database.variable() {
        None => TempDir::with_prefix("upfront").map(At::Folder).map_err(|error| error.to_string()),
        Some(variable) => {
            let given = env::var(variable).ok().filter(|url| !url.is_empty())?;
            At::server(database, given).map_err(|error| format!("{variable}: {error}"))
        }
    };
    Some(at.map(|at| {
        let place = Place { database, at, created: AtomicU32::new(0) };
        assert!(PLACE.set(place).is_ok(), "a process has one place for its databases");
    }))
}

impl At {
    fn server(database: Database, given: String) -> Result<Self, ConnectionError> {
        let (path, options) = given.split_once('?').unwrap_or((&given, ""));
        let host = path.find("://").map_or(0, |scheme| scheme + 3);
        let end = path[host..].find('/').map_or(path.len(), |slash| host + slash);
        let (url, options) = (path[..end].to_owned(), options.to_owned());
        let name = format!("upfront_{}", std::process::id());
        match database {
            Database::Postgres => run::<PgConnection>(&given, &format!("CREATE DATABASE {name}"))?,
            _ => run::<MysqlConnection>(&given, "SELECT 1")?,
        }
        Ok(Self::Server { url, options, given, name })
    }
}

/// Removes what was created.
pub(crate) fn close() {
    let Some(place) = PLACE.get() else {
        return;
    };
    let closed = match (&place.at, place.database) {
        (At::Folder(folder), _) => {
            std::fs::remove_dir_all(folder.path()).map_err(|e| e.to_string())
        }
        (At::Server { given, name, .. }, Database::Postgres) => {
            let sql = format!("DROP DATABASE {name} WITH (FORCE)");
            run::<PgConnection>(given, &sql).map_err(|error| error.to_string())
        }
        (At::Server { given, name, .. }, _) => {
            let count = place.created.load(Ordering::Relaxed);
            let sql: String =
                (0..count).map(|number| format!("DROP DATABASE {name}_{number};")).collect();
            run::<MysqlConnection>(given, &sql).map_err(|error| error.to_string())
        }
    };
    if let Err(error) = closed {
        eprintln!("what the tests created is not removed: {error}");
    }
}

/// Runs statements on a connection of their own to the database at `url`.
///
/// # Panics
///
/// If one of them fails.
pub fn execute(database: Database, url: &str, sql: &str) {
    let result = match database {
        Database::Sqlite => run::<SqliteConnection>(url, sql),
        Database::Postgres => run::<PgConnection>(url, sql),
        Database::Mariadb => run::<MysqlConnection>(url, sql),
    };
    result.expect("the statements are valid");
}

fn run<C: Connection + SimpleConnection>(url: &str, sql: &str) -> Result<(), ConnectionError> {
    C::establish(url)?.batch_execute(sql).map_err(ConnectionError::CouldntSetupConfiguration)
}

/// Creates a database in which `sql` was run, and gives its URL. What `sql` can say is in [`sql`].
///
/// # Panics
///
/// If it cannot be created.
pub fn create(sql: &str) -> String {
    let place = PLACE.get().expect("the harness opens a place before it runs tests");
    let number = place.created.fetch_add(1, Ordering::Relaxed);
    let sql = sql::write(place.database, sql);
    let created = |url: String, result: Result<(), ConnectionError>| match result {
        Ok(()) => url,
        Err(error) => panic!("{error} in {sql:.2000}"),
    };
    match &place.at {
        At::Folder(folder) => {
            let url = folder.path().join(number.to_string()).display().to_string();
            let result = run::<SqliteConnection>(&url, &format!("BEGIN; {sql}; COMMIT"));
            created(url, result)
        }
        At::Server { url, options, name, .. } if place.database == Database::Postgres => {
            // Tables that were never analyzed pass for large ones, whose queries would be compiled first.
            let schema = format!("options=-csearch_path%3Dtest_{number}%20-cjit%3Doff");
            let and = if options.is_empty() { "" } else { "&" };
            let url = format!("{url}/{name}?{options}{and}{schema}");
            let sql = format!("CREATE SCHEMA test_{number};{sql}");
            let result = run::<PgConnection>(&url, &sql);
            created(url, result)
        }
        At::Server { url, options, given, name } => {
            let name = format!("{name}_{number}");
            run::<MysqlConnection>(given, &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"))
                .expect("the user may create databases");
            let question = if options.is_empty() { "" } else { "?" };
            let url = format!("{url}/{name}{question}{options}");
            let result = run::<MysqlConnection>(&url, &sql);
            created(url, result)
        }
    }
}
