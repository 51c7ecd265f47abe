//! What editors are shown of a `load!`: the names in it as parts of Rust expressions, so that what a half-written one can
//! go on with is offered, and a finished one can be looked up. The compiler never sees these.
//!
//! They are read from tokens and not from what was understood of them. An editor expands a text twice, as it stands and
//! with a name where the cursor is, and compares the two place by place: so what stands before the cursor must become the
//! same, also where only one of them is understood.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream};

/// What a part of an entry is.
pub(crate) enum Hint {
    /// A column, or nothing yet.
    Column(TokenStream),
    /// A relation, or what begins with one.
    Relation(Place, TokenStream),
    /// A relation that is prefetched, and what is called on the query for its rows.
    Prefetch(Place, TokenStream),
    /// What stands in the braces of a relation.
    Inside(Place, Vec<Hint>),
    /// Any other expression.
    Value(TokenStream),
    /// The type of a field.
    Type(TokenStream),
}

/// How a relation is named.
#[derive(Clone)]
pub(crate) enum Place {
    /// `books`, or nothing yet.
    Name(TokenStream),
    /// `author::books`
    Path(TokenStream),
}

/// The model of a `load!`, as far as it is written, and the names in its braces.
pub(crate) fn hints(call: TokenStream) -> (TokenStream, Vec<Hint>) {
    let mut tokens = call.into_iter().peekable();
    let mut model = TokenStream::new();
    let mut is_item = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                return (model, entries(&group));
            }
            TokenTree::Punct(hash) if hash.as_char() == '#' => drop(tokens.next()),
            TokenTree::Ident(word) if word == "struct" => {
                // Behind the name and the colon.
                (is_item, model) = (true, TokenStream::new());
                drop((tokens.next(), tokens.next()));
            }
            TokenTree::Ident(word) if !is_item && word == "pub" => {}
            token => model.extend([token]),
        }
    }
    (model, Vec::new())
}

fn entries(braces: &Group) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut tokens = Tokens { tokens: braces.stream().into_iter().peekable() };
    while !tokens.is_empty() {
        tokens.entry(&mut hints);
        tokens.next_if(|token| is_punct(token, ','));
    }
    hints
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(found) if found == word)
}

fn is_name(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_))
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// The tokens of a shape that are still to be read.
struct Tokens {
    tokens: Peekable<token_stream::IntoIter>,
}

impl Tokens {
    fn is_empty(&mut self) -> bool {
        self.tokens.peek().is_none()
    }

    fn next_if(&mut self, is_wanted: impl FnOnce(&TokenTree) -> bool) -> Option<TokenTree> {
        self.tokens.next_if(is_wanted)
    }

    fn behind_the_next(&self, is_wanted: impl FnOnce(&TokenTree) -> bool) -> bool {
        self.tokens.clone().nth(1).is_some_and(|token| is_wanted(&token))
    }

    fn peek(&mut self, is_wanted: impl FnOnce(&TokenTree) -> bool) -> bool {
        self.tokens.peek().is_some_and(is_wanted)
    }

    fn is_typed(&mut self) -> bool {
        self.peek(|token| is_punct(token, ':'))
            && !self.behind_the_next(|token| is_punct(token, ':'))
    }

    /// The tokens up to a comma, to what names or types the field, to a condition and to braces.
    fn expression(&mut self) -> TokenStream {
        let mut expression = TokenStream::new();
        while !(self.is_typed() || self.peek(ends_an_expression)) {
            if self.peek(|token| is_punct(token, ':')) {
                expression.extend(self.tokens.next());
            }
            match self.tokens.next() {
                Some(token) => expression.extend([token]),
                None => break,
            }
        }
        expression
    }

    /// `books`, `author::books`.
    fn place(&mut self) -> Place {
        let mut path = TokenStream::new();
        let mut is_path = false;
        while let Some(name) = self.next_if(is_name) {
            path.extend([name]);
            if !self.peek(|token| is_punct(token, ':')) || self.is_typed() {
                break;
            }
            is_path = true;
            path.extend([self.tokens.next(), self.tokens.next()].into_iter().flatten());
        }
        if is_path { Place::Path(path) } else { Place::Name(path) }
    }

    /// One entry, or what of it stands before the next, where the comma is missing.
    fn entry(&mut self, hints: &mut Vec<Hint>) {
        while self.next_if(|token| is_punct(token, '#')).is_some() {
            self.next_if(|token| is_group(token, Delimiter::Bracket));
        }
        if self.peek(|token| is_word(token, "optional")) && self.behind_the_next(is_name) {
            self.tokens.next();
        }
        let names = |token: &TokenTree| is_group(token, Delimiter::Parenthesis);
        for word in ["only", "defer"] {
            if self.peek(|token| is_word(token, word)) && self.behind_the_next(names) {
                self.tokens.next();
                if let Some(TokenTree::Group(names)) = self.tokens.next() {
                    let names = names.stream();
                    if names.is_empty() {
                        hints.push(Hint::Column(names.clone()));
                    }
                    let names = names.into_iter().filter(is_name);
                    hints.extend(names.map(|name| Hint::Column(name.into())));
                }
                return;
            }
        }
        let is_alone = |token: &TokenTree| is_punct(token, ':') || is_word(token, "as");
        for word in ["join", "prefetch", "annotate"] {
            if self.peek(|token| is_word(token, word)) && !self.behind_the_next(is_alone) {
                self.tokens.next();
                return self.related(word, hints);
            }
        }
        if let Some(name) = self.next_if(is_name) {
            let mut column = TokenStream::from(name);
            // Another name begins another entry.
            if !self.peek(is_name) {
                column.extend(self.expression());
            }
            hints.push(Hint::Column(column));
            self.field(hints);
        } else if !self.peek(|token| is_punct(token, ',')) {
            self.tokens.next();
        }
    }

    /// `books.filter(..) as recent if condition { .. }`.
    fn related(&mut self, word: &str, hints: &mut Vec<Hint>) {
        let is_method = |token: &TokenTree| is_punct(token, '.') || ends_an_expression(token);
        let is_relation = self.is_empty()
            || self.peek(|token| is_punct(token, ','))
            || self.peek(is_name)
                && (self.tokens.clone().count() == 1 || self.behind_the_next(is_method));
        if word == "annotate" && !is_relation {
            hints.push(Hint::Value(self.expression()));
            return self.field(hints);
        }
        let place = self.place();
        let steps = self.expression();
        hints.push(match word {
            "prefetch" => Hint::Prefetch(place.clone(), steps),
            _ => Hint::Relation(place.clone(), steps),
        });
        self.field(hints);
        if let Some(TokenTree::Group(braces)) =
            self.next_if(|token| is_group(token, Delimiter::Brace))
        {
            hints.push(Hint::Inside(place, entries(&braces)));
        }
    }

    /// `as recent: Vec<BookCard> params(5) if condition`.
    fn field(&mut self, hints: &mut Vec<Hint>) {
        if self.next_if(|token| is_word(token, "as")).is_some() {
            self.next_if(is_name);
        }
        if self.is_typed() {
            self.tokens.next();
            let mut ty = TokenStream::new();
            let ends = |token: &TokenTree| ends_an_expression(token) || is_word(token, "params");
            while let Some(token) = self.next_if(|token| !ends(token)) {
                ty.extend([token]);
            }
            hints.push(Hint::Type(ty));
        }
        if self.next_if(|token| is_word(token, "params")).is_some() {
            hints.extend(self.tokens.next().map(|values| Hint::Value(values.into())));
        }
        if self.next_if(|token| is_word(token, "if")).is_some() {
            hints.push(Hint::Value(self.expression()));
        }
    }
}

fn ends_an_expression(token: &TokenTree) -> bool {
    is_punct(token, ',')
        || is_word(token, "as")
        || is_word(token, "if")
        || is_group(token, Delimiter::Brace)
}
