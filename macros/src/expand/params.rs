//! Parameters: those of a spec by name, and those that its fields give to other specs.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type};

use super::spec::Expander;
use crate::ast::Arguments;
use crate::parse::bare;
use crate::types::{pair, row_type};

impl Expander<'_> {
    /// The pattern that gives the spec's parameters their names.
    pub(super) fn param_names(&self, span: Span) -> TokenStream {
        let names = self.spec.input.attr.params.iter().map(|(name, _)| name);
        quote_spanned!(span=> (#(#names,)*))
    }

    /// The parameters that are given to the spec of a field.
    pub(super) fn given(
        &self,
        ty: &Type,
        spec: &TokenStream,
        params: Option<&Arguments>,
    ) -> TokenStream {
        let row = row_type(ty);
        let none = |ty: &Type, spec: &TokenStream| {
            let runtime = self.runtime.at(ty.span());
            quote_spanned!(ty.span()=> <#spec as #runtime::WithoutParams>::no_params())
        };
        let arguments = match params {
            None => return none(row, spec),
            Some(Arguments::All(param)) => return self.argument(&bare(param)),
            Some(Arguments::Each(arguments)) => arguments,
        };
        let arguments_span = arguments.first().map(Spanned::span);
        let arguments = arguments.iter().map(|argument| self.argument(argument));
        let span = arguments_span.unwrap_or_else(|| ty.span());
        let tuple = quote_spanned!(span=> (#(#arguments,)*));
        let given = match pair(row) {
            Some((_, between)) => {
                let runtime = self.runtime;
                let between = none(between, &quote!(<#spec as #runtime::Pair>::Second));
                quote_spanned!(span=> (#tuple, #between))
            }
            None => tuple,
        };
        // With its type, so that a value of another type is told where it stands.
        let runtime = self.runtime.at(span);
        quote_spanned! {span=> {
            let given: <#spec as #runtime::LoadSpec>::Params = #given;
            given
        }}
    }

    /// A value that is given for a parameter. A parameter of this spec is passed on as often as it is named.
    pub(super) fn argument(&self, argument: &Expr) -> TokenStream {
        let name = match argument {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        let params = &self.spec.input.attr.params;
        match name.and_then(|name| params.iter().find(|(param, _)| param == name)) {
            Some((_, ty)) => {
                quote_spanned!(argument.span()=> <#ty as ::core::clone::Clone>::clone(#argument))
            }
            None => argument.to_token_stream(),
        }
    }
}
