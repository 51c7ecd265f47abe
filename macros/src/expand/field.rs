//! What each field of a spec loads: one small impl.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type};

use super::spec::{Expander, TUPLE};
use crate::ast::{Arguments, FieldInput, Says};
use crate::errors::Errors;
use crate::infer::{Scope, Typed, infer, told_at};
use crate::member::{Place, Relations};
use crate::parse::plain;
use crate::spec::{Load, Refined, Related, Resolved};

impl Expander<'_> {
    /// The impl that says what field `i` loads.
    pub(super) fn field_impl(&self, i: usize, field: &Resolved<'_>) -> TokenStream {
        match &field.load {
            Some(Load::Column { column, deserialize_as }) => {
                self.column(i, field.input, column, *deserialize_as)
            }
            Some(Load::Annotate { expression, typed }) => {
                self.annotation(i, field.input, expression, typed)
            }
            Some(Load::Join { relation, params }) => self.join(i, field.input, relation, *params),
            Some(Load::Prefetch { relation, params, refined, .. }) => {
                self.prefetch(i, field.input, relation, *params, refined)
            }
            None => TokenStream::new(),
        }
    }

    /// What the fields load, by names for types.
    pub(super) fn aliases(&self) -> TokenStream {
        let (model, runtime) = (self.model(), self.runtime);
        let aliases = self.spec.fields.iter().filter_map(|field| {
            let alias = field.input.alias.as_ref()?;
            let mut errors = field.errors.iter().map(syn::Error::to_compile_error);
            let (ty, hint) = match &field.load {
                Some(Load::Column { column, .. }) => {
                    (column.of_column(model, runtime), column.hint_of_column(model, runtime))
                }
                Some(Load::Join { relation, .. } | Load::Prefetch { relation, .. }) => {
                    (self.checked_relation(relation), self.hint_of_relation(relation))
                }
                Some(Load::Annotate { expression, typed }) => {
                    (typed.ty.clone(), self.hint_of_annotation(expression))
                }
                // A type that is an error, and not only told as one.
                None => {
                    let error = errors.next()?;
                    let ty = quote!(<#runtime::Checked<(), { (#error) }> as #runtime::Is>::Itself);
                    (ty.clone(), ty)
                }
            };
            let alias = |ty| {
                quote! {
                    #[doc(hidden)]
                    #[allow(non_camel_case_types, dead_code)]
                    type #alias = #ty;
                }
            };
            let alias = runtime.by_tool(alias(ty), alias(hint));
            Some(quote!(#(#errors)* #alias))
        });
        aliases.collect()
    }

    fn hint_of_relation(&self, relation: &Related<'_>) -> TokenStream {
        match relation {
            Related::Named { at, .. } => at.hint_of_relation(self.model(), self.runtime),
            Related::Path { path, .. } => path.to_token_stream(),
        }
    }

    fn hint_of_annotation(&self, expression: &Expr) -> TokenStream {
        let (runtime, model) = (self.runtime, self.model());
        let (relations, params) = (Relations::Asked, &*self.spec.input.attr.params);
        let scope = Scope { runtime, model, relations, params, alias: None, for_editors: true };
        // What is wrong with it was told where it was resolved.
        let quiet = Errors::new();
        let typed = infer(expression, &scope, &quiet);
        drop(quiet.report());
        typed.map_or_else(|| quote!(()), |typed| typed.ty)
    }

    /// What a field loads, by its name or written out.
    pub(super) fn by_name(
        &self,
        field: &FieldInput,
        written_out: impl FnOnce() -> TokenStream,
    ) -> TokenStream {
        field.alias.as_ref().map_or_else(written_out, ToTokens::to_token_stream)
    }

    fn column(
        &self,
        i: usize,
        input: &FieldInput,
        column: &Place,
        deserialize_as: Option<&Type>,
    ) -> TokenStream {
        let (runtime, model, ty) = (self.runtime, self.model(), &input.ty);
        let (generics, spec) = self.spec_type();
        let place = self.by_name(input, || column.of_column(model, runtime));
        let read = match &input.says {
            Says::Nothing => quote!(<Self::Place as #runtime::ColumnIn<#model>>::Read),
            _ => deserialize_as.unwrap_or(ty).to_token_stream(),
        };
        quote! {
            impl #generics #runtime::ValueField<#i> for #spec {
                type Place = #place;
                type Read = #read;
                type Value = #ty;
            }
        }
    }

    fn annotation(
        &self,
        i: usize,
        input: &FieldInput,
        expression: &Expr,
        Typed { value, ty: typed }: &Typed,
    ) -> TokenStream {
        let (runtime, name, span) = (self.runtime, plain(&input.ident), told_at(expression));
        let (ty, typed) = (&input.ty, self.by_name(input, || typed.clone()));
        let (generics, spec) = self.spec_type();
        let names = self.param_names(span);
        let function = quote_spanned! {span=>
            #[allow(unused_variables)]
            fn expression(#names: &Self::Params) -> Self::Expression {
                #value
            }
        };
        quote! {
            impl #generics #runtime::ComputedField<#i> for #spec {
                const NAME: &'static ::core::primitive::str = #name;
                type Expression = #typed;
                type Read = #ty;
                type Value = #ty;

                #function
            }
        }
    }

    // What is wrong with the type of a joined or prefetched field is wrong in several places. All of them stand at the
    // type: errors that are the same are told once.

    fn join(
        &self,
        i: usize,
        input: &FieldInput,
        relation: &Related<'_>,
        params: Option<&Arguments>,
    ) -> TokenStream {
        let (runtime, ty) = (self.runtime, input.written());
        let (name, place, span) = (plain(&input.ident), self.place(i), ty.span());
        let (generics, ident) = self.spec_type();
        let (relation, value) = (self.by_name(input, || self.relation(relation)), &input.ty);
        let held = self.held("JoinInto", ty);
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
            impl #generics #runtime::JoinField<#i> for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                type Place = #place;
                type Relation = #relation;
                type Value = #value;
                type Held = #held;

                #params
            }
        }
    }

    fn prefetch(
        &self,
        i: usize,
        input: &FieldInput,
        relation: &Related<'_>,
        params: Option<&Arguments>,
        refined: &Refined<'_>,
    ) -> TokenStream {
        let (runtime, ty) = (self.runtime, input.written());
        let (name, place, span) = (plain(&input.ident), self.place(i), ty.span());
        let (generics, ident) = self.spec_type();
        let (relation, value) = (self.by_name(input, || self.relation(relation)), &input.ty);
        let held = self.held("PrefetchInto", ty);
        let spec = self.spec_of("PrefetchedSpec", i, ty);
        let copied = self.spec_of("PrefetchedCopy", i, ty);
        let (given, names) = (self.given(ty, &spec, params), self.param_names(span));
        let related = quote_spanned!(span=> Self::Relation);
        let (children, declared) = self.children(span, &spec, &related, refined, given);
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
            impl #generics #runtime::PrefetchField<#i> for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                type Place = #place;
                type Relation = #relation;
                type Value = #value;
                type Held = #held;
                const COPIES: ::core::primitive::bool = {
                    #[allow(unused_imports)]
                    use #runtime::CannotCopy as _;
                    #runtime::Copies::<Self::Value>::COPY.is_some()
                };
                type Children = #children;

                #functions
            }
        }
    }

    /// The type of a field, if it can hold what is loaded. It is told at what is written of it.
    fn held(&self, by: &str, written: &Type) -> TokenStream {
        let span = written.span();
        let (runtime, by) = (self.runtime.at(span), Ident::new(by, span));
        quote_spanned! {span=>
            <Self::Value as #runtime::#by<<Self::Relation as #runtime::Relation>::Child>>::Itself
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

    /// A relation, of which is checked that it is the model's own.
    fn checked_relation(&self, relation: &Related<'_>) -> TokenStream {
        let Related::Path { path, .. } = relation else {
            return self.relation(relation);
        };
        let (span, model, name) = (path.span(), self.model(), relation.describe());
        let runtime = self.runtime.at(span);
        let parent = quote_spanned!(span=> <#path as #runtime::Relation>::Parent);
        quote_spanned! {span=>
            <#runtime::Checked<#path, {
                #runtime::checked::comes_from::<#parent, #model>(#name, {
                    #[allow(unused_imports)]
                    use #runtime::check::Otherwise as _;
                    #runtime::check::Asked::<#parent, #model>::SAME
                })
            }> as #runtime::Is>::Itself
        }
    }

    pub(super) fn relation(&self, relation: &Related<'_>) -> TokenStream {
        let (runtime, model) = (self.runtime, self.model());
        match relation {
            Related::Named { name, at } => at.of_relation(model, runtime, name.span()),
            Related::Path { path, .. } => path.to_token_stream(),
        }
    }
}
