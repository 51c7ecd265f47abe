//! `#[derive(LoadSpec)]`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{
    Attribute, DeriveInput, Expr, Field, Meta, Path, Token, Type, TypePath, UnOp,
    parse_quote_spanned,
};

use super::options::{Opt, Reported, diesel_option, diesel_value, options, pieces, value};
use super::{column_name, named_fields, plain};
use crate::ast::{
    Arguments, FieldInput, LoadInput, ModelColumn, ModelNames, NamedBy, Refinement, RelationPath,
    Says, SpecAttr, SpecInput, SpecModel,
};
use crate::errors::Errors;
use crate::messages;
use crate::model::last_name;
use crate::shape::Step;

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
    let model = SpecModel {
        name: last_name(&model),
        ty: Type::Path(TypePath { qself: None, path: model }),
    };
    let mut spec = SpecAttr { model, krate: None, max_queries: None, params: Vec::new() };
    for part in parts {
        for option in options(part, errors) {
            parse_spec_option(&mut spec, &option, errors);
        }
    }
    Some(spec)
}

/// Reads the `#[load(params(..), max_queries = 3)]` of a struct that `load!` declares, and takes it from its attributes.
pub(crate) fn take_load_attrs(attrs: &mut Vec<Attribute>, spec: &mut SpecAttr, errors: &Errors) {
    let (own, others) = attrs.drain(..).partition(|attr| attr.path().is_ident("load"));
    *attrs = others;
    let own: Vec<Attribute> = own;
    for attr in own {
        let tokens = match &attr.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        for option in options(tokens, errors) {
            parse_spec_option(spec, &option, errors);
        }
    }
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
        "params" => spec.params = parse_params(option, errors),
        _ => errors.span(option.span(), messages::unknown_spec_option(&name)),
    }
}

/// `params(since: NaiveDate, least: i32)`.
fn parse_params(option: &Opt, errors: &Errors) -> Vec<(Ident, Type)> {
    let Some(group) = &option.group else {
        errors.span(option.span(), messages::malformed_params());
        return Vec::new();
    };
    let parser = |input: ParseStream<'_>| {
        let name: Ident = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok((name, input.parse::<Type>()?))
    };
    let mut params: Vec<(Ident, Type)> = Vec::new();
    for piece in pieces(group.stream()) {
        match parser.parse2(piece.clone()) {
            Ok((name, _)) if params.iter().any(|(other, _)| *other == name) => {
                errors.at(&name, messages::param_twice(&plain(&name)));
            }
            Ok(param) => params.push(param),
            Err(_) => errors.at(piece, messages::malformed_params()),
        }
    }
    params
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
    let (ident, called) = (input.ident.clone(), plain(&input.ident));
    Some(SpecInput { ident, attr, named: true, called, generics: Vec::new(), fields })
}

fn parse_field(field: &Field, errors: &Errors) -> Option<FieldInput> {
    let ident = field.ident.clone()?;
    let load = parse_load(field, &ident, errors);
    let (vis, ty) = (field.vis.clone(), field.ty.clone());
    Some(FieldInput { vis, ident, ty, says: Says::Type, alias: None, load })
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
        Some(LoadInput::Join { .. }) => "join",
        Some(LoadInput::Prefetch { .. }) => "prefetch",
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
    let mut options = options(tokens.clone(), errors);
    if options.is_empty() {
        if tokens.is_empty() {
            errors.at(attr, messages::empty_field_attribute());
        }
        return None;
    }
    let ways = ["join", "prefetch", "annotate"];
    let way = options.iter().position(|option| ways.iter().any(|way| option.is(way)));
    let Some(way) = way else {
        let first = &options[0];
        let name = plain(&first.name);
        let message = match REFINEMENTS.contains(&name.as_str()) || name == "params" {
            true => messages::refines_nothing(&name),
            false => messages::unknown_load(&name),
        };
        errors.span(first.span(), message);
        return None;
    };
    let option = options.remove(way);
    match plain(&option.name).as_str() {
        "join" => {
            let relation = relation_value(option, ident, errors);
            let params = parse_arguments(&mut options, errors);
            reject(&options, "join", &["params"], errors);
            Some(LoadInput::Join { relation: relation?, params: params.ok()? })
        }
        "prefetch" => {
            let relation = relation_value(option, ident, errors);
            let params = parse_arguments(&mut options, errors);
            let refinement = Box::new(parse_refinement(&options, errors));
            let whole = refinement.is_whole();
            let (relation, params) = (relation?, params.ok()?);
            Some(LoadInput::Prefetch { relation, params, refinement, whole })
        }
        _ => {
            reject(&options, "annotate", &[], errors);
            parse_annotation(option, errors)
        }
    }
}

/// What a prefetch can be refined by.
const REFINEMENTS: [&str; 7] =
    ["filter", "order_by", "then_order_by", "limit", "offset", "distinct", "optional"];

/// Reports options that do not go with the way a field is loaded.
fn reject(options: &[Opt], way: &str, known: &[&str], errors: &Errors) {
    for option in options {
        let name = plain(&option.name);
        let message = match REFINEMENTS.contains(&name.as_str()) {
            true => messages::not_refined(&name, way),
            false => messages::unexpected_option(&name, way, known),
        };
        errors.span(option.span(), message);
    }
}

/// `params(since, 5)`, taken out of the options.
fn parse_arguments(options: &mut Vec<Opt>, errors: &Errors) -> Result<Option<Arguments>, Reported> {
    let Some(at) = options.iter().position(|option| option.is("params")) else {
        return Ok(None);
    };
    let option = options.remove(at);
    let Some(group) = option.group else {
        errors.span(option.name.span(), messages::malformed_arguments());
        return Err(Reported);
    };
    let pieces = pieces(group.stream()).into_iter();
    let expressions = pieces.map(|piece| {
        syn::parse2::<Expr>(piece.clone()).map_err(|_| {
            errors.at(piece, messages::malformed_arguments());
            Reported
        })
    });
    Ok(Some(Arguments::Each(expressions.collect::<Result<_, _>>()?)))
}

/// `optional, filter = .., order_by = .., limit = 5`.
fn parse_refinement(options: &[Opt], errors: &Errors) -> Refinement {
    let mut refinement = Refinement::default();
    for (i, option) in options.iter().enumerate() {
        let name = plain(&option.name);
        if options[..i].iter().any(|other| other.name == option.name) {
            errors.span(option.span(), messages::option_twice(&name));
            continue;
        }
        let slot = match name.as_str() {
            "filter" => &mut refinement.filter,
            "order_by" => &mut refinement.order_by,
            "then_order_by" => &mut refinement.then_order_by,
            "limit" => &mut refinement.limit,
            "offset" => &mut refinement.offset,
            "distinct" => {
                refinement.distinct = true;
                if option.value.is_some() || option.group.is_some() {
                    errors.span(option.span(), messages::distinct_takes_nothing());
                }
                continue;
            }
            "optional" => {
                refinement.optional = true;
                if option.value.is_some() || option.group.is_some() {
                    errors.span(option.span(), messages::optional_takes_nothing());
                }
                continue;
            }
            _ => {
                errors.span(option.span(), messages::unknown_refinement(&name));
                continue;
            }
        };
        let example = match name.as_str() {
            "filter" => "books::title.eq(\"Emma\")",
            "order_by" | "then_order_by" => "books::title",
            _ => "5",
        };
        let missing = || messages::needs_value(&name, example);
        let wrong = || messages::malformed_refinement(&name, example);
        *slot = value(option, missing, wrong, errors);
    }
    check_refinement(&mut refinement, errors);
    refinement
}

/// What does not go together.
fn check_refinement(refinement: &mut Refinement, errors: &Errors) {
    if let (Some(given), None) = (&refinement.then_order_by, &refinement.order_by) {
        errors.at(given, messages::then_without_order("then_order_by"));
    }
    for (name, cut) in [("limit", &refinement.limit), ("offset", &refinement.offset)] {
        if let Some(Expr::Unary(unary)) = cut {
            if matches!(unary.op, UnOp::Neg(_)) {
                errors.at(unary, messages::negative(name));
            }
        }
        if let (Some(cut), true) = (cut, refinement.distinct) {
            errors.at(cut, messages::distinct_and_cut(name));
        }
    }
    if refinement.distinct {
        (refinement.limit, refinement.offset) = (None, None);
    }
}

/// `.filter(..).order_by(..).limit(5)`: what a prefetch declares, as methods of its query.
pub(crate) fn parse_steps(steps: &[Step], errors: &Errors) -> Refinement {
    let mut refinement = Refinement::default();
    for Step { method, args, .. } in steps {
        let name = plain(method);
        let slot = match name.as_str() {
            "filter" => &mut refinement.filter,
            "order" | "order_by" => &mut refinement.order_by,
            "then_order_by" => &mut refinement.then_order_by,
            "limit" => &mut refinement.limit,
            "offset" => &mut refinement.offset,
            "distinct" if args.is_empty() => {
                refinement.distinct = true;
                continue;
            }
            "distinct" => {
                errors.at(method, messages::distinct_takes_nothing());
                continue;
            }
            _ => {
                let known = ["filter", "order_by", "then_order_by", "limit", "offset", "distinct"];
                errors.at(method, messages::unknown_step(&name, &known));
                continue;
            }
        };
        let (Some(given), 1) = (args.first(), args.len()) else {
            errors.at(method, messages::step_takes_one(&name));
            continue;
        };
        *slot = match (slot.take(), name.as_str()) {
            (Some(before), "filter") => Some(parse_quote_spanned! {given.span()=>
                (#before).and(#given)
            }),
            (Some(_), _) => {
                errors.at(method, messages::option_twice(&name));
                continue;
            }
            (None, _) => Some(given.clone()),
        };
    }
    check_refinement(&mut refinement, errors);
    refinement
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

/// `books.count()`, or any expression.
fn parse_annotation(option: Opt, errors: &Errors) -> Option<LoadInput> {
    let missing = messages::annotate_needs_value;
    let expression = value(&option, missing, messages::malformed_annotation, errors)?;
    Some(LoadInput::Annotate(expression))
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
        names.columns.push(ModelColumn { field, column, ty: None, read_as: None });
    }
    while !relations.is_empty() {
        names.relations.push(relations.call(Ident::parse_any)?);
    }
    Ok(names)
}
