//! What editors are shown of a `load!`: the names in it as parts of Rust expressions, so that what a half-written one can
//! go on with is offered, and a finished one can be looked up. The compiler never sees these.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::shape::{Entry, EntryKind, Rows, Shape};

/// A name that stands for something of the model.
pub(crate) enum Hint {
    /// A column.
    Column(TokenStream),
    /// A relation that is joined.
    Relation(TokenStream),
    /// A relation that is prefetched, and what is called on the query for its rows.
    Prefetch(TokenStream),
    /// What is computed, beginning with a relation.
    Computed(TokenStream),
    /// What stands in the braces of a relation.
    Inside(TokenStream, Vec<Hint>),
}

/// The names in a shape, in their order.
pub(crate) fn hints(shape: &Shape) -> Vec<Hint> {
    let mut hints: Vec<_> = shape.entries.iter().flat_map(of_entry).collect();
    hints.extend(shape.unfinished.iter().cloned().filter_map(of_unfinished));
    hints
}

fn of_entry(Entry { kind, .. }: &Entry) -> Vec<Hint> {
    let column = |name: &Ident| Hint::Column(name.to_token_stream());
    match kind {
        EntryKind::Column { name, .. } => vec![column(name)],
        EntryKind::Only { names, .. } | EntryKind::AllBut { names, .. } => {
            names.iter().map(column).collect()
        }
        EntryKind::Join(related) | EntryKind::Prefetch(related) => {
            let Some(name) = related.relation.0.get_ident() else {
                return Vec::new();
            };
            let inside = match &related.rows {
                Rows::Shape { shape, .. } => Some(Hint::Inside(plain_name(name), hints(shape))),
                Rows::Spec { .. } => None,
            };
            let outside = match &related.unfinished {
                Some(query) => Hint::Prefetch(query.clone()),
                None => Hint::Relation(name.to_token_stream()),
            };
            [outside].into_iter().chain(inside).collect()
        }
        EntryKind::Annotate { .. } => Vec::new(),
    }
}

/// The same name, but not as the user's: one place is enough to look it up.
fn plain_name(name: &Ident) -> TokenStream {
    let mut name = name.clone();
    name.set_span(Span::call_site());
    name.into_token_stream()
}

/// What can be told of an entry that is still being written.
fn of_unfinished(tokens: TokenStream) -> Option<Hint> {
    let mut tokens = tokens.into_iter().peekable();
    let is_optional =
        |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "optional");
    let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(_));
    if tokens.clone().next().is_some_and(|token| is_optional(&token))
        && tokens.clone().nth(1).is_some_and(|token| is_word(&token))
    {
        tokens.next();
    }
    let first = match tokens.next()? {
        TokenTree::Ident(first) => first,
        _ => return None,
    };
    let word = first.to_string();
    if !["join", "prefetch", "annotate"].contains(&word.as_str()) {
        let rest: TokenStream = std::iter::once(TokenTree::Ident(first)).chain(tokens).collect();
        return Some(Hint::Column(rest));
    }
    // A path is completed as such.
    let is_brace = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let mut rest: TokenStream = tokens.take_while(|token| !is_brace(token)).collect();
    if rest.is_empty() {
        rest = quote!(name);
    }
    Some(match word.as_str() {
        "join" => Hint::Relation(rest),
        "prefetch" => Hint::Prefetch(rest),
        _ => Hint::Computed(rest),
    })
}
