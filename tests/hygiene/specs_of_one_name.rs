//! Specs of one name in several modules: that one holds the other does not mean that it holds itself.

use diesel::prelude::*;
use upfront::Model;

use crate::schema::{authors, books};

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(has_many(books: Book), module = author_relations)]
struct Author {
    id: i32,
    name: String,
}

#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author), module = book_relations)]
struct Book {
    id: i32,
    title: String,
    author_id: i32,
}

mod author {
    use upfront::LoadSpec;

    #[derive(LoadSpec)]
    #[load(super::Author)]
    pub(super) struct Card {
        pub(super) name: String,
    }

    #[derive(LoadSpec)]
    #[load(super::Author)]
    pub(super) struct Page {
        #[load(prefetch)]
        pub(super) books: Vec<super::book::Page>,
    }
}

mod book {
    use upfront::LoadSpec;

    #[derive(LoadSpec)]
    #[load(super::Book)]
    pub(super) struct Card {
        #[load(join)]
        pub(super) author: Option<super::author::Card>,
    }

    #[derive(LoadSpec)]
    #[load(super::Book)]
    pub(super) struct Page {
        pub(super) title: String,
    }
}

#[test]
fn a_spec_holds_another_modules_spec_of_its_name() {
    let conn = &mut crate::connection::connection();
    let card = book::Card::query().first(conn).unwrap();
    assert_eq!(card.author.unwrap().name, "Ursula");
    let page = author::Page::query().first(conn).unwrap();
    let titles: Vec<_> = page.books.iter().map(|book| book.title.as_str()).collect();
    assert_eq!(titles, ["Rocannon", "City of Illusions"]);
}
