//! What stands in the slot that a connection of Diesel's has for an instrumentation.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::result::Error;

use super::purpose::{self, Announced};
use super::record::{Record, Statements, Wanted, is_text_of};
use super::scope;
use super::trace::{self, System};

/// What hears of the queries of a connection.
pub(crate) trait Listener: Send + Sync {
    /// What it wants to know of them.
    fn wanted(&self) -> Wanted;

    /// A query begins. How it ends is told to the record.
    fn hear(&self, query: &Arc<Record>);

    /// For whom it listens: nobody is told of a query twice.
    fn id(&self) -> *const ();
}

/// How many queries of one connection can be on their way: those that are sent together, and those whose futures were
/// dropped, which never end.
const ON_THEIR_WAY: usize = 64;

/// Passes events on to the user's own instrumentation, and to those who listen.
#[derive(Default)]
pub(crate) struct Instruments {
    own: Option<Box<dyn Instrumentation>>,
    /// Those who listen to this connection, as long as they live.
    bound: Vec<Weak<dyn Listener>>,
    /// What was said on another thread of the next query.
    next: Option<Elsewhere>,
    running: VecDeque<Running>,
    statements: Statements,
    /// Which database the connection is to.
    system: System,
}

/// A query that has not ended.
struct Running {
    record: Arc<Record>,
    is_traced: bool,
}

impl Instruments {
    pub(crate) fn around(own: Option<Box<dyn Instrumentation>>, system: System) -> Self {
        Self { own, system, ..Self::default() }
    }

    /// Sets the user's own instrumentation.
    pub(crate) fn set_own(&mut self, own: Box<dyn Instrumentation>) {
        self.own = Some(own);
    }

    /// Has a listener hear of the queries of this connection, as long as it lives.
    pub(crate) fn bind(&mut self, listener: Weak<dyn Listener>) {
        self.bound.retain(|bound| bound.strong_count() > 0 && !bound.ptr_eq(&listener));
        self.bound.push(listener);
    }

    /// Calls this for each who listens: once, also for one who listens in two ways.
    fn each_listener(&self, around: &[Arc<scope::State>], mut call: impl FnMut(&dyn Listener)) {
        let bound = |count: usize| self.bound[..count].iter().filter_map(Weak::upgrade);
        let is_new = |listener: &dyn Listener, before: usize| {
            bound(before).all(|other| other.id() != listener.id())
        };
        for (before, listener) in self.bound.iter().enumerate() {
            if let Some(listener) = listener.upgrade().filter(|one| is_new(&**one, before)) {
                call(&*listener);
            }
        }
        let mut call_scope = |scope: &Arc<scope::State>| {
            if is_new(&**scope, self.bound.len()) {
                call(&**scope);
            }
        };
        scope::each_around(&mut call_scope);
        around.iter().for_each(call_scope);
    }

    fn start(&mut self, query: &dyn diesel::connection::DebugQuery) {
        let (announced, around) = match self.next.take().filter(Elsewhere::is_about_to_run) {
            Some(Elsewhere { announced, around }) => (Some(announced), around),
            None => (purpose::take_next(), Vec::new()),
        };
        let mut wanted = trace::wanted_of(announced.as_deref());
        let is_traced = wanted.is_some();
        self.each_listener(&around, |listener| {
            wanted = Some(wanted.unwrap_or_default().and(listener.wanted()));
        });
        let Some(wanted) = wanted else {
            return;
        };
        let record = Arc::new(Record::begin(query, wanted, announced, &mut self.statements));
        self.each_listener(&around, |listener| listener.hear(&record));
        self.running.retain(|running| !running.record.is_dropped());
        if self.running.len() == ON_THEIR_WAY {
            self.running.pop_front();
        }
        self.running.push_back(Running { record, is_traced });
    }

    fn finish(&mut self, query: &dyn diesel::connection::DebugQuery, error: Option<&Error>) {
        let ended = match self.running.len() {
            0 => return,
            1 => 0,
            // Those of the same text are told apart no further. The last one is not one that was dropped long ago.
            _ => match self
                .running
                .iter()
                .rposition(|running| is_text_of(&running.record.sql, query))
            {
                Some(ended) => ended,
                None => return,
            },
        };
        if let Some(Running { record, is_traced }) = self.running.remove(ended) {
            record.end(error);
            if is_traced {
                trace::query_ended(&record, self.system, error);
            }
        }
    }
}

/// A query that another thread sends than the one that loads.
pub(crate) struct Elsewhere {
    announced: Arc<Announced>,
    /// The scopes around the load.
    around: Vec<Arc<scope::State>>,
}

impl Elsewhere {
    /// The query that this thread is about to have sent.
    #[cfg(all(feature = "async", feature = "sqlite"))]
    pub(crate) fn to_send(announced: &Arc<Announced>) -> Self {
        let mut around = Vec::new();
        scope::each_around(|scope| around.push(Arc::clone(scope)));
        Self { announced: Arc::clone(announced), around }
    }

    /// Says so on the connection that is to send it, if it is watched.
    #[cfg(all(feature = "async", feature = "sqlite"))]
    pub(crate) fn say(self, conn: &mut impl diesel::Connection) {
        if let Some(instruments) = conn.instrumentation().downcast_mut::<Instruments>() {
            instruments.next = Some(self);
        }
    }

    /// Where the future was dropped that was to send it, nobody else knows of it any more.
    fn is_about_to_run(&self) -> bool {
        Arc::strong_count(&self.announced) > 1
    }
}

impl Instrumentation for Instruments {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        // Their time is not part of the query's: they come before it begins and after it has ended.
        match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                self.pass_on(event);
                if purpose::is_heard() || self.next.is_some() {
                    self.start(query);
                }
            }
            InstrumentationEvent::FinishQuery { query, error, .. } => {
                self.finish(query, error);
                self.pass_on(event);
            }
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                self.system = System::at(url);
                self.pass_on(event);
            }
            _ => self.pass_on(event),
        }
    }
}

impl Instruments {
    fn pass_on(&mut self, event: InstrumentationEvent<'_>) {
        if let Some(own) = &mut self.own {
            own.on_connection_event(event);
        }
    }
}

#[cfg(all(test, feature = "tracing"))]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_is_established_tells_where_it_is_to() {
        let mut instruments = Instruments::around(None, System::UNKNOWN);
        for url in ["mysql://localhost/shop", "postgres://localhost/shop"] {
            instruments.on_connection_event(InstrumentationEvent::start_establish_connection(url));
            assert_eq!(instruments.system, System::at(url));
            assert_ne!(instruments.system, System::UNKNOWN);
        }
    }
}
