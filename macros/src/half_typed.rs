//! What `load!` makes of what a user is still writing: what was understood is there, with its shape, and each mistake is
//! told once. `UPDATE_EXPECT=1 cargo test -p upfront-macros` writes the files anew.

use expect_test::{ExpectFile, expect_file};
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{ItemStruct, LitStr};

use crate::load::{Macro, expand_call};
use crate::paths::Tool;

/// `load!` on a model with columns and relations.
fn load(user: &str, tool: Tool) -> TokenStream {
    let user: TokenStream = user.parse().expect("editors close what is open");
    let names = quote!([id id name name bio bio publisher_id publisher_id] [publisher books]);
    let call = quote! { (upfront) { (Author) #names } #user };
    expand_call(syn::parse2(call).expect("a call is well-formed"), Macro::Load, tool)
}

/// The structs with their fields, and what editors are shown, in the order in which they are written.
fn outline(tokens: TokenStream, lines: &mut String) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let rest = || tokens[i..].iter().cloned();
        match token {
            TokenTree::Ident(word) if word == "struct" => {
                let end = rest().position(|token| matches!(token, TokenTree::Group(_)));
                let item = rest().take(end.map_or(0, |end| end + 1)).collect();
                if let Ok(item) = syn::parse2(item) {
                    *lines += &format!("    {}\n", outline_of_struct(&item));
                }
            }
            TokenTree::Ident(word) if word == "hints" || word == "value_for_editors" => {
                let body = match word == "hints" {
                    true => rest().nth(2),
                    false => match rest().nth(1) {
                        Some(TokenTree::Group(closure)) => closure.stream().into_iter().nth(2),
                        _ => None,
                    },
                };
                if let Some(TokenTree::Group(body)) = body {
                    let shown = format!("    for editors: {}", outline_of_hints(&body.stream()));
                    *lines += &format!("{}\n", shown.trim_end());
                }
            }
            TokenTree::Group(group) => outline(group.stream(), lines),
            _ => {}
        }
    }
}

/// The errors that the compiler tells.
fn outline_of_errors(tokens: TokenStream, lines: &mut String) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        match (token, tokens.get(i + 2)) {
            (TokenTree::Ident(word), Some(TokenTree::Group(message)))
                if word == "compile_error" =>
            {
                let message: LitStr = syn::parse2(message.stream()).expect("a message");
                *lines += &format!("    error: {}\n", message.value().replace('\n', "\n    "));
            }
            (TokenTree::Group(group), _) => outline_of_errors(group.stream(), lines),
            _ => {}
        }
    }
}

fn outline_of_struct(item: &ItemStruct) -> String {
    let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
    let fields: Vec<String> = fields.map(ToString::to_string).collect();
    format!("struct {} {{ {} }}", item.ident, fields.join(", "))
}

/// What stands in the function that editors are shown, without what is in all of them.
fn outline_of_hints(body: &TokenStream) -> String {
    let mut text = String::new();
    for word in body.to_string().split_whitespace() {
        let is_part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        if text.ends_with(is_part_of_name) && word.starts_with(is_part_of_name) {
            text.push(' ');
        }
        text += word;
    }
    text.replace("upfront::__private::expanded::", "")
        .replace("use RelationDsl as _;", "")
        .replace(';', "; ")
}

/// What each state of a text expands to.
#[track_caller]
fn check(states: &[&str], expected: ExpectFile) {
    let mut outlines = String::new();
    for state in states {
        let mut lines = format!("load!({state})\n");
        outline(load(state, Tool::Editor), &mut lines);
        outline_of_errors(load(state, Tool::Compiler), &mut lines);
        outlines += &lines;
        outlines.push('\n');
    }
    expected.assert_eq(&outlines);
}

#[test]
fn a_column_and_the_shape() {
    check(
        &[
            "",
            "Author",
            "Author {}",
            "Author { name }",
            "Author { na }",
            "Author { name, }",
            "Author { name bio }",
            "Author { name as }",
            "Author { name as, bio }",
            "Author { name: }",
            "Author { name., bio }",
            "Author { name.na, bio }",
            "Author { na::, bio }",
            "Author { , name }",
            "Author { name,, bio }",
            "Author { only(), name }",
            "Author { only(id, na), name }",
            "Author { only(id, .), name }",
            "Author { defer(), name }",
            "Author { name } bio",
        ],
        expect_file!["half_typed/columns.txt"],
    );
}

#[test]
fn relations() {
    check(
        &[
            "Author { name, join }",
            "Author { name, jo }",
            "Author { join, name }",
            "Author { name, join publisher }",
            "Author { name, join publisher as }",
            "Author { name, join publisher: }",
            "Author { name join publisher { name } }",
            "Author { name, join publisher {} }",
            "Author { name, join publisher { na } }",
            "Author { join publisher { name, prefetch books { title } } }",
            "Author { join publisher { name, prefetch books. } , name }",
            "Author { name, prefetch }",
            "Author { name, prefetch books }",
            "Author { name, prefetch books. }",
            "Author { prefetch books., name }",
            "Author { prefetch books. { title }, name }",
            "Author { prefetch books.fil { title }, name }",
            "Author { prefetch books.filter { title }, name }",
            "Author { name, prefetch books.filter() }",
            "Author { prefetch books.filter() { title }, name }",
            "Author { prefetch books.filter(books::) { title }, name }",
            "Author { prefetch books.filter(books::title.) { title }, name }",
            "Author { prefetch books.filter(books::title.eq()) { title }, name }",
            "Author { prefetch books.filter(books::title.eq(titles.iter().map(|title| title.))) { title }, name }",
            "Author { prefetch books.filter(books::year.gt(5)).order_by(books::) as recent { title }, name }",
            "Author { prefetch books as { title }, name }",
            "Author { prefetch books as recent, name }",
            "Author { prefetch books if { title }, name }",
            "Author { prefetch books if year. { title }, name }",
            "Author { prefetch books: Vec<, name }",
            "Author { prefetch books: Vec<BookCard> params(, ), name }",
            "Author { optional }",
            "Author { optional prefetch, name }",
        ],
        expect_file!["half_typed/relations.txt"],
    );
}

#[test]
fn computations() {
    check(
        &[
            "Author { name, annotate }",
            "Author { name, annotate books }",
            "Author { name, annotate books. }",
            "Author { annotate books., name }",
            "Author { name, annotate books.count() }",
            "Author { name, annotate books.count() as }",
            "Author { annotate books.count() as, name }",
            "Author { name, annotate books.count() as n: }",
            "Author { name, annotate books.filter(books::).count() as n }",
            "Author { name, annotate books.filter(books::year.gt(5)). as n }",
            "Author { name, annotate lower() }",
        ],
        expect_file!["half_typed/computations.txt"],
    );
}

#[test]
fn items() {
    check(
        &[
            "pub",
            "struct",
            "pub struct",
            "pub struct Page",
            "pub struct Page {}",
            "pub struct Page { name }",
            "pub struct Page:",
            "pub struct Page: {}",
            "pub struct Page: Author",
            "pub struct Page: Author {}",
            "pub struct Page: crate::",
            "#[derive()] pub struct Page: Author { na }",
            "#[load(max_queries = )] pub struct Page: Author { name }",
            "#[load(params(since))] pub struct Page: Author { name, prefetch books.filter(books::year.gt(since)) { title } }",
            "pub struct Page: Author { name, prefetch books. }",
            "pub struct Page: Author { name, prefetch books.filter(books::year.) { title } }",
            "pub struct Page: Author { name, #[serde] }",
        ],
        expect_file!["half_typed/items.txt"],
    );
}

#[test]
fn the_whole_of_a_struct() {
    let page = load("pub struct Page: Author { name, prefetch books.fil { ti } }", Tool::Editor);
    let page = syn::parse2(page).expect("a struct is a list of items");
    expect_file!["half_typed/struct.rs"].assert_eq(&prettyplease::unparse(&page));
}
