//! Filters that hold queries of their own.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::library::*;
use crate::support::sorted;

fn titles(books: Vec<Title>) -> Vec<String> {
    sorted(books.into_iter().map(|book| book.title))
}

#[test]
fn a_filter_takes_subqueries_and_lists() {
    let conn = &mut library();
    let of_ann = authors::table.filter(authors::name.eq("Ann")).select(authors::id);
    let query = Title::query().filter(books::author_id.eq_any(of_ann)).order(books::id);
    assert_eq!(titles(query.load(conn).unwrap()), ["Atlas", "Bones"]);

    let query = Title::query().filter(books::id.eq_any([3, 1, 99])).order(books::id);
    assert_eq!(titles(query.load(conn).unwrap()), ["Atlas", "Comet"]);

    let tagged = book_tags::table.filter(book_tags::book_id.eq(books::id));
    let query = Title::query().filter(exists(tagged)).order(books::id);
    assert_eq!(titles(query.load(conn).unwrap()), ["Atlas", "Comet"]);
}
