//! Tokens to ast. What cannot be understood is reported and left out; the rest is kept.

mod model;
mod options;
mod spec;

pub(crate) use model::{parse_model, snake_case};
pub(crate) use spec::{parse_names, parse_spec, parse_spec_attr};

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Field, Fields};

use crate::errors::Errors;
use crate::messages;
use options::options_of;

/// The named fields of a struct without parameters, which is what both derives are for.
fn named_fields<'a>(
    input: &'a DeriveInput,
    derive: &str,
    errors: &Errors,
) -> Option<Vec<&'a Field>> {
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, messages::generic_struct(derive));
        return None;
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if fields.named.is_empty() => {
                errors.at(&input.ident, messages::no_fields(derive));
                None
            }
            Fields::Named(fields) => Some(fields.named.iter().collect()),
            _ => {
                errors.at(&input.ident, messages::not_a_struct(derive));
                None
            }
        },
        _ => {
            errors.at(&input.ident, messages::not_a_struct(derive));
            None
        }
    }
}

/// The field's name in the table: its own, unless `#[diesel(column_name = ..)]` says otherwise.
fn column_name(field: &Field) -> Option<Ident> {
    let renamed =
        options_of(&field.attrs, "diesel").into_iter().find(|option| option.is("column_name"));
    renamed
        .and_then(|option| syn::parse2::<Ident>(option.value?).ok())
        .or_else(|| field.ident.clone())
}

/// A name as it reads in SQL and in messages: without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}
