//! Ast to tokens. Nothing here finds errors.

mod access;
mod checks;
mod children;
pub(crate) mod columns;
mod field;
pub(crate) mod hint;
mod key;
mod loads;
pub(crate) mod model;
pub(crate) mod multi_connection;
pub(crate) mod names;
mod params;
mod relation;
pub(crate) mod shape;
pub(crate) mod spec;
mod unread;
mod visibility;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// An assertion that the compiler reports at `span`, in the words of `message`.
fn assert_at(span: Span, condition: TokenStream, message: &str) -> TokenStream {
    quote_spanned!(span=> ::core::assert!(#condition, #message);)
}
