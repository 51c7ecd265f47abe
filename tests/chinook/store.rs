//! The stores that the specs are loaded from.

use std::sync::OnceLock;

use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::query_dsl::methods::LoadQuery;

use crate::database::{AsyncConnection, Connection, Databases, in_own_words};
use crate::rows::Raw;

/// Makes the store with gaps of the real one, where foreign keys are not enforced.
///
/// One key of the real store is `NULL`, and none leads nowhere. Here more are and some do, one employee is his own
/// manager, two are each other's, and some rows hold nothing but `NULL` beside their key. There, too, a line may be of
/// several pieces or of none, and a track may be on two lines of one invoice.
pub(crate) const GAPS: &str = "
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

/// What a database holds.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// The store as it is.
    Real,
    /// The store with [`GAPS`].
    WithGaps,
}

/// One Chinook database.
pub(crate) struct Store {
    pub(crate) name: &'static str,
    pub(crate) conn: Connection,
    content: Content,
}

static DATABASES: OnceLock<Databases> = OnceLock::new();

/// Opens all stores from `databases` from now on.
pub(crate) fn open_from(databases: Databases) -> &'static Databases {
    DATABASES.get_or_init(|| databases)
}

/// The databases that the tests run on.
pub(crate) fn databases() -> &'static Databases {
    DATABASES.get().expect("the databases are made before the tests run")
}

/// The store as it is, and the store with gaps.
pub(crate) fn stores() -> [Store; 2] {
    let stores = [("the real store", Content::Real), ("the store with gaps", Content::WithGaps)];
    stores.map(|(name, content)| Store { name, conn: databases().open(content), content })
}

impl Store {
    /// A connection to it that is asynchronous.
    pub(crate) async fn asynchronous(&self) -> AsyncConnection {
        databases().open_async(self.content).await
    }

    /// The rows of a query that is written in SQL.
    #[track_caller]
    pub(crate) fn rows<T>(&mut self, sql: &str) -> Vec<T>
    where
        T: Raw,
        SqlLiteral<T::Sql>: for<'q> LoadQuery<'q, Connection, T>,
    {
        let sql = in_own_words(sql);
        match diesel::dsl::sql::<T::Sql>(&sql).load(&mut self.conn) {
            Ok(rows) => rows,
            Err(error) => panic!("{error}, in {sql}"),
        }
    }
}
