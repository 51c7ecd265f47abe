//! Queries that are the same but for their values, put together.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::time::Duration;

use super::fingerprint::Fingerprint;
use super::logged::LoggedQuery;
use super::site::CallSite;
use super::statement::Statement;

/// A query, as far as texts tell of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ran<'a> {
    pub(crate) sql: &'a str,
    pub(crate) binds: Option<&'a str>,
    pub(crate) duration: Option<Duration>,
    pub(crate) rows: Option<u64>,
    pub(crate) error: Option<&'a str>,
    pub(crate) spec: Option<&'a str>,
    pub(crate) field: Option<&'a str>,
    pub(crate) relation: Option<&'a str>,
    pub(crate) site: Option<CallSite>,
    /// Whether the load that it is part of sends such a query again and again by itself.
    pub(crate) is_in_chunks: bool,
}

impl<'a> From<&'a LoggedQuery> for Ran<'a> {
    fn from(query: &'a LoggedQuery) -> Self {
        Self {
            sql: query.sql(),
            binds: query.binds(),
            duration: query.duration(),
            rows: query.rows(),
            error: query.error(),
            spec: query.spec(),
            field: query.field(),
            relation: query.relation(),
            site: query.call_site(),
            is_in_chunks: query.is_in_chunks(),
        }
    }
}

impl Ran<'_> {
    /// Whether it is [counted](LoggedQuery::is_counted).
    pub(crate) fn counts(&self) -> bool {
        self.spec.is_some() || Statement::of(self.sql).is_counted()
    }

    /// The spec and field that asked for it: `AuthorPage`, or `AuthorPage.newest`.
    pub(crate) fn asked_by(&self) -> Option<String> {
        let spec = self.spec?;
        Some(self.field.map_or_else(|| spec.to_owned(), |field| format!("{spec}.{field}")))
    }
}

/// Queries of one shape from one place.
#[derive(Debug)]
pub(crate) struct Group<'q> {
    first: &'q Ran<'q>,
    rest: Vec<&'q Ran<'q>>,
}

impl<'q> Group<'q> {
    pub(crate) fn first(&self) -> &'q Ran<'q> {
        self.first
    }

    pub(crate) fn queries(&self) -> impl Iterator<Item = &'q Ran<'q>> + '_ {
        [self.first].into_iter().chain(self.rest.iter().copied())
    }

    pub(crate) fn count(&self) -> usize {
        1 + self.rest.len()
    }

    /// How many are the same as one before, with the same values.
    pub(crate) fn identical(&self) -> usize {
        let mut known = HashMap::new();
        let told = self.queries().filter_map(|query| Some((query.sql, query.binds?)));
        told.filter(|query| known.insert(*query, ()).is_some()).count()
    }

    /// Whether all are the same, with the same values.
    pub(crate) fn is_identical(&self) -> bool {
        self.identical() + 1 == self.count()
    }
}

/// The queries in groups, in the order in which the first of each began, without the statements that only begin and end
/// transactions.
pub(crate) fn groups<'q>(queries: &'q [Ran<'q>]) -> Vec<Group<'q>> {
    let mut groups: Vec<Group<'q>> = Vec::new();
    let mut places = HashMap::new();
    for query in queries.iter().filter(|query| query.counts()) {
        let shape = Fingerprint::of(query.sql);
        match places.entry((shape, &query.site, query.spec, query.field)) {
            Entry::Occupied(place) => {
                let place: &usize = place.get();
                groups[*place].rest.push(query);
            }
            Entry::Vacant(place) => {
                place.insert(groups.len());
                groups.push(Group { first: query, rest: Vec::new() });
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran<'a>(sql: &'a str, binds: &'a str) -> Ran<'a> {
        Ran { sql, binds: Some(binds).filter(|binds| !binds.is_empty()), ..Ran::default() }
    }

    #[test]
    fn groups_are_of_one_shape_and_place() {
        let here = Some(CallSite::new(Some("src/list.rs".into()), Some(7), None, None));
        let queries = [
            ran("BEGIN", ""),
            ran("SELECT a FROM b WHERE c = ?", "[1]"),
            ran("SELECT d FROM e", ""),
            ran("SELECT a FROM b WHERE c = ?", "[2]"),
            Ran { site: here, ..ran("SELECT a FROM b WHERE c = ?", "[1]") },
            Ran { spec: Some("Page"), ..ran("SELECT d FROM e", "") },
            ran("SELECT a FROM b WHERE c = ?", "[1]"),
            ran("COMMIT", ""),
        ];
        let groups = groups(&queries);
        let counts: Vec<usize> = groups.iter().map(Group::count).collect();
        assert_eq!(counts, [3, 1, 1, 1]);
        assert_eq!(groups[0].first().binds, Some("[1]"));
        assert_eq!(groups[0].identical(), 1);
    }

    #[test]
    fn what_has_unknown_values_is_not_said_to_be_the_same() {
        let queries = [ran("SELECT a LIMIT 7", ""), ran("SELECT a LIMIT 7", "")];
        let groups = groups(&queries);
        assert_eq!((groups[0].count(), groups[0].identical()), (2, 0));
    }

    #[test]
    fn a_literal_is_a_value_too() {
        let queries = [ran("SELECT a LIMIT 7", "[]"), ran("SELECT a LIMIT 8", "[]")];
        let groups = groups(&queries);
        assert_eq!((groups[0].count(), groups[0].identical()), (2, 0));
    }
}
