//! The type of a Diesel expression, told from its tokens, so that an associated type can name it.
//!
//! Nothing is known here but names. A column or table is a path that is a type as well; a method or function gives the
//! alias that is called like it, as Diesel has them for `#[auto_type]`: `books::pages.gt(n)` is a `Gt<books::pages, _>`.

use std::cell::Cell;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    BinOp, Expr, ExprArray, ExprBinary, ExprCall, ExprLit, ExprMethodCall, ExprPath, ExprReference,
    ExprUnary, Lit, Path, PathArguments, Token, Type, UnOp,
};

use crate::errors::Errors;
use crate::member::{OF_RELATIONS, Relations};
use crate::messages;
use crate::parse::{camel_case, plain};
use crate::paths::Runtime;

/// What bare names mean in an expression.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) runtime: &'a Runtime,
    pub(crate) model: &'a Type,
    /// The relations of the model. Each is one where a method is called on it.
    pub(crate) relations: Relations<'a>,
    /// What the names of values given at run time hold. They go before relations.
    pub(crate) params: &'a [(Ident, Type)],
    /// The name of the expression's type, where it has one.
    pub(crate) alias: Option<&'a Ident>,
    /// Whether the type is for editors, which cannot find the place of a relation.
    pub(crate) for_editors: bool,
}

/// An expression and its type.
pub(crate) struct Typed {
    /// The user's tokens, with relations and parameters written out. Parameters may be bound by value or by reference.
    pub(crate) value: TokenStream,
    pub(crate) ty: TokenStream,
}

/// The type of an expression, or `None` after every part whose type cannot be told was reported.
pub(crate) fn infer(expr: &Expr, scope: &Scope<'_>, errors: &Errors) -> Option<Typed> {
    let inferrer = Inferrer { scope, errors, failed: Cell::new(false) };
    let ty = inferrer.type_of(expr, Numbers::Unknown);
    if inferrer.failed.get() {
        return None;
    }
    let mut value = expr.clone();
    scope.write_out(&mut value);
    Some(Typed { value: value.into_token_stream(), ty })
}

/// The bare name that an expression like `books.count()` begins with, where it is no relation and no parameter: only
/// relations have these methods.
pub(crate) fn unknown_relation<'e>(expr: &'e Expr, scope: &Scope<'_>) -> Option<&'e Ident> {
    let Relations::Known(relations) = scope.relations else {
        return None;
    };
    let (mut expr, mut of_relation) = (expr, false);
    while let Expr::MethodCall(call) = expr {
        of_relation |= OF_RELATIONS.contains(&plain(&call.method).as_str());
        expr = &call.receiver;
    }
    let name = bare_name(expr).filter(|_| of_relation)?;
    let known = scope.param(name).is_some() || relations.contains(&plain(name));
    (!known).then_some(name)
}

/// The relation that an expression is, with nothing computed of it.
pub(crate) fn bare_relation<'e>(expr: &'e Expr, scope: &Scope<'_>) -> Option<&'e Ident> {
    let name = bare_name(expr)?;
    let is_relation = scope.param(name).is_none() && scope.relations.is_one(name);
    is_relation.then_some(name)
}

/// Whether the type of an expression is told by what it is made of: columns, literals, and methods of Diesel and of
/// relations. Names of values and functions do not tell theirs.
pub(crate) fn is_told(expr: &Expr) -> bool {
    let are_told = |exprs: &Punctuated<Expr, Token![,]>| exprs.iter().all(is_told);
    match expr {
        Expr::Paren(paren) => is_told(&paren.expr),
        Expr::Group(group) => is_told(&group.expr),
        Expr::Path(ExprPath { qself: None, path, .. }) => is_a_column(path),
        Expr::Lit(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_)) && is_told(&unary.expr),
        Expr::Binary(binary) => is_told(&binary.left) && is_told(&binary.right),
        Expr::MethodCall(call) => {
            let receiver = match bare_name(&call.receiver) {
                Some(name) => Relations::Asked.place(name, call).is_some(),
                None => is_told(&call.receiver),
            };
            receiver && Method::of_name(&plain(&call.method)).is_some() && are_told(&call.args)
        }
        Expr::Tuple(tuple) => are_told(&tuple.elems),
        Expr::Array(array) => are_told(&array.elems),
        _ => false,
    }
}

/// What is wrong with a method of a bare name, which looks like one of a relation: what is computed of it is called
/// otherwise, or is computed of something.
pub(crate) fn misused_relation(expr: &Expr) -> Option<syn::Error> {
    let Expr::MethodCall(call) = expr else {
        return None;
    };
    bare_name(&call.receiver)?;
    let method = plain(&call.method);
    if ["sum", "avg", "min", "max"].contains(&method.as_str()) && call.args.is_empty() {
        let message = messages::takes_one(&method, "table::column");
        return Some(syn::Error::new_spanned(&call.method, message));
    }
    // Short names are like many others.
    let long = OF_RELATIONS.iter().filter(|name| name.len() > 4);
    let long: Vec<_> = long.map(|name| (*name).to_owned()).collect();
    let near = messages::nearest(&method, &long).filter(|near| **near != method)?;
    let message = messages::misspelled_computation(&method, near);
    Some(syn::Error::new_spanned(&call.method, message))
}

/// Writes out the relations in an expression that is otherwise left as it is, and their methods, whose trait need not be
/// in scope. They stand outside of what methods are given, where all names are values.
pub(crate) fn write_out_relations(expr: &mut Expr, model: &Type, runtime: &Runtime) {
    let (relations, params) = (Relations::Asked, &[][..]);
    let scope = Scope { runtime, model, relations, params, alias: None, for_editors: false };
    scope.write_out_rows(expr);
}

/// The value of a type that has only one.
fn default_of(tokens: &impl ToTokens, ty: &TokenStream) -> Expr {
    let span = at(tokens);
    Expr::Verbatim(quote_spanned!(span=> <#ty as ::core::default::Default>::default()))
}

/// What the arguments of a method are to its type.
#[derive(Clone, Copy)]
enum Method {
    /// Compares or combines its receiver with values of the receiver's own SQL type.
    Compares,
    /// Takes a number of rows.
    Cuts,
    /// Has a type argument, which is a part of its type.
    Converts,
    /// Takes what is no part of its type.
    Ignores,
    /// Gives its receiver's type.
    Clones,
    /// Takes expressions and queries, which bring their own types.
    Takes,
}

/// The methods that have an alias of their name: Diesel's, and those of relations.
#[rustfmt::skip]
const METHODS: &[(Method, &[&str])] = &[
    (Method::Compares, &[
        "eq", "ne", "gt", "ge", "lt", "le", "eq_any", "ne_all", "between", "not_between",
        "is", "is_not", "is_distinct_from", "is_not_distinct_from",
        "concat", "like", "not_like", "ilike", "not_ilike", "similar_to", "not_similar_to",
        "contains", "is_contained_by", "overlaps_with", "when", "otherwise", "default",
    ]),
    (Method::Cuts, &["limit", "offset"]),
    (Method::Converts, &["cast", "into_sql"]),
    (Method::Ignores, &["escape"]),
    (Method::Clones, &["clone"]),
    (Method::Takes, &[
        "and", "or", "is_null", "is_not_null", "nullable", "assume_not_null",
        "asc", "desc", "nulls_first", "nulls_last", "at_time_zone", "has_key", "has_any_key", "has_all_keys",
        "aggregate_distinct", "aggregate_filter", "aggregate_order",
        "over", "partition_by", "window_filter", "window_order",
        "field", "fields", "select", "filter", "or_filter", "find", "order", "order_by", "then_order_by",
        "distinct", "distinct_on", "group_by", "having", "inner_join", "left_join", "on", "single_value",
        "union", "union_all", "intersect", "intersect_all", "except", "except_all",
        "count", "count_distinct", "sum", "avg", "min", "max", "exists", "any", "none",
    ]),
];

/// Functions whose aliases Diesel hides: in `diesel::dsl` each of these names is the function only.
const AGGREGATES: &[&str] = &["avg", "max", "min", "sum"];

impl Method {
    fn of_name(name: &str) -> Option<Self> {
        METHODS.iter().find(|(_, names)| names.contains(&name)).map(|(method, _)| *method)
    }
}

/// What a number without a suffix is.
#[derive(Clone, Copy)]
enum Numbers<'t> {
    /// What goes with the SQL type of this expression.
    Like(&'t TokenStream),
    /// A number of rows.
    Rows,
    /// Nothing around it tells.
    Unknown,
}

impl Scope<'_> {
    fn param(&self, name: &Ident) -> Option<&Type> {
        self.params.iter().find(|(param, _)| param == name).map(|(_, ty)| ty)
    }

    /// The relation that the receiver of a method is.
    fn relation(&self, call: &ExprMethodCall, alias: Option<&Ident>) -> Option<TokenStream> {
        let name = bare_name(&call.receiver)?;
        if self.param(name).is_some() {
            return None;
        }
        let place = self.relations.place(name, call)?;
        Some(match (self.for_editors, alias) {
            (true, _) => place.hint_of_relation(self.model, self.runtime),
            // Where the type is an error, that was told.
            (false, Some(alias)) => place.of_relation_in(alias, self.model, self.runtime, at(name)),
            (false, None) => place.of_relation(self.model, self.runtime, at(name)),
        })
    }

    /// Writes out the relations in an expression; gives whether it is one, or is one filtered.
    fn write_out_rows(&self, expr: &mut Expr) -> bool {
        match expr {
            Expr::MethodCall(call) => {
                let are_rows = match self.relation(call, None) {
                    Some(ty) => {
                        *call.receiver = default_of(&call.receiver, &ty);
                        true
                    }
                    None => self.write_out_rows(&mut call.receiver),
                };
                let ExprMethodCall { receiver, method, turbofish, args, .. } = call;
                let is_filter = method == "filter";
                if !are_rows || !(is_filter || OF_RELATIONS.contains(&plain(method).as_str())) {
                    return false;
                }
                let runtime = self.runtime.at(method.span());
                *expr = Expr::Verbatim(quote_spanned! {method.span()=>
                    #runtime::RelationDsl::#method #turbofish (#receiver, #args)
                });
                return is_filter;
            }
            Expr::Call(call) => {
                call.args.iter_mut().for_each(|arg| {
                    self.write_out_rows(arg);
                });
            }
            Expr::Binary(binary) => {
                self.write_out_rows(&mut binary.left);
                self.write_out_rows(&mut binary.right);
            }
            Expr::Unary(unary) => {
                self.write_out_rows(&mut unary.expr);
            }
            Expr::Paren(paren) => return self.write_out_rows(&mut paren.expr),
            Expr::Group(group) => return self.write_out_rows(&mut group.expr),
            _ => {}
        }
        false
    }

    /// Writes out the relations and parameters in an expression, as far as its structure is one that has a type here.
    fn write_out(&self, expr: &mut Expr) {
        let param = bare_name(expr).and_then(|name| Some((name, self.param(name)?)));
        if let Some((name, ty)) = param {
            let clone = quote_spanned!(at(name)=> <#ty as ::core::clone::Clone>::clone(&#name));
            *expr = Expr::Verbatim(clone);
            return;
        }
        match expr {
            // By its type only, so that a name that is none is told once.
            Expr::Path(ExprPath { qself: None, path, .. }) if is_a_column(path) => {
                let default = quote_spanned! {path.span()=>
                    <#path as ::core::default::Default>::default()
                };
                *expr = Expr::Verbatim(default);
            }
            Expr::MethodCall(call) => {
                match self.relation(call, self.alias) {
                    Some(ty) => *call.receiver = default_of(&call.receiver, &ty),
                    None => self.write_out_operand(&mut call.receiver),
                }
                self.write_out_each(&mut call.args);
                if let Some(unchecked) = self.unchecked(call) {
                    *expr = Expr::Verbatim(unchecked);
                }
            }
            Expr::Call(call) => self.write_out_each(&mut call.args),
            Expr::Tuple(tuple) => self.write_out_each(&mut tuple.elems),
            Expr::Array(array) => self.write_out_each(&mut array.elems),
            Expr::Binary(binary) => {
                self.write_out_operand(&mut binary.left);
                self.write_out_operand(&mut binary.right);
            }
            Expr::Unary(unary) => self.write_out_operand(&mut unary.expr),
            Expr::Reference(reference) => self.write_out(&mut reference.expr),
            Expr::Cast(cast) => self.write_out(&mut cast.expr),
            Expr::Paren(paren) => self.write_out(&mut paren.expr),
            Expr::Group(group) => self.write_out(&mut group.expr),
            _ => {}
        }
    }

    /// The same where a method or an operator follows, which must know the type: that of a default goes by what it is for.
    fn write_out_operand(&self, expr: &mut Expr) {
        match expr {
            Expr::Paren(paren) => return self.write_out_operand(&mut paren.expr),
            Expr::Group(group) => return self.write_out_operand(&mut group.expr),
            _ => {}
        }
        let is_default = matches!(expr, Expr::MethodCall(call) if call.method == "default");
        let ty = is_default.then(|| self.type_alone(expr));
        self.write_out(expr);
        if let Some(ty) = ty {
            let (span, runtime) = (at(&*expr), self.runtime.at(at(&*expr)));
            let typed = quote_spanned!(span=> #runtime::unchecked::of_type::<#ty>(#expr));
            *expr = Expr::Verbatim(typed);
        }
    }

    /// The type of a part of an expression. What is wrong with it is told of the whole.
    fn type_alone(&self, expr: &Expr) -> TokenStream {
        let quiet = Errors::new();
        let inferrer = Inferrer { scope: self, errors: &quiet, failed: Cell::new(false) };
        let ty = inferrer.type_of(expr, Numbers::Unknown);
        drop(quiet.report());
        ty
    }

    /// A method of relations as a function that leaves it to the type to say what is wrong with the argument.
    fn unchecked(&self, call: &ExprMethodCall) -> Option<TokenStream> {
        let argument = argument(call)?;
        let (receiver, method) =
            (&call.receiver, Ident::new(&plain(&call.method), at(&call.method)));
        let runtime = self.runtime.at(at(&call.method));
        Some(quote_spanned!(at(&call.method)=> #runtime::unchecked::#method(#receiver, #argument)))
    }

    fn write_out_each(&self, exprs: &mut Punctuated<Expr, Token![,]>) {
        exprs.iter_mut().for_each(|expr| self.write_out(expr));
    }
}

struct Inferrer<'a> {
    scope: &'a Scope<'a>,
    errors: &'a Errors,
    failed: Cell<bool>,
}

impl Inferrer<'_> {
    /// Reports what is wrong, and goes on with a type that is used for nothing but the rest of the errors.
    fn fail(&self, at: impl ToTokens, message: String) -> TokenStream {
        self.failed.set(true);
        self.errors.at(at, message);
        quote!(_)
    }

    fn type_of(&self, expr: &Expr, numbers: Numbers<'_>) -> TokenStream {
        match expr {
            Expr::Paren(paren) => self.type_of(&paren.expr, numbers),
            Expr::Group(group) => self.type_of(&group.expr, numbers),
            Expr::Path(path) => self.path(path),
            Expr::Lit(literal) => self.literal(literal, numbers),
            Expr::Unary(unary) => self.unary(unary, numbers),
            Expr::Binary(binary) => self.binary(binary, numbers),
            Expr::MethodCall(call) => self.method(call),
            Expr::Call(call) => self.call(call, numbers),
            Expr::Tuple(tuple) => {
                let types = self.types_of(&tuple.elems, numbers);
                quote_spanned!(at(tuple)=> (#(#types,)*))
            }
            Expr::Array(array) => self.array(array, numbers),
            Expr::Cast(cast) => cast.ty.to_token_stream(),
            Expr::Reference(reference) => self.reference(reference),
            _ => self.fail(expr, messages::untold_type()),
        }
    }

    fn types_of<'e>(
        &self,
        exprs: impl IntoIterator<Item = &'e Expr>,
        numbers: Numbers<'_>,
    ) -> Vec<TokenStream> {
        exprs.into_iter().map(|expr| self.type_of(expr, numbers)).collect()
    }

    fn path(&self, path: &ExprPath) -> TokenStream {
        if let (None, Some(name)) = (&path.qself, path.path.get_ident()) {
            if let Some(ty) = self.scope.param(name) {
                return ty.to_token_stream();
            }
            if name == "None" {
                return self.fail(path, messages::untold_none());
            }
        }
        if is_in_a_type(&path.path) || is_a_constant(&path.path) {
            return self.fail(path, messages::untold_value(&shown(path)));
        }
        path.to_token_stream()
    }

    fn literal(&self, literal: &ExprLit, numbers: Numbers<'_>) -> TokenStream {
        let span = at(literal);
        let primitive = |name: &str| {
            let name = Ident::new(name, span);
            quote_spanned!(span=> ::core::primitive::#name)
        };
        match &literal.lit {
            Lit::Int(int) if !int.suffix().is_empty() => primitive(int.suffix()),
            Lit::Float(float) if !float.suffix().is_empty() => primitive(float.suffix()),
            Lit::Int(_) => self.number(literal, "IntOf", ["i32", "i64"], numbers),
            Lit::Float(_) => self.number(literal, "FloatOf", ["f32", "f64"], numbers),
            Lit::Bool(_) => primitive("bool"),
            Lit::Char(_) => primitive("char"),
            Lit::Byte(_) => primitive("u8"),
            Lit::Str(_) => {
                let str = primitive("str");
                quote_spanned!(span=> &'static #str)
            }
            Lit::ByteStr(bytes) => {
                let (u8, length) = (primitive("u8"), bytes.value().len());
                quote_spanned!(span=> &'static [#u8; #length])
            }
            _ => self.fail(literal, messages::untold_type()),
        }
    }

    /// A number without a suffix.
    fn number(
        &self,
        literal: &ExprLit,
        alias: &str,
        suffixes: [&str; 2],
        numbers: Numbers<'_>,
    ) -> TokenStream {
        let span = at(literal);
        match numbers {
            Numbers::Like(other) => {
                self.alias(&Ident::new(alias, span), std::slice::from_ref(other))
            }
            Numbers::Rows => quote_spanned!(span=> ::core::primitive::i64),
            Numbers::Unknown => {
                self.fail(literal, messages::number_without_type(&shown(literal), suffixes))
            }
        }
    }

    /// The alias of this name among those for expressions.
    fn alias(&self, name: &Ident, arguments: &[TokenStream]) -> TokenStream {
        let runtime = self.scope.runtime.at(name.span());
        quote_spanned!(name.span()=> #runtime::dsl::#name<#(#arguments),*>)
    }

    fn unary(&self, unary: &ExprUnary, numbers: Numbers<'_>) -> TokenStream {
        match unary.op {
            UnOp::Neg(_) if is_number(&unary.expr) => self.type_of(&unary.expr, numbers),
            UnOp::Not(_) => {
                self.fail(unary.op, messages::operator_of_rust("!", "diesel::dsl::not(..)"))
            }
            _ => self.fail(unary, messages::untold_type()),
        }
    }

    fn binary(&self, binary: &ExprBinary, numbers: Numbers<'_>) -> TokenStream {
        let operator = match operator(&binary.op) {
            Operator::Arithmetic(name) => Ident::new(name, at(binary.op)),
            Operator::Method(method) => {
                let (shown, method) = (shown(binary.op), format!(".{method}(..)"));
                return self.fail(binary.op, messages::operator_of_rust(&shown, &method));
            }
            Operator::Other => return self.fail(binary, messages::untold_type()),
        };
        let (left, right) = match (is_number(&binary.left), is_number(&binary.right)) {
            (false, true) => {
                let left = self.type_of(&binary.left, numbers);
                let right = self.type_of(&binary.right, Numbers::Like(&left));
                (left, right)
            }
            (true, false) => {
                let right = self.type_of(&binary.right, numbers);
                (self.type_of(&binary.left, Numbers::Like(&right)), right)
            }
            _ => (self.type_of(&binary.left, numbers), self.type_of(&binary.right, numbers)),
        };
        quote_spanned!(at(binary.op)=> <#left as ::core::ops::#operator<#right>>::Output)
    }

    fn method(&self, call: &ExprMethodCall) -> TokenStream {
        let receiver = match self.scope.relation(call, None) {
            Some(relation) => relation,
            None => self.type_of(&call.receiver, Numbers::Unknown),
        };
        let name = plain(&call.method);
        self.arity(call, &name);
        let method = Method::of_name(&name);
        let numbers = match method {
            Some(Method::Compares) => Numbers::Like(&receiver),
            // One that is not known is reported; whether it takes numbers is not known either.
            Some(Method::Cuts) | None => Numbers::Rows,
            Some(_) => Numbers::Unknown,
        };
        let mut arguments = self.types_of(&call.args, numbers);
        match (method, &call.turbofish) {
            (None, _) => {
                let known = METHODS.iter().flat_map(|(_, names)| *names);
                let known: Vec<_> = known.map(|name| (*name).to_owned()).collect();
                return self.fail(&call.method, messages::untold_method(&name, &known));
            }
            (Some(Method::Converts), Some(turbofish)) => {
                arguments.extend(turbofish.args.iter().map(ToTokens::to_token_stream));
            }
            (Some(Method::Converts), None) => {
                return self.fail(&call.method, messages::no_type_argument(&name));
            }
            (Some(_), Some(turbofish)) => {
                return self.fail(turbofish, messages::unexpected_type_argument(&name));
            }
            (Some(Method::Clones), None) => return receiver,
            (Some(Method::Ignores), None) => arguments.clear(),
            (Some(_), None) => {}
        }
        arguments.insert(0, receiver);
        self.alias(&Ident::new(&camel_case(&name), fault(call)), &arguments)
    }

    /// Reports a method of relations that has too many or too few arguments.
    fn arity(&self, call: &ExprMethodCall, name: &str) {
        let example = match name {
            "count" | "exists" => "",
            "any" | "none" => "books::pages.gt(100)",
            "count_distinct" | "sum" | "avg" | "min" | "max" => "books::pages",
            _ => return,
        };
        match (example.is_empty(), call.args.len()) {
            (true, 0) | (false, 1) => {}
            (true, _) => drop(self.fail(&call.args, messages::takes_nothing(name))),
            (false, _) => drop(self.fail(&call.method, messages::takes_one(name, example))),
        }
    }

    /// A function's alias has the function's path and the types of the arguments, as for SQL functions. The functions of
    /// `#[auto_type]` have an alias without them, which the user says by `function::<>(..)`.
    fn call(&self, call: &ExprCall, numbers: Numbers<'_>) -> TokenStream {
        let function = match &*call.func {
            Expr::Path(ExprPath { qself: None, path, .. }) => path,
            _ => return self.fail(call, messages::untold_type()),
        };
        if function.is_ident("Some") {
            let types = self.types_of(&call.args, numbers);
            return quote_spanned!(at(function)=> ::core::option::Option<#(#types),*>);
        }
        if is_in_a_type(function) {
            let shown = format!("{}(..)", shown(function));
            return self.fail(call, messages::untold_value(&shown));
        }
        let says_which = function
            .segments
            .last()
            .is_some_and(|last| !matches!(last.arguments, PathArguments::None));
        if says_which || call.args.is_empty() {
            return function.to_token_stream();
        }
        let types = self.types_of(&call.args, Numbers::Unknown);
        match aggregate(function) {
            Some(name) => self.alias(&Ident::new(name, function.span()), &types),
            None => quote_spanned!(at(function)=> #function<#(#types),*>),
        }
    }

    fn array(&self, array: &ExprArray, numbers: Numbers<'_>) -> TokenStream {
        let types = self.types_of(&array.elems, numbers);
        let length = types.len();
        match types.first() {
            Some(first) => quote_spanned!(at(array)=> [#first; #length]),
            None => self.fail(array, messages::untold_type()),
        }
    }

    fn reference(&self, reference: &ExprReference) -> TokenStream {
        match bare_name(&reference.expr) {
            Some(name) if self.scope.param(name).is_some() => {
                self.fail(reference, messages::reference_to_param(&name.to_string()))
            }
            _ => self.fail(reference, messages::untold_type()),
        }
    }
}

/// The argument of a method of relations, which is one that has a function in `unchecked`.
fn argument(call: &ExprMethodCall) -> Option<&Expr> {
    const UNCHECKED: [&str; 8] =
        ["count_distinct", "sum", "avg", "min", "max", "any", "none", "default"];
    let is_one = call.args.len() == 1 && UNCHECKED.contains(&plain(&call.method).as_str());
    call.args.first().filter(|_| is_one)
}

/// Where it is told what is wrong with a call: in the user's tokens, so that the same error from several places is one.
fn fault(call: &ExprMethodCall) -> Span {
    argument(call).map_or_else(|| call.method.span(), Spanned::span)
}

/// Where it is told what is wrong with an expression as a whole.
pub(crate) fn told_at(expr: &Expr) -> Span {
    match expr {
        Expr::MethodCall(call) => fault(call),
        Expr::Paren(paren) => told_at(&paren.expr),
        Expr::Group(group) => told_at(&group.expr),
        _ => expr.span(),
    }
}

/// Where tokens that stand for the user's are: errors point at the user's, and lints know who wrote them.
fn at(tokens: impl ToTokens) -> Span {
    Span::mixed_site().located_at(tokens.span())
}

/// The single name that an expression is.
fn bare_name(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(ExprPath { qself: None, path, .. }) => path.get_ident(),
        Expr::Group(group) => bare_name(&group.expr),
        _ => None,
    }
}

/// Whether an expression is made of numbers only, so that what is around it says of which type.
fn is_number(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(_) | Lit::Float(_), .. }) => true,
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => is_number(expr),
        Expr::Paren(paren) => is_number(&paren.expr),
        Expr::Group(group) => is_number(&group.expr),
        Expr::Binary(binary) => is_number(&binary.left) && is_number(&binary.right),
        _ => false,
    }
}

/// Whether a path leads into a type, by the way that types are written: to a variant, or an associated function or
/// constant. It is no type itself, and the compiler's words for that would not help.
fn is_in_a_type(path: &Path) -> bool {
    let owner = path.segments.iter().rev().nth(1);
    owner.is_some_and(|owner| plain(&owner.ident).starts_with(char::is_uppercase))
}

/// Whether a path is a column's, by the way that those are written: with their table, `books::title`.
fn is_a_column(path: &Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| plain(&segment.ident));
    let (Some(column), Some(table)) = (names.next(), names.next()) else {
        return false;
    };
    let is_written_small = |name: &String| !name.contains(char::is_uppercase);
    // Diesel's own, such as `diesel::dsl::now`, have no default.
    table != "dsl" && column != "star" && [&column, &table].into_iter().all(is_written_small)
}

/// The aggregate function of Diesel that a path leads to: `sum`, `dsl::sum` or `diesel::dsl::sum`.
fn aggregate(path: &Path) -> Option<&'static str> {
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    let name = names.next()?;
    let is_diesels = names.next().is_none_or(|module| module == "dsl");
    AGGREGATES.iter().find(|aggregate| is_diesels && name == *aggregate).copied()
}

/// Whether a path is a constant's, by the way that those are written.
fn is_a_constant(path: &Path) -> bool {
    let name = path.segments.last().map(|last| plain(&last.ident)).unwrap_or_default();
    name.chars().count() > 1
        && name.starts_with(char::is_uppercase)
        && !name.contains(char::is_lowercase)
}

/// What an operator is between SQL expressions.
enum Operator {
    /// The same, by the trait of this name.
    Arithmetic(&'static str),
    /// What this method is for.
    Method(&'static str),
    Other,
}

fn operator(operator: &BinOp) -> Operator {
    match operator {
        BinOp::Add(_) => Operator::Arithmetic("Add"),
        BinOp::Sub(_) => Operator::Arithmetic("Sub"),
        BinOp::Mul(_) => Operator::Arithmetic("Mul"),
        BinOp::Div(_) => Operator::Arithmetic("Div"),
        BinOp::Rem(_) => Operator::Arithmetic("Rem"),
        BinOp::Eq(_) => Operator::Method("eq"),
        BinOp::Ne(_) => Operator::Method("ne"),
        BinOp::Lt(_) => Operator::Method("lt"),
        BinOp::Le(_) => Operator::Method("le"),
        BinOp::Gt(_) => Operator::Method("gt"),
        BinOp::Ge(_) => Operator::Method("ge"),
        BinOp::And(_) => Operator::Method("and"),
        BinOp::Or(_) => Operator::Method("or"),
        _ => Operator::Other,
    }
}

/// A path, literal or operator as the user wrote it.
fn shown(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(" :: ", "::")
}

#[cfg(test)]
mod tests;
