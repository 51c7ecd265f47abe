//! A selection of columns for Diesel's own queries: a struct that Diesel selects and reads by itself.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::spec::{Expander, nested};
use crate::ast::Says;
use crate::lower::Lowered;
use crate::paths::Runtime;
use crate::spec::Spec;

/// The impls of the struct.
pub(crate) fn expand(spec: &Spec<'_>, runtime: &Runtime) -> TokenStream {
    let expander = Expander { spec, runtime };
    let (ident, model) = (&spec.input.ident, expander.model());
    let fields: Vec<_> = spec.fields.iter().map(|field| field.input).collect();
    let places = fields.iter().filter_map(|field| field.alias.as_ref());
    let columns: Vec<_> =
        places.map(|place| quote!(<#place as #runtime::ColumnIn<#model>>::Column)).collect();
    let reads = fields.iter().map(|field| match (&field.says, &field.alias) {
        (Says::Nothing, Some(place)) => quote!(<#place as #runtime::ColumnIn<#model>>::Read),
        _ => field.ty.to_token_stream(),
    });
    let reads = nested(reads.collect());
    let names: Vec<Ident> = (0..fields.len()).map(|i| format_ident!("column_{i}")).collect();
    let values = nested(names.iter().map(ToTokens::to_token_stream).collect());
    let inits = std::iter::zip(&fields, &names).map(|(field, name)| {
        let field = &field.ident;
        quote!(#field: ::core::convert::TryInto::try_into(#name)?)
    });
    let selection = nested(columns.clone());
    let selected = nested(
        columns
            .iter()
            .map(|column| quote!(<#column as ::core::default::Default>::default()))
            .collect(),
    );
    let loads = expander.loads();
    quote! {
        #[allow(clippy::all, unused_qualifications)]
        const _: () = {
            impl<DB: #runtime::Backend> #runtime::Selectable<DB> for #ident {
                type SelectExpression = #selection;

                fn construct_selection() -> Self::SelectExpression {
                    #selected
                }
            }

            impl<DB: #runtime::Backend, ST> #runtime::Queryable<ST, DB> for #ident
            where
                #reads: #runtime::FromStaticSqlRow<ST, DB>,
            {
                type Row = #reads;

                fn build(#values: Self::Row) -> #runtime::ReadResult<Self> {
                    ::core::result::Result::Ok(Self { #(#inits,)* })
                }
            }

            #loads
        };
    }
}

/// The selection of a struct without a name.
pub(crate) fn selection(
    items: TokenStream,
    hints: Option<&TokenStream>,
    lowered: &Lowered,
    runtime: &Runtime,
) -> TokenStream {
    let ident = lowered.specs.last().map(|declared| &declared.input.ident);
    let value = quote! {{
        #items
        <#ident as #runtime::SelectableHelper<_>>::as_select()
    }};
    hints.map_or_else(|| value.clone(), |hints| super::hint::before(hints, &value))
}
