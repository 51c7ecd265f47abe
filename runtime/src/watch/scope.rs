//! What runs for one request or one test.

use std::cell::RefCell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use super::connection::{OwnInstrumentation, Watchable, instruments};
use super::instruments::Listener;
use super::logged::LoggedQuery;
use super::purpose::Listening;
use super::record::{Record, Wanted};

thread_local! {
    /// The scopes around what runs on this thread, from the outermost to the innermost.
    static AROUND: RefCell<Vec<Arc<State>>> = const { RefCell::new(Vec::new()) };
}

/// Calls this for each scope around what runs.
pub(crate) fn each_around(mut call: impl FnMut(&Arc<State>)) {
    AROUND.with_borrow(|around| around.iter().for_each(&mut call));
}

/// What runs for one request or one test, on whichever connections.
#[derive(Debug)]
pub struct Scope {
    state: Arc<State>,
    _listening: Listening,
}

#[derive(Debug)]
pub(crate) struct State {
    name: String,
    heard: Mutex<Vec<Arc<Record>>>,
}

impl State {
    fn heard(&self) -> MutexGuard<'_, Vec<Arc<Record>>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener for State {
    fn wanted(&self) -> Wanted {
        Wanted { binds: false, stack: true }
    }

    fn hear(&self, query: &Arc<Record>) {
        self.heard().push(Arc::clone(query));
    }
}

impl Scope {
    /// A scope with a name, by which reports call it.
    pub fn new(name: impl Into<String>) -> Self {
        let state = Arc::new(State { name: name.into(), heard: Mutex::default() });
        Self { state, _listening: Listening::start() }
    }

    /// Has the scope hear of all queries of a connection, as long as the scope lives.
    pub fn watch<K>(&self, conn: &mut impl Watchable<K>) -> Result<(), OwnInstrumentation> {
        let state = Arc::downgrade(&self.state);
        instruments(conn)?.bind(state);
        Ok(())
    }

    /// Runs a function in the scope: it hears of all queries on watched connections.
    pub fn run<T>(&self, run: impl FnOnce() -> T) -> T {
        let _entered = Entered::enter(&self.state);
        run()
    }

    /// The future, run in the scope.
    pub fn run_async<F: Future>(&self, future: F) -> InScope<F> {
        InScope { scope: Arc::clone(&self.state), future: Box::pin(future) }
    }

    /// What ran so far.
    pub fn report(&self) -> Report {
        Report {
            scope: self.state.name.clone(),
            queries: self.state.heard().iter().map(LoggedQuery::of).collect(),
        }
    }
}

/// A future that runs in a scope.
pub struct InScope<F> {
    scope: Arc<State>,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for InScope<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _entered = Entered::enter(&self.scope);
        pin!(&mut self.future).poll(context)
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

/// What ran in a scope.
#[derive(Debug, Clone)]
pub struct Report {
    scope: String,
    queries: Vec<LoggedQuery>,
}

impl Report {
    /// The name of the scope.
    pub fn scope(&self) -> &str {
        &self.scope
    }

    /// How many queries ran, without the statements that begin and end transactions.
    pub fn queries(&self) -> usize {
        self.queries.len()
    }
}
