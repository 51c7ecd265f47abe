//! What must hold of the fields of a spec that only their types can tell.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type};

use super::assert_at;
use super::spec::Expander;
use crate::ast::{FieldInput, Says};
use crate::infer::{Typed, told_at};
use crate::member::Place;
use crate::messages;
use crate::parse::plain;
use crate::spec::{Load, Refined, Related, Resolved};
use crate::types::{row_type, shown};

impl Expander<'_> {
    /// The checks of field `i`.
    pub(super) fn checks(&self, i: usize, field: &Resolved<'_>) -> Option<TokenStream> {
        let written = field.input.written();
        // What depends on values that are given at run time is no type that a check could name.
        let has_no_type = !self.spec.input.generics.is_empty();
        let load = field.load.as_ref()?;
        Some(match load {
            Load::Column { column, deserialize_as } => {
                self.check_column(field.input, column, *deserialize_as)?
            }
            Load::Annotate { .. } if has_no_type => return None,
            Load::Annotate { expression, typed } => {
                let typed = self.by_name(field.input, || typed.ty.clone());
                let valid = self.check_annotation(expression, &typed);
                let value = self.check_value(field.input, expression, &typed);
                quote!(#valid #value)
            }
            Load::Join { relation, .. } if has_no_type => self.check_joined(field.input, relation),
            Load::Join { relation, .. } => {
                self.check_join(i, relation, written, &self.holds(i, load, written))
            }
            Load::Prefetch { .. } if has_no_type => return None,
            Load::Prefetch { relation, refined, .. } => {
                let holds = self.holds(i, load, written);
                let optional = refined.input.optional;
                let prefetch = self.check_prefetch(i, field.input, relation, optional, &holds);
                let refined = self.check_refined(i, field.input, relation, refined);
                quote!(#prefetch #refined)
            }
        })
    }

    /// The type that is written for a column.
    fn check_column(
        &self,
        input: &FieldInput,
        column: &Place,
        deserialize_as: Option<&Type>,
    ) -> Option<TokenStream> {
        let FieldInput { ident, ty, says, .. } = input;
        if let Says::Nothing = says {
            return None;
        }
        let (runtime, model) = (self.runtime, self.model());
        let column = match column {
            Place::At(at) => quote!(<#model as #runtime::ColumnAt<#at>>::Column),
            Place::Of(_) => {
                let place = self.by_name(input, || column.of_column(model, runtime));
                quote!(<#place as #runtime::ColumnIn<#model>>::Column)
            }
        };
        let read = deserialize_as.unwrap_or(ty);
        let (name, shown) = (plain(ident), shown(read));
        let nullable = messages::nullable_column(&name, &shown);
        let wrong = messages::wrong_column_type(&name, &self.spec.input.attr.model.name, &shown);
        Some(self.check_type(read.span(), &column, read, &nullable, &wrong))
    }

    /// The type that is written for what is computed.
    fn check_value(
        &self,
        input: &FieldInput,
        expression: &Expr,
        typed: &TokenStream,
    ) -> Option<TokenStream> {
        let FieldInput { ident, ty, says, .. } = input;
        if let Says::Nothing = says {
            return None;
        }
        let (name, shown, right) = (plain(ident), shown(ty), right_type(expression));
        let nullable = messages::nullable_annotation(&name, &shown);
        let wrong = messages::wrong_annotation_type(&name, &shown, right);
        Some(self.check_type(told_at(expression), typed, ty, &nullable, &wrong))
    }

    /// What a join leads to, where the joined field has no type that a check could name.
    fn check_joined(&self, input: &FieldInput, related: &Related<'_>) -> TokenStream {
        let runtime = self.runtime;
        let relation = self.by_name(input, || self.relation(related));
        let message = messages::join_leads_to_many(&related.describe());
        let at = related.span();
        let assert = assert_at(at, quote!(!<#relation as #runtime::Relation>::MANY), &message);
        quote! {
            const _: () = { #assert };
        }
    }

    /// An assertion about field `i`, told at its type.
    fn assert(&self, i: usize, ty: &Type, check: &str, message: &str) -> TokenStream {
        self.assert_at(i, ty.span(), check, message)
    }

    fn assert_at(&self, i: usize, at: Span, check: &str, message: &str) -> TokenStream {
        let (runtime, ident) = (self.runtime, &self.spec.input.ident);
        let spec = match self.spec.input.generics.is_empty() {
            true => ident.to_token_stream(),
            false => quote!(Self),
        };
        let check = Ident::new(check, Span::call_site());
        assert_at(at, quote!(#runtime::check::#check::<#spec, #i>()), message)
    }

    /// Whether rows can be copied where several share them.
    fn can_be_shared(&self, i: usize, load: &Load<'_>, ty: &Type) -> Vec<TokenStream> {
        let row = shown(row_type(ty));
        let assert = |check: &str, message: String| self.assert(i, ty, check, &message);
        match load {
            Load::Join { relation, .. } => {
                let message = messages::joined_rows_are_shared(&relation.describe(), &row);
                vec![assert("join_can_be_shared", message)]
            }
            Load::Prefetch { relation, .. } => {
                let relation = relation.describe();
                let rows = messages::prefetched_row_is_shared(&relation, &row);
                let below = messages::prefetched_below_is_shared(&relation, &row);
                vec![
                    assert("prefetched_rows_can_be_shared", rows),
                    assert("prefetched_many_can_be_shared", below),
                ]
            }
            Load::Column { .. } | Load::Annotate { .. } => Vec::new(),
        }
    }

    /// The checks of a spec that has parameters, which are made when it is loaded.
    pub(super) fn checks_of_a_load(&self) -> TokenStream {
        if self.spec.input.generics.is_empty() {
            return TokenStream::new();
        }
        let fields = self.spec.fields.iter().enumerate();
        let asserts = fields.filter_map(|(i, field)| {
            Some(self.holds(i, field.load.as_ref()?, field.input.written()))
        });
        asserts.flatten().collect()
    }

    /// Whether a field holds as many rows as its relation leads to.
    fn fits(&self, i: usize, load: &Load<'_>, ty: &Type) -> Vec<TokenStream> {
        let Some(relation) = load.relation().map(Related::describe) else {
            return Vec::new();
        };
        let row = shown(row_type(ty));
        let assert = |check: &str, message: &str| self.assert(i, ty, check, message);
        let Load::Prefetch { refined, .. } = load else {
            let missing = messages::may_be_missing(&relation, &row);
            return vec![assert("join_can_be_missing", &missing)];
        };
        let missing = match refined.input.optional {
            true => messages::may_be_missing_when_requested(&relation, &row),
            false => messages::may_be_missing(&relation, &row),
        };
        vec![
            assert("prefetches_as_many", &messages::many_or_one(&relation, &shown(ty))),
            assert("prefetch_can_be_missing", &missing),
        ]
    }

    /// What must hold of a field with the rows of a relation, whether or not its spec has parameters.
    fn holds(&self, i: usize, load: &Load<'_>, ty: &Type) -> Vec<TokenStream> {
        let mut asserts = self.fits(i, load, ty);
        asserts.extend(self.can_be_shared(i, load, ty));
        asserts
    }

    fn check_join(
        &self,
        i: usize,
        relation: &Related<'_>,
        ty: &Type,
        holds: &[TokenStream],
    ) -> TokenStream {
        let relation = relation.describe();
        let asserts = [
            self.assert(i, ty, "joins_one", &messages::join_leads_to_many(&relation)),
            self.assert(i, ty, "joins_no_pair", &messages::join_of_a_pair(&relation)),
        ];
        quote! {
            const _: () = { #(#asserts)* #(#holds)* };
        }
    }

    fn check_prefetch(
        &self,
        i: usize,
        input: &FieldInput,
        related: &Related<'_>,
        optional: bool,
        holds: &[TokenStream],
    ) -> TokenStream {
        let (ty, field) = (input.written(), plain(&input.ident));
        let relation = related.describe();
        let (runtime, ident) = (self.runtime, &self.spec.input.ident);
        let is_requested = quote!(#runtime::check::prefetch_is_requested::<#ident, #i>());
        let (fits, unfit) = match optional {
            true => (is_requested, messages::not_requested(&field, &shown(ty))),
            false => (quote!(!#is_requested), messages::always_requested(&field)),
        };
        let requested = assert_at(ty.span(), fits, &unfit);
        let between = crate::types::pair(row_type(ty)).map(|(_, between)| {
            let (runtime, spec) = (self.runtime, &self.spec.input.ident);
            let (at, related) =
                (between.span(), self.by_name(input, || self.relation(related)));
            let at_type = runtime.at(ty.span());
            // At the type, like all that is wrong with it.
            let row = quote_spanned! {ty.span()=>
                <#at_type::PrefetchedSpec<#spec, #i> as #at_type::LoadSpec>::Through
            };
            let is_between = quote! {
                #runtime::check::Asked::<#row, <#related as #runtime::Relation>::Through>::IS_BETWEEN
            };
            let message = messages::not_the_through_row(&relation, &shown(between));
            let assert = assert_at(at, is_between, &message);
            let message = messages::pair_of_one_table(&relation);
            let two = self.assert_at(i, at, "pairs_two_tables", &message);
            quote! {
                #[allow(unused_imports)]
                use #runtime::check::Otherwise as _;
                #assert
                #two
            }
        });
        quote! {
            const _: () = { #between #requested #(#holds)* };
        }
    }

    /// What refines a prefetch must be on the columns of its rows, and a row that is alone has no order.
    fn check_refined(
        &self,
        i: usize,
        field: &FieldInput,
        related: &Related<'_>,
        refined: &Refined<'_>,
    ) -> TokenStream {
        let (runtime, ident) = (self.runtime, &self.spec.input.ident);
        let name = related.describe();
        let relation = self.by_name(field, || self.relation(related));
        let input = refined.input;
        let of_many =
            [("order_by", &input.order_by), ("limit", &input.limit), ("offset", &input.offset)];
        let of_many = of_many.into_iter().filter_map(|(option, given)| {
            let at = given.as_ref()?.span();
            let message = messages::one_has_no_order(&name, option);
            Some(self.assert_at(i, at, "prefetches_many", &message))
        });
        let spec = quote!(#runtime::PrefetchedSpec<#ident, #i>);
        let check = |check: &str, expression: &Expr, Typed { ty, .. }: &Typed| {
            let check = Ident::new(check, Span::call_site());
            let runtime = runtime.at(expression.span());
            quote_spanned! {expression.span()=>
                const _: () = #runtime::check::#check::<#spec, #relation, #ty>();
            }
        };
        let filter = input.filter.as_ref().zip(refined.filter.as_ref());
        let filter = filter.map(|(expression, typed)| check("filters", expression, typed));
        let orders = refined.orders.iter().map(|(order, typed)| check("orders", order, typed));
        quote! {
            const _: () = { #(#of_many)* };
            #filter
            #(#orders)*
        }
    }

    /// An annotation must be on the columns of the model, and of one row.
    fn check_annotation(&self, expression: &Expr, ty: &TokenStream) -> TokenStream {
        let (runtime, model) = (self.runtime, self.model());
        let runtime = runtime.at(expression.span());
        quote_spanned! {expression.span()=>
            const _: () = #runtime::check::annotates::<#model, #ty>();
        }
    }

    /// A value's type must be one that its SQL type can be read as. At `span` it is told if there is no SQL type.
    fn check_type(
        &self,
        span: Span,
        source: &TokenStream,
        read: &Type,
        nullable: &str,
        wrong: &str,
    ) -> TokenStream {
        let (runtime, at_span) = (self.runtime, self.runtime.at(span));
        let reads = |ty: TokenStream| {
            let asked =
                quote_spanned!(span=> #at_span::check::Asked::<#ty, #at_span::SqlTypeOf<#source>>);
            quote_spanned! {span=>
                (#asked::READS_ON_SQLITE || #asked::READS_ON_POSTGRES || #asked::READS_ON_MYSQL || #asked::READS_NOWHERE)
            }
        };
        let as_it_is = reads(quote!(#read));
        let as_option = reads(quote!(::core::option::Option<#read>));
        let not_null = assert_at(read.span(), quote!(!#as_option), nullable);
        let right = assert_at(read.span(), quote!(false), wrong);
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #runtime::check::Otherwise as _;
                if !#as_it_is {
                    #not_null
                    #right
                }
            };
        }
    }
}

/// The type that is right for an annotation, where its last method tells.
fn right_type(expression: &Expr) -> Option<&'static str> {
    let Expr::MethodCall(call) = expression else {
        return None;
    };
    match plain(&call.method).as_str() {
        "count" | "count_distinct" => Some("i64"),
        "exists" | "any" | "none" => Some("bool"),
        _ => None,
    }
}
