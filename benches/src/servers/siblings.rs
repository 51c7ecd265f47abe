//! Authors with their books of five decades: five prefetches of which none needs another.

use std::collections::HashMap;
use std::future::Future;
use std::ops::Range;

use diesel::prelude::*;
use diesel_async::AsyncPgConnection;
use upfront::LoadSpec;

use super::run::Run;
use crate::has_many::BookTitle;
use crate::schema::{Author, authors, books};

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 6)]
pub struct AuthorByDecades {
    id: i32,
    #[load(prefetch = books, filter = books::published.between(1950, 1959), order_by = books::id)]
    fifties: Vec<BookTitle>,
    #[load(prefetch = books, filter = books::published.between(1960, 1969), order_by = books::id)]
    sixties: Vec<BookTitle>,
    #[load(prefetch = books, filter = books::published.between(1970, 1979), order_by = books::id)]
    seventies: Vec<BookTitle>,
    #[load(prefetch = books, filter = books::published.between(1980, 1989), order_by = books::id)]
    eighties: Vec<BookTitle>,
    #[load(prefetch = books, filter = books::published.between(1990, 1999), order_by = books::id)]
    nineties: Vec<BookTitle>,
}

/// How many authors are loaded: those of a page.
const PARENTS: i32 = 50;

/// With `upfront`.
pub fn together(
    conn: &mut AsyncPgConnection,
) -> impl Future<Output = QueryResult<Vec<AuthorByDecades>>> {
    conn.all(AuthorByDecades::query().filter(authors::id.le(PARENTS)).order(authors::id))
}

/// By hand: each query waits for the one before.
pub async fn in_turn(conn: &mut AsyncPgConnection) -> QueryResult<Vec<AuthorByDecades>> {
    let query = authors::table.filter(authors::id.le(PARENTS)).order(authors::id);
    let ids: Vec<i32> = conn.all(query.select(authors::id)).await?;
    let [fifties, sixties, seventies, eighties, nineties] = [
        books_of(&ids, 1950..1960, conn).await?,
        books_of(&ids, 1960..1970, conn).await?,
        books_of(&ids, 1970..1980, conn).await?,
        books_of(&ids, 1980..1990, conn).await?,
        books_of(&ids, 1990..2000, conn).await?,
    ]
    .map(Vec::into_iter);
    let decades = fifties.zip(sixties).zip(seventies).zip(eighties).zip(nineties);
    let author = |(id, ((((fifties, sixties), seventies), eighties), nineties))| AuthorByDecades {
        id,
        fifties,
        sixties,
        seventies,
        eighties,
        nineties,
    };
    Ok(ids.into_iter().zip(decades).map(author).collect())
}

/// The books of each author that were published in these years.
async fn books_of(
    ids: &[i32],
    years: Range<i32>,
    conn: &mut AsyncPgConnection,
) -> QueryResult<Vec<Vec<BookTitle>>> {
    let position: HashMap<i32, usize> = ids.iter().copied().zip(0..).collect();
    let mut titles: Vec<_> = ids.iter().map(|_| Vec::new()).collect();
    let query = books::table
        .filter(books::author_id.eq_any(ids.to_vec()))
        .filter(books::published.between(years.start, years.end - 1))
        .order((books::author_id, books::id))
        .select((books::author_id, books::id, books::title, books::published));
    conn.each(query, |(author_id, id, title, published): (i32, i32, String, i32)| {
        titles[position[&author_id]].push(BookTitle { id, title, published });
    })
    .await?;
    Ok(titles)
}
