//! Models and specs in the body of a function, which no path leads to.

use diesel::prelude::*;
use upfront::{LoadSpec, Model, load};

use crate::schema::{authors, books};

#[test]
fn models_and_specs_are_declared_and_loaded() {
    #[derive(Model)]
    #[diesel(table_name = authors)]
    #[allow(dead_code)]
    struct Author {
        id: i32,
        name: String,
    }

    #[derive(LoadSpec)]
    #[load(Author)]
    struct AuthorName {
        name: String,
    }

    let author = AuthorName::query().find(1).first(&mut crate::connection::connection()).unwrap();
    assert_eq!(author.name, "Ursula");
    use author::Loaded as _;
    assert_eq!(author.name(), "Ursula");
}

#[test]
fn a_second_model_of_the_same_name_is_another() {
    #[derive(Model)]
    #[diesel(table_name = books)]
    #[allow(dead_code)]
    struct Author {
        id: i32,
        title: String,
    }

    #[derive(LoadSpec)]
    #[load(Author)]
    struct Title {
        title: String,
    }

    let title = Title::query().find(1).first(&mut crate::connection::connection()).unwrap();
    assert_eq!(title.title, "Rocannon");
}

#[test]
fn load_in_place() {
    #[derive(Model)]
    #[diesel(table_name = authors)]
    #[model(has_many(books: Book))]
    #[allow(dead_code)]
    struct Author {
        id: i32,
        name: String,
    }

    #[derive(Model)]
    #[diesel(table_name = books)]
    #[model(belongs_to(author: Author))]
    #[allow(dead_code)]
    struct Book {
        id: i32,
        title: String,
        author_id: i32,
    }

    load! { struct Shelf: Author { name, prefetch books { title } } }

    let conn = &mut crate::connection::connection();
    let shelf = Shelf::query().first(conn).unwrap();
    assert_eq!(
        (shelf.name.as_str(), shelf.books[1].title.as_str()),
        ("Ursula", "City of Illusions")
    );
    let book = load!(Book { *, join author: Author { defer(id) } }).first(conn).unwrap();
    assert_eq!((book.id, book.author_id), (1, 1));
    assert_eq!((book.title.as_str(), book.author.name.as_str()), ("Rocannon", "Ursula"));
}
