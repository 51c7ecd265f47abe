//! The columns and relations of a model by their names, as far as names are known.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Expr, ExprMethodCall, Type};

use crate::ast::ModelNames;
use crate::parse::plain;
use crate::paths::Runtime;

/// The names of a model.
#[derive(Clone, Copy)]
pub(crate) enum Names<'a> {
    /// The model told them.
    Known(&'a ModelNames),
    /// The compiler is asked for each.
    Asked,
}

/// Where a column or a relation is in its model.
pub(crate) enum Place {
    At(usize),
    /// At the place that the compiler finds for this name.
    Of(Ident),
}

impl Place {
    /// The number of a column of the model, as a constant.
    pub(crate) fn of_column(&self, model: &Type, runtime: &Runtime) -> TokenStream {
        self.number("column", model, runtime)
    }

    /// The number of a relation of the model, as a constant.
    pub(crate) fn of_relation(&self, model: &Type, runtime: &Runtime) -> TokenStream {
        self.number("relation", model, runtime)
    }

    /// The same in an expression whose type is known by a name.
    pub(crate) fn of_relation_in(
        &self,
        alias: &Ident,
        model: &Type,
        runtime: &Runtime,
    ) -> TokenStream {
        match self {
            Self::At(at) => at.to_token_stream(),
            Self::Of(name) => {
                let (span, text) = (name.span(), plain(name));
                let runtime = runtime.at(span);
                quote_spanned!(span=> { #runtime::names::relation_in::<#model, #alias>(#text) })
            }
        }
    }

    fn number(&self, what: &str, model: &Type, runtime: &Runtime) -> TokenStream {
        match self {
            Self::At(at) => at.to_token_stream(),
            Self::Of(name) => {
                let (span, text) = (name.span(), plain(name));
                let (runtime, what) = (runtime.at(span), Ident::new(what, span));
                quote_spanned!(span=> { #runtime::names::#what::<#model>(#text) })
            }
        }
    }
}

/// Which bare names in an expression are relations.
#[derive(Clone, Copy)]
pub(crate) enum Relations<'a> {
    /// These.
    Known(&'a [String]),
    /// Those of which something is computed that only relations have.
    Asked,
    /// None: the expression is one on another model.
    None,
}

impl Relations<'_> {
    /// The relation that a bare name is which this method is called on.
    pub(crate) fn place(self, name: &Ident, call: &ExprMethodCall) -> Option<Place> {
        match self {
            Self::Known(names) => {
                let plain = plain(name);
                names.iter().position(|other| *other == plain).map(Place::At)
            }
            Self::Asked => is_of_relations(call).then(|| Place::Of(name.clone())),
            Self::None => None,
        }
    }

    /// Whether a bare name, of which nothing is computed, can only be a relation.
    pub(crate) fn is_one(self, name: &Ident) -> bool {
        match self {
            Self::Known(names) => names.contains(&plain(name)),
            Self::Asked => true,
            Self::None => false,
        }
    }
}

/// The methods that only relations have.
pub(crate) const OF_RELATIONS: [&str; 9] =
    ["count", "count_distinct", "sum", "avg", "min", "max", "exists", "any", "none"];

/// Whether a method is one of a relation, by its name and what it is given: numbers have a `min` and a `max`, too.
fn is_of_relations(call: &ExprMethodCall) -> bool {
    match plain(&call.method).as_str() {
        "min" | "max" => call.args.first().is_some_and(is_a_longer_path),
        "filter" => true,
        name => OF_RELATIONS.contains(&name),
    }
}

fn is_a_longer_path(argument: &Expr) -> bool {
    match argument {
        Expr::Path(path) => path.path.segments.len() > 1,
        Expr::Group(group) => is_a_longer_path(&group.expr),
        _ => false,
    }
}
