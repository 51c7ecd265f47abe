//! The rules that can be told from names alone. What needs types is asserted by the expanded code.

use quote::ToTokens;

use crate::ast::{ModelInput, NamedBy};
use crate::errors::Errors;
use crate::messages;
use crate::parse::plain;
use crate::shape::{EntryKind, Shape};
use crate::spec::Spec;
use crate::types::is_spec;

/// Functions that every spec has, whose names the field of a relation cannot take.
const RESERVED: [&str; 1] = ["query"];

/// Checks a spec; a field that breaks a rule is left without a load.
pub(crate) fn check_spec(spec: &mut Spec<'_>, errors: &Errors) {
    for field in &mut spec.fields {
        let name = plain(&field.input.ident);
        let is_relation = field.load.as_ref().is_some_and(|load| load.relation().is_some());
        if is_relation && RESERVED.contains(&name.as_str()) {
            field.load = None;
            let message = messages::reserved_name(&name, field.input.alias.is_some());
            field.tell(syn::Error::new_spanned(&field.input.ident, message), errors);
        }
        if is_relation && is_spec(field.input.written(), &spec.input.ident) {
            field.load = None;
            let message = messages::spec_in_itself(&plain(&spec.input.ident));
            field.tell(syn::Error::new_spanned(field.input.written(), message), errors);
        }
    }
}

/// A selection has columns only. What else there is is reported and left out.
pub(crate) fn only_columns(shape: &mut Shape, errors: &Errors) {
    shape.entries.retain(|entry| {
        let (at, word) = match &entry.kind {
            EntryKind::Column { .. }
            | EntryKind::Only { .. }
            | EntryKind::AllBut { .. }
            | EntryKind::Broken { .. } => return true,
            EntryKind::Join(related) => (related.relation.0.to_token_stream(), "join"),
            EntryKind::Prefetch(related) => (related.relation.0.to_token_stream(), "prefetch"),
            EntryKind::Annotate { expression, .. } => (expression.to_token_stream(), "annotate"),
        };
        errors.at(at, messages::not_a_selection(word));
        false
    });
}

/// Checks a model.
pub(crate) fn check_model(model: &ModelInput, errors: &Errors) {
    // Without any columns the struct itself has been reported.
    if model.columns.is_empty() {
        return;
    }
    let columns = NamedBy::Column.names(&model.columns);
    for key in &model.primary_key {
        if !columns.contains(&plain(key)) {
            errors.at(key, messages::no_such_primary_key(&plain(key), &columns));
        }
    }
}
