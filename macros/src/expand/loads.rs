//! What a spec loads of its model, from which `Loads` follows.

use proc_macro2::TokenStream;
use quote::quote;

use super::spec::Expander;
use crate::ast::FieldInput;
use crate::spec::{Load, Related, Resolved};

/// A column or relation, as a type, and its place in the model.
struct Loaded {
    what: TokenStream,
    place: TokenStream,
}

impl Expander<'_> {
    /// Each column, and each relation that is loaded whole. Where two fields load the same one, it is the first.
    pub(super) fn loads(&self) -> TokenStream {
        let (runtime, spec) = (self.runtime, &self.spec.input.ident);
        let model = &self.spec.input.attr.model;
        let mut places = Vec::new();
        let impls = self.spec.fields.iter().filter_map(|field| {
            let loaded = self.loaded(field)?;
            let place = loaded.place.to_string();
            if places.contains(&place) {
                return None;
            }
            places.push(place);
            Some(self.loads_at(field.input, &loaded))
        });
        let impls: Vec<_> = impls.collect();
        let holds = (!self.is_model()).then(|| {
            quote! {
                impl #runtime::Holds for #spec {
                    type Model = #model;
                }
            }
        });
        quote!(#holds #(#impls)*)
    }

    /// Whether the spec is the model itself, which holds its columns as a model.
    fn is_model(&self) -> bool {
        self.spec.input.attr.model.is_ident(&self.spec.input.ident)
    }

    fn loaded(&self, field: &Resolved<'_>) -> Option<Loaded> {
        let (runtime, model) = (self.runtime, &self.spec.input.attr.model);
        match field.load.as_ref()? {
            Load::Column { column, .. } if !self.is_model() => Some(Loaded {
                what: quote!(<#model as #runtime::ColumnAt<#column>>::Column),
                place: quote!(#runtime::ColumnPlace<#column>),
            }),
            Load::Join { relation, .. } => self.whole(relation),
            Load::Prefetch { relation, refined, .. } if refined.input.is_whole() => {
                self.whole(relation)
            }
            Load::Column { .. } | Load::Prefetch { .. } | Load::Annotate { .. } => None,
        }
    }

    fn whole(&self, relation: &Related<'_>) -> Option<Loaded> {
        let (runtime, at) = (self.runtime, relation.place()?);
        let (what, place) = (self.relation(relation), quote!(#runtime::RelationPlace<#at>));
        Some(Loaded { what, place })
    }

    fn loads_at(&self, field: &FieldInput, Loaded { what, place }: &Loaded) -> TokenStream {
        let (runtime, spec) = (self.runtime, &self.spec.input.ident);
        let FieldInput { ident, ty, .. } = field;
        quote! {
            impl #runtime::LoadsAt<#place> for #spec {
                type What = #what;
                type Value = #ty;

                fn loaded(&self) -> &#ty {
                    &self.#ident
                }
            }
        }
    }
}
