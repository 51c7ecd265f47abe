//! The errors of one macro call: gathered, so that all are told at once, and impossible to forget.

use std::cell::RefCell;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// An accumulator of errors. [`report`](Errors::report) must be called before it is dropped.
pub(crate) struct Errors {
    errors: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())) }
    }

    /// Adds an error at the tokens of `at`.
    pub(crate) fn at(&self, at: impl ToTokens, message: String) {
        self.add(syn::Error::new_spanned(at, message));
    }

    /// Adds an error at a span.
    pub(crate) fn span(&self, at: Span, message: String) {
        self.add(syn::Error::new(at, message));
    }

    pub(crate) fn add(&self, error: syn::Error) {
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            errors.push(error);
        }
    }

    /// The value, or `None` with the error added.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    /// All errors, to be told by others.
    pub(crate) fn take(self) -> Vec<syn::Error> {
        self.errors.take().unwrap_or_default()
    }

    /// All errors, as `compile_error!` calls, the last of which is a value of no type.
    pub(crate) fn report_as_value(self) -> TokenStream {
        let mut errors = self.take();
        let last = errors.pop().map(|error| error.to_compile_error());
        let errors = errors.iter().map(syn::Error::to_compile_error);
        quote!(#(#errors)* (#last))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.errors.borrow().as_ref().is_none_or(Vec::is_empty)
    }

    /// All errors, as `compile_error!` calls.
    pub(crate) fn report(self) -> TokenStream {
        self.take().iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.errors.borrow().is_some() {
            panic!("the errors of a macro were not reported");
        }
    }
}
