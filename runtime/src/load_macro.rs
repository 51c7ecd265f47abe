//! `load!` and `columns!`.

/// Says in one place what to load from a model.
///
/// It is for what one place in the code needs: the structs that a [`LoadSpec`](derive@crate::LoadSpec) derive would be
/// written for are made by the macro, with the types that the models have.
///
/// ```
/// # include!("doctest_setup.rs");
/// use upfront::load;
///
/// # fn main() {
/// # let conn = &mut connection();
/// let least = 2;
/// let authors = load!(Author {
///     name,
///     join publisher { name },
///     prefetch books.filter(books::id.ge(least)).order_by(books::title).limit(5) as recent { title },
///     annotate books.count() as book_count,
/// })
/// .filter(authors::name.ge("A"))
/// .order(authors::name)
/// .load(conn)
/// .unwrap();
///
/// assert_eq!(authors[1].name, "Ursula");
/// assert_eq!(authors[1].publisher.as_ref().map(|publisher| &*publisher.name), Some("Ace"));
/// assert_eq!(authors[1].recent[0].title, "City of Illusions");
/// assert_eq!(authors[1].recent.len(), 1);
/// assert_eq!(authors[1].book_count, 2);
/// # }
/// ```
///
/// As an expression it is a query, on which Diesel's methods work as on that of a spec. It runs the same SQL as a spec that
/// is written by hand, and as many queries: one, and one for each prefetch.
///
/// # What stands in the braces
///
/// | entry | loads |
/// | --- | --- |
/// | `name`, `name as title`, `name: Title` | a column, under another name, read into another type |
/// | `only(id, name)` | these columns |
/// | `*`, `defer(bio)` | all columns, all but these |
/// | `join publisher { name }` | a `belongs_to` or `has_one`, in the same query |
/// | `prefetch books { title }` | any relation, in one more query for all rows |
/// | `prefetch books.filter(..).order_by(..).limit(5) as recent { title }` | some of its rows, in an order; the limit is for each parent |
/// | `prefetch books if with_books { title }` | a relation that is loaded where the condition is true: [`Requested`](crate::Requested) |
/// | `join publisher: PublisherName`, `prefetch books: Vec<BookCard>` | the same with a load spec that has a name |
/// | `prefetch books: Vec<BookCard> params(since, 5)` | with its parameters |
/// | `annotate books.count() as book_count` | what the database computes |
/// | `annotate lower(authors::name) as lower_name: String` | with the type that it is read into |
///
/// * Braces stand in braces, to any depth. In inner ones, `*` and `defer` need the model's name: `prefetch books: Book { * }`.
///   The model must be in scope by that name.
/// * A row that may be missing is an `Option`, many rows are a `Vec`: the relation says which. So does a load spec: `join
///   publisher: PublisherName` is an `Option` where the key can be `NULL`. What is written in another type, such as `Vec`,
///   `Option` or `Arc`, is that type.
/// * A relation is named as in the model, or by its path: `prefetch author::books { .. }`.
/// * The type of what is computed is the one that Diesel reads from it; where there are several, as for `Numeric`, it is
///   written.
///
/// # Values
///
/// What stands in parentheses is plain Rust. It is evaluated once, where `load!` stands and in the order in which it is
/// written, before anything is loaded: locals, calls, `?` and `.await` work, and temporary values live as long as the
/// statement.
///
/// ```
/// # include!("doctest_setup.rs");
/// # use upfront::{RelationDsl, load};
/// fn beginning_with(letter: &str, least: &str, conn: &mut SqliteConnection) -> Result<usize, Box<dyn std::error::Error>> {
///     let authors = load!(Author {
///         name,
///         prefetch books.filter(books::title.like(&format!("{letter}%"))) { id },
///         annotate books.filter(books::id.ge(least.parse::<i32>()?)).count() as late,
///     })
///     .load(conn)?;
///     Ok(authors.iter().map(|author| author.books.len()).sum())
/// }
///
/// # fn main() {
/// # let conn = &mut connection();
/// assert_eq!(beginning_with("R", "2", conn).unwrap(), 1);
/// assert!(beginning_with("R", "two", conn).is_err());
/// # }
/// ```
///
/// What is given to an annotation must be owned, because it is a part of the spec: `name.clone()`, not `&name`. All other
/// values can be borrowed.
///
/// # The rows
///
/// The rows are structs that nobody can name: `LoadedAuthor`, `LoadedAuthorRecent`. They have the fields that are listed, and
/// reading another one does not compile. They are `Clone`, `PartialEq` and `Debug` where their fields are. Attributes in
/// front of the model are for all of them, and those in front of an entry for its field:
/// `load!(#[derive(Serialize)] Author { #[serde(rename = "writer")] name })`. A function takes them by what they load:
/// [`Loads`](crate::Loads).
///
/// # Structs with names
///
/// With `struct Name: Model` it declares them instead. It is what the derive is for, with the types left to the models.
///
/// ```
/// # include!("doctest_setup.rs");
/// use upfront::load;
///
/// load! {
///     /// An author with some books.
///     #[derive(Debug)]
///     #[load(max_queries = 2, params(least: i32))]
///     pub struct AuthorPage: Author {
///         name,
///         join publisher { name },
///         prefetch books.filter(books::id.ge(least)).order_by(books::title) as recent { title },
///         annotate books.count() as book_count,
///     }
/// }
///
/// fn titles(recent: &[AuthorPageRecent]) -> Vec<&str> {
///     recent.iter().map(|book| &*book.title).collect()
/// }
///
/// # fn main() {
/// # let conn = &mut connection();
/// let page = AuthorPage::query(1).order(AuthorPage::publisher.field(publishers::name).desc()).first(conn).unwrap();
///
/// assert_eq!(AuthorPage::QUERIES, 2);
/// assert_eq!(page.name, "Ursula");
/// assert_eq!(titles(&page.recent), ["City of Illusions", "Rocannon"]);
/// # }
/// ```
///
/// * Inner structs are named after their path: `AuthorPagePublisher`, `AuthorPageRecent`. All of them and their fields are
///   as visible as the first, and have its attributes.
/// * `#[load(max_queries = 3, params(since: NaiveDate))]` are the derive's options. The parameters can be used in inner
///   braces too.
/// * There are no values at run time: filters and the like are made of columns, literals and parameters, as in the derive;
///   others are added in the query, by [`prefetch`](crate::Load::prefetch).
/// * `optional prefetch books { .. }` is loaded where the query asks for it: [`request`](crate::Load::request).
#[macro_export]
macro_rules! load {
    ($($load:tt)*) => {
        $crate::__load! { ($crate) {} $($load)* }
    };
}

/// Says which columns of a model one of Diesel's own queries selects.
///
/// It takes the entries of [`load!`](crate::load!) that are columns: names, `only(..)`, `defer(..)` and `*`. The rows have the
/// columns that are selected as fields, and no others.
///
/// ```
/// # include!("doctest_setup.rs");
/// use upfront::columns;
///
/// # fn main() {
/// # let conn = &mut connection();
/// let authors = authors::table
///     .inner_join(books::table.on(books::author_id.eq(authors::id)))
///     .filter(books::title.eq("Emma"))
///     .select(columns!(Author { defer(publisher_id) }))
///     .load(conn)
///     .unwrap();
/// assert_eq!(authors[0].name, "Jane");
/// # }
/// ```
///
/// This is one query: ``SELECT `authors`.`id`, `authors`.`name` FROM ..``. Beside other expressions the rows have no name,
/// and so `_` is their type: `.load::<(_, String)>(conn)`.
///
/// With a struct it declares one, which Diesel selects by `as_select()`:
///
/// ```
/// # include!("doctest_setup.rs");
/// use upfront::columns;
///
/// columns! {
///     #[derive(Debug, PartialEq)]
///     pub struct AuthorName: Author { only(id, name) }
/// }
///
/// # fn main() {
/// # let conn = &mut connection();
/// let (author, title) = books::table
///     .inner_join(authors::table.on(books::author_id.eq(authors::id)))
///     .filter(books::id.eq(1))
///     .select((AuthorName::as_select(), books::title))
///     .first::<(AuthorName, String)>(conn)
///     .unwrap();
/// assert_eq!(author, AuthorName { id: 1, name: "Ursula".into() });
/// assert_eq!(title, "Rocannon");
/// # }
/// ```
#[macro_export]
macro_rules! columns {
    ($($columns:tt)*) => {
        $crate::__columns! { ($crate) {} $($columns)* }
    };
}
