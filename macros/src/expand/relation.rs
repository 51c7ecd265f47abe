//! What a relation is: its marker type, its keys, its through table.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::assert_at;
use super::visibility::one_module_in;
use crate::ast::{ModelInput, RelationKind};
use crate::messages;
use crate::model::{Key, Relation, Through, last_name, lends_its_key, module_name};
use crate::parse::plain;
use crate::paths::Runtime;

/// The unit struct, with what the relation is as its documentation.
pub(super) fn marker(relation: &Relation<'_>, model: &ModelInput) -> TokenStream {
    let name = &relation.input.name;
    let doc = describe(relation, model);
    let vis = one_module_in(&model.vis);
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::default::Default,
        )]
        #vis struct #name;
    }
}

fn describe(relation: &Relation<'_>, model: &ModelInput) -> String {
    let (parent, child) = (plain(&model.ident), last_name(&relation.input.child));
    let (verb, rows) = match relation.input.kind {
        RelationKind::BelongsTo => ("belongs to", "one"),
        RelationKind::HasOne => ("has at most", "one"),
        RelationKind::HasMany | RelationKind::ManyToMany => ("has", "many"),
    };
    let through = match &relation.through {
        Some(through) => format!(", through `{}`", last_name(through.table)),
        None => String::new(),
    };
    let keys = match (columns(&relation.key), columns(&relation.matched_by)) {
        (Some(key), Some(matched)) => format!(": {key} is {matched}"),
        (Some(key), None) => format!(", by {key}"),
        (None, Some(matched)) => format!(", by {matched}"),
        (None, None) => String::new(),
    };
    format!("`{parent}` {verb} {rows} `{child}`{through}{keys}.")
}

fn columns(key: &Key) -> Option<String> {
    let Key::Columns(paths) = key else {
        return None;
    };
    let name = |path: &Path| {
        let segments: Vec<String> =
            path.segments.iter().rev().take(2).map(|segment| plain(&segment.ident)).collect();
        format!("`{}`", segments.into_iter().rev().collect::<Vec<_>>().join("."))
    };
    Some(paths.iter().map(name).collect::<Vec<_>>().join(" and "))
}

/// The impls of a relation.
pub(super) fn expand(
    relation: &Relation<'_>,
    model: &ModelInput,
    runtime: &Runtime,
) -> TokenStream {
    let ident = &model.ident;
    let (at, input) = (relation.at, relation.input);
    let (name, child) = (&input.name, &input.child);
    let child_model = quote_spanned!(child.span()=> <#child as #runtime::Model>::Itself);
    let module = module_name(model);
    let marker = quote!(#module::#name);
    let sql_name = plain(name);
    let many = matches!(input.kind, RelationKind::HasMany | RelationKind::ManyToMany);
    let shared = matches!(input.kind, RelationKind::BelongsTo | RelationKind::ManyToMany);
    let key = key_of(&relation.key, model, runtime);
    let matched_by = key_of(&relation.matched_by, model, runtime);
    let required = match input.kind {
        RelationKind::BelongsTo => quote!(!<#key as #runtime::KeyColumns>::NULLABLE),
        _ => quote!(false),
    };
    let through_type = match relation.through {
        Some(_) => quote!(#runtime::By<Self>),
        None => quote!(#runtime::Direct),
    };
    let through =
        relation.through.as_ref().map(|through| expand_through(&marker, through, model, runtime));
    let lent = lends_its_key(input, &model.relations).then(|| {
        quote! {
            impl #runtime::ReferredBy<#ident> for #child {
                type ForeignKey = #key;
                type References = #matched_by;
            }
        }
    });
    let checks = checks(relation, model, runtime);
    quote! {
        impl #runtime::Relation for #marker {
            type Parent = #ident;
            type Child = #child_model;
            const NAME: &'static ::core::primitive::str = #sql_name;
            const MANY: ::core::primitive::bool = #many;
            const REQUIRED: ::core::primitive::bool = #required;
            const SHARED: ::core::primitive::bool = #shared;
            type Key = #key;
            type MatchedBy = #matched_by;
            type Through = #through_type;
        }
        impl #runtime::RelationAt<#at> for #ident {
            type Relation = #marker;
        }
        #through
        #lent
        #checks
    }
}

fn expand_through(
    marker: &TokenStream,
    through: &Through<'_>,
    model: &ModelInput,
    runtime: &Runtime,
) -> TokenStream {
    let table = through.table;
    let target_key = key_of(&through.target_key, model, runtime);
    let child_key = key_of(&through.child_key, model, runtime);
    let names = quote!(&'static [&'static ::core::primitive::str]);
    quote! {
        impl #runtime::Junction for #marker {
            const TARGET_KEY: #names = <#target_key as #runtime::KeyColumns>::NAMES;
            const CHILD_KEY: #names = <#child_key as #runtime::KeyColumns>::NAMES;
            type Table = #table::table;
        }
    }
}

/// Both ends of each key must be of the same SQL types.
fn checks(relation: &Relation<'_>, model: &ModelInput, runtime: &Runtime) -> TokenStream {
    let (name, child) = (&relation.input.name, &relation.input.child);
    let check = |one: &Key, other: &Key| {
        let (ends, relation) = ([end(one, model), end(other, model)], plain(name));
        let (one, other) = (key_of(one, model, runtime), key_of(other, model, runtime));
        // A child that is no model is reported at the child, where the other impls report it.
        let otherwise = quote!(#runtime::check::Otherwise);
        let runtime = runtime.at(child.span());
        let asked = |what: &str| {
            let what = Ident::new(what, child.span());
            quote_spanned!(child.span()=> #runtime::check::Asked::<#one, #other>::#what)
        };
        let are_keys = asked("ARE_KEYS");
        let lengths = messages::key_lengths_differ(&relation, &ends);
        let types = messages::key_types_differ(&relation, &ends);
        let same_length = assert_at(name.span(), asked("SAME_LENGTH"), &lengths);
        let same_types = assert_at(name.span(), asked("SAME_TYPES"), &types);
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #otherwise as _;
                if #are_keys {
                    #same_length
                    #same_types
                }
            };
        }
    };
    let inferred = matches!(relation.matched_by, Key::ForeignOf(_))
        && matches!(relation.key, Key::ReferencedBy(_));
    let ends = (!inferred).then(|| check(&relation.key, &relation.matched_by));
    let through =
        relation.through.as_ref().map(|through| check(&through.target_key, &through.child_key));
    quote!(#ends #through)
}

/// How messages call a key.
fn end(key: &Key, model: &ModelInput) -> String {
    let model = plain(&model.ident);
    match key {
        Key::Columns(_) => columns(key).unwrap_or_default(),
        Key::PrimaryOf(of) => format!("the primary key of `{}`", last_name(of)),
        Key::ForeignOf(child) => {
            format!("the key by which `{}` belongs to `{model}`", last_name(child))
        }
        Key::ReferencedBy(child) => {
            format!("what the key of `{}` refers to in `{model}`", last_name(child))
        }
    }
}

/// The type of a key.
fn key_of(key: &Key, model: &ModelInput, runtime: &Runtime) -> TokenStream {
    let ident = &model.ident;
    match key {
        Key::Columns(paths) => {
            let paths = paths.iter().map(ToTokens::to_token_stream);
            quote!((#(#paths,)*))
        }
        Key::PrimaryOf(of) => quote_spanned!(of.span()=> <#of as #runtime::Model>::PrimaryKey),
        Key::ForeignOf(child) => {
            quote_spanned!(child.span()=> <#ident as #runtime::ReferredBy<#child>>::ForeignKey)
        }
        Key::ReferencedBy(child) => {
            quote_spanned!(child.span()=> <#ident as #runtime::ReferredBy<#child>>::References)
        }
    }
}
