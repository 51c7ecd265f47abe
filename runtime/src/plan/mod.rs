//! The queries of a load, seen before they run: their text, what the database makes of them, and which indexes they want.

mod ask;
mod explain;
mod explaining;
mod fields;
mod indexes;
mod lookup;
mod run;
mod text;

use std::fmt;

use explain::{Step, has_condition};
use lookup::Table;

use crate::dialect::Sql;

pub(crate) use ask::Inspect;
#[cfg(feature = "async")]
pub(crate) use ask::{Answer, Ask, told};
#[cfg(feature = "async")]
pub(crate) use explain::Explain;
pub(crate) use explain::Explained;
pub(crate) use explaining::Explaining;
pub(crate) use fields::{PlanFields, Planner, plan};
pub(crate) use indexes::Catalogue;
#[cfg(feature = "async")]
pub(crate) use indexes::tables_of;
pub use indexes::{MissingIndex, MissingIndexes};
#[cfg(feature = "async")]
pub(crate) use lookup::text_of;
pub(crate) use lookup::{Lookup, note};
pub(crate) use run::{backend_of, catalogue_of};

/// What rows are found for: [`MissingIndex::wanted_by`].
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// use upfront::{WantedBy, load};
///
/// # let conn = &mut connection();
/// let missing = load!(Author { annotate books.count() as books }).check_indexes(conn).unwrap();
/// assert_eq!(missing[0].wanted_by(), WantedBy::Computed);
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WantedBy {
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
    by: WantedBy,
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
    /// What the database does, where it was asked and the query ran.
    steps: Option<Vec<Step>>,
    full_scans: Vec<String>,
    missing_indexes: Vec<MissingIndex>,
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

    /// Adds what the database told of the queries that ran, and of its tables.
    pub(crate) fn complete(&mut self, explained: Vec<Explained>, catalogue: &Catalogue) {
        self.put(explained, catalogue.sql());
        self.root.judge(catalogue);
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
            steps: None,
            full_scans: Vec::new(),
            missing_indexes: Vec::new(),
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

    /// What the database does for it, line by line, as its `EXPLAIN` says. Only a plan of
    /// [`Load::explain`](crate::Load::explain) has it, and only of queries that ran.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::load;
    ///
    /// # let conn = &mut connection();
    /// let plan = load!(Author { name }).find(2).explain(conn).unwrap();
    /// let lines: Vec<&str> = plan.root().explain().collect();
    /// assert_eq!(lines, ["SEARCH authors USING INTEGER PRIMARY KEY (rowid=?)"]);
    /// # }
    /// ```
    pub fn explain(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().flatten().map(|step| &*step.text)
    }

    /// The tables that the database reads as a whole to find some of their rows, by their names in the query.
    ///
    /// A table that has the index which is wanted is not among them, for a database reads it as a whole where it is small; nor is
    /// that of a query without a filter, which asks for all rows. A filter of the query's own is looked at on SQLite only:
    /// elsewhere a small table is read as a whole whatever indexes it has.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::load;
    ///
    /// # let conn = &mut connection();
    /// let plan = load!(Author { name }).filter(authors::name.eq("Jane")).explain(conn).unwrap();
    /// assert_eq!(plan.root().full_scans(), ["authors"]);
    ///
    /// let plan = load!(Author { name }).find(2).explain(conn).unwrap();
    /// assert!(plan.root().full_scans().is_empty());
    /// # }
    /// ```
    pub fn full_scans(&self) -> &[String] {
        &self.full_scans
    }

    /// The indexes that it wants and the database does not have. Only a plan of [`Load::explain`](crate::Load::explain) knows
    /// them.
    pub fn missing_indexes(&self) -> &[MissingIndex] {
        &self.missing_indexes
    }

    /// The queries of its prefetches.
    pub fn prefetches(&self) -> &[PlannedQuery] {
        &self.prefetches
    }

    /// Adds what its tables tell.
    fn judge(&mut self, catalogue: &Catalogue) {
        self.missing_indexes = catalogue.missing(self);
        let scanned = self.steps.iter().flatten().filter_map(|step| step.scans.as_deref());
        let mut full_scans: Vec<String> = Vec::new();
        for name in scanned {
            if self.is_in_want(name, catalogue) && !full_scans.iter().any(|known| known == name) {
                full_scans.push(name.to_owned());
            }
        }
        self.full_scans = full_scans;
        self.prefetches.iter_mut().for_each(|prefetch| prefetch.judge(catalogue));
    }

    /// Whether only some rows are asked for of what has this name in the query, and no index finds them. What a filter asks for
    /// nobody knows here: there SQLite is believed, which scans what it has no index for, and others are not, which scan
    /// what is small.
    fn is_in_want(&self, name: &str, catalogue: &Catalogue) -> bool {
        let lookups = self.lookups.iter().flat_map(|uses| &uses.lookups);
        let mut by_name = lookups.filter(|lookup| lookup.is_called(name)).peekable();
        match by_name.peek() {
            Some(_) => by_name.any(|lookup| !catalogue.has_index(lookup)),
            None => {
                let tells = catalogue.sql() == Sql::Sqlite;
                tells && self.table.is_called(name) && has_condition(&self.sql)
            }
        }
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
