//! What is computed, as a field of a load spec.

use proc_macro2::Ident;
use quote::{format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Type, TypePath};

use super::{Fields, Lowerer, Scope, checked};
use crate::ast::{FieldInput, Generic, LoadInput, Says};
use crate::infer::{is_told, misused_relation};
use crate::parse::{bare, plain};

impl Lowerer<'_> {
    pub(super) fn annotation(
        &mut self,
        attrs: Vec<Attribute>,
        expression: Expr,
        ident: Ident,
        ty: Option<Type>,
        scope: &Scope<'_>,
        fields: &mut Fields,
    ) {
        let span = expression.span();
        let alias = scope.alias(&ident, ident.span());
        let given = !self.named && !is_told(&expression);
        if let (true, Some(error)) = (given, misused_relation(&expression)) {
            return self.broken(attrs, ident, error, scope, fields);
        }
        let expression = match given {
            false => expression,
            true => {
                let (param, name) = self.given.annotation(expression, scope.written, self.runtime);
                let generic = Type::Path(TypePath { qself: None, path: name.clone().into() });
                fields.params.push((param.clone(), generic));
                fields.generics.push(Generic { name, is_read_as: ty.is_some() });
                bare(&param)
            }
        };
        let (ty, says) = match (ty, fields.generics.last()) {
            // The parameter must be used in the struct.
            (Some(ty), Some(Generic { name: generic, .. })) if given => {
                let runtime = self.runtime;
                let ty = quote_spanned!(ty.span()=> <#generic as #runtime::ReadAs<#ty>>::Value);
                (Type::Verbatim(ty), Says::Type)
            }
            (Some(ty), _) => (ty, Says::Type),
            (None, generic) => {
                let computed = match generic {
                    Some(generic) if given => &generic.name,
                    _ => &alias,
                };
                let runtime = self.runtime.at(span);
                let computed = Type::Path(TypePath { qself: None, path: computed.clone().into() });
                let computed = match given {
                    true => computed,
                    false => {
                        let name =
                            format_ident!("__{}_{}__value", plain(scope.ident), plain(&ident));
                        let check =
                            quote_spanned!(span=> #runtime::checked::computes::<#computed>());
                        checked(&name, &computed, &check, self.runtime, &mut fields.checks)
                    }
                };
                let ty = quote_spanned!(span=> <#computed as #runtime::Computes>::Value);
                (Type::Verbatim(ty), Says::Nothing)
            }
        };
        let (vis, load) = (self.field_vis.clone(), Some(LoadInput::Annotate(expression)));
        let alias = (!given).then_some(alias);
        self.add(attrs, FieldInput { vis, ident, ty, says, alias, load }, fields);
    }
}
