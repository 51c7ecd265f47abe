//! Chinook in SQLite.

use diesel::connection::{Connection as _, SimpleConnection};
use diesel::prelude::*;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;

use crate::store::{Content, GAPS};

pub(crate) type Connection = SqliteConnection;
pub(crate) type AsyncConnection = SyncConnectionWrapper<SqliteConnection>;
pub(crate) type Backend = diesel::sqlite::Sqlite;

pub(crate) const SERVER: Option<&str> = None;
pub(crate) const SCRIPT: &str = "sqlite.sql";

/// Images of the databases. The script takes a while to run: it is run once, and each test opens a copy of what came of it.
pub(crate) struct Databases {
    real: Vec<u8>,
    with_statistics: Vec<u8>,
    with_gaps: Vec<u8>,
}

impl Databases {
    pub(crate) fn make(_: &str, script: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let mut conn = SqliteConnection::establish(":memory:")?;
        let mut image_after = |sql: &str| -> QueryResult<Vec<u8>> {
            conn.batch_execute(sql)?;
            Ok(conn.serialize_database_to_buffer().to_vec())
        };
        Ok(Self {
            real: image_after(&format!("BEGIN; {script} COMMIT;"))?,
            with_statistics: image_after("ANALYZE;")?,
            with_gaps: image_after(&format!(
                "DROP TABLE sqlite_stat1; DROP TABLE sqlite_stat4; PRAGMA foreign_keys = OFF; {GAPS}"
            ))?,
        })
    }

    pub(crate) fn open(&'static self, content: Content) -> SqliteConnection {
        open(match content {
            Content::Real => &self.real,
            Content::WithGaps => &self.with_gaps,
        })
    }

    pub(crate) async fn open_async(&'static self, content: Content) -> AsyncConnection {
        SyncConnectionWrapper::new(self.open(content))
    }

    /// The store as it is, with the statistics by which SQLite plans.
    pub(crate) fn open_with_statistics(&'static self) -> SqliteConnection {
        open(&self.with_statistics)
    }

    pub(crate) fn remove(&self) -> QueryResult<()> {
        Ok(())
    }
}

fn open(image: &'static [u8]) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").expect("SQLite opens");
    conn.deserialize_readonly_database_from_buffer(image).expect("the image is whole");
    conn
}

/// The SQL of a test as this database is to be given it: as it is.
pub(crate) fn in_own_words(sql: &str) -> String {
    sql.to_owned()
}
