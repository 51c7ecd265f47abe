//! Authors with their books, and the books with their tags.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use upfront::LoadSpec;

use crate::case::Case;
use crate::in_json::InJson;
use crate::schema::{Author, Book, Tag, authors, book_tags, books, tags};
use crate::servers::on_servers;
use crate::servers::run::{MostKeys as _, Run as _};
use crate::tags::TagsOf;

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 3)]
pub struct AuthorWithBooks {
    id: i32,
    name: String,
    #[load(prefetch)]
    books: Vec<BookWithTags>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Book)]
pub struct BookWithTags {
    pub(crate) id: i32,
    pub(crate) title: String,
    #[load(prefetch)]
    pub(crate) tags: Vec<TagName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Tag)]
pub struct TagName {
    pub(crate) name: String,
}

/// The structs of the guide's version.
pub(crate) mod guide {
    use super::*;

    #[derive(Queryable, Selectable, Identifiable)]
    #[diesel(table_name = authors)]
    pub struct Author {
        pub id: i32,
        pub name: String,
    }

    #[derive(Queryable, Selectable, Identifiable, Associations)]
    #[diesel(table_name = books, belongs_to(Author))]
    pub struct Book {
        pub id: i32,
        pub title: String,
        pub author_id: i32,
    }

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = tags)]
    pub struct Tag {
        pub name: String,
    }

    #[derive(Queryable, Selectable, Identifiable, Associations)]
    #[diesel(table_name = book_tags, primary_key(book_id, tag_id), belongs_to(Book))]
    pub struct BookTag {
        pub book_id: i32,
        pub tag_id: i32,
    }
}

impl From<guide::Tag> for TagName {
    fn from(guide::Tag { name }: guide::Tag) -> Self {
        Self { name }
    }
}

impl From<(guide::Book, Vec<guide::Tag>)> for BookWithTags {
    fn from((guide::Book { id, title, .. }, tags): (guide::Book, Vec<guide::Tag>)) -> Self {
        Self { id, title, tags: tags.into_iter().map(TagName::from).collect() }
    }
}

/// Authors with their books, and the books with their tags.
pub struct ManyToMany;

impl Case for ManyToMany {
    const NAME: &'static str = "three levels";
    type Rows = Vec<AuthorWithBooks>;
    type Guide = Vec<(guide::Author, Vec<(guide::Book, Vec<guide::Tag>)>)>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        AuthorWithBooks::query().filter(authors::id.le(parents)).order(authors::id).load(conn)
    }

    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Guide> {
        let authors = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select(guide::Author::as_select())
            .load(conn)?;
        let books =
            guide::Book::belonging_to(&authors).select(guide::Book::as_select()).load(conn)?;
        let mut book_tags = Vec::new();
        // SQLite binds no more than 32,766 values, which the guides do not meet.
        for books in books.chunks(32_766) {
            book_tags.extend(
                guide::BookTag::belonging_to(books)
                    .inner_join(tags::table)
                    .select((guide::BookTag::as_select(), guide::Tag::as_select()))
                    .load::<(guide::BookTag, guide::Tag)>(conn)?,
            );
        }
        let tags = book_tags
            .grouped_by(&books)
            .into_iter()
            .map(|tags| tags.into_iter().map(|(_, tag)| tag).collect::<Vec<_>>());
        let tags = tags.collect::<Vec<_>>();
        let books = books.into_iter().zip(tags).grouped_by(&authors);
        Ok(authors.into_iter().zip(books).collect())
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        conn.transaction(|conn| {
            let mut rows = authors::table
                .filter(authors::id.le(parents))
                .order(authors::id)
                .select((authors::id, authors::name))
                .load_iter::<(i32, String), _>(conn)?
                .map(|row| row.map(|(id, name)| AuthorWithBooks { id, name, books: Vec::new() }))
                .collect::<QueryResult<Vec<_>>>()?;
            let position: HashMap<i32, u32> = rows.iter().map(|row| row.id).zip(0..).collect();
            let books = books::table
                .filter(InJson::new(books::author_id, rows.iter().map(|row| row.id)))
                .select((books::author_id, books::id, books::title))
                .load_iter::<(i32, i32, String), _>(conn)?;
            // Books come author by author and tags book by book: the maps are asked once for each.
            let mut last = (0, 0);
            let mut ids = Vec::new();
            for book in books {
                let (author_id, id, title) = book?;
                if last.0 != author_id {
                    last = (author_id, position[&author_id]);
                }
                rows[last.1 as usize].books.push(BookWithTags { id, title, tags: Vec::new() });
                ids.push(id);
            }
            // Near each other in the table, the pairs of sorted keys are found faster.
            ids.sort_unstable();
            let keys = TagsOf::books(ids.iter().copied());
            let mut places = HashMap::<i32, (u32, u32)>::with_capacity(ids.len());
            drop(ids);
            for (author, row) in (0..).zip(&rows) {
                places.extend((0..).zip(&row.books).map(|(book, row)| (row.id, (author, book))));
            }
            let tags = keys.load_iter::<(i32, String), _>(conn)?;
            let mut last = (0, (0, 0));
            for tag in tags {
                let (book_id, name) = tag?;
                if last.0 != book_id {
                    last = (book_id, places[&book_id]);
                }
                let (author, book) = last.1;
                rows[author as usize].books[book as usize].tags.push(TagName { name });
            }
            Ok(rows)
        })
    }

    fn rows(guide: Self::Guide) -> Self::Rows {
        guide
            .into_iter()
            .map(|(guide::Author { id, name }, books)| AuthorWithBooks {
                id,
                name,
                books: books.into_iter().map(BookWithTags::from).collect(),
            })
            .collect()
    }

    fn sort(rows: &mut Self::Rows) {
        for row in rows {
            row.books.sort_by_key(|book| book.id);
            for book in &mut row.books {
                book.tags.sort_by(|a, b| a.name.cmp(&b.name));
            }
        }
    }
}

on_servers! {
    [] ManyToMany, |parents, conn|
    upfront {
        conn.all(AuthorWithBooks::query().filter(authors::id.le(parents)).order(authors::id)).await
    }
    tuned {
        let query = authors::table
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((authors::id, authors::name));
        let mut rows = Vec::new();
        conn.each(query, |(id, name): (i32, String)| {
            rows.push(AuthorWithBooks { id, name, books: Vec::new() });
        })
        .await?;
        let position: HashMap<i32, u32> = rows.iter().map(|row| row.id).zip(0..).collect();
        let query = books::table
            .filter(books::author_id.eq_any(rows.iter().map(|row| row.id)))
            .select((books::author_id, books::id, books::title));
        let mut last = (0, 0);
        let mut places = HashMap::<i32, (u32, u32)>::new();
        conn.each(query, |(author_id, id, title): (i32, i32, String)| {
            if last.0 != author_id {
                last = (author_id, position[&author_id]);
            }
            let books = &mut rows[last.1 as usize].books;
            places.insert(id, (last.1, books.len() as u32));
            books.push(BookWithTags { id, title, tags: Vec::new() });
        })
        .await?;
        let mut ids: Vec<i32> = places.keys().copied().collect();
        // Near each other in the table, the pairs of sorted keys are found faster.
        ids.sort_unstable();
        let mut last = (0, (0, 0));
        for ids in ids.chunks(conn.most_keys()) {
            let query = book_tags::table
                .inner_join(tags::table)
                .filter(book_tags::book_id.eq_any(ids.to_vec()))
                .select((book_tags::book_id, tags::name));
            conn.each(query, |(book_id, name): (i32, String)| {
                if last.0 != book_id {
                    last = (book_id, places[&book_id]);
                }
                let (author, book) = last.1;
                rows[author as usize].books[book as usize].tags.push(TagName { name });
            })
            .await?;
        }
        Ok(rows)
    }
}
