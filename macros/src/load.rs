//! The way from `load!` to what is generated for it: parse, ask the models whose columns must be known, lower to load
//! specs, and then the same as for the derive.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::token::Bracket;
use syn::{Path, Type, TypePath, braced, parenthesized};

use crate::ast::{SpecAttr, SpecModel};
use crate::check;
use crate::errors::Errors;
use crate::expand;
use crate::lower::{KnownModels, Lowered, lower};
use crate::member::Names;
use crate::messages;
use crate::model::{last_name, path_text};
use crate::parse::{parse_load, parse_names, take_load_attrs};
use crate::paths::{Runtime, Tool};
use crate::shape::{EntryKind, Load, LoadCall, Rows, Shape};

/// A call of `__load!`: the path of the runtime crate, what the models that were asked said of themselves, and what the
/// user wrote. The answer of the model that was asked last comes first.
pub(crate) struct Call {
    krate: TokenStream,
    answers: Vec<Answer>,
    user: TokenStream,
}

/// What a model said of itself.
struct Answer {
    model: Path,
    names: TokenStream,
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let last = match input.peek(Bracket) {
            true => Some(parse_answer(input)?),
            false => None,
        };
        let (krate, told);
        parenthesized!(krate in input);
        braced!(told in input);
        let mut answers = Vec::new();
        while !told.is_empty() {
            let model;
            parenthesized!(model in told);
            let model = model.call(Path::parse_mod_style)?;
            let names = match (told.peek(Bracket), &last) {
                (false, Some(last)) => last.clone(),
                _ => parse_answer(&told)?,
            };
            answers.push(Answer { model, names });
        }
        Ok(Self { krate: krate.parse()?, answers, user: input.parse()? })
    }
}

/// The names of columns and of relations, in two brackets.
fn parse_answer(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    Ok([input.parse::<TokenTree>()?, input.parse()?].into_iter().collect())
}

/// Which macro is expanded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Macro {
    /// `load!`: a load spec.
    Load,
    /// `columns!`: a selection for Diesel's own queries.
    Columns,
}

impl Macro {
    fn hidden_name(self) -> Ident {
        let name = match self {
            Self::Load => "__load",
            Self::Columns => "__columns",
        };
        Ident::new(name, Span::call_site())
    }
}

/// Asks the next model whose columns must be known, or expands.
pub(crate) fn expand_call(call: Call, of: Macro, tool: Tool) -> TokenStream {
    let errors = Errors::new();
    let runtime = Runtime::of(call.krate.clone(), tool);
    let user = call.user.clone();
    let parsed = |input: ParseStream<'_>| parse_load(input, &errors);
    let code = errors.ok(parsed.parse2(user)).map(|parsed| {
        let parsed = match parsed {
            Load::Call(parsed) => parsed,
            Load::WithoutModel(attrs, item) => {
                return match item {
                    Some(item) => {
                        let hints = expand::hint::function(call.user.clone(), &[], &runtime);
                        let item = expand::shape::without_model(&attrs, &item, &runtime);
                        Expanded::Items(quote!(#hints #item))
                    }
                    None => Expanded::Nothing,
                };
            }
        };
        let known = call.known();
        match models(&parsed).into_iter().find(|path| !is_known(path, &known)) {
            Some(model) => call.ask(of, &model, &runtime),
            None => expand_load(of, parsed, call.user.clone(), &known, &runtime, &errors),
        }
    });
    // What is wrong is told once, when all models were asked; behind the user's own names, which editors look for.
    match code {
        Some(Expanded::Asked(tokens)) => {
            drop(errors.take());
            tokens
        }
        Some(Expanded::Items(items)) => {
            let errors = errors.report();
            quote!(#items #errors)
        }
        Some(Expanded::Nothing) if call.user.is_empty() => errors.report(),
        Some(Expanded::Nothing) => {
            let hints = expand::hint::value(call.user, &runtime);
            expand::hint::before(&hints, &errors.report_as_value())
        }
        Some(Expanded::Value(items, lowered)) => {
            let hints = expand::hint::value(call.user, &runtime);
            // Where nothing is wrong, temporary values live as long as the statement: no block is around them.
            let is_right = errors.is_empty();
            let beside = is_right.then_some(&hints);
            let value = match of {
                Macro::Load => expand::shape::query(items, beside, &lowered, &runtime),
                Macro::Columns => expand::columns::selection(items, beside, &lowered, &runtime),
            };
            match is_right {
                true => {
                    drop(errors.take());
                    value
                }
                // A value that is an error itself: what is done with it is none. Editors go on with the query.
                false => {
                    let errors = errors.report_as_value();
                    let value = runtime.by_tool(quote!({ let _ = #value; #errors }), value);
                    expand::hint::before(&hints, &value)
                }
            }
        }
        None => errors.report(),
    }
}

enum Expanded {
    /// A call of a model's macro.
    Asked(TokenStream),
    Items(TokenStream),
    /// Nothing that could have a value.
    Nothing,
    Value(TokenStream, Box<Lowered>),
}

impl Call {
    fn known(&self) -> KnownModels {
        let names = |answer: &Answer| {
            let names = parse_names.parse2(answer.names.clone()).ok()?;
            Some((path_text(&answer.model), names))
        };
        self.answers.iter().filter_map(names).collect()
    }

    fn ask(&self, of: Macro, model: &Path, runtime: &Runtime) -> Expanded {
        let name = of.hidden_name();
        let Self { krate, answers, user } = self;
        let told = answers.iter().map(|Answer { model, names }| quote!((#model) #names));
        Expanded::Asked(quote! {
            #model! { { #runtime::#name } (#krate) { #(#told)* (#model) } #user }
        })
    }
}

fn is_known(path: &Path, known: &KnownModels) -> bool {
    let path = path_text(path);
    known.iter().any(|(known, _)| *known == path)
}

/// The models whose columns must be known.
fn models(LoadCall { model, shape, .. }: &LoadCall) -> Vec<Path> {
    let mut models = Vec::new();
    add_models(Some(model), shape, &mut models);
    models
}

fn add_models(model: Option<&Path>, shape: &Shape, models: &mut Vec<Path>) {
    for entry in &shape.entries {
        match &entry.kind {
            EntryKind::AllBut { .. } => models.extend(model.cloned()),
            EntryKind::Join(related) | EntryKind::Prefetch(related) => {
                if let Rows::Shape { model, shape } = &related.rows {
                    add_models(model.as_ref(), shape, models);
                }
            }
            EntryKind::Column { .. }
            | EntryKind::Only { .. }
            | EntryKind::Annotate { .. }
            | EntryKind::Broken { .. } => {}
        }
    }
}

fn expand_load(
    of: Macro,
    mut call: LoadCall,
    user: TokenStream,
    known: &KnownModels,
    runtime: &Runtime,
    errors: &Errors,
) -> Expanded {
    let model = SpecModel {
        name: last_name(&call.model),
        ty: Type::Path(TypePath { qself: None, path: call.model.clone() }),
    };
    let mut attr = SpecAttr { model, krate: None, max_queries: None, params: Vec::new() };
    take_load_attrs(&mut call.attrs, &mut attr, errors);
    let is_item = call.item.is_some();
    if let (false, Some((param, _))) = (is_item, attr.params.first()) {
        errors.at(param, messages::params_of_an_expression());
        attr.params.clear();
    }
    call.attrs.retain(|attr| {
        let derives = expand::shape::derives(attr, "LoadSpec");
        if derives {
            errors.at(attr, messages::derived_in_place());
        }
        !derives
    });
    let hints = is_item.then(|| expand::hint::function(user, &attr.params, runtime));
    if of == Macro::Columns {
        check::only_columns(&mut call.shape, errors);
    }
    let lowered = lower(call, attr, known, runtime, errors);
    let specs = lowered.specs.iter().map(|declared| {
        let mut spec = crate::spec::resolve(&declared.input, Names::Asked, runtime, errors);
        check::check_spec(&mut spec, errors);
        let item = expand::shape::expand(declared, &spec, runtime);
        let impls = match of {
            Macro::Load => expand::spec::expand(&spec, runtime),
            Macro::Columns => expand::columns::expand(&spec, runtime),
        };
        quote!(#item #impls)
    });
    let items = quote!(#hints #(#specs)*);
    match is_item {
        true => Expanded::Items(items),
        false => Expanded::Value(items, Box::new(lowered)),
    }
}
