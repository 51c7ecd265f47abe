//! What ran in a scope, and what was too much of it.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use super::advice::{list, repeated};
use super::fingerprint::Fingerprint;
use super::group::Ran;
use super::logged::LoggedQuery;
use super::site::CallSite;
use super::table::{number_of_queries, took};

/// What is too much in a scope.
pub(crate) struct Limits {
    pub(crate) threshold: usize,
    pub(crate) allowed: Vec<Box<dyn Fn(&LoggedQuery) -> bool + Send + Sync>>,
    pub(crate) budget: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { threshold: 5, allowed: Vec::new(), budget: None }
    }
}

impl Limits {
    fn allow(&self, query: &LoggedQuery) -> bool {
        query.is_in_chunks() || self.allowed.iter().any(|allowed| allowed(query))
    }
}

/// What ran in a scope: [`Scope::report`](crate::Scope::report).
///
/// Its `Display` is for people: how many queries ran and how long they took, whether the budget is exceeded, and of those
/// that were repeated where, how often, for how long, and what would replace them.
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::Scope;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let scope = Scope::new("both authors").budget(1);
/// let _watching = scope.watch(conn)?;
/// for id in [1, 2] {
///     authors::table.find(id).select(authors::name).first::<String>(conn)?;
/// }
///
/// let report = scope.report();
/// assert_eq!((report.queries(), report.exceeded()), (2, Some(1)));
/// assert!(report.n_plus_one().is_empty(), "twice is not often");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Report {
    scope: String,
    queries: Vec<LoggedQuery>,
    /// Those that were counted and not kept.
    more: usize,
    budget: Option<usize>,
    n_plus_one: Vec<NPlusOne>,
}

impl Report {
    pub(crate) fn new(
        scope: String,
        mut queries: Vec<LoggedQuery>,
        more: usize,
        limits: &Limits,
    ) -> Self {
        queries.retain(LoggedQuery::is_counted);
        let n_plus_one = find(&queries, limits);
        Self { scope, queries, more, budget: limits.budget, n_plus_one }
    }

    /// The name of the scope.
    pub fn scope(&self) -> &str {
        &self.scope
    }

    /// How many queries ran that are [counted](LoggedQuery::is_counted).
    pub fn queries(&self) -> usize {
        self.queries.len() + self.more
    }

    /// How long they took in all.
    pub fn duration(&self) -> Duration {
        self.queries.iter().filter_map(LoggedQuery::duration).sum()
    }

    /// The budget, where more ran than it allows.
    pub fn exceeded(&self) -> Option<usize> {
        self.budget.filter(|budget| self.queries() > *budget)
    }

    /// The queries that ran again and again from one place.
    pub fn n_plus_one(&self) -> &[NPlusOne] {
        &self.n_plus_one
    }

    /// Whether queries were repeated, or the budget is exceeded.
    pub fn has_findings(&self) -> bool {
        self.exceeded().is_some() || !self.n_plus_one.is_empty()
    }
}

/// A query that ran again and again from one place, with nothing but other values: [`Report::n_plus_one`].
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::Scope;
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct AuthorName { name: String }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let scope = Scope::new("names").threshold(2);
/// let _watching = scope.watch(conn)?;
/// for id in [1, 2] {
///     AuthorName::query().find(id).first(conn)?;
/// }
///
/// let report = scope.report();
/// let names = &report.n_plus_one()[0];
/// assert_eq!((names.count(), names.query().spec()), (2, Some("AuthorName")));
/// assert!(names.to_string().contains("help: `AuthorName::query()` in a loop"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct NPlusOne {
    query: LoggedQuery,
    call_site: Option<CallSite>,
    count: usize,
    duration: Duration,
}

impl NPlusOne {
    fn of(query: &LoggedQuery, call_site: Option<CallSite>) -> Self {
        Self { query: query.clone(), call_site, count: 0, duration: Duration::ZERO }
    }

    /// The first of the queries.
    pub fn query(&self) -> &LoggedQuery {
        &self.query
    }

    /// Where they ran.
    pub fn call_site(&self) -> Option<&CallSite> {
        self.call_site.as_ref()
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How long they took in all.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    fn add(&mut self, query: &LoggedQuery) {
        self.count += 1;
        self.duration += query.duration().unwrap_or_default();
    }
}

/// The queries that ran too often from one place, in the order in which they first ran.
fn find(queries: &[LoggedQuery], limits: &Limits) -> Vec<NPlusOne> {
    let mut shapes: HashMap<Fingerprint, Vec<&LoggedQuery>> = HashMap::new();
    let mut order = Vec::new();
    for query in queries {
        let same = shapes.entry(Fingerprint::of(query.sql())).or_insert_with_key(|shape| {
            order.push(*shape);
            Vec::new()
        });
        same.push(query);
    }
    let often = order.iter().map(|shape| &shapes[shape]);
    // Where a query ran is looked up only of those that ran often.
    let often = often.filter(|same| same.len() >= limits.threshold);
    let places = often.flat_map(|same| by_place(same, limits));
    let found: Vec<_> = places.filter(|place| place.count >= limits.threshold).collect();
    without_prefetches(found)
}

/// The same queries, by the place where they ran.
fn by_place(same: &[&LoggedQuery], limits: &Limits) -> Vec<NPlusOne> {
    let mut places: Vec<NPlusOne> = Vec::new();
    for query in same.iter().filter(|query| !limits.allow(query)) {
        let site = query.call_site();
        let is_same = |place: &NPlusOne| {
            place.call_site == site
                && (place.query.spec(), place.query.field()) == (query.spec(), query.field())
        };
        let at = places.iter().position(is_same).unwrap_or_else(|| {
            places.push(NPlusOne::of(query, site));
            places.len() - 1
        });
        places[at].add(query);
    }
    places
}

/// Leaves out the prefetches of a load that is reported itself.
fn without_prefetches(found: Vec<NPlusOne>) -> Vec<NPlusOne> {
    let is_told = |place: &NPlusOne| {
        place.query.field().is_some()
            && found.iter().any(|other| {
                other.query.spec().is_some()
                    && other.query.field().is_none()
                    && other.call_site == place.call_site
            })
    };
    found.iter().filter(|place| !is_told(place)).cloned().collect()
}

impl fmt::Display for NPlusOne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = Ran { site: self.call_site.clone(), ..Ran::from(&self.query) };
        f.write_str(&repeated(&first, self.count, self.duration))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ran, duration) = (number_of_queries(self.queries()), took(self.duration()));
        write!(f, "`{}`: {ran} in {duration}", self.scope)?;
        if let Some(budget) = self.exceeded() {
            write!(f, ", more than its budget of {budget}")?;
        }
        if self.n_plus_one.is_empty() && !self.queries.is_empty() {
            let queries: Vec<Ran<'_>> = self.queries.iter().map(Ran::from).collect();
            write!(f, "\n{}", list(&queries))?;
        }
        self.n_plus_one.iter().try_for_each(|found| write!(f, "\n{found}"))
    }
}
