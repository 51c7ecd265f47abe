//! What `load!` is given at run time: the values in it are evaluated where they stand, one after the other, and what they
//! refine is a query that only then begins.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type, UnOp};

use crate::errors::Errors;
use crate::infer::write_out_relations;
use crate::messages;
use crate::parse::plain;
use crate::paths::Runtime;
use crate::shape::Step;

/// What a query is given at run time.
#[derive(Default)]
pub(crate) struct Given {
    /// Values and the names that they get, in the order in which they stand.
    pub(crate) values: Vec<(Ident, TokenStream)>,
    /// Those that are the parameters of the spec, in their order.
    pub(crate) params: Vec<Ident>,
    /// What refines the prefetches.
    pub(crate) refine: Vec<Refine>,
}

/// A prefetch that is refined.
pub(crate) struct Refine {
    /// The joined fields on the way to it.
    joins: Vec<usize>,
    /// The prefetched field.
    at: usize,
    /// The value that says whether it is loaded, where one does.
    condition: Option<Ident>,
    /// The methods that are called on its query.
    steps: Vec<TokenStream>,
    /// What is refined in its rows.
    below: Vec<Refine>,
}

impl Given {
    /// Keeps a value under a name of its own. What is wrong with it where it is used is told at `span`.
    fn keep(&mut self, value: TokenStream, span: Span) -> Ident {
        // A token of the user's, as the compiler tells nothing at others.
        let name = format_ident!("__given_{}", self.values.len(), span = span);
        self.values.push((name.clone(), value));
        name
    }

    /// A condition.
    pub(crate) fn condition(&mut self, condition: Expr) -> Ident {
        let span = condition.span();
        self.keep(condition.into_token_stream(), span)
    }

    /// A value that is a parameter of the spec.
    pub(crate) fn value(&mut self, value: Expr, span: Span) -> Ident {
        let name = self.keep(value.into_token_stream(), span);
        self.params.push(name.clone());
        name
    }

    /// An expression whose type only the compiler knows, as a parameter, and the name of that type.
    pub(crate) fn annotation(
        &mut self,
        mut expression: Expr,
        model: &Type,
        runtime: &Runtime,
    ) -> (Ident, Ident) {
        let span = expression.span();
        write_out_relations(&mut expression, model, runtime);
        let name = self.value(expression, span);
        let generic = format_ident!("Given{}", self.values.len() - 1, span = name.span());
        (name, generic)
    }

    /// Methods that refine a query. What they are given is evaluated before, but for closures, whose types follow from
    /// the method.
    pub(crate) fn steps(&mut self, steps: Vec<Step>, errors: &Errors) -> Vec<TokenStream> {
        check_order(&steps, errors);
        let steps = steps.into_iter().filter_map(|step| {
            let Step { dot, method, turbofish, parens, args } = step;
            let name = plain(&method);
            if !REFINING.contains(&name.as_str()) {
                errors.at(&method, messages::unknown_step(&name, &REFINING));
                return None;
            }
            let args = args.into_iter().map(|arg| match arg {
                Expr::Closure(_) => arg.into_token_stream(),
                value => {
                    let span = value.span();
                    self.keep(value.into_token_stream(), span).into_token_stream()
                }
            });
            let args: Vec<_> = args.collect();
            let call = quote_spanned!(parens=> (#(#args),*));
            Some(quote!(#dot #method #turbofish #call))
        });
        steps.collect()
    }

    /// The query, which `begin` begins.
    pub(crate) fn query(&self, begin: TokenStream) -> TokenStream {
        let refine = self.refine.iter().map(Refine::expand);
        quote! {
            let query = #begin;
            #(#refine)*
            query
        }
    }
}

/// What is wrong with the order of the methods, or with two of them together.
fn check_order(steps: &[Step], errors: &Errors) {
    let is = |step: &Step, names: &[&str]| names.iter().any(|name| step.method == name);
    let mut ordered = false;
    for step in steps {
        if is(step, &["then_order_by"]) && !ordered {
            errors.at(&step.method, messages::then_without_order_in_place());
        }
        ordered |= is(step, &["order", "order_by", "then_order_by"]);
        if is(step, &["limit", "offset"]) {
            let name = plain(&step.method);
            if let Some(Expr::Unary(negative)) = step.args.first() {
                if let (UnOp::Neg(_), Expr::Lit(_)) = (&negative.op, &*negative.expr) {
                    errors.at(negative, messages::negative(&name));
                }
            }
            if steps.iter().any(|step| is(step, &["distinct"])) {
                errors.at(&step.method, messages::distinct_and_cut(&name));
            }
        }
    }
}

/// The methods that refine the query for the rows of a relation.
#[rustfmt::skip]
const REFINING: [&str; 13] = [
    "filter", "or_filter", "order", "order_by", "then_order_by", "limit", "offset", "distinct", "prefetch",
    "prefetch_if", "request", "request_if", "into_boxed",
];

impl Refine {
    /// What a prefetch in field `at` is refined by, if by anything.
    pub(crate) fn of_prefetch(
        at: usize,
        condition: Option<Ident>,
        steps: Vec<TokenStream>,
        below: Vec<Self>,
    ) -> Option<Self> {
        let refines = condition.is_some() || !(steps.is_empty() && below.is_empty());
        refines.then_some(Self { joins: Vec::new(), at, condition, steps, below })
    }

    /// The same seen from the spec that joins this one in field `join`.
    pub(crate) fn below_join(mut self, join: usize) -> Self {
        self.joins.insert(0, join);
        self
    }

    fn expand(&self) -> TokenStream {
        let Self { joins, at, condition, steps, below } = self;
        let joins = quote!(query #(.__joined::<#joins>())*);
        let refines = !(steps.is_empty() && below.is_empty());
        let below = below.iter().map(Self::expand);
        let refine = quote! {
            |query| {
                let query = query #(#steps)*;
                #(#below)*
                query
            }
        };
        match condition {
            None => quote! {
                let place = #joins.__prefetched::<#at>();
                let query = query.prefetch(place, #refine);
            },
            Some(condition) if refines => quote! {
                let place = #joins.__optional::<#at>();
                let query = query.prefetch_if(#condition, place, #refine);
            },
            Some(condition) => quote! {
                let place = #joins.__optional::<#at>();
                let query = query.request_if(#condition, place);
            },
        }
    }
}
