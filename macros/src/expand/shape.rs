//! The structs that `load!` declares, and the query where it is an expression.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Attribute;

use super::spec::{Expander, generic_bounds};
use super::unread;
use crate::ast::{FieldInput, LoadInput, SpecInput};
use crate::lower::{Declared, Lowered};
use crate::model::path_text;
use crate::parse::plain;
use crate::paths::Runtime;
use crate::shape::Item;
use crate::spec::Spec;

/// The struct.
pub(crate) fn expand(declared: &Declared, spec: &Spec<'_>, runtime: &Runtime) -> TokenStream {
    let Declared { attrs, vis, doc, field_attrs, checks, input } = declared;
    let SpecInput { ident, generics, fields, named, .. } = input;
    let doc = (*named && !is_documented(attrs)).then(|| quote!(#[doc = #doc]));
    let fields = std::iter::zip(fields, field_attrs).map(|(field, attrs)| {
        let FieldInput { vis, ident, ty, .. } = field;
        let doc = (*named && !is_documented(attrs)).then(|| {
            let doc = describe(field);
            quote!(#[doc = #doc])
        });
        quote!(#doc #(#attrs)* #vis #ident: #ty)
    });
    let bounds = generic_bounds(generics, runtime);
    let params = (!generics.is_empty()).then(|| quote!(<#(#bounds),*>));
    let copies = (!named).then(|| copies(declared, runtime));
    let unnamed = (!named).then(|| match runtime.finds_unused_loads() {
        true => quote!(#[allow(unreachable_pub)]),
        false => quote!(#[allow(dead_code, unreachable_pub)]),
    });
    let aliases = Expander { spec, runtime }.aliases();
    quote! {
        #(#checks)*
        #aliases

        #doc
        #unnamed
        #(#attrs)*
        #vis struct #ident #params {
            #(#fields,)*
        }
        #copies
    }
}

/// A struct of which nothing is known but its name, for editors: the compiler says nothing of who uses one that is not there.
pub(crate) fn without_model(
    attrs: &[Attribute],
    Item { vis, ident }: &Item,
    runtime: &Runtime,
) -> TokenStream {
    let attrs = attrs.iter().filter(|attr| !attr.path().is_ident("load"));
    runtime.for_editors(quote! {
        #(#attrs)*
        #vis struct #ident {}
    })
}

fn is_documented(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("doc"))
}

/// What a field is, for its documentation.
fn describe(field: &FieldInput) -> String {
    match &field.load {
        Some(LoadInput::Column { name, .. }) => format!("The column `{}`.", plain(name)),
        Some(LoadInput::Join { relation, .. }) => {
            format!("The relation `{}`, joined.", path_text(&relation.0))
        }
        Some(LoadInput::Prefetch { relation, .. }) => {
            format!("The relation `{}`, prefetched.", path_text(&relation.0))
        }
        Some(LoadInput::Annotate(_) | LoadInput::Broken(_)) | None => {
            "Computed by the database.".to_owned()
        }
    }
}

/// What rows without a name can do where all of their fields can: they are cloned, compared and shown. A bound with a
/// lifetime may also not hold.
fn copies(declared: &Declared, runtime: &Runtime) -> TokenStream {
    let SpecInput { ident, generics, fields, .. } = &declared.input;
    let name = plain(ident);
    let bounds = generic_bounds(generics, runtime);
    let params = quote!(<'x, #(#bounds),*>);
    let arguments = generics.iter().map(|generic| &generic.name);
    let spec = quote!(#ident<#(#arguments),*>);
    let names: Vec<&Ident> = fields.iter().map(|field| &field.ident).collect();
    let shown = names.iter().map(|name| plain(name));
    let tys: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let finds_unused = runtime.finds_unused_loads();
    // The compiler counts no reads in a `Clone` and a `Debug` that are derived.
    let trivial = finds_unused.then(|| quote!(#[automatically_derived]));
    let derived = |name: &str| declared.attrs.iter().any(|attr| derives(attr, name));
    let clone = (!derived("Clone")).then(|| {
        quote! {
            #trivial
            impl #params ::core::clone::Clone for #spec
            where
                #(#tys: #runtime::CloneIf<'x>,)*
            {
                fn clone(&self) -> Self {
                    Self { #(#names: #runtime::CloneIf::clone_if(&self.#names),)* }
                }
            }
        }
    });
    let equal = (!derived("PartialEq")).then(|| {
        let compared = match finds_unused {
            true => unread::compared(names.len(), runtime),
            false => quote!(#(#runtime::EqIf::eq_if(&self.#names, &other.#names))&&*),
        };
        quote! {
            impl #params ::core::cmp::PartialEq for #spec
            where
                #(#tys: #runtime::EqIf<'x>,)*
            {
                fn eq(&self, other: &Self) -> ::core::primitive::bool {
                    #compared
                }
            }
        }
    });
    let debug = (!derived("Debug")).then(|| {
        quote! {
            #trivial
            impl #params ::core::fmt::Debug for #spec
            where
                #(#tys: #runtime::DebugIf<'x>,)*
            {
                fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #runtime::show(out, #name, &[#((#shown, #runtime::DebugIf::debug_if(&self.#names))),*])
                }
            }
        }
    });
    quote!(#clone #equal #debug)
}

/// Whether an attribute derives the trait of this name.
pub(crate) fn derives(attr: &Attribute, name: &str) -> bool {
    let mut found = false;
    if attr.path().is_ident("derive") {
        // What is wrong with the attribute is for the compiler to say.
        let _ = attr.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == name);
            Ok(())
        });
    }
    found
}

/// The query of a spec without a name.
pub(crate) fn query(
    items: TokenStream,
    hints: Option<&TokenStream>,
    lowered: &Lowered,
    runtime: &Runtime,
) -> TokenStream {
    let given = &lowered.given;
    let Some(Declared { input: SpecInput { ident, generics, .. }, .. }) = lowered.specs.last()
    else {
        return TokenStream::new();
    };
    let generics = generics.iter().map(|_| quote!(_));
    let params = &given.params;
    let query = given.query(quote! { #runtime::query::<#ident<#(#generics),*>>((#(#params,)*)) });
    let block = quote! {
        #items
        #[allow(unused_imports)]
        use #runtime::QueryDsl as _;
        #query
    };
    let hints = hints.filter(|hints| !hints.is_empty());
    if given.values.is_empty() && hints.is_none() {
        return quote!({ #block });
    }
    let hints = hints.into_iter();
    let ignored = hints.clone().map(|_| quote!(_));
    // Temporary values that are borrowed live as long as the statement, as if `load!` were a function.
    let (names, values): (Vec<_>, Vec<_>) =
        given.values.iter().map(|(name, value)| (name, value)).unzip();
    quote_spanned! {proc_macro2::Span::mixed_site()=>
        match (#(#hints,)* #(#values,)*) {
            (#(#ignored,)* #(#names,)*) => { #block }
        }
    }
}
