//! What each field of a spec loads: one small impl.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::spec::{Expander, TUPLE};
use crate::infer::Typed;
use crate::parse::plain;
use crate::spec::{Load, Related, Resolved};

impl Expander<'_> {
    /// The impl that says what field `i` loads.
    pub(super) fn field_impl(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
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
    pub(super) fn field_type(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
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

    pub(super) fn relation(&self, relation: &Related<'_>) -> TokenStream {
        let (runtime, model) = (self.runtime, &self.spec.input.attr.model);
        match relation {
            Related::Named { name, at } => {
                quote_spanned!(name.span()=> <#model as #runtime::RelationAt<#at>>::Relation)
            }
            Related::Path { path, .. } => path.to_token_stream(),
        }
    }
}
