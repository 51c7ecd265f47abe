//! Books with their tags.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

use crate::case::Case;
use crate::in_json::InJson;
use crate::many_to_many::{BookWithTags, TagName, guide};
use crate::schema::{book_tags, books, tags};

/// Books with their tags. The books are the parents here.
pub struct Tags;

impl Tags {
    fn books(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<BookWithTags>> {
        books::table
            .filter(books::id.le(parents))
            .order(books::id)
            .select((books::id, books::title))
            .load_iter::<(i32, String), _>(conn)?
            .map(|row| row.map(|(id, title)| BookWithTags { id, title, tags: Vec::new() }))
            .collect()
    }

    /// Pairs of book and tag joined with the tags.
    pub fn joined(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<BookWithTags>> {
        conn.transaction(|conn| {
            let mut rows = Self::books(parents, conn)?;
            let position: HashMap<i32, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
            let tags = book_tags::table
                .inner_join(tags::table)
                .filter(InJson::new(book_tags::book_id, rows.iter().map(|row| row.id)))
                .select((book_tags::book_id, tags::name))
                .load_iter::<(i32, String), _>(conn)?;
            let mut last = (0, 0);
            for tag in tags {
                let (book_id, name) = tag?;
                if last.0 != book_id {
                    last = (book_id, position[&book_id]);
                }
                rows[last.1].tags.push(TagName { name });
            }
            Ok(rows)
        })
    }

    /// The pairs first, then each tag once, which is copied.
    pub fn pairs_first(
        parents: i32,
        conn: &mut SqliteConnection,
    ) -> QueryResult<Vec<BookWithTags>> {
        conn.transaction(|conn| {
            let mut rows = Self::books(parents, conn)?;
            let pairs = book_tags::table
                .filter(InJson::new(book_tags::book_id, rows.iter().map(|row| row.id)))
                .select((book_tags::book_id, book_tags::tag_id))
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
            let position: HashMap<i32, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
            let mut last = (0, 0);
            for (book_id, tag_id) in pairs {
                if last.0 != book_id {
                    last = (book_id, position[&book_id]);
                }
                rows[last.1].tags.push(TagName { name: names[&tag_id].clone() });
            }
            Ok(rows)
        })
    }
}

impl Case for Tags {
    const NAME: &'static str = "many-to-many";
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
        if std::env::var_os("PAIRS").is_some() {
            return Self::pairs_first(parents, conn);
        }
        Self::joined(parents, conn)
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
