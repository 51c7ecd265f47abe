//! Books with their tags.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};

use crate::case::Case;
use crate::in_json::{self, InJson};
use crate::many_to_many::{BookWithTags, TagName, guide};
use crate::schema::{book_tags, books, tags};
use crate::servers::on_servers;
use crate::servers::run::Run as _;

/// The tags of books, and from which book each comes.
///
/// The keys as the outermost of three loops are faster than `IN`, for which SQLite makes a list of them and a filter
/// before it. That they come once each, and as integers, is for the caller to know.
#[derive(QueryId)]
pub(crate) struct TagsOf {
    books: String,
}

impl TagsOf {
    pub(crate) fn books(ids: impl ExactSizeIterator<Item = i32>) -> Self {
        Self { books: in_json::array(ids) }
    }
}

impl Query for TagsOf {
    type SqlType = (Integer, Text);
}

impl<Conn> RunQueryDsl<Conn> for TagsOf {}

impl QueryFragment<Sqlite> for TagsOf {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("SELECT book_tags.book_id, tags.name FROM json_each(");
        out.push_bind_param::<Text, str>(&self.books)?;
        out.push_sql(
            ") AS book CROSS JOIN book_tags ON book_tags.book_id = book.value
            CROSS JOIN tags ON tags.id = book_tags.tag_id",
        );
        Ok(())
    }
}

/// The same with the ids of the tags alone.
#[derive(QueryId)]
struct TagIdsOf {
    books: String,
}

impl Query for TagIdsOf {
    type SqlType = (Integer, Integer);
}

impl<Conn> RunQueryDsl<Conn> for TagIdsOf {}

impl QueryFragment<Sqlite> for TagIdsOf {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("SELECT book_tags.book_id, book_tags.tag_id FROM json_each(");
        out.push_bind_param::<Text, str>(&self.books)?;
        out.push_sql(") AS book CROSS JOIN book_tags ON book_tags.book_id = book.value");
        Ok(())
    }
}

/// Gives each book its tags: in one query, or in two, of which the first reads the ids of the tags and the second each tag
/// once.
fn tags_of(
    books: &mut [BookWithTags],
    in_two_queries: bool,
    conn: &mut SqliteConnection,
) -> QueryResult<()> {
    let position: HashMap<i32, usize> = books.iter().map(|book| book.id).zip(0..).collect();
    let ids = in_json::array(books.iter().map(|book| book.id));
    let mut last = (0, 0);
    let mut push = |book_id, name| {
        if last.0 != book_id {
            last = (book_id, position[&book_id]);
        }
        books[last.1].tags.push(TagName { name });
    };
    if !in_two_queries {
        for tag in (TagsOf { books: ids }).load_iter::<(i32, String), _>(conn)? {
            let (book_id, name) = tag?;
            push(book_id, name);
        }
        return Ok(());
    }
    let pairs = TagIdsOf { books: ids }
        .load_iter::<(i32, i32), _>(conn)?
        .collect::<QueryResult<Vec<_>>>()?;
    let mut wanted: Vec<i32> = pairs.iter().map(|pair| pair.1).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let names = tags::table
        .filter(InJson::new(tags::id, wanted.iter().copied()))
        .select((tags::id, tags::name))
        .load_iter::<(i32, String), _>(conn)?
        .collect::<QueryResult<HashMap<_, _>>>()?;
    for (book_id, tag_id) in pairs {
        push(book_id, names[&tag_id].clone());
    }
    Ok(())
}

/// Books with their tags. The books are the parents here.
pub struct Tags<const IN_TWO_QUERIES: bool>;

impl<const IN_TWO_QUERIES: bool> Case for Tags<IN_TWO_QUERIES> {
    const NAME: &'static str =
        if IN_TWO_QUERIES { "many-to-many, pairs first" } else { "many-to-many" };
    type Rows = Vec<BookWithTags>;
    type Guide = Vec<(guide::Book, Vec<guide::Tag>)>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        BookWithTags::query().filter(books::id.le(parents)).order(books::id).load(conn)
    }

    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Guide> {
        let books = books::table
            .filter(books::id.le(parents))
            .order(books::id)
            .select(guide::Book::as_select())
            .load(conn)?;
        let tags = guide::BookTag::belonging_to(&books)
            .inner_join(tags::table)
            .select((guide::BookTag::as_select(), guide::Tag::as_select()))
            .load::<(guide::BookTag, guide::Tag)>(conn)?
            .grouped_by(&books)
            .into_iter()
            .map(|tags| tags.into_iter().map(|(_, tag)| tag).collect());
        Ok(books.into_iter().zip(tags).collect())
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        conn.transaction(|conn| {
            let mut rows = books::table
                .filter(books::id.le(parents))
                .order(books::id)
                .select((books::id, books::title))
                .load_iter::<(i32, String), _>(conn)?
                .map(|row| row.map(|(id, title)| BookWithTags { id, title, tags: Vec::new() }))
                .collect::<QueryResult<Vec<_>>>()?;
            tags_of(&mut rows, IN_TWO_QUERIES, conn)?;
            Ok(rows)
        })
    }

    fn rows(guide: Self::Guide) -> Self::Rows {
        guide.into_iter().map(BookWithTags::from).collect()
    }

    fn sort(rows: &mut Self::Rows) {
        for row in rows {
            row.tags.sort_by(|a, b| a.name.cmp(&b.name));
        }
    }
}

on_servers! {
    [] Tags<false>, |parents, conn|
    upfront {
        conn.all(BookWithTags::query().filter(books::id.le(parents)).order(books::id)).await
    }
    tuned {
        let query = books::table
            .filter(books::id.le(parents))
            .order(books::id)
            .select((books::id, books::title));
        let mut rows = Vec::new();
        conn.each(query, |(id, title): (i32, String)| {
            rows.push(BookWithTags { id, title, tags: Vec::new() });
        })
        .await?;
        let position: HashMap<i32, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
        let mut last = (0, 0);
        let query = book_tags::table
            .inner_join(tags::table)
            .filter(book_tags::book_id.eq_any(rows.iter().map(|row| row.id)))
            .select((book_tags::book_id, tags::name));
        conn.each(query, |(book_id, name): (i32, String)| {
            if last.0 != book_id {
                last = (book_id, position[&book_id]);
            }
            rows[last.1].tags.push(TagName { name });
        })
        .await?;
        Ok(rows)
    }
}
