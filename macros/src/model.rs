//! A model and its relations, resolved: every key is known, by its columns or by the type that knows them.

use proc_macro2::Ident;
use quote::format_ident;
use syn::{Path, PathSegment};

use crate::ast::{Columns, ModelInput, NamedBy, RelationInput, RelationKind};
use crate::errors::Errors;
use crate::messages;
use crate::parse::{plain, snake_case};

/// One relation.
pub(crate) struct Relation<'a> {
    /// Its place among the relations of the model.
    pub(crate) at: usize,
    pub(crate) input: &'a RelationInput,
    /// The columns of this model that it starts from.
    pub(crate) key: Key,
    /// The columns that hold the same values on the other side.
    pub(crate) matched_by: Key,
    pub(crate) through: Option<Through<'a>>,
    pub(crate) chain: Option<Chain<'a>>,
}

/// Two relations, of which the second begins where the first leads to.
pub(crate) struct Chain<'a> {
    /// A relation of this model.
    pub(crate) first: &'a Ident,
    /// A relation of the model that it leads to.
    pub(crate) second: Path,
}

/// The through table of a many-to-many.
pub(crate) struct Through<'a> {
    pub(crate) table: &'a Path,
    /// Its columns that hold the child's key.
    pub(crate) target_key: Key,
    /// The columns of the child that they refer to.
    pub(crate) child_key: Key,
}

/// The columns of a key.
pub(crate) enum Key {
    /// These.
    Columns(Vec<Path>),
    /// The primary key of a model.
    PrimaryOf(Path),
    /// What the child's own `belongs_to` names as its foreign key.
    ForeignOf(Path),
    /// What the child's own `belongs_to` refers to.
    ReferencedBy(Path),
    /// What another relation of this model starts from.
    StartOf(Ident),
    /// What it is matched by.
    MatchedByOf(Ident),
}

/// Resolves the relations. One whose key cannot be found is reported, and gets another that fits: specs that use it are
/// not to blame.
pub(crate) fn resolve<'a>(model: &'a ModelInput, errors: &Errors) -> Vec<Relation<'a>> {
    let resolver = Resolver { model, errors };
    let relations = model.relations.iter().enumerate();
    let resolve = |(at, input)| {
        resolver.relation(at, input).unwrap_or_else(|| Relation {
            at,
            input,
            key: Key::PrimaryOf(input.child.clone()),
            matched_by: Key::PrimaryOf(input.child.clone()),
            through: None,
            chain: None,
        })
    };
    relations.map(resolve).collect()
}

/// The `belongs_to` relations that lend their key to the other side: of several that lead to one model, the one that
/// is named after it.
pub(crate) fn lends_its_key(relation: &RelationInput, all: &[RelationInput]) -> bool {
    let same_model = |other: &&RelationInput| {
        other.kind == RelationKind::BelongsTo
            && last_name(&other.child) == last_name(&relation.child)
    };
    relation.kind == RelationKind::BelongsTo
        && (all.iter().filter(same_model).count() == 1
            || plain(&relation.name) == snake_case(&last_name(&relation.child)))
}

/// The last name of a path: what conventions about names go by.
pub(crate) fn last_name(path: &Path) -> String {
    path.segments.last().map(|segment| plain(&segment.ident)).unwrap_or_default()
}

/// A path as messages call it.
pub(crate) fn path_text(path: &Path) -> String {
    let names: Vec<String> = path.segments.iter().map(|segment| plain(&segment.ident)).collect();
    names.join("::")
}

/// The relation called `name` of a model: in the module beside it.
fn relation_of(model: &Path, name: &Ident) -> Path {
    let mut path = model.clone();
    if let Some(last) = path.segments.last_mut() {
        last.ident = snake_case_ident(&last.ident);
    }
    path.segments.push(PathSegment::from(name.clone()));
    path
}

/// A column of a table.
pub(crate) fn column_of(table: &Path, column: &Ident) -> Path {
    let mut path = table.clone();
    path.segments.push(PathSegment::from(column.clone()));
    path
}

struct Resolver<'a, 'e> {
    model: &'a ModelInput,
    errors: &'e Errors,
}

impl<'a> Resolver<'a, '_> {
    fn relation(&self, at: usize, input: &'a RelationInput) -> Option<Relation<'a>> {
        match input.kind {
            RelationKind::BelongsTo => {
                let key = self.own_foreign_key(input)?;
                let matched_by = match &input.references {
                    Some(columns) => self.foreign_columns(columns, "references", input)?,
                    None => Key::PrimaryOf(input.child.clone()),
                };
                Some(Relation { at, input, key, matched_by, through: None, chain: None })
            }
            RelationKind::HasMany if input.through.is_some() || input.source.is_some() => {
                self.chain(at, input)
            }
            RelationKind::HasOne | RelationKind::HasMany => self.has(at, input),
            RelationKind::ManyToMany => self.many_to_many(at, input),
        }
    }

    fn has(&self, at: usize, input: &'a RelationInput) -> Option<Relation<'a>> {
        if let (Some(references), None) = (&input.references, &input.foreign_key) {
            let message =
                messages::references_without_key(&plain(&input.name), &last_name(&input.child));
            self.errors.span(references.span, message);
            return None;
        }
        let matched_by = match &input.foreign_key {
            Some(columns) => self.foreign_columns(columns, "foreign_key", input)?,
            None => Key::ForeignOf(input.child.clone()),
        };
        let key = match (&input.references, &input.foreign_key) {
            (Some(columns), _) => self.own_columns(columns),
            (None, Some(_)) => self.primary_key(),
            (None, None) => Key::ReferencedBy(input.child.clone()),
        };
        Some(Relation { at, input, key, matched_by, through: None, chain: None })
    }

    /// `has_many(reviews: Review, through = books)`: the reviews of the books.
    fn chain(&self, at: usize, input: &'a RelationInput) -> Option<Relation<'a>> {
        let name = plain(&input.name);
        let Some(through) = &input.through else {
            self.errors.at(&input.source, messages::source_without_through(&name));
            return None;
        };
        let keys = [("foreign_key", &input.foreign_key), ("references", &input.references)];
        for (option, columns) in keys {
            if let Some(columns) = columns {
                self.errors.span(columns.span, messages::chain_has_no_key(&name, option));
                return None;
            }
        }
        let others = || self.model.relations.iter().filter(|other| other.name != input.name);
        let first = through.get_ident().and_then(|name| {
            let wanted = plain(name);
            others().find(|other| plain(&other.name) == wanted)
        });
        let Some(first) = first else {
            let names: Vec<String> = others().map(|other| plain(&other.name)).collect();
            let model = plain(&self.model.ident);
            let message = messages::unknown_through(&path_text(through), &model, &names);
            self.errors.at(through, message);
            return None;
        };
        let second = input.source.clone().unwrap_or_else(|| relation_of(&first.child, &input.name));
        Some(Relation {
            at,
            input,
            key: Key::StartOf(first.name.clone()),
            matched_by: Key::MatchedByOf(first.name.clone()),
            through: None,
            chain: Some(Chain { first: &first.name, second }),
        })
    }

    fn many_to_many(&self, at: usize, input: &'a RelationInput) -> Option<Relation<'a>> {
        let Some(table) = &input.through else {
            self.errors.at(&input.name, messages::no_through(&plain(&input.name)));
            return None;
        };
        let own =
            format_ident!("{}_id", snake_case(&plain(&self.model.ident)), span = input.name.span());
        let other =
            format_ident!("{}_id", snake_case(&last_name(&input.child)), span = input.name.span());
        if own == other && (input.foreign_key.is_none() || input.target_key.is_none()) {
            let message = messages::same_through_keys(&plain(&input.name), &plain(&own));
            self.errors.at(&input.name, message);
            return None;
        }
        let of_through = |columns: &Option<Columns>, inferred: &Ident| match columns {
            Some(columns) => self.columns(columns, table),
            None => Key::Columns(vec![column_of(table, inferred)]),
        };
        let child_key = match &input.target_references {
            Some(columns) => self.foreign_columns(columns, "target_references", input)?,
            None => Key::PrimaryOf(input.child.clone()),
        };
        let key = match &input.references {
            Some(columns) => self.own_columns(columns),
            None => self.primary_key(),
        };
        let matched_by = of_through(&input.foreign_key, &own);
        let target_key = of_through(&input.target_key, &other);
        Some(Relation {
            at,
            input,
            key,
            matched_by,
            through: Some(Through { table, target_key, child_key }),
            chain: None,
        })
    }

    /// The foreign key of a `belongs_to`: what it names, or the column called after the relation or the model.
    fn own_foreign_key(&self, input: &RelationInput) -> Option<Key> {
        if let Some(columns) = &input.foreign_key {
            return Some(self.own_columns(columns));
        }
        let mut tried = vec![
            format!("{}_id", plain(&input.name)),
            format!("{}_id", snake_case(&last_name(&input.child))),
        ];
        tried.dedup();
        let found = tried.iter().find_map(|name| self.column(name, NamedBy::Column));
        if found.is_none() {
            let columns = NamedBy::Column.names(&self.model.columns);
            let message = messages::no_foreign_key(&plain(&input.name), &tried, &columns);
            self.errors.at(&input.name, message);
        }
        Some(Key::Columns(vec![column_of(&self.model.table, found?)]))
    }

    fn column(&self, name: &str, named_by: NamedBy) -> Option<&Ident> {
        let at = named_by.find(name, &self.model.columns)?;
        Some(&self.model.columns[at].column)
    }

    fn primary_key(&self) -> Key {
        let columns = self.model.primary_key.iter();
        Key::Columns(columns.map(|column| column_of(&self.model.table, column)).collect())
    }

    /// Columns of this model: a bare name is one of its fields or columns.
    fn own_columns(&self, columns: &Columns) -> Key {
        let resolved = columns.paths.iter().map(|path| match path.get_ident() {
            Some(name) => {
                let known = self.column(&plain(name), NamedBy::Field);
                let mut column = known.unwrap_or(name).clone();
                column.set_span(name.span());
                column_of(&self.model.table, &column)
            }
            None => path.clone(),
        });
        Key::Columns(resolved.collect())
    }

    /// Columns of the given table, where bare names are its columns.
    fn columns(&self, columns: &Columns, table: &Path) -> Key {
        let resolved = columns.paths.iter().map(|path| match path.get_ident() {
            Some(name) => column_of(table, name),
            None => path.clone(),
        });
        Key::Columns(resolved.collect())
    }

    /// Columns of another model's table, whose name this macro does not know.
    fn foreign_columns(
        &self,
        columns: &Columns,
        option: &str,
        input: &RelationInput,
    ) -> Option<Key> {
        let bare = columns.paths.iter().find_map(Path::get_ident);
        if let Some(name) = bare {
            let message = messages::key_needs_table(option, &plain(name), &last_name(&input.child));
            self.errors.span(columns.span, message);
            return None;
        }
        Some(Key::Columns(columns.paths.clone()))
    }
}

/// The module that holds the relations of a model: the one that is named, or the model's name in snake case.
pub(crate) fn module_name(model: &ModelInput) -> Ident {
    model.module.clone().unwrap_or_else(|| snake_case_ident(&model.ident))
}

/// A name in snake case, also where that is a keyword.
fn snake_case_ident(name: &Ident) -> Ident {
    let (name, span) = (snake_case(&plain(name)), name.span());
    match syn::parse_str::<Ident>(&name) {
        Ok(_) => Ident::new(&name, span),
        // Keywords that cannot be raw.
        Err(_) if ["crate", "self", "super"].contains(&name.as_str()) => {
            format_ident!("{name}_", span = span)
        }
        Err(_) => Ident::new_raw(&name, span),
    }
}
