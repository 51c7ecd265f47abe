//! The database of the benches on a server.

use std::env;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::database::{INDEXES, SCHEMA, filled};

/// The database that is made on each server. One that is there is removed.
const NAME: &str = "upfront_bench";

/// The tables, each behind those that it refers to, and their rows as SQLite writes them down for others.
const TABLES: [(&str, &str); 6] = [
    ("publishers", "id || ',' || quote(name) || ',' || quote(country)"),
    (
        "authors",
        "id || ',' || quote(name) || ',' || quote(bio) || ',' || born || ',' || quote(publisher_id)",
    ),
    (
        "books",
        "id || ',' || quote(title) || ',' || quote(summary) || ',' || published || ','
            || iif(in_print, 'TRUE', 'FALSE') || ',' || author_id",
    ),
    ("tags", "id || ',' || quote(name)"),
    ("book_tags", "book_id || ',' || tag_id"),
    ("reviews", "id || ',' || book_id || ',' || rating"),
];

/// How many rows are inserted at once.
const ROWS: i32 = 5_000;

/// The URL of a PostgreSQL's bench database, which is made anew and filled, if the variable names a server.
pub fn postgres() -> Option<String> {
    let mut url = url("UPFRONT_TEST_POSTGRES", "PostgreSQL")?;
    let mut conn = PgConnection::establish(&url).expect("the PostgreSQL server lets us in");
    create(&mut conn);
    url.truncate(server(&url).len());
    url = format!("{url}/{NAME}");
    let mut conn = PgConnection::establish(&url).expect("the database was just made");
    fill(&mut conn);
    // So that no background job does it while the benches run.
    conn.batch_execute("VACUUM ANALYZE").expect("the tables are analyzed");
    Some(url)
}

/// The same of a MariaDB.
pub fn mariadb() -> Option<String> {
    let mut url = url("UPFRONT_TEST_MARIADB", "MariaDB")?;
    url.truncate(server(&url).len());
    let mut conn = MysqlConnection::establish(&url).expect("the MariaDB server lets us in");
    create(&mut conn);
    url = format!("{url}/{NAME}");
    let mut conn = MysqlConnection::establish(&url).expect("the database was just made");
    fill(&mut conn);
    let tables = TABLES.map(|(table, _)| table).join(", ");
    conn.batch_execute(&format!("ANALYZE TABLE {tables}")).expect("the tables are analyzed");
    Some(url)
}

/// What a variable holds, or a line that says what is not run.
fn url(variable: &str, database: &str) -> Option<String> {
    let url = env::var(variable).ok().filter(|url| !url.is_empty());
    if url.is_none() {
        eprintln!("{variable} is not set: nothing is run on {database}");
    }
    url
}

/// A URL up to the name of the database.
fn server(url: &str) -> &str {
    let host = url.find("://").map_or(0, |scheme| scheme + 3);
    url[host..].find('/').map_or(url, |slash| &url[..host + slash])
}

fn create(conn: &mut impl SimpleConnection) {
    for sql in [format!("DROP DATABASE IF EXISTS {NAME}"), format!("CREATE DATABASE {NAME}")] {
        conn.batch_execute(&sql).expect("the user may make databases");
    }
}

#[derive(QueryableByName)]
struct Values {
    #[diesel(sql_type = Text)]
    rows: String,
}

/// Copies all rows from SQLite.
fn fill(conn: &mut impl Connection) {
    let from = &mut filled();
    conn.batch_execute(SCHEMA).expect("the tables are made");
    conn.transaction(|conn| {
        for (table, row) in TABLES {
            let values = sql_query(format!(
                "SELECT group_concat('(' || {row} || ')') AS rows FROM {table} GROUP BY rowid / {ROWS}"
            ));
            for Values { rows } in values.load(from)? {
                conn.batch_execute(&format!("INSERT INTO {table} VALUES {rows}"))?;
            }
        }
        QueryResult::Ok(())
    })
    .expect("the rows are inserted");
    conn.batch_execute(INDEXES).expect("the indexes are made");
}
