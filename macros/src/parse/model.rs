//! `#[derive(Model)]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::format_ident;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Meta, Path, Token};

use super::options::{Opt, diesel_option, diesel_value, options, pieces, value};
use super::{column_name, named_fields, plain};
use crate::ast::{Columns, ModelColumn, ModelInput, RelationInput, RelationKind};
use crate::errors::Errors;
use crate::messages;

pub(crate) fn parse_model(input: &DeriveInput, errors: &Errors) -> ModelInput {
    let fields = named_fields(input, "Model", errors).unwrap_or_default();
    let columns = fields.iter().filter_map(|field| {
        let embedded = diesel_option(&field.attrs, "embed").is_some();
        let name = field.ident.clone()?;
        let column = column_name(field, errors).ok().flatten().unwrap_or_else(|| name.clone());
        let ty = Some(field.ty.clone());
        // Where it is malformed, Diesel says so.
        let read_as = diesel_option(&field.attrs, "deserialize_as").and_then(Result::ok);
        let read_as = read_as.and_then(|option| syn::parse2(option.value?).ok());
        (!embedded).then_some(ModelColumn { field: name, column, ty, read_as })
    });
    let Attributes { krate, module, no_prelude, relations } = parse_attributes(input, errors);
    ModelInput {
        vis: input.vis.clone(),
        ident: input.ident.clone(),
        krate,
        module,
        tool_prelude: !no_prelude,
        table: table_name(input, errors),
        primary_key: primary_key(input, errors),
        columns: columns.collect(),
        relations,
    }
}

/// Diesel's `table_name`, or the plural that Diesel takes where there is none.
fn table_name(input: &DeriveInput, errors: &Errors) -> Path {
    let wrong = messages::malformed_table_name;
    let named = diesel_value(&input.attrs, "table_name", "books", wrong, errors).ok().flatten();
    named.unwrap_or_else(|| {
        let name = snake_case(&plain(&input.ident));
        Path::from(format_ident!("{name}s", span = input.ident.span()))
    })
}

/// Diesel's `primary_key(..)`, or `id`.
fn primary_key(input: &DeriveInput, errors: &Errors) -> Vec<Ident> {
    let id = || vec![Ident::new("id", input.ident.span())];
    let Some(option) = diesel_option(&input.attrs, "primary_key") else {
        return id();
    };
    let name = option.as_ref().map_or_else(syn::Error::span, Opt::span);
    let columns = option.and_then(|option| {
        let list = option.group.map(|group| group.stream()).unwrap_or_default();
        Punctuated::<Ident, Token![,]>::parse_terminated.parse2(list)
    });
    match columns {
        Ok(columns) if !columns.is_empty() => columns.into_iter().collect(),
        other => {
            let at = other.map_or_else(|error| error.span(), |_| name);
            errors.span(at, messages::malformed_primary_key());
            id()
        }
    }
}

/// A name as Diesel writes it in snake case: an underscore before each capital.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for (i, character) in name.chars().enumerate() {
        if i > 0 && character.is_uppercase() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

/// `is_not_null` as `IsNotNull`.
pub(crate) fn camel_case(name: &str) -> String {
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().to_string() + letters.as_str())
    };
    name.split('_').filter_map(capitalized).collect()
}

/// What the `#[model(..)]` attributes say.
#[derive(Default)]
struct Attributes {
    krate: Option<Path>,
    module: Option<Ident>,
    no_prelude: bool,
    relations: Vec<RelationInput>,
}

fn parse_attributes(input: &DeriveInput, errors: &Errors) -> Attributes {
    let mut attributes = Attributes::default();
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident("model")) {
        let Meta::List(list) = &attr.meta else {
            errors.at(attr, messages::malformed_relation("has_many"));
            continue;
        };
        for option in options(list.tokens.clone(), errors) {
            if option.is("crate") {
                attributes.krate = path_value(&option, "::upfront", errors);
            } else if option.is("module") {
                let message = || messages::needs_value("module", "author_relations");
                attributes.module = value(&option, message, message, errors);
            } else if option.is("no_implicit_prelude") {
                attributes.no_prelude = true;
            } else if let Some(relation) = parse_relation(option, errors) {
                if attributes.relations.iter().any(|other| other.name == relation.name) {
                    errors.at(&relation.name, messages::relation_twice(&plain(&relation.name)));
                } else {
                    attributes.relations.push(relation);
                }
            }
        }
    }
    attributes
}

fn path_value(option: &Opt, example: &str, errors: &Errors) -> Option<Path> {
    let message = || messages::needs_value(&plain(&option.name), example);
    value(option, message, message, errors)
}

/// `has_many(books: Book, foreign_key = books::author_id)`.
fn parse_relation(option: Opt, errors: &Errors) -> Option<RelationInput> {
    let Some(kind) = RelationKind::ALL.into_iter().find(|kind| option.is(kind.keyword())) else {
        errors.span(option.span(), messages::unknown_relation_kind(&plain(&option.name)));
        return None;
    };
    let mut parts =
        option.group.map(|group| pieces(group.stream())).unwrap_or_default().into_iter();
    let Some(head) = parts.next() else {
        errors.span(option.name.span(), messages::malformed_relation(kind.keyword()));
        return None;
    };
    let (name, child) = parse_head(head, kind, errors)?;
    let mut relation = RelationInput {
        kind,
        name,
        child,
        foreign_key: None,
        references: None,
        through: None,
        source: None,
        target_key: None,
        target_references: None,
    };
    for option in parts.flat_map(|part| options(part, errors)) {
        parse_relation_option(&mut relation, &option, errors);
    }
    Some(relation)
}

/// `books: Book`.
fn parse_head(tokens: TokenStream, kind: RelationKind, errors: &Errors) -> Option<(Ident, Path)> {
    let parser = |input: ParseStream<'_>| {
        let name = input.call(Ident::parse_any)?;
        input.parse::<Token![:]>()?;
        Ok((name, input.call(Path::parse_mod_style)?))
    };
    match parser.parse2(tokens.clone()) {
        Ok(head) => Some(head),
        Err(_) => {
            errors.at(tokens, messages::malformed_relation(kind.keyword()));
            None
        }
    }
}

fn parse_relation_option(relation: &mut RelationInput, option: &Opt, errors: &Errors) {
    let name = plain(&option.name);
    if !relation.kind.options().contains(&name.as_str()) {
        errors.span(option.span(), messages::unknown_relation_option(&name, relation.kind));
        return;
    }
    let path = match name.as_str() {
        "through" => Some((&mut relation.through, "a_table")),
        "source" => Some((&mut relation.source, "book::reviews")),
        _ => None,
    };
    if let Some((slot, example)) = path {
        if slot.is_some() {
            errors.span(option.span(), messages::option_twice(&name));
        }
        *slot = path_value(option, example, errors);
        return;
    }
    let columns = parse_columns(option, errors);
    let slot = match name.as_str() {
        "foreign_key" => &mut relation.foreign_key,
        "references" => &mut relation.references,
        "target_key" => &mut relation.target_key,
        _ => &mut relation.target_references,
    };
    if slot.is_some() {
        errors.span(option.span(), messages::option_twice(&name));
    }
    *slot = columns;
}

/// `books::author_id`, or `(lines::order_id, lines::number)`.
fn parse_columns(option: &Opt, errors: &Errors) -> Option<Columns> {
    let Some(tokens) = option.value.clone().filter(|value| !value.is_empty()) else {
        errors.span(option.span(), messages::needs_value(&plain(&option.name), "table::column"));
        return None;
    };
    let span = tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
    let mut trees = tokens.clone().into_iter();
    let parts = match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) => pieces(group.stream()),
        _ => vec![tokens],
    };
    let paths: Vec<Path> = parts
        .into_iter()
        .filter_map(|part| {
            let parsed = Path::parse_mod_style.parse2(part.clone());
            parsed.map_err(|_| errors.at(part, messages::malformed_columns())).ok()
        })
        .collect();
    (!paths.is_empty()).then_some(Columns { paths, span })
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn names_become_snake_case_as_diesel_has_it() {
        assert_eq!(snake_case("Author"), "author");
        assert_eq!(snake_case("InvoiceLine"), "invoice_line");
        assert_eq!(snake_case("Übung"), "übung");
    }
}
