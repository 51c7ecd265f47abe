//! Why a query of ours runs: what the kernel tells to whoever watches the connection.
//!
//! Diesel's instrumentation is given a query and no word of what it is for. So a load says it beforehand, on the thread
//! that sends the query, and only where somebody listens.

use std::any::TypeId;
use std::cell::RefCell;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use diesel::QueryResult;
use diesel::query_builder::QueryId;

use super::trace::{self, Told};

/// Where in the user's code a load was written.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    pub(crate) site: &'static Location<'static>,
    /// Whether the load sends its queries again and again by itself.
    pub(crate) in_chunks: bool,
}

impl Caller {
    /// The place from where this is called.
    #[track_caller]
    pub(crate) fn here() -> Self {
        Self { site: Location::caller(), in_chunks: false }
    }
}

/// Why a query runs.
// Traits of the feature `async` name it.
#[cfg_attr(not(feature = "async"), allow(unreachable_pub))]
#[derive(Debug, Clone, Copy)]
pub struct Purpose {
    /// The spec that is loaded, or that has the field.
    pub(crate) spec: &'static str,
    /// The field whose rows are prefetched.
    pub(crate) field: Option<&'static str>,
    /// The relation whose rows are loaded.
    pub(crate) relation: Option<&'static str>,
    pub(crate) caller: Caller,
}

/// A query that was said to run, and how many rows came.
#[cfg_attr(not(feature = "async"), allow(unreachable_pub))]
#[derive(Debug)]
pub struct Announced {
    pub(crate) purpose: Purpose,
    /// What stands for its SQL, where that is the same each time.
    pub(crate) statement: Option<TypeId>,
    /// What is told of it.
    pub(crate) told: Told,
    rows: AtomicU64,
}

/// The number of rows of a query that has not been answered.
const UNKNOWN: u64 = u64::MAX;

impl Announced {
    /// How many rows came so far; `None` before the query was answered.
    pub(crate) fn rows(&self) -> Option<u64> {
        Some(self.rows.load(Ordering::Relaxed)).filter(|rows| *rows != UNKNOWN)
    }

    /// The query was answered: rows are to come.
    fn answered(&self) {
        self.rows.store(0, Ordering::Relaxed);
    }

    /// Counts a row.
    pub(crate) fn count(&self) {
        self.rows.fetch_add(1, Ordering::Relaxed);
    }
}

/// How many listen to queries, in the whole process.
static LISTENERS: AtomicUsize = AtomicUsize::new(0);

/// Whether anybody listens. Where nobody does, this is all that a query costs.
#[inline]
pub(crate) fn is_heard() -> bool {
    LISTENERS.load(Ordering::Relaxed) > 0 || trace::is_wanted()
}

/// Listens as long as it lives.
#[derive(Debug)]
pub(crate) struct Listening(());

impl Listening {
    pub(crate) fn start() -> Self {
        LISTENERS.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        LISTENERS.fetch_sub(1, Ordering::Relaxed);
    }
}

thread_local! {
    /// The query that this thread is about to send.
    static NEXT: RefCell<Option<Arc<Announced>>> = const { RefCell::new(None) };
}

/// What was said of the query that begins on this thread. Nothing of one that a thread runs while it ends, from the `Drop` of
/// what it keeps for itself.
pub(crate) fn take_next() -> Option<Arc<Announced>> {
    NEXT.try_with(RefCell::take).ok().flatten()
}

impl Purpose {
    /// The query `Q`, where somebody listens.
    #[inline]
    pub(crate) fn announce<Q: QueryId>(self) -> Announcement {
        Announcement(is_heard().then(|| {
            Arc::new(Announced {
                purpose: self,
                statement: Q::query_id(),
                told: Told::here(),
                rows: AtomicU64::new(UNKNOWN),
            })
        }))
    }
}

/// A query that somebody may hear of, as long as its rows are read.
#[derive(Debug)]
pub(crate) struct Announcement(Option<Arc<Announced>>);

impl Announcement {
    /// For a query of which nothing is told.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Sends the query, or goes on with sending it.
    pub(crate) fn during<T>(&self, send: impl FnOnce() -> T) -> T {
        during(self.0.as_ref(), send)
    }

    /// The query was answered.
    pub(crate) fn answered(&self) {
        if let Some(announced) = &self.0 {
            announced.answered();
        }
    }

    /// Counts a row of the answer.
    #[inline]
    pub(crate) fn count(&self) {
        if let Some(announced) = &self.0 {
            announced.count();
        }
    }

    /// The rows of the answer, counted.
    pub(crate) fn counted<T>(
        &self,
        rows: impl Iterator<Item = QueryResult<T>>,
    ) -> impl Iterator<Item = QueryResult<T>> {
        self.answered();
        rows.inspect(|row| {
            if row.is_ok() {
                self.count();
            }
        })
    }

    /// The query, if somebody listens.
    #[cfg(feature = "async")]
    pub(crate) fn announced(&self) -> Option<&Arc<Announced>> {
        self.0.as_ref()
    }
}

impl Drop for Announcement {
    fn drop(&mut self) {
        if let Some(announced) = &self.0 {
            announced.told.rows_ended();
        }
    }
}

/// Sends the query of which this was said, or goes on with sending it.
pub(crate) fn during<T>(announced: Option<&Arc<Announced>>, send: impl FnOnce() -> T) -> T {
    let _said = announced.map(Said::say);
    send()
}

/// What was said holds for one query, and not for one that comes later.
struct Said;

impl Said {
    fn say(announced: &Arc<Announced>) -> Self {
        let announced = Some(Arc::clone(announced));
        // It is an error where the thread ends: then nothing is said.
        let _ = NEXT.try_with(|next| next.replace(announced));
        Self
    }
}

impl Drop for Said {
    fn drop(&mut self) {
        drop(take_next());
    }
}
