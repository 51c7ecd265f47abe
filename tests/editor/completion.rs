//! What is offered while a text is written. `$0` is where the cursor stands.

use crate::editor::Editor;

const AUTHOR: &[&str] = &["bio", "id", "name", "publisher_id"];
const AUTHOR_RELATIONS: &[&str] = &["books", "publisher"];
const PUBLISHER: &[&str] = &["id", "name"];
const BOOK: &[&str] = &["author_id", "id", "title", "year"];

/// Exactly these fields are offered in each of the texts.
#[track_caller]
fn check_fields(editor: &mut Editor, expected: &[&str], texts: &[&str]) {
    for text in texts {
        let offered = editor.complete(text);
        assert_eq!(offered.fields, expected, "in {text}");
    }
}

/// These methods, variables and types are offered in each of the texts.
#[track_caller]
fn check_others(editor: &mut Editor, expected: &[&str], texts: &[&str]) {
    for text in texts {
        let offered = editor.complete(text).others;
        for name in expected {
            assert!(offered.iter().any(|other| other == name), "no {name} in {text}: {offered:?}");
        }
    }
}

fn in_function(loads: &[&str]) -> Vec<String> {
    loads.iter().map(|load| format!("fn page(year: i32) {{ {load}; }}")).collect()
}

macro_rules! check {
    ($check:ident($editor:expr, $expected:expr), $($load:expr,)*) => {
        let texts = in_function(&[$($load),*]);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        $check($editor, $expected, &texts);
    };
}

pub(crate) fn columns(editor: &mut Editor) {
    check!(
        check_fields(editor, AUTHOR),
        "load!(Author { $0 })",
        "load!(Author { na$0 })",
        "load!(Author { name, $0 })",
        "load!(Author { $0, name })",
        "load!(Author { name, na$0, join publisher { name } })",
        "load!(Author { name na$0 })",
        "load!(Author { join publisher { name } na$0 })",
        "load!(Author { $0 name })",
        "load!(Author { na$0 as title })",
        "load!(Author { #[serde(skip)] na$0 })",
    );
}

pub(crate) fn columns_in_lists(editor: &mut Editor) {
    check!(
        check_fields(editor, AUTHOR),
        "load!(Author { only($0) })",
        "load!(Author { only(id, na$0) })",
        "load!(Author { only($0), join publisher { name } })",
        "load!(Author { defer(bi$0) })",
        "load!(Author { defer($0) })",
    );
}

pub(crate) fn columns_of_relations(editor: &mut Editor) {
    check!(
        check_fields(editor, PUBLISHER),
        "load!(Author { join publisher { $0 } })",
        "load!(Author { join publisher { na$0 }, name })",
        "load!(Author { join publisher { $0 }, name })",
        "load!(Author { join publisher as house { $0 } })",
        "load!(Author { join author::publisher { na$0 } })",
        "load!(Author { prefetch books { join author { join publisher { na$0 } } } })",
    );
    check!(
        check_fields(editor, BOOK),
        "load!(Author { prefetch books { ti$0 } })",
        "load!(Author { prefetch books.filter(books::year.gt(year)).limit(5) as recent { $0 } })",
        "load!(Author { prefetch books.filter( ) { ti$0 } })",
        "load!(Author { prefetch books. { ti$0 } })",
        "load!(Author { prefetch books: Book { ti$0 } })",
        "load!(Author { prefetch books if year > 5 { ti$0 } })",
    );
}

pub(crate) fn relations(editor: &mut Editor) {
    check!(
        check_fields(editor, AUTHOR_RELATIONS),
        "load!(Author { join $0 })",
        "load!(Author { join $0, name })",
        "load!(Author { name, join pub$0 })",
        "load!(Author { name join pub$0 { name } })",
        "load!(Author { name, prefetch $0 })",
        "load!(Author { name, prefetch bo$0 })",
        "load!(Author { prefetch bo$0, name })",
        "load!(Author { prefetch bo$0 { title } })",
        "load!(Author { name, annotate $0 })",
        "load!(Author { annotate bo$0, name })",
    );
    check!(
        check_fields(editor, &["author", "tags"]),
        "load!(Author { prefetch books { title, prefetch $0 } })",
        "load!(Author { prefetch books { title, join au$0 } })",
    );
}

pub(crate) fn what_refines_a_prefetch(editor: &mut Editor) {
    check!(
        check_others(
            editor,
            &["filter", "or_filter", "order_by", "then_order_by", "limit", "offset"]
        ),
        "load!(Author { name, prefetch books.$0 })",
        "load!(Author { prefetch books.$0, name })",
        "load!(Author { prefetch books.$0 { title } })",
        "load!(Author { prefetch books.fi$0 { title } })",
        "load!(Author { prefetch books.filter(books::year.gt(5)).$0 { title } })",
        "load!(Author { prefetch books.filter(books::year.gt(5)).$0 })",
        "load!(Author { prefetch author::books.$0 { title } })",
        "load!(Author { join publisher { name }, prefetch books.limit(5).$0 as recent { title } })",
    );
}

pub(crate) fn columns_and_their_methods_in_a_filter(editor: &mut Editor) {
    check!(
        check_others(editor, &["author_id", "id", "title", "year"]),
        "load!(Author { prefetch books.filter(books::$0) { title } })",
        "load!(Author { prefetch books.filter(books::ti$0) { title } })",
        "load!(Author { prefetch books.filter(books::$0) })",
        "load!(Author { prefetch books.filter(books::year.gt(5)).order_by(books::$0) { title } })",
        "load!(Author { annotate books.filter(books::$0).count() as n })",
    );
    check!(
        check_others(editor, &["eq", "like", "desc"]),
        "load!(Author { prefetch books.filter(books::title.$0) { title } })",
        "load!(Author { prefetch books.filter(books::title.e$0) { title } })",
        "load!(Author { prefetch books.order_by(books::title.$0) { title } })",
        "load!(Author { annotate books.filter(books::title.$0).count() as n })",
    );
}

pub(crate) fn local_variables(editor: &mut Editor) {
    check!(
        check_others(editor, &["year"]),
        "load!(Author { prefetch books.filter(books::year.ge(ye$0)) { title } })",
        "load!(Author { prefetch books.filter(books::year.ge($0)) { title } })",
        "load!(Author { prefetch books if ye$0 { title } })",
        "load!(Author { annotate books.filter(books::year.ge(ye$0)).count() as n })",
    );
    check!(
        check_others(editor, &["pow", "checked_sub"]),
        "load!(Author { prefetch books.filter(books::year.ge(year.$0)) { title } })",
        "load!(Author { prefetch books if year.$0 { title } })",
    );
    let in_a_closure = "books::title.eq_any(titles.iter().map(|title| title.$0))";
    let text = format!(
        "fn page(titles: &[String]) {{ load!(Author {{ prefetch books.filter({in_a_closure}) {{ title }} }}); }}"
    );
    check_others(editor, &["len", "as_str"], &[&text]);
}

pub(crate) fn what_is_computed_of_a_relation(editor: &mut Editor) {
    check!(
        check_others(editor, &["count", "sum", "max", "exists", "filter"]),
        "load!(Author { name, annotate books.$0 })",
        "load!(Author { annotate books.$0, name })",
        "load!(Author { annotate books.co$0 as n })",
        "load!(Author { annotate books.filter(books::year.gt(5)).$0 })",
        "load!(Author { annotate books.filter(books::year.gt(5)).co$0 as n, name })",
    );
}

pub(crate) fn types_and_models(editor: &mut Editor) {
    check!(
        check_others(editor, &["Author", "Book"]),
        "load!(Au$0)",
        "load!(Au$0 { name })",
        "load!(crate::models::$0)",
        "load!(crate::models::$0 { name })",
        "load!(Author { prefetch books: Vec<Bo$0> })",
        "load!(Author { prefetch books: Bo$0 { title } })",
    );
}

pub(crate) fn structs(editor: &mut Editor) {
    check_fields(
        editor,
        AUTHOR,
        &[
            "load! { pub struct Page: Author { $0 } }",
            "load! { #[derive(Debug)] pub struct Page: Author { na$0 } }",
        ],
    );
    check_fields(
        editor,
        AUTHOR_RELATIONS,
        &[
            "load! { pub struct Page: Author { name, join $0 } }",
            "load! { pub struct Page: Author { optional prefetch bo$0 } }",
        ],
    );
    check_others(editor, &["filter"], &["load! { pub struct Page: Author { prefetch books.$0 } }"]);
    check_others(
        editor,
        &["since"],
        &[
            "load! { #[load(params(since: i32))] pub struct Page: Author { prefetch books.filter(books::year.gt(si$0)) { title } } }",
        ],
    );
    check_others(
        editor,
        &["Author"],
        &[
            "load! { pub struct Page: Au$0 }",
            "load! { pub struct Page: crate::models::$0 }",
            "load! { pub struct Page: Au$0 { name } }",
        ],
    );
}

pub(crate) fn columns_of_a_selection(editor: &mut Editor) {
    check!(
        check_fields(editor, AUTHOR),
        "columns!(Author { $0 })",
        "columns!(Author { only(na$0) })",
        "columns!(Author { defer($0) })",
    );
}
