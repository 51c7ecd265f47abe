//! The relations in braces, as fields of a load spec.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, GenericArgument, Path, PathArguments, Type, TypePath};

use super::{Fields, Lowerer, Outer, Scope, checked};
use crate::ast::{
    Arguments, FieldInput, LoadInput, Refinement, RelationPath, Says, SpecAttr, SpecModel,
};
use crate::given::Refine;
use crate::member::Place;
use crate::messages;
use crate::model::{last_name, path_text};
use crate::parse::{bare, camel_case, parse_steps, plain};
use crate::shape::{Asked, Related, Rows, Step};
use crate::types::{is_spec, shown};

/// How a relation is loaded.
#[derive(Clone, Copy)]
pub(super) enum Way {
    Join,
    Prefetch,
}

impl Way {
    /// What is checked of its field's type.
    fn check(self) -> &'static str {
        match self {
            Self::Join => "joins",
            Self::Prefetch => "prefetches",
        }
    }

    /// What its field's type is.
    fn held(self) -> &'static str {
        match self {
            Self::Join => "JoinInto",
            Self::Prefetch => "PrefetchInto",
        }
    }
}

/// The field that a relation is loaded into.
struct OfField<'a> {
    scope: &'a Scope<'a>,
    relation: &'a RelationPath,
    field: &'a Ident,
    way: Way,
    /// The name of the relation as a type.
    alias: &'a Ident,
}

/// What a field holds.
struct Held {
    /// What is loaded of each row, as it is written.
    rows: Type,
    /// The same by a name under which it is checked.
    fits: Type,
    params: Option<Arguments>,
    /// What refines the queries below.
    refine: Vec<Refine>,
}

impl Lowerer<'_> {
    pub(super) fn related(
        &mut self,
        attrs: Vec<Attribute>,
        related: Related,
        way: Way,
        scope: &Scope<'_>,
        fields: &mut Fields,
    ) {
        let Related { relation, steps, field, asked, rows } = related;
        let Some(last) = relation.0.segments.last().map(|last| last.ident.clone()) else {
            return;
        };
        let span = last.span();
        let ident = field.unwrap_or(last);
        if fields.inputs.iter().any(|other| other.ident == ident) {
            return self.errors.at(&ident, messages::field_twice(&plain(&ident)));
        }
        if let Some(error) = self.loads_itself(&rows).or_else(|| requested_twice(&rows, &asked)) {
            return self.broken(attrs, ident, error, scope, fields);
        }
        let alias = scope.alias(&ident, span);
        let place = OfField { scope, relation: &relation, field: &ident, way, alias: &alias };
        let (refinement, whole, steps) = self.refined(steps);
        let optional = self.is_optional(&asked, &ident);
        let condition = match asked {
            Asked::If(condition) if !self.named => Some(self.given.condition(*condition)),
            _ => None,
        };
        let Held { rows, fits, params, refine } = self.rows(rows, &place, fields);
        let i = fields.inputs.len();
        match way {
            Way::Join => {
                fields.refine.extend(refine.into_iter().map(|refine| refine.below_join(i)));
            }
            Way::Prefetch => fields.refine.extend(Refine::of_prefetch(i, condition, steps, refine)),
        }
        let ty = self.type_of(&fits, optional, &place);
        let alias = Some(alias);
        let load = match way {
            Way::Join => LoadInput::Join { relation, params },
            Way::Prefetch => {
                let refinement = Box::new(Refinement { optional, ..refinement });
                LoadInput::Prefetch { relation, params, refinement, whole: whole && !optional }
            }
        };
        let (vis, says) = (self.field_vis.clone(), Says::Rows(Box::new(rows)));
        self.add(attrs, FieldInput { vis, ident, ty, says, alias, load: Some(load) }, fields);
    }

    /// What is wrong where a spec would be loaded by itself.
    fn loads_itself(&self, rows: &Rows) -> Option<syn::Error> {
        let Rows::Spec { ty, .. } = rows else {
            return None;
        };
        let open = self.open.iter().find(|open| is_spec(ty, open))?;
        Some(syn::Error::new_spanned(ty, messages::spec_in_itself(&plain(open))))
    }

    /// What a prefetch is refined by: declared in a struct, and given at run time in an expression; and whether all rows
    /// are loaded nevertheless.
    fn refined(&mut self, steps: Vec<Step>) -> (Refinement, bool, Vec<TokenStream>) {
        if self.named {
            let refinement = parse_steps(&steps, self.errors);
            let whole = refinement.is_whole();
            return (refinement, whole, Vec::new());
        }
        let orders =
            |name: &Ident| ["order", "order_by", "then_order_by"].iter().any(|order| name == order);
        let whole = steps.iter().all(|step| orders(&step.method));
        (Refinement::default(), whole, self.given.steps(steps, self.errors))
    }

    /// What is loaded of each row.
    fn rows(&mut self, rows: Rows, place: &OfField<'_>, fields: &mut Fields) -> Held {
        match rows {
            Rows::Spec { ty, params } => self.spec(*ty, params, place, fields),
            Rows::Shape { model, shape } => {
                let outer = self.inner(place, model);
                let (shaped, refine) = self.shape(outer, shape);
                let names = self.params.iter().chain(&shaped.params).map(|(name, _)| bare(name));
                let names: Vec<_> = names.collect();
                let params = (!names.is_empty()).then_some(Arguments::Each(names));
                let rows = shaped.ty();
                fields.generics.extend(shaped.generics);
                fields.params.extend(shaped.params);
                Held { fits: rows.clone(), rows, params, refine }
            }
        }
    }

    /// A spec that is there.
    fn spec(
        &mut self,
        ty: Type,
        params: Option<(Span, Vec<Expr>)>,
        place: &OfField<'_>,
        fields: &mut Fields,
    ) -> Held {
        let params = params.map(|(span, values)| match self.named {
            true => Arguments::Each(values),
            false => {
                let given = self.given.value(values_as_one(values, span), span);
                fields.params.push((given.clone(), self.params_of(&ty, place)));
                Arguments::All(given)
            }
        });
        let OfField { scope, field, way, alias, .. } = place;
        let (span, runtime) = (ty.span(), self.runtime.at(ty.span()));
        let check = Ident::new(way.check(), span);
        let check = quote_spanned! {span=>
            #runtime::checked::#check::<#ty, <#alias as #runtime::Relation>::Child>()
        };
        let name = format_ident!("__{}_{}__rows", plain(scope.ident), plain(field), span = span);
        let fits = checked(&name, &ty, &check, self.runtime, &mut fields.checks);
        Held { rows: ty, fits, params, refine: Vec::new() }
    }

    /// The type of a field for these rows, as the relation wants it.
    fn type_of(
        &self,
        rows: &Type,
        optional: bool,
        OfField { way, alias, .. }: &OfField<'_>,
    ) -> Type {
        let span = rows.span();
        let (runtime, into) = (self.runtime.at(span), Ident::new(way.held(), span));
        let held = match optional {
            true => quote_spanned!(span=> #runtime::Requested<#rows>),
            false => rows.to_token_stream(),
        };
        Type::Verbatim(quote_spanned! {span=>
            <#held as #runtime::#into<<#alias as #runtime::Relation>::Child>>::Of<
                <#alias as #runtime::Relation>::Rows,
            >
        })
    }

    /// Whether a relation is not loaded in every load.
    fn is_optional(&self, asked: &Asked, field: &Ident) -> bool {
        match asked {
            Asked::Always => return false,
            Asked::Optional(keyword) if !self.named => {
                self.errors.at(keyword, messages::optional_without_a_name(&plain(field)));
            }
            Asked::If(condition) if self.named => {
                self.errors.at(condition, messages::condition_in_a_struct(&plain(field)));
            }
            Asked::Optional(_) | Asked::If(_) => {}
        }
        true
    }

    /// The type of the parameters of a spec that is there.
    fn params_of(&self, spec: &Type, OfField { way, alias, .. }: &OfField<'_>) -> Type {
        let span = spec.span();
        let (runtime, into) = (self.runtime.at(span), Ident::new(way.held(), span));
        let relation = quote_spanned!(span=> <#alias as #runtime::Relation>);
        Type::Verbatim(quote_spanned! {span=>
            <<<#spec as #runtime::#into<#relation::Child>>::Of<#relation::Rows>
                as #runtime::#into<#relation::Child>>::Spec as #runtime::LoadSpec>::Params
        })
    }

    /// What stands around the shape of a relation's rows.
    fn inner(
        &self,
        OfField { scope, relation, field, alias, .. }: &OfField<'_>,
        model: Option<Path>,
    ) -> Outer {
        let span = relation.0.span();
        let runtime = self.runtime.at(span);
        let (mut checks, mut ty) = (
            Vec::new(),
            Type::Verbatim(quote_spanned!(span=> <#alias as #runtime::Relation>::Child)),
        );
        if let Some(model) = &model {
            let (span, relation) = (model.span(), path_text(&relation.0));
            let runtime = self.runtime.at(span);
            let check = quote_spanned! {span=>
                #runtime::checked::leads_to::<#ty, #model>(#relation, {
                    #[allow(unused_imports)]
                    use #runtime::check::Otherwise as _;
                    #runtime::check::Asked::<#ty, #model>::SAME
                })
            };
            let name = format_ident!("{alias}__model", span = span);
            ty = checked(&name, &ty, &check, self.runtime, &mut checks);
        }
        let name = match &model {
            Some(model) => last_name(model),
            None => last_name(&relation.0),
        };
        let (spec, field) = (plain(scope.ident), plain(field));
        let ident = format_ident!("{spec}{}", camel_case(&field), span = span);
        let called = match self.named {
            true => plain(&ident),
            false => format!("{}.{field}", scope.called),
        };
        let model_type = SpecModel { ty, name };
        let related = match relation.0.get_ident() {
            Some(name) => Place::Of(name.clone()).of_relation(scope.written, self.runtime, span),
            None => relation.0.to_token_stream(),
        };
        let written = quote_spanned!(span=> <#related as #runtime::Relation>::Child);
        let written = Type::Verbatim(written);
        let attr = SpecAttr {
            model: model_type,
            krate: None,
            max_queries: None,
            params: self.params.clone(),
        };
        let doc = format!("What `{field}` of [`{spec}`] holds.");
        Outer { ident, called, attr, model, written, attrs: self.inner_attrs.clone(), doc, checks }
    }
}

/// Values as a tuple.
fn values_as_one(values: Vec<Expr>, span: Span) -> Expr {
    Expr::Verbatim(quote_spanned!(span=> (#(#values,)*)))
}

/// What is wrong where the type of what is loaded on request says so too.
fn requested_twice(rows: &Rows, asked: &Asked) -> Option<syn::Error> {
    let (Rows::Spec { ty, .. }, Asked::Optional(_) | Asked::If(_)) = (rows, asked) else {
        return None;
    };
    let Type::Path(TypePath { path, .. }) = &**ty else {
        return None;
    };
    let last = path.segments.last().filter(|last| last.ident == "Requested")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let Some(GenericArgument::Type(held)) = arguments.args.first() else {
        return None;
    };
    Some(syn::Error::new_spanned(ty, messages::requested_by_itself(&shown(held))))
}
