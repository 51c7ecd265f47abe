//! What of queries is told.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tracing::{Level, enabled};

use super::query::TARGET;
use crate::watch::record::Wanted;

/// Whether the program wants queries to be told.
static WANTED: AtomicBool = AtomicBool::new(false);
/// From how many nanoseconds on a query is slow.
static SLOW: AtomicU64 = AtomicU64::new(NEVER);
static BINDS: AtomicBool = AtomicBool::new(false);
static CALL_SITES: AtomicBool = AtomicBool::new(false);

/// No query is slow.
const NEVER: u64 = u64::MAX;

/// Whether queries are to be told, and whoever is subscribed here wants to know.
#[inline]
pub(crate) fn is_wanted() -> bool {
    WANTED.load(Ordering::Relaxed)
        && (enabled!(target: TARGET, Level::WARN) || enabled!(target: TARGET, Level::DEBUG))
}

/// What is to be known of queries, besides what costs nothing.
pub(super) fn wanted() -> Wanted {
    Wanted { binds: BINDS.load(Ordering::Relaxed), stack: CALL_SITES.load(Ordering::Relaxed) }
}

/// Whether a query that took so long is slow.
pub(super) fn is_slow(took: Duration) -> bool {
    took.as_nanos() >= u128::from(SLOW.load(Ordering::Relaxed))
}

/// What of queries is told through `tracing`: see [`trace_queries`].
///
/// ```
/// use std::time::Duration;
/// use upfront::TraceOptions;
///
/// let options = TraceOptions::new().slow_queries(Duration::from_millis(200)).call_sites();
/// upfront::trace_queries(options);
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "queries are told when `upfront::trace_queries` is called with it"]
pub struct TraceOptions {
    slow: Option<Duration>,
    wanted: Wanted,
}

impl TraceOptions {
    /// All queries are told, and none of them is slow.
    pub fn new() -> Self {
        Self::default()
    }

    /// Queries that take so long or longer are told with the level `WARN` and as `slow query`.
    pub fn slow_queries(mut self, from: Duration) -> Self {
        self.slow = Some(from);
        self
    }

    /// Tells the bound values too: they can be personal or secret.
    pub fn binds(mut self) -> Self {
        self.wanted.binds = true;
        self
    }

    /// Looks on the stack where queries come from that are no spec's: see
    /// [`LogOptions::call_sites`](crate::LogOptions::call_sites), also for what it costs.
    pub fn call_sites(mut self) -> Self {
        self.wanted.stack = true;
        self
    }
}

/// Tells the queries of watched connections through `tracing`, in the whole process and from now on.
///
/// ```
/// # include!("../../doctest_setup.rs");
/// use std::time::Duration;
/// use upfront::TraceOptions;
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
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let written = Written::default();
/// # let mut conn = connection();
/// tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG)
/// #     .with_ansi(false).without_time().with_writer(written.clone())
///     .init();
/// upfront::trace_queries(TraceOptions::new().slow_queries(Duration::from_millis(200)));
///
/// upfront::watch(&mut conn)?;
/// let shelves = Shelf::query().load(&mut conn)?;
/// # assert_eq!(shelves.len(), 2);
/// # let lines = written.take();
/// # let begin = lines.lines().next().unwrap();
/// # assert!(begin.contains("db.query.text=\"BEGIN\""), "{begin}");
/// # let books = lines.lines().find(|line| line.contains("FROM `books`")).unwrap();
/// # assert!(books.starts_with("DEBUG upfront.load{upfront.spec=\"Shelf\" upfront.queries=2 code.file.path="), "{books}");
/// # assert!(books.contains("}: upfront::query: query db.system.name=\"sqlite\""), "{books}");
/// # assert!(books.contains(" db.query.summary=\"SELECT books\" "), "{books}");
/// # assert!(books.contains(" db.response.returned_rows=3 db.client.operation.duration=0."), "{books}");
/// # assert!(books.contains(" upfront.spec=\"Shelf\" upfront.field=\"books\" "), "{books}");
/// # Ok(())
/// # }
/// # #[derive(Clone, Default)]
/// # struct Written(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);
/// # impl Written {
/// #     fn take(&self) -> String { String::from_utf8(std::mem::take(&mut self.0.lock().unwrap())).unwrap() }
/// # }
/// # impl std::io::Write for Written {
/// #     fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> { self.0.lock().unwrap().write(bytes) }
/// #     fn flush(&mut self) -> std::io::Result<()> { Ok(()) }
/// # }
/// # impl tracing_subscriber::fmt::MakeWriter<'_> for Written {
/// #     type Writer = Self;
/// #     fn make_writer(&self) -> Self { self.clone() }
/// # }
/// ```
///
/// prints a line for each query, of which this is a part:
///
/// ```text
/// DEBUG upfront.load{upfront.spec="Shelf" upfront.queries=2 ..}: upfront::query: query db.system.name="sqlite"
///     db.query.summary="SELECT books" db.query.text="SELECT `books`.`author_id`, .." db.response.returned_rows=3
///     db.client.operation.duration=0.000045 upfront.spec="Shelf" upfront.field="books" ..
/// ```
///
/// # Loads
///
/// With the feature `tracing` each load of a spec is a span `upfront.load` of the level `INFO` and the target
/// `upfront::load`, also where the connection is not watched and this function is never called. `load_onto` is a load, and so
/// is each chunk of `load_chunks`. The span begins when the load does, and ends when its structs are read, or its future is
/// dropped. It is entered while queries are sent; rows that are read one by one are read outside of it, as far as `tracing`
/// counts the time in which a span is busy.
///
/// | field | |
/// | --- | --- |
/// | `upfront.spec` | the spec that is loaded |
/// | `upfront.relation` | the relation, of `load_onto` |
/// | `upfront.queries` | how many queries the load runs at the most: the spec's `QUERIES` |
/// | `upfront.rows` | how many structs were loaded; not of `load_onto` |
/// | `code.file.path`, `code.line.number` | where the spec's `query()` or `load!` is written, or `load_onto` |
/// | `error.type` | of a load that failed: the kind of Diesel's error, such as `UniqueViolation` |
///
/// # Queries
///
/// After this function was called, each query of a [watched](crate::watch()) connection is an event with the target
/// `upfront::query`. Its message is `query`, and its level `DEBUG`; of one that failed `query failed` and `WARN`; and of one
/// that took longer than [`slow_queries`](TraceOptions::slow_queries) `slow query` and `WARN`. Statements that begin and end
/// transactions are told as well. Fields that stand for nothing are left out.
///
/// | field | |
/// | --- | --- |
/// | `db.system.name` | `sqlite`, `postgresql`, or `mysql`, which is MariaDB too; `other_sql` where the connection does not tell, as that of a [`MultiConnection`](derive@crate::MultiConnection) |
/// | `db.query.summary` | what it does: `SELECT authors` |
/// | `db.operation.name`, `db.collection.name` | its first word, and the table that it reads from first or writes to, where these can be told |
/// | `db.query.text` | the SQL, with placeholders for bound values |
/// | `db.response.returned_rows` | the rows that were read, of a spec's query |
/// | `db.client.operation.duration` | how long it took, in seconds |
/// | `error.type`, `exception.message` | the kind of Diesel's error, and the database's text, in which some databases name a value |
/// | `upfront.spec`, `upfront.field`, `upfront.relation` | what asked for it, as in [`LoggedQuery`](crate::LoggedQuery) |
/// | `upfront.binds` | the bound values as Diesel prints them, if [`binds`](TraceOptions::binds) says so |
/// | `code.file.path`, `code.line.number`, `code.function.name` | where it comes from: known of a spec's query, and of others if [`call_sites`](TraceOptions::call_sites) says so |
///
/// The names that begin with `db.`, `error.`, `exception.` and `code.` are those of OpenTelemetry's semantic conventions. The
/// duration has the name and the unit of its metric, and `db.response.returned_rows` is in development there. `upfront.binds`
/// stands for its `db.query.parameter.<key>`, because `tracing` needs to know all names beforehand.
///
/// A query is told when it has ended; one whose future was dropped before is not. That of a spec waits until its rows are read
/// as well, and is in the span of its load, on whichever thread it ends. Others are in the span that is entered when they end.
/// On a `SyncConnectionWrapper` of diesel-async, that is none: these and the statements of transactions are run by another
/// thread.
///
/// Where nobody is subscribed to these events, or this function was not called, a query costs one comparison more.
///
/// # Scopes
///
/// A [`Scope`](crate::Scope) with [`Policy::Warn`](crate::Policy::Warn) tells at its end what it found, also where this function
/// is never called: events of the target `upfront::scope` and the level `WARN`, one for each query that was repeated and one
/// for a budget that was exceeded.
///
/// | field | |
/// | --- | --- |
/// | `upfront.scope` | the name of the scope |
/// | `upfront.queries` | how many queries ran: from one place, or in all |
/// | `upfront.duration` | how long they took, in seconds |
/// | `upfront.budget` | the budget |
/// | `upfront.help` | what to write in place of the query |
/// | `upfront.spec`, `upfront.field`, `db.query.text`, `code.file.path`, `code.line.number`, `code.function.name` | the query, and where it ran |
pub fn trace_queries(options: TraceOptions) {
    let TraceOptions { slow, wanted } = options;
    let slow = slow.and_then(|from| u64::try_from(from.as_nanos()).ok()).unwrap_or(NEVER);
    SLOW.store(slow, Ordering::Relaxed);
    BINDS.store(wanted.binds, Ordering::Relaxed);
    CALL_SITES.store(wanted.stack, Ordering::Relaxed);
    WANTED.store(true, Ordering::Relaxed);
}
