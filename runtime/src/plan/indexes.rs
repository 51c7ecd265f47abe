//! Which indexes a table has, and which of those that a load wants are missing.

use std::fmt;
use std::ops::Deref;

use super::ask::Answer;
use super::lookup::{Lookup, Table, quote};
use super::{Lookups, PlannedQuery, QueryPlan, WantedBy};
use crate::alias::Name;
use crate::dialect::Sql;

/// The indexes of some tables.
pub(crate) struct Catalogue {
    sql: Sql,
    tables: Vec<(Table, Option<Vec<Index>>)>,
}

/// The columns of an index, as far as they are columns and not expressions.
#[derive(Default)]
struct Index {
    name: String,
    unique: bool,
    columns: Vec<Option<String>>,
}

impl Catalogue {
    pub(crate) fn new(sql: Sql) -> Self {
        Self { sql, tables: Vec::new() }
    }

    /// What the database speaks.
    pub(super) fn sql(&self) -> Sql {
        self.sql
    }

    /// Adds what the database answered about a table. Of what it does not know as a table nothing can be missing: a view has
    /// no indexes of its own.
    pub(crate) fn add(&mut self, table: Table, answers: &[Answer]) {
        let mut indexes: Vec<Index> = Vec::new();
        for answer in answers {
            let Some(name) = answer.at(0) else {
                continue;
            };
            if indexes.last().is_none_or(|index| index.name != name) {
                let unique = answer.at(1) == Some("1");
                indexes.push(Index { name: name.to_owned(), unique, columns: Vec::new() });
            }
            if let Some(index) = indexes.last_mut() {
                index.columns.push(answer.at(2).map(str::to_owned));
            }
        }
        self.tables.push((table, (!answers.is_empty()).then_some(indexes)));
    }

    /// Whether rows are found by these columns without reading the whole table.
    pub(super) fn has_index(&self, lookup: &Lookup) -> bool {
        let table = self.tables.iter().find(|(table, _)| *table == lookup.table);
        let Some((_, Some(indexes))) = table else {
            return true;
        };
        let is_row_id = |name: &str| ["rowid", "oid", "_rowid_"].contains(&name);
        let by_row_id =
            self.sql == Sql::Sqlite && matches!(lookup.columns, [one] if is_row_id(one));
        by_row_id || indexes.iter().any(|index| self.helps(index, lookup.columns))
    }

    /// Whether an index begins with these columns, in any order, or finds one row by some of them.
    fn helps(&self, index: &Index, columns: &[&str]) -> bool {
        let is_wanted = |column: &Option<String>| {
            let column = column.as_deref();
            column.is_some_and(|name| columns.iter().any(|wanted| self.is_same(name, wanted)))
        };
        let begins = index.columns.iter().take_while(|column| is_wanted(column)).count();
        begins == columns.len() || (index.unique && begins == index.columns.len())
    }

    /// Whether two names of columns are one to the database.
    fn is_same(&self, one: &str, other: &str) -> bool {
        match self.sql {
            Sql::Postgres => one == other,
            Sql::Sqlite | Sql::Mysql => one.eq_ignore_ascii_case(other),
        }
    }

    /// The indexes that a query wants and the tables do not have.
    pub(crate) fn missing(&self, query: &PlannedQuery) -> Vec<MissingIndex> {
        let missing = |uses: &Lookups| {
            let without = uses.lookups.iter().filter(|lookup| !self.has_index(lookup));
            without.map(|lookup| MissingIndex::new(uses, lookup, self.sql)).collect::<Vec<_>>()
        };
        each_once(query.lookups.iter().flat_map(missing))
    }

    /// The same of all queries of a plan, each once.
    pub(crate) fn missing_in(&self, plan: &QueryPlan) -> MissingIndexes {
        MissingIndexes(each_once(plan.queries().flat_map(|query| self.missing(query))))
    }
}

/// Those that are not another's equal: a field can want one for several relations, and a spec stand in several places.
fn each_once(all: impl Iterator<Item = MissingIndex>) -> Vec<MissingIndex> {
    let wanted = |missing: &MissingIndex| {
        (missing.spec, missing.field, missing.table.clone(), missing.columns)
    };
    let mut list: Vec<MissingIndex> = Vec::new();
    for missing in all {
        if list.iter().all(|known| wanted(known) != wanted(&missing)) {
            list.push(missing);
        }
    }
    list
}

/// The tables in which a plan looks up rows, each once.
pub(crate) fn tables_of(plan: &QueryPlan) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let lookups = plan.queries().flat_map(|query| &query.lookups).flat_map(|uses| &uses.lookups);
    for lookup in lookups {
        if !tables.contains(&lookup.table) {
            tables.push(lookup.table.clone());
        }
    }
    tables
}

/// An index that a load wants and the database does not have: without it, a table is read as a whole to find some of its rows.
///
/// Its `Display` says what for, and the statement that helps.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     #[load(prefetch)]
///     books: Vec<BookTitle>,
/// }
///
/// # let conn = &mut connection();
/// let missing = Shelf::check_indexes(conn).unwrap();
/// assert_eq!((missing[0].table(), missing[0].columns()), ("books", &["author_id"][..]));
/// assert_eq!(missing[0].create_index(), "CREATE INDEX `books_author_id_idx` ON `books` (`author_id`)");
/// assert_eq!(missing[0].to_string(), "\
/// `Shelf.books` prefetches `books`, and no index of `books` begins with `author_id`: the whole table is read to find its rows
/// help: CREATE INDEX `books_author_id_idx` ON `books` (`author_id`)");
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct MissingIndex {
    spec: &'static str,
    field: Option<&'static str>,
    relation: &'static str,
    by: WantedBy,
    table: Table,
    columns: &'static [&'static str],
    sql: Sql,
}

impl MissingIndex {
    fn new(uses: &Lookups, lookup: &Lookup, sql: Sql) -> Self {
        let Lookups { spec, field, relation, by, .. } = *uses;
        let (table, columns) = (lookup.table.clone(), lookup.columns);
        Self { spec, field, relation, by, table, columns, sql }
    }

    /// The spec that wants it.
    pub fn spec(&self) -> &'static str {
        self.spec
    }

    /// The field that wants it; `None` where a filter or an order of the query does.
    pub fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// The relation that is followed.
    pub fn relation(&self) -> &'static str {
        self.relation
    }

    /// What for.
    pub fn wanted_by(&self) -> WantedBy {
        self.by
    }

    /// The table, which may be one between: the through table of a many-to-many.
    pub fn table(&self) -> &str {
        &self.table.name
    }

    /// The schema of the table, where `table!` names one.
    pub fn schema(&self) -> Option<&str> {
        self.table.schema.as_deref()
    }

    /// The columns that an index is to begin with, in any order.
    pub fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    /// The statement that helps, in the SQL of the database.
    pub fn create_index(&self) -> String {
        let mut name = Name::new(&self.table.name);
        for column in self.columns {
            name = name.then("_").then(column);
        }
        let name = name.then("_idx").alias();
        let (name, table) = (self.quoted(name.as_str()), self.quoted(&self.table.name));
        let schema = self.schema().map(|schema| self.quoted(schema) + ".").unwrap_or_default();
        // On SQLite an index is named with its schema, elsewhere the table is.
        let (of_index, of_table) = match self.sql {
            Sql::Sqlite => (&*schema, ""),
            Sql::Postgres | Sql::Mysql => ("", &*schema),
        };
        let columns: Vec<_> = self.columns.iter().map(|column| self.quoted(column)).collect();
        format!("CREATE INDEX {of_index}{name} ON {of_table}{table} ({})", columns.join(", "))
    }

    fn quoted(&self, name: &str) -> String {
        let quote = quote(self.sql);
        format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
    }
}

impl fmt::Display for MissingIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, relation, by, .. } = self;
        let field = self.field.unwrap_or_default();
        match by {
            WantedBy::Join => write!(f, "`{spec}.{field}` joins `{relation}`")?,
            WantedBy::Prefetch => write!(f, "`{spec}.{field}` prefetches `{relation}`")?,
            WantedBy::Computed => write!(f, "`{spec}.{field}` is computed of `{relation}`")?,
            WantedBy::Condition => {
                write!(f, "a query of `{spec}` is filtered or ordered by `{relation}`")?
            }
        }
        let columns: Vec<_> = self.columns.iter().map(|column| format!("`{column}`")).collect();
        write!(
            f,
            ", and no index of `{}` begins with {}: the whole table is read to find its rows\nhelp: {}",
            self.table.name,
            columns.join(" and "),
            self.create_index()
        )
    }
}

/// The same as `Display`, so that an assertion that fails says what to do.
impl fmt::Debug for MissingIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The indexes that a spec wants and the database does not have: what
/// [`LoadSpec::check_indexes`](crate::LoadSpec::check_indexes) gives. It is a slice of them.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// use diesel::connection::SimpleConnection;
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     #[load(prefetch)]
///     books: Vec<BookTitle>,
/// }
///
/// # let conn = &mut connection();
/// for missing in &*Shelf::check_indexes(conn).unwrap() {
///     conn.batch_execute(&missing.create_index()).unwrap();
/// }
/// assert!(Shelf::check_indexes(conn).unwrap().is_empty());
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use = "call `assert_none()`, or look at the list"]
pub struct MissingIndexes(Vec<MissingIndex>);

impl MissingIndexes {
    /// Panics, with the list, where an index is missing: for tests.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct AuthorName { name: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookCard {
    ///     title: String,
    ///     #[load(join)]
    ///     author: AuthorName,
    /// }
    ///
    /// # fn main() {
    /// # let conn = &mut connection();
    /// BookCard::check_indexes(conn).unwrap().assert_none();
    /// # }
    /// ```
    #[track_caller]
    pub fn assert_none(&self) {
        assert!(self.is_empty(), "{self}");
    }
}

impl Deref for MissingIndexes {
    type Target = [MissingIndex];

    fn deref(&self) -> &[MissingIndex] {
        &self.0
    }
}

impl IntoIterator for MissingIndexes {
    type Item = MissingIndex;
    type IntoIter = std::vec::IntoIter<MissingIndex>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for MissingIndexes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            0 => return f.write_str("no index is missing"),
            1 => f.write_str("an index is missing:")?,
            more => write!(f, "{more} indexes are missing:")?,
        }
        self.iter().try_for_each(|missing| write!(f, "\n{missing}"))
    }
}

impl fmt::Debug for MissingIndexes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
