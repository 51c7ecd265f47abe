//! Watching connections: Diesel's, those of diesel-async, and those from pools.

use std::any::type_name;
use std::error::Error;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use diesel::QueryResult;
use diesel::connection::{
    Connection, DynInstrumentation, Instrumentation, get_default_instrumentation,
    set_default_instrumentation,
};

use super::instruments::Instruments;
use super::trace::System;

/// A connection that waits.
pub struct Waits(());

/// A connection that does not.
#[cfg(feature = "async")]
pub struct DoesNotWait(());

/// A connection that can be watched: any of Diesel's and of diesel-async, also one from a pool.
///
/// `K` is which of the two it is. There is no need to name it, but in functions that are generic over the connection:
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::{OwnInstrumentation, QueryLog, Watchable};
///
/// fn logged<K>(conn: &mut impl Watchable<K>) -> Result<QueryLog, OwnInstrumentation> {
///     QueryLog::options().capacity(100).attach(conn)
/// }
///
/// # fn main() {
/// # let conn = &mut connection();
/// assert!(logged(conn).unwrap().is_empty());
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a connection that can be watched",
    label = "not a connection of Diesel's or of diesel-async",
    note = "a smart pointer to a connection can be passed as `&mut *conn`, and of a pool each connection is watched; for connections of diesel-async enable the feature `async`"
)]
pub trait Watchable<K> {
    /// What is in its slot.
    #[doc(hidden)]
    fn slot(&mut self) -> &mut dyn Instrumentation;

    /// Puts it into its slot.
    #[doc(hidden)]
    fn fill(&mut self, instrumentation: impl Instrumentation);

    /// The name of its backend's type.
    #[doc(hidden)]
    fn backend(&self) -> &'static str;
}

#[diagnostic::do_not_recommend]
impl<C: Connection> Watchable<Waits> for C {
    fn slot(&mut self) -> &mut dyn Instrumentation {
        self.instrumentation()
    }

    fn fill(&mut self, instrumentation: impl Instrumentation) {
        self.set_instrumentation(instrumentation);
    }

    fn backend(&self) -> &'static str {
        type_name::<C::Backend>()
    }
}

#[cfg(feature = "async")]
#[diagnostic::do_not_recommend]
impl<C: diesel_async::AsyncConnection> Watchable<DoesNotWait> for C {
    fn slot(&mut self) -> &mut dyn Instrumentation {
        self.instrumentation()
    }

    fn fill(&mut self, instrumentation: impl Instrumentation) {
        self.set_instrumentation(instrumentation);
    }

    fn backend(&self) -> &'static str {
        type_name::<C::Backend>()
    }
}

/// Watches a connection: from now on its queries are told to the logs and scopes that listen.
///
/// [`QueryLog::attach`](crate::QueryLog::attach), [`Scope::watch`](crate::Scope::watch) and
/// [`assert_num_queries!`](crate::assert_num_queries) do it themselves. It is for connections that are to be heard in
/// scopes which know nothing of them, such as those of a pool: call it where the pool makes them. (Or once, for all:
/// [`watch_new_connections`].)
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::Scope;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// upfront::watch(conn)?;
///
/// let scope = Scope::new("handler");
/// let authors: i64 = scope.run(|| authors::table.count().get_result(conn))?;
/// assert_eq!((authors, scope.report().queries()), (2, 1));
/// # Ok(())
/// # }
/// ```
///
/// With r2d2 that is where a connection is acquired:
///
/// ```
/// # include!("../doctest_setup.rs");
/// use diesel::r2d2::{self, ConnectionManager, CustomizeConnection, Pool};
/// use upfront::Scope;
///
/// #[derive(Debug)]
/// struct Watched;
///
/// impl CustomizeConnection<SqliteConnection, r2d2::Error> for Watched {
///     fn on_acquire(&self, conn: &mut SqliteConnection) -> Result<(), r2d2::Error> {
///         upfront::watch(conn).expect("nothing else instruments it");
///         Ok(())
///     }
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let _ = connection();
/// let pool = Pool::builder()
///     .max_size(1)
///     .connection_customizer(Box::new(Watched))
///     .build(ConnectionManager::<SqliteConnection>::new(":memory:"))?;
///
/// let request = Scope::new("GET /");
/// request.run(|| diesel::sql_query("CREATE TABLE visits (id INTEGER)").execute(&mut pool.get()?).map_err(Box::<dyn std::error::Error>::from))?;
/// assert_eq!(request.report().queries(), 1);
/// # Ok(())
/// # }
/// ```
///
/// and with diesel-async the hook or callback that the pool runs for a new connection: deadpool's `post_create`, or
/// `ManagerConfig::custom_setup` for any pool.
///
/// Diesel has one place in each connection for an instrumentation. A watched connection has upfront's there, and it passes
/// every event on to the program's own: to a new one from Diesel's `set_default_instrumentation`, where the connection got
/// its own from there, and to what [`watch_with`] was given. Diesel's `set_instrumentation` takes it out of its place again, and
/// ends all that listens: use [`watch_with`] instead.
///
/// Where nobody listens, a watched connection costs one comparison for each event.
///
/// # Errors
///
/// [`OwnInstrumentation`], where the program has set an instrumentation on this very connection. Diesel gives it away to
/// nobody, so that it could only be replaced: nothing is changed then.
///
/// # Panics
///
/// On a `SyncConnectionWrapper` of diesel-async, while a query still runs whose future was dropped.
pub fn watch<K>(conn: &mut impl Watchable<K>) -> Result<(), OwnInstrumentation> {
    instruments(conn).map(drop)
}

/// Watches a connection and sets the program's own instrumentation on it, in one: what
/// `conn.set_instrumentation(own)` is without upfront.
///
/// ```
/// # include!("../doctest_setup.rs");
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
/// use diesel::connection::InstrumentationEvent;
/// use upfront::QueryLog;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let events = Arc::new(AtomicUsize::new(0));
/// let counter = Arc::clone(&events);
/// upfront::watch_with(conn, move |_: InstrumentationEvent<'_>| {
///     counter.fetch_add(1, Relaxed);
/// });
///
/// let log = QueryLog::attach(conn)?;
/// authors::table.count().get_result::<i64>(conn)?;
/// assert_eq!(log.len(), 1);
/// // The query was begun, put into the cache of statements, and ended.
/// assert_eq!(events.load(Relaxed), 3);
/// # Ok(())
/// # }
/// ```
///
/// Logs and scopes that listen go on listening.
///
/// # Panics
///
/// As [`watch`].
pub fn watch_with<K>(conn: &mut impl Watchable<K>, own: impl Instrumentation) {
    let own: Box<dyn Instrumentation> = Box::new(own);
    let system = System::of(conn.backend());
    match conn.slot().downcast_mut::<Instruments>() {
        Some(instruments) => instruments.set_own(own),
        None => conn.fill(Instruments::around(Some(own), system)),
    }
}

/// What makes the program's own instrumentation for a new connection.
type MakeOwn = fn() -> Option<Box<dyn Instrumentation>>;

static MAKE_OWN: RwLock<MakeOwn> = RwLock::new(|| None);

/// Watches all connections that are established from now on: what Diesel's `set_default_instrumentation` is, with which it
/// cannot be used together.
///
/// `own` makes the program's own instrumentation for a connection, if there is one.
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::Scope;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// upfront::watch_new_connections(|| None)?;
/// # let _ = connection();
/// let conn = &mut SqliteConnection::establish(":memory:")?;
/// let scope = Scope::new("migration");
/// scope.run(|| diesel::sql_query("CREATE TABLE authors (id INTEGER PRIMARY KEY)").execute(conn))?;
/// assert_eq!(scope.report().queries(), 1);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Those of `set_default_instrumentation`.
pub fn watch_new_connections(own: fn() -> Option<Box<dyn Instrumentation>>) -> QueryResult<()> {
    *MAKE_OWN.write().unwrap_or_else(PoisonError::into_inner) = own;
    set_default_instrumentation(|| {
        let own = *MAKE_OWN.read().unwrap_or_else(PoisonError::into_inner);
        Some(Box::new(Instruments::around(own(), System::UNKNOWN)))
    })
}

/// What is in the slot of a connection, which is watched from now on.
pub(crate) fn instruments<K>(
    conn: &mut impl Watchable<K>,
) -> Result<&mut Instruments, OwnInstrumentation> {
    if !conn.slot().is::<Instruments>() {
        let own = own_of(conn.slot())?;
        let system = System::of(conn.backend());
        conn.fill(Instruments::around(own, system));
    }
    conn.slot().downcast_mut().ok_or(OwnInstrumentation(()))
}

/// The program's own instrumentation, in place of that which is there: none where there is none, and where it is the
/// default one, another of these.
fn own_of(
    there: &dyn Instrumentation,
) -> Result<Option<Box<dyn Instrumentation>>, OwnInstrumentation> {
    let kind = there.as_any().type_id();
    if kind == DynInstrumentation::none().as_any().type_id() {
        return Ok(None);
    }
    match get_default_instrumentation() {
        Some(default) if (*default).as_any().type_id() == kind => Ok(Some(default)),
        _ => Err(OwnInstrumentation(())),
    }
}

/// A connection has an instrumentation that the program set on it, and so it cannot be watched as well.
///
/// ```
/// # include!("../doctest_setup.rs");
/// use diesel::connection::InstrumentationEvent;
/// use upfront::QueryLog;
///
/// # fn main() {
/// # let conn = &mut connection();
/// conn.set_instrumentation(|event: InstrumentationEvent<'_>| println!("{event:?}"));
/// let error = QueryLog::attach(conn).unwrap_err();
/// assert!(error.to_string().contains("upfront::watch_with(conn, yours)"));
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnInstrumentation(());

impl fmt::Display for OwnInstrumentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "this connection has an instrumentation that `conn.set_instrumentation(yours)` set, which nobody can take out \
             of it to pass events on: call `upfront::watch_with(conn, yours)` in its place, and both get every event",
        )
    }
}

impl Error for OwnInstrumentation {}
