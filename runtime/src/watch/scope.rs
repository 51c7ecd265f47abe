//! What runs for one request or one test.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread;

use super::connection::{OwnInstrumentation, Watchable, instruments};
use super::instruments::Listener;
use super::logged::LoggedQuery;
use super::purpose::Listening;
use super::record::{Record, Wanted};
use super::report::{Limits, Report};
use super::statement::Statement;
#[cfg(feature = "tracing")]
use super::trace;

thread_local! {
    /// The scopes around what runs on this thread, from the outermost to the innermost.
    static AROUND: RefCell<Vec<Arc<State>>> = const { RefCell::new(Vec::new()) };
}

/// Calls this for each scope around what runs: once, also where it runs something in itself.
pub(crate) fn each_around(mut call: impl FnMut(&Arc<State>)) {
    // It is an error where the thread ends: around what it drops then there is no scope.
    let _ = AROUND.try_with(|around| {
        let around = around.borrow();
        for (before, scope) in around.iter().enumerate() {
            if !around[..before].iter().any(|other| Arc::ptr_eq(other, scope)) {
                call(scope);
            }
        }
    });
}

/// What runs for one request or one test, on whichever connections: its queries are counted, those that run again and
/// again from one place are found, and there can be a budget.
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::Scope;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let scope = Scope::new("list of books");
/// let watching = scope.watch(conn)?;
/// let books: Vec<(String, i32)> = books::table.select((books::title, books::author_id)).load(conn)?;
/// for (title, author_id) in books {
///     let author: String = authors::table.find(author_id).select(authors::name).first(conn)?;
///     println!("{title} by {author}");
/// }
///
/// let report = scope.threshold(3).report();
/// assert_eq!(report.queries(), 4);
/// assert_eq!(report.n_plus_one()[0].count(), 3);
/// # drop(watching);
/// # Ok(())
/// # }
/// ```
///
/// A scope hears of a query in two ways:
///
/// * **by the connection**: [`watch`](Self::watch) has it hear of all that runs on one connection;
/// * **by what runs**: [`run`](Self::run) and [`run_async`](Self::run_async) have it hear of all that a function or future
///   runs, on any connection that is watched: [`upfront::watch`](crate::watch()) says how a pool has its connections
///   watched. Requests that run at the same time each have their own. What is spawned as another task is not in the
///   scope; give it `scope.run_async(..)` as well.
///
/// A `SyncConnectionWrapper` of diesel-async runs its queries on other threads. Of what runs on it, a scope hears only of
/// the queries of specs, unless it watches the connection.
///
/// Scopes can be in each other: then both hear.
pub struct Scope {
    state: Arc<State>,
    limits: Limits,
    policy: Policy,
    made_at: &'static Location<'static>,
    _listening: Listening,
}

/// What happens at the end of a [`Scope`] in which queries were repeated, or that exceeded its budget.
///
/// ```should_panic
/// # include!("../doctest_setup.rs");
/// use upfront::{Policy, Scope};
///
/// # fn main() {
/// # let conn = &mut connection();
/// let scope = Scope::new("test").budget(0).policy(Policy::Panic);
/// let _watching = scope.watch(conn).unwrap();
/// authors::table.count().get_result::<i64>(conn).unwrap();
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Policy {
    /// Nothing: [`Scope::report`] tells it.
    #[default]
    Collect,
    /// A panic with the report: for tests.
    Panic,
    /// A warning through `tracing` for each query that was repeated, and one for the budget: for production. See
    /// [`trace_queries`](crate::trace_queries#scopes).
    #[cfg(feature = "tracing")]
    Warn,
}

/// Many more than a request should run. What runs after them is counted and not kept.
const KEPT: usize = 10_000;

pub(crate) struct State {
    name: String,
    heard: Mutex<Vec<Arc<Record>>>,
    not_kept: AtomicUsize,
}

impl State {
    fn heard(&self) -> MutexGuard<'_, Vec<Arc<Record>>> {
        // Nothing that is done with it can panic half-way.
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener for State {
    fn wanted(&self) -> Wanted {
        Wanted { binds: false, stack: true }
    }

    fn hear(&self, query: &Arc<Record>) {
        let mut heard = self.heard();
        if heard.len() < KEPT {
            heard.push(Arc::clone(query));
        } else if Statement::of(&query.sql).is_counted() {
            self.not_kept.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn id(&self) -> *const () {
        ptr::from_ref(self).cast()
    }
}

/// A scope hears of the queries of a connection, until this is dropped: [`Scope::watch`].
///
/// What goes back to its pool is then no longer heard:
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::Scope;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let scope = Scope::new("request");
/// let watching = scope.watch(conn)?;
/// authors::table.count().get_result::<i64>(conn)?;
/// drop(watching);
/// books::table.count().get_result::<i64>(conn)?;
/// assert_eq!(scope.report().queries(), 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "the scope hears of the connection until this is dropped: `let _watching = scope.watch(conn)?;`"]
pub struct Watching {
    bound: Arc<Bound>,
}

impl fmt::Debug for Watching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bound(state) = &*self.bound;
        f.debug_struct("Watching").field("scope", &state.name).finish()
    }
}

struct Bound(Arc<State>);

impl Listener for Bound {
    fn wanted(&self) -> Wanted {
        self.0.wanted()
    }

    fn hear(&self, query: &Arc<Record>) {
        self.0.hear(query);
    }

    fn id(&self) -> *const () {
        self.0.id()
    }
}

impl Scope {
    /// A scope with a name, by which reports call it.
    #[track_caller]
    pub fn new(name: impl Into<String>) -> Self {
        let (heard, not_kept) = (Mutex::default(), AtomicUsize::new(0));
        Self {
            state: Arc::new(State { name: name.into(), heard, not_kept }),
            limits: Limits::default(),
            policy: Policy::default(),
            made_at: Location::caller(),
            _listening: Listening::start(),
        }
    }

    /// How often a query runs from one place until it is taken for one of N+1: 5 times if nothing is said, and 2 at the least.
    ///
    /// Of the same query are those that differ in nothing but values, the lengths of lists, and comments. One place is one line
    /// of the program with the line that calls its function: a repository's method that a loop calls is one, and several
    /// handlers that each call it once are several. Of a spec it is the line alone where its query is written. The chunks of
    /// [`load_chunks`](crate::Load::load_chunks) are not counted, and neither are statements that begin and end transactions.
    pub fn threshold(mut self, times: usize) -> Self {
        self.limits.threshold = times.max(2);
        self
    }

    /// Lets the queries be repeated for which this is true. They are counted all the same.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// use upfront::Scope;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let conn = &mut connection();
    /// let scope = Scope::new("polls").allow(|query| query.sql().contains("`publishers`"));
    /// let _watching = scope.watch(conn)?;
    /// for _ in 0..10 {
    ///     publishers::table.count().get_result::<i64>(conn)?;
    /// }
    /// assert!(!scope.report().has_findings());
    /// # Ok(())
    /// # }
    /// ```
    pub fn allow(mut self, allowed: impl Fn(&LoggedQuery) -> bool + Send + Sync + 'static) -> Self {
        self.limits.allowed.push(Box::new(allowed));
        self
    }

    /// How many queries are to run at the most: what [`Report::exceeded`] and the [policy](Self::policy) go by.
    pub fn budget(mut self, queries: usize) -> Self {
        self.limits.budget = Some(queries);
        self
    }

    /// What happens at the end, when the scope is dropped.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Has the scope hear of all queries of a connection, as long as the guard lives that is returned.
    ///
    /// # Errors and panics
    ///
    /// As [`upfront::watch`](crate::watch()).
    pub fn watch<K>(&self, conn: &mut impl Watchable<K>) -> Result<Watching, OwnInstrumentation> {
        let bound = Arc::new(Bound(Arc::clone(&self.state)));
        let listener = Arc::downgrade(&bound);
        instruments(conn)?.bind(listener);
        Ok(Watching { bound })
    }

    /// Runs a function in the scope: it hears of all queries on watched connections.
    pub fn run<T>(&self, run: impl FnOnce() -> T) -> T {
        let _entered = Entered::enter(&self.state);
        run()
    }

    /// The same future, which runs in the scope.
    pub fn run_async<F: Future>(&self, future: F) -> InScope<F> {
        InScope { scope: Arc::clone(&self.state), future: Box::pin(future) }
    }

    /// What ran so far.
    ///
    /// Of more than 10,000 queries those after them are counted, and no more is known of them.
    pub fn report(&self) -> Report {
        let State { name, not_kept, .. } = &*self.state;
        let queries = self
            .state
            .heard()
            .iter()
            .map(|record| LoggedQuery::of(record, self.state.wanted()))
            .collect();
        Report::new(name.clone(), queries, not_kept.load(Ordering::Relaxed), &self.limits)
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope")
            .field("name", &self.state.name)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        match self.policy {
            Policy::Collect => {}
            #[cfg(feature = "tracing")]
            Policy::Warn => trace::warn(|| self.report()),
            // A panic within a panic would end the process, and the first one tells more.
            Policy::Panic if thread::panicking() => {}
            Policy::Panic => {
                let report = self.report();
                if report.has_findings() {
                    panic!("{}: {report}", self.made_at);
                }
            }
        }
    }
}

/// A future that runs in a scope: [`Scope::run_async`].
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::Scope;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// upfront::watch(conn)?;
/// let scope = Scope::new("request");
/// let handler = async { authors::table.count().get_result::<i64>(conn) };
/// assert_eq!(scope.run_async(handler).await?, 2);
/// assert_eq!(scope.report().queries(), 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a future does nothing unless it is awaited"]
pub struct InScope<F> {
    scope: Arc<State>,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for InScope<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let Self { scope, future } = &mut *self;
        let _entered = Entered::enter(scope);
        future.as_mut().poll(context)
    }
}

/// A scope that is around what runs on this thread.
struct Entered;

impl Entered {
    fn enter(scope: &Arc<State>) -> Self {
        AROUND.with_borrow_mut(|around| around.push(Arc::clone(scope)));
        Self
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        AROUND.with_borrow_mut(Vec::pop);
    }
}
