//! One state of the database for several queries.

/// How a transaction becomes one whose queries see one state.
pub enum Snapshot {
    /// Every transaction is one.
    Always,
    /// By statements.
    By {
        /// Runs before the transaction begins.
        before: Option<&'static str>,
        /// Is the first that runs in the transaction.
        within: Option<&'static str>,
        /// Tells the isolation level of an open transaction, in its last column.
        level: &'static str,
    },
}
