//! The errors that a load can end with besides Diesel's own.

use std::error::Error;
use std::fmt;

/// An error as Diesel takes it from the reading of a row.
pub(crate) type BoxedError = Box<dyn Error + Send + Sync>;

/// A to-one relation that the spec holds as a plain `T` led to no row: the key dangles.
///
/// It comes inside [`diesel::result::Error::DeserializationError`]. Where such rows are to be expected, declare the
/// field as `Option<T>`.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use diesel::result::Error;
///
/// #[derive(LoadSpec, Clone)]
/// #[load(Author)]
/// struct AuthorName { name: String }
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookCard {
///     title: String,
///     #[load(prefetch)]
///     author: AuthorName,
/// }
///
/// # let conn = &mut connection();
/// diesel::insert_into(books::table)
///     .values((books::title.eq("Beowulf"), books::author_id.eq(1000)))
///     .execute(conn)
///     .unwrap();
///
/// let Err(Error::DeserializationError(error)) = BookCard::query().load(conn) else {
///     panic!("a book without its author");
/// };
/// let missing: &upfront::MissingRow = error.downcast_ref().unwrap();
/// assert_eq!((missing.spec, missing.relation, missing.table), ("BookCard", "author", "authors"));
/// assert_eq!(missing.key.as_deref(), Some("1000"));
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingRow {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation that led nowhere.
    pub relation: &'static str,
    /// The table in which no row was found.
    pub table: &'static str,
    /// The key that it was to have, as text: `1000`, `"CH"`, `(1, "x")` where it is composite, `x'0a0b'` where it is
    /// made of bytes. `None` where the key is `NULL`, and where the row was to be joined, not prefetched.
    pub key: Option<String>,
}

impl fmt::Display for MissingRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation, table, key } = self;
        write!(
            f,
            "`{spec}` holds a row of the relation `{relation}` as a plain value, but `{table}` has no "
        )?;
        match key {
            Some(key) => write!(f, "row for the key {key}")?,
            None => f.write_str("such row")?,
        }
        f.write_str(": declare the field as an `Option`")
    }
}

impl Error for MissingRow {}

/// A relation that leads to one row at the most led to several: its key is not unique.
///
/// It comes inside [`diesel::result::Error::DeserializationError`].
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use diesel::result::Error;
///
/// #[derive(Model)]
/// #[diesel(table_name = authors)]
/// #[model(has_one(masterpiece: Book, foreign_key = books::author_id))]
/// pub struct Writer { pub id: i32, pub name: String }
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Writer)]
/// struct WriterPage {
///     name: String,
///     #[load(prefetch)]
///     masterpiece: Option<BookTitle>,
/// }
///
/// # let conn = &mut connection();
/// let Err(Error::DeserializationError(error)) = WriterPage::query().load(conn) else {
///     panic!("Ursula wrote two books");
/// };
/// let too_many: &upfront::TooManyRows = error.downcast_ref().unwrap();
/// assert_eq!(too_many.table, "books");
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooManyRows {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation that found several rows.
    pub relation: &'static str,
    /// The table in which they were found.
    pub table: &'static str,
}

impl fmt::Display for TooManyRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation, table } = self;
        write!(
            f,
            "`{spec}` holds one row of the relation `{relation}`, but `{table}` has several for one key: \
             declare the relation as `has_many`, or make its key unique"
        )
    }
}

impl Error for TooManyRows {}

/// Several rows share the rows of a relation, and the spec that holds them cannot be cloned.
///
/// The compiler sees where that is to be expected and asks for `Clone` there. What is left are relations that refer
/// to a column that was declared as unique and is not. It comes inside
/// [`diesel::result::Error::DeserializationError`].
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use diesel::result::Error;
///
/// #[derive(Model)]
/// #[diesel(table_name = books)]
/// #[model(has_many(editions: Book, foreign_key = books::title, references = title))]
/// pub struct Work { pub id: i32, pub title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct Edition { id: i32 }
///
/// #[derive(LoadSpec)]
/// #[load(Work)]
/// struct Editions {
///     #[load(prefetch)]
///     editions: Vec<Edition>,
/// }
///
/// # let conn = &mut connection();
/// diesel::insert_into(books::table)
///     .values((books::title.eq("Emma"), books::author_id.eq(2)))
///     .execute(conn)
///     .unwrap();
///
/// let Err(Error::DeserializationError(error)) = Editions::query().load(conn) else {
///     panic!("two works have one title");
/// };
/// let shared: &upfront::SharedRows = error.downcast_ref().unwrap();
/// assert_eq!(shared.relation, "editions");
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedRows {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation whose rows are shared.
    pub relation: &'static str,
}

impl fmt::Display for SharedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation } = self;
        write!(
            f,
            "several rows of `{spec}` have the same key for the relation `{relation}`, which refers to it as unique: \
             derive `Clone` for the spec of that field, so that each gets its own copy"
        )
    }
}

impl Error for SharedRows {}

/// A prefetch brought a row whose key is none of those that were asked for: the database holds keys equal that Rust
/// does not, of a type whose [`KeyPart::EXACT`](crate::KeyPart::EXACT) says that there are none, or the columns on the
/// two sides are not declared alike.
///
/// It comes inside [`diesel::result::Error::DeserializationError`], in place of a row that would go missing. Text keys
/// never lead to it: they belong together where the collation of their columns says so.
///
/// ```
/// # include!("doctest_setup.rs");
/// use diesel::connection::SimpleConnection;
/// use diesel::result::Error;
///
/// use diesel::deserialize::{self, FromSql, FromSqlRow};
/// use diesel::expression::AsExpression;
/// use diesel::serialize::{self, Output, ToSql};
/// use diesel::sql_types::{SqlType, Text};
/// use diesel::sqlite::{Sqlite, SqliteValue};
/// use upfront::{KeyForm, KeyPart, SqlKey};
///
/// /// The code of a country.
/// #[derive(SqlType)]
/// #[diesel(sqlite_type(name = "Text"))]
/// pub struct Code;
///
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
/// #[diesel(sql_type = Code)]
/// pub struct CountryCode(String);
///
/// # impl FromSql<Code, Sqlite> for CountryCode {
/// #     fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
/// #         <String as FromSql<Text, Sqlite>>::from_sql(value).map(Self)
/// #     }
/// # }
/// # impl ToSql<Code, Sqlite> for CountryCode {
/// #     fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
/// #         <String as ToSql<Text, Sqlite>>::to_sql(&self.0, out)
/// #     }
/// # }
/// # impl SqlKey for Code {
/// #     type NotNull = Code;
/// #     type Value = CountryCode;
/// #     type Stored = Code;
/// #     type StoredValue = CountryCode;
/// # }
/// impl KeyPart for CountryCode {
///     const FORM: KeyForm<Self> = KeyForm::Json(|code, json| *json += &format!("{:?}", code.0));
///     // Wrong: the columns below have a collation.
///     const EXACT: bool = true;
/// }
///
/// diesel::table! {
///     use diesel::sql_types::*;
///     use super::Code;
///     countries (code) { code -> Code, name -> Text }
/// }
/// diesel::table! {
///     use diesel::sql_types::*;
///     use super::Code;
///     cities (id) { id -> Integer, name -> Text, country_code -> Code }
/// }
///
/// #[derive(Model)]
/// #[diesel(table_name = countries, primary_key(code))]
/// #[model(has_many(cities: City))]
/// pub struct Country { pub code: CountryCode, pub name: String }
///
/// #[derive(Model)]
/// #[diesel(table_name = cities)]
/// #[model(belongs_to(country: Country, foreign_key = country_code))]
/// pub struct City { pub id: i32, pub name: String, pub country_code: CountryCode }
///
/// #[derive(LoadSpec)]
/// #[load(City)]
/// struct CityName { name: String }
///
/// #[derive(LoadSpec)]
/// #[load(Country)]
/// struct CountryPage {
///     #[load(prefetch)]
///     cities: Vec<CityName>,
/// }
///
/// # fn main() {
/// # let conn = &mut connection();
/// conn.batch_execute(
///     "CREATE TABLE countries (code TEXT PRIMARY KEY COLLATE NOCASE, name TEXT NOT NULL);
///      CREATE TABLE cities (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country_code TEXT NOT NULL COLLATE NOCASE);
///      INSERT INTO countries VALUES ('CH', 'Switzerland');
///      INSERT INTO cities VALUES (1, 'Zug', 'ch');",
/// )
/// .unwrap();
///
/// let Err(Error::DeserializationError(error)) = CountryPage::query().load(conn) else {
///     panic!("`ch` is not `CH`");
/// };
/// assert!(error.is::<upfront::UnknownKey>());
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownKey {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The relation whose rows were loaded.
    pub relation: &'static str,
}

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation } = self;
        write!(
            f,
            "the prefetch of the relation `{relation}` for `{spec}` brought a row that belongs to none of the loaded \
             rows: the database holds keys equal that differ, though their type says `KeyPart::EXACT`, or the columns are \
             not declared alike"
        )
    }
}

impl Error for UnknownKey {}

/// The value of a column could not be read into the field of a spec.
///
/// It comes inside [`diesel::result::Error::DeserializationError`].
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use diesel::connection::SimpleConnection;
/// use diesel::result::Error;
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct AuthorName { name: String }
///
/// # let conn = &mut connection();
/// conn.batch_execute(
///     "DROP TABLE authors;
///      CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);
///      INSERT INTO authors VALUES (1, NULL);",
/// )
/// .unwrap();
///
/// let Err(Error::DeserializationError(error)) = AuthorName::query().load(conn) else {
///     panic!("a `String` cannot be NULL");
/// };
/// let field: &upfront::FieldError = error.downcast_ref().unwrap();
/// assert_eq!((field.spec, field.column), ("AuthorName", "name"));
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct FieldError {
    /// The spec that has the field.
    pub spec: &'static str,
    /// The column that was read.
    pub column: &'static str,
    /// What Diesel or the conversion said.
    pub source: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, column, source } = self;
        write!(f, "cannot read `{column}` into `{spec}`: {source}")
    }
}

impl Error for FieldError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
