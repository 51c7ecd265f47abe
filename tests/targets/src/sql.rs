//! Where the databases differ in how tables are created and rows are inserted: names in braces.
//!
//! `VARCHAR(n)`, `TEXT`, `SMALLINT`, `INTEGER`, `BIGINT`, `BOOLEAN` and `DOUBLE PRECISION` are the same on all. A quoted name
//! is written with `"`.

use crate::Database;

/// What stands for a name in braces on SQLite, PostgreSQL and MariaDB.
const NAMES: [(&str, [&str; 3]); 9] = [
    ("{bytes}", ["BLOB", "BYTEA", "VARBINARY(200)"]),
    ("{text}", ["TEXT", "TEXT", "VARCHAR(200) COLLATE utf8mb4_nopad_bin"]),
    (
        "{nocase}",
        ["TEXT COLLATE NOCASE", "TEXT COLLATE nocase", "VARCHAR(200) COLLATE utf8mb4_general_ci"],
    ),
    (
        "{define nocase}",
        [
            "",
            "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);",
            "",
        ],
    ),
    ("{allow series}", ["", "", "SET max_recursive_iterations = 1000000;"]),
    ("{timestamp}", ["TIMESTAMP", "TIMESTAMP", "DATETIME(6)"]),
    ("{timestamptz}", ["TEXT", "TIMESTAMPTZ", "DATETIME(6)"]),
    ("{float}", ["FLOAT", "REAL", "FLOAT"]),
    ("{numeric}", ["NUMERIC", "NUMERIC(40, 10)", "NUMERIC(40, 10)"]),
];

/// `sql` as `database` speaks it.
pub fn write(database: Database, sql: &str) -> String {
    let mut sql = sql.to_owned();
    for (name, [sqlite, postgres, mariadb]) in NAMES {
        sql = sql.replace(
            name,
            match database {
                Database::Sqlite => sqlite,
                Database::Postgres => postgres,
                Database::Mariadb => mariadb,
            },
        );
    }
    match database {
        Database::Mariadb => sql.replace('"', "`"),
        _ => sql,
    }
}
