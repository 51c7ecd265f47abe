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

#[test]
fn a_subquery_refers_to_joined_columns() {
    let conn = &mut library();
    let publisher = || BookCard::author.field(authors::publisher_id);
    let at_ace = publishers::table
        .filter(publishers::name.eq("Ace"))
        .filter(publishers::id.nullable().eq(publisher()));
    let books = BookCard::query().filter(exists(at_ace)).order(books::id).load(conn).unwrap();
    assert_eq!(
        books.iter().map(|book| book.title.as_str()).collect::<Vec<_>>(),
        ["Atlas", "Bones"]
    );
    // The table of the subquery is joined as well: by another name, so that neither is taken for the other.
    let names = authors::table.filter(authors::bio.is_not_null()).select(authors::name);
    let by_name = BookCard::query().filter(BookCard::author.field(authors::name).eq_any(names));
    assert_eq!(by_name.first(conn).unwrap().title, "Comet");
    let tagged = book_tags::table.filter(book_tags::book_id.eq(books::id));
    let boxed = Shelf::query().into_boxed();
    let tagged = books::table.filter(books::author_id.eq(authors::id)).filter(exists(tagged));
    assert_eq!(boxed.filter(exists(tagged)).load(conn).unwrap().len(), 2);
}
