//! What is offered of loaded rows: what was asked for, and nothing else.

use crate::editor::Editor;

/// The rows of a `load!` have exactly these fields behind the cursor.
#[track_caller]
fn check(editor: &mut Editor, load: &str, cases: &[(&str, &[&str])]) {
    for (place, expected) in cases {
        let text = format!(
            "fn page(year: i32, conn: &mut SqliteConnection) {{ let authors = {load}.load(conn).unwrap(); authors{place}.$0 }}"
        );
        assert_eq!(editor.complete(&text).fields, *expected, "in {text}");
    }
}

pub(crate) fn fields_at_every_depth(editor: &mut Editor) {
    check(
        editor,
        "load!(Author {
            name,
            bio as about,
            join publisher { name },
            prefetch books.filter(books::year.ge(year)) as recent { title, prefetch tags { name } },
        })",
        &[
            ("[0]", &["about", "name", "publisher", "recent"]),
            ("[0].publisher.as_ref().unwrap()", &["name"]),
            ("[0].recent[0]", &["tags", "title"]),
            ("[0].recent[0].tags[0]", &["name"]),
        ],
    );
    check(
        editor,
        "load!(Author { name, annotate books.count() as book_count })",
        &[("[0]", &["book_count", "name"])],
    );
    check(
        editor,
        "load!(Author { name, annotate books.filter(books::year.gt(5)).count() as new_count })",
        &[("[0]", &["name", "new_count"])],
    );
    check(editor, "load!(Author { defer(bio) })", &[("[0]", &["id", "name", "publisher_id"])]);
}

pub(crate) fn fields_while_the_text_is_unfinished(editor: &mut Editor) {
    check(
        editor,
        "load!(Author { name, prefetch books. { title, prefetch tags { name } } })",
        &[("[0]", &["books", "name"]), ("[0].books[0]", &["tags", "title"])],
    );
    check(
        editor,
        "load!(Author { name, prefetch books.filter(books::) as recent { title } })",
        &[("[0]", &["name", "recent"]), ("[0].recent[0]", &["title"])],
    );
    check(
        editor,
        "load!(Author { name join publisher { name } })",
        &[("[0]", &["name", "publisher"]), ("[0].publisher.as_ref().unwrap()", &["name"])],
    );
    check(editor, "load!(Author { name, bio, join })", &[("[0]", &["bio", "name"])]);
}

pub(crate) fn fields_of_a_struct(editor: &mut Editor) {
    let page = "load! { pub struct Page: Author { name, prefetch books { title } } }";
    for (place, expected) in [("[0]", ["books", "name"].as_slice()), ("[0].books[0]", &["title"])] {
        let text = format!(
            "{page} fn page(conn: &mut SqliteConnection) {{ let pages = Page::query().load(conn).unwrap(); pages{place}.$0 }}"
        );
        assert_eq!(editor.complete(&text).fields, expected, "in {text}");
    }
}
