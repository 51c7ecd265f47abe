//! `#[derive(MultiConnection)]`.

use proc_macro2::{Ident, TokenStream};
use syn::{Data, DataEnum, DeriveInput, Fields, Meta, Path, Type, Variant};

use super::options::{Opt, options, value};
use super::plain;
use crate::ast::MultiConnectionInput;
use crate::errors::Errors;
use crate::messages;

pub(crate) fn parse_multi_connection(
    input: &DeriveInput,
    errors: &Errors,
) -> Option<MultiConnectionInput> {
    let krate = parse_crate(input, errors);
    let data = plain_enum(input, errors)?;
    let variants: Vec<_> =
        data.variants.iter().filter_map(|variant| parse_variant(variant, errors)).collect();
    let all = variants.len() == data.variants.len();
    all.then(|| MultiConnectionInput { ident: input.ident.clone(), krate, variants })
}

/// The enum, which has no parameters and at least one variant.
fn plain_enum<'a>(input: &'a DeriveInput, errors: &Errors) -> Option<&'a DataEnum> {
    let Data::Enum(data) = &input.data else {
        errors.at(&input.ident, messages::not_an_enum());
        return None;
    };
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, messages::generic_enum());
        return None;
    }
    if data.variants.is_empty() {
        errors.at(&input.ident, messages::no_variants());
        return None;
    }
    Some(data)
}

/// `Sqlite(SqliteConnection)`.
fn parse_variant(variant: &Variant, errors: &Errors) -> Option<(Ident, Type)> {
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            Some((variant.ident.clone(), fields.unnamed[0].ty.clone()))
        }
        _ => {
            errors.at(variant, messages::not_one_connection(&plain(&variant.ident)));
            None
        }
    }
}

/// `#[multi_connection(crate = orm)]`.
fn parse_crate(input: &DeriveInput, errors: &Errors) -> Option<Path> {
    let attrs = input.attrs.iter().filter(|attr| attr.path().is_ident("multi_connection"));
    let mut krate = None;
    for attr in attrs {
        let tokens = match &attr.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        if tokens.is_empty() {
            errors.at(attr, messages::empty_multi_connection_attribute());
        }
        for option in options(tokens, errors) {
            krate = parse_option(&option, errors);
        }
    }
    krate
}

fn parse_option(option: &Opt, errors: &Errors) -> Option<Path> {
    if !option.is("crate") {
        let name = plain(&option.name);
        errors.span(option.span(), messages::unknown_multi_connection_option(&name));
        return None;
    }
    let message = || messages::needs_value("crate", "::upfront");
    value(option, message, message, errors)
}
