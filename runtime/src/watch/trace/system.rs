//! Which database a connection is to.

#[cfg(any(test, feature = "sqlite", feature = "postgres", feature = "mysql"))]
use std::any::type_name;

/// The name of a database in OpenTelemetry's attribute `db.system.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct System(&'static str);

impl Default for System {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl System {
    pub(crate) const UNKNOWN: Self = Self("other_sql");
    const SQLITE: Self = Self("sqlite");
    const POSTGRESQL: Self = Self("postgresql");
    /// MariaDB as well: a connection does not tell which of the two it is to.
    const MYSQL: Self = Self("mysql");

    /// That of a backend, by the name of its type: Diesel does not say that backends are `'static`, as what is compared by
    /// its id must be.
    #[cfg_attr(
        not(any(feature = "sqlite", feature = "postgres", feature = "mysql")),
        allow(unused_variables)
    )]
    pub(crate) fn of(backend: &str) -> Self {
        #[cfg(feature = "sqlite")]
        if backend == type_name::<diesel::sqlite::Sqlite>() {
            return Self::SQLITE;
        }
        #[cfg(feature = "postgres")]
        if backend == type_name::<diesel::pg::Pg>() {
            return Self::POSTGRESQL;
        }
        #[cfg(feature = "mysql")]
        if backend == type_name::<diesel::mysql::Mysql>() {
            return Self::MYSQL;
        }
        Self::UNKNOWN
    }

    /// That of what a connection is established to: by the scheme of a URL; without one, a list of `name=value` is
    /// PostgreSQL's, and a path SQLite's.
    pub(crate) fn at(url: &str) -> Self {
        match url.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Self::POSTGRESQL,
            Some(("mysql", _)) => Self::MYSQL,
            Some(("file" | "sqlite", _)) => Self::SQLITE,
            Some(_) => Self::UNKNOWN,
            None if is_list(url) => Self::POSTGRESQL,
            None => Self::SQLITE,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        self.0
    }
}

/// Whether a text begins with a name and `=`. That of none at all is PostgreSQL's too.
fn is_list(url: &str) -> bool {
    let url = url.trim_start();
    let name = url.trim_start_matches(|at: char| at.is_ascii_lowercase() || at == '_');
    url.is_empty() || name.len() < url.len() && name.trim_start().starts_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_told_by_where_it_is() {
        let urls = [
            ("postgres://user@localhost/shop", "postgresql"),
            ("postgresql:///shop", "postgresql"),
            ("host=localhost dbname=shop", "postgresql"),
            ("mysql://root@127.0.0.1:3306/shop", "mysql"),
            (":memory:", "sqlite"),
            ("file:shop.db?mode=ro", "sqlite"),
            ("file:///tmp/shop.db", "sqlite"),
            ("/var/lib/shop.db", "sqlite"),
            ("oracle://localhost", "other_sql"),
        ];
        for (url, name) in urls {
            assert_eq!(System::at(url).name(), name, "{url}");
        }
    }

    #[test]
    #[cfg(feature = "sqlite")]
    fn a_database_is_told_by_the_backend() {
        assert_eq!(System::of(type_name::<diesel::sqlite::Sqlite>()).name(), "sqlite");
        assert_eq!(System::of(type_name::<()>()).name(), "other_sql");
    }
}
