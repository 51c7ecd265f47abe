//! What a load spec is: one small impl for each field, and the struct put together from their values.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Path, Type};

use super::assert_at;
use crate::ast::Arguments;
use crate::infer::Typed;
use crate::messages;
use crate::model::last_name;
use crate::parse::plain;
use crate::paths::Runtime;
use crate::spec::{Load, Refined, Related, Resolved, Spec};
use crate::types::{pair, row_type};

/// How many fields one tuple holds; more are held by tuples of tuples.
const TUPLE: usize = 8;

/// Asks whether the path is a model, which the call of its macro tells in the compiler's words only.
pub(crate) fn check_model(model: &Path, runtime: &Runtime) -> TokenStream {
    let message = messages::no_model(&last_name(model));
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
    let ident = &spec.input.ident;
    let model = &spec.input.attr.model;
    let name = plain(ident);
    let numbered = || spec.fields.iter().enumerate();
    let impls = numbered().map(|(i, field)| expander.field_impl(i, field));
    let types = nested(numbered().map(|(i, field)| expander.field_type(i, field)).collect());
    let values = nested(numbered().map(|(i, _)| value_name(i).into_token_stream()).collect());
    let inits = numbered().map(|(i, field)| {
        let (field, value) = (&field.input.ident, value_name(i));
        quote!(#field: #value)
    });
    let constants = numbered().filter_map(|(i, field)| expander.constant(i, field));
    let params = &spec.input.attr.params;
    let (param_names, param_types): (Vec<_>, Vec<_>) =
        params.iter().map(|(name, ty)| (name, ty)).unzip();
    let loads = expander.loads();
    let checks = numbered().filter_map(|(i, field)| expander.checks(i, field));
    let max_queries = expander.max_queries();
    let below = numbered().filter_map(|(i, field)| expander.queries(i, field));
    // At the struct's name, which the compiler shows where specs load each other without end.
    let queries = quote_spanned! {ident.span()=>
        const QUERIES: ::core::primitive::usize = 1 #(+ #below)*;
    };
    let all_queries = quote_spanned! {ident.span()=>
        pub const QUERIES: ::core::primitive::usize = <Self as #runtime::LoadSpec>::QUERIES;
    };
    quote! {
        #[allow(clippy::all, trivial_casts, trivial_numeric_casts)]
        const _: () = {
            #[allow(unused_imports)]
            use #runtime::{
                BoolExpressionMethods as _, ExpressionMethods as _, NullableExpressionMethods as _,
                RelationDsl as _, TextExpressionMethods as _,
            };

            #(#impls)*

            impl #runtime::LoadSpec for #ident {
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

            #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
            impl #ident {
                /// How many queries a load runs: one, and one for each prefetch at any depth.
                #all_queries

                /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
                pub fn query(#(#param_names: #param_types),*) -> #runtime::Query<Self> {
                    #runtime::query((#(#param_names,)*))
                }

                #(#constants)*
            }

            #(#loads)*
            #(#checks)*
            #max_queries
        };
    }
}

/// The items as one tuple, or where they are many as a tuple of tuples.
fn nested(items: Vec<TokenStream>) -> TokenStream {
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
    /// The impl that says what field `i` loads.
    fn field_impl(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
        let (runtime, ident) = (self.runtime, &self.spec.input.ident);
        let model = &self.spec.input.attr.model;
        let ty = &field.input.ty;
        let name = plain(&field.input.ident);
        let place = self.place(i);
        match &field.load {
            Some(Load::Column { column, deserialize_as }) => {
                let read = deserialize_as.unwrap_or(ty);
                quote! {
                    impl #runtime::ValueField<#i> for #ident {
                        type Column = <#model as #runtime::ColumnAt<#column>>::Column;
                        type Read = #read;
                        type Value = #ty;
                    }
                }
            }
            Some(Load::Annotate { typed: Typed { value, ty: expression }, .. }) => {
                let names = self.param_names();
                quote! {
                    impl #runtime::ComputedField<#i> for #ident {
                        const NAME: &'static ::core::primitive::str = #name;
                        type Expression = #expression;
                        type Read = #ty;
                        type Value = #ty;

                        #[allow(unused_variables)]
                        fn expression(#names: &Self::Params) -> Self::Expression {
                            #value
                        }
                    }
                }
            }
            Some(Load::Join { relation, params }) => {
                let relation = self.relation(relation);
                let given = self.given(ty, *params);
                let names = self.param_names();
                quote! {
                    impl #runtime::JoinField<#i> for #ident {
                        const NAME: &'static ::core::primitive::str = #name;
                        type Place = #place;
                        type Relation = #relation;
                        type Value = #ty;

                        #[allow(unused_variables)]
                        fn params(
                            #names: &Self::Params,
                        ) -> <#runtime::JoinedSpec<Self, #i> as #runtime::LoadSpec>::Params {
                            #given
                        }
                    }
                }
            }
            Some(Load::Prefetch { relation, params, refined }) => {
                let relation = self.relation(relation);
                let given = self.given(ty, *params);
                let names = self.param_names();
                let (children, declared) = self.children(i, &relation, refined, given);
                quote! {
                    impl #runtime::PrefetchField<#i> for #ident {
                        type Place = #place;
                        type Relation = #relation;
                        type Value = #ty;
                        const COPY: ::core::option::Option<fn(&#ty) -> #ty> = {
                            #[allow(unused_imports)]
                            use #runtime::CannotCopy as _;
                            #runtime::Copies::<#ty>::COPY
                        };
                        type Children = #children;

                        #[allow(unused_variables)]
                        fn children(#names: &Self::Params) -> Self::Children {
                            #declared
                        }
                    }
                }
            }
            None => TokenStream::new(),
        }
    }

    /// The type that stands for field `i` among the fields.
    fn field_type(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
        let runtime = self.runtime;
        let kind = match &field.load {
            Some(Load::Column { .. }) => quote!(Value),
            Some(Load::Annotate { .. }) => quote!(Computed),
            Some(Load::Join { .. }) => quote!(Join),
            Some(Load::Prefetch { .. }) => quote!(Prefetch),
            None => {
                let ty = &field.input.ty;
                return quote!(#runtime::Broken<Self, #ty>);
            }
        };
        quote!(#runtime::#kind<Self, #i>)
    }

    /// Where field `i` is among the fields, which are tuples of tuples where they are many.
    fn place(&self, i: usize) -> TokenStream {
        let runtime = self.runtime;
        let (mut place, mut at, mut count) = (quote!(#runtime::Here), i, self.spec.fields.len());
        loop {
            let within = at % TUPLE;
            if count <= TUPLE {
                return quote!(#runtime::At<#at, #place>);
            }
            place = quote!(#runtime::At<#within, #place>);
            at /= TUPLE;
            count = count.div_ceil(TUPLE);
        }
    }

    /// The pattern that gives the spec's parameters their names.
    fn param_names(&self) -> TokenStream {
        let names = self.spec.input.attr.params.iter().map(|(name, _)| name);
        quote!((#(#names,)*))
    }

    /// The parameters that are given to the spec of a field.
    fn given(&self, ty: &Type, params: Option<&Arguments>) -> TokenStream {
        let runtime = self.runtime;
        let row = row_type(ty);
        let none = |row: &Type| {
            let runtime = runtime.at(row.span());
            quote_spanned!(row.span()=> <#row as #runtime::WithoutParams>::no_params())
        };
        let Some(Arguments(arguments)) = params else {
            return none(row);
        };
        let arguments = arguments.iter().map(|argument| self.argument(argument));
        let tuple = quote!((#(#arguments,)*));
        match pair(row) {
            Some((_, between)) => {
                let between = none(between);
                quote!((#tuple, #between))
            }
            None => tuple,
        }
    }

    /// A value that is given for a parameter. A parameter of this spec is passed on as often as it is named.
    fn argument(&self, argument: &Expr) -> TokenStream {
        let name = match argument {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        let params = &self.spec.input.attr.params;
        match name.and_then(|name| params.iter().find(|(param, _)| param == name)) {
            Some((_, ty)) => {
                quote_spanned!(argument.span()=> <#ty as ::core::clone::Clone>::clone(#argument))
            }
            None => argument.to_token_stream(),
        }
    }

    /// The type of the query for the children, and the query.
    fn children(
        &self,
        i: usize,
        relation: &TokenStream,
        refined: &Refined<'_>,
        given: TokenStream,
    ) -> (TokenStream, TokenStream) {
        let runtime = self.runtime;
        let (mut filter, mut filter_value) =
            (quote!(#runtime::NoFilter), quote!(#runtime::NoFilter));
        if let Some(Typed { value, ty }) = &refined.filter {
            filter = quote!(#runtime::And<#filter, #ty>);
            filter_value = quote!(#runtime::And(#filter_value, #value));
        }
        let (mut order, mut order_value) = (quote!(#runtime::NoOrder), quote!(#runtime::NoOrder));
        for (at, (_, Typed { value, ty })) in refined.orders.iter().enumerate() {
            if at == 0 {
                order = quote!(#runtime::By<#ty>);
                order_value = quote!(#runtime::By(#value));
            } else {
                order = quote!(#runtime::Then<#order, #ty>);
                order_value = quote!(#runtime::Then(#order_value, #value));
            }
        }
        let (limit, limit_value) = self.limit(refined);
        let spec = quote!(#runtime::PrefetchedSpec<Self, #i>);
        let (ty, distinct) = match refined.input.distinct {
            true => {
                let ty = quote!(#runtime::DistinctChildren<#spec, #relation, #filter, #order>);
                (ty, quote!(.distinct()))
            }
            false => {
                let ty =
                    quote!(#runtime::DeclaredChildren<#spec, #relation, #filter, #order, #limit>);
                (ty, quote!())
            }
        };
        let value = quote! {
            #runtime::declare(#given, #filter_value, #order_value, #limit_value) #distinct
        };
        (ty, value)
    }

    /// The limit and offset of a prefetch, and their type.
    fn limit(&self, refined: &Refined<'_>) -> (TokenStream, TokenStream) {
        let runtime = self.runtime;
        let value = |given: &Option<Expr>| match given {
            Some(given) => {
                let given = self.argument(given);
                quote!(#given)
            }
            None => quote!(0),
        };
        let (limit, offset) = (&refined.input.limit, &refined.input.offset);
        let (has_limit, has_offset) = (limit.is_some(), offset.is_some());
        if !has_limit && !has_offset {
            return (quote!(#runtime::Unlimited), quote!(#runtime::Unlimited));
        }
        let (limit, offset) = (value(limit), value(offset));
        (
            quote!(#runtime::Limited<#has_limit, #has_offset>),
            quote!(#runtime::Limited::of(#limit, #offset)),
        )
    }

    pub(super) fn relation(&self, relation: &Related<'_>) -> TokenStream {
        let (runtime, model) = (self.runtime, &self.spec.input.attr.model);
        match relation {
            Related::Named { name, at } => {
                quote_spanned!(name.span()=> <#model as #runtime::RelationAt<#at>>::Relation)
            }
            Related::Path(path) => path.to_token_stream(),
        }
    }

    /// The constant by which a joined or prefetched relation is named in queries.
    fn constant(&self, i: usize, field: &Resolved<'_>) -> Option<TokenStream> {
        let (kind, value, what) = match field.load.as_ref()? {
            Load::Join { .. } => {
                ("JoinedField", "JoinedRelation", "for filters and orders on its columns")
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
        let span = field.input.ty.span();
        Some(quote_spanned!(span=> #runtime::check::#count::<Self, #i>()))
    }

    /// `Loads` for each column, and for each relation that is loaded whole: where two fields load the same one, for the
    /// first.
    fn loads(&self) -> Vec<TokenStream> {
        let (runtime, spec) = (self.runtime, &self.spec.input.ident);
        let model = &self.spec.input.attr.model;
        // A model that is its own spec loads its columns as a model.
        let is_model = model.is_ident(spec);
        let mut seen = Vec::new();
        let mut impls = Vec::new();
        for field in &self.spec.fields {
            let (key, loaded) = match &field.load {
                Some(Load::Column { column, .. }) if !is_model => {
                    let column_type = quote!(<#model as #runtime::ColumnAt<#column>>::Column);
                    (Err(*column), column_type)
                }
                Some(Load::Join { relation, .. }) => (Ok(last(relation)), self.relation(relation)),
                Some(Load::Prefetch { relation, refined, .. }) if refined.input.is_whole() => {
                    (Ok(last(relation)), self.relation(relation))
                }
                _ => continue,
            };
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let (ident, ty) = (&field.input.ident, &field.input.ty);
            // At the field, which is what is loaded instead where another relation is asked for.
            impls.push(quote_spanned! {ident.span()=>
                impl #runtime::Loads<#loaded> for #spec {
                    type Value = #ty;

                    fn loaded(&self) -> &#ty {
                        &self.#ident
                    }
                }
            });
        }
        impls
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

/// The last name of a relation, by which it is the same relation in another path.
fn last(relation: &Related<'_>) -> Option<String> {
    relation.describe().rsplit("::").next().map(str::to_owned)
}
