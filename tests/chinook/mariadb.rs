//! Chinook in MariaDB or MySQL.

use std::process;

use diesel::connection::{Connection as _, SimpleConnection};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncConnection as _, AsyncMysqlConnection, SimpleAsyncConnection};

use crate::store::{Content, GAPS};

pub(crate) type Connection = MysqlConnection;
pub(crate) type AsyncConnection = AsyncMysqlConnection;
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
        let Self { real, with_gaps, .. } = &databases;
        let mut conn = MysqlConnection::establish(server)?;
        // Some names of tracks have a backslash, and the script writes it as it is.
        conn.batch_execute("SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')")?;
        conn.batch_execute(&format!("CREATE DATABASE {real}; USE {real}; {script}"))?;
        let names =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = database()";
        let tables: Vec<String> = sql::<Text>(names).load(&mut conn)?;
        conn.batch_execute(&format!("CREATE DATABASE {with_gaps}; USE {with_gaps}"))?;
        for table in &tables {
            // With all indexes, and without foreign keys.
            conn.batch_execute(&format!(
                "CREATE TABLE {table} LIKE {real}.{table};
                INSERT INTO {table} SELECT * FROM {real}.{table};"
            ))?;
        }
        conn.batch_execute(GAPS)?;
        // Without statistics it would take a large table for an empty one, until it gathers them by itself.
        for table in &tables {
            conn.batch_execute(&format!("ANALYZE TABLE {real}.{table}, {with_gaps}.{table}"))?;
        }
        Ok(databases)
    }

    pub(crate) fn open(&self, content: Content) -> MysqlConnection {
        let mut conn =
            MysqlConnection::establish(&self.server).expect("the server takes one more connection");
        conn.batch_execute(&self.begin_with(content)).expect("the database is there");
        conn
    }

    pub(crate) async fn open_async(&self, content: Content) -> AsyncMysqlConnection {
        let mut conn = AsyncMysqlConnection::establish(&self.server)
            .await
            .expect("the server takes one more connection");
        SimpleAsyncConnection::batch_execute(&mut conn, &self.begin_with(content))
            .await
            .expect("the database is there");
        conn
    }

    /// What a new connection runs first.
    fn begin_with(&self, content: Content) -> String {
        format!(
            "USE {}",
            match content {
                Content::Real => &self.real,
                Content::WithGaps => &self.with_gaps,
            }
        )
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
