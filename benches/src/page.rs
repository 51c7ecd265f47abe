//! A page of a site: authors with their publisher, the number of their books, and the five newest books with their tags.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use upfront::LoadSpec;

use crate::case::Case;
use crate::many_to_many::TagName;
use crate::schema::{Author, Book, Publisher, authors, book_tags, books, publishers, tags};
use crate::servers::on_servers;
use crate::servers::run::Run as _;
use crate::tags::TagsOf;
use crate::top_five::{Newest, NewestOf};

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author, max_queries = 3)]
pub struct AuthorEntry {
    id: i32,
    name: String,
    #[load(join)]
    publisher: Option<PublisherCard>,
    #[load(annotate = books.count())]
    book_count: i64,
    #[load(prefetch = books, order_by = books::published.desc(), limit = 5)]
    newest: Vec<BookEntry>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Publisher)]
pub struct PublisherCard {
    name: String,
    country: String,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Book)]
pub struct BookEntry {
    id: i32,
    title: String,
    published: i32,
    #[load(prefetch)]
    tags: Vec<TagName>,
}

/// The structs of the guide's version.
mod guide {
    use super::*;
    pub(super) use crate::has_many::guide::{Author, Book};
    pub(super) use crate::many_to_many::guide::Tag;

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = publishers)]
    pub struct Publisher {
        pub name: String,
        pub country: String,
    }

    #[derive(Queryable, Selectable, Identifiable, Associations)]
    #[diesel(table_name = book_tags, primary_key(book_id, tag_id), belongs_to(Book))]
    pub struct BookTag {
        pub book_id: i32,
        pub tag_id: i32,
    }

    pub struct Entry {
        pub author: Author,
        pub publisher: Option<Publisher>,
        pub book_count: i64,
        pub newest: Vec<(Book, Vec<Tag>)>,
    }
}

/// A page of authors.
pub struct Page;

impl Case for Page {
    const NAME: &'static str = "page";
    type Rows = Vec<AuthorEntry>;
    type Guide = Vec<guide::Entry>;

    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        AuthorEntry::query().filter(authors::id.le(parents)).order(authors::id).load(conn)
    }

    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Guide> {
        let (authors, publishers): (Vec<_>, Vec<_>) = authors::table
            .left_join(publishers::table)
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((guide::Author::as_select(), Option::<guide::Publisher>::as_select()))
            .load::<(guide::Author, Option<guide::Publisher>)>(conn)?
            .into_iter()
            .unzip();
        // The guides have no limit for each parent: all books are loaded and counted, and five of each author are kept.
        let (counts, books): (Vec<_>, Vec<_>) = guide::Book::belonging_to(&authors)
            .order((books::published.desc(), books::id))
            .select(guide::Book::as_select())
            .load(conn)?
            .grouped_by(&authors)
            .into_iter()
            .map(|books| (books.len() as i64, books.into_iter().take(5)))
            .unzip();
        let books = books.into_iter().flatten().collect::<Vec<_>>();
        let tags = guide::BookTag::belonging_to(&books)
            .inner_join(tags::table)
            .select((guide::BookTag::as_select(), guide::Tag::as_select()))
            .load::<(guide::BookTag, guide::Tag)>(conn)?
            .grouped_by(&books)
            .into_iter()
            .map(|tags| tags.into_iter().map(|(_, tag)| tag).collect())
            .collect::<Vec<_>>();
        let newest = books.into_iter().zip(tags).grouped_by(&authors);
        let entry = |(((author, publisher), book_count), newest)| guide::Entry {
            author,
            publisher,
            book_count,
            newest,
        };
        Ok(authors.into_iter().zip(publishers).zip(counts).zip(newest).map(entry).collect())
    }

    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows> {
        conn.transaction(|conn| {
            let count = books::table.filter(books::author_id.eq(authors::id)).count();
            let mut rows = authors::table
                .left_join(publishers::table)
                .filter(authors::id.le(parents))
                .order(authors::id)
                .select((
                    authors::id,
                    authors::name,
                    (publishers::name, publishers::country).nullable(),
                    count.single_value().assume_not_null(),
                ))
                .load_iter::<(i32, String, Option<(String, String)>, i64), _>(conn)?
                .map(|row| {
                    let (id, name, publisher, book_count) = row?;
                    let publisher =
                        publisher.map(|(name, country)| PublisherCard { name, country });
                    Ok(AuthorEntry { id, name, publisher, book_count, newest: Vec::new() })
                })
                .collect::<QueryResult<Vec<_>>>()?;
            let position: HashMap<i32, u32> = rows.iter().map(|row| row.id).zip(0..).collect();
            let books = Newest::of(rows.iter().map(|row| row.id))
                .load_iter::<(i32, i32, String, i32), _>(conn)?;
            let mut last = (0, 0);
            let mut ids = Vec::new();
            for book in books {
                let (author_id, id, title, published) = book?;
                if last.0 != author_id {
                    last = (author_id, position[&author_id]);
                }
                let tags = Vec::new();
                rows[last.1 as usize].newest.push(BookEntry { id, title, published, tags });
                ids.push(id);
            }
            // Near each other in the table, the pairs of sorted keys are found faster.
            ids.sort_unstable();
            let keys = TagsOf::books(ids.iter().copied());
            let mut places = HashMap::<i32, (u32, u32)>::with_capacity(ids.len());
            for (author, row) in (0..).zip(&mut rows) {
                // The books of an author come by their ids, and those of one year stay so.
                row.newest.sort_by_key(|book| std::cmp::Reverse(book.published));
                places.extend((0..).zip(&row.newest).map(|(book, row)| (row.id, (author, book))));
            }
            let tags = keys.load_iter::<(i32, String), _>(conn)?;
            let mut last = (0, (0, 0));
            for tag in tags {
                let (book_id, name) = tag?;
                if last.0 != book_id {
                    last = (book_id, places[&book_id]);
                }
                let (author, book) = last.1;
                rows[author as usize].newest[book as usize].tags.push(TagName { name });
            }
            Ok(rows)
        })
    }

    fn rows(guide: Self::Guide) -> Self::Rows {
        let book = |(guide::Book { id, title, published, .. }, tags): (_, Vec<guide::Tag>)| {
            BookEntry { id, title, published, tags: tags.into_iter().map(TagName::from).collect() }
        };
        let publisher = |guide::Publisher { name, country }| PublisherCard { name, country };
        guide
            .into_iter()
            .map(|guide::Entry { author, publisher: card, book_count, newest }| AuthorEntry {
                id: author.id,
                name: author.name,
                publisher: card.map(publisher),
                book_count,
                newest: newest.into_iter().map(book).collect(),
            })
            .collect()
    }

    fn sort(rows: &mut Self::Rows) {
        for book in rows.iter_mut().flat_map(|row| &mut row.newest) {
            book.tags.sort_by(|a, b| a.name.cmp(&b.name));
        }
    }
}

on_servers! {
    [] Page, |parents, conn|
    upfront {
        conn.all(AuthorEntry::query().filter(authors::id.le(parents)).order(authors::id)).await
    }
    tuned {
        let count = books::table.filter(books::author_id.eq(authors::id)).count();
        let query = authors::table
            .left_join(publishers::table)
            .filter(authors::id.le(parents))
            .order(authors::id)
            .select((
                authors::id,
                authors::name,
                (publishers::name, publishers::country).nullable(),
                count.single_value().assume_not_null(),
            ));
        let mut rows = Vec::new();
        conn.each(query, |row: (i32, String, Option<(String, String)>, i64)| {
            let (id, name, publisher, book_count) = row;
            let publisher = publisher.map(|(name, country)| PublisherCard { name, country });
            rows.push(AuthorEntry { id, name, publisher, book_count, newest: Vec::new() });
        })
        .await?;
        let position: HashMap<i32, u32> = rows.iter().map(|row| row.id).zip(0..).collect();
        let query = NewestOf { authors: rows.iter().map(|row| row.id).collect() };
        let mut last = (0, 0);
        let mut places = HashMap::<i32, (u32, u32)>::new();
        conn.each(query, |(author_id, id, title, published): (i32, i32, String, i32)| {
            if last.0 != author_id {
                last = (author_id, position[&author_id]);
            }
            let newest = &mut rows[last.1 as usize].newest;
            places.insert(id, (last.1, newest.len() as u32));
            newest.push(BookEntry { id, title, published, tags: Vec::new() });
        })
        .await?;
        let mut ids: Vec<i32> = places.keys().copied().collect();
        // Near each other in the table, the pairs of sorted keys are found faster.
        ids.sort_unstable();
        let query = book_tags::table
            .inner_join(tags::table)
            .filter(book_tags::book_id.eq_any(ids))
            .select((book_tags::book_id, tags::name));
        let mut last = (0, (0, 0));
        conn.each(query, |(book_id, name): (i32, String)| {
            if last.0 != book_id {
                last = (book_id, places[&book_id]);
            }
            let (author, book) = last.1;
            rows[author as usize].newest[book as usize].tags.push(TagName { name });
        })
        .await?;
        Ok(rows)
    }
}
