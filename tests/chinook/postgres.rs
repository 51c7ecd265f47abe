//! Chinook in PostgreSQL.

use std::process;

use diesel::connection::{Connection as _, SimpleConnection};
use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, AsyncPgConnection};

use crate::store::{Content, GAPS};

pub(crate) type Connection = PgConnection;
pub(crate) type AsyncConnection = AsyncPgConnection;
pub(crate) type Backend = diesel::pg::Pg;

pub(crate) const SERVER: Option<&str> = Some("UPFRONT_TEST_POSTGRES");
pub(crate) const SCRIPT: &str = "postgres.sql";

/// The script names in `snake_case`; here names are in `CamelCase`, as in the other databases: `album_id` as `AlbumId`.
const RENAME: &str = r#"
    DO $$
    DECLARE found record;
    BEGIN
        FOR found IN
            SELECT table_name AS of, column_name AS name FROM information_schema.columns
            WHERE table_schema = 'public'
        LOOP
            EXECUTE format('ALTER TABLE %I RENAME COLUMN %I TO %I',
                found.of, found.name, replace(initcap(found.name), '_', ''));
        END LOOP;
        FOR found IN
            SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'
        LOOP
            EXECUTE format('ALTER TABLE %I RENAME TO %I',
                found.name, replace(initcap(found.name), '_', ''));
        END LOOP;
    END $$;
"#;

const DROP_FOREIGN_KEYS: &str = r#"
    DO $$
    DECLARE found record;
    BEGIN
        FOR found IN SELECT conrelid::regclass AS of, conname AS name FROM pg_constraint
            WHERE contype = 'f'
        LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.of, found.name);
        END LOOP;
    END $$;
"#;

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
        let mut conn = PgConnection::establish(server)?;
        conn.batch_execute(&format!("CREATE DATABASE {real}"))?;
        // Without statistics it would guess how large the tables are, until it gathers them by itself.
        databases.connect(real)?.batch_execute(&format!("{script} {RENAME} ANALYZE;"))?;
        conn.batch_execute(&format!("CREATE DATABASE {with_gaps} TEMPLATE {real}"))?;
        let gaps = in_own_words(GAPS);
        databases.connect(with_gaps)?.batch_execute(&format!("{DROP_FOREIGN_KEYS} {gaps}"))?;
        Ok(databases)
    }

    pub(crate) fn open(&self, content: Content) -> PgConnection {
        self.connect(self.name(content)).expect("the server takes one more connection")
    }

    pub(crate) async fn open_async(&self, content: Content) -> AsyncPgConnection {
        let url = self.url(self.name(content));
        AsyncPgConnection::establish(&url).await.expect("the server takes one more connection")
    }

    fn name(&self, content: Content) -> &str {
        match content {
            Content::Real => &self.real,
            Content::WithGaps => &self.with_gaps,
        }
    }

    fn connect(&self, database: &str) -> ConnectionResult<PgConnection> {
        PgConnection::establish(&self.url(database))
    }

    fn url(&self, database: &str) -> String {
        // A parameter goes before what the path of the URL names.
        let separator = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{separator}dbname={database}", self.server)
    }

    pub(crate) fn remove(&self) -> Result<(), Box<dyn std::error::Error>> {
        let mut conn = PgConnection::establish(&self.server)?;
        for database in [&self.with_gaps, &self.real] {
            conn.batch_execute(&format!("DROP DATABASE {database} WITH (FORCE)"))?;
        }
        Ok(())
    }
}

/// The SQL of a test as this database is to be given it: with quotes around what is written in `CamelCase`, which would be
/// read in small letters without. No keyword is written so, and the text in apostrophes stays as it is.
pub(crate) fn in_own_words(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() * 2);
    for (i, part) in sql.split('\'').enumerate() {
        let is_text = i % 2 == 1;
        out.push_str(if i > 0 { "'" } else { "" });
        if is_text {
            out.push_str(part);
            continue;
        }
        let mut rest = part;
        while let Some(start) = rest.find(is_of_a_word) {
            let (before, from) = rest.split_at(start);
            let (word, behind) =
                from.split_at(from.find(|c| !is_of_a_word(c)).unwrap_or(from.len()));
            let quote = if is_camel_case(word) { "\"" } else { "" };
            out.extend([before, quote, word, quote]);
            rest = behind;
        }
        out.push_str(rest);
    }
    out
}

fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_camel_case(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase())
}
