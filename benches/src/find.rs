//! One book with its author and the author's publisher: what a small query costs.

use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

use crate::case::Case;
use crate::join::{BookCard, TunedRow, guide};
use crate::schema::{authors, books, publishers};
use crate::servers::on_servers;
use crate::servers::run::Run as _;

/// One book, found by its primary key.
pub struct Find;

/// Somewhere in the middle of the table.
const ID: i32 = 123_456;

impl Case for Find {
    const NAME: &'static str = "find";
    type Rows = BookCard;
    type Guide = guide::Row;

    fn upfront(_: i32, conn: &mut SqliteConnection) -> QueryResult<BookCard> {
        BookCard::query().find(ID).first(conn)
    }

    fn guide(_: i32, conn: &mut SqliteConnection) -> QueryResult<guide::Row> {
        books::table
            .inner_join(authors::table.left_join(publishers::table))
            .filter(books::id.eq(ID))
            .select((
                guide::Book::as_select(),
                guide::Author::as_select(),
                Option::<guide::Publisher>::as_select(),
            ))
            .first(conn)
    }

    /// Without the `LIMIT` of `first`, which SQLite need not be told for a primary key.
    fn tuned(_: i32, conn: &mut SqliteConnection) -> QueryResult<BookCard> {
        books::table
            .inner_join(authors::table.left_join(publishers::table))
            .filter(books::id.eq(ID))
            .select((
                books::id,
                books::title,
                books::published,
                authors::name,
                publishers::name.nullable(),
            ))
            .get_result::<TunedRow>(conn)
            .map(BookCard::from)
    }

    fn rows(guide: guide::Row) -> BookCard {
        guide.into()
    }
}

on_servers! {
    [] Find, |_, conn|
    upfront {
        // The query of `first`.
        let book = conn.all(BookCard::query().find(ID).limit(1)).await?.pop();
        book.ok_or(diesel::NotFound)
    }
    tuned {
        let query = books::table
            .inner_join(authors::table.left_join(publishers::table))
            .filter(books::id.eq(ID))
            .select((
                books::id,
                books::title,
                books::published,
                authors::name,
                publishers::name.nullable(),
            ));
        let mut found = None;
        conn.each(query, |row: TunedRow| found = Some(row.into())).await?;
        found.ok_or(diesel::NotFound)
    }
}
