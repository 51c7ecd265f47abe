//! What a subscriber sees.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing::{Dispatch, Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};
use upfront::TraceOptions;

/// The fields of a span or an event, each as it is printed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(BTreeMap<&'static str, String>);

impl Fields {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| &**value)
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

#[derive(Debug, Clone)]
pub(crate) struct SeenSpan {
    id: Id,
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) level: Level,
    pub(crate) fields: Fields,
    /// The name of the span that it is in.
    pub(crate) parent: Option<&'static str>,
    pub(crate) is_closed: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct SeenEvent {
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) level: Level,
    pub(crate) fields: Fields,
    /// The place of its span among those seen.
    pub(crate) span: Option<usize>,
    /// How many spans were closed before.
    pub(crate) closed_before: usize,
}

impl SeenEvent {
    pub(crate) fn sql(&self) -> &str {
        self.fields.get("db.query.text").expect("queries have a text")
    }

    /// Whether it only begins or ends a transaction.
    pub(crate) fn is_of_transaction(&self) -> bool {
        ["BEGIN", "COMMIT", "ROLLBACK"].iter().any(|word| self.sql().starts_with(word))
    }
}

#[derive(Debug, Default)]
struct All {
    spans: Vec<SeenSpan>,
    events: Vec<SeenEvent>,
}

impl All {
    fn of(&mut self, id: &Id) -> usize {
        let at = self.spans.iter().rposition(|span| span.id == *id);
        at.expect("a span is seen before what is in it")
    }
}

/// Sees what is told on this thread, until it is dropped.
pub(crate) struct Seen {
    all: Arc<Mutex<All>>,
    _default: DefaultGuard,
    /// What queries are told is the same in the whole process.
    _alone: MutexGuard<'static, ()>,
}

static ALONE: Mutex<()> = Mutex::new(());

/// One more subscriber, of no thread. Where there is only one, `tracing` asks the thread that comes to an event first, and
/// keeps its answer for all of them: that can be one that runs queries, whose subscriber is none.
static OTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::new()));

impl Seen {
    /// Sees all, told with these options.
    pub(crate) fn all(options: TraceOptions) -> Self {
        Self::up_to(LevelFilter::TRACE, options)
    }

    /// Sees what is as important as this, told with these options.
    pub(crate) fn up_to(level: LevelFilter, options: TraceOptions) -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        LazyLock::force(&OTHER);
        upfront::trace_queries(options);
        let all = Arc::<Mutex<All>>::default();
        let layer = Collect(Arc::clone(&all)).with_filter(level);
        let default = tracing::subscriber::set_default(Registry::default().with(layer));
        Self { all, _default: default, _alone: alone }
    }

    fn seen(&self) -> MutexGuard<'_, All> {
        self.all.lock().expect("no test panics while it collects")
    }

    /// The spans of loads, in the order in which they began.
    pub(crate) fn loads(&self) -> Vec<SeenSpan> {
        let mut loads = self.spans();
        loads.retain(|span| span.name == "upfront.load");
        loads
    }

    pub(crate) fn spans(&self) -> Vec<SeenSpan> {
        self.seen().spans.clone()
    }

    pub(crate) fn events(&self) -> Vec<SeenEvent> {
        self.seen().events.clone()
    }

    pub(crate) fn warnings(&self) -> Vec<SeenEvent> {
        let mut events = self.events();
        events.retain(|event| event.level == Level::WARN);
        events
    }

    /// The events of queries, with those of transactions.
    pub(crate) fn queries(&self) -> Vec<SeenEvent> {
        let mut events = self.events();
        events.retain(|event| event.name == "upfront.query");
        events
    }

    /// The events of queries, without those of transactions.
    pub(crate) fn counted(&self) -> Vec<SeenEvent> {
        let mut queries = self.queries();
        queries.retain(|query| !query.is_of_transaction());
        queries
    }

    /// The span that an event is in.
    #[track_caller]
    pub(crate) fn around(&self, event: &SeenEvent) -> SeenSpan {
        self.seen().spans[event.span.expect("the event is in a span")].clone()
    }
}

/// Collects what it sees.
struct Collect(Arc<Mutex<All>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collect {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let metadata = attributes.metadata();
        let parent = context.span(id).and_then(|span| span.parent()).map(|parent| parent.name());
        let span = SeenSpan {
            id: id.clone(),
            name: metadata.name(),
            target: metadata.target(),
            level: *metadata.level(),
            fields,
            parent,
            is_closed: false,
        };
        self.0.lock().expect("nothing panics here").spans.push(span);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut all = self.0.lock().expect("nothing panics here");
        let at = all.of(id);
        values.record(&mut all.spans[at].fields);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let metadata = event.metadata();
        let span = context.event_span(event).map(|span| span.id());
        let mut all = self.0.lock().expect("nothing panics here");
        let span = span.map(|id| all.of(&id));
        let closed_before = all.spans.iter().filter(|span| span.is_closed).count();
        all.events.push(SeenEvent {
            name: metadata.name(),
            target: metadata.target(),
            level: *metadata.level(),
            fields,
            span,
            closed_before,
        });
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        let mut all = self.0.lock().expect("nothing panics here");
        let at = all.of(&id);
        all.spans[at].is_closed = true;
    }
}
