//! Where the program runs a query that nothing else tells: on the stack.
//!
//! The methods of Diesel do not pass on where they are called. So the addresses on the stack are kept when a query
//! starts, which takes a few microseconds, and what they stand for is looked up only when somebody reads it.

use std::sync::Arc;

use super::site::CallSite;

/// The addresses on the stack of a query, innermost first.
///
/// Two that are equal are of the same place. Two of the same place can differ further out: an iterator is called by one
/// function for its first item and by another for the rest. [`Stack::site`] tells these as one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Stack(Arc<[usize]>);

impl Stack {
    /// The stack as it is here. Empty without the feature `backtrace`.
    pub(crate) fn capture() -> Self {
        Self(frames::addresses())
    }

    /// The innermost place on it that is the program's own, and the function that calls that one. The first that a process
    /// asks for reads the debug information, which takes a tenth of a second or more.
    pub(crate) fn site(&self) -> Option<CallSite> {
        innermost(self.0.iter().flat_map(|address| frames::sites_at(*address)))
    }
}

/// The first of the program's places, with the next one that is in another function: a closure is called by the function
/// that it stands in.
fn innermost(mut sites: impl Iterator<Item = CallSite>) -> Option<CallSite> {
    let site = sites.next()?;
    let is_same_function = |other: &CallSite| {
        let is_known = site.function().is_some();
        is_known && other.function() == site.function()
    };
    let is_same_line =
        |other: &CallSite| (other.file(), other.line()) == (site.file(), site.line());
    let caller = sites.find(|other| !is_same_function(other) && !is_same_line(other));
    Some(site.called_from(caller))
}

#[cfg(feature = "backtrace")]
mod frames {
    use std::collections::HashMap;
    use std::ffi::c_void;
    use std::sync::{Arc, Mutex, PoisonError};

    use super::super::symbol::Symbol;
    use super::CallSite;

    /// How many are kept. Diesel and diesel-async put 10 to 30 between the program and a connection.
    const DEPTH: usize = 64;

    pub(super) fn addresses() -> Arc<[usize]> {
        let mut addresses = [0; DEPTH];
        let mut length = 0;
        backtrace::trace(|frame| {
            addresses[length] = frame.ip().addr();
            length += 1;
            length < DEPTH
        });
        addresses[..length].into()
    }

    /// The program's own places at an address, innermost first: more than one where functions are inlined, and none where
    /// it is a library's. Each address is looked up once in a process.
    pub(super) fn sites_at(address: usize) -> Vec<CallSite> {
        static KNOWN: Mutex<Option<HashMap<usize, Vec<CallSite>>>> = Mutex::new(None);

        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get_or_insert_default();
        known.entry(address).or_insert_with(|| look_up(address)).clone()
    }

    fn look_up(address: usize) -> Vec<CallSite> {
        let mut sites = Vec::new();
        backtrace::resolve(address as *mut c_void, |symbol| {
            let name = symbol.name().map(|name| format!("{name:#}"));
            sites.extend(
                Symbol {
                    name: name.as_deref().unwrap_or_default(),
                    file: symbol.filename(),
                    line: symbol.lineno(),
                    column: symbol.colno(),
                }
                .site(),
            );
        });
        sites
    }
}

#[cfg(not(feature = "backtrace"))]
mod frames {
    use std::sync::Arc;

    use super::CallSite;

    pub(super) fn addresses() -> Arc<[usize]> {
        Arc::default()
    }

    pub(super) fn sites_at(_: usize) -> Vec<CallSite> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(line: u32, function: &str) -> CallSite {
        CallSite::new(Some("src/list.rs".into()), Some(line), None, Some(function.into()))
    }

    #[test]
    fn the_caller_is_the_next_function_of_the_programs() {
        let sites = [site(7, "shop::one"), site(6, "shop::one"), site(11, "shop::all")];
        let site = innermost(sites.into_iter()).expect("a site");
        assert_eq!(format!("{site:#}"), "src/list.rs:7, called from src/list.rs:11");
    }

    #[test]
    fn what_no_place_of_the_programs_is_on_has_no_site() {
        assert_eq!(innermost([].into_iter()), None);
    }

    #[cfg(feature = "backtrace")]
    #[test]
    fn a_place_has_the_same_stack_each_time() {
        let mut stacks = Vec::new();
        for _ in 0..std::hint::black_box(3) {
            stacks.push(Stack::capture());
        }
        stacks.push(Stack::capture());
        assert_eq!(stacks[0], stacks[1]);
        assert_eq!(stacks[1], stacks[2]);
        assert_ne!(stacks[2], stacks[3]);
    }
}
