//! The derives of the [`upfront`](https://docs.rs/upfront) crate, which documents and re-exports them.
//!
//! Parse, resolve, check, expand: each step has a file of its name.

mod ast;
mod check;
mod errors;
mod expand;
mod messages;
mod model;
mod parse;
mod paths;
mod spec;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

#[proc_macro_derive(Model, attributes(model, diesel))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::model(&input).into()
}

#[proc_macro_derive(LoadSpec, attributes(load, diesel))]
pub fn derive_load_spec(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::ask_the_model(&input).into()
}

/// What a model's own macro calls with the names of its columns and relations and the tokens of a spec.
#[doc(hidden)]
#[proc_macro]
pub fn __load_spec(input: TokenStream) -> TokenStream {
    let call = parse_macro_input!(input as expand::SpecCall);
    expand::spec(&call).into()
}
