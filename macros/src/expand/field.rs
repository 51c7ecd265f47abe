//! What each field of a spec loads: one small impl.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::spec::{Expander, TUPLE};
use crate::ast::{Arguments, FieldInput};
use crate::infer::{Typed, told_at};
use crate::parse::plain;
use crate::spec::{Load, Refined, Related, Resolved};

impl Expander<'_> {
    /// The impl that says what field `i` loads.
    pub(super) fn field_impl(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
        let (runtime, ident) = (self.runtime, &self.spec.input.ident);
        let model = &self.spec.input.attr.model;
        let ty = &field.input.ty;
        let name = plain(&field.input.ident);
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
            Some(Load::Annotate { expression, typed: Typed { value, ty: typed } }) => {
                let span = told_at(expression);
                let names = self.param_names(span);
                let function = quote_spanned! {span=>
                    #[allow(unused_variables)]
                    fn expression(#names: &Self::Params) -> Self::Expression {
                        #value
                    }
                };
                quote! {
                    impl #runtime::ComputedField<#i> for #ident {
                        const NAME: &'static ::core::primitive::str = #name;
                        type Expression = #typed;
                        type Read = #ty;
                        type Value = #ty;

                        #function
                    }
                }
            }
            Some(Load::Join { relation, params }) => self.join(i, field.input, relation, *params),
            Some(Load::Prefetch { relation, params, refined }) => {
                self.prefetch(i, field.input, relation, *params, refined)
            }
            None => TokenStream::new(),
        }
    }

    // What is wrong with the type of a joined or prefetched field is wrong in several places. All of them stand at the
    // type: errors that are the same are told once.

    fn join(
        &self,
        i: usize,
        FieldInput { ident: field, ty, .. }: &FieldInput,
        relation: &Related<'_>,
        params: Option<&Arguments>,
    ) -> TokenStream {
        let (runtime, ident, span) = (self.runtime, &self.spec.input.ident, ty.span());
        let (name, place, relation) = (plain(field), self.place(i), self.relation(relation));
        let held = self.held(&relation, "JoinInto", ty);
        let spec = self.spec_of("JoinedSpec", i, ty);
        let (given, names) = (self.given(ty, &spec, params), self.param_names(span));
        let at_type = runtime.at(span);
        let params = quote_spanned! {span=>
            #[allow(unused_variables)]
            fn params(#names: &Self::Params) -> <#spec as #at_type::LoadSpec>::Params {
                #given
            }
        };
        quote! {
            impl #runtime::JoinField<#i> for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                type Place = #place;
                type Relation = #relation;
                type Value = #ty;
                type Held = #held;

                #params
            }
        }
    }

    fn prefetch(
        &self,
        i: usize,
        FieldInput { ty, .. }: &FieldInput,
        relation: &Related<'_>,
        params: Option<&Arguments>,
        refined: &Refined<'_>,
    ) -> TokenStream {
        let (runtime, ident, span) = (self.runtime, &self.spec.input.ident, ty.span());
        let (place, relation) = (self.place(i), self.relation(relation));
        let held = self.held(&relation, "PrefetchInto", ty);
        let spec = self.spec_of("PrefetchedSpec", i, ty);
        let copied = self.spec_of("PrefetchedCopy", i, ty);
        let (given, names) = (self.given(ty, &spec, params), self.param_names(span));
        let (children, declared) = self.children(span, &spec, &relation, refined, given);
        let functions = {
            let runtime = runtime.at(span);
            quote_spanned! {span=>
                fn copy() -> ::core::option::Option<fn(&#copied) -> #copied> {
                    #[allow(unused_imports)]
                    use #runtime::CannotCopy as _;
                    #runtime::Copies::<#copied>::COPY
                }

                #[allow(unused_variables)]
                fn children(#names: &Self::Params) -> Self::Children {
                    #declared
                }
            }
        };
        quote! {
            impl #runtime::PrefetchField<#i> for #ident {
                type Place = #place;
                type Relation = #relation;
                type Value = #ty;
                type Held = #held;
                const COPIES: ::core::primitive::bool = {
                    #[allow(unused_imports)]
                    use #runtime::CannotCopy as _;
                    #runtime::Copies::<#ty>::COPY.is_some()
                };
                type Children = #children;

                #functions
            }
        }
    }

    /// The type of a field, if it can hold what is loaded.
    fn held(&self, relation: &TokenStream, by: &str, ty: &Type) -> TokenStream {
        let span = ty.span();
        let (runtime, by) = (self.runtime.at(span), Ident::new(by, span));
        quote_spanned! {span=>
            <#ty as #runtime::#by<<#relation as #runtime::Relation>::Child>>::Itself
        }
    }

    /// The spec that field `i` of the type `ty` loads, or what of it is cloned.
    fn spec_of(&self, by: &str, i: usize, ty: &Type) -> TokenStream {
        let span = ty.span();
        let (runtime, by) = (self.runtime.at(span), Ident::new(by, span));
        quote_spanned!(span=> #runtime::#by<Self, #i>)
    }

    /// The type that stands for field `i` among the fields.
    pub(super) fn field_type(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
        let runtime = self.runtime;
        let kind = match &field.load {
            Some(Load::Column { .. }) => quote!(Value),
            Some(Load::Annotate { .. }) => quote!(Computed),
            Some(Load::Join { .. }) => quote!(Join),
            Some(Load::Prefetch { refined, .. }) if refined.input.optional => {
                quote!(OptionalPrefetch)
            }
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
