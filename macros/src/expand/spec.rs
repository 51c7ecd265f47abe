//! What a load spec is: one small impl for each field, and the struct put together from their values.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Path, Type};

use super::assert_at;
use crate::ast::Function;
use crate::messages;
use crate::model::last_name;
use crate::parse::plain;
use crate::paths::Runtime;
use crate::spec::{Load, Related, Resolved, Spec};
use crate::types::{row_type, shown};

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
    let joined = numbered().filter_map(|(i, field)| expander.joined_const(i, field));
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
        #[allow(clippy::all)]
        const _: () = {
            #(#impls)*

            impl #runtime::LoadSpec for #ident {
                type Model = #model;
                type Fields = #types;
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
                pub fn query() -> #runtime::Query<Self> {
                    #runtime::query()
                }

                #(#joined)*
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

struct Expander<'a> {
    spec: &'a Spec<'a>,
    runtime: &'a Runtime,
}

impl Expander<'_> {
    /// The impl that says what field `i` loads.
    fn field_impl(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
        let (runtime, ident) = (self.runtime, &self.spec.input.ident);
        let ty = &field.input.ty;
        match &field.load {
            Some(load @ (Load::Column { .. } | Load::Annotate { .. })) => {
                let source = self.source(load);
                let read = read_type(load).unwrap_or(ty);
                quote! {
                    impl #runtime::ValueField<#i> for #ident {
                        type Source = #source;
                        type Read = #read;
                        type Value = #ty;
                    }
                }
            }
            Some(Load::Join(relation)) => {
                let relation = self.relation(relation);
                let name = plain(&field.input.ident);
                quote! {
                    impl #runtime::JoinField<#i> for #ident {
                        const NAME: &'static ::core::primitive::str = #name;
                        type Relation = #relation;
                        type Value = #ty;
                    }
                }
            }
            Some(Load::Prefetch(relation)) => {
                let relation = self.relation(relation);
                quote! {
                    impl #runtime::PrefetchField<#i> for #ident {
                        type Relation = #relation;
                        type Value = #ty;
                        const COPY: ::core::option::Option<fn(&#ty) -> #ty> = {
                            #[allow(unused_imports)]
                            use #runtime::CannotCopy as _;
                            #runtime::Copies::<#ty>::COPY
                        };
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
            Some(Load::Column { .. } | Load::Annotate { .. }) => quote!(Value),
            Some(Load::Join(_)) => quote!(Join),
            Some(Load::Prefetch(_)) => quote!(Prefetch),
            None => {
                let ty = &field.input.ty;
                return quote!(#runtime::Broken<#ty>);
            }
        };
        quote!(#runtime::#kind<Self, #i>)
    }

    /// The column or the aggregate of a value.
    fn source(&self, load: &Load<'_>) -> TokenStream {
        let (runtime, model) = (self.runtime, &self.spec.input.attr.model);
        match load {
            Load::Column { column, .. } => quote!(<#model as #runtime::ColumnAt<#column>>::Column),
            Load::Annotate { relation, function, name } => {
                let relation = self.relation(relation);
                let aggregate = match function {
                    Function::Count => Ident::new("Count", name.span()),
                    Function::Exists => Ident::new("Exists", name.span()),
                };
                quote!(#runtime::#aggregate<#relation>)
            }
            Load::Join(_) | Load::Prefetch(_) => TokenStream::new(),
        }
    }

    fn relation(&self, relation: &Related<'_>) -> TokenStream {
        let (runtime, model) = (self.runtime, &self.spec.input.attr.model);
        match relation {
            Related::Named { name, at } => {
                quote_spanned!(name.span()=> <#model as #runtime::RelationAt<#at>>::Relation)
            }
            Related::Path(path) => path.to_token_stream(),
        }
    }

    /// The constant by which the columns of a joined relation are reached.
    fn joined_const(&self, i: usize, field: &Resolved<'_>) -> Option<TokenStream> {
        let Some(Load::Join(relation)) = &field.load else {
            return None;
        };
        let runtime = self.runtime;
        let (vis, ident) = (&field.input.vis, &field.input.ident);
        let doc = format!(
            "The joined relation `{}`, for filters and orders on its columns.",
            relation.describe()
        );
        Some(quote! {
            #[doc = #doc]
            #vis const #ident: #runtime::JoinedField<Self, #i> = #runtime::JoinedRelation::new();
        })
    }

    /// The queries that field `i` adds to the spec's own.
    ///
    /// They are added up here and not with the rest in the runtime crate: of specs that load each other without end the
    /// compiler shows each constant on the way, which are then those of the specs and no others.
    fn queries(&self, i: usize, field: &Resolved<'_>) -> Option<TokenStream> {
        let runtime = self.runtime;
        let count = match field.load.as_ref()? {
            Load::Column { .. } | Load::Annotate { .. } => return None,
            Load::Join(_) => quote!(queries_joined),
            Load::Prefetch(_) => quote!(queries_prefetched),
        };
        let span = field.input.ty.span();
        Some(quote_spanned!(span=> #runtime::check::#count::<Self, #i>()))
    }

    /// `Loads` for each relation: where two fields load the same one, for the first.
    fn loads(&self) -> Vec<TokenStream> {
        let (runtime, spec) = (self.runtime, &self.spec.input.ident);
        let mut seen = Vec::new();
        let mut impls = Vec::new();
        for field in &self.spec.fields {
            let (Some(Load::Join(relation)) | Some(Load::Prefetch(relation))) = &field.load else {
                continue;
            };
            let key = relation.describe().rsplit("::").next().map(str::to_owned);
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let relation = self.relation(relation);
            let (ident, ty) = (&field.input.ident, &field.input.ty);
            // At the field, which is what is loaded instead where another relation is asked for.
            impls.push(quote_spanned! {ident.span()=>
                impl #runtime::Loads<#relation> for #spec {
                    type Value = #ty;

                    fn loaded(&self) -> &#ty {
                        &self.#ident
                    }
                }
            });
        }
        impls
    }

    /// What must hold for field `i` that only its types can tell.
    fn checks(&self, i: usize, field: &Resolved<'_>) -> Option<TokenStream> {
        let (runtime, ident, ty) = (self.runtime, &self.spec.input.ident, &field.input.ty);
        let row = shown(row_type(ty));
        let assert = |check: &str, message: String| {
            let check = Ident::new(check, Span::call_site());
            assert_at(ty.span(), quote!(#runtime::check::#check::<#ident, #i>()), &message)
        };
        let asserts = match field.load.as_ref()? {
            load @ (Load::Column { .. } | Load::Annotate { .. }) => {
                return Some(self.check_type(load, &field.input.ident, ty));
            }
            Load::Join(relation) => {
                let relation = relation.describe();
                vec![
                    assert("joins_one", messages::join_leads_to_many(&relation)),
                    assert("join_can_be_missing", messages::may_be_missing(&relation, &row)),
                    assert("join_can_be_shared", messages::joined_rows_are_shared(&relation, &row)),
                ]
            }
            Load::Prefetch(relation) => {
                let relation = relation.describe();
                let [one, many] = ["prefetched_one_can_be_shared", "prefetched_many_can_be_shared"];
                vec![
                    assert("prefetches_as_many", messages::many_or_one(&relation, &shown(ty))),
                    assert("prefetch_can_be_missing", messages::may_be_missing(&relation, &row)),
                    assert(one, messages::prefetched_row_is_shared(&relation, &row)),
                    assert(many, messages::prefetched_below_is_shared(&relation, &row)),
                ]
            }
        };
        Some(quote! {
            const _: () = { #(#asserts)* };
        })
    }

    /// A value's type must be one that its SQL type can be read as.
    fn check_type(&self, load: &Load<'_>, field: &Ident, ty: &Type) -> TokenStream {
        let runtime = self.runtime;
        let (source, read) = (self.source(load), read_type(load).unwrap_or(ty));
        let (name, shown) = (plain(field), shown(read));
        let reads = |ty: TokenStream| quote!(#runtime::check::Asked::<#ty, #runtime::SqlTypeOf<#source>>::READS);
        let as_it_is = reads(quote!(#read));
        let as_option = reads(quote!(::core::option::Option<#read>));
        let nullable = messages::nullable_column(&name, &shown);
        let wrong = match load {
            Load::Annotate { function, .. } => messages::wrong_annotation_type(*function, &shown),
            _ => {
                messages::wrong_column_type(&name, &last_name(&self.spec.input.attr.model), &shown)
            }
        };
        let not_null = assert_at(read.span(), quote!(!#as_option), &nullable);
        let right = assert_at(read.span(), quote!(false), &wrong);
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #runtime::check::Otherwise as _;
                if !#as_it_is {
                    #not_null
                    #right
                }
            };
        }
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

fn read_type<'a>(load: &Load<'a>) -> Option<&'a Type> {
    match load {
        Load::Column { deserialize_as, .. } => *deserialize_as,
        _ => None,
    }
}
