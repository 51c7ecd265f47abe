//! The names in a `load!` as editors are shown them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::ast::{ModelInput, NamedBy};
use crate::hint::Hint;
use crate::member::number_of;
use crate::model::{Relation, module_name};
use crate::paths::Runtime;

/// A function of which each name is a part.
pub(crate) fn expand(hints: &[Hint], model: &Path, runtime: &Runtime) -> TokenStream {
    let hints = inside(hints, runtime);
    quote! {
        #runtime::for_editors! {
            const _: () = {
                fn hints(columns: &#model) {
                    use #runtime::RelationDsl as _;
                    #hints
                }
            };
        }
    }
}

/// A function in whose type the path of a model is completed.
pub(crate) fn of_path(path: &TokenStream, runtime: &Runtime) -> TokenStream {
    quote! {
        #runtime::for_editors! {
            const _: () = {
                fn hints(columns: &#path) {}
            };
        }
    }
}

fn inside(hints: &[Hint], runtime: &Runtime) -> TokenStream {
    let hints = hints.iter().map(|hint| match hint {
        Hint::Column(name) => quote!(columns.#name),
        Hint::Relation(name) => quote!(relations.#name),
        Hint::Prefetch(query) => quote!(prefetches.#query),
        Hint::Computed(expression) => quote!(relations.#expression),
        Hint::Inside(relation, hints) => {
            let inside = inside(hints, runtime);
            quote! {{
                let columns = #runtime::row_of(&relations.#relation);
                #inside
            }}
        }
    });
    quote! {
        let (relations, prefetches) = #runtime::names_of(columns);
        #(#hints;)*
    }
}

/// The relations of a model by their names.
pub(super) fn of_model(
    model: &ModelInput,
    relations: &[Relation<'_>],
    runtime: &Runtime,
) -> TokenStream {
    let (ident, module) = (&model.ident, module_name(model));
    let names: Vec<_> = relations.iter().map(|relation| &relation.input.name).collect();
    let relation_numbers = names.iter().map(|name| number_of(name));
    let mut numbers = Vec::new();
    for by in [NamedBy::Field, NamedBy::Column] {
        for (i, column) in model.columns.iter().enumerate() {
            let name = match by {
                NamedBy::Field => &column.field,
                NamedBy::Column => &column.column,
            };
            let number = number_of(name);
            if !numbers.iter().any(|(other, _)| *other == number) {
                numbers.push((number, i));
            }
        }
    }
    let columns = numbers.iter().map(|(number, i)| {
        quote! {
            impl #runtime::ColumnHint<#number> for #ident {
                type Place = #runtime::ColumnPlace<#i>;
            }
        }
    });
    quote! {
        #runtime::for_editors! {
            pub struct Relations {
                #(pub #names: #module::#names,)*
            }
            pub struct Prefetches {
                #(pub #names: #runtime::HintOf<#module::#names>,)*
            }
            impl #runtime::Hints for #ident {
                type Relations = Relations;
                type Prefetches = Prefetches;
            }
            #(#columns)*
            #(
                impl #runtime::RelationHint<#relation_numbers> for #ident {
                    type Relation = #module::#names;
                }
            )*
        }
    }
}
