//! The number of queries, asserted in tests.

use std::panic::Location;
use std::thread;

use super::connection::Watchable;
use super::log::QueryLog;

/// How many queries are to run.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// So many.
    Exactly(usize),
    /// So many or fewer.
    AtMost(usize),
}

/// Counts queries, and panics where they are not as many as expected.
#[derive(Debug)]
#[must_use = "queries are counted until the guard is dropped: `let _guard = assert_num_queries!(conn, 2);`"]
pub struct NumQueries {
    expected: Expected,
    log: QueryLog,
    asserted_at: &'static Location<'static>,
    checked: bool,
}

impl NumQueries {
    /// Counts the queries of this connection from now on.
    #[doc(hidden)]
    #[track_caller]
    pub fn count<K>(conn: &mut impl Watchable<K>, expected: Expected) -> Self {
        let log = match QueryLog::options().binds().call_sites().capacity(usize::MAX).attach(conn) {
            Ok(log) => log,
            Err(error) => panic!("{error}"),
        };
        Self { expected, log, asserted_at: Location::caller(), checked: false }
    }

    /// Panics where the number is another one.
    #[doc(hidden)]
    #[track_caller]
    pub fn check(mut self) {
        self.checked = true;
        if let Some(text) = self.mismatch() {
            panic!("{text}");
        }
    }

    fn mismatch(&self) -> Option<String> {
        let ran = self.log.len();
        let fits = match self.expected {
            Expected::Exactly(expected) => ran == expected,
            Expected::AtMost(most) => ran <= most,
        };
        (!fits).then(|| format!("{ran} queries ran"))
    }
}

impl Drop for NumQueries {
    fn drop(&mut self) {
        if self.checked || thread::panicking() {
            return;
        }
        if let Some(text) = self.mismatch() {
            panic!("asserted at {}: {text}", self.asserted_at);
        }
    }
}

/// Asserts how many queries a block runs on a connection, and gives the value of the block.
#[macro_export]
macro_rules! assert_num_queries {
    ($conn:expr, at_most $most:expr $(,)?) => {
        $crate::__private::NumQueries::count($conn, $crate::__private::Expected::AtMost($most))
    };
    ($conn:expr, at_most $most:expr, $block:expr $(,)?) => {{
        let counted = $crate::assert_num_queries!($conn, at_most $most);
        let value = $block;
        counted.check();
        value
    }};
    ($conn:expr, $expected:expr $(,)?) => {
        $crate::__private::NumQueries::count($conn, $crate::__private::Expected::Exactly($expected))
    };
    ($conn:expr, $expected:expr, $block:expr $(,)?) => {{
        let counted = $crate::assert_num_queries!($conn, $expected);
        let value = $block;
        counted.check();
        value
    }};
}
