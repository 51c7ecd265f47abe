//! The macro that tells a model's names to the macros that see only its path.
//!
//! It has the name of the model, in the namespace of macros: whoever imports the struct imports the macro with it.

use std::hash::{DefaultHasher, Hash, Hasher};

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Visibility;
use syn::ext::IdentExt;

use crate::ast::ModelInput;

pub(crate) fn expand(model: &ModelInput) -> TokenStream {
    let ModelInput { ident, columns, relations, vis, .. } = model;
    let fields = columns.iter().map(|column| &column.field);
    let names = columns.iter().map(|column| &column.column);
    let relations = relations.iter().map(|relation| &relation.name);
    let hidden = format_ident!("__upfront_{}_{:016x}", ident.unraw(), place(model));
    // Only an exported macro can be seen from other crates, and all exported macros of a crate share one namespace.
    let (export, reexport) = match vis {
        Visibility::Public(_) => (quote!(#[macro_export]), quote!(pub)),
        _ => (quote!(), quote!(pub(crate))),
    };
    quote! {
        #[doc(hidden)]
        #[allow(unused_macros)]
        #export
        macro_rules! #hidden {
            ({ $($callback:tt)* } $($spec:tt)*) => {
                $($callback)*! { [#(#fields #names)*] [#(#relations)*] $($spec)* }
            };
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        #reexport use #hidden as #ident;
    }
}

/// A number that no other model of the crate has: models in two modules may have the same name.
fn place(model: &ModelInput) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{:?}", model.ident.span()).hash(&mut hasher);
    // The place of a model that a macro makes is in that macro, each time that it is called.
    format!("{:?}", Span::call_site()).hash(&mut hasher);
    for column in &model.columns {
        column.column.hash(&mut hasher);
    }
    hasher.finish()
}
