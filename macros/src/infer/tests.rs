//! What is told of expressions, and what is said of those that are not understood.

use syn::parse_quote;

use super::*;
use crate::paths::Tool;

/// What is told of an expression where `books` and `publisher` are relations, and `since` and `least` are given.
fn told(expr: &str, use_it: impl FnOnce(Option<Typed>, &Errors)) -> String {
    let expr = syn::parse_str(expr).expect("this is an expression");
    let runtime = Runtime::new(None, Tool::Compiler);
    let errors = Errors::new();
    let scope = Scope {
        runtime: &runtime,
        model: &parse_quote!(Author),
        relations: Relations::Known(&["books", "publisher"].map(str::to_owned)),
        params: &[
            (parse_quote!(since), parse_quote!(Date)),
            (parse_quote!(least), parse_quote!(i32)),
        ],
        alias: None,
        for_editors: false,
    };
    use_it(infer(&expr, &scope, &errors), &errors);
    errors.report().to_string()
}

/// Tokens as text without spaces, and without the paths of what is the same everywhere.
fn short(tokens: &str) -> String {
    let tokens: TokenStream = tokens.parse().expect("these are tokens");
    let joined = |tokens: &TokenStream| tokens.to_string().replace(char::is_whitespace, "");
    let expanded = format!("{}::", joined(&Runtime::new(None, Tool::Compiler).to_token_stream()));
    let common = [&expanded, "::core::primitive::", "::core::"];
    common.iter().fold(joined(&tokens), |text, path| text.replace(*path, ""))
}

#[track_caller]
fn check(expr: &str, expected: &str) {
    let errors = told(expr, |typed, _| {
        let ty = typed.map(|typed| typed.ty.to_string()).unwrap_or_default();
        assert_eq!(short(&ty), short(expected));
    });
    assert_eq!(errors, "");
}

#[track_caller]
fn check_value(expr: &str, expected: &str) {
    told(expr, |typed, _| {
        let value = typed.map(|typed| typed.value.to_string()).unwrap_or_default();
        assert_eq!(short(&value), short(expected));
    });
}

#[track_caller]
fn check_errors(expr: &str, expected: &[&str]) {
    let reported = told(expr, |typed, _| assert!(typed.is_none()));
    let calls = syn::parse_str::<syn::File>(&reported).expect("errors are macro calls");
    let messages: Vec<_> = calls
        .items
        .iter()
        .map(|item| match item {
            syn::Item::Macro(call) => {
                let message: syn::LitStr = call.mac.parse_body().expect("a message is text");
                message.value()
            }
            _ => panic!("this is no macro call"),
        })
        .collect();
    assert_eq!(messages, expected);
}

const HELP: &str = "\nhelp: write it: `.. as Type`, or put the expression into a function with `#[diesel::dsl::auto_type]` and call that, as `name()` or `name::<>(..)`";

#[test]
fn columns_are_their_own_types() {
    check("books::title", "books::title");
    check("title", "title");
    check(
        "(books::published.desc(), books::title)",
        "(dsl::Desc<books::published>, books::title,)",
    );
    check("(books::title,)", "(books::title,)");
    check("((books::title))", "books::title");
}

#[test]
fn methods_have_an_alias() {
    check("books::title.eq(\"Emma\")", "dsl::Eq<books::title, &'static str>");
    check("books::title.is_not_null()", "dsl::IsNotNull<books::title>");
    check(
        "books::in_print.eq(true).and(books::cover.eq(b\"ab\"))",
        "dsl::And<dsl::Eq<books::in_print, bool>, dsl::Eq<books::cover, &'static [u8; 2usize]>>",
    );
    check(
        "books::title.like(\"a%\").escape('!')",
        "dsl::Escape<dsl::Like<books::title, &'static str>>",
    );
    check("books::pages.cast::<BigInt>()", "dsl::Cast<books::pages, BigInt>");
    check("1_i32.into_sql::<sql_types::Integer>()", "dsl::IntoSql<i32, sql_types::Integer>");
    check("books::r#type.r#eq(1_i16)", "dsl::Eq<books::r#type, i16>");
}

#[test]
fn numbers_are_what_they_are_compared_with() {
    check("books::pages.gt(100)", "dsl::Gt<books::pages, dsl::IntOf<books::pages>>");
    check("books::price.lt(-9.5)", "dsl::Lt<books::price, dsl::FloatOf<books::price>>");
    check("books::pages.gt(100_i64)", "dsl::Gt<books::pages, i64>");
    check("books::pages.gt(1f32)", "dsl::Gt<books::pages, f32>");
    check(
        "books::pages.between(1, (2))",
        "dsl::Between<books::pages, dsl::IntOf<books::pages>, dsl::IntOf<books::pages>>",
    );
    check(
        "books::pages.eq_any([1, 2, 3])",
        "dsl::EqAny<books::pages, [dsl::IntOf<books::pages>; 3usize]>",
    );
    check(
        "books::pages.eq(Some(1))",
        "dsl::Eq<books::pages, option::Option<dsl::IntOf<books::pages>>>",
    );
}

#[test]
fn numbers_are_what_they_are_computed_with() {
    check("books::pages * -2", "<books::pages as ops::Mul<dsl::IntOf<books::pages>>>::Output");
    check(
        "(1 + 2) - books::pages",
        "<<dsl::IntOf<books::pages> as ops::Add<dsl::IntOf<books::pages>>>::Output as ops::Sub<books::pages>>::Output",
    );
    check(
        "books::price.eq(1.5 / 2.0)",
        "dsl::Eq<books::price, <dsl::FloatOf<books::price> as ops::Div<dsl::FloatOf<books::price>>>::Output>",
    );
    check("books::pages % 2_i32", "<books::pages as ops::Rem<i32>>::Output");
}

#[test]
fn numbers_of_rows_need_no_column() {
    check(
        "books::table.limit(5).offset(10_i64)",
        "dsl::Offset<dsl::Limit<books::table, i64>, i64>",
    );
}

#[test]
fn a_relation_is_the_root_of_a_chain() {
    check("books.count()", "dsl::Count<<Author as RelationAt<0usize>>::Relation>");
    check(
        "publisher.filter(publishers::name.eq(\"Ace\")).exists().desc()",
        "dsl::Desc<dsl::Exists<dsl::Filter<<Author as RelationAt<1usize>>::Relation, dsl::Eq<publishers::name, &'static str>>>>",
    );
    check("author::books.count()", "dsl::Count<author::books>");
    check("books", "books");
    check(
        "books.sum(books::pages).default(0)",
        "dsl::Default<dsl::Sum<<Author as RelationAt<0usize>>::Relation, books::pages>, dsl::IntOf<dsl::Sum<<Author as RelationAt<0usize>>::Relation, books::pages>>>",
    );
}

#[test]
fn parameters_are_of_the_type_that_they_say() {
    check("books::published.gt(since)", "dsl::Gt<books::published, Date>");
    check("books::published.gt(since.clone())", "dsl::Gt<books::published, Date>");
    check("books::pages.gt(Some(least))", "dsl::Gt<books::pages, option::Option<i32>>");
}

#[test]
fn functions_have_an_alias() {
    check("lower(authors::name)", "lower<authors::name>");
    check("sql::left(authors::name, 3_i32)", "sql::left<authors::name, i32>");
    check("is_recent()", "is_recent");
    check("max(books::pages)", "dsl::max<books::pages>");
    check("diesel::dsl::max(books::pages)", "dsl::max<books::pages>");
    check("series::max(books::pages)", "series::max<books::pages>");
    check("is_after::<>(since, 5)", "is_after::<>");
    check("is_of::<Text>(authors::name)", "is_of::<Text>");
}

#[test]
fn anything_is_of_the_type_that_is_written() {
    check("books::pages.gt(MAX as i32)", "dsl::Gt<books::pages, i32>");
    check("books::state.eq(State::Lent as State)", "dsl::Eq<books::state, State>");
    check("books::title.eq(format!(\"{}\", 1) as String)", "dsl::Eq<books::title, String>");
}

#[test]
fn values_are_the_users_own_tokens() {
    check_value("pages.gt(100).and(a * (2 - b))", "pages.gt(100).and(a * (2 - b))");
    check_value(
        "books.filter(books::published.gt(since)).count()",
        "<<Author as RelationAt<0usize>>::Relation as default::Default>::default()
            .filter(<books::published as default::Default>::default()
                .gt(<Date as clone::Clone>::clone(&since))).count()",
    );
    check_value(
        "(f(since), [least], h((Some(since),)) as i32)",
        "(
            f(<Date as clone::Clone>::clone(&since)),
            [<i32 as clone::Clone>::clone(&least)],
            h((Some(<Date as clone::Clone>::clone(&since)),)) as i32
        )",
    );
}

#[test]
fn a_parameter_goes_before_a_relation() {
    let runtime = Runtime::new(None, Tool::Compiler);
    let scope = Scope {
        runtime: &runtime,
        model: &parse_quote!(Author),
        for_editors: false,
        relations: Relations::Known(&["books".to_owned()]),
        params: &[(parse_quote!(books), parse_quote!(Shelf))],
        alias: None,
    };
    let errors = Errors::new();
    let typed = infer(&parse_quote!(books.count()), &scope, &errors).expect("it has a type");
    assert_eq!(errors.report().to_string(), "");
    assert_eq!(short(&typed.ty.to_string()), short("dsl::Count<Shelf>"));
    assert_eq!(
        short(&typed.value.to_string()),
        short("<Shelf as clone::Clone>::clone(&books).count()")
    );
}

#[test]
fn what_has_no_type_is_reported() {
    let untold = format!("the type of this expression cannot be told{HELP}");
    for expr in [
        "|x| x",
        "vec![1]",
        "{ 1 }",
        "if a { b } else { c }",
        "&title",
        "[]",
        "a.b",
        "-a",
        "a << b",
        "a.b()()",
    ] {
        check_errors(expr, &[&untold]);
    }
    check_errors(
        "title.to_lowercase()",
        &[&format!("the type of `.to_lowercase()` cannot be told from its name{HELP}")],
    );
    check_errors(
        "title.is_nul()",
        &[&format!(
            "the type of `.is_nul()` cannot be told from its name\nhelp: did you mean `is_null`?{HELP}"
        )],
    );
    check_errors(
        "State::Lent",
        &[
            "the type of `State::Lent` cannot be told from its name\nhelp: write it: `State::Lent as Type`",
        ],
    );
    check_errors(
        "a::MAX_PAGES",
        &[
            "the type of `a::MAX_PAGES` cannot be told from its name\nhelp: write it: `a::MAX_PAGES as Type`",
        ],
    );
    check_errors(
        "Utc::now()",
        &[
            "the type of `Utc::now(..)` cannot be told from its name\nhelp: write it: `Utc::now(..) as Type`",
        ],
    );
}

#[test]
fn what_is_written_otherwise_is_reported_so() {
    check_errors("5", &["`5` does not say its type\nhelp: write `5_i32` or `5_i64`"]);
    check_errors(
        "left(title, 1.5)",
        &["`1.5` does not say its type\nhelp: write `1.5_f32` or `1.5_f64`"],
    );
    check_errors(
        "title.eq(None)",
        &[
            "the type of `None` cannot be told\nhelp: to compare with `NULL`, write `.is_null()` or `.is_not_null()`",
        ],
    );
    check_errors("title == \"Emma\"", &["`==` is not for SQL expressions\nhelp: write `.eq(..)`"]);
    check_errors(
        "!in_print",
        &["`!` is not for SQL expressions\nhelp: write `diesel::dsl::not(..)`"],
    );
    check_errors(
        "published.gt(&since)",
        &["a parameter is given without `&`\nhelp: write `since`"],
    );
    check_errors(
        "pages.cast()",
        &["`.cast()` does not say to which type\nhelp: write `.cast::<Type>()`, with an SQL type"],
    );
    check_errors("pages.eq::<i32>(1)", &["`.eq()` takes no types here\nhelp: remove `::<..>`"]);
}

#[test]
fn all_errors_are_reported() {
    check_errors(
        "(5, title.filter(None).find(6).and(7))",
        &[
            "`5` does not say its type\nhelp: write `5_i32` or `5_i64`",
            "the type of `None` cannot be told\nhelp: to compare with `NULL`, write `.is_null()` or `.is_not_null()`",
            "`6` does not say its type\nhelp: write `6_i32` or `6_i64`",
            "`7` does not say its type\nhelp: write `7_i32` or `7_i64`",
        ],
    );
    check_errors(
        "(a.b()() - 1).eq(2)",
        &[&format!("the type of this expression cannot be told{HELP}")],
    );
}
