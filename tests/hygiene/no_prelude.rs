//! Nothing of the standard prelude is in scope.

use crate::schema::{authors, book_tags, books, tags};

#[derive(::upfront::Model)]
#[diesel(table_name = authors)]
#[model(no_implicit_prelude, has_many(books: Book))]
struct Author {
    id: i32,
    name: ::std::string::String,
}

#[derive(::upfront::Model)]
#[diesel(table_name = books)]
#[model(
    no_implicit_prelude,
    belongs_to(author: Author),
    many_to_many(tags: Tag, through = book_tags),
)]
struct Book {
    id: i32,
    title: ::std::string::String,
    author_id: i32,
}

#[derive(::upfront::Model)]
#[diesel(table_name = tags)]
#[model(no_implicit_prelude)]
struct Tag {
    id: i32,
    name: ::std::string::String,
}

#[derive(::upfront::LoadSpec)]
#[load(Tag)]
struct TagName {
    name: ::std::string::String,
}

#[derive(::upfront::LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: ::std::string::String,
}

#[derive(::upfront::LoadSpec)]
#[load(Book, max_queries = 2)]
struct BookCard {
    title: ::std::string::String,
    #[load(join)]
    author: ::std::option::Option<AuthorName>,
    #[load(prefetch)]
    tags: ::std::vec::Vec<TagName>,
    #[load(annotate = tags.count())]
    tag_count: i64,
    #[load(annotate = author.exists())]
    has_author: bool,
}

fn line<B, A>(book: &B) -> ::std::option::Option<(&str, &str)>
where
    B: ::upfront::Loads<books::title, Value = ::std::string::String>
        + ::upfront::Loads<book::author, Value = ::std::option::Option<A>>,
    A: ::upfront::Loads<authors::name, Value = ::std::string::String> + 'static,
{
    use author::Loaded as _;
    use book::Loaded as _;

    let author = book.author().as_ref()?;
    ::std::option::Option::Some((book.title(), author.name()))
}

#[test]
fn a_spec_loads() {
    use ::diesel::prelude::*;

    let books = BookCard::query().order(books::id).load(&mut crate::connection::connection());
    let books = ::std::result::Result::unwrap(books);
    ::std::assert_eq!(books[1].title, "City of Illusions");
    ::std::assert_eq!(books[1].tags[0].name, "novel");
    ::std::assert_eq!(books[1].tag_count, 1);
    let line = line(&books[1]);
    ::std::assert_eq!(line, ::std::option::Option::Some(("City of Illusions", "Ursula")));
    ::std::assert!(books[1].has_author);
    let ::std::option::Option::Some(author) = &books[0].author else {
        ::std::panic!("the author is joined");
    };
    ::std::assert_eq!(author.name, "Ursula");
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
    let page = ::std::result::Result::unwrap(BookPage::query(1).find(2).first(conn));
    ::std::assert_eq!(page.tags[0].name, "novel");
    ::std::assert_eq!(page.tag_count, 1);
    let least = 1;
    let books = ::upfront::load!(Book {
        title,
        defer(author_id),
        join author: Author { only(name), prefetch books { id, annotate books::id + least as next } },
        prefetch tags.filter(tags::id.ge(least)).limit(3) as labels { name },
        annotate books::title.concat("!") as cry,
        annotate tags.count() as tag_count,
    });
    let books = ::std::result::Result::unwrap(books.order(books::id).load(conn));
    ::std::assert_eq!(books[1].cry, "City of Illusions!");
    ::std::assert_eq!((books[1].labels.len(), books[1].tag_count), (1, 1));
    ::std::assert_eq!(books[0].author.books[1].next, 3);
    ::std::assert!(books[0] == ::core::clone::Clone::clone(&books[0]));
    ::std::assert_ne!(::std::format!("{:?}", books[0]), "");
}
