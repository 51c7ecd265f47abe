//! The way from a struct to what is generated for it: parse, resolve, check, expand.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;
use syn::parse::{Parse, ParseStream};

use crate::ast::ModelNames;
use crate::check;
use crate::errors::Errors;
use crate::expand;
use crate::member::Names;
use crate::parse::{parse_model, parse_multi_connection, parse_names, parse_spec, parse_spec_attr};
use crate::paths::{Runtime, Tool};

/// `#[derive(Model)]`.
pub(crate) fn model(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let parsed = parse_model(input, &errors);
    check::check_model(&parsed, &errors);
    let relations = crate::model::resolve(&parsed, &errors);
    let runtime = Runtime::new(parsed.krate.as_ref(), Tool::asking());
    let code = if parsed.columns.is_empty() {
        // Not a struct that could be a model. It keeps its name, so that its specs do not report it once more.
        expand::names::expand(&parsed)
    } else {
        expand::model::expand(&parsed, &relations, &runtime)
    };
    let errors = errors.report();
    quote!(#code #errors)
}

/// `#[derive(MultiConnection)]`.
pub(crate) fn multi_connection(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let code = parse_multi_connection(input, &errors).map(|input| {
        let runtime = Runtime::new(input.krate.as_ref(), Tool::asking());
        expand::multi_connection::expand(&input, &runtime)
    });
    let errors = errors.report();
    quote!(#code #errors)
}

/// `#[derive(LoadSpec)]`: hands the struct to the macro of the model, which adds what only the model knows.
pub(crate) fn ask_the_model(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let attr = parse_spec_attr(input, &errors);
    let call = attr.map(|attr| {
        let model = &attr.model.ty;
        let runtime = Runtime::new(attr.krate.as_ref(), Tool::asking());
        let check = expand::spec::check_model(&attr.model, &runtime);
        quote! {
            #model! { { #runtime::__load_spec } #input }
            #check
        }
    });
    let errors = errors.report();
    quote!(#call #errors)
}

/// A call of `__load_spec!`: what the model says of itself, and the struct.
pub(crate) struct SpecCall {
    names: ModelNames,
    input: DeriveInput,
}

impl Parse for SpecCall {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self { names: parse_names(input)?, input: input.parse()? })
    }
}

/// The second half of `#[derive(LoadSpec)]`.
pub(crate) fn spec(call: &SpecCall, tool: Tool) -> TokenStream {
    let errors = Errors::new();
    let code = parse_spec(&call.input, &errors).map(|input| {
        let runtime = Runtime::new(input.attr.krate.as_ref(), tool);
        let mut spec = crate::spec::resolve(&input, Names::Known(&call.names), &runtime, &errors);
        check::check_spec(&mut spec, &errors);
        expand::spec::expand(&spec, &runtime)
    });
    let errors = errors.report();
    quote!(#code #errors)
}
