//! The databases that the specs are loaded from, and rows of plain SQL.

use std::collections::HashMap;
use std::hash::Hash;
use std::io::{ErrorKind, Write as _};
use std::sync::OnceLock;

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::expression::{SqlLiteral, TypedExpressionType};
use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;
use diesel::sql_types::{BigInt, Bool, Double, Integer, Nullable, Text, Timestamp};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/chinook/sqlite.sql");

/// One key of the real store is `NULL`, and none leads nowhere. Here more are and some do, one employee is his own
/// manager, two are each other's, and some rows hold nothing but `NULL` beside their key. There, too, a line may be of
/// several pieces or of none, and a track may be on two lines of one invoice.
const GAPS: &str = "
    PRAGMA foreign_keys = OFF;
    UPDATE Track SET GenreId = NULL WHERE TrackId % 7 = 0;
    UPDATE Track SET GenreId = 999 WHERE TrackId % 13 = 0;
    UPDATE Track SET AlbumId = NULL WHERE TrackId % 5 = 0;
    UPDATE Track SET AlbumId = 9999 WHERE TrackId % 17 = 0;
    UPDATE Track SET MediaTypeId = 77 WHERE TrackId % 19 = 0;
    UPDATE Genre SET Name = NULL WHERE GenreId % 3 = 0;
    UPDATE MediaType SET Name = NULL WHERE MediaTypeId = 2;
    UPDATE Artist SET Name = NULL WHERE ArtistId % 4 = 0;
    UPDATE Customer SET SupportRepId = NULL WHERE CustomerId % 4 = 0;
    UPDATE Customer SET SupportRepId = 99 WHERE CustomerId % 10 = 1;
    UPDATE Employee SET ReportsTo = 7 WHERE EmployeeId = 7;
    UPDATE Employee SET ReportsTo = 8 WHERE EmployeeId = 1;
    UPDATE Employee SET ReportsTo = 1 WHERE EmployeeId = 8;
    UPDATE Employee SET ReportsTo = 99 WHERE EmployeeId = 4;
    UPDATE InvoiceLine SET Quantity = InvoiceLineId % 4;
    INSERT INTO InvoiceLine SELECT InvoiceLineId + 10000, InvoiceId, TrackId, UnitPrice, 3 FROM InvoiceLine
        WHERE InvoiceLineId % 50 < 3;
    INSERT INTO PlaylistTrack VALUES (1, 99999), (2, 99999), (99, 1), (99, 2);
";

/// One Chinook database.
pub(crate) struct Store {
    pub(crate) name: &'static str,
    pub(crate) conn: SqliteConnection,
}

/// The store as it is, and the store with gaps; none where the data is not there.
pub(crate) fn stores() -> Vec<Store> {
    let stores = |[real, _, with_gaps]: &'static [_; 3]| {
        [("the real store", real), ("the store with gaps", with_gaps)].map(store).into()
    };
    all_images().map(stores).unwrap_or_default()
}

/// The store as it is, and once more with the statistics by which SQLite plans; none where the data is not there.
pub(crate) fn stores_for_plans() -> Vec<Store> {
    let stores = |[real, with_statistics, _]: &'static [_; 3]| {
        [("the real store", real), ("the store with statistics", with_statistics)].map(store).into()
    };
    all_images().map(stores).unwrap_or_default()
}

fn all_images() -> Option<&'static [Vec<u8>; 3]> {
    static IMAGES: OnceLock<Option<[Vec<u8>; 3]>> = OnceLock::new();
    IMAGES.get_or_init(images).as_ref()
}

fn store((name, image): (&'static str, &'static Vec<u8>)) -> Store {
    Store { name, conn: open(image) }
}

fn open(image: &'static [u8]) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").expect("SQLite opens");
    conn.deserialize_readonly_database_from_buffer(image).expect("the image is whole");
    conn
}

/// The script takes a while to run: it is run once, and each test opens a copy of what came of it.
fn images() -> Option<[Vec<u8>; 3]> {
    let script = match std::fs::read_to_string(SCRIPT) {
        Ok(script) => script,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // Not by `eprintln!`, which the test harness hides where the test passes.
            let line =
                b"skipped: all tests on Chinook, for ../shared/data/chinook/sqlite.sql is missing\n";
            std::io::stderr().write_all(line).expect("standard error is open");
            return None;
        }
        Err(error) => panic!("{SCRIPT}: {error}"),
    };
    let mut conn = SqliteConnection::establish(":memory:").expect("SQLite opens");
    let mut image_after = |sql: &str| {
        conn.batch_execute(sql).expect("the script runs");
        conn.serialize_database_to_buffer().to_vec()
    };
    let script = format!("BEGIN; {script} COMMIT;");
    Some([
        image_after(&script),
        image_after("ANALYZE;"),
        image_after(&format!("DROP TABLE sqlite_stat1; DROP TABLE sqlite_stat4; {GAPS}")),
    ])
}

impl Store {
    /// The rows of a query that is written in SQL.
    #[track_caller]
    pub(crate) fn rows<T>(&mut self, sql: &str) -> Vec<T>
    where
        T: Raw,
        SqlLiteral<T::Sql>: for<'q> LoadQuery<'q, SqliteConnection, T>,
    {
        diesel::dsl::sql::<T::Sql>(sql).load(&mut self.conn).expect("the SQL is right")
    }
}

/// The SQL type that a Rust type is read from, so that a query in SQL is typed by its rows alone.
pub(crate) trait Raw {
    type Sql: TypedExpressionType;
}

macro_rules! raw {
    ($($rust:ty => $sql:ty),*) => {$(
        impl Raw for $rust {
            type Sql = $sql;
        }
        impl Raw for Option<$rust> {
            type Sql = Nullable<$sql>;
        }
    )*};
}

raw!(bool => Bool, i32 => Integer, i64 => BigInt, f64 => Double);
raw!(String => Text, NaiveDateTime => Timestamp);

macro_rules! raw_tuples {
    ($($T:ident)*;) => {};
    ($($T:ident)*; $Next:ident $($Rest:ident)*) => {
        impl<$($T: Raw,)* $Next: Raw> Raw for ($($T,)* $Next,)
        where
            ($($T::Sql,)* $Next::Sql,): TypedExpressionType,
        {
            type Sql = ($($T::Sql,)* $Next::Sql,);
        }
        raw_tuples!($($T)* $Next; $($Rest)*);
    };
}

raw_tuples!(; A B C D E F G H I J K L M N O);

/// Rows by their key, each list in the order of the rows.
pub(crate) fn by_key<K: Eq + Hash, T>(
    rows: impl IntoIterator<Item = (K, T)>,
) -> HashMap<K, Vec<T>> {
    let mut by_key = HashMap::<K, Vec<T>>::new();
    for (key, row) in rows {
        by_key.entry(key).or_default().push(row);
    }
    by_key
}
