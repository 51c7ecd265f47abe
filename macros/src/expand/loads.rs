//! What a spec loads of its model, from which `Loads` follows.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Type, TypePath};

use super::spec::Expander;
use crate::ast::FieldInput;
use crate::member::Place;
use crate::parse::plain;
use crate::spec::{Load, Related, Resolved};

/// A column or relation, as a type, and its place in the model.
struct Loaded {
    what: TokenStream,
    place: TokenStream,
    /// What tells it from the others.
    id: String,
}

impl Expander<'_> {
    /// Each column, and each relation that is loaded whole. Where two fields load the same one, it is the first.
    pub(super) fn loads(&self) -> TokenStream {
        let (runtime, model) = (self.runtime, self.model());
        let (generics, spec) = self.spec_type();
        let mut loaded_before = Vec::new();
        let impls = self.spec.fields.iter().enumerate().filter_map(|(i, field)| {
            let loaded = self.loaded(i, field)?;
            if loaded_before.contains(&loaded.id) {
                return None;
            }
            let code = self.loads_at(i, field.input, &loaded);
            loaded_before.push(loaded.id);
            Some(code)
        });
        let impls: Vec<_> = impls.collect();
        let refs = self.field_refs();
        let holds = (!self.is_model()).then(|| {
            quote! {
                impl #generics #runtime::Holds for #spec {
                    type Model = #model;
                }
            }
        });
        quote!(#holds #refs #(#impls)*)
    }

    /// Whether the spec is the model itself, which holds its columns as a model.
    fn is_model(&self) -> bool {
        match self.model() {
            Type::Path(TypePath { qself: None, path }) => path.is_ident(&self.spec.input.ident),
            _ => false,
        }
    }

    fn loaded(&self, i: usize, field: &Resolved<'_>) -> Option<Loaded> {
        match field.load.as_ref()? {
            Load::Column { column, .. } if !self.is_model() => {
                Some(self.column_at(i, field.input, column))
            }
            Load::Join { relation, .. } => self.whole(i, field.input, relation),
            Load::Prefetch { relation, whole: true, .. } => self.whole(i, field.input, relation),
            Load::Column { .. } | Load::Prefetch { .. } | Load::Annotate { .. } => None,
        }
    }

    // A place that the compiler finds is a number here, whether there is one or not: of types that are not known, no impl
    // is told from another.

    fn column_at(&self, i: usize, field: &FieldInput, column: &Place) -> Loaded {
        let (runtime, model) = (self.runtime, self.model());
        match column {
            Place::At(at) => Loaded {
                what: quote!(<#model as #runtime::ColumnAt<#at>>::Column),
                place: quote!(#runtime::ColumnPlace<#at>),
                id: format!("column {at}"),
            },
            Place::Of(name) => {
                let (loaded, name) =
                    (self.by_name(field, || column.of_column(model, runtime)), plain(name));
                let what = quote!(<#loaded as #runtime::ColumnIn<#model>>::Column);
                let place = quote! {
                    #runtime::ColumnPlace<{ #runtime::names::column_or::<#model>(#name, #i) }>
                };
                Loaded { what, place, id: format!("column {name}") }
            }
        }
    }

    fn whole(&self, i: usize, field: &FieldInput, relation: &Related<'_>) -> Option<Loaded> {
        let (runtime, model) = (self.runtime, self.model());
        let place = match relation {
            Related::Named { at, .. } => at,
            Related::Path { namesake, .. } => namesake.as_ref()?,
        };
        Some(match place {
            Place::At(at) => Loaded {
                what: self.relation(relation),
                place: quote!(#runtime::RelationPlace<#at>),
                id: format!("relation {at}"),
            },
            Place::Of(name) => {
                let (what, name) = (self.by_name(field, || self.relation(relation)), plain(name));
                let place = quote! {
                    #runtime::RelationPlace<{ #runtime::names::relation_or::<#model>(#name, #i) }>
                };
                Loaded { what, place, id: format!("relation {name}") }
            }
        })
    }

    fn loads_at(
        &self,
        i: usize,
        field: &FieldInput,
        Loaded { what, place, .. }: &Loaded,
    ) -> TokenStream {
        let runtime = self.runtime;
        let (generics, spec) = self.spec_type();
        let FieldInput { ident, ty, .. } = field;
        let reference = self.field_ref(i, ident);
        quote! {
            impl #generics #runtime::LoadsAt<#place> for #spec {
                type What = #what;
                type Value = #ty;

                fn loaded(&self) -> &#ty {
                    #reference
                }
            }
        }
    }
}
