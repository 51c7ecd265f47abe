//! The names that generated code is most often caught by mean something else here.

use crate::schema::{authors, book_tags, books, tags};

mod other_things {
    #![allow(dead_code, non_camel_case_types)]
    pub(super) struct Option;
    pub(super) struct Vec;
    pub(super) struct Result;
    pub(super) struct String;
    pub(super) struct Box;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct usize;
    pub(super) struct bool;
    pub(super) struct str;
    pub(super) trait Clone {}
    pub(super) trait Copy {}
    pub(super) trait Default {}
    pub(super) trait Sized {}
    pub(super) trait Model {}
    pub(super) trait LoadSpec {}
    pub(super) trait Relation {}
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod alloc {}
    pub(super) mod diesel {}
    pub(super) mod upfront {}
}
#[allow(unused_imports)]
use other_things::*;

#[allow(unused_macros)]
macro_rules! assert {
    ($($any:tt)*) => {
        compile_error!("not the assertion that is meant")
    };
}

type Text = ::std::string::String;

#[derive(::upfront::Model)]
#[diesel(table_name = authors)]
#[model(has_many(books: Book))]
struct Author {
    id: i32,
    name: Text,
}

#[derive(::upfront::Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author), many_to_many(tags: Tag, through = book_tags))]
struct Book {
    id: i32,
    title: Text,
    author_id: i32,
}

#[derive(::upfront::Model)]
#[diesel(table_name = tags)]
struct Tag {
    id: i32,
    name: Text,
}

#[derive(::upfront::LoadSpec)]
#[load(Tag)]
struct TagName {
    name: Text,
}

#[derive(::upfront::LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: Text,
}

#[derive(::upfront::LoadSpec)]
#[load(Book, max_queries = 2)]
struct BookCard {
    title: Text,
    #[load(join)]
    author: AuthorName,
    #[load(prefetch)]
    tags: ::std::vec::Vec<TagName>,
    #[load(annotate = tags.count())]
    tag_count: i64,
}

fn line<B, A>(book: &B) -> (&Text, &Text)
where
    B: ::upfront::Loads<books::title, Value = Text> + ::upfront::Loads<book::author, Value = A>,
    A: ::upfront::Loads<authors::name, Value = Text> + 'static,
{
    use author::Loaded as _;
    use book::Loaded as _;

    (book.title(), book.author().name())
}

#[test]
fn a_spec_loads() {
    use ::diesel::prelude::*;

    let query = BookCard::query().order(books::id.desc());
    let book = query.first(&mut crate::connection::connection()).unwrap();
    assert_eq!(book.title, "City of Illusions");
    assert_eq!(book.author.name, "Ursula");
    assert_eq!(book.tags[0].name, "novel");
    assert_eq!(book.tag_count, 1);
    let (title, author) = line(&book);
    assert_eq!(title, "City of Illusions");
    assert_eq!(author, "Ursula");
}

::upfront::load! {
    #[derive(::core::fmt::Debug)]
    #[load(params(least: i32))]
    struct BookPage: Book {
        *,
        join author { name },
        prefetch tags.filter(tags::id.ge(least)).order_by(tags::id).limit(3) { name },
        annotate tags.count() as tag_count,
    }
}

#[test]
fn load_in_place() {
    use ::diesel::prelude::*;

    let conn = &mut crate::connection::connection();
    let page = BookPage::query(1).find(2).first(conn).unwrap();
    assert_eq!((page.tags[0].name.as_str(), page.tag_count), ("novel", 1));
    let least = 1;
    let books = ::upfront::load!(Book {
        title,
        defer(author_id),
        join author: Author { only(name), prefetch books { id, annotate books::id + least as next } },
        prefetch tags.filter(tags::id.ge(least)).limit(3) as labels { name },
        annotate books::title.concat("!") as cry,
        annotate tags.filter(tags::id.ge(least)).count() as tag_count,
    });
    let books = books.order(books::id).load(conn).unwrap();
    assert_eq!(books[1].cry, "City of Illusions!");
    assert_eq!((books[1].labels.len(), books[1].tag_count), (1, 1));
    assert_eq!(books[0].author.books[1].next, 3);
    assert_eq!(books[0], books[0].clone());
    assert_ne!(::std::format!("{:?}", books[0]), "");
}
