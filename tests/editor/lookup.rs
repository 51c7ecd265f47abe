//! What is told of a name, where it leads to, and what is renamed with it.

use crate::editor::Editor;

#[track_caller]
fn check_definition(editor: &mut Editor, text: &str, expected: &str) {
    let lines = editor.definition(text);
    assert!(lines.iter().any(|line| line == expected), "{text} leads to {lines:#?}");
}

pub(crate) fn a_column_is_its_field_of_the_model(editor: &mut Editor) {
    for text in [
        "fn page() { load!(Author { na$0me }); }",
        "fn page() { load!(Author { only(na$0me) }); }",
        "load! { pub struct Page: Author { na$0me } }",
    ] {
        check_definition(editor, text, "models.rs: pub name: String,");
        let told = editor.hover(text);
        assert!(told.contains("What the author is called."), "{text} tells {told}");
    }
    let text = "fn page() { load!(Author { join publisher { na$0me } }); }";
    let told = editor.hover(text);
    assert!(told.contains("What the publisher is called."), "{text} tells {told}");
}

pub(crate) fn a_relation_is_that_of_the_model(editor: &mut Editor) {
    for text in [
        "fn page() { load!(Author { join publi$0sher { name } }); }",
        "fn page() { load!(Author { join publi$0sher }); }",
    ] {
        let relations = "#[model(belongs_to(publisher: Publisher), has_many(books: Book))]";
        check_definition(editor, text, &format!("models.rs: {relations}"));
    }
    check_definition(
        editor,
        "fn page() { load!(Au$0thor { name }); }",
        "models.rs: pub struct Author {",
    );
}

pub(crate) fn a_local_variable_is_renamed(editor: &mut Editor) {
    let text = |name: &str, cursor: &str| {
        format!(
            "fn page() {{ let {name}{cursor} = 1900; load!(Author {{ prefetch books.filter(books::year.ge({name})) {{ title }}, annotate books.filter(books::year.lt({name})).count() as n }}); }}"
        )
    };
    assert_eq!(editor.rename(&text("year", "$0"), "since"), text("since", ""));
}

/// An editor that does not understand what the compiler does would mark it.
pub(crate) fn nothing_is_wrong_with_what_is_right(editor: &mut Editor) {
    for text in [
        "fn page(year: i32) { load!(Author {
            name,
            join publisher { name },
            prefetch books.filter(books::year.ge(year)).order_by(books::year.desc()).limit(5) as recent {
                title,
                prefetch tags { name },
            },
            annotate books.filter(books::year.lt(year)).count() as n,
            annotate authors::name.like(\"A%\") as is_a: bool,
        }); }",
        "load! {
            #[derive(Debug)]
            #[load(params(since: i32))]
            pub struct Page: Author {
                name as title,
                prefetch author::books.filter(books::year.gt(since)).limit(4) { title },
                optional prefetch books as all: Vec<BookCard>,
            }
        }
        #[derive(LoadSpec, Debug)]
        #[load(Book)]
        struct BookCard { title: String }",
        "fn page(year: QueryResult<i32>) -> QueryResult<()> {
            load!(Author { *, prefetch books.filter(books::year.ge(year?)) if 3 < 4 { title } });
            Ok(())
        }",
        "fn page() { columns!(Author { defer(bio) }); }",
    ] {
        assert_eq!(editor.errors(text), Vec::<String>::new(), "in {text}");
    }
    assert!(!editor.errors("fn page() { load!(Author { nmae }); }").is_empty());
}
