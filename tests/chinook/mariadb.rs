//! Chinook in MariaDB or MySQL.

use std::process;

use diesel::connection::{Connection as _, SimpleConnection};
use diesel::prelude::*;

use crate::store::{Content, GAPS};

pub(crate) type Connection = MysqlConnection;
pub(crate) type Backend = diesel::mysql::Mysql;

pub(crate) const SERVER: Option<&str> = Some("UPFRONT_TEST_MARIADB");
pub(crate) const SCRIPT: &str = "mysql.sql";

/// Two databases on a server.
pub(crate) struct Databases {
    server: String,
    real: String,
    with_gaps: String,
}

impl Databases {
    pub(crate) fn make(server: &str, script: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let real = format!("upfront_chinook_{}", process::id());
        let databases =
            Self { server: server.to_owned(), with_gaps: format!("{real}_with_gaps"), real };
        let mut conn = MysqlConnection::establish(server)?;
        // Some names of tracks have a backslash, and the script writes it as it is.
        conn.batch_execute("SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')")?;
        for database in [&databases.real, &databases.with_gaps] {
            conn.batch_execute(&format!("CREATE DATABASE {database}; USE {database}; {script}"))?;
        }
        // It is the one with gaps that is in use.
        conn.batch_execute(&format!("SET foreign_key_checks = 0; {GAPS}"))?;
        Ok(databases)
    }

    pub(crate) fn open(&self, content: Content) -> MysqlConnection {
        let name = match content {
            Content::Real => &self.real,
            Content::WithGaps => &self.with_gaps,
        };
        let mut conn =
            MysqlConnection::establish(&self.server).expect("the server takes one more connection");
        conn.batch_execute(&format!("USE {name}")).expect("the database is there");
        conn
    }

    pub(crate) fn remove(&self) -> Result<(), Box<dyn std::error::Error>> {
        let mut conn = MysqlConnection::establish(&self.server)?;
        for database in [&self.with_gaps, &self.real] {
            conn.batch_execute(&format!("DROP DATABASE {database}"))?;
        }
        Ok(())
    }
}

/// The SQL of a test as this database is to be given it: as it is.
pub(crate) fn in_own_words(sql: &str) -> String {
    sql.to_owned()
}
