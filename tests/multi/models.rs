//! A library: tables, models and rows that are the same on all databases.
#![allow(missing_docs)]

use chrono::NaiveDate;
use upfront::Model;

diesel::table! { publishers (id) { id -> Integer, name -> Text } }
diesel::table! { authors (id) { id -> Integer, name -> Text, publisher_id -> Nullable<Integer>, country_code -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, year -> Integer, author_id -> Integer } }
diesel::table! { reviews (id) { id -> Integer, stars -> Integer, book_id -> Integer } }
diesel::table! { tags (id) { id -> Integer, name -> Text } }
diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer, weight -> Integer } }
diesel::table! { countries (code) { code -> Text, name -> Text } }
diesel::table! { regions (country, number) { country -> Text, number -> Integer, name -> Text } }
diesel::table! { cities (id) { id -> Integer, name -> Text, country -> Text, region -> Nullable<Integer> } }
diesel::table! { days (day) { day -> Date, name -> Text } }
diesel::table! { festivals (id) { id -> Integer, name -> Text, day -> Date } }
diesel::table! { numbers (id) { id -> Integer } }
diesel::table! { multiples (id) { id -> Integer, number_id -> Integer } }
diesel::table! { accounts (id) { id -> Integer } }
diesel::table! { entries (id) { id -> Integer, account_id -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(authors, books, reviews, tags, book_tags);

#[derive(Model)]
#[diesel(table_name = publishers)]
#[model(has_many(authors: Author))]
pub struct Publisher {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(
    belongs_to(publisher: Publisher),
    belongs_to(country: Country, foreign_key = country_code),
    has_many(books: Book),
    has_many(reviews: Review, through = books),
    has_many(tags: Tag, through = books),
)]
pub struct Author {
    pub id: i32,
    pub name: String,
    pub publisher_id: Option<i32>,
    pub country_code: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author), has_many(reviews: Review), many_to_many(tags: Tag, through = book_tags))]
pub struct Book {
    pub id: i32,
    pub title: String,
    pub year: i32,
    pub author_id: i32,
}

#[derive(Model)]
#[diesel(table_name = reviews)]
#[model(belongs_to(book: Book))]
pub struct Review {
    pub id: i32,
    pub stars: i32,
    pub book_id: i32,
}

#[derive(Model)]
#[diesel(table_name = tags)]
pub struct Tag {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = countries, primary_key(code))]
#[model(has_many(authors: Author, foreign_key = authors::country_code, references = code))]
pub struct Country {
    pub code: String,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = regions, primary_key(country, number))]
#[model(has_many(
    cities: City,
    foreign_key = (cities::country, cities::region),
    references = (country, number),
))]
pub struct Region {
    pub country: String,
    pub number: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = cities)]
#[model(belongs_to(the_region: Region, foreign_key = (country, region), references = (regions::country, regions::number)))]
pub struct City {
    pub id: i32,
    pub name: String,
    pub country: String,
    pub region: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = days, primary_key(day))]
#[model(has_many(festivals: Festival, foreign_key = festivals::day, references = day))]
pub struct Day {
    pub day: NaiveDate,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = festivals)]
#[model(belongs_to(the_day: Day, foreign_key = day))]
pub struct Festival {
    pub id: i32,
    pub name: String,
    pub day: NaiveDate,
}

#[derive(Model)]
#[diesel(table_name = numbers)]
#[model(has_many(multiples: Multiple))]
pub struct Number {
    pub id: i32,
}

#[derive(Model)]
#[diesel(table_name = multiples)]
#[model(belongs_to(number: Number))]
pub struct Multiple {
    pub id: i32,
    pub number_id: i32,
}

#[derive(Model)]
#[diesel(table_name = accounts)]
#[model(has_many(entries: Entry))]
pub struct Account {
    pub id: i32,
}

#[derive(Model)]
#[diesel(table_name = entries)]
#[model(belongs_to(account: Account))]
pub struct Entry {
    pub id: i32,
    pub account_id: i32,
}

/// How many rows `numbers` has: one more than one query is given keys.
pub const NUMBERS: usize = 30_001;

const TABLES: &str = "
    CREATE TABLE publishers (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL);
    CREATE TABLE countries (code CHAR(4) PRIMARY KEY, name VARCHAR(40) NOT NULL);
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, publisher_id INTEGER, country_code CHAR(4) NOT NULL);
    CREATE TABLE books (id INTEGER PRIMARY KEY, title VARCHAR(40) NOT NULL, year INTEGER NOT NULL, author_id INTEGER NOT NULL);
    CREATE TABLE reviews (id INTEGER PRIMARY KEY, stars INTEGER NOT NULL, book_id INTEGER NOT NULL);
    CREATE TABLE tags (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL);
    CREATE TABLE book_tags (book_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, weight INTEGER NOT NULL, PRIMARY KEY (book_id, tag_id));
    CREATE TABLE regions (country CHAR(4) NOT NULL, number INTEGER NOT NULL, name VARCHAR(40) NOT NULL, PRIMARY KEY (country, number));
    CREATE TABLE cities (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, country VARCHAR(4) NOT NULL, region INTEGER);
    CREATE TABLE days (day DATE PRIMARY KEY, name VARCHAR(40) NOT NULL);
    CREATE TABLE festivals (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, day DATE NOT NULL);
    CREATE TABLE numbers (id INTEGER PRIMARY KEY);
    CREATE TABLE multiples (id INTEGER PRIMARY KEY, number_id INTEGER NOT NULL);
    CREATE TABLE accounts (id INTEGER PRIMARY KEY);
    CREATE TABLE entries (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL);
";

const ROWS: &str = "
    INSERT INTO publishers VALUES (1, 'Ace');
    INSERT INTO countries VALUES ('US', 'United States'), ('GB', 'Great Britain');
    INSERT INTO authors VALUES (3, 'Mary', NULL, 'GB'), (2, 'Jane', NULL, 'GB'), (1, 'Ursula', 1, 'US');
    INSERT INTO books VALUES
        (5, 'Frankenstein', 1818, 3), (4, 'Persuasion', 1817, 2), (3, 'Lavinia', 2008, 1), (2, 'Emma', 1815, 2), (1, 'Rocannon', 1966, 1);
    INSERT INTO reviews VALUES (1, 5, 1), (2, 3, 1), (3, 4, 2), (4, 1, 5), (5, 2, 3);
    INSERT INTO tags VALUES (1, 'space'), (2, 'novel'), (3, 'ghosts');
    INSERT INTO book_tags VALUES (1, 1, 9), (1, 2, 1), (2, 2, 5), (3, 2, 7), (5, 3, 8), (5, 2, 2);
    INSERT INTO regions VALUES ('US', 1, 'Oregon'), ('US', 2, 'Ohio'), ('GB', 1, 'Kent'), ('GB', 2, 'Surrey');
    INSERT INTO cities VALUES
        (1, 'Portland', 'US', 1), (2, 'Salem', 'US', 1), (3, 'Dayton', 'US', 2), (4, 'Dover', 'GB', 1), (5, 'London', 'GB', NULL);
    INSERT INTO days VALUES ('2024-05-01', 'first'), ('2024-12-24', 'last'), ('2024-02-29', 'leap');
    INSERT INTO festivals VALUES (1, 'Maypole', '2024-05-01'), (2, 'Labour', '2024-05-01'), (3, 'Carols', '2024-12-24');
    INSERT INTO accounts VALUES (1);
    INSERT INTO entries VALUES (1, 1);
";

/// What creates the tables and their rows.
pub fn sql() -> String {
    let numbers: Vec<String> = (1..=NUMBERS).map(|number| format!("({number})")).collect();
    format!(
        "{TABLES}{ROWS}
         INSERT INTO numbers VALUES {};
         INSERT INTO multiples SELECT id, id FROM numbers;",
        numbers.join(", ")
    )
}
