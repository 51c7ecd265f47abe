//! What the user wrote in `load!`. Every node keeps its tokens, so that an error can always point.

use proc_macro2::{Ident, Span};
use syn::punctuated::Punctuated;
use syn::{AngleBracketedGenericArguments, Attribute, Expr, Path, Token, Type, Visibility};

use crate::ast::RelationPath;

/// What was understood of a whole `load!`.
pub(crate) enum Load {
    Call(LoadCall),
    /// Its attributes and the struct that it declares: the user is still writing the model.
    WithoutModel(Vec<Attribute>, Option<Item>),
}

/// `Author { .. }`, or `pub struct AuthorPage: Author { .. }`.
pub(crate) struct LoadCall {
    pub(crate) attrs: Vec<Attribute>,
    /// The struct that is declared, where one is.
    pub(crate) item: Option<Item>,
    pub(crate) model: Path,
    pub(crate) shape: Shape,
}

/// `pub struct AuthorPage`.
pub(crate) struct Item {
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
}

/// What stands in braces: what is loaded of one model.
#[derive(Default)]
pub(crate) struct Shape {
    pub(crate) entries: Vec<Entry>,
    /// Whether there is more that was not understood.
    pub(crate) unfinished: bool,
}

/// What stands between two commas.
pub(crate) struct Entry {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) kind: EntryKind,
}

impl Entry {
    /// Whether it is all columns, or all but some.
    pub(crate) fn is_all_but(&self) -> bool {
        matches!(self.kind, EntryKind::AllBut { .. })
    }
}

pub(crate) enum EntryKind {
    /// `name`, `name as title`, `name: Name`.
    Column { name: Ident, field: Option<Ident>, ty: Option<Type> },
    /// `only(id, name)`: these columns.
    Only { keyword: Ident, names: Vec<Ident> },
    /// `defer(bio)`: all columns but these. `*`: all columns.
    AllBut { at: Span, names: Vec<Ident> },
    /// `join publisher { .. }`.
    Join(Box<Related>),
    /// `prefetch books.filter(..) as recent { .. }`.
    Prefetch(Box<Related>),
    /// What was not understood, in a field of which the name was.
    Broken { field: Ident, error: syn::Error },
    /// `annotate books.count() as book_count`.
    Annotate { expression: Box<Expr>, field: Ident, ty: Option<Type> },
}

/// A relation that is loaded.
pub(crate) struct Related {
    pub(crate) relation: RelationPath,
    /// What refines the query for its rows.
    pub(crate) steps: Vec<Step>,
    pub(crate) field: Option<Ident>,
    pub(crate) asked: Asked,
    pub(crate) rows: Rows,
}

/// When a relation is loaded.
pub(crate) enum Asked {
    /// In every load.
    Always,
    /// `optional prefetch ..`: where the query asks for it.
    Optional(Ident),
    /// `prefetch .. if condition`.
    If(Box<Expr>),
}

/// `.filter(..)`.
pub(crate) struct Step {
    pub(crate) dot: Token![.],
    pub(crate) method: Ident,
    pub(crate) turbofish: Option<AngleBracketedGenericArguments>,
    pub(crate) parens: Span,
    pub(crate) args: Punctuated<Expr, Token![,]>,
}

/// What is loaded of each row that a relation leads to.
pub(crate) enum Rows {
    /// `{ .. }`, where the model is named: `: Book { .. }`.
    Shape { model: Option<Path>, shape: Shape },
    /// `: Vec<BookCard>`, with values for its parameters: `params(since, 5)`.
    Spec { ty: Box<Type>, params: Option<(Span, Vec<Expr>)> },
}
