//! Where `load!` can be written: wherever an expression can, and its item form wherever an item can.
// Paths longer than they need be are models all the same.
#![allow(unused_qualifications)]

use diesel::prelude::*;
use upfront::load;

use crate::library::*;

#[test]
fn in_a_let_and_in_a_block() {
    let conn = &mut library();
    let query = {
        let since = 1;
        load!(Author { name, prefetch books.filter(books::id.gt(since)) { title } })
    };
    let authors = query.order(authors::id).load(conn).unwrap();
    assert_eq!(authors[0].books[0].title, "Bones");
}

#[test]
fn in_a_match() {
    let conn = &mut library();
    for (sorted, expected) in [(true, ["Bones", "Atlas"]), (false, ["Atlas", "Bones"])] {
        let titles = match sorted {
            true => {
                let ann = load!(Author { prefetch books.order_by(books::title.desc()) { title } });
                let ann = ann.find(1).first(conn).unwrap();
                ann.books.into_iter().map(|book| book.title).collect::<Vec<_>>()
            }
            false => load!(Author { prefetch books.order_by(books::title) { title } })
                .find(1)
                .first(conn)
                .map(|ann| ann.books.into_iter().map(|book| book.title).collect())
                .unwrap(),
        };
        assert_eq!(titles, expected);
    }
    match load!(Author { name }).find(3).first(conn) {
        Ok(row) if row.name == "Cyd" => {}
        other => panic!("not Cyd: {other:?}"),
    }
}

#[test]
fn as_an_argument_and_as_a_receiver() {
    fn names<Q, R: std::fmt::Debug>(query: Q, conn: &mut SqliteConnection) -> Vec<R>
    where
        Q: for<'a> diesel::query_dsl::LoadQuery<'a, SqliteConnection, R>,
    {
        query.load(conn).unwrap()
    }

    let conn = &mut library();
    assert_eq!(names(load!(Tag { name }), conn).len(), 2);
    let debug =
        format!("{:?}", names(load!(Publisher { name }).filter(publishers::id.eq(2)), conn));
    assert_eq!(debug, "[LoadedPublisher { name: \"Tor\" }]");
    assert_eq!(load!(Book { id }).count().get_result(conn), Ok(3));
}

#[test]
fn in_a_loop() {
    let conn = &mut library();
    let mut titles = Vec::new();
    for id in [2, 1] {
        for book in load!(Book { title, join author { name } })
            .filter(books::author_id.eq(id))
            .load(conn)
            .unwrap()
        {
            titles.push(format!("{} by {}", book.title, book.author.name));
        }
    }
    assert_eq!(titles, ["Comet by Bob", "Atlas by Ann", "Bones by Ann"]);
}

#[test]
fn several_in_one_expression() {
    let conn = &mut library();
    let (authors, books) = (
        load!(Author { id, prefetch books { id } }).load(conn).unwrap(),
        load!(Book { id, prefetch tags { id } }).load(conn).unwrap(),
    );
    assert_eq!((authors.len(), books[0].tags.len()), (3, 2));
    let one_in_another = load!(Author {
        name,
        prefetch books.filter(books::id.eq_any(
            load!(Book { id }).filter(books::title.eq("Comet")).load(conn).unwrap().iter().map(|row| row.id)
        )) { title },
    });
    let authors = one_in_another.order(authors::id).load(conn).unwrap();
    assert_eq!(authors.iter().map(|row| row.books.len()).collect::<Vec<_>>(), [0, 1, 0]);
}

mod outer {
    use super::*;

    pub(super) mod inner {
        use diesel::prelude::*;
        use upfront::load;

        /// Models by their paths, none of which is in scope.
        pub(crate) fn titles(conn: &mut SqliteConnection) -> Vec<String> {
            let tags = load!(crate::library::Tag {
                *,
                prefetch books: super::super::Book { *, join author: crate::library::Author { defer(bio) } },
            });
            let tags = tags.filter(crate::library::tags::name.eq("rust")).load(conn).unwrap();
            tags[0]
                .books
                .iter()
                .map(|book| format!("{} {}", book.author.name, book.title))
                .collect()
        }
    }

    load! {
        #[derive(Debug, PartialEq)]
        pub(in super::super) struct Shelf: Author { name, prefetch books { title } }
    }

    pub(super) struct Store(pub(super) SqliteConnection);

    impl Store {
        pub(super) fn shelves(&mut self) -> QueryResult<Vec<Shelf>> {
            Shelf::query().order(authors::id).load(&mut self.0)
        }

        pub(super) fn titles(&mut self, least: i32) -> Vec<String> {
            let books =
                load!(Book { title }).filter(books::id.ge(least)).load(&mut self.0).unwrap();
            books.into_iter().map(|book| book.title).collect()
        }

        const NONE: i32 = 9;

        /// `Self` is that of the impl.
        pub(super) fn none(&mut self) -> usize {
            let authors = load!(Author { prefetch books.filter(books::id.ge(Self::NONE)) { id } });
            authors.load(&mut self.0).unwrap().iter().map(|author| author.books.len()).sum()
        }
    }
}

#[test]
fn in_modules_and_impls() {
    let mut store = outer::Store(library());
    assert_eq!(outer::inner::titles(&mut store.0), ["Ann Atlas"]);
    assert_eq!(store.titles(2), ["Bones", "Comet"]);
    assert_eq!(store.none(), 0);
    let shelves = store.shelves().unwrap();
    assert_eq!((shelves[0].name.as_str(), shelves[0].books[1].title.as_str()), ("Ann", "Bones"));
}

#[test]
fn an_item_in_a_function_and_in_a_block() {
    let conn = &mut library();
    load! { struct Name: Author { name } }
    let outer = Name::query().find(1).first(conn).unwrap();
    let inner = {
        load! { struct Name: Publisher { name } }
        Name::query().find(1).first(conn).unwrap().name
    };
    assert_eq!((outer.name.as_str(), inner.as_str()), ("Ann", "Ace"));
}

/// Loads what the user of the macro says, of a model, with a condition.
macro_rules! titles_of {
    ($model:path, $relation:ident, $condition:expr, $least:literal) => {
        load!($model {
            name,
            prefetch $relation.filter($condition).filter(books::id.ge($least)) { title },
        })
    };
}

macro_rules! named {
    ($vis:vis $name:ident: $model:path { $($column:ident: $ty:ty),* $(; $count:expr => $as:ident)? }) => {
        load! {
            #[derive(Debug)]
            $vis struct $name: $model { $($column: $ty,)* $(annotate $count as $as,)? }
        }
    };
}

named!(pub(crate) Named: Author { id: i32, name: String; books.count() => written });

macro_rules! refined {
    ($($relation:ident as $field:ident: $ty:ty, $($step:ident($value:expr)),*;)*) => {
        load!(Author { $(prefetch $relation$(.$step($value))* as $field: $ty,)* })
    };
}

#[test]
fn in_a_users_macro() {
    let conn = &mut library();
    let title = String::from("Bones");
    let query = titles_of!(crate::library::Author, books, books::title.ne(&title), 1);
    let authors = query.order(authors::id).load(conn).unwrap();
    assert_eq!(authors.iter().map(|row| row.books.len()).collect::<Vec<_>>(), [1, 1, 0]);

    let named = Named::query().order(authors::id).load(conn).unwrap();
    assert_eq!((named[0].id, named[0].name.as_str(), named[0].written), (1, "Ann", 2));

    let refined = refined! {
        books as written: Vec<Title>, filter(books::id.gt(1)), order_by(books::id);
        edited as edited: Vec<Title>, limit(1);
    };
    let refined = refined.order(authors::id).load(conn).unwrap();
    assert_eq!((refined[0].written.len(), refined[0].edited.len()), (1, 1));
}

#[test]
fn names_of_the_expansion_are_no_names_of_the_user() {
    let conn = &mut library();
    let (given_0, query, value_0, place, params) = (1, 2, 3, 4, "Ann");
    let authors = load!(Author {
        annotate authors::id.gt(given_0) as after,
        annotate authors::name.eq(params) as is_it,
        prefetch books.filter(books::id.le(query)).filter(books::id.ne(value_0)).filter(books::id.lt(place)) { id },
    })
    .order(authors::id)
    .load(conn)
    .unwrap();
    let shown: Vec<_> = authors.iter().map(|row| (row.after, row.is_it, row.books.len())).collect();
    assert_eq!(shown, [(false, true, 2), (true, false, 0), (true, false, 0)]);
}
