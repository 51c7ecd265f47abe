//! The number of queries, asserted in tests.

use std::fmt;
use std::panic::Location;
use std::thread;

use super::advice::list;
use super::connection::Watchable;
use super::group::Ran;
use super::log::QueryLog;
use super::table::number_of_queries;

/// How many queries are to run.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// So many.
    Exactly(usize),
    /// So many or fewer.
    AtMost(usize),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Exactly(queries) => f.write_str(&number_of_queries(queries)),
            Self::AtMost(queries) => write!(f, "at most {}", number_of_queries(queries)),
        }
    }
}

impl Expected {
    fn allows(self, queries: usize) -> bool {
        match self {
            Self::Exactly(expected) => queries == expected,
            Self::AtMost(most) => queries <= most,
        }
    }
}

/// What is said where the connection was lost on the way.
const NOT_WATCHED: &str = "\nhelp: the connection is not watched any more: it was closed, or `conn.set_instrumentation(yours)` took upfront's \
                           from it; `upfront::watch_with(conn, yours)` does not";

/// The queries of a connection from some time on, of which the number is to be asserted.
#[derive(Debug)]
pub struct Counted {
    expected: Expected,
    log: QueryLog,
}

impl Counted {
    /// Counts the queries of this connection from now on.
    #[track_caller]
    pub fn start<K>(conn: &mut impl Watchable<K>, expected: Expected) -> Self {
        let options = QueryLog::options().binds().call_sites().capacity(usize::MAX);
        match options.attach(conn) {
            Ok(log) => Self { expected, log },
            Err(error) => panic!("{error}"),
        }
    }

    /// Panics where the number is another one than expected.
    #[track_caller]
    pub fn check(self) {
        if let Some(text) = self.mismatch() {
            panic!("{text}");
        }
    }

    /// The same at the end of a scope.
    #[track_caller]
    pub fn until_dropped(self) -> NumQueries {
        NumQueries { counted: self, asserted_at: Location::caller() }
    }

    fn mismatch(&self) -> Option<String> {
        let ran = self.log.len();
        (!self.expected.allows(ran)).then(|| {
            let text = match ran {
                0 => format!("expected {}, none ran", self.expected),
                _ => format!("expected {}, {ran} ran:\n{}", self.expected, self.list()),
            };
            if self.log.is_attached() { text } else { text + NOT_WATCHED }
        })
    }

    fn list(&self) -> String {
        let queries = self.log.queries();
        let queries: Vec<Ran<'_>> = queries.iter().map(Ran::from).collect();
        list(&queries)
    }
}

/// Counts queries until it is dropped, and panics then where they are not as many as expected:
/// [`assert_num_queries!`](crate::assert_num_queries) without a block.
#[derive(Debug)]
#[must_use = "queries are counted until the guard is dropped: `let _guard = assert_num_queries!(conn, 2);`"]
pub struct NumQueries {
    counted: Counted,
    asserted_at: &'static Location<'static>,
}

impl Drop for NumQueries {
    fn drop(&mut self) {
        // A panic within a panic would end the process, and the first one tells more.
        if thread::panicking() {
            return;
        }
        if let Some(text) = self.counted.mismatch() {
            panic!("{}: {text}", self.asserted_at);
        }
    }
}

/// Asserts how many queries run on a connection: a test that fails where the number grows with the rows.
///
/// With a block it gives the value of the block, in which `?` and `.await` are those of the function around it:
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::assert_num_queries;
///
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Shelf {
///     name: String,
///     #[load(prefetch)]
///     books: Vec<BookTitle>,
/// }
///
/// # fn main() -> QueryResult<()> {
/// # let conn = &mut connection();
/// let shelves = assert_num_queries!(conn, 2, { Shelf::query().load(conn)? });
/// assert_eq!(shelves.len(), 2);
///
/// assert_num_queries!(conn, at_most 3, {
///     Shelf::query().first(conn)?;
/// });
/// # Ok(())
/// # }
/// ```
///
/// Without a block it is a guard, which counts to the end of its scope:
///
/// ```
/// # include!("../doctest_setup.rs");
/// # use upfront::assert_num_queries;
/// # fn main() -> QueryResult<()> {
/// # let conn = &mut connection();
/// let _guard = assert_num_queries!(conn, 1);
/// authors::table.count().get_result::<i64>(conn)?;
/// # Ok(())
/// # }
/// ```
///
/// The connection is a `&mut` of any of Diesel's or diesel-async's, also one from a pool. All its queries are counted,
/// those of specs and all others, but for the statements that begin and end transactions. What runs on other connections
/// is not; for a whole request a [`Scope`](crate::Scope) has a [`budget`](crate::Scope::budget).
///
/// # Panics
///
/// Where another number of queries ran: the text shows them, those that are the same together, with their number, and
/// where they were asked for. A block that is left early, by an error or a panic, asserts nothing, and neither does a guard
/// in a panic.
///
/// At the beginning, where the connection has an instrumentation that the program set on it: see
/// [`OwnInstrumentation`](crate::OwnInstrumentation).
#[macro_export]
macro_rules! assert_num_queries {
    ($conn:expr, at_most $most:expr $(,)?) => {
        $crate::__private::Counted::start($conn, $crate::__private::Expected::AtMost($most))
            .until_dropped()
    };
    ($conn:expr, at_most $most:expr, $block:expr $(,)?) => {
        $crate::__assert_num_queries!($conn, $crate::__private::Expected::AtMost($most), $block)
    };
    ($conn:expr, $expected:expr $(,)?) => {
        $crate::__private::Counted::start($conn, $crate::__private::Expected::Exactly($expected))
            .until_dropped()
    };
    ($conn:expr, $expected:expr, $block:expr $(,)?) => {
        $crate::__assert_num_queries!(
            $conn,
            $crate::__private::Expected::Exactly($expected),
            $block
        )
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "expected a connection and how many queries are to run on it\n\
             help: `assert_num_queries!(conn, 2, { .. })`, or `at_most 2` for no more than that\n\
             help: `let _guard = assert_num_queries!(conn, 2);` counts to the end of the scope"
        )
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __assert_num_queries {
    ($conn:expr, $expected:expr, $block:expr) => {{
        let counted = $crate::__private::Counted::start($conn, $expected);
        let value = $block;
        // The block may never end.
        #[allow(unreachable_code)]
        counted.check();
        #[allow(unreachable_code)]
        value
    }};
}
