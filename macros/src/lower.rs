//! What stands in `load!`, as load specs: one for each pair of braces. They are what a user would write with the derive.
//!
//! Where `load!` is an expression, what its specs are given at run time is no part of them: values are evaluated where
//! they stand, and the query is refined by them.

mod annotation;
mod relation;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Path, Token, Type, TypePath, Visibility};

use crate::ast::{
    FieldInput, Generic, LoadInput, ModelNames, NamedBy, Says, SpecAttr, SpecInput, SpecModel,
};
use crate::errors::Errors;
use crate::given::{Given, Refine};
use crate::messages;
use crate::model::{last_name, path_text};
use crate::parse::plain;
use crate::paths::Runtime;
use crate::shape::{Entry, EntryKind, LoadCall, Shape};

use relation::Way;

/// A struct that `load!` declares.
pub(crate) struct Declared {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    /// What it is, for its documentation, where the user says nothing.
    pub(crate) doc: String,
    /// The attributes of its fields.
    pub(crate) field_attrs: Vec<Vec<Attribute>>,
    /// Types that are checked once, by their names.
    pub(crate) checks: Vec<TokenStream>,
    pub(crate) input: SpecInput,
}

/// A whole `load!`.
pub(crate) struct Lowered {
    /// Those of inner braces come before the one that holds them.
    pub(crate) specs: Vec<Declared>,
    pub(crate) given: Given,
}

/// The columns of the models that were asked for them.
pub(crate) type KnownModels = Vec<(String, ModelNames)>;

pub(crate) fn lower(
    call: LoadCall,
    mut attr: SpecAttr,
    known: &KnownModels,
    runtime: &Runtime,
    errors: &Errors,
) -> Lowered {
    let model = last_name(&call.model);
    let (vis, ident, named) = match call.item {
        Some(item) => (item.vis, item.ident, true),
        None => {
            let ident = format_ident!("Loaded{model}", span = call.model.span());
            (Visibility::Inherited, ident, false)
        }
    };
    let called = if named { plain(&ident) } else { format!("load!({model})") };
    let (attrs, doc) = (call.attrs, format!("What is loaded of [`{model}`]."));
    let mut lowerer = Lowerer {
        named,
        params: attr.params.clone(),
        inner_attrs: attrs.iter().filter(|attr| !attr.path().is_ident("doc")).cloned().collect(),
        known,
        runtime,
        errors,
        field_vis: if named { vis.clone() } else { Visibility::Public(Token![pub](ident.span())) },
        vis,
        specs: Vec::new(),
        open: Vec::new(),
        given: Given::default(),
    };
    let (written, mut checks) = (attr.model.ty, Vec::new());
    let at_model = runtime.at(call.model.span());
    let check = quote_spanned!(call.model.span()=> #at_model::checked::model::<#written>());
    let name = format_ident!("__{}Model", plain(&ident));
    attr.model.ty = checked(&name, &written, &check, runtime, &mut checks);
    let outer = Outer { ident, called, attr, model: Some(call.model), written, attrs, doc, checks };
    let (_, refine) = lowerer.shape(outer, call.shape);
    let Lowerer { specs, mut given, .. } = lowerer;
    given.refine = refine;
    Lowered { specs, given }
}

/// What stands around a shape.
struct Outer {
    ident: Ident,
    called: String,
    attr: SpecAttr,
    /// The path of the model, where it is named.
    model: Option<Path>,
    /// The model without names for types.
    written: Type,
    attrs: Vec<Attribute>,
    doc: String,
    checks: Vec<TokenStream>,
}

struct Lowerer<'a> {
    vis: Visibility,
    /// Of the fields. Nobody can name a struct without a name, but its fields are for all who hold one.
    field_vis: Visibility,
    /// Whether it is a struct that is declared, and not an expression.
    named: bool,
    /// The parameters that the struct declares, which all shapes in it take.
    params: Vec<(Ident, Type)>,
    /// The attributes that the structs of inner shapes have.
    inner_attrs: Vec<Attribute>,
    known: &'a KnownModels,
    runtime: &'a Runtime,
    errors: &'a Errors,
    specs: Vec<Declared>,
    /// The specs around the one that is made, and itself.
    open: Vec<Ident>,
    given: Given,
}

/// The fields of a shape in the making.
#[derive(Default)]
struct Fields {
    inputs: Vec<FieldInput>,
    attrs: Vec<Vec<Attribute>>,
    /// Types that are parameters of the struct.
    generics: Vec<Generic>,
    /// What it takes, besides the parameters of the whole.
    params: Vec<(Ident, Type)>,
    refine: Vec<Refine>,
    checks: Vec<TokenStream>,
    /// Whether all columns are among them, but for those that are deferred.
    has_all: bool,
}

impl<'a> Lowerer<'a> {
    /// Makes a spec of a shape; gives its type, and what refines its queries.
    fn shape(&mut self, outer: Outer, shape: Shape) -> (Shaped, Vec<Refine>) {
        let Outer { ident, called, mut attr, model, written, attrs, doc, mut checks } = outer;
        let columns = self.columns(&shape, model.as_ref(), &attr.model.name);
        let is_unknown = columns.is_none() && shape.entries.iter().any(Entry::is_all_but);
        let scope = Scope { ident: &ident, called: &called, model: &attr.model, written: &written };
        let mut fields = Fields::default();
        self.open.push(ident.clone());
        for entry in shape.entries {
            self.entry(entry, columns, &scope, &mut fields);
        }
        self.open.pop();
        if fields.inputs.is_empty() {
            let is_told = shape.unfinished || is_unknown;
            self.nothing(&ident, &attr.model.name, is_told, &mut fields);
        }
        let Fields {
            inputs, attrs: field_attrs, generics, params, refine, checks: of_fields, ..
        } = fields;
        checks.extend(of_fields);
        let shaped = Shaped {
            ident: ident.clone(),
            generics: generics.clone(),
            params: params.iter().map(|(name, ty)| (name.clone(), ty.clone())).collect(),
        };
        attr.params.extend(params);
        let input = SpecInput { ident, attr, named: self.named, called, generics, fields: inputs };
        let vis = self.vis.clone();
        self.specs.push(Declared { attrs, vis, doc, field_attrs, checks, input });
        (shaped, refine)
    }

    /// A field in a shape that has none, which is no spec.
    fn nothing(&self, spec: &Ident, model: &str, is_told: bool, fields: &mut Fields) {
        if !is_told {
            self.errors.span(spec.span(), messages::empty_shape(model));
        }
        let (vis, ident) = (self.vis.clone(), Ident::new("nothing", Span::call_site()));
        let ty = Type::Verbatim(quote_spanned!(spec.span()=> ()));
        let input = FieldInput { vis, ident, ty, says: Says::Type, alias: None, load: None };
        self.add(Vec::new(), input, fields);
    }

    /// The columns of the model, where the shape needs to know them.
    fn columns(&self, shape: &Shape, model: Option<&Path>, name: &str) -> Option<&'a ModelNames> {
        let mut all = shape.entries.iter().filter_map(|entry| match &entry.kind {
            EntryKind::AllBut { at, .. } => Some(*at),
            _ => None,
        });
        let (all, second) = (all.next()?, all.next());
        if let Some(second) = second {
            self.errors.span(second, messages::all_twice());
        }
        let Some(path) = model else {
            self.errors.span(all, messages::columns_not_known(name));
            return None;
        };
        let path = path_text(path);
        self.known.iter().find(|(known, _)| *known == path).map(|(_, names)| names)
    }

    fn entry(
        &mut self,
        Entry { attrs, kind }: Entry,
        columns: Option<&ModelNames>,
        scope: &Scope<'_>,
        fields: &mut Fields,
    ) {
        match kind {
            EntryKind::Column { name, field, ty } => {
                self.column(attrs, name, field, ty, scope, fields)
            }
            EntryKind::Only { keyword, names } => {
                if columns.is_some() {
                    self.errors.at(&keyword, messages::only_and_all());
                }
                for name in names {
                    self.column(attrs.clone(), name, None, None, scope, fields);
                }
            }
            EntryKind::AllBut { at, names } => {
                let first = !std::mem::replace(&mut fields.has_all, true);
                if let (Some(columns), true) = (columns, first) {
                    self.all_but(&attrs, at, &names, columns, scope, fields);
                }
            }
            EntryKind::Join(related) => self.related(attrs, *related, Way::Join, scope, fields),
            EntryKind::Prefetch(related) => {
                self.related(attrs, *related, Way::Prefetch, scope, fields);
            }
            EntryKind::Broken { field, error } => self.broken(attrs, field, error, scope, fields),
            EntryKind::Annotate { expression, field, ty } => {
                self.annotation(attrs, *expression, field, ty, scope, fields);
            }
        }
    }

    /// A field that tells what is wrong with it.
    fn broken(
        &self,
        attrs: Vec<Attribute>,
        ident: Ident,
        error: syn::Error,
        scope: &Scope<'_>,
        fields: &mut Fields,
    ) {
        if fields.inputs.iter().any(|other| other.ident == ident) {
            return self.errors.add(error);
        }
        let alias = scope.alias(&ident, ident.span());
        let ty = Type::Path(TypePath { qself: None, path: alias.clone().into() });
        let (vis, alias, load) = (self.vis.clone(), Some(alias), Some(LoadInput::Broken(error)));
        self.add(attrs, FieldInput { vis, ident, ty, says: Says::Type, alias, load }, fields);
    }

    /// Adds a field, unless there is one of its name.
    fn add(&self, attrs: Vec<Attribute>, input: FieldInput, fields: &mut Fields) {
        if fields.inputs.iter().any(|other| other.ident == input.ident) {
            self.errors.at(&input.ident, messages::field_twice(&plain(&input.ident)));
            return;
        }
        fields.inputs.push(input);
        fields.attrs.push(attrs);
    }

    fn column(
        &self,
        attrs: Vec<Attribute>,
        name: Ident,
        field: Option<Ident>,
        ty: Option<Type>,
        scope: &Scope<'_>,
        fields: &mut Fields,
    ) {
        let ident = field.unwrap_or_else(|| name.clone());
        let alias = scope.alias(&ident, name.span());
        let (ty, says) = match ty {
            Some(ty) => (ty, Says::Type),
            None => {
                let (span, model) = (name.span(), &scope.model.ty);
                let runtime = self.runtime.at(span);
                let ty = quote_spanned!(span=> <#alias as #runtime::ColumnIn<#model>>::Value);
                (Type::Verbatim(ty), Says::Nothing)
            }
        };
        let load = LoadInput::Column { name, named_by: NamedBy::Field, deserialize_as: None };
        let (vis, alias, load) = (self.field_vis.clone(), Some(alias), Some(load));
        self.add(attrs, FieldInput { vis, ident, ty, says, alias, load }, fields);
    }

    /// All columns but those that are named.
    fn all_but(
        &self,
        attrs: &[Attribute],
        at: Span,
        deferred: &[Ident],
        columns: &ModelNames,
        scope: &Scope<'_>,
        fields: &mut Fields,
    ) {
        let model = &scope.model.name;
        let place = |name: &Ident| NamedBy::Field.find(&plain(name), &columns.columns);
        for (i, name) in deferred.iter().enumerate() {
            if deferred.iter().take(i).any(|other| other == name) {
                self.errors.at(name, messages::deferred_twice(&plain(name)));
            } else if place(name).is_none() {
                let names = NamedBy::Field.names(&columns.columns);
                let relations: Vec<_> = columns.relations.iter().map(plain).collect();
                let message =
                    messages::unknown_column_to_defer(&plain(name), model, &names, &relations);
                self.errors.at(name, message);
            } else if fields.inputs.iter().any(|field| field.ident == *name) {
                self.errors.at(name, messages::deferred_and_loaded(&plain(name)));
            }
        }
        let deferred: Vec<_> = deferred.iter().filter_map(place).collect();
        for (i, column) in columns.columns.iter().enumerate() {
            let mut name = column.field.clone();
            name.set_span(at.resolved_at(name.span()));
            let listed = fields.inputs.iter().any(|field| field.ident == name);
            if !deferred.contains(&i) && !listed {
                self.column(attrs.to_vec(), name, None, None, scope, fields);
            }
        }
    }
}

/// What is known of the spec that a field is of.
struct Scope<'a> {
    ident: &'a Ident,
    called: &'a str,
    model: &'a SpecModel,
    /// The model without names for types, which values do not see where they stand.
    written: &'a Type,
}

impl Scope<'_> {
    /// The name of what the next field loads, as a type. The field's own type and its impls have it from there, so that
    /// what is wrong with it is told once.
    fn alias(&self, field: &Ident, span: Span) -> Ident {
        format_ident!("__{}_{}", plain(self.ident), plain(field), span = span)
    }
}

/// A shape as a type.
struct Shaped {
    ident: Ident,
    generics: Vec<Generic>,
    params: Vec<(Ident, Type)>,
}

impl Shaped {
    fn ty(&self) -> Type {
        let Self { ident, generics, .. } = self;
        match generics.is_empty() {
            true => Type::Path(TypePath { qself: None, path: ident.clone().into() }),
            false => {
                let generics = generics.iter().map(|generic| &generic.name);
                Type::Verbatim(quote_spanned!(ident.span()=> #ident<#(#generics),*>))
            }
        }
    }
}

/// A type by a name, under which it is checked once. Editors compute no checks.
fn checked(
    name: &Ident,
    ty: &Type,
    check: &TokenStream,
    runtime: &Runtime,
    checks: &mut Vec<TokenStream>,
) -> Type {
    let at_type = runtime.at(ty.span());
    let checked = quote_spanned! {ty.span()=>
        <#at_type::Checked<#ty, { #check }> as #at_type::Is>::Itself
    };
    let checked = runtime.by_tool(checked, ty.to_token_stream());
    checks.push(quote_spanned! {ty.span()=>
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code)]
        type #name = #checked;
    });
    Type::Path(TypePath { qself: None, path: name.clone().into() })
}
