//! What Diesel's derive for several connections is not made for: which of its backends a query is written for, and keys.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::assert_at;
use crate::ast::MultiConnectionInput;
use crate::messages;
use crate::parse::plain;
use crate::paths::Runtime;

pub(crate) fn expand(input: &MultiConnectionInput, runtime: &Runtime) -> TokenStream {
    let ident = &input.ident;
    // What Diesel's derive makes beside the enum. At the enum's name, which the compiler shows where it is missing.
    let backend = quote_spanned!(ident.span()=> MultiBackend);
    let check = check_connection(ident, runtime);
    let variants: Vec<_> = input.variants.iter().map(|(variant, _)| variant).collect();
    let backends: Vec<_> = input
        .variants
        .iter()
        .map(|(_, ty)| {
            // At the connection, which the compiler shows where load specs do not run on it.
            let at_type = runtime.at(ty.span());
            quote_spanned!(ty.span()=> <#ty as #at_type::Connection>::Backend)
        })
        .collect();
    quote! {
        #[allow(clippy::all, unused_qualifications)]
        const _: () = {
            impl #runtime::SeveralBackends for #backend {
                const SQLS: &'static [::core::option::Option<#runtime::Sql>] =
                    &[#(<#backends as #runtime::Dialect>::SQL),*];

                fn sql(&self) -> #runtime::Sql {
                    match self {
                        #(Self::#variants(backend) => #runtime::Dialect::sql(backend),)*
                    }
                }

                fn same(&self) -> Self {
                    match self {
                        #(Self::#variants(backend) => {
                            Self::#variants(#runtime::Dialect::same(backend))
                        })*
                    }
                }

                fn query_builder(&self) -> <Self as #runtime::Backend>::QueryBuilder {
                    type Builder = <#backend as #runtime::Backend>::QueryBuilder;
                    match self {
                        #(Self::#variants(backend) => {
                            Builder::#variants(#runtime::Dialect::query_builder(backend))
                        })*
                    }
                }

                fn read_any(
                    value: <Self as #runtime::Backend>::RawValue<'_>,
                ) -> #runtime::ReadResult<#runtime::String> {
                    type MultiRawValue<'a> = <#backend as #runtime::Backend>::RawValue<'a>;
                    match value {
                        #(MultiRawValue::#variants(value) => {
                            <#backends as #runtime::Dialect>::read_any(value)
                        })*
                    }
                }

                fn write_table<T: #runtime::NamedTable>(
                    out: #runtime::AstPass<'_, '_, Self>,
                ) -> #runtime::QueryResult<()> {
                    Self::walk_variant_ast(#runtime::TableName::<T>::HERE, out)
                }
            }

            impl<__Key: #runtime::SqlKey> #runtime::HasKey<__Key> for #backend
            where
                #(#backends: #runtime::HasKey<__Key>,)*
                Self: #runtime::HasSqlType<__Key::NotNull>,
                __Key::Value: #runtime::ToSql<__Key::NotNull, Self>,
            {
                fn read_key(
                    value: <Self as #runtime::Backend>::RawValue<'_>,
                ) -> #runtime::ReadResult<__Key::Value> {
                    type MultiRawValue<'a> = <#backend as #runtime::Backend>::RawValue<'a>;
                    match value {
                        #(MultiRawValue::#variants(value) => {
                            <#backends as #runtime::HasKey<__Key>>::read_key(value)
                        })*
                    }
                }

                fn bind_key<'b>(
                    value: &'b __Key::Value,
                    mut out: #runtime::AstPass<'_, 'b, Self>,
                ) -> #runtime::QueryResult<()> {
                    out.push_bind_param::<__Key::NotNull, __Key::Value>(value)
                }
            }
        };
        #check
    }
}

/// Asks whether the enum is a connection, which Diesel's derive makes of it.
fn check_connection(ident: &Ident, runtime: &Runtime) -> TokenStream {
    let message = messages::no_connection(&plain(ident));
    let assert =
        assert_at(ident.span(), quote!(#runtime::check::Asked::<#ident>::CONNECTION), &message);
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #runtime::check::Otherwise as _;
            #assert
        };
    }
}
