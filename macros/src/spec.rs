//! A load spec, resolved: every name is the model's column or relation.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Expr, Path, Type};

use crate::ast::{
    Arguments, FieldInput, LoadInput, ModelNames, NamedBy, Refinement, RelationPath, SpecInput,
};
use crate::errors::Errors;
use crate::infer::{self, Scope, Typed};
use crate::member::{Names, Place, Relations};
use crate::messages;
use crate::model::path_text;
use crate::parse::plain;
use crate::paths::Runtime;

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
    /// Why it loads nothing, where its type tells it.
    pub(crate) errors: Vec<syn::Error>,
}

impl Resolved<'_> {
    /// Reports an error of the field: by its type, if that has a name, since nothing is said of a type that is an error.
    pub(crate) fn tell(&mut self, error: syn::Error, errors: &Errors) {
        match self.load.is_none() && self.input.alias.is_some() {
            true => self.errors.push(error),
            false => errors.add(error),
        }
    }
}

/// What a field loads.
pub(crate) enum Load<'a> {
    Column {
        column: Place,
        deserialize_as: Option<&'a Type>,
    },
    Join {
        relation: Related<'a>,
        params: Option<&'a Arguments>,
    },
    Prefetch {
        relation: Related<'a>,
        params: Option<&'a Arguments>,
        refined: Box<Refined<'a>>,
        whole: bool,
    },
    Annotate {
        expression: &'a Expr,
        typed: Typed,
    },
}

impl<'a> Load<'a> {
    /// The relation that is loaded.
    pub(crate) fn relation(&self) -> Option<&Related<'a>> {
        match self {
            Self::Join { relation, .. } | Self::Prefetch { relation, .. } => Some(relation),
            Self::Column { .. } | Self::Annotate { .. } => None,
        }
    }
}

/// A prefetch as the field declares it.
pub(crate) struct Refined<'a> {
    pub(crate) input: &'a Refinement,
    pub(crate) filter: Option<Typed>,
    /// What the rows are ordered by, and by what then.
    pub(crate) orders: Vec<(&'a Expr, Typed)>,
}

/// A relation of the model, by its place there or by the path of its type.
pub(crate) enum Related<'a> {
    Named {
        name: &'a Ident,
        at: Place,
    },
    Path {
        path: &'a Path,
        /// The place of the relation of this name. Whether it is the same relation, only types tell.
        namesake: Option<Place>,
    },
}

impl Related<'_> {
    /// Where it is named.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Named { name, .. } => name.span(),
            Self::Path { path, .. } => path.span(),
        }
    }

    /// How messages call it.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Named { name, .. } => plain(name),
            Self::Path { path, .. } => path_text(path),
        }
    }
}

/// Resolves the fields; a name that the model does not have is reported, and its field left without a load.
pub(crate) fn resolve<'a>(
    input: &'a SpecInput,
    names: Names<'_>,
    runtime: &Runtime,
    errors: &Errors,
) -> Spec<'a> {
    let known = match names {
        Names::Known(names) => relation_names(names),
        Names::Asked => Vec::new(),
    };
    let relations = match names {
        Names::Known(_) => Relations::Known(&known),
        Names::Asked => Relations::Asked,
    };
    let (model, params) = (&input.attr.model, &input.attr.params);
    let scope =
        Scope { runtime, model: &model.ty, relations, params, alias: None, for_editors: false };
    let fields = input.fields.iter().map(|field| {
        let own = Errors::new();
        let scope = Scope { alias: field.alias.as_ref(), ..scope };
        let load = Resolver { model: &model.name, names, scope, errors: &own }.load(field);
        let mut resolved = Resolved { input: field, load, errors: Vec::new() };
        for error in own.take() {
            resolved.tell(error, errors);
        }
        resolved
    });
    Spec { input, fields: fields.collect() }
}

fn relation_names(names: &ModelNames) -> Vec<String> {
    names.relations.iter().map(plain).collect()
}

struct Resolver<'e> {
    model: &'e str,
    names: Names<'e>,
    scope: Scope<'e>,
    errors: &'e Errors,
}

impl Resolver<'_> {
    fn load<'a>(&self, field: &'a FieldInput) -> Option<Load<'a>> {
        Some(match field.load.as_ref()? {
            LoadInput::Column { name, named_by, deserialize_as } => Load::Column {
                column: self.column(name, *named_by)?,
                deserialize_as: deserialize_as.as_ref(),
            },
            LoadInput::Join { relation, params } => {
                Load::Join { relation: self.relation(relation)?, params: params.as_ref() }
            }
            LoadInput::Prefetch { relation, params, refinement, whole } => {
                let (relation, params) = (self.relation(relation), params.as_ref());
                let refined = Box::new(self.refined(refinement)?);
                Load::Prefetch { relation: relation?, params, refined, whole: *whole }
            }
            LoadInput::Annotate(expression) => {
                self.root(expression)?;
                let typed = infer::infer(expression, &self.scope, self.errors)?;
                Load::Annotate { expression, typed }
            }
            LoadInput::Broken(error) => {
                self.errors.add(error.clone());
                return None;
            }
        })
    }

    fn refined<'a>(&self, input: &'a Refinement) -> Option<Refined<'a>> {
        // A bare name in the filter of another model's rows is none of this model's relations.
        let scope = Scope { relations: Relations::None, ..self.scope };
        let infer = |expression: &'a Expr| infer::infer(expression, &scope, self.errors);
        let filter = input.filter.as_ref().map(infer);
        let orders = [&input.order_by, &input.then_order_by].into_iter().flatten();
        let orders: Vec<_> = orders.map(|order| Some((order, infer(order)?))).collect();
        let orders = orders.into_iter().collect::<Option<_>>()?;
        Some(Refined { input, filter: filter.map_or(Some(None), |typed| typed.map(Some))?, orders })
    }

    /// Reports an annotation that is a relation, and a bare name that it begins with and that would be a relation if it
    /// were one.
    fn root(&self, expression: &Expr) -> Option<()> {
        if let Some(name) = infer::bare_relation(expression, &self.scope) {
            self.errors.at(name, messages::annotation_of_a_relation(&plain(name)));
            return None;
        }
        match infer::unknown_relation(expression, &self.scope) {
            Some(name) => {
                self.unknown_relation(name);
                None
            }
            None => Some(()),
        }
    }

    fn column(&self, name: &Ident, named_by: NamedBy) -> Option<Place> {
        let Names::Known(names) = self.names else {
            return Some(Place::Of(name.clone()));
        };
        let plain = plain(name);
        let found = named_by.find(&plain, &names.columns);
        if found.is_none() {
            let columns = named_by.names(&names.columns);
            let relations: Vec<_> = relation_names(names);
            let message = messages::unknown_column(&plain, self.model, &columns, &relations);
            self.errors.at(name, message);
        }
        found.map(Place::At)
    }

    fn relation<'a>(&self, RelationPath(path): &'a RelationPath) -> Option<Related<'a>> {
        let last = path.segments.last().map(|segment| &segment.ident)?;
        let Some(name) = path.get_ident() else {
            return Some(Related::Path { path, namesake: self.find_relation(last) });
        };
        let found = self.find_relation(last);
        if found.is_none() {
            self.unknown_relation(name);
        }
        Some(Related::Named { name, at: found? })
    }

    fn find_relation(&self, name: &Ident) -> Option<Place> {
        let Names::Known(names) = self.names else {
            return Some(Place::Of(name.clone()));
        };
        let name = plain(name);
        names.relations.iter().position(|other| plain(other) == name).map(Place::At)
    }

    fn unknown_relation(&self, name: &Ident) {
        let Names::Known(names) = self.names else {
            return;
        };
        let columns = NamedBy::Field.names(&names.columns);
        let relations = relation_names(names);
        let message = messages::unknown_relation(&plain(name), self.model, &columns, &relations);
        self.errors.at(name, message);
    }
}
