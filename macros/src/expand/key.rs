//! The keys of a relation: their types, their names in messages, and what must hold of them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::assert_at;
use crate::ast::{Columns, ModelInput, RelationKind};
use crate::messages;
use crate::model::{Chain, Key, Relation, last_name, module_name, path_text};
use crate::parse::plain;
use crate::paths::Runtime;

/// The type of a key.
pub(super) fn key_of(key: &Key, model: &ModelInput, runtime: &Runtime) -> TokenStream {
    let ident = &model.ident;
    match key {
        Key::Columns(paths) => {
            let paths = paths.iter().map(ToTokens::to_token_stream);
            quote!((#(#paths,)*))
        }
        Key::PrimaryOf(of) => quote_spanned!(of.span()=> <#of as #runtime::Model>::PrimaryKey),
        Key::StartOf(relation) => {
            let module = module_name(model);
            quote!(<#module::#relation as #runtime::Relation>::Key)
        }
        Key::MatchedByOf(relation) => {
            let module = module_name(model);
            quote!(<#module::#relation as #runtime::Relation>::MatchedBy)
        }
        Key::ForeignOf(child) => {
            quote_spanned!(child.span()=> <#ident as #runtime::ReferredBy<#child>>::ForeignKey)
        }
        Key::ReferencedBy(child) => {
            quote_spanned!(child.span()=> <#ident as #runtime::ReferredBy<#child>>::References)
        }
    }
}

/// How messages call a key.
pub(super) fn end(key: &Key, model: &ModelInput) -> String {
    let model = plain(&model.ident);
    match key {
        Key::Columns(_) => columns(key).unwrap_or_default(),
        Key::PrimaryOf(of) => format!("the primary key of `{}`", last_name(of)),
        Key::StartOf(relation) | Key::MatchedByOf(relation) => {
            format!("the key of `{}`", plain(relation))
        }
        Key::ForeignOf(child) => {
            format!("the key by which `{}` belongs to `{model}`", last_name(child))
        }
        Key::ReferencedBy(child) => {
            format!("what the key of `{}` refers to in `{model}`", last_name(child))
        }
    }
}

/// The columns of a key, where their names are known.
pub(super) fn columns(key: &Key) -> Option<String> {
    let Key::Columns(paths) = key else {
        return None;
    };
    let names = paths.iter().map(|path| format!("`{}`", column_name(path)));
    Some(names.collect::<Vec<_>>().join(" and "))
}

/// How messages call a column: `books.author_id`.
fn column_name(path: &Path) -> String {
    let segments: Vec<String> =
        path.segments.iter().rev().take(2).map(|segment| plain(&segment.ident)).collect();
    segments.into_iter().rev().collect::<Vec<_>>().join(".")
}

/// What must hold of the keys that only their types can tell: each column is of the table that is searched for it, and
/// both ends of a key have the same SQL types.
pub(super) fn checks(
    relation: &Relation<'_>,
    model: &ModelInput,
    runtime: &Runtime,
) -> TokenStream {
    let named = named_columns(relation, model, runtime);
    let tables = named.iter().map(|column| check_table(column, relation, runtime));
    // A column of another table is told as that alone, whatever its type.
    let right_tables: TokenStream = named.iter().map(|column| column.is_right(runtime)).collect();
    let ends = |one, other| check_ends([one, other], &right_tables, relation, model, runtime);
    if let Some(chain) = &relation.chain {
        return check_chain(chain, relation, runtime);
    }
    let inferred = matches!(relation.matched_by, Key::ForeignOf(_))
        && matches!(relation.key, Key::ReferencedBy(_));
    let direct = (!inferred).then(|| ends(&relation.key, &relation.matched_by));
    let through =
        relation.through.as_ref().map(|through| ends(&through.target_key, &through.child_key));
    quote!(#(#tables)* #direct #through)
}

/// The second relation of a chain must lead to the child.
fn check_chain(chain: &Chain<'_>, relation: &Relation<'_>, runtime: &Runtime) -> TokenStream {
    let (name, child, second) = (plain(&relation.input.name), &relation.input.child, &chain.second);
    let elsewhere = messages::chain_leads_elsewhere(&name, &path_text(second), &last_name(child));
    let leads = quote!(#runtime::check::Asked::<#second, #child>::LEADS);
    // At the relation that is named last, or at the name where the convention found it.
    let at = relation.input.source.as_ref().map_or(relation.input.name.span(), Spanned::span);
    let leads = assert_at(at, leads, &elsewhere);
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #runtime::check::Otherwise as _;
            #leads
        };
    }
}

/// A column that is written with its table.
struct NamedColumn<'a> {
    option: &'static str,
    column: &'a Path,
    /// The table that must have it, and how messages call that.
    table: TokenStream,
    called: String,
}

impl NamedColumn<'_> {
    /// A condition that goes on: `is of its table &&`.
    fn is_right(&self, runtime: &Runtime) -> TokenStream {
        let of_table = self.of_table(runtime);
        quote!(#of_table &&)
    }

    fn of_table(&self, runtime: &Runtime) -> TokenStream {
        let (column, table) = (self.column, &self.table);
        quote!(#runtime::check::Asked::<#column, #table>::OF_TABLE)
    }
}

/// The columns that the options of a relation name. Those without a table are of the right one.
fn named_columns<'a>(
    relation: &Relation<'a>,
    model: &ModelInput,
    runtime: &Runtime,
) -> Vec<NamedColumn<'a>> {
    let input = relation.input;
    let table_of = |path: &Path| (quote!(#path::table), format!("`{}`", last_name(path)));
    let own = || table_of(&model.table);
    let childs = || {
        let (child, at) = (&input.child, input.child.span());
        // A child that is no model is reported at the child, where the other impls report it.
        let runtime = runtime.at(at);
        let table = quote_spanned!(at=> <#child as #runtime::Model>::Table);
        (table, format!("the table of `{}`", last_name(child)))
    };
    // Without its through table the relation has been reported.
    let through = || input.through.as_ref().map_or_else(own, table_of);
    let (keyed, referred) = match input.kind {
        RelationKind::BelongsTo => (own(), childs()),
        RelationKind::HasOne | RelationKind::HasMany => (childs(), own()),
        RelationKind::ManyToMany => (through(), own()),
    };
    let options = [
        ("foreign_key", &input.foreign_key, keyed),
        ("references", &input.references, referred),
        ("target_key", &input.target_key, through()),
        ("target_references", &input.target_references, childs()),
    ];
    let named = options.into_iter().flat_map(|(option, columns, (table, called))| {
        let paths = columns.iter().flat_map(|columns: &Columns| &columns.paths);
        paths.filter(|path| path.get_ident().is_none()).map(move |column| NamedColumn {
            option,
            column,
            table: table.clone(),
            called: called.clone(),
        })
    });
    named.collect()
}

/// The column must be of its table, because the SQL looks for its name there.
fn check_table(named: &NamedColumn<'_>, relation: &Relation<'_>, runtime: &Runtime) -> TokenStream {
    let relation = plain(&relation.input.name);
    let column = column_name(named.column);
    let message = messages::key_of_another_table(&relation, named.option, &column, &named.called);
    let assert = assert_at(named.column.span(), named.of_table(runtime), &message);
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #runtime::check::Otherwise as _;
            #assert
        };
    }
}

/// Both ends of a key must be of the same SQL types.
fn check_ends(
    [one, other]: [&Key; 2],
    right_tables: &TokenStream,
    relation: &Relation<'_>,
    model: &ModelInput,
    runtime: &Runtime,
) -> TokenStream {
    let (name, child) = (&relation.input.name, &relation.input.child);
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
            if #right_tables #are_keys {
                #same_length
                #same_types
            }
        };
    }
}
