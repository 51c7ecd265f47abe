//! The queries of connections, kept.

use std::collections::VecDeque;
use std::fmt;
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::connection::{OwnInstrumentation, Watchable, instruments};
use super::group::Ran;
use super::instruments::Listener;
use super::logged::LoggedQuery;
use super::purpose::Listening;
use super::record::{Record, Wanted};
use super::table::table;

/// The queries that run on the connections it is attached to, as long as it lives.
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::QueryLog;
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
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let log = QueryLog::attach(conn)?;
/// Shelf::query().load(conn)?;
///
/// assert_eq!(log.len(), 2);
/// let books = &log.queries()[2];
/// assert_eq!((books.spec(), books.field(), books.rows()), (Some("Shelf"), Some("books"), Some(3)));
/// println!("{log}");
/// # Ok(())
/// # }
/// ```
///
/// It is printed as a table, with a line for each query: how long it took, how many rows it gave where that is known, its
/// SQL, whether it is the same as one before (`=1` with the same values, `~1` with others), which spec and field asked for it,
/// and where. Where several queries are sent together, the time of one has that of those before it.
///
/// It keeps the last 1,000 queries, or as many as [`LogOptions::capacity`] says. Each costs about a microsecond, and the more
/// the longer its SQL is. A copy is the same log; after the last copy is dropped, nothing is kept and nothing is left on
/// the connection but what [`watch`](crate::watch()) puts there.
#[derive(Clone)]
pub struct QueryLog {
    state: Arc<State>,
}

struct State {
    wanted: Wanted,
    capacity: usize,
    kept: Mutex<VecDeque<Arc<Record>>>,
    _listening: Listening,
}

impl State {
    fn kept(&self) -> MutexGuard<'_, VecDeque<Arc<Record>>> {
        // Nothing that is done with it can panic half-way.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener for State {
    fn wanted(&self) -> Wanted {
        self.wanted
    }

    fn hear(&self, query: &Arc<Record>) {
        let mut kept = self.kept();
        if kept.len() == self.capacity {
            kept.pop_front();
        }
        kept.push_back(Arc::clone(query));
    }

    fn id(&self) -> *const () {
        ptr::from_ref(self).cast()
    }
}

impl QueryLog {
    /// A log of the queries that run on a connection from now on: any of Diesel's or of diesel-async, also one from a pool.
    ///
    /// # Errors and panics
    ///
    /// As [`watch`](crate::watch()).
    pub fn attach<K>(conn: &mut impl Watchable<K>) -> Result<Self, OwnInstrumentation> {
        Self::options().attach(conn)
    }

    /// What a log keeps, to be chosen.
    pub fn options() -> LogOptions {
        LogOptions { wanted: Wanted::default(), capacity: 1000 }
    }

    /// Has the log keep the queries of one more connection.
    ///
    /// # Errors and panics
    ///
    /// As [`watch`](crate::watch()).
    pub fn attach_to<K>(&self, conn: &mut impl Watchable<K>) -> Result<(), OwnInstrumentation> {
        let state = Arc::downgrade(&self.state);
        instruments(conn)?.bind(state);
        Ok(())
    }

    /// Whether a connection still has it.
    pub(crate) fn is_attached(&self) -> bool {
        Arc::weak_count(&self.state) > 0
    }

    /// The queries, in the order in which they began, also those that are not [counted](LoggedQuery::is_counted).
    pub fn queries(&self) -> Vec<LoggedQuery> {
        self.state.kept().iter().map(|record| LoggedQuery::of(record, self.state.wanted)).collect()
    }

    /// Takes the queries out of the log.
    pub fn take(&self) -> Vec<LoggedQuery> {
        let shown = |record| LoggedQuery::of(&record, self.state.wanted);
        self.state.kept().drain(..).map(shown).collect()
    }

    /// How many queries there are in the log that are [counted](LoggedQuery::is_counted).
    pub fn len(&self) -> usize {
        self.queries().iter().filter(|query| query.is_counted()).count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        !self.queries().iter().any(LoggedQuery::is_counted)
    }
}

impl fmt::Display for QueryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queries = self.queries();
        let queries: Vec<Ran<'_>> = queries.iter().map(Ran::from).collect();
        f.write_str(&table(&queries))
    }
}

impl fmt::Debug for QueryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("QueryLog").field(&self.queries()).finish()
    }
}

/// What a [`QueryLog`] keeps: [`QueryLog::options`].
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::QueryLog;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let log = QueryLog::options().binds().call_sites().capacity(100).attach(conn)?;
/// let name: String = authors::table.find(2).select(authors::name).first(conn)?;
///
/// assert_eq!(name, "Jane");
/// assert_eq!(log.queries()[0].binds(), Some("[2, 1]"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "the log is made by `attach`"]
pub struct LogOptions {
    wanted: Wanted,
    capacity: usize,
}

impl LogOptions {
    /// Keeps the bound values too: they can be personal or secret.
    pub fn binds(mut self) -> Self {
        self.wanted.binds = true;
        self
    }

    /// Looks on the stack where queries come from that are no spec's. This costs some microseconds for each.
    pub fn call_sites(mut self) -> Self {
        self.wanted.stack = true;
        self
    }

    /// Keeps so many queries, the last ones: 1,000 if nothing is said.
    pub fn capacity(mut self, queries: usize) -> Self {
        self.capacity = queries.max(1);
        self
    }

    /// A log of the queries of a connection.
    pub fn attach<K>(self, conn: &mut impl Watchable<K>) -> Result<QueryLog, OwnInstrumentation> {
        let Self { wanted, capacity } = self;
        let (kept, _listening) = (Mutex::default(), Listening::start());
        let log = QueryLog { state: Arc::new(State { wanted, capacity, kept, _listening }) };
        log.attach_to(conn)?;
        Ok(log)
    }
}
