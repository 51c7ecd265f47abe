//! A place in the program that runs a query.

use std::borrow::Cow;
use std::fmt;
use std::panic::Location;

/// A place in the program: where a query is run, or where the function is called that runs it.
///
/// It is written as the compiler and panics write it: `src/list.rs:31`. Where nothing but the name of the function is
/// known, because the program was built without debug information, it is `shop::list::books`. With `{:#}` the place that
/// calls the function stands behind it: `src/list.rs:31, called from src/main.rs:12`.
///
/// ```
/// # include!("../doctest_setup.rs");
/// use upfront::QueryLog;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let conn = &mut connection();
/// let log = QueryLog::attach(conn)?;
/// let names = upfront::load!(Author { name }).load(conn)?;
/// let site = log.queries()[0].call_site().expect("a spec knows where it was written");
/// assert!(site.line().is_some());
/// assert!(site.to_string().contains(".rs:"));
/// # assert_eq!(names.len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallSite {
    file: Option<Cow<'static, str>>,
    line: Option<u32>,
    column: Option<u32>,
    function: Option<String>,
    caller: Option<Box<CallSite>>,
}

impl CallSite {
    /// A place of which at least the file or the function is known.
    #[cfg(any(test, feature = "backtrace"))]
    pub(crate) fn new(
        file: Option<String>,
        line: Option<u32>,
        column: Option<u32>,
        function: Option<String>,
    ) -> Self {
        Self { file: file.map(Cow::Owned), line, column, function, caller: None }
    }

    pub(crate) fn called_from(self, caller: Option<CallSite>) -> Self {
        Self { caller: caller.map(Box::new), ..self }
    }

    /// The file, relative to the workspace if it is in it. `None` without debug information.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The line in the file, from 1. `None` without debug information.
    pub fn line(&self) -> Option<u32> {
        self.line
    }

    /// The column in the line, from 1, where it is known.
    pub fn column(&self) -> Option<u32> {
        self.column
    }

    /// The path of the function, where it is known: `shop::list::books`. A closure and an `async` block have that of the
    /// function that they stand in. The place of a spec's query has none.
    pub fn function(&self) -> Option<&str> {
        self.function.as_deref()
    }

    /// Where the function is called that this place is in, by code of the program too. The place of a spec's query has
    /// none.
    pub fn caller(&self) -> Option<&CallSite> {
        self.caller.as_deref()
    }
}

impl From<&'static Location<'static>> for CallSite {
    fn from(location: &'static Location<'static>) -> Self {
        Self {
            file: Some(Cow::Borrowed(location.file())),
            line: Some(location.line()),
            column: Some(location.column()),
            function: None,
            caller: None,
        }
    }
}

impl fmt::Display for CallSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}:{line}")?,
            (Some(file), None) => f.write_str(file)?,
            (None, _) => f.write_str(self.function().unwrap_or("an unknown place"))?,
        }
        match &self.caller {
            Some(caller) if f.alternate() => write!(f, ", called from {caller}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_panics_write_it() {
        let here = Location::caller();
        assert_eq!(CallSite::from(here).to_string(), format!("{}:{}", here.file(), here.line()));
    }

    #[test]
    fn the_function_stands_for_a_file_that_is_not_known() {
        let caller = CallSite::new(Some("src/main.rs".into()), Some(12), None, None);
        let site =
            CallSite::new(None, None, None, Some("shop::list".into())).called_from(Some(caller));
        assert_eq!(site.to_string(), "shop::list");
        assert_eq!(format!("{site:#}"), "shop::list, called from src/main.rs:12");
    }
}
