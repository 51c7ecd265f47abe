//! `#[derive(LoadSpec)]`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, DeriveInput, Field, Meta, Path, Token, Type};

use super::options::{Opt, diesel_option, diesel_value, options, pieces, value};
use super::{column_name, named_fields, plain};
use crate::ast::{
    FieldInput, Function, LoadInput, ModelColumn, ModelNames, NamedBy, RelationPath, SpecAttr,
    SpecInput,
};
use crate::errors::Errors;
use crate::messages;

/// Reads the struct's `#[load(Model, ..)]`.
pub(crate) fn parse_spec_attr(input: &DeriveInput, errors: &Errors) -> Option<SpecAttr> {
    let mut attrs = input.attrs.iter().filter(|attr| attr.path().is_ident("load"));
    let Some(attr) = attrs.next() else {
        errors.at(&input.ident, messages::no_load_attribute(&plain(&input.ident)));
        return None;
    };
    for second in attrs {
        errors.at(second, messages::second_load_attribute());
    }
    let tokens = match &attr.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    let mut parts = pieces(tokens).into_iter();
    let Some(first) = parts.next() else {
        errors.at(attr, messages::empty_load_attribute());
        return None;
    };
    let Ok(model) = Path::parse_mod_style.parse2(first.clone()) else {
        errors.at(first, messages::malformed_model());
        return None;
    };
    let mut spec = SpecAttr { model, krate: None, max_queries: None };
    for part in parts {
        for option in options(part, errors) {
            parse_spec_option(&mut spec, &option, errors);
        }
    }
    Some(spec)
}

fn parse_spec_option(spec: &mut SpecAttr, option: &Opt, errors: &Errors) {
    let name = plain(&option.name);
    match name.as_str() {
        "crate" => {
            let message = || messages::needs_value("crate", "::upfront");
            spec.krate = value(option, message, message, errors);
        }
        "max_queries" => {
            let message = messages::not_a_number_of_queries;
            let max: Option<syn::LitInt> = value(option, message, message, errors);
            let whole = |max: &syn::LitInt| max.base10_parse::<usize>().is_ok();
            if let Some(max) = max.as_ref().filter(|max| !whole(max)) {
                errors.at(max, message());
            }
            spec.max_queries = max.filter(whole);
        }
        _ => errors.span(option.span(), messages::unknown_spec_option(&name)),
    }
}

/// Reads the whole struct.
pub(crate) fn parse_spec(input: &DeriveInput, errors: &Errors) -> Option<SpecInput> {
    // The attribute was read before, by the derive; what is wrong with it has been reported there.
    let quiet = Errors::new();
    let attr = parse_spec_attr(input, &quiet);
    drop(quiet.report());
    let attr = attr?;
    let fields = named_fields(input, "LoadSpec", errors)?;
    let fields = fields.into_iter().filter_map(|field| parse_field(field, errors)).collect();
    Some(SpecInput { ident: input.ident.clone(), attr, fields })
}

fn parse_field(field: &Field, errors: &Errors) -> Option<FieldInput> {
    let ident = field.ident.clone()?;
    let load = parse_load(field, &ident, errors);
    Some(FieldInput { vis: field.vis.clone(), ident, ty: field.ty.clone(), load })
}

fn parse_load(field: &Field, ident: &Ident, errors: &Errors) -> Option<LoadInput> {
    let mut attrs = field.attrs.iter().filter(|attr| attr.path().is_ident("load"));
    let Some(attr) = attrs.next() else {
        return parse_column(field, errors);
    };
    for second in attrs {
        errors.at(second, messages::second_field_attribute());
    }
    let load = parse_load_attr(attr, ident, errors);
    let word = match &load {
        Some(LoadInput::Join(_)) => "join",
        Some(LoadInput::Prefetch(_)) => "prefetch",
        _ => "annotate",
    };
    for name in ["column_name", "deserialize_as"] {
        let option = diesel_option(&field.attrs, name).and_then(|option| errors.ok(option));
        if let (Some(option), Some(_)) = (option, &load) {
            errors.span(option.span(), messages::attribute_is_for_columns(name, word));
        }
    }
    load
}

fn parse_column(field: &Field, errors: &Errors) -> Option<LoadInput> {
    let wrong = || messages::needs_value("deserialize_as", "String");
    let deserialize_as: Result<Option<Type>, _> =
        diesel_value(&field.attrs, "deserialize_as", "String", wrong, errors);
    let renamed = column_name(field, errors).ok()?;
    let (name, named_by) = match renamed {
        Some(column) => (column, NamedBy::Column),
        None => (field.ident.clone()?, NamedBy::Field),
    };
    Some(LoadInput::Column { name, named_by, deserialize_as: deserialize_as.ok()? })
}

fn parse_load_attr(attr: &Attribute, ident: &Ident, errors: &Errors) -> Option<LoadInput> {
    let tokens = match &attr.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    let mut options = options(tokens.clone(), errors).into_iter();
    let Some(option) = options.next() else {
        if tokens.is_empty() {
            errors.at(attr, messages::empty_field_attribute());
        }
        return None;
    };
    for second in options {
        errors.span(second.span(), messages::unexpected_option(&plain(&second.name)));
    }
    let name = plain(&option.name);
    match name.as_str() {
        "join" => relation_value(option, ident, errors).map(LoadInput::Join),
        "prefetch" => relation_value(option, ident, errors).map(LoadInput::Prefetch),
        "annotate" => parse_annotation(option, errors),
        _ => {
            errors.span(option.span(), messages::unknown_load(&name));
            None
        }
    }
}

/// The relation of `join = publisher` or `join = author::publisher`; of `join` alone the one named like the field.
fn relation_value(option: Opt, field: &Ident, errors: &Errors) -> Option<RelationPath> {
    let load = plain(&option.name);
    let malformed = |tokens: TokenStream, example: &str| {
        errors.at(tokens, messages::malformed_relation_path(&load, example));
        None
    };
    match (option.value, option.group) {
        (None, None) => Some(RelationPath(Path::from(field.clone()))),
        (Some(tokens), _) if tokens.is_empty() => {
            malformed(option.name.into_token_stream(), &plain(field))
        }
        (Some(tokens), _) => match Path::parse_mod_style.parse2(tokens.clone()) {
            Ok(path) => Some(RelationPath(path)),
            Err(_) => malformed(tokens, &plain(field)),
        },
        (None, Some(group)) => {
            let inside = syn::parse2::<Ident>(group.stream());
            let example = inside.map_or_else(|_| plain(field), |name| plain(&name));
            malformed(group.into_token_stream(), &example)
        }
    }
}

/// `books.count()`.
fn parse_annotation(option: Opt, errors: &Errors) -> Option<LoadInput> {
    let Some(tokens) = option.value.clone().filter(|tokens| !tokens.is_empty()) else {
        errors.span(option.span(), messages::annotate_needs_value());
        return None;
    };
    let parser = |input: ParseStream<'_>| {
        let path = input.call(Path::parse_mod_style)?;
        input.parse::<Token![.]>()?;
        let function = input.call(Ident::parse_any)?;
        let arguments;
        syn::parenthesized!(arguments in input);
        Ok((path, function, arguments.parse::<TokenStream>()?))
    };
    let Ok((path, name, arguments)) = parser.parse2(tokens.clone()) else {
        errors.at(tokens, messages::malformed_annotation());
        return None;
    };
    let Some(function) = Function::ALL.into_iter().find(|function| name == function.name()) else {
        errors.at(&name, messages::unknown_function(&plain(&name)));
        return None;
    };
    if !arguments.is_empty() {
        errors.at(arguments, messages::function_takes_nothing(function.name()));
        return None;
    }
    Some(LoadInput::Annotate { relation: RelationPath(path), function, name })
}

/// Reads what the model says of itself: `columns: id = id, name = name; relations: books`.
pub(crate) fn parse_names(input: ParseStream<'_>) -> syn::Result<ModelNames> {
    let (columns, relations);
    syn::bracketed!(columns in input);
    syn::bracketed!(relations in input);
    let mut names = ModelNames { columns: Vec::new(), relations: Vec::new() };
    while !columns.is_empty() {
        let field = columns.call(Ident::parse_any)?;
        let column = columns.call(Ident::parse_any)?;
        names.columns.push(ModelColumn { field, column });
    }
    while !relations.is_empty() {
        names.relations.push(relations.call(Ident::parse_any)?);
    }
    Ok(names)
}
