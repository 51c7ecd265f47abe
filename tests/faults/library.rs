//! Authors with five kinds of children, and children of those: what is loaded of them, and what must come.

use upfront::{LoadSpec, Model};

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, author_id -> Integer, name -> Text } }
diesel::table! { talks (id) { id -> Integer, author_id -> Integer, name -> Text } }
diesel::table! { awards (id) { id -> Integer, author_id -> Integer, name -> Text } }
diesel::table! { letters (id) { id -> Integer, author_id -> Integer, name -> Text } }
diesel::table! { houses (id) { id -> Integer, author_id -> Integer, name -> Text } }
diesel::table! { reviews (id) { id -> Integer, book_id -> Integer, name -> Text } }
diesel::allow_tables_to_appear_in_same_query!(
    authors, books, talks, awards, letters, houses, reviews
);

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(
    has_many(books: Book), has_many(talks: Talk), has_many(awards: Award), has_many(letters: Letter),
    has_many(houses: House), has_one(house: House),
)]
pub(crate) struct Author {
    pub(crate) id: i32,
    pub(crate) name: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author), has_many(reviews: Review))]
pub(crate) struct Book {
    pub(crate) id: i32,
    pub(crate) author_id: i32,
    pub(crate) name: String,
}

#[derive(Model)]
#[diesel(table_name = reviews)]
#[model(belongs_to(book: Book))]
pub(crate) struct Review {
    pub(crate) id: i32,
    pub(crate) book_id: i32,
    pub(crate) name: String,
}

macro_rules! children {
    ($($table:ident $Model:ident $Name:ident;)*) => {$(
        #[derive(Model)]
        #[diesel(table_name = $table)]
        #[model(belongs_to(author: Author))]
        pub(crate) struct $Model {
            pub(crate) id: i32,
            pub(crate) author_id: i32,
            pub(crate) name: String,
        }
    )*};
}

children! {
    talks Talk TalkName;
    awards Award AwardName;
    letters Letter LetterName;
    houses House HouseName;
}

macro_rules! names {
    ($($Spec:ident of $Model:ident;)*) => {$(
        #[derive(LoadSpec, Debug, Clone, PartialEq)]
        #[load($Model)]
        pub(crate) struct $Spec {
            pub(crate) name: String,
        }
    )*};
}

names! {
    AuthorName of Author;
    BookName of Book;
    TalkName of Talk;
    AwardName of Award;
    LetterName of Letter;
    HouseName of House;
    ReviewName of Review;
}

/// Six queries in two levels.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author)]
pub(crate) struct Wide {
    pub(crate) name: String,
    #[load(prefetch, order_by = books::id)]
    pub(crate) books: Vec<BookName>,
    #[load(prefetch, order_by = talks::id)]
    pub(crate) talks: Vec<TalkName>,
    #[load(prefetch, order_by = awards::id)]
    pub(crate) awards: Vec<AwardName>,
    #[load(prefetch, order_by = letters::id)]
    pub(crate) letters: Vec<LetterName>,
    #[load(prefetch, order_by = houses::id)]
    pub(crate) houses: Vec<HouseName>,
}

/// Four queries in three levels: that of the talks waits for no book.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author)]
pub(crate) struct Deep {
    pub(crate) name: String,
    #[load(prefetch, order_by = books::id)]
    pub(crate) books: Vec<DeepBook>,
    #[load(prefetch, order_by = talks::id)]
    pub(crate) talks: Vec<TalkName>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
pub(crate) struct DeepBook {
    pub(crate) name: String,
    #[load(prefetch, order_by = reviews::id)]
    pub(crate) reviews: Vec<ReviewName>,
}

/// It has rows that this cannot be: each author has two houses.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author)]
pub(crate) struct Housed {
    pub(crate) name: String,
    #[load(prefetch)]
    pub(crate) talks: Vec<TalkName>,
    #[load(prefetch = house)]
    pub(crate) house: Option<HouseName>,
    #[load(prefetch)]
    pub(crate) books: Vec<DeepBook>,
}

const AUTHORS: i32 = 4;

/// The tables of the children, with those of their parents.
const CHILDREN: [(&str, &str); 6] = [
    ("books", "author"),
    ("talks", "author"),
    ("awards", "author"),
    ("letters", "author"),
    ("houses", "author"),
    ("reviews", "book"),
];

/// Creates the tables. Each row has two children of each kind, `2 id - 1` and `2 id`.
pub(crate) fn sql() -> String {
    let mut sql =
        "CREATE TABLE authors (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);".to_owned();
    let rows = |count: i32, row: &dyn Fn(i32) -> String| {
        (1..=count).map(row).collect::<Vec<_>>().join(", ")
    };
    sql += &format!(
        "INSERT INTO authors VALUES {};",
        rows(AUTHORS, &|id| format!("({id}, '{}')", name("authors", id)))
    );
    for (table, parent) in CHILDREN {
        let count = match parent {
            "author" => AUTHORS * 2,
            _ => AUTHORS * 4,
        };
        sql += &format!(
            "CREATE TABLE {table} (id INTEGER PRIMARY KEY, {parent}_id INTEGER NOT NULL, name VARCHAR(50) NOT NULL);
             INSERT INTO {table} VALUES {};",
            rows(count, &|id| format!("({id}, {}, '{}')", (id + 1) / 2, name(table, id)))
        );
    }
    sql
}

fn name(table: &str, id: i32) -> String {
    format!("{table} {id}")
}

/// The children of a row.
fn children<T>(table: &str, parent: i32, child: impl Fn(i32, String) -> T) -> Vec<T> {
    [parent * 2 - 1, parent * 2].map(|id| child(id, name(table, id))).into()
}

/// All authors behind this one.
pub(crate) fn wide(behind: i32) -> Vec<Wide> {
    let author = |id| Wide {
        name: name("authors", id),
        books: children("books", id, |_, name| BookName { name }),
        talks: children("talks", id, |_, name| TalkName { name }),
        awards: children("awards", id, |_, name| AwardName { name }),
        letters: children("letters", id, |_, name| LetterName { name }),
        houses: children("houses", id, |_, name| HouseName { name }),
    };
    (behind + 1..=AUTHORS).map(author).collect()
}

pub(crate) fn deep(behind: i32) -> Vec<Deep> {
    let review = |_, name| ReviewName { name };
    let book = |id, name| DeepBook { name, reviews: children("reviews", id, review) };
    let author = |id| Deep {
        name: name("authors", id),
        books: children("books", id, book),
        talks: children("talks", id, |_, name| TalkName { name }),
    };
    (behind + 1..=AUTHORS).map(author).collect()
}
