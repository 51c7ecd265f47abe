//! What the rows of a `load!` without a name can do where their fields can.
//!
//! A bound of an impl that never holds is an error, but for one with a lifetime: that is what the lifetimes here are for.

use std::fmt::{Debug, Formatter, Result};

/// A type that may be [`Clone`].
pub trait CloneIf<'x> {
    /// Clones the value.
    fn clone_if(&self) -> Self;
}

impl<T: Clone> CloneIf<'_> for T {
    fn clone_if(&self) -> Self {
        self.clone()
    }
}

/// A type that may be [`PartialEq`].
pub trait EqIf<'x> {
    /// Whether the values are equal.
    fn eq_if(&self, other: &Self) -> bool;
}

impl<T: PartialEq> EqIf<'_> for T {
    fn eq_if(&self, other: &Self) -> bool {
        self == other
    }
}

/// A type that may be [`Debug`].
pub trait DebugIf<'x> {
    /// The value.
    fn debug_if(&self) -> &dyn Debug;
}

impl<T: Debug> DebugIf<'_> for T {
    fn debug_if(&self) -> &dyn Debug {
        self
    }
}

/// Shows a row as `#[derive(Debug)]` does.
pub fn show(out: &mut Formatter<'_>, name: &str, fields: &[(&str, &dyn Debug)]) -> Result {
    let mut shown = out.debug_struct(name);
    for (name, value) in fields {
        shown.field(name, value);
    }
    shown.finish()
}
