//! A load spec, resolved: every name is the model's column or relation.

use proc_macro2::Ident;
use syn::{Path, Type};

use crate::ast::{
    FieldInput, Function, LoadInput, ModelColumn, ModelNames, NamedBy, RelationPath, SpecInput,
};
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
        columns: &names.columns,
        relations: names.relations.iter().map(plain).collect(),
        errors,
    };
    let fields =
        input.fields.iter().map(|field| Resolved { input: field, load: resolver.load(field) });
    Spec { input, fields: fields.collect() }
}

struct Resolver<'e> {
    model: String,
    columns: &'e [ModelColumn],
    relations: Vec<String>,
    errors: &'e Errors,
}

impl Resolver<'_> {
    fn load<'a>(&self, field: &'a FieldInput) -> Option<Load<'a>> {
        Some(match field.load.as_ref()? {
            LoadInput::Column { name, named_by, deserialize_as } => Load::Column {
                column: self.column(name, *named_by)?,
                deserialize_as: deserialize_as.as_ref(),
            },
            LoadInput::Join(relation) => Load::Join(self.relation(relation)?),
            LoadInput::Prefetch(relation) => Load::Prefetch(self.relation(relation)?),
            LoadInput::Annotate { relation, function, name } => {
                Load::Annotate { relation: self.relation(relation)?, function: *function, name }
            }
        })
    }

    fn column(&self, name: &Ident, named_by: NamedBy) -> Option<usize> {
        let plain = plain(name);
        let found = named_by.find(&plain, self.columns);
        if found.is_none() {
            let columns = named_by.names(self.columns);
            let message = messages::unknown_column(&plain, &self.model, &columns, &self.relations);
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
            let columns = NamedBy::Field.names(self.columns);
            let message =
                messages::unknown_relation(&plain, &self.model, &columns, &self.relations);
            self.errors.at(name, message);
        }
        Some(Related::Named { name, at: found? })
    }
}
