//! Specs that others see, and that hold what they do not.

use diesel::prelude::*;
use upfront::LoadSpec;

use crate::library::library;

/// A spec that others see, and whose private fields hold what they do not.
mod visibility {
    use super::*;
    use crate::library::{Author, Book};

    #[derive(LoadSpec, Clone)]
    #[load(Author)]
    struct Hidden {
        name: String,
    }

    #[derive(LoadSpec)]
    #[load(Book)]
    pub(crate) struct Shown {
        #[load(join)]
        author: Hidden,
        #[load(prefetch = editor)]
        editor: Option<Hidden>,
    }

    impl Shown {
        pub(crate) fn people(&self) -> Vec<&str> {
            let names = self.editor.iter().chain([&self.author]);
            names.map(|person| person.name.as_str()).collect()
        }
    }
}

#[test]
fn a_spec_may_hold_private_specs_in_private_fields() {
    let conn = &mut library();
    let book = visibility::Shown::query().find(1).first(conn).unwrap();
    assert_eq!(book.people(), ["Bob", "Ann"]);
}
