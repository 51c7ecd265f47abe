//! Lists of options between commas: `join`, `foreign_key = books::author_id`, `primary_key(a, b)`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, LitStr, Meta};

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

/// Splits tokens at their commas, but for those between `<` and `>`. Nothing stands between a trailing comma and the end.
pub(super) fn pieces(tokens: TokenStream) -> Vec<TokenStream> {
    let mut pieces = vec![TokenStream::new()];
    let mut open = 0_usize;
    let mut after_dash = false;
    for token in tokens {
        let sign = match &token {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        match sign {
            '<' => open += 1,
            // The `>` of `->` closes nothing.
            '>' if !after_dash => open = open.saturating_sub(1),
            _ => {}
        }
        after_dash = sign == '-';
        match pieces.last_mut() {
            Some(piece) if sign != ',' || open > 0 => piece.extend([token]),
            _ => pieces.push(TokenStream::new()),
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

/// Diesel's option of this name, from all `#[diesel(..)]` attributes. What is wrong with others is for Diesel to say.
pub(super) fn diesel_option(attrs: &[Attribute], name: &str) -> Option<syn::Result<Opt>> {
    let lists = attrs.iter().filter(|attr| attr.path().is_ident("diesel")).filter_map(|attr| {
        match &attr.meta {
            Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        }
    });
    let begins_with_name = |piece: &TokenStream| match piece.clone().into_iter().next() {
        Some(TokenTree::Ident(first)) => first == name,
        _ => false,
    };
    lists.flat_map(pieces).find(begins_with_name).map(option)
}

/// What has been reported as an error.
pub(super) struct Reported;

/// The value of Diesel's option of this name, where it is given.
pub(super) fn diesel_value<T: Parse>(
    attrs: &[Attribute],
    name: &str,
    example: &str,
    wrong: impl FnOnce() -> String,
    errors: &Errors,
) -> Result<Option<T>, Reported> {
    let Some(option) = diesel_option(attrs, name) else {
        return Ok(None);
    };
    let missing = || messages::needs_value(name, example);
    let option = option.map_err(|error| {
        errors.span(error.span(), missing());
        Reported
    })?;
    value(&option, missing, wrong, errors).map(Some).ok_or(Reported)
}

/// The value of an option, parsed; reports where it is missing or something else.
pub(super) fn value<T: Parse>(
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

/// A column's name as Diesel takes it: as it is, or in quotes.
pub(super) struct ColumnName(pub(super) Ident);

impl Parse for ColumnName {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(LitStr) {
            return Ok(Self(input.parse()?));
        }
        let quoted: LitStr = input.parse()?;
        let plain = quoted.value();
        // Names that are keywords are raw identifiers in `table!`.
        let parsed = syn::parse_str::<Ident>(&plain)
            .or_else(|_| syn::parse_str::<Ident>(&format!("r#{plain}")));
        let mut name = parsed.map_err(|error| syn::Error::new(quoted.span(), error))?;
        name.set_span(quoted.span());
        Ok(Self(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tokens: &str, expected: &[&str]) {
        let tokens: TokenStream = tokens.parse().expect("these are tokens");
        let pieces: Vec<_> = pieces(tokens).iter().map(TokenStream::to_string).collect();
        assert_eq!(pieces, expected);
    }

    #[test]
    fn options_end_at_commas() {
        check("join, prefetch = books,", &["join", "prefetch = books"]);
        check("primary_key (a, b), table_name = c", &["primary_key (a , b)", "table_name = c"]);
        check("", &[]);
    }

    #[test]
    fn commas_of_a_type_end_no_option() {
        check("a = Map < K , Set < V > > , b", &["a = Map < K , Set < V > >", "b"]);
        check("a = Of < fn () -> K , V > , b", &["a = Of < fn () -> K , V >", "b"]);
    }
}
