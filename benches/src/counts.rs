//! Authors with the number of their books, and with the number of reviews of their books.

use diesel::dsl::count;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use upfront::LoadSpec;

use crate::case::Case;
use crate::schema::{Author, authors, books, reviews};
use crate::servers::on_servers;
use crate::servers::run::Run as _;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 1)]
pub struct AuthorWithBookCount {
    id: i32,
    name: String,
    #[load(annotate = books.count())]
    books: i64,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 1)]
pub struct AuthorWithReviewCount {
    id: i32,
    name: String,
    #[load(annotate = reviews.count())]
    reviews: i64,
}

/// A row of the guide's and the hand-tuned versions.
type Row = (i32, String, i64);

impl From<Row> for AuthorWithBookCount {
    fn from((id, name, books): Row) -> Self {
        Self { id, name, books }
    }
}

impl From<Row> for AuthorWithReviewCount {
    fn from((id, name, reviews): Row) -> Self {
        Self { id, name, reviews }
    }
}

/// Authors with the number of their books.
pub struct Count;

impl Case for Count {
    const NAME: &'static str = "count";
    type Rows = Vec<AuthorWithBookCount>;
    type Guide = Vec<Row>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        AuthorWithBookCount::query().filter(authors::id.le(parents)).order(authors::id).load(conn)
    }

    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<Row>> {
        authors::table
            .left_join(books::table)
            .filter(authors::id.le(parents))
            .group_by(authors::id)
            .order(authors::id)
            .select((authors::id, authors::name, count(books::id.nullable())))
            .load(conn)
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        let count = books::table.filter(books::author_id.eq(authors::id)).count().single_value();
        authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((authors::id, authors::name, count.assume_not_null()))
            .load_iter::<Row, _>(conn)?
            .map(|row| row.map(AuthorWithBookCount::from))
            .collect()
    }

    fn rows(guide: Vec<Row>) -> Self::Rows {
        guide.into_iter().map(AuthorWithBookCount::from).collect()
    }
}

/// Authors with the number of reviews of their books.
pub struct CountThrough;

impl Case for CountThrough {
    const NAME: &'static str = "count through";
    type Rows = Vec<AuthorWithReviewCount>;
    type Guide = Vec<Row>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        AuthorWithReviewCount::query().filter(authors::id.le(parents)).order(authors::id).load(conn)
    }

    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<Row>> {
        authors::table
            .left_join(books::table.left_join(reviews::table))
            .filter(authors::id.le(parents))
            .group_by(authors::id)
            .order(authors::id)
            .select((authors::id, authors::name, count(reviews::id.nullable())))
            .load(conn)
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        let count = books::table
            .inner_join(reviews::table)
            .filter(books::author_id.eq(authors::id))
            .count()
            .single_value();
        authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((authors::id, authors::name, count.assume_not_null()))
            .load_iter::<Row, _>(conn)?
            .map(|row| row.map(AuthorWithReviewCount::from))
            .collect()
    }

    fn rows(guide: Vec<Row>) -> Self::Rows {
        guide.into_iter().map(AuthorWithReviewCount::from).collect()
    }
}

on_servers! {
    [] Count, |parents, conn|
    upfront {
        let query = AuthorWithBookCount::query().filter(authors::id.le(parents));
        conn.all(query.order(authors::id)).await
    }
    tuned {
        let count = books::table.filter(books::author_id.eq(authors::id)).count().single_value();
        let query = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((authors::id, authors::name, count.assume_not_null()));
        let mut rows = Vec::new();
        conn.each(query, |row: Row| rows.push(row.into())).await?;
        Ok(rows)
    }
}

on_servers! {
    [] CountThrough, |parents, conn|
    upfront {
        let query = AuthorWithReviewCount::query().filter(authors::id.le(parents));
        conn.all(query.order(authors::id)).await
    }
    tuned {
        let count = books::table
            .inner_join(reviews::table)
            .filter(books::author_id.eq(authors::id))
            .count()
            .single_value();
        let query = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((authors::id, authors::name, count.assume_not_null()));
        let mut rows = Vec::new();
        conn.each(query, |row: Row| rows.push(row.into())).await?;
        Ok(rows)
    }
}
