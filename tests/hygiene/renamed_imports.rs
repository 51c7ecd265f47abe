//! Models under other names, and by glob imports.

use diesel::prelude::*;
use upfront::LoadSpec;

mod models {
    use crate::schema::{authors, books};
    use upfront::Model;

    #[derive(Model)]
    #[diesel(table_name = authors)]
    #[model(has_many(books: Book))]
    pub(crate) struct Author {
        pub(crate) id: i32,
        pub(crate) name: String,
    }

    #[derive(Model)]
    #[diesel(table_name = books)]
    #[model(belongs_to(author: Author))]
    pub(crate) struct Book {
        pub(crate) id: i32,
        pub(crate) title: String,
        pub(crate) author_id: i32,
    }
}

mod by_another_name {
    use super::models::Author as Writer;
    use super::*;

    #[derive(LoadSpec)]
    #[load(Writer)]
    pub(super) struct WriterName {
        pub(super) name: String,
    }
}

mod by_glob {
    use super::models::*;
    use super::*;

    #[derive(LoadSpec)]
    #[load(Book)]
    pub(super) struct BookCard {
        #[load(join = book::author)]
        pub(super) writer: by_another_name::WriterName,
    }
}

#[test]
fn specs_load() {
    let book = by_glob::BookCard::query().first(&mut crate::connection::connection()).unwrap();
    assert_eq!(book.writer.name, "Ursula");
}
