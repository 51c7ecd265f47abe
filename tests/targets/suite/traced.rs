//! What is told of queries through `tracing`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};

use targets::Database;
use targets::models::library::*;
use tracing::field::{Field, Visit};
use tracing::subscriber::{DefaultGuard, NoSubscriber, set_default};
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};
use upfront::TraceOptions;

use super::library::{TagName, Title, library};
use super::prelude::*;

tests![
    each_query_is_told_with_its_rows_in_the_span_of_its_load,
    prefetches_of_one_level_are_told_in_the_span_of_their_load,
    a_query_that_fails_is_told_with_its_error,
];

#[derive(LoadSpec, Debug)]
#[load(Author, max_queries = 2)]
struct Shelf {
    #[load(prefetch)]
    books: Vec<Title>,
}

#[derive(LoadSpec, Debug)]
#[load(Book, max_queries = 3)]
struct Tagged {
    #[load(prefetch)]
    tags: Vec<TagName>,
    #[load(prefetch = book::tags, order_by = tags::name, limit = 1)]
    first: Vec<TagName>,
}

/// The queries that are told on this thread, each by its fields and the span around it.
struct Told {
    queries: Arc<Mutex<Vec<Query>>>,
    _default: DefaultGuard,
}

/// The fields of an event, with the name of the span around it as `span`.
#[derive(Debug, Clone, Default)]
struct Query(BTreeMap<&'static str, String>);

/// One more subscriber, of no thread. Where there is only one, `tracing` asks the thread that comes to an event first, and
/// keeps its answer for all of them: that can be one that runs queries, whose subscriber is none.
static OTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::new()));

impl Told {
    fn here() -> Self {
        LazyLock::force(&OTHER);
        upfront::trace_queries(TraceOptions::new());
        let queries = Arc::default();
        let default = set_default(Registry::default().with(Collect(Arc::clone(&queries))));
        Self { queries, _default: default }
    }

    /// The queries of specs.
    fn queries(&self) -> Vec<Query> {
        let mut queries = self.queries.lock().expect("no test panics while it collects").clone();
        queries.retain(|query| query.get("upfront.spec").is_some());
        queries
    }
}

impl Query {
    fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(|value| &**value)
    }
}

impl Visit for Query {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

struct Collect(Arc<Mutex<Vec<Query>>>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collect {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "upfront::query" {
            return;
        }
        let mut query = Query::default();
        event.record(&mut query);
        if let Some(span) = context.event_span(event) {
            query.0.insert("span", span.name().to_owned());
        }
        self.0.lock().expect("nothing panics here").push(query);
    }
}

fn system() -> &'static str {
    match DATABASE {
        Database::Sqlite => "sqlite",
        Database::Postgres => "postgresql",
        Database::Mariadb => "mysql",
    }
}

async fn each_query_is_told_with_its_rows_in_the_span_of_its_load() {
    let told = Told::here();
    let conn = &mut library().await;
    upfront::watch(conn).unwrap();
    let shelves = Shelf::query().load(conn).await.unwrap();
    let number = shelves.iter().map(|shelf| shelf.books.len()).sum::<usize>();

    let [authors, books] = &told.queries()[..] else { panic!("{:?}", told.queries()) };
    for query in [authors, books] {
        assert_eq!(query.get("span"), Some("upfront.load"));
        assert_eq!(query.get("db.system.name"), Some(system()));
        assert_eq!(query.get("message"), Some("query"));
    }
    let rows = |query: &Query| query.get("db.response.returned_rows").map(str::to_owned);
    assert_eq!(rows(authors), Some(shelves.len().to_string()));
    assert_eq!(rows(books), Some(number.to_string()));
}

async fn prefetches_of_one_level_are_told_in_the_span_of_their_load() {
    let told = Told::here();
    let conn = &mut library().await;
    upfront::watch(conn).unwrap();
    let books = Tagged::query().load(conn).await.unwrap();
    let number = |of: fn(&Tagged) -> usize| books.iter().map(of).sum::<usize>().to_string();

    let queries = told.queries();
    let said = queries.iter().map(|query| {
        assert_eq!(query.get("span"), Some("upfront.load"));
        (query.get("upfront.field"), query.get("db.response.returned_rows"))
    });
    let (all, tags, first) =
        (books.len().to_string(), number(|book| book.tags.len()), number(|book| book.first.len()));
    assert_eq!(
        sorted(said),
        [(None, Some(&*all)), (Some("first"), Some(&*first)), (Some("tags"), Some(&*tags))]
    );
}

async fn a_query_that_fails_is_told_with_its_error() {
    let told = Told::here();
    let conn = &mut library().await;
    upfront::watch(conn).unwrap();
    run("DROP TABLE books", conn).await.unwrap();
    Shelf::query().load(conn).await.unwrap_err();

    let queries = told.queries();
    let Some(failed) = queries.last() else { panic!("nothing is told") };
    assert_eq!(
        (failed.get("message"), failed.get("span")),
        (Some("query failed"), Some("upfront.load"))
    );
    assert_eq!(failed.get("upfront.field"), Some("books"));
    assert!(failed.get("error.type").is_some());
    assert!(failed.get("exception.message").is_some_and(|text| text.contains("books")));
}
