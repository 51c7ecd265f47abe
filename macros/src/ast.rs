//! What the user wrote. Every node keeps its tokens, so that an error can always point.

use proc_macro2::{Ident, Span};
use syn::{Expr, Path, Type, Visibility};

use crate::parse::plain;

/// A struct with `#[derive(Model)]`.
pub(crate) struct ModelInput {
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    pub(crate) krate: Option<Path>,
    /// The module of the relations, where the user names it.
    pub(crate) module: Option<Ident>,
    /// Whether the compiler knows `#[diagnostic::..]` here.
    pub(crate) tool_prelude: bool,
    pub(crate) table: Path,
    pub(crate) primary_key: Vec<Ident>,
    pub(crate) columns: Vec<ModelColumn>,
    pub(crate) relations: Vec<RelationInput>,
}

/// A field of a model: the name it has in Rust, and the column's in `table!`.
pub(crate) struct ModelColumn {
    pub(crate) field: Ident,
    pub(crate) column: Ident,
    /// The type of the model's field, where the model itself is at hand.
    pub(crate) ty: Option<Type>,
    /// What the model's field is read by way of.
    pub(crate) read_as: Option<Type>,
}

/// What a name of a column is: each column has two, and one column's may be the other name of another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedBy {
    /// First of all the name of a model's field.
    Field,
    /// First of all the column's name in `table!`.
    Column,
}

impl NamedBy {
    /// Where the column of this name is.
    pub(crate) fn find(self, name: &str, columns: &[ModelColumn]) -> Option<usize> {
        let by_field = || columns.iter().position(|column| plain(&column.field) == name);
        let by_column = || columns.iter().position(|column| plain(&column.column) == name);
        match self {
            Self::Field => by_field().or_else(by_column),
            Self::Column => by_column().or_else(by_field),
        }
    }

    /// The names that there are.
    pub(crate) fn names(self, columns: &[ModelColumn]) -> Vec<String> {
        let name = |column: &ModelColumn| match self {
            Self::Field => plain(&column.field),
            Self::Column => plain(&column.column),
        };
        columns.iter().map(name).collect()
    }
}

/// One relation: `has_many(books: Book, foreign_key = books::author_id)`.
pub(crate) struct RelationInput {
    pub(crate) kind: RelationKind,
    pub(crate) name: Ident,
    pub(crate) child: Path,
    pub(crate) foreign_key: Option<Columns>,
    pub(crate) references: Option<Columns>,
    pub(crate) through: Option<Path>,
    /// The relation that a chain of relations ends with.
    pub(crate) source: Option<Path>,
    pub(crate) target_key: Option<Columns>,
    pub(crate) target_references: Option<Columns>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelationKind {
    BelongsTo,
    HasOne,
    HasMany,
    ManyToMany,
}

impl RelationKind {
    pub(crate) const ALL: [Self; 4] =
        [Self::BelongsTo, Self::HasOne, Self::HasMany, Self::ManyToMany];

    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::BelongsTo => "belongs_to",
            Self::HasOne => "has_one",
            Self::HasMany => "has_many",
            Self::ManyToMany => "many_to_many",
        }
    }

    /// The options that it takes.
    pub(crate) fn options(self) -> &'static [&'static str] {
        match self {
            Self::ManyToMany => {
                &["through", "foreign_key", "target_key", "references", "target_references"]
            }
            Self::HasMany => &["foreign_key", "references", "through", "source"],
            _ => &["foreign_key", "references"],
        }
    }
}

/// The columns of a key: one path, or several in parentheses.
pub(crate) struct Columns {
    pub(crate) paths: Vec<Path>,
    pub(crate) span: Span,
}

/// What a model tells the macros that see only its path.
pub(crate) struct ModelNames {
    pub(crate) columns: Vec<ModelColumn>,
    pub(crate) relations: Vec<Ident>,
}

/// A load spec: a struct with `#[derive(LoadSpec)]`, or one that `load!` declares.
pub(crate) struct SpecInput {
    pub(crate) ident: Ident,
    pub(crate) attr: SpecAttr,
    /// Whether the user gave it its name, and can name its queries and fields by it.
    pub(crate) named: bool,
    /// What errors and logs call it: its name, or `load!(Author).books` where it has none.
    pub(crate) called: String,
    /// The types of parameters that only the compiler knows.
    pub(crate) generics: Vec<Generic>,
    pub(crate) fields: Vec<FieldInput>,
}

/// A type that only the compiler knows: that of an expression.
#[derive(Clone)]
pub(crate) struct Generic {
    pub(crate) name: Ident,
    /// Whether the type of what it computes is written.
    pub(crate) is_read_as: bool,
}

impl Generic {
    /// What must hold of it.
    pub(crate) fn bound(&self) -> &'static str {
        if self.is_read_as { "Given" } else { "GivenValue" }
    }
}

/// An enum with `#[derive(MultiConnection)]`.
pub(crate) struct MultiConnectionInput {
    pub(crate) ident: Ident,
    pub(crate) krate: Option<Path>,
    /// Each variant, and the connection that it holds.
    pub(crate) variants: Vec<(Ident, Type)>,
}

/// `#[load(Author, params(since: NaiveDate), max_queries = 3)]`.
pub(crate) struct SpecAttr {
    pub(crate) model: SpecModel,
    pub(crate) krate: Option<Path>,
    pub(crate) max_queries: Option<syn::LitInt>,
    pub(crate) params: Vec<(Ident, Type)>,
}

/// The model of a spec.
pub(crate) struct SpecModel {
    pub(crate) ty: Type,
    /// How messages call it.
    pub(crate) name: String,
}

/// A field of a spec.
pub(crate) struct FieldInput {
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    /// Its type, in the struct and in impls for it.
    pub(crate) ty: Type,
    pub(crate) says: Says,
    /// The name of the type that is what it loads: of the place of a column, of a relation, or of an expression.
    pub(crate) alias: Option<Ident>,
    /// What it loads; `None` where its attribute could not be understood.
    pub(crate) load: Option<LoadInput>,
}

impl FieldInput {
    /// The type that is written for it, and where.
    pub(crate) fn written(&self) -> &Type {
        match &self.says {
            Says::Rows(ty) => ty,
            Says::Type | Says::Nothing => &self.ty,
        }
    }
}

/// What is written of a field's type.
pub(crate) enum Says {
    /// The type itself.
    Type,
    /// The type of what it holds: the relation says whether in a `Vec`, in an `Option` or as it is.
    Rows(Box<Type>),
    /// Nothing: it is that of the model's field, or of what is computed.
    Nothing,
}

/// What a field loads.
pub(crate) enum LoadInput {
    Column {
        name: Ident,
        named_by: NamedBy,
        deserialize_as: Option<Type>,
    },
    Join {
        relation: RelationPath,
        params: Option<Arguments>,
    },
    Prefetch {
        relation: RelationPath,
        params: Option<Arguments>,
        refinement: Box<Refinement>,
        /// Whether all rows of the relation are loaded, in whatever order.
        whole: bool,
    },
    Annotate(Expr),
    /// Nothing, for this reason.
    Broken(syn::Error),
}

/// A relation as the user names it: by its name, or by the path of its type.
#[derive(Clone)]
pub(crate) struct RelationPath(pub(crate) Path);

/// What is given for the parameters of another spec.
pub(crate) enum Arguments {
    /// A value for each.
    Each(Vec<Expr>),
    /// A parameter of this spec that has all of them.
    All(Ident),
}

/// What a field says of its prefetch besides the relation.
#[derive(Default)]
pub(crate) struct Refinement {
    pub(crate) filter: Option<Expr>,
    pub(crate) order_by: Option<Expr>,
    pub(crate) then_order_by: Option<Expr>,
    pub(crate) limit: Option<Expr>,
    pub(crate) offset: Option<Expr>,
    pub(crate) distinct: bool,
    /// Whether it is loaded only where the query asks for it.
    pub(crate) optional: bool,
}

impl Refinement {
    /// Whether all rows of the relation are loaded in every load, in whatever order.
    pub(crate) fn is_whole(&self) -> bool {
        let cut = self.limit.is_some() || self.offset.is_some() || self.distinct;
        self.filter.is_none() && !cut && !self.optional
    }
}
