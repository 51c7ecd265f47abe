//! Lists of options between commas: `join`, `foreign_key = books::author_id`, `primary_key(a, b)`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, Meta};

use crate::errors::Errors;
use crate::messages;

/// One option. What follows its name is kept as tokens.
pub(super) struct Opt {
    pub(super) name: Ident,
    /// What stands behind `=`.
    pub(super) value: Option<TokenStream>,
    /// What stands in the parentheses behind the name.
    pub(super) group: Option<Group>,
}

impl Opt {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub(super) fn span(&self) -> Span {
        self.name.span()
    }
}

/// Splits tokens at their commas. Nothing stands between a trailing comma and the end.
pub(super) fn pieces(tokens: TokenStream) -> Vec<TokenStream> {
    let mut pieces = vec![TokenStream::new()];
    for token in tokens {
        match (&token, pieces.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => {
                pieces.push(TokenStream::new())
            }
            (_, Some(piece)) => piece.extend([token]),
            _ => {}
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Reads one option; an error where the tokens are none.
pub(super) fn option(tokens: TokenStream) -> syn::Result<Opt> {
    let mut tokens = tokens.into_iter().peekable();
    let first = tokens.next().map(TokenStream::from).unwrap_or_default();
    let name = Ident::parse_any
        .parse2(first.clone())
        .map_err(|_| syn::Error::new_spanned(first, messages::unexpected_tokens()))?;
    match tokens.next() {
        None => Ok(Opt { name, value: None, group: None }),
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
            let value: TokenStream = tokens.collect();
            Ok(Opt { name, value: Some(value), group: None })
        }
        Some(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Parenthesis && tokens.peek().is_none() =>
        {
            Ok(Opt { name, value: None, group: Some(group) })
        }
        Some(other) => Err(syn::Error::new_spanned(other, messages::unexpected_tokens())),
    }
}

/// Reads a list of options, reporting each that is none.
pub(super) fn options(tokens: TokenStream, errors: &Errors) -> Vec<Opt> {
    pieces(tokens).into_iter().filter_map(|piece| errors.ok(option(piece))).collect()
}

/// The options of all attributes called `name`. What is wrong with another macro's attributes is for it to say.
pub(super) fn options_of(attrs: &[Attribute], name: &str) -> Vec<Opt> {
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident(name))
        .filter_map(|attr| match &attr.meta {
            Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        })
        .flat_map(pieces)
        .filter_map(|piece| option(piece).ok())
        .collect()
}

/// The value of an option, parsed; reports where it is missing or something else.
pub(super) fn value<T: syn::parse::Parse>(
    option: &Opt,
    missing: impl FnOnce() -> String,
    wrong: impl FnOnce() -> String,
    errors: &Errors,
) -> Option<T> {
    let Some(value) = option.value.clone().filter(|value| !value.is_empty()) else {
        errors.span(option.span(), missing());
        return None;
    };
    match syn::parse2(value.clone()) {
        Ok(parsed) => Some(parsed),
        Err(_) => {
            errors.at(value, wrong());
            None
        }
    }
}
