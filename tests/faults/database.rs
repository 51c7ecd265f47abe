//! A database of its own for each test.

use std::env;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, MysqlConnection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::library;
use crate::proxy::{Protocol, Proxy};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    Sqlite,
    Postgres,
    Mariadb,
}

impl Target {
    /// What it is called, and the variable that says where its server is.
    pub(crate) fn server(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(("PostgreSQL", "UPFRONT_TEST_POSTGRES")),
            Self::Mariadb => Some(("MariaDB", "UPFRONT_TEST_MARIADB")),
        }
    }

    /// Whether there is a server, where one is needed.
    pub(crate) fn is_there(self) -> bool {
        self.server().is_none_or(|(_, variable)| given(variable).is_some())
    }
}

fn given(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|url| !url.is_empty())
}

/// A database with what [`library::sql`] creates. It is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) target: Target,
    pub(crate) url: String,
    /// The URL of the server, as it was given, and the name of the database there.
    on_server: Option<(String, String)>,
    _folder: Option<TempDir>,
}

static CREATED: AtomicU32 = AtomicU32::new(0);

impl Database {
    pub(crate) fn create(target: Target) -> Self {
        let database = match target.server() {
            None => {
                let folder = TempDir::with_prefix("upfront").expect("there is a temporary folder");
                let url = folder.path().join("database").display().to_string();
                Self { target, url, on_server: None, _folder: Some(folder) }
            }
            Some((_, variable)) => {
                let server = given(variable).expect("tests without a server are not run");
                let number = CREATED.fetch_add(1, Ordering::Relaxed);
                let name = format!("upfront_faults_{}_{number}", std::process::id());
                let url = format!("{}/{name}", &server[..host(&server).1]);
                let database = Self { target, url, on_server: Some((server, name)), _folder: None };
                database.run_on_server("CREATE");
                database
            }
        };
        let sql = library::sql();
        match target {
            Target::Sqlite => {
                run::<SqliteConnection>(&database.url, &format!("PRAGMA journal_mode = wal; {sql}"))
            }
            Target::Postgres => run::<PgConnection>(&database.url, &sql),
            Target::Mariadb => run::<MysqlConnection>(&database.url, &sql),
        }
        database
    }

    fn run_on_server(&self, statement: &str) {
        let Some((server, name)) = &self.on_server else { return };
        let sql = format!("{statement} DATABASE {name}");
        match self.target {
            Target::Postgres if statement == "DROP" => {
                run::<PgConnection>(server, &format!("{sql} WITH (FORCE)"));
            }
            Target::Postgres => run::<PgConnection>(server, &sql),
            _ => run::<MysqlConnection>(server, &sql),
        }
    }

    /// A proxy before its server, where it has one.
    pub(crate) async fn proxy(&self) -> Option<Proxy> {
        let protocol = match self.target {
            Target::Sqlite => return None,
            Target::Postgres => Protocol::Postgres,
            Target::Mariadb => Protocol::Mysql,
        };
        let (start, end) = host(&self.url);
        let address: SocketAddr = (self.url[start..end].to_socket_addrs())
            .expect("the URL has a host and a port")
            .next()
            .expect("the host has an address");
        Some(Proxy::start(protocol, address).await)
    }

    /// Its URL by way of a proxy.
    pub(crate) fn by_way_of(&self, proxy: &Proxy) -> String {
        let (start, end) = host(&self.url);
        let url = format!("{}{}{}", &self.url[..start], proxy.address, &self.url[end..]);
        match self.target {
            // The proxy does not know the messages before encryption.
            Target::Postgres => url + "?sslmode=disable",
            _ => url,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.run_on_server("DROP");
    }
}

fn run<C: Connection + SimpleConnection>(url: &str, sql: &str) {
    let mut conn = C::establish(url).unwrap_or_else(|error| panic!("{url}: {error}"));
    conn.batch_execute(sql).unwrap_or_else(|error| panic!("{error} in {sql:.2000}"));
}

/// Where the host and the port of a URL begin and end.
fn host(url: &str) -> (usize, usize) {
    let authority = url.find("://").map_or(0, |scheme| scheme + 3);
    let end = url[authority..].find(['/', '?']).map_or(url.len(), |slash| authority + slash);
    let start = url[authority..end].rfind('@').map_or(authority, |at| authority + at + 1);
    (start, end)
}
