//! Reads of fields that the compiler does not count, where it is to find those that are loaded and never read.
//!
//! They are in a `Clone` that is said to be derived, into which the compiler's lint does not look.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Index;

use super::spec::{Expander, generic_bounds};
use crate::paths::Runtime;

impl Expander<'_> {
    /// References to all fields, where they are asked for.
    pub(super) fn field_refs(&self) -> Option<TokenStream> {
        if !self.runtime.finds_unused_loads() {
            return None;
        }
        let runtime = self.runtime;
        let (generics, spec) = self.spec_type();
        let bounds = generic_bounds(&self.spec.input.generics, runtime);
        let fields = &self.spec.input.fields;
        let names = fields.iter().map(|field| &field.ident);
        let tys = fields.iter().map(|field| &field.ty);
        Some(quote! {
            impl #generics #runtime::FieldRefs for #spec {
                type Refs<'row> = (#(&'row #tys,)*);

                fn refs(&self) -> Self::Refs<'_> {
                    #[allow(dead_code)]
                    struct __Reading<'row, S: #runtime::FieldRefs>(
                        &'row S,
                        ::core::option::Option<S::Refs<'row>>,
                    );

                    #[automatically_derived]
                    impl<'row, #(#bounds),*> ::core::clone::Clone for __Reading<'row, #spec> {
                        fn clone(&self) -> Self {
                            Self(self.0, ::core::option::Option::Some((#(&self.0.#names,)*)))
                        }
                    }

                    let read = ::core::clone::Clone::clone(&__Reading(self, ::core::option::Option::None));
                    ::core::option::Option::unwrap(read.1)
                }
            }
        })
    }

    /// A reference to field `i` of `self`.
    pub(super) fn field_ref(&self, i: usize, field: &Ident) -> TokenStream {
        if !self.runtime.finds_unused_loads() {
            return quote!(&self.#field);
        }
        let (runtime, i) = (self.runtime, Index::from(i));
        quote!(#runtime::FieldRefs::refs(self).#i)
    }
}

/// Whether the fields of `self` and `other` are equal, of a row without a name.
pub(super) fn compared(fields: usize, runtime: &Runtime) -> TokenStream {
    let places: Vec<_> = (0..fields).map(Index::from).collect();
    quote! {
        let (this, other) = (#runtime::FieldRefs::refs(self), #runtime::FieldRefs::refs(other));
        #(#runtime::EqIf::eq_if(this.#places, other.#places))&&*
    }
}
