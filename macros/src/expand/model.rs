//! What a model is: its table and columns.

use proc_macro2::TokenStream;
use quote::quote;

use super::{access, hint, names, relation};
use crate::ast::{ModelColumn, ModelInput};
use crate::model::{Relation, column_of, module_name};
use crate::parse::plain;
use crate::paths::Runtime;

pub(crate) fn expand(
    model: &ModelInput,
    relations: &[Relation<'_>],
    runtime: &Runtime,
) -> TokenStream {
    let ModelInput { ident, table, vis, .. } = model;
    let names = names::expand(model);
    let table_name = table.segments.last().map(|segment| plain(&segment.ident));
    let primary_key = model.primary_key.iter().map(|column| column_of(table, column));
    let columns =
        model.columns.iter().enumerate().map(|(i, ModelColumn { column, read_as, ty, .. })| {
            let column = column_of(table, column);
            let read = read_as.as_ref().or(ty.as_ref());
            quote! {
                impl #runtime::ColumnAt<#i> for #ident {
                    type Column = #column;
                    type Read = #read;
                    type Value = #ty;
                }
                impl #runtime::MemberOf<#ident> for #column {
                    type At = #runtime::ColumnPlace<#i>;
                }
            }
        });
    let fields = model.columns.iter().map(|column| &column.field);
    let loads = model.columns.iter().enumerate().map(|(i, column)| {
        let (field, ty, name) = (&column.field, &column.ty, column_of(table, &column.column));
        quote! {
            impl #runtime::LoadsAt<#runtime::ColumnPlace<#i>> for #ident {
                type What = #name;
                type Value = #ty;

                fn loaded(&self) -> &#ty {
                    &self.#field
                }
            }
        }
    });
    let model_name = plain(ident);
    let field_names = model.columns.iter().map(|column| plain(&column.field));
    let column_names = model.columns.iter().map(|column| plain(&column.column));
    let relation_names = model.relations.iter().map(|relation| plain(&relation.name));
    let module = module_name(model);
    let module_doc =
        format!("The relations of [`{}`], and what was loaded of it by name.", plain(ident));
    let markers = relations.iter().map(|relation| relation::marker(relation, model));
    let hints = hint::of_model(model, relations, runtime);
    let impls = relations.iter().map(|relation| relation::expand(relation, model, runtime));
    let (access_traits, access_impls) =
        (access::traits(model, relations), access::impls(model, relations, runtime));
    quote! {
        #names

        #[doc = #module_doc]
        #[allow(non_camel_case_types, unreachable_pub)]
        #vis mod #module {
            #(#markers)*
            #access_traits
        }

        #[allow(clippy::all, unused_qualifications)]
        const _: () = {
            impl #runtime::Model for #ident {
                type Itself = Self;
                type Table = #table::table;
                type PrimaryKey = (#(#primary_key,)*);
                const TABLE: &'static ::core::primitive::str = #table_name;
                const NAMES: #runtime::Names = #runtime::Names {
                    model: #model_name,
                    fields: &[#(#field_names),*],
                    columns: &[#(#column_names),*],
                    relations: &[#(#relation_names),*],
                };
            }
            #(#columns)*
            impl #runtime::Holds for #ident {
                type Model = Self;
            }
            #(#loads)*
            #(#impls)*
            #hints
            #access_impls

            // Specs read the columns, and so the fields count as read even where no other code reads them.
            #[allow(dead_code)]
            fn columns_are_read(model: &#ident) {
                let _ = (#(&model.#fields,)*);
            }
        };
    }
}
