//! What a relation is: its marker type, its keys, its through table.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::key::{checks, columns, end, key_of};
use super::visibility::one_module_in;
use crate::ast::{ModelInput, NamedBy, RelationKind};
use crate::model::{Chain, Key, Relation, Through, last_name, lends_its_key, module_name};
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
        None => match &relation.chain {
            Some(chain) => format!(", through `{}`", plain(chain.first)),
            None => String::new(),
        },
    };
    let mut keys = match (columns(&relation.key), columns(&relation.matched_by)) {
        (Some(key), Some(matched)) => format!(": {key} is {matched}"),
        (Some(key), None) => format!(", by {key}"),
        (None, Some(matched)) => format!(", by {matched}"),
        (None, None) => String::new(),
    };
    if let Some(through) = &relation.through {
        let [target, child] = [&through.target_key, &through.child_key].map(|key| end(key, model));
        keys = format!("{keys}, and {target} is {child}");
    }
    format!("`{parent}` {verb} {rows} `{child}`{through}{keys}.")
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
    let leads = match input.kind {
        RelationKind::HasMany | RelationKind::ManyToMany => quote!(ToMany),
        RelationKind::BelongsTo | RelationKind::HasOne => quote!(ToOne),
    };
    let key_shared = match (&relation.chain, input.kind) {
        (Some(Chain { first, .. }), _) => {
            quote!(<#module::#first as #runtime::Relation>::KEY_SHARED)
        }
        (None, RelationKind::BelongsTo) => quote!(true),
        (None, _) => quote!(false),
    };
    let shared = match (&relation.chain, input.kind) {
        (Some(Chain { first, second }), _) => {
            let shared = |relation| quote!(<#relation as #runtime::Relation>::SHARED);
            let (first, second) = (shared(quote!(#module::#first)), shared(quote!(#second)));
            quote!(#first || #second)
        }
        (None, RelationKind::BelongsTo | RelationKind::ManyToMany) => quote!(true),
        (None, RelationKind::HasOne | RelationKind::HasMany) => quote!(false),
    };
    let key = key_of(&relation.key, model, runtime);
    let matched_by = key_of(&relation.matched_by, model, runtime);
    let rows = match input.kind {
        RelationKind::BelongsTo => {
            let required = looks_required(&relation.key, model);
            runtime.by_tool(
                quote!(type Rows = #runtime::One<{ !<#key as #runtime::KeyColumns>::NULLABLE }>;),
                quote!(type Rows = #runtime::One<#required>;),
            )
        }
        RelationKind::HasOne => quote!(type Rows = #runtime::One<false>;),
        RelationKind::HasMany | RelationKind::ManyToMany => quote!(type Rows = #runtime::Many;),
    };
    let through_type = match (&relation.through, &relation.chain) {
        (Some(_), _) => quote!(#runtime::ByTable<Self>),
        (None, Some(Chain { first, second })) => {
            let at_second = runtime.at(second.span());
            quote_spanned! {second.span()=>
                <#second as #at_second::Follows<#module::#first>>::Chain
            }
        }
        (None, None) => quote!(#runtime::Direct),
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
            type Leads = #runtime::#leads;
            #rows
            const SHARED: ::core::primitive::bool = #shared;
            const KEY_SHARED: ::core::primitive::bool = #key_shared;
            type Key = #key;
            type MatchedBy = #matched_by;
            type Through = #through_type;
        }
        impl #runtime::RelationAt<#at> for #ident {
            type Relation = #marker;
        }
        impl #runtime::MemberOf<#ident> for #marker {
            type At = #runtime::RelationPlace<#at>;
        }
        // By which Diesel's names for types, which those of our macros go by, know what is filtered and counted.
        impl<E> #runtime::FilterDsl<E> for #marker {
            type Output = #runtime::Filtered<Self, #runtime::And<#runtime::NoFilter, E>>;

            fn filter(self, condition: E) -> Self::Output {
                #runtime::filtered(condition)
            }
        }
        impl #runtime::SelectDsl<#runtime::dsl::count_star> for #marker {
            type Output = #runtime::Counted<Self>;

            fn select(self, _: #runtime::dsl::count_star) -> Self::Output {
                #runtime::RelationDsl::count(self)
            }
        }
        #through
        #lent
        #checks
    }
}

/// Whether a key is of fields that look as if they were never `NULL`: for editors, which compute no constants.
fn looks_required(key: &Key, model: &ModelInput) -> bool {
    let Key::Columns(columns) = key else {
        return true;
    };
    let is_option = |ty: &Type| match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        _ => false,
    };
    columns.iter().all(|path| {
        let place = NamedBy::Column.find(&last_name(path), &model.columns);
        let ty = place.and_then(|place| model.columns[place].ty.as_ref());
        !ty.is_some_and(is_option)
    })
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
    let table_name = last_name(table);
    let names = quote!(&'static [&'static ::core::primitive::str]);
    quote! {
        impl #runtime::Junction for #marker {
            const TABLE: &'static ::core::primitive::str = #table_name;
            const TARGET_KEY: #names = <#target_key as #runtime::KeyColumns>::NAMES;
            const CHILD_KEY: #names = <#child_key as #runtime::KeyColumns>::NAMES;
            type Table = #table::table;
        }
    }
}
