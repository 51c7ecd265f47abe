//! The query of a prefetch, as its field declares it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;

use super::spec::Expander;
use crate::infer::Typed;
use crate::spec::Refined;

impl Expander<'_> {
    /// The type of the query for the children, and the query.
    pub(super) fn children(
        &self,
        span: Span,
        spec: &TokenStream,
        relation: &TokenStream,
        refined: &Refined<'_>,
        given: TokenStream,
    ) -> (TokenStream, TokenStream) {
        let runtime = self.runtime;
        let (mut filter, mut filter_value) =
            (quote!(#runtime::NoFilter), quote!(#runtime::NoFilter));
        if let Some(Typed { value, ty }) = &refined.filter {
            filter = quote!(#runtime::And<#filter, #ty>);
            filter_value = quote!(#runtime::And(#filter_value, #value));
        }
        let (mut order, mut order_value) = (quote!(#runtime::NoOrder), quote!(#runtime::NoOrder));
        for (at, (_, Typed { value, ty })) in refined.orders.iter().enumerate() {
            if at == 0 {
                order = quote!(#runtime::By<#ty>);
                order_value = quote!(#runtime::By(#value));
            } else {
                order = quote!(#runtime::Then<#order, #ty>);
                order_value = quote!(#runtime::Then(#order_value, #value));
            }
        }
        let (limit, limit_value) = self.limit(refined);
        let at_type = runtime.at(span);
        let value = quote!(#runtime::declare(#given, #filter_value, #order_value, #limit_value));
        if refined.input.distinct {
            let ty = quote_spanned! {span=>
                #at_type::DistinctChildren<#spec, #relation, #filter, #order>
            };
            return (ty, quote!(#runtime::DistinctDsl::distinct(#value)));
        }
        let ty = quote_spanned! {span=>
            #at_type::DeclaredChildren<#spec, #relation, #filter, #order, #limit>
        };
        (ty, value)
    }

    /// The limit and offset of a prefetch, and their type.
    fn limit(&self, refined: &Refined<'_>) -> (TokenStream, TokenStream) {
        let runtime = self.runtime;
        let value = |given: &Option<Expr>| match given {
            Some(given) => {
                let given = self.argument(given);
                quote!(#given)
            }
            None => quote!(0),
        };
        let (limit, offset) = (&refined.input.limit, &refined.input.offset);
        let (has_limit, has_offset) = (limit.is_some(), offset.is_some());
        if !has_limit && !has_offset {
            return (quote!(#runtime::Unlimited), quote!(#runtime::Unlimited));
        }
        let (limit, offset) = (value(limit), value(offset));
        (
            quote!(#runtime::Limited<#has_limit, #has_offset>),
            quote!(#runtime::Limited::of(#limit, #offset)),
        )
    }
}
