//! Models and specs in the body of a function, which no path leads to.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

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
