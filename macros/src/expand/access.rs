//! What a model's rows have loaded, by name: the trait `Loaded`, with a method for each column and relation.
//!
//! The module beside the model cannot name anything around it, because the model may be inside of a function. So the
//! traits there are complete in themselves, and their impls, beside the model, say for which types they are.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::visibility::one_module_in;
use crate::ast::{ModelColumn, ModelInput, RelationKind};
use crate::messages::{self, NotLoaded};
use crate::model::{Key, Relation, last_name, module_name};
use crate::parse::plain;
use crate::paths::Runtime;
use crate::types::{is_option, shown};

/// One method.
struct Member<'a> {
    name: &'a Ident,
    kind: Kind,
    /// Its place among the columns, or among the relations.
    at: usize,
    doc: String,
    /// What the compiler says where it was not loaded.
    not_loaded: NotLoaded,
}

#[derive(Clone, Copy)]
enum Kind {
    Column,
    Relation,
}

impl Kind {
    /// The trait of what has loaded the one at a place.
    fn loads(self) -> Ident {
        match self {
            Self::Column => format_ident!("LoadsColumn"),
            Self::Relation => format_ident!("LoadsRelation"),
        }
    }
}

/// A relation goes before a column of its name.
fn members<'a>(model: &'a ModelInput, relations: &[Relation<'a>]) -> Vec<Member<'a>> {
    let is_relation = |name: &str| relations.iter().any(|other| plain(&other.input.name) == name);
    let columns = model.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| !is_relation(&plain(&column.field)));
    let columns = columns.map(|(at, column)| self::column(at, column, model));
    columns.chain(relations.iter().map(|relation| self::relation(relation, model))).collect()
}

fn column<'a>(at: usize, column: &'a ModelColumn, model: &ModelInput) -> Member<'a> {
    let ModelColumn { field, column, ty, read_as } = column;
    let read_as = read_as.as_ref().map(|ty| format!("#[diesel(deserialize_as = {})] ", shown(ty)));
    let (read_as, ty) = (read_as.unwrap_or_default(), ty.as_ref().map(shown).unwrap_or_default());
    let (line, table) = (format!("{read_as}{field}: {ty},"), last_name(&model.table));
    let path = format!("{table}::{column}");
    Member {
        name: field,
        kind: Kind::Column,
        at,
        doc: format!("The column `{table}.{}`, where it was loaded.", plain(column)),
        not_loaded: messages::column_not_loaded(&plain(field), &line, &path),
    }
}

fn relation<'a>(relation: &Relation<'a>, model: &ModelInput) -> Member<'a> {
    let (name, module) = (&relation.input.name, module_name(model));
    let (child, parent) = (last_name(&relation.input.child), plain(&model.ident));
    let path = format!("{module}::{name}");
    let not_loaded = match relation.input.kind {
        RelationKind::HasMany | RelationKind::ManyToMany => {
            let line = format!("#[load(prefetch)] {name}: Vec<..>,");
            messages::many_not_loaded(&plain(name), &line, &child, &parent, &path)
        }
        RelationKind::BelongsTo | RelationKind::HasOne => {
            let ty = if is_required(relation, model) { ".." } else { "Option<..>" };
            let line = format!("#[load(join)] {name}: {ty},");
            messages::one_not_loaded(&plain(name), &line, &child, &parent, &path)
        }
    };
    Member {
        name,
        kind: Kind::Relation,
        at: relation.at,
        doc: format!("The relation `{}`, where the whole of it was loaded.", plain(name)),
        not_loaded,
    }
}

/// Whether the key cannot be `NULL`, as far as the model's own fields tell.
fn is_required(relation: &Relation<'_>, model: &ModelInput) -> bool {
    let Key::Columns(key) = &relation.key else {
        return false;
    };
    relation.input.kind == RelationKind::BelongsTo
        && key.iter().all(|path| {
            let mut columns = model.columns.iter();
            let column = columns.find(|column| plain(&column.column) == last_name(path));
            column.and_then(|column| column.ty.as_ref()).is_some_and(|ty| !is_option(ty))
        })
}

/// The kinds of what a model has.
fn kinds(model: &ModelInput) -> impl Iterator<Item = Kind> {
    let relation = (!model.relations.is_empty()).then_some(Kind::Relation);
    [Kind::Column].into_iter().chain(relation)
}

/// The traits, in the module beside the model.
///
/// Each member has one without anything in it, for the compiler's message. The value is a parameter: an associated type
/// that cannot be found is reported by what stands behind it.
pub(super) fn traits(model: &ModelInput, relations: &[Relation<'_>]) -> TokenStream {
    let members = members(model, relations);
    let vis = one_module_in(&model.vis);
    let any = quote!(?::core::marker::Sized);
    let methods = members.iter().map(|Member { name, kind, at, doc, .. }| {
        let (loads, named) = (kind.loads(), named_trait(name));
        // Where it is declared, which the message shows.
        let bound = quote_spanned!(name.span()=> Self: #named<V>);
        quote! {
            #[doc = #doc]
            fn #name<V: #any>(&self) -> &V
            where
                #bound,
            {
                <Self as #loads<#at, V>>::loaded(self)
            }
        }
    });
    let unlisted = do_not_recommend(model);
    let named_traits = members.iter().map(|Member { name, kind, at, not_loaded, .. }| {
        let (loads, named) = (kind.loads(), named_trait(name));
        let NotLoaded { message, label, notes } = not_loaded;
        let not_loaded = model.tool_prelude.then(|| {
            quote! {
                #[diagnostic::on_unimplemented(message = #message, label = #label #(, note = #notes)*)]
            }
        });
        quote! {
            #[doc(hidden)]
            #not_loaded
            #vis trait #named<V: #any>: #loads<#at, V> {}
            #unlisted
            impl<T: #loads<#at, V>, V: #any> #named<V> for T {}
        }
    });
    let loads_at = kinds(model).map(|kind| {
        let loads = kind.loads();
        quote! {
            #[doc(hidden)]
            #vis trait #loads<const N: ::core::primitive::usize, V: #any> {
                fn loaded(&self) -> &V;
            }
        }
    });
    let doc = format!(
        "What was loaded of `{}`, by name: import it by `use {}::Loaded as _;`.",
        plain(&model.ident),
        module_name(model),
    );
    quote! {
        #[doc = #doc]
        #[allow(dead_code, non_snake_case, clippy::all, clippy::pedantic)]
        #vis trait Loaded {
            #(#methods)*
        }
        #(#named_traits)*
        #(#loads_at)*
    }
}

fn named_trait(name: &Ident) -> Ident {
    format_ident!("Loads_{}", name.unraw())
}

/// What keeps messages from naming an impl, where the compiler knows of it.
fn do_not_recommend(model: &ModelInput) -> Option<TokenStream> {
    model.tool_prelude.then(|| quote!(#[diagnostic::do_not_recommend]))
}

/// For which types the traits are.
pub(super) fn impls(
    model: &ModelInput,
    relations: &[Relation<'_>],
    runtime: &Runtime,
) -> TokenStream {
    let ModelInput { ident, table, .. } = model;
    let (module, unlisted) = (module_name(model), do_not_recommend(model));
    let of_table = relations.iter().map(|relation| {
        let name = &relation.input.name;
        quote! {
            #unlisted
            impl #runtime::OfTable for #module::#name {
                type Table = #table::table;
            }
        }
    });
    let loads_at = kinds(model).map(|kind| {
        let loads = kind.loads();
        let (at, what) = match kind {
            Kind::Column => (quote!(ColumnAt), quote!(Column)),
            Kind::Relation => (quote!(RelationAt), quote!(Relation)),
        };
        quote! {
            #unlisted
            impl<const __N: ::core::primitive::usize, __T, __V> #module::#loads<__N, __V> for __T
            where
                __V: ?::core::marker::Sized,
                #ident: #runtime::#at<__N>,
                __T: #runtime::Loads<<#ident as #runtime::#at<__N>>::#what, Value = __V>,
            {
                fn loaded(&self) -> &__V {
                    #runtime::Loads::loaded(self)
                }
            }
        }
    });
    quote! {
        #(#of_table)*
        #unlisted
        impl<T: #runtime::RowOf<#table::table>> #module::Loaded for T {}
        #(#loads_at)*
    }
}
