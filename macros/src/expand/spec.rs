//! What a load spec is: one small impl for each field, and the struct put together from their values.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::assert_at;
use crate::ast::{Generic, SpecInput, SpecModel};
use crate::infer::told_at;
use crate::messages;
use crate::parse::plain;
use crate::paths::Runtime;
use crate::spec::{Load, Resolved, Spec};

/// How many fields one tuple holds; more are held by tuples of tuples.
pub(super) const TUPLE: usize = 8;

/// Asks whether the path is a model, which the call of its macro tells in the compiler's words only.
pub(crate) fn check_model(
    SpecModel { ty: model, name }: &SpecModel,
    runtime: &Runtime,
) -> TokenStream {
    let message = messages::no_model(name);
    let assert = assert_at(model.span(), quote!(#runtime::check::Asked::<#model>::MODEL), &message);
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #runtime::check::Otherwise as _;
            #assert
        };
    }
}

pub(crate) fn expand(spec: &Spec<'_>, runtime: &Runtime) -> TokenStream {
    let expander = Expander { spec, runtime };
    let numbered = || spec.fields.iter().enumerate();
    let impls = numbered().map(|(i, field)| expander.field_impl(i, field));
    let load_spec = expander.load_spec();
    let names = spec.input.named.then(|| expander.names());
    let loads = expander.loads();
    let checks = numbered().filter_map(|(i, field)| expander.checks(i, field));
    let max_queries = expander.max_queries();
    quote! {
        #[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
        const _: () = {
            #[allow(unused_imports)]
            use #runtime::{
                BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _, NullableExpressionMethods as _,
                RelationDsl as _, TextExpressionMethods as _,
            };

            #(#impls)*
            #load_spec
            #names
            #loads
            #(#checks)*
            #max_queries
        };
    }
}

/// The parameters of a spec with their bounds.
pub(super) fn generic_bounds(generics: &[Generic], runtime: &Runtime) -> Vec<TokenStream> {
    let bound = |generic: &Generic| {
        let (name, bound) = (&generic.name, Ident::new(generic.bound(), Span::call_site()));
        quote!(#name: #runtime::#bound)
    };
    generics.iter().map(bound).collect()
}

/// The items as one tuple, or where they are many as a tuple of tuples.
pub(super) fn nested(items: Vec<TokenStream>) -> TokenStream {
    if items.len() <= TUPLE {
        return quote!((#(#items,)*));
    }
    nested(items.chunks(TUPLE).map(|items| quote!((#(#items,)*))).collect())
}

fn value_name(i: usize) -> Ident {
    format_ident!("value_{i}")
}

/// A spec that is expanded.
pub(super) struct Expander<'a> {
    pub(super) spec: &'a Spec<'a>,
    pub(super) runtime: &'a Runtime,
}

impl Expander<'_> {
    pub(super) fn model(&self) -> &Type {
        &self.spec.input.attr.model.ty
    }

    /// The parameters of an impl for the spec, and the spec with them.
    pub(super) fn spec_type(&self) -> (TokenStream, TokenStream) {
        let (runtime, SpecInput { ident, generics, .. }) = (self.runtime, self.spec.input);
        match generics.is_empty() {
            true => (TokenStream::new(), ident.to_token_stream()),
            false => {
                let bounds = generic_bounds(generics, runtime);
                let names = generics.iter().map(|generic| &generic.name);
                (quote!(<#(#bounds),*>), quote!(#ident<#(#names),*>))
            }
        }
    }

    /// The fields of the spec, and how a row is made of their values.
    fn load_spec(&self) -> TokenStream {
        let (spec, runtime, model) = (self.spec, self.runtime, self.model());
        let (generics, ident) = self.spec_type();
        let name = &spec.input.called;
        let numbered = || spec.fields.iter().enumerate();
        let types = nested(numbered().map(|(i, field)| self.field_type(i, field)).collect());
        let values = nested(numbered().map(|(i, _)| value_name(i).into_token_stream()).collect());
        let inits = numbered().map(|(i, field)| {
            let (field, value) = (&field.input.ident, value_name(i));
            quote!(#field: #value)
        });
        let param_types = spec.input.attr.params.iter().map(|(_, ty)| ty);
        let below = numbered().filter_map(|(i, field)| self.queries(i, field));
        // At the struct's name, which the compiler shows where specs load each other without end.
        let checks = self.checks_of_a_load();
        let number = quote!(1 #(+ #below)*);
        let number = if checks.is_empty() { number } else { quote!({ #checks #number }) };
        let queries = quote_spanned! {spec.input.ident.span()=>
            const QUERIES: ::core::primitive::usize = #number;
        };
        quote! {
            impl #generics #runtime::LoadSpec for #ident {
                type Model = #model;
                type Params = (#(#param_types,)*);
                type Fields = #types;
                type Through = ();
                const NAME: &'static ::core::primitive::str = #name;
                #queries

                fn build(#values: <Self::Fields as #runtime::Fields>::Value) -> Self {
                    Self { #(#inits,)* }
                }
            }
        }
    }

    /// The names by which queries go: of the spec's own, and of its fields.
    fn names(&self) -> TokenStream {
        let (spec, runtime, ident) = (self.spec, self.runtime, &self.spec.input.ident);
        let constants = spec.fields.iter().enumerate();
        let constants = constants.filter_map(|(i, field)| self.constant(i, field));
        let (names, types): (Vec<_>, Vec<_>) =
            spec.input.attr.params.iter().map(|(name, ty)| (name, ty)).unzip();
        let all_queries = quote_spanned! {ident.span()=>
            pub const QUERIES: ::core::primitive::usize = <Self as #runtime::LoadSpec>::QUERIES;
        };
        let query = self.query();
        // At the struct's name, where the compiler shows which parameters there are.
        let query_name = Ident::new("query", ident.span());
        quote! {
            #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
            impl #ident {
                /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
                #all_queries

                /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
                #[track_caller]
                pub fn #query_name(#(#names: #types),*) -> #query {
                    #runtime::query((#(#names,)*))
                }

                #(#constants)*
            }
        }
    }

    /// The type of the query. What is wrong with a join or an annotation is wrong with this too: where there is only one,
    /// the type stands where that is told, so that the error is the same and told once.
    fn query(&self) -> TokenStream {
        let mut told_at = self.spec.fields.iter().filter_map(|field| match &field.load {
            Some(Load::Join { .. }) => Some(field.input.written().span()),
            Some(Load::Annotate { expression, .. }) => Some(told_at(expression)),
            _ => None,
        });
        let span = match (told_at.next(), told_at.next()) {
            (Some(only), None) => only,
            _ => Span::call_site(),
        };
        let runtime = self.runtime.at(span);
        quote_spanned!(span=> #runtime::Query<Self>)
    }

    /// The constant by which a joined or prefetched relation is named in queries.
    fn constant(&self, i: usize, field: &Resolved<'_>) -> Option<TokenStream> {
        let (kind, value, what) = match field.load.as_ref()? {
            Load::Join { .. } => {
                ("JoinedField", "JoinedRelation", "for filters and orders on its columns")
            }
            Load::Prefetch { refined, .. } if refined.input.optional => {
                ("OptionalField", "PrefetchedRelation", "for asking for it in a query")
            }
            Load::Prefetch { .. } => {
                ("PrefetchedField", "PrefetchedRelation", "for refining it in a query")
            }
            Load::Column { .. } | Load::Annotate { .. } => return None,
        };
        let [kind, value] = [kind, value].map(|name| Ident::new(name, Span::call_site()));
        let relation = field.load.as_ref()?.relation()?.describe();
        let way = if kind == "JoinedField" { "joined" } else { "prefetched" };
        let doc = format!("The {way} relation `{relation}`, {what}.");
        let (vis, ident, runtime) = (&field.input.vis, &field.input.ident, self.runtime);
        Some(quote! {
            #[doc = #doc]
            #vis const #ident: #runtime::#kind<Self, #i> = #runtime::#value::new();
        })
    }

    fn queries(&self, i: usize, field: &Resolved<'_>) -> Option<TokenStream> {
        let runtime = self.runtime;
        let count = match field.load.as_ref()? {
            Load::Column { .. } | Load::Annotate { .. } => return None,
            Load::Join { .. } => quote!(queries_joined),
            Load::Prefetch { .. } => quote!(queries_prefetched),
        };
        let span = field.input.written().span();
        Some(quote_spanned!(span=> #runtime::check::#count::<Self, #i>()))
    }

    fn max_queries(&self) -> Option<TokenStream> {
        let max = self.spec.input.attr.max_queries.as_ref()?;
        let (runtime, ident) = (self.runtime, &self.spec.input.ident);
        let message = messages::too_many_queries(&plain(ident), max.base10_digits());
        let assert = assert_at(
            max.span(),
            quote!(<#ident as #runtime::LoadSpec>::QUERIES <= #max),
            &message,
        );
        Some(quote! {
            const _: () = { #assert };
        })
    }
}
