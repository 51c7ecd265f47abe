//! The program that the README begins with. As a whole it is a test of its documentation; here it lends its models to the
//! table, and its queries are seen.

use std::error::Error;

use author::Loaded as _;
use chrono::NaiveDate;
use diesel::prelude::*;
use upfront::{LoadSpec, Loads, Model, RelationDsl, load};

use super::readme::{block, example, queries, without_space, without_spaces};
use crate::support::{Trace, database};

/// Items that stand in the README as they stand here.
macro_rules! of_the_readme {
    ($name:ident: $($items:tt)*) => {
        $($items)*

        #[test]
        fn $name() {
            let items = without_space(stringify!($($items)*));
            assert!(example().contains(&items), "the README has others than these:\n{items}");
        }
    };
}

of_the_readme! { the_models_are_those_of_the_readme:
    diesel::table! { publishers (id) { id -> Integer, name -> Text } }
    diesel::table! { authors (id) { id -> Integer, name -> Text, bio -> Text, publisher_id -> Nullable<Integer> } }
    diesel::table! {
        books (id) { id -> Integer, title -> Text, price -> Double, published -> Date, author_id -> Integer }
    }
    diesel::table! { tags (id) { id -> Integer, name -> Text } }
    diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer } }
    diesel::allow_tables_to_appear_in_same_query!(publishers, authors, books, tags, book_tags);

    #[derive(Model)]
    #[diesel(table_name = publishers)]
    pub struct Publisher { pub id: i32, pub name: String }

    #[derive(Model)]
    #[diesel(table_name = authors)]
    #[model(belongs_to(publisher: Publisher), has_many(books: Book))]
    pub struct Author { pub id: i32, pub name: String, pub bio: String, pub publisher_id: Option<i32> }

    #[derive(Model)]
    #[diesel(table_name = books)]
    #[model(belongs_to(author: Author), many_to_many(tags: Tag, through = book_tags))]
    pub struct Book { pub id: i32, pub title: String, pub price: f64, pub published: NaiveDate, pub author_id: i32 }

    #[derive(Model)]
    #[diesel(table_name = tags)]
    pub struct Tag { pub id: i32, pub name: String }

    fn in_place(conn: &mut SqliteConnection) -> QueryResult<()> {
        let authors = load!(Author {
            name,
            join publisher { name },
            prefetch books.order_by(books::published.desc()).limit(2) as newest {
                title,
                prefetch tags { name },
            },
            annotate books.count() as book_count,
        })
        .order(authors::name)
        .load(conn)?;

        assert_eq!(authors[1].name, "Ursula");
        assert_eq!(authors[1].publisher.as_ref().map(|publisher| &*publisher.name), Some("Ace"));
        assert_eq!(authors[1].newest[0].title, "Lavinia");
        assert_eq!(authors[1].book_count, 2);
        Ok(())
    }

    #[derive(LoadSpec, Debug, PartialEq)]
    #[load(Publisher)]
    struct PublisherName { name: String }

    #[derive(LoadSpec, Debug, PartialEq)]
    #[load(Tag)]
    struct TagName { name: String }

    #[derive(LoadSpec, Debug, PartialEq)]
    #[load(Book)]
    struct BookCard {
        title: String,
        #[load(prefetch)]
        tags: Vec<TagName>,
    }

    #[derive(LoadSpec, Debug, PartialEq)]
    #[load(Author, max_queries = 3)]
    struct AuthorPage {
        name: String,
        #[load(join)]
        publisher: Option<PublisherName>,
        #[load(prefetch = books, order_by = books::published.desc(), limit = 2)]
        newest: Vec<BookCard>,
        #[load(annotate = books.count())]
        book_count: i64,
    }

    fn initial(author: &impl Loads<authors::name, Value = String>) -> Option<char> {
        author.name().chars().next()
    }
}

/// The database of the README.
pub(super) fn library() -> SqliteConnection {
    let (_, rest) = block("rust", "use author").split_once("batch_execute(conn, \"").unwrap();
    database(rest.split('"').next().unwrap())
}

#[test]
fn the_queries_of_the_page_are_those_of_the_readme() -> Result<(), Box<dyn Error>> {
    macro_rules! code {
        ($($code:tt)*) => {{
            let code = without_space(stringify!($($code)*));
            assert!(example().contains(&code), "the README has another query than this:\n{code}");
            $($code)*
        }};
    }

    let conn = &mut library();
    let trace = Trace::of(conn);
    let before: NaiveDate = "2000-01-01".parse()?;
    let authors = code!(
        AuthorPage::query()
            .filter(author::books.any(book::tags.any(tags::name.eq("science fiction"))))
            .order((AuthorPage::publisher.field(publishers::name), authors::name))
            .prefetch(AuthorPage::newest, |books| books.filter(books::published.lt(before)))
            .load(conn)?
    );
    let sql = block("sql", "SELECT");
    assert_eq!(without_spaces(&trace.sql()), without_spaces(&queries(sql)));
    assert_eq!(authors.len(), 1);
    assert_eq!(initial(&authors[0]), Some('U'));

    in_place(conn)?;
    assert_eq!(trace.sql().len(), AuthorPage::QUERIES);
    Ok(())
}
