//! What a scope found.

use std::fmt;

use super::logged::LoggedQuery;

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

/// What ran in a scope.
#[derive(Debug, Clone)]
pub struct Report {
    scope: String,
    queries: Vec<LoggedQuery>,
    not_kept: usize,
    budget: Option<usize>,
}

impl Report {
    pub(crate) fn new(
        scope: String,
        queries: Vec<LoggedQuery>,
        not_kept: usize,
        limits: &Limits,
    ) -> Self {
        Self { scope, queries, not_kept, budget: limits.budget }
    }

    /// The name of the scope.
    pub fn scope(&self) -> &str {
        &self.scope
    }

    /// How many queries ran, without the statements that begin and end transactions.
    pub fn queries(&self) -> usize {
        self.queries.len() + self.not_kept
    }

    /// The budget, where more ran than it allows.
    pub fn exceeded(&self) -> Option<usize> {
        self.budget.filter(|budget| self.queries() > *budget)
    }

    /// The queries that ran again and again from one place.
    pub fn repeated(&self) -> &[LoggedQuery] {
        &[]
    }

    pub(crate) fn has_findings(&self) -> bool {
        self.exceeded().is_some() || !self.repeated().is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scope)
    }
}
