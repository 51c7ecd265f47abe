//! The columns and relations of a model by their names, as far as names are known.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
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
    /// The place of a column in the model, as a type.
    pub(crate) fn of_column(&self, model: &Type, runtime: &Runtime) -> TokenStream {
        let place = self.number("column", model, runtime);
        quote!(#runtime::ColumnPlace<#place>)
    }

    /// A relation of the model, as a type, told at `span`.
    pub(crate) fn of_relation(&self, model: &Type, runtime: &Runtime, span: Span) -> TokenStream {
        let place = self.number("relation", model, runtime);
        let runtime = runtime.at(span);
        quote_spanned!(span=> <#model as #runtime::RelationAt<#place>>::Relation)
    }

    /// The place of a column, as editors are shown it: they compute no constants.
    pub(crate) fn hint_of_column(&self, model: &Type, runtime: &Runtime) -> TokenStream {
        match self {
            Self::At(_) => self.of_column(model, runtime),
            Self::Of(name) => {
                let name = number_of(name);
                quote!(<#model as #runtime::ColumnHint<#name>>::Place)
            }
        }
    }

    /// A relation, as editors are shown it.
    pub(crate) fn hint_of_relation(&self, model: &Type, runtime: &Runtime) -> TokenStream {
        match self {
            Self::At(_) => self.of_relation(model, runtime, Span::call_site()),
            Self::Of(name) => {
                let name = number_of(name);
                quote!(<#model as #runtime::RelationHint<#name>>::Relation)
            }
        }
    }

    /// The same in an expression whose type is known by a name.
    pub(crate) fn of_relation_in(
        &self,
        alias: &Ident,
        model: &Type,
        runtime: &Runtime,
        span: Span,
    ) -> TokenStream {
        let Self::Of(name) = self else {
            return self.of_relation(model, runtime, span);
        };
        let (place, text) = (name.span(), plain(name));
        let at_name = runtime.at(place);
        let place = quote_spanned! {place=>
            { #at_name::names::relation_in::<#model, #alias>(#text) }
        };
        let runtime = runtime.at(span);
        quote_spanned!(span=> <#model as #runtime::RelationAt<#place>>::Relation)
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

/// A number that stands for a name.
pub(crate) fn number_of(name: &Ident) -> u64 {
    let letters = plain(name).into_bytes();
    letters.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(letter)).wrapping_mul(0x100_0000_01b3)
    })
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
