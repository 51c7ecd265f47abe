//! `load!`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseBuffer, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::token::{Brace, Paren};
use syn::{
    Attribute, Expr, ExprMethodCall, ExprPath, Path, Token, Type, TypePath, Visibility, braced,
    parenthesized,
};

use super::plain;
use crate::ast::RelationPath;
use crate::errors::Errors;
use crate::messages;
use crate::model::last_name;
use crate::shape::{Asked, Entry, EntryKind, Item, Load, LoadCall, Related, Rows, Shape, Step};
use crate::types::{row_type, shown};

/// Reads what stands in `load!(..)`. An entry that is not understood is reported and left out.
pub(crate) fn parse_load(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Load> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    if input.peek(Token![enum]) || input.peek(Token![union]) {
        return Err(input.error(messages::not_a_struct_in_place()));
    }
    let item = match input.peek(Token![struct]) {
        true => {
            input.parse::<Token![struct]>()?;
            let ident: Ident =
                input.parse().map_err(|error| at(error, messages::no_struct_name()))?;
            if input.peek(Token![<]) {
                return Err(input.error(messages::generic_struct_in_place(&plain(&ident))));
            }
            if let Err(error) = input.parse::<Token![:]>() {
                errors.add(at(error, messages::no_model_of_struct(&plain(&ident))));
                drop(input.parse::<TokenStream>());
                return Ok(Load::WithoutModel(attrs, Some(Item { vis, ident })));
            }
            Some(Item { vis, ident })
        }
        false if !matches!(vis, Visibility::Inherited) => {
            return Err(syn::Error::new_spanned(vis, messages::visibility_of_an_expression()));
        }
        false => None,
    };
    let model = match parse_model(input) {
        Ok(model) => model,
        Err(error) => {
            errors.add(error);
            drop(input.parse::<TokenStream>());
            return Ok(Load::WithoutModel(attrs, item));
        }
    };
    let shape = match input.peek(Brace) {
        true => {
            let body;
            braced!(body in input);
            parse_shape(&body, errors)
        }
        false => {
            errors.span(end_of(input, &model), messages::no_shape(&last_name(&model)));
            drop(input.parse::<TokenStream>());
            Shape { unfinished: true, ..Shape::default() }
        }
    };
    if !input.is_empty() {
        let rest: TokenStream = input.parse()?;
        errors.at(rest, messages::tokens_behind_shape());
    }
    Ok(Load::Call(LoadCall { attrs, item, model, shape }))
}

/// The same error in other words.
fn at(error: syn::Error, message: String) -> syn::Error {
    syn::Error::new(error.span(), message)
}

fn parse_model(input: ParseStream<'_>) -> syn::Result<Path> {
    input.call(Path::parse_mod_style).map_err(|error| at(error, messages::malformed_load()))
}

/// Where something is missing: at the next token, or behind what was read last.
fn end_of(input: ParseStream<'_>, last: &impl Spanned) -> Span {
    if input.is_empty() { last.span() } else { input.span() }
}

fn parse_shape(input: ParseStream<'_>, errors: &Errors) -> Shape {
    let mut shape = Shape::default();
    while !input.is_empty() {
        let start = input.fork();
        match parse_entry(input, errors) {
            Ok(entry) => shape.entries.push(entry),
            Err(error) => {
                let entry = rest_of_entry(&start);
                match field_of(entry) {
                    Some(field) => shape.entries.push(Entry {
                        attrs: Vec::new(),
                        kind: EntryKind::Broken { field, error },
                    }),
                    None => errors.add(error),
                }
                shape.unfinished = true;
                drop(rest_of_entry(input));
            }
        }
        if input.is_empty() {
            break;
        }
        // Without a comma the next entry begins right here: it is read as if there were one.
        if input.parse::<Token![,]>().is_err() {
            errors.span(input.span(), messages::no_comma());
            if !begins_an_entry(input) {
                drop(rest_of_entry(input));
                let _ = input.parse::<Token![,]>();
            }
        }
    }
    shape
}

fn begins_an_entry(input: ParseStream<'_>) -> bool {
    input.peek(Ident::peek_any) || input.peek(Token![*]) || input.peek(Token![#])
}

/// The tokens up to the next comma.
fn rest_of_entry(input: ParseStream<'_>) -> TokenStream {
    let mut rest = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        rest.extend(input.parse::<TokenTree>());
    }
    rest
}

/// The name of the field that an entry would have been.
fn field_of(entry: TokenStream) -> Option<Ident> {
    let mut words = entry.into_iter();
    let mut word = || {
        words.find_map(|token| match token {
            TokenTree::Ident(word) => Some(word),
            _ => None,
        })
    };
    let first = word()?;
    let mut name = match first.to_string().as_str() {
        "only" | "defer" | "annotate" => None,
        "join" | "prefetch" => word(),
        "optional" => word().and_then(|_| word()),
        _ => Some(first),
    };
    while let Some(next) = word() {
        if next == "as" {
            name = word();
        }
    }
    name.filter(|name| syn::parse2::<Ident>(name.to_token_stream()).is_ok())
}

/// Reads one entry.
fn parse_entry(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Entry> {
    let attrs = input.call(Attribute::parse_outer)?;
    if let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("load")) {
        return Err(syn::Error::new_spanned(attr, messages::load_attribute_in_place()));
    }
    if input.peek(Token![*]) {
        let at = input.parse::<Token![*]>()?.span();
        return Ok(Entry { attrs, kind: EntryKind::AllBut { at, names: Vec::new() } });
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error(messages::not_an_entry()));
    }
    let kind = match keyword(input) {
        Some(keyword) => {
            input.parse::<Ident>()?;
            parse_keyword(keyword, input, errors)?
        }
        None => parse_column(input)?,
    };
    Ok(Entry { attrs, kind })
}

/// The word that an entry begins with, where it is not a column of this name.
fn keyword(input: ParseStream<'_>) -> Option<Ident> {
    let ahead = input.fork();
    let word: Ident = ahead.parse().ok()?;
    let follows = match word.to_string().as_str() {
        "only" | "defer" => ahead.peek(Paren),
        "join" | "prefetch" | "annotate" => {
            !(ahead.is_empty()
                || ahead.peek(Token![,])
                || ahead.peek(Token![as])
                || is_typed(&ahead))
        }
        _ => false,
    };
    let optional =
        word == "optional" && ahead.parse::<Ident>().is_ok_and(|next| next == "prefetch");
    // With nothing behind it the word is more likely unfinished than a column.
    let alone = matches!(word.to_string().as_str(), "join" | "prefetch" | "annotate")
        && (ahead.is_empty() || ahead.peek(Token![,]));
    (follows || alone || optional).then_some(word)
}

/// Whether a type stands here: a colon, and not the two of a path.
fn is_typed(input: ParseStream<'_>) -> bool {
    input.peek(Token![:]) && !input.peek(Token![::])
}

fn parse_keyword(
    keyword: Ident,
    input: ParseStream<'_>,
    errors: &Errors,
) -> syn::Result<EntryKind> {
    let word = keyword.to_string();
    Ok(match word.as_str() {
        "only" => EntryKind::Only { names: parse_names(input, &word)?, keyword },
        // Without names it is all columns: so are its rows while the names are still being written.
        "defer" => EntryKind::AllBut {
            at: keyword.span(),
            names: errors.ok(parse_names(input, &word)).unwrap_or_default(),
        },
        "join" => EntryKind::Join(Box::new(parse_related(&keyword, input, errors)?)),
        "prefetch" => EntryKind::Prefetch(Box::new(parse_related(&keyword, input, errors)?)),
        "optional" => {
            let prefetch: Ident = input.parse()?;
            let mut related = parse_related(&prefetch, input, errors)?;
            if let Asked::If(condition) = &related.asked {
                errors.at(condition, messages::optional_and_condition());
            }
            related.asked = Asked::Optional(keyword);
            EntryKind::Prefetch(Box::new(related))
        }
        _ => parse_annotation(&keyword, input)?,
    })
}

/// `(id, name)`.
fn parse_names(input: ParseStream<'_>, word: &str) -> syn::Result<Vec<Ident>> {
    let list;
    let parens = parenthesized!(list in input);
    match Punctuated::<Ident, Token![,]>::parse_terminated_with(&list, Ident::parse_any) {
        Ok(names) if !names.is_empty() => Ok(names.into_iter().collect()),
        _ => {
            drop(list.parse::<TokenStream>());
            Err(syn::Error::new(parens.span.join(), messages::malformed_names(word)))
        }
    }
}

/// `name`, `name as title`, `name: Name`.
fn parse_column(input: ParseStream<'_>) -> syn::Result<EntryKind> {
    let name = input.call(Ident::parse_any)?;
    if input.peek(Brace) || input.peek(Token![.]) || input.peek(Token![::]) {
        return Err(syn::Error::new(name.span(), messages::not_a_column_entry(&plain(&name))));
    }
    if let Some(message) = misread(&plain(&name), input) {
        return Err(syn::Error::new(name.span(), message));
    }
    let field = parse_field(input)?;
    if field.is_none() {
        not_a_keyword(&name)?;
    }
    let ty = parse_type(input)?;
    Ok(EntryKind::Column { name, field, ty })
}

/// What was meant by a name that another follows, where that is more than a comma left out.
fn misread(name: &str, input: ParseStream<'_>) -> Option<String> {
    let next: Ident = input.fork().call(Ident::parse_any).ok().filter(|next| next != "as")?;
    let ahead = input.fork();
    ahead.call(Ident::parse_any).ok()?;
    match name {
        "only" | "defer" => Some(messages::malformed_names(name)),
        _ if ahead.peek(Brace) || ahead.peek(Token![.]) || ahead.peek(Token![::]) => {
            Some(messages::unknown_way(name, &plain(&next)))
        }
        _ => None,
    }
}

/// Reports a name that no field can have.
fn not_a_keyword(name: &Ident) -> syn::Result<()> {
    match syn::parse2::<Ident>(name.to_token_stream()) {
        Ok(_) => Ok(()),
        Err(_) => Err(syn::Error::new(name.span(), messages::keyword_as_a_field(&plain(name)))),
    }
}

/// `as recent`.
fn parse_field(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    if !input.peek(Token![as]) {
        return Ok(None);
    }
    let keyword = input.parse::<Token![as]>()?;
    let name = input.call(Ident::parse_any);
    let name =
        name.map_err(|_| syn::Error::new(end_of(input, &keyword), messages::no_field_name()))?;
    not_a_keyword(&name)?;
    Ok(Some(name))
}

/// `: Name`.
fn parse_type(input: ParseStream<'_>) -> syn::Result<Option<Type>> {
    if !is_typed(input) {
        return Ok(None);
    }
    let colon = input.parse::<Token![:]>()?;
    let ahead = input.fork();
    match ahead.parse() {
        Ok(ty) => {
            input.advance_to(&ahead);
            Ok(Some(ty))
        }
        Err(_) => Err(syn::Error::new(end_of(input, &colon), messages::no_type())),
    }
}

/// An expression that ends where a shape begins, without the `as` that names its field.
fn parse_expression(input: ParseStream<'_>) -> syn::Result<(Expr, Option<Ident>)> {
    let mut expression = input.call(Expr::parse_without_eager_brace)?;
    let field = take_name(&mut expression);
    Ok((expression, field))
}

/// Takes the name behind the last `as`, which binds tighter than any operator with two sides.
fn take_name(expression: &mut Expr) -> Option<Ident> {
    match expression {
        Expr::Binary(binary) => take_name(&mut binary.right),
        Expr::Cast(cast) => {
            let field = named(&cast.ty)?;
            *expression = (*cast.expr).clone();
            Some(field)
        }
        _ => None,
    }
}

/// The single name that a type is.
fn named(ty: &Type) -> Option<Ident> {
    match ty {
        Type::Path(TypePath { qself: None, path }) => path.get_ident().cloned(),
        _ => None,
    }
}

/// `books.count() as book_count: i64`.
fn parse_annotation(keyword: &Ident, input: ParseStream<'_>) -> syn::Result<EntryKind> {
    if input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new(keyword.span(), messages::unfinished_annotation()));
    }
    let (expression, field) =
        parse_expression(input).map_err(|error| at(error, messages::malformed_computation()))?;
    let Some(field) = field else {
        return Err(syn::Error::new_spanned(expression, messages::annotation_without_name()));
    };
    let ty = parse_type(input)?;
    Ok(EntryKind::Annotate { expression: Box::new(expression), field, ty })
}

/// `books.filter(..) as recent { .. }`.
fn parse_related(keyword: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<Related> {
    let word = keyword.to_string();
    if input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new(keyword.span(), messages::unfinished_relation(&word)));
    }
    let (relation, steps, field) = parse_refined(&word, input, errors)?;
    let asked = parse_condition(input)?;
    let rows = parse_rows(input, errors)?;
    let Some(rows) = rows else {
        let name = last_name(&relation.0);
        return Err(syn::Error::new_spanned(
            &relation.0,
            messages::relation_without_rows(&word, &name),
        ));
    };
    if let ("join", Some(step)) = (word.as_str(), steps.first()) {
        let message = messages::not_refined(&plain(&step.method), "join");
        return Err(syn::Error::new_spanned(&step.method, message));
    }
    if let ("join", Asked::If(condition)) = (word.as_str(), &asked) {
        return Err(syn::Error::new_spanned(condition, messages::join_with_condition()));
    }
    Ok(Related { relation, steps, field, asked, rows })
}

/// `books.filter(..) as recent`.
type Refined = (RelationPath, Vec<Step>, Option<Ident>);

fn parse_refined(word: &str, input: ParseStream<'_>, errors: &Errors) -> syn::Result<Refined> {
    let ahead = input.fork();
    let mut steps = Vec::new();
    let understood = parse_expression(&ahead)
        .map_err(|error| at(error, messages::malformed_related(word)))
        .and_then(|(expression, field)| Ok((take_steps(expression, &mut steps, word)?, field)));
    match understood {
        Ok((relation, field)) => {
            input.advance_to(&ahead);
            Ok((relation, steps, field))
        }
        Err(error) => parse_unfinished(error, input, errors),
    }
}

/// Leaves out what is not understood between a relation and its braces, and reports the error that says so. Where there are
/// no braces, it is all that comes back.
fn parse_unfinished(
    error: syn::Error,
    input: ParseStream<'_>,
    errors: &Errors,
) -> syn::Result<Refined> {
    let Ok(relation) = input.call(Path::parse_mod_style) else {
        return Err(error);
    };
    let mut is_word = false;
    while !(input.is_empty()
        || input.peek(Token![,])
        || input.peek(Token![as])
        || input.peek(Brace))
    {
        // Two words side by side are the beginning of another entry.
        let was_word = std::mem::replace(&mut is_word, input.peek(Ident::peek_any));
        if was_word && is_word {
            return Err(error);
        }
        drop(input.parse::<TokenTree>());
    }
    let field = parse_field(input)?;
    if !input.peek(Brace) {
        return Err(error);
    }
    errors.add(error);
    Ok((RelationPath(relation), Vec::new(), field))
}

/// `if with_books`.
fn parse_condition(input: ParseStream<'_>) -> syn::Result<Asked> {
    if !input.peek(Token![if]) {
        return Ok(Asked::Always);
    }
    let keyword = input.parse::<Token![if]>()?;
    let missing = || syn::Error::new(keyword.span(), messages::no_condition());
    if input.peek(Brace) {
        return Err(missing());
    }
    let condition = input.call(Expr::parse_without_eager_brace);
    condition.map(|condition| Asked::If(Box::new(condition))).map_err(|_| missing())
}

/// Takes a chain of methods apart, down to the relation that it begins with.
fn take_steps(expr: Expr, steps: &mut Vec<Step>, word: &str) -> syn::Result<RelationPath> {
    match expr {
        Expr::MethodCall(ExprMethodCall {
            receiver,
            dot_token,
            method,
            turbofish,
            paren_token,
            args,
            ..
        }) => {
            let relation = take_steps(*receiver, steps, word)?;
            let parens = paren_token.span.join();
            steps.push(Step { dot: dot_token, method, turbofish, parens, args });
            Ok(relation)
        }
        Expr::Path(ExprPath { qself: None, path, .. }) => Ok(RelationPath(path)),
        Expr::Group(group) => take_steps(*group.expr, steps, word),
        other => Err(syn::Error::new_spanned(other, messages::malformed_related(word))),
    }
}

/// `{ .. }`, `: Book { .. }`, `: Vec<BookCard>`, or nothing.
fn parse_rows(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Option<Rows>> {
    let model = match parse_type(input)? {
        None if input.peek(Brace) => None,
        None => return Ok(None),
        Some(ty) if input.peek(Brace) => match ty {
            Type::Path(TypePath { qself: None, path }) if !has_arguments(&path) => Some(path),
            other => {
                let message = messages::model_of_a_shape(&shown(row_type(&other)));
                return Err(syn::Error::new_spanned(other, message));
            }
        },
        Some(ty) => {
            let params = parse_params(input)?;
            return Ok(Some(Rows::Spec { ty: Box::new(ty), params }));
        }
    };
    let body;
    braced!(body in input);
    let shape = parse_shape(&body, errors);
    let behind = input.span();
    if input.peek(Token![as]) || input.peek(Token![.]) || input.peek(Token![:]) {
        return Err(syn::Error::new(behind, messages::behind_the_shape()));
    }
    match parse_params(input)? {
        None => Ok(Some(Rows::Shape { model, shape })),
        Some(_) => Err(syn::Error::new(behind, messages::params_of_a_shape())),
    }
}

fn has_arguments(path: &Path) -> bool {
    path.segments.iter().any(|segment| !segment.arguments.is_none())
}

/// `params(since, 5)`.
fn parse_params(input: ParseStream<'_>) -> syn::Result<Option<(Span, Vec<Expr>)>> {
    let ahead = input.fork();
    match ahead.parse::<Ident>() {
        Ok(word) if word == "params" && ahead.peek(Paren) => input.advance_to(&ahead),
        _ => return Ok(None),
    }
    let list: ParseBuffer<'_>;
    let parens = parenthesized!(list in input);
    match Punctuated::<Expr, Token![,]>::parse_terminated(&list) {
        Ok(values) => Ok(Some((parens.span.join(), values.into_iter().collect()))),
        Err(error) => {
            drop(list.parse::<TokenStream>());
            Err(at(error, messages::malformed_arguments()))
        }
    }
}
