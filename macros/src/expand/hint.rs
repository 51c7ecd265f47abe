//! The names in a `load!` as editors are shown them.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::Type;

use crate::ast::{ModelInput, NamedBy};
use crate::hint::{Hint, Place, hints};
use crate::member::number_of;
use crate::model::{Relation, module_name};
use crate::paths::Runtime;

/// A function of which each name is a part, for a struct that takes these parameters.
pub(crate) fn function(
    user: TokenStream,
    params: &[(Ident, Type)],
    runtime: &Runtime,
) -> TokenStream {
    let statements = statements(user, runtime);
    let params = params.iter().map(|(name, ty)| quote!(#name: #ty));
    runtime.for_editors(quote! {
        const _: () = {
            fn hints(#(#params),*) { #statements }
        };
    })
}

/// The same as a value, in which local variables are seen; nothing for the compiler.
pub(crate) fn value(user: TokenStream, runtime: &Runtime) -> TokenStream {
    let statements = statements(user, runtime);
    runtime.for_editors(quote!(#runtime::value_for_editors(|| { #statements })))
}

/// A value behind these hints. They always stand first.
pub(crate) fn before(hints: &TokenStream, value: &TokenStream) -> TokenStream {
    if hints.is_empty() {
        return value.clone();
    }
    quote_spanned! {Span::mixed_site()=>
        match (#hints, #value) {
            (_, value) => value,
        }
    }
}

fn statements(user: TokenStream, runtime: &Runtime) -> TokenStream {
    let (model, hints) = hints(user);
    let named = plain(model.clone());
    let inside = inside(&hints, &quote!(#runtime::row::<#named>()), runtime);
    quote! {
        let _: #model;
        use #runtime::RelationDsl as _;
        #inside
    }
}

/// The same tokens, but not as the user's: one place is enough to look a name up.
fn plain(tokens: TokenStream) -> TokenStream {
    let plain = |mut token: TokenTree| {
        token.set_span(Span::call_site());
        token
    };
    tokens.into_iter().map(plain).collect()
}

/// The hints for what stands in the same braces, of which `row` is a row.
fn inside(hints: &[Hint], row: &TokenStream, runtime: &Runtime) -> TokenStream {
    let hints = hints.iter().map(|hint| match hint {
        Hint::Column(name) => {
            let name = or_any(name);
            quote!(&#row.#name;)
        }
        Hint::Relation(Place::Name(name), steps) => {
            let name = or_any(name);
            quote!(#runtime::names_of(#row).0.#name #steps;)
        }
        Hint::Prefetch(Place::Name(name), steps) => {
            let name = or_any(name);
            quote!(#runtime::names_of(#row).1.#name #steps;)
        }
        Hint::Relation(Place::Path(path), steps) => quote!(#path #steps;),
        Hint::Prefetch(Place::Path(path), steps) => quote!(#runtime::hint_of(&#path) #steps;),
        Hint::Inside(Place::Name(name), hints) => {
            let name = plain(name.clone());
            let row = quote!(#runtime::row_of(&#runtime::names_of(#row).0.#name));
            inside(hints, &row, runtime)
        }
        Hint::Inside(Place::Path(path), hints) => {
            let path = plain(path.clone());
            inside(hints, &quote!(#runtime::row_of(&#path)), runtime)
        }
        Hint::Value(value) => quote!(#value;),
        Hint::Type(ty) => quote!(let _: #ty;),
    });
    // Where nothing is written yet, the next name has a place.
    quote!(#(#hints)* &#row.clone();)
}

/// A name, also where there is none yet.
fn or_any(name: &TokenStream) -> TokenStream {
    if name.is_empty() { quote!(name) } else { name.clone() }
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
    runtime.for_editors(quote! {
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
    })
}
