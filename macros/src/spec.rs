//! A load spec, resolved: every name is the model's column or relation.

use proc_macro2::Ident;
use syn::{Path, Type};

use crate::ast::{FieldInput, Function, LoadInput, ModelNames, RelationPath, SpecInput};
use crate::errors::Errors;
use crate::messages;
use crate::model::last_name;
use crate::parse::plain;

/// A spec whose names are known.
pub(crate) struct Spec<'a> {
    pub(crate) input: &'a SpecInput,
    pub(crate) fields: Vec<Resolved<'a>>,
}

/// A field of a spec.
pub(crate) struct Resolved<'a> {
    pub(crate) input: &'a FieldInput,
    /// What it loads; `None` where that was reported as an error.
    pub(crate) load: Option<Load<'a>>,
}

/// What a field loads.
pub(crate) enum Load<'a> {
    Column { column: usize, deserialize_as: Option<&'a Type> },
    Join(Related<'a>),
    Prefetch(Related<'a>),
    Annotate { relation: Related<'a>, function: Function, name: &'a Ident },
}

/// A relation of the model, by its place there or by the path of its type.
pub(crate) enum Related<'a> {
    Named { name: &'a Ident, at: usize },
    Path(&'a Path),
}

impl Related<'_> {
    /// How messages call it.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Named { name, .. } => plain(name),
            Self::Path(path) => path
                .segments
                .iter()
                .map(|segment| plain(&segment.ident))
                .collect::<Vec<_>>()
                .join("::"),
        }
    }
}

/// Resolves the fields; a name that the model does not have is reported, and its field left without a load.
pub(crate) fn resolve<'a>(input: &'a SpecInput, names: &ModelNames, errors: &Errors) -> Spec<'a> {
    let resolver = Resolver {
        model: last_name(&input.attr.model),
        columns: names.columns.iter().map(|column| plain(&column.field)).collect(),
        renamed: names.columns.iter().map(|column| plain(&column.column)).collect(),
        relations: names.relations.iter().map(plain).collect(),
        errors,
    };
    let fields =
        input.fields.iter().map(|field| Resolved { input: field, load: resolver.load(field) });
    Spec { input, fields: fields.collect() }
}

struct Resolver<'e> {
    model: String,
    /// The columns as the model's fields call them.
    columns: Vec<String>,
    /// The columns as the table calls them.
    renamed: Vec<String>,
    relations: Vec<String>,
    errors: &'e Errors,
}

impl Resolver<'_> {
    fn load<'a>(&self, field: &'a FieldInput) -> Option<Load<'a>> {
        Some(match field.load.as_ref()? {
            LoadInput::Column { name, deserialize_as } => {
                Load::Column { column: self.column(name)?, deserialize_as: deserialize_as.as_ref() }
            }
            LoadInput::Join(relation) => Load::Join(self.relation(relation)?),
            LoadInput::Prefetch(relation) => Load::Prefetch(self.relation(relation)?),
            LoadInput::Annotate { relation, function, name } => {
                Load::Annotate { relation: self.relation(relation)?, function: *function, name }
            }
        })
    }

    fn column(&self, name: &Ident) -> Option<usize> {
        let plain = plain(name);
        let place = |names: &[String]| names.iter().position(|column| *column == plain);
        let found = place(&self.columns).or_else(|| place(&self.renamed));
        if found.is_none() {
            let message =
                messages::unknown_column(&plain, &self.model, &self.columns, &self.relations);
            self.errors.at(name, message);
        }
        found
    }

    fn relation<'a>(&self, RelationPath(path): &'a RelationPath) -> Option<Related<'a>> {
        let Some(name) = path.get_ident() else {
            return Some(Related::Path(path));
        };
        let plain = plain(name);
        let found = self.relations.iter().position(|relation| *relation == plain);
        if found.is_none() {
            let message =
                messages::unknown_relation(&plain, &self.model, &self.columns, &self.relations);
            self.errors.at(name, message);
        }
        Some(Related::Named { name, at: found? })
    }
}
