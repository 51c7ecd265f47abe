//! The queries of a load, seen before they run: their text, what the database makes of them, and which indexes they want.

mod fields;
mod lookup;
mod text;

use std::fmt;

use lookup::Table;

pub(crate) use fields::plan;
pub(crate) use fields::{PlanFields, Planner};
pub(crate) use lookup::{Lookup, note};

/// What rows are found for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Use {
    /// For a field that joins them: one row is looked up for each row of the query.
    Join,
    /// For a field that prefetches them: the rows of all parents.
    Prefetch,
    /// For what a field has the database compute: the rows of each row of the query.
    Computed,
    /// For a filter or an order: the rows of each row that it is asked of.
    Condition,
}

/// What one use of a relation looks up.
#[derive(Debug, Clone)]
pub(crate) struct Lookups {
    spec: &'static str,
    field: Option<&'static str>,
    relation: &'static str,
    by: Use,
    lookups: Vec<Lookup>,
}

impl Lookups {
    fn is_same(&self, relation: &str, lookups: &[Lookup]) -> bool {
        let key = |lookup: &Lookup| (lookup.table.clone(), lookup.columns);
        self.relation == relation && self.lookups.iter().map(key).eq(lookups.iter().map(key))
    }
}

/// The queries of a load: [`Load::plan`](crate::Load::plan) and [`Load::explain`](crate::Load::explain) give it.
///
/// Its `Display` is for people: each query with its text, and below it those of its prefetches.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// use diesel::sqlite::Sqlite;
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     name: String,
///     #[load(prefetch)]
///     books: Vec<BookTitle>,
/// }
///
/// let plan = Shelf::query().limit(10).plan::<Sqlite>().unwrap();
/// assert_eq!(plan.to_string(), "\
/// Shelf
///   SELECT `authors`.`name`, `authors`.`id` FROM `authors` LIMIT (? + 0)
///   books: BookTitle
///     SELECT `books`.`author_id`, `books`.`title` FROM `books` WHERE `books`.`author_id` IN (SELECT +value FROM json_each(?))
/// at most 2 queries
/// ");
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct QueryPlan {
    pub(crate) root: PlannedQuery,
}

/// One query of a load, with those of its prefetches.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// use diesel::sqlite::Sqlite;
/// use upfront::Requested;
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     #[load(prefetch, optional)]
///     books: Requested<Vec<BookTitle>>,
/// }
///
/// let plan = Shelf::query().plan::<Sqlite>().unwrap();
/// let books = &plan.root().prefetches()[0];
/// assert_eq!((books.spec(), books.field(), books.relation()), ("BookTitle", Some("books"), Some("books")));
/// assert!(books.is_optional() && !books.runs());
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct PlannedQuery {
    spec: &'static str,
    /// The spec that has the field, and the field's name.
    held_by: Option<(&'static str, &'static str)>,
    /// The field, with those joined fields on the way to it.
    field: Option<String>,
    relation: Option<&'static str>,
    table: Table,
    /// Of an optional prefetch, whether the query asks for it.
    requested: Option<bool>,
    sql: String,
    lookups: Vec<Lookups>,
    prefetches: Vec<Self>,
}

impl QueryPlan {
    /// The query of the spec itself.
    pub fn root(&self) -> &PlannedQuery {
        &self.root
    }

    /// All queries, each before those of its prefetches, with the optional ones that the query did not ask for.
    pub fn queries(&self) -> impl Iterator<Item = &PlannedQuery> {
        let mut rest = vec![&self.root];
        std::iter::from_fn(move || {
            let query = rest.pop()?;
            rest.extend(query.prefetches.iter().rev());
            Some(query)
        })
    }

    /// How many queries run at the most. A prefetch whose parents have no keys is not run.
    pub fn max_queries(&self) -> usize {
        self.root.max_queries()
    }
}

impl PlannedQuery {
    fn new(spec: &'static str, table: Table, sql: String) -> Self {
        Self {
            spec,
            held_by: None,
            field: None,
            relation: None,
            table,
            requested: None,
            sql,
            lookups: Vec::new(),
            prefetches: Vec::new(),
        }
    }

    /// The spec whose rows are loaded.
    pub fn spec(&self) -> &'static str {
        self.spec
    }

    /// The field that holds them: `books`, or below a join `author.books`. `None` for the query of the spec itself.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The relation that is prefetched. `None` for the query of the spec itself.
    pub fn relation(&self) -> Option<&'static str> {
        self.relation
    }

    /// The text of the query.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// Whether it is a prefetch that runs where the query asks for it.
    pub fn is_optional(&self) -> bool {
        self.requested.is_some()
    }

    /// Whether it runs, as far as its own field says: `false` for an optional prefetch that the query did not ask for. Then
    /// its own prefetches do not run either.
    pub fn runs(&self) -> bool {
        self.requested != Some(false)
    }

    /// The queries of its prefetches.
    pub fn prefetches(&self) -> &[PlannedQuery] {
        &self.prefetches
    }

    fn max_queries(&self) -> usize {
        match self.runs() {
            true => 1 + self.prefetches.iter().map(Self::max_queries).sum::<usize>(),
            false => 0,
        }
    }
}

impl fmt::Display for QueryPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_plan(self, f)
    }
}
