//! Something else selected from the query of a spec.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::library::*;

#[test]
fn select_makes_it_a_query_for_something_else() {
    let conn = &mut library();
    let ids = Shelf::query().filter(authors::name.ne("Bob")).order(authors::id).select(authors::id);
    assert_eq!(ids.load::<i32>(conn).unwrap(), [1, 3]);
    let joined = BookCard::query()
        .order(books::id)
        .select((books::title, BookCard::author.field(authors::name)));
    let rows: Vec<(String, String)> = joined.load(conn).unwrap();
    assert_eq!(rows[2], ("Comet".into(), "Bob".into()));
    let editors = BookCard::query().order(books::id).select(BookCard::editor.field(authors::name));
    let rows: Vec<Option<String>> = editors.load(conn).unwrap();
    assert_eq!(rows, [Some("Bob".into()), None, Some("Ann".into())]);
    assert_eq!(Title::query().select(count_star()).get_result::<i64>(conn).unwrap(), 3);
}

#[test]
fn another_selection_keeps_the_limit_and_the_offset() {
    let conn = &mut library();
    let query = Title::query().order(books::id).limit(1).offset(1).select(books::title);
    assert_eq!(query.load::<String>(conn).unwrap(), ["Bones"]);
    let query = Title::query().order(books::id).into_boxed().limit(2).select(books::title);
    assert_eq!(query.load::<String>(conn).unwrap(), ["Atlas", "Bones"]);
}
