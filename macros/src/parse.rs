//! Tokens to ast. What cannot be understood is reported and left out; the rest is kept.

mod load;
mod model;
mod multi_connection;
mod options;
mod spec;

pub(crate) use load::parse_load;
pub(crate) use model::{camel_case, parse_model, snake_case};
pub(crate) use multi_connection::parse_multi_connection;
pub(crate) use spec::{parse_names, parse_spec, parse_spec_attr, parse_steps, take_load_attrs};

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Expr, ExprPath, Field, Fields};

use crate::errors::Errors;
use crate::messages;
use options::{ColumnName, Reported, diesel_value};

/// The named fields of a struct without parameters, which is what models and specs are.
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

/// The column that `#[diesel(column_name = ..)]` names, where there is one.
fn column_name(field: &Field, errors: &Errors) -> Result<Option<Ident>, Reported> {
    let wrong = messages::malformed_column_name;
    let name = diesel_value(&field.attrs, "column_name", "title", wrong, errors)?;
    Ok(name.map(|ColumnName(name)| name))
}

/// A name as it reads in SQL and in messages: without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// A name as an expression.
pub(crate) fn bare(name: &Ident) -> Expr {
    Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path: name.clone().into() })
}
