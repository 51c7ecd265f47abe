//! The macros of the [`upfront`](https://docs.rs/upfront) crate, which documents and re-exports them.
//!
//! Parse, resolve, check, expand: each step has a file of its name.

mod ast;
mod check;
mod derive;
mod errors;
mod expand;
mod given;
#[cfg(test)]
mod half_typed;
mod hint;
mod infer;
mod load;
mod lower;
mod member;
mod messages;
mod model;
mod parse;
mod paths;
mod shape;
#[cfg(test)]
mod snapshots;
mod spec;
mod types;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Declares the relations of a struct on one table.
///
/// It sits beside Diesel's own derives and reads Diesel's own attributes: `table_name`, `primary_key`, and on fields
/// `column_name`. The fields are the model's columns: what load specs can list.
///
/// ```
/// diesel::table! { authors (id) { id -> Integer, name -> Text, publisher_id -> Nullable<Integer> } }
/// diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer, editor_id -> Nullable<Integer> } }
/// diesel::table! { publishers (id) { id -> Integer, name -> Text } }
/// diesel::table! { awards (id) { id -> Integer, name -> Text } }
/// diesel::table! { author_awards (author_id, award_id) { author_id -> Integer, award_id -> Integer } }
///
/// #[derive(upfront::Model)]
/// #[diesel(table_name = authors)]
/// #[model(
///     belongs_to(publisher: Publisher),                        // authors.publisher_id is publishers.id
///     has_many(books: Book),                                   // by the key of Book's `belongs_to(author: Author)`
///     has_many(edited: Book, foreign_key = books::editor_id),  // by another key
///     many_to_many(awards: Award, through = author_awards),    // by author_id and award_id of the table between
/// )]
/// pub struct Author { pub id: i32, pub name: String, pub publisher_id: Option<i32> }
///
/// #[derive(upfront::Model)]
/// #[diesel(table_name = books)]
/// #[model(belongs_to(author: Author), belongs_to(editor: Author))]
/// pub struct Book { pub id: i32, pub title: String, pub author_id: i32, pub editor_id: Option<i32> }
///
/// #[derive(upfront::Model)]
/// #[diesel(table_name = publishers)]
/// #[model(has_many(authors: Author))]
/// pub struct Publisher { pub id: i32, pub name: String }
///
/// #[derive(upfront::Model)]
/// #[diesel(table_name = awards)]
/// pub struct Award { pub id: i32, pub name: String }
/// # fn main() {}
/// ```
///
/// # Relations
///
/// | relation | leads to | the key |
/// | --- | --- | --- |
/// | `belongs_to(author: Author)` | one row | a column of this table: `author_id`, after the relation or the model |
/// | `has_one(profile: Profile)` | one row or none | a column of the other table: the one of its `belongs_to` of this model |
/// | `has_many(books: Book)` | any number of rows | the same |
/// | `has_many(reviews: Review, through = books)` | any number of rows, each once | those of the relations that it follows |
/// | `many_to_many(tags: Tag, through = book_tags)` | any number of rows | two columns of the through table: `book_id` and `tag_id`, after the models |
///
/// Where a key has another name, it is given; a composite key in parentheses. Both ends of a key must have the same
/// SQL types, but for `Nullable`.
///
/// * `foreign_key = books::editor_id` is the column that refers: of the other table for `has_one` and `has_many`, of
///   the through table for `many_to_many`, and for `belongs_to` one of this model's own, written without the table.
/// * `references = authors::code` is the column that is referred to, if it is not the primary key. It must be unique.
///   A `has_one` or `has_many` with `references` has a `foreign_key` too.
/// * `target_key = ..` and `target_references = ..` are the same for the far end of a `many_to_many`.
///
/// A `has_many` with `through` follows another relation of this model, and then a relation of the model that this leads
/// to: the one of the same name, or the one that `source = book::reviews` names. Both can be of any kind, chains too. Its
/// rows come once, by however many ways they are reached. It has no key of its own.
///
/// ```
/// # diesel::table! { authors (id) { id -> Integer, name -> Text } }
/// # diesel::table! { books (id) { id -> Integer, author_id -> Integer } }
/// # diesel::table! { reviews (id) { id -> Integer, book_id -> Integer } }
/// # diesel::allow_tables_to_appear_in_same_query!(authors, books, reviews);
/// #[derive(upfront::Model)]
/// #[diesel(table_name = authors)]
/// #[model(
///     has_many(books: Book),
///     has_many(reviews: Review, through = books),                         // author::books, then book::reviews
///     has_many(notes: Review, through = books, source = book::reviews),   // the same by another name
/// )]
/// pub struct Author { pub id: i32, pub name: String }
/// # #[derive(upfront::Model)]
/// # #[diesel(table_name = books)]
/// # #[model(belongs_to(author: Author), has_many(reviews: Review))]
/// # pub struct Book { pub id: i32, pub author_id: i32 }
/// # #[derive(upfront::Model)]
/// # #[diesel(table_name = reviews)]
/// # #[model(belongs_to(book: Book))]
/// # pub struct Review { pub id: i32, pub book_id: i32 }
/// # fn main() {}
/// ```
///
/// A `has_one` says that the key is unique. If it is not, a second row ends a prefetch with an error, and repeats the
/// parent in a join, as it does in SQL.
///
/// Of several `belongs_to` of one model, the one that is named after the model lends its key to the other side:
/// `has_many(books: Book)` above goes by `author`, not by `editor`.
///
/// # What is made
///
/// A module named after the struct, with a unit struct for each relation: `author::books`. It is the relation as a
/// type, for `Loads<author::books>`, and its documentation says what it is. Beside it, a hidden macro with the
/// struct's own name lets load specs in other modules and crates know the names of the columns.
///
/// In the module there is also the trait `Loaded`. It has a method for each field and each relation of the model, which
/// reads what a spec has loaded, whatever the spec calls the field. It goes for the specs of the model, for the model,
/// which has loaded its columns, and in functions for whatever is `Loads<..>` of one of its columns or relations:
///
/// ```
/// # use diesel::prelude::*;
/// # diesel::table! { authors (id) { id -> Integer, name -> Text } }
/// # diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
/// # #[derive(upfront::Model)]
/// # #[diesel(table_name = authors)]
/// # #[model(has_many(books: Book))]
/// # pub struct Author { pub id: i32, pub name: String }
/// # #[derive(upfront::Model)]
/// # #[diesel(table_name = books)]
/// # #[model(belongs_to(author: Author))]
/// # pub struct Book { pub id: i32, pub title: String, pub author_id: i32 }
/// use author::Loaded as _;
/// use upfront::Loads;
///
/// fn line<B>(
///     author: &(impl Loads<authors::name, Value = String> + Loads<author::books, Value = Vec<B>>),
/// ) -> String {
///     format!("{}: {}", author.name(), author.books().len())
/// }
/// #
/// # #[derive(upfront::LoadSpec)]
/// # #[load(Author)]
/// # struct Page { #[diesel(column_name = name)] signed: String, #[load(prefetch = books)] wrote: Vec<Title> }
/// # #[derive(upfront::LoadSpec)]
/// # #[load(Book)]
/// # struct Title { title: String }
/// # fn main() {
/// # let page = Page { signed: "Jane".into(), wrote: vec![Title { title: "Emma".into() }] };
/// # assert_eq!(line(&page), "Jane: 1");
/// # assert_eq!(page.wrote[0].title, "Emma");
/// # }
/// ```
///
/// What was not loaded cannot be read, and the compiler's message has the line that loads it. The traits of several models
/// can be imported together: each is only for the rows of its own table. A method is hidden by one of the struct's own, and
/// by one that takes the struct by value and is always there, such as `Into::into`. Beside one of another trait that is
/// imported and takes `&self`, such as `Clone::clone` for a column `clone`, or Diesel's `Identifiable::id` for a model, a
/// call is ambiguous, and is written `Loaded::id(&author)` or without the trait `author.id`. A relation goes before a column
/// of its name, which is then `Loads::<notes::author>::loaded(&note)`.
///
/// Models that are related must be equally visible, all `pub` or all `pub(crate)`: the relations of one name the other.
///
/// Where that module's name is taken, as by a table called `author`, `#[model(module = author_relations)]` gives it
/// another. `#[model(crate = path)]` names this crate where it was renamed. `#[model(no_implicit_prelude)]` is for modules
/// with that attribute, where the compiler does not know the attributes of the messages for what was not loaded.
#[proc_macro_derive(Model, attributes(model, diesel))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive::model(&input).into()
}

/// Makes a struct say what to load from a model. Where only one place in the code needs it, `upfront::load!` writes it there.
///
/// ```
/// use diesel::prelude::*;
/// use upfront::{LoadSpec, Model};
///
/// # diesel::table! { publishers (id) { id -> Integer, name -> Text } }
/// # diesel::table! { authors (id) { id -> Integer, name -> Text, publisher_id -> Nullable<Integer> } }
/// # diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
/// # #[derive(Model)]
/// # #[diesel(table_name = publishers)]
/// # pub struct Publisher { pub id: i32, pub name: String }
/// # #[derive(Model)]
/// # #[diesel(table_name = authors)]
/// # #[model(belongs_to(publisher: Publisher), has_many(books: Book))]
/// # pub struct Author { pub id: i32, pub name: String, pub publisher_id: Option<i32> }
/// # #[derive(Model)]
/// # #[diesel(table_name = books)]
/// # #[model(belongs_to(author: Author))]
/// # pub struct Book { pub id: i32, pub title: String, pub author_id: i32 }
/// #[derive(LoadSpec)]
/// #[load(Publisher)]
/// struct PublisherName {
///     name: String,
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle {
///     title: String,
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Author, max_queries = 2)]
/// struct AuthorPage {
///     name: String,                        // a column: only what is listed is read
///     #[load(join)]
///     publisher: Option<PublisherName>,    // read in the same query
///     #[load(prefetch)]
///     books: Vec<BookTitle>,               // one more query, for all authors at once
///     #[load(annotate = books.count())]
///     book_count: i64,                     // computed by the database
/// }
///
/// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
/// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
/// #     CREATE TABLE publishers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
/// #     CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, publisher_id INTEGER);
/// #     CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
/// #     INSERT INTO publishers VALUES (1, 'Ace');
/// #     INSERT INTO authors VALUES (1, 'Ursula', 1), (2, 'Jane', NULL);
/// #     INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'Emma', 2), (3, 'City of Illusions', 1);
/// # ").unwrap();
/// # let conn = &mut conn;
/// let authors = AuthorPage::query().filter(authors::name.ge("A")).order(authors::name).load(conn)?;
///
/// assert_eq!(AuthorPage::QUERIES, 2);
/// assert_eq!(authors[0].name, "Jane");
/// assert_eq!(authors[0].books[0].title, "Emma");
/// assert_eq!(authors[1].book_count, 2);
/// assert_eq!(authors[1].publisher.as_ref().map(|publisher| &*publisher.name), Some("Ace"));
/// # diesel::QueryResult::Ok(())
/// ```
///
/// # Fields
///
/// * **No attribute**: a column of the model, by the name of the model's field. Its type is any that Diesel reads from
///   that column. `#[diesel(column_name = ..)]` and `#[diesel(deserialize_as = ..)]` work as in Diesel.
/// * **`#[load(join)]`**: a `belongs_to` or `has_one`, read in the same query. `Option<T>` is a left join; a plain `T`
///   is for a `belongs_to` whose key is `NOT NULL`, and an inner join unless a join above it is a left one. An inner join
///   leaves out a row whose key leads nowhere; below a left join, it ends the load with an error.
/// * **`#[load(prefetch)]`**: any relation, read in one more query for all rows at once: `Vec<T>` for many rows; `T`,
///   `Option<T>`, `Arc<T>` or `Option<Arc<T>>` for one, where an `Arc` shares one row between all that lead to it. Beside
///   the rows of a `many_to_many` can stand those of its through table: `Vec<(T, Between)>`, where `Between` is a load
///   spec of the through table's model. Where no row has a key, the query is not run.
/// * **`#[load(annotate = books.count())]`**: what the database computes for each row: any Diesel expression on the model's
///   table, such as `lower(authors::name)`, or what is computed of a relation, each in a subquery of its own. A relation
///   of the model is named as it is, or by its path: `books.count()`, `author::books.filter(..).sum(books::pages)`.
///   See `upfront::RelationDsl` for all of it. The field's type is one that Diesel reads from the expression.
///
/// A field that is not named like its relation names it: `#[load(join = editor)]`, or by its type:
/// `#[load(join = book::editor)]`. `T` is another load spec, whose own joins, prefetches and annotations are loaded
/// with it, to any depth. Where several rows may share what is prefetched, as below a join, the specs that are
/// prefetched must be `Clone`: each row gets its own copy.
///
/// # Refined prefetches
///
/// A prefetch can be refined by Diesel expressions on the table of its rows, and for a `many_to_many` on the through
/// table too, which needs `diesel::allow_tables_to_appear_in_same_query!`.
///
/// | option | the rows |
/// | --- | --- |
/// | `filter = books::in_print.eq(true)` | for which the condition is true |
/// | `order_by = books::published.desc()` | in this order; of a tuple, by one after the other |
/// | `then_order_by = books::title` | those that `order_by` holds equal, in this order |
/// | `limit = 5`, `offset = 10` | so many for each parent, which are `i64` |
/// | `distinct` | once of those that are equal in all that is loaded; not together with `limit` and `offset` |
///
/// Where rows are cut, those that the order holds equal go by their primary key, and without an order all of them do.
///
/// A to-one has a `filter` at most. One relation can be loaded by several fields. Values that are known at run time only
/// are added in the query, by `upfront::Load::prefetch`, or are parameters.
///
/// The derive tells the type of an expression from its tokens: from the names of columns, of Diesel's methods and of
/// functions. Where it cannot, it says so, and the type is written: `PAGES as i32`.
///
/// # Optional prefetches
///
/// `#[load(prefetch, optional)]` is loaded only where a query asks for it, in a field of the type `Requested<..>` of what it
/// would be otherwise. It takes all the options of a prefetch. Where it is not asked for no query is run for it, and the field
/// is `Requested::NotRequested`, which is neither empty nor `None`.
///
/// ```
/// use diesel::prelude::*;
/// use upfront::{LoadSpec, Model, Requested};
///
/// # diesel::table! { authors (id) { id -> Integer, name -> Text } }
/// # diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
/// # #[derive(Model)]
/// # #[diesel(table_name = authors)]
/// # #[model(has_many(books: Book))]
/// # pub struct Author { pub id: i32, pub name: String }
/// # #[derive(Model)]
/// # #[diesel(table_name = books)]
/// # #[model(belongs_to(author: Author))]
/// # pub struct Book { pub id: i32, pub title: String, pub author_id: i32 }
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle {
///     title: String,
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct AuthorPage {
///     name: String,
///     #[load(prefetch, optional, order_by = books::title)]
///     books: Requested<Vec<BookTitle>>,
/// }
///
/// fn titles(author: &AuthorPage) -> String {
///     match &author.books {
///         Requested::Loaded(books) => books.iter().map(|book| &*book.title).collect::<Vec<_>>().join(", "),
///         Requested::NotRequested => "..".to_owned(),
///     }
/// }
///
/// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
/// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
/// #     CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
/// #     CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
/// #     INSERT INTO authors VALUES (1, 'Ursula'), (2, 'Jane');
/// #     INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'Emma', 2), (3, 'City of Illusions', 1);
/// # ").unwrap();
/// # let conn = &mut conn;
/// // One query.
/// let ursula = AuthorPage::query().find(1).first(conn)?;
/// assert_eq!(titles(&ursula), "..");
///
/// // Two queries.
/// let ursula = AuthorPage::query().request(AuthorPage::books).find(1).first(conn)?;
/// assert_eq!(titles(&ursula), "City of Illusions, Rocannon");
///
/// // Two where the condition is true; and two with a refined one, which is asked for by that.
/// let with_books = true;
/// let ursula = AuthorPage::query().request_if(with_books, AuthorPage::books).find(1).first(conn)?;
/// assert_eq!(titles(&ursula), "City of Illusions, Rocannon");
/// let ursula = AuthorPage::query().prefetch(AuthorPage::books, |books| books.limit(1)).find(1).first(conn)?;
/// assert_eq!(titles(&ursula), "City of Illusions");
/// # diesel::QueryResult::Ok(())
/// ```
///
/// `QUERIES` and `max_queries` count it as if it were always asked for. `Loads` is not implemented for its relation.
///
/// # Parameters
///
/// `#[load(Author, params(since: i32))]` declares parameters, which `AuthorPage::query(since)` takes. They can be used in
/// the expressions of its fields, and given to the specs of its fields, in the order in which those declare theirs:
/// `#[load(prefetch, params(since, 5))]`, `#[load(join, params(since))]`. They are cloned where they are used.
///
/// ```
/// use diesel::prelude::*;
/// use upfront::{LoadSpec, Model};
///
/// # diesel::table! { authors (id) { id -> Integer, name -> Text } }
/// # diesel::table! { books (id) { id -> Integer, title -> Text, pages -> Integer, author_id -> Integer } }
/// # #[derive(Model)]
/// # #[diesel(table_name = authors)]
/// # #[model(has_many(books: Book))]
/// # pub struct Author { pub id: i32, pub name: String }
/// # #[derive(Model)]
/// # #[diesel(table_name = books)]
/// # #[model(belongs_to(author: Author))]
/// # pub struct Book { pub id: i32, pub title: String, pub pages: i32, pub author_id: i32 }
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle {
///     title: String,
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Author, params(least: i32))]
/// struct AuthorPage {
///     name: String,
///     #[load(prefetch = books, order_by = books::pages.desc(), limit = 1)]
///     longest: Vec<BookTitle>,                                   // one for each author
///     #[load(prefetch = books, filter = books::pages.ge(least), order_by = books::title)]
///     long: Vec<BookTitle>,                                      // the same relation once more
///     #[load(annotate = books.sum(books::pages).default(0))]
///     pages: i64,
/// }
///
/// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
/// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
/// #     CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
/// #     CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, pages INTEGER NOT NULL, author_id INTEGER NOT NULL);
/// #     INSERT INTO authors VALUES (1, 'Ursula'), (2, 'Jane');
/// #     INSERT INTO books VALUES (1, 'Rocannon', 140, 1), (2, 'Emma', 470, 2), (3, 'City of Illusions', 160, 1);
/// # ").unwrap();
/// # let conn = &mut conn;
/// let ursula = AuthorPage::query(150).filter(authors::name.eq("Ursula")).first(conn)?;
///
/// assert_eq!(ursula.longest[0].title, "City of Illusions");
/// assert_eq!(ursula.long.len(), 1);
/// assert_eq!(ursula.pages, 300);
/// # diesel::QueryResult::Ok(())
/// ```
///
/// # The struct
///
/// A spec, and the types of its fields, must be at least as visible as the spec that holds it.
///
/// The struct's attribute names the model: `#[load(Author)]`. With `max_queries = 3` a spec that runs more does not
/// compile. `crate = path` names this crate where it was renamed.
///
/// # The query
///
/// * `AuthorPage::query()` is a Diesel query: `filter`, `or_filter`, `find`, `order`, `then_order_by`, `limit`,
///   `offset`, `distinct`, `into_boxed`, `select`, `count`, the locks, and `load`, `load_iter`, `first`, `get_result`,
///   `get_results` work on it. After `select` and `count` it is a query of Diesel's alone.
/// * `AuthorPage::QUERIES` is the number of queries that a load runs, with all optional prefetches. Where more than one is run
///   and no transaction is open, they run in one transaction on SQLite, and so see one state of the database.
/// * `AuthorPage::publisher`, for each joined field, gives the columns of the joined table at that place, for filters
///   and orders: `AuthorPage::publisher.field(publishers::name)`. See `upfront::JoinedRelation`. It is as visible as
///   the field, and a spec cannot have a function of its own with this name.
/// * `AuthorPage::books`, for each prefetched field, says which prefetch a query refines:
///   `AuthorPage::query().prefetch(AuthorPage::books, |books| books.limit(5))`; or asks for, where it is optional.
/// * `Loads<author::books>` is implemented for each column, and for each relation that is loaded without `filter`,
///   `limit`, `offset`, `distinct` and `optional`; where two fields load one of them, for the first. With `author::Loaded`
///   imported it is read by `author.books()`.
///
/// Four things to know. A query with prefetches is loaded as a whole before its first row is given: `load_iter` streams
/// where no prefetch is run, and `first`, which has a limit, is better than `get_result`. `distinct` goes by all that is
/// selected, which includes the keys of prefetches. `find` goes by the primary key that `table!` declares. And the
/// `limit` of a query is for the rows of the spec itself, that of a prefetch for the rows of each parent.
///
/// # Errors
///
/// A load ends with Diesel's errors, and inside a `DeserializationError` with `upfront::MissingRow`, `TooManyRows`,
/// `SharedRows`, `UnknownKey` or `FieldError`.
#[proc_macro_derive(LoadSpec, attributes(load, diesel))]
pub fn derive_load_spec(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive::ask_the_model(&input).into()
}

/// Lets load specs run on a connection to one of several databases, which is known at run time.
///
/// It sits beside Diesel's derive of the same name, on an enum of connections. Each database whose connection is in it
/// has its feature of this crate enabled.
///
/// ```
/// use diesel::prelude::*;
/// use upfront::{LoadSpec, Model};
///
/// #[derive(diesel::MultiConnection, upfront::MultiConnection)]
/// pub enum AnyConnection {
///     # #[cfg(any())]
///     Postgres(PgConnection),
///     # #[cfg(any())]
///     Mysql(MysqlConnection),
///     Sqlite(SqliteConnection),
/// }
///
/// # diesel::table! { authors (id) { id -> Integer, name -> Text } }
/// # diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
/// # #[derive(Model)]
/// # #[diesel(table_name = authors)]
/// # #[model(has_many(books: Book))]
/// # pub struct Author { pub id: i32, pub name: String }
/// # #[derive(Model)]
/// # #[diesel(table_name = books)]
/// # #[model(belongs_to(author: Author))]
/// # pub struct Book { pub id: i32, pub title: String, pub author_id: i32 }
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle {
///     title: String,
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     name: String,
///     #[load(prefetch, order_by = books::title, limit = 1)]
///     books: Vec<BookTitle>,
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut conn = AnyConnection::establish(":memory:")?;
/// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
/// #     CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
/// #     CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER NOT NULL);
/// #     INSERT INTO authors VALUES (1, 'Ursula'), (2, 'Jane');
/// #     INSERT INTO books VALUES (1, 'Rocannon', 1), (2, 'Emma', 2), (3, 'City of Illusions', 1);
/// # ")?;
/// let shelves = Shelf::query().order(authors::name).load(&mut conn)?;
///
/// assert_eq!(shelves[1].name, "Ursula");
/// assert_eq!(shelves[1].books[0].title, "City of Illusions");
/// # Ok(())
/// # }
/// ```
///
/// Loads are those of each database itself, with these differences:
///
/// * The keys of a prefetch are bound one by one, and so there is a limit to them: 60,000 values, or 30,000 where SQLite is
///   one of the databases, of which each column of a key takes one. A load with more ends with
///   `diesel::result::Error::QueryBuilderError`; `load_chunks` stays below.
/// * The queries of one load are in a transaction with `.snapshot()` only, on SQLite too.
/// * Columns can be of the SQL types that all of the databases have; Diesel's derive says which, and how to add others.
///
/// `#[multi_connection(crate = path)]` names this crate where it was renamed.
#[proc_macro_derive(MultiConnection, attributes(multi_connection))]
pub fn derive_multi_connection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive::multi_connection(&input).into()
}

/// What a model's own macro calls with the names of its columns and relations and the tokens of a spec.
#[doc(hidden)]
#[proc_macro]
pub fn __load_spec(input: TokenStream) -> TokenStream {
    let call = parse_macro_input!(input as derive::SpecCall);
    derive::spec(&call, paths::Tool::asking()).into()
}

/// What `upfront::load!` calls with the path of its own crate, and models with their names in front of it.
#[doc(hidden)]
#[proc_macro]
pub fn __load(input: TokenStream) -> TokenStream {
    let call = parse_macro_input!(input as load::Call);
    load::expand_call(call, load::Macro::Load, paths::Tool::asking()).into()
}

/// The same for `upfront::columns!`.
#[doc(hidden)]
#[proc_macro]
pub fn __columns(input: TokenStream) -> TokenStream {
    let call = parse_macro_input!(input as load::Call);
    load::expand_call(call, load::Macro::Columns, paths::Tool::asking()).into()
}
