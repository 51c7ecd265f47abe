//! Keys on columns that are not the primary key, read as types that are not the database's own.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use upfront::{LoadSpec, Model};

use crate::support::{cause, database, sorted};

diesel::table! { countries (id) { id -> Integer, code -> Text, short -> Nullable<Text> } }
diesel::table! {
    cities (id) { id -> Integer, #[sql_name = "full name"] name -> Text, country_code -> Nullable<Text>, #[sql_name = "group"] class -> Text }
}

/// A newtype that has nothing to do with how keys are compared: it is not even `Eq`.
#[derive(Debug, Clone, FromSqlRow, AsExpression)]
#[diesel(sql_type = Text)]
pub(crate) struct Code(String);

impl<DB: Backend> FromSql<Text, DB> for Code
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        String::from_sql(bytes).map(|code| Self(code.to_lowercase()))
    }
}

impl ToSql<Text, Sqlite> for Code {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        <String as ToSql<Text, Sqlite>>::to_sql(&self.0, out)
    }
}

#[derive(Model)]
#[diesel(table_name = countries)]
#[model(
    has_many(cities: City),
    has_many(like_named: City, foreign_key = cities::country_code, references = short),
    has_one(capital: City, foreign_key = cities::class, references = countries::code),
)]
pub(crate) struct Country {
    id: i32,
    #[diesel(column_name = code)]
    iso: Code,
    short: Option<Code>,
}

#[derive(Model)]
#[diesel(table_name = cities)]
#[model(belongs_to(country: Country, foreign_key = code, references = countries::code))]
pub(crate) struct City {
    id: i32,
    name: String,
    #[diesel(column_name = country_code)]
    code: Option<Code>,
    #[diesel(column_name = class)]
    group: String,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(City)]
struct CityName {
    name: String,
    /// The column's own name, which the model calls otherwise.
    class: String,
}

#[derive(LoadSpec, Debug)]
#[load(Country)]
struct CountryPage {
    iso: Code,
    #[load(prefetch)]
    cities: Vec<CityName>,
    #[load(prefetch)]
    like_named: Vec<CityName>,
    #[load(join)]
    capital: Option<CityName>,
    #[load(prefetch = country::capital)]
    capital_again: Option<CityName>,
    #[load(annotate = like_named.count())]
    like_named_count: i64,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Country)]
struct CountryCode {
    #[diesel(column_name = iso, deserialize_as = String)]
    code: Wrapped,
}

/// Made from what the column is read as.
#[derive(Debug, Clone, PartialEq)]
struct Wrapped(String);

impl From<String> for Wrapped {
    fn from(code: String) -> Self {
        Self(format!("<{code}>"))
    }
}

#[derive(LoadSpec, Debug)]
#[load(City)]
struct CityPage {
    name: String,
    #[load(join)]
    country: Option<CountryCode>,
    #[load(prefetch = country)]
    again: Option<CountryCode>,
}

fn countries() -> SqliteConnection {
    database(
        r#"CREATE TABLE countries (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, short TEXT);
           CREATE TABLE cities (id INTEGER PRIMARY KEY, "full name" TEXT NOT NULL, country_code TEXT, "group" TEXT NOT NULL);
           INSERT INTO countries VALUES (1, 'DE', 'FR'), (2, 'FR', NULL), (3, 'de', 'FR');
           INSERT INTO cities VALUES (1, 'Bonn', 'DE', ''), (2, 'Köln', 'DE', 'DE'), (3, 'Nice', 'FR', 'FR'), (4, 'Atlantis', NULL, ''), (5, 'Ys', 'YS', 'x');"#,
    )
}

#[test]
fn a_unique_column_is_referred_to_by_its_value_in_the_database() {
    let conn = &mut countries();
    let pages = CountryPage::query().order(countries::id).load(conn).unwrap();
    let names = |cities: &[CityName]| sorted(cities.iter().map(|city| city.name.clone()));
    // Read as the newtype, `DE` and `de` are one; in the database they are not.
    assert_eq!(pages[0].iso.0, pages[2].iso.0);
    assert_eq!(names(&pages[0].cities), ["Bonn", "Köln"]);
    assert_eq!(names(&pages[1].cities), ["Nice"]);
    assert_eq!(names(&pages[2].cities), [""; 0]);
    // Two countries refer to the same cities: each has them.
    assert_eq!(names(&pages[0].like_named), ["Nice"]);
    assert_eq!(names(&pages[1].like_named), [""; 0]);
    assert_eq!(names(&pages[2].like_named), ["Nice"]);
    assert_eq!(pages.iter().map(|page| page.like_named_count).collect::<Vec<_>>(), [1, 0, 1]);
    for (page, capital) in pages.iter().zip([Some("Köln"), Some("Nice"), None]) {
        assert_eq!(page.capital.as_ref().map(|city| city.name.as_str()), capital);
        assert_eq!(page.capital_again.as_ref().map(|city| city.name.as_str()), capital);
        assert_eq!(page.capital.as_ref().map(|city| city.class.len()), capital.map(|_| 2));
    }
}

#[test]
fn a_belongs_to_leads_to_a_unique_column() {
    let conn = &mut countries();
    let cities = CityPage::query().order(cities::id).load(conn).unwrap();
    let code = |code: &str| Some(Wrapped(format!("<{code}>")));
    let expected = [code("DE"), code("DE"), code("FR"), None, None];
    assert_eq!(cities.len(), expected.len());
    for (city, expected) in cities.into_iter().zip(expected) {
        assert_eq!(city.country.map(|country| country.code), expected, "{}", city.name);
        assert_eq!(city.again.map(|country| country.code), expected, "{}", city.name);
    }
}

#[test]
fn a_column_is_filtered_by_a_newtype() {
    let conn = &mut countries();
    let page = CountryPage::query().filter(countries::code.eq(Code("FR".into()))).first(conn);
    assert_eq!(page.unwrap().cities.len(), 1);
}

/// Without `Clone`, for a relation whose key is said to be unique.
#[derive(LoadSpec, Debug)]
#[load(City)]
struct OneCity {
    #[allow(dead_code)]
    name: String,
}

#[derive(LoadSpec, Debug)]
#[load(Country)]
struct NotShared {
    #[load(prefetch)]
    like_named: Vec<OneCity>,
}

#[test]
fn rows_that_were_not_to_be_shared_are_an_error_where_they_are() {
    let conn = &mut countries();
    let error: upfront::SharedRows = cause(NotShared::query().load(conn));
    assert_eq!((error.spec, error.relation), ("NotShared", "like_named"));
    // Where they are not shared, nothing is amiss.
    let one = NotShared::query().filter(countries::id.le(2)).order(countries::id).load(conn);
    assert_eq!(one.unwrap()[0].like_named.len(), 1);
}

diesel::table! { songs (id) { id -> Integer, isrc -> Text, #[sql_name = "ArtistId"] artist -> Integer } }
diesel::table! { lists (id) { id -> Integer, slug -> Nullable<Text> } }
diesel::table! { places (list, song) { list -> Text, song -> Nullable<Text> } }

#[derive(Model)]
#[diesel(table_name = songs)]
#[model(
    many_to_many(
        lists: List, through = places, foreign_key = song, references = code, target_key = places::list,
        target_references = lists::slug
    ),
    belongs_to(artist: Song),
)]
pub(crate) struct Song {
    id: i32,
    #[diesel(column_name = isrc)]
    code: String,
    /// Found as the key of `artist` by the name of the field.
    #[diesel(column_name = artist)]
    artist_id: i32,
}

#[derive(Model)]
#[diesel(table_name = lists)]
#[model(many_to_many(
    songs: Song, through = places, foreign_key = list, references = slug, target_key = song, target_references = songs::isrc
))]
pub(crate) struct List {
    id: i32,
    slug: Option<String>,
}

#[derive(LoadSpec, Clone)]
#[load(Song)]
struct SongId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(List)]
struct ListId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Song)]
struct SongPage {
    id: i32,
    artist_id: i32,
    #[load(prefetch)]
    lists: Vec<ListId>,
    #[load(annotate = lists.count())]
    count: i64,
    #[load(join)]
    artist: SongId,
}

#[derive(LoadSpec)]
#[load(List)]
struct ListPage {
    id: i32,
    #[load(prefetch)]
    songs: Vec<SongId>,
    #[load(annotate = songs.exists())]
    any: bool,
}

#[test]
fn a_through_table_refers_to_unique_columns_on_both_sides() {
    let conn = &mut database(
        "CREATE TABLE songs (id INTEGER PRIMARY KEY, isrc TEXT NOT NULL UNIQUE, \"ArtistId\" INTEGER NOT NULL);
         CREATE TABLE lists (id INTEGER PRIMARY KEY, slug TEXT UNIQUE);
         CREATE TABLE places (list TEXT NOT NULL, song TEXT);
         INSERT INTO songs VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 2);
         INSERT INTO lists VALUES (1, 'x'), (2, 'y'), (3, NULL), (4, 'z');
         INSERT INTO places VALUES ('x', 'a'), ('x', 'b'), ('y', 'b'), ('y', NULL), ('z', NULL), ('z', 'gone'), ('gone', 'a');",
    );
    let songs = SongPage::query().order(songs::id).load(conn).unwrap();
    let lists = |page: &SongPage| sorted(page.lists.iter().map(|list| list.id));
    assert_eq!(songs.iter().map(lists).collect::<Vec<_>>(), [vec![1], vec![1, 2], vec![]]);
    assert_eq!(songs.iter().map(|song| song.count).collect::<Vec<_>>(), [1, 2, 0]);
    assert!(songs.iter().all(|song| song.artist.id == song.artist_id));
    let lists = ListPage::query().order(lists::id).load(conn).unwrap();
    let songs = |page: &ListPage| sorted(page.songs.iter().map(|song| song.id));
    assert_eq!(lists.iter().map(songs).collect::<Vec<_>>(), [vec![1, 2], vec![2], vec![], vec![]]);
    assert_eq!(lists.iter().map(|list| list.any).collect::<Vec<_>>(), [true, true, false, false]);
}
