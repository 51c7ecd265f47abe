//! Models that another crate declares.

use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::library;

#[derive(LoadSpec)]
#[load(library::Tag)]
struct TagName {
    name: String,
}

#[derive(LoadSpec)]
#[load(upfront_tests::library::Book)]
struct BookCard {
    title: String,
    #[load(prefetch)]
    tags: Vec<TagName>,
    #[load(annotate = library::book::tags.exists())]
    tagged: bool,
}

#[test]
fn specs_load() {
    use library::book::Loaded as _;
    use library::books;

    let conn = &mut crate::connection::connection();
    let books = BookCard::query().order(books::id).load(conn).unwrap();
    assert_eq!(books[1].title, "City of Illusions");
    assert_eq!(books[1].tags[0].name, "novel");
    assert_eq!((books[1].title().as_str(), books[1].tags().len()), ("City of Illusions", 1));
    assert_eq!((books[0].tagged, books[1].tagged), (false, true));
}
