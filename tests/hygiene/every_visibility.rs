//! Models of each visibility, in modules in modules, reached by their full paths.

use diesel::prelude::*;
use upfront::{LoadSpec, load};

mod models {
    pub(crate) mod of_the_crate {
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

    pub(super) mod of_the_parent {
        use crate::schema::{authors, books};
        use upfront::Model;

        #[derive(Model)]
        #[diesel(table_name = authors)]
        #[model(has_many(books: Book))]
        pub(in super::super) struct Author {
            pub(in super::super) id: i32,
            pub(in super::super) name: String,
        }

        #[derive(Model)]
        #[diesel(table_name = books)]
        #[model(belongs_to(author: Author))]
        pub(in super::super) struct Book {
            pub(in super::super) id: i32,
            pub(in super::super) title: String,
            pub(in super::super) author_id: i32,
        }
    }
}

#[derive(LoadSpec)]
#[load(crate::every_visibility::models::of_the_crate::Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(crate::every_visibility::models::of_the_crate::Author)]
struct Shelf {
    #[load(prefetch = crate::every_visibility::models::of_the_crate::author::books)]
    titles: Vec<Title>,
}

#[derive(LoadSpec)]
#[load(models::of_the_parent::Author)]
struct AuthorName {
    name: String,
}

#[derive(LoadSpec)]
#[load(self::models::of_the_parent::Book)]
struct BookCard {
    #[load(join)]
    author: AuthorName,
}

#[test]
fn specs_load() {
    use models::of_the_crate::author::Loaded as _;
    use models::of_the_parent::book::Loaded as _;

    let conn = &mut crate::connection::connection();
    let shelf = Shelf::query().first(conn).unwrap();
    let titles: Vec<_> = shelf.titles.iter().map(|book| book.title.as_str()).collect();
    assert_eq!(titles, ["Rocannon", "City of Illusions"]);
    assert_eq!(shelf.books().len(), 2);
    let card = BookCard::query().first(conn).unwrap();
    assert_eq!((card.author().name().as_str(), card.author.name.as_str()), ("Ursula", "Ursula"));
}

load! {
    /// Of a model of the crate, by its path.
    pub(crate) struct Page: crate::every_visibility::models::of_the_crate::Author {
        *,
        prefetch books: models::of_the_crate::Book { defer(author_id) },
    }
}

load! {
    struct Card: self::models::of_the_parent::Book { title, join author { name } }
}

#[test]
fn load_in_place() {
    let conn = &mut crate::connection::connection();
    let page = Page::query().first(conn).unwrap();
    assert_eq!((page.id, page.name.as_str(), page.books[1].id), (1, "Ursula", 2));
    assert_eq!(page.books[0].title, "Rocannon");
    let card = Card::query().first(conn).unwrap();
    assert_eq!((card.title.as_str(), card.author.name.as_str()), ("Rocannon", "Ursula"));
    let shelf = load!(models::of_the_parent::Author {
        *,
        prefetch models::of_the_parent::author::books as titles { title },
    });
    let shelf = shelf.first(conn).unwrap();
    assert_eq!((shelf.id, shelf.name.as_str(), shelf.titles.len()), (1, "Ursula", 2));
}
