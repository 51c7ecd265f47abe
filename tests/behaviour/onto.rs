//! Relations loaded onto values that the program already has.

use diesel::prelude::*;
use upfront::{AsKey, LoadSpec, Model, RelationDsl};

use crate::library::*;
use crate::support::{Trace, database, sorted};

fn author(id: i32, publisher_id: Option<i32>) -> Author {
    Author { id, name: format!("author {id}"), bio: None, publisher_id }
}

fn titles(books: &[Title]) -> Vec<&str> {
    sorted(books.iter().map(|book| book.title.as_str()))
}

#[test]
fn the_result_is_aligned_with_the_slice() {
    let conn = &mut library();
    let authors = [author(2, None), author(9, None), author(1, None), author(2, None)];
    let books = author::books.load_onto::<Title>(&authors, conn).unwrap();
    let books: Vec<_> = books.iter().map(|books| titles(books)).collect();
    assert_eq!(books, [vec!["Comet"], vec![], vec!["Atlas", "Bones"], vec!["Comet"]]);
}

#[test]
fn a_relation_to_one_gives_an_option() {
    let conn = &mut library();
    let authors = [author(1, Some(2)), author(2, None), author(3, Some(99)), author(4, Some(2))];
    let publishers = author::publisher.load_onto::<PublisherName>(&authors, conn).unwrap();
    let names: Vec<_> =
        publishers.iter().map(|publisher| publisher.as_ref().map(|found| &*found.name)).collect();
    assert_eq!(names, [Some("Tor"), None, None, Some("Tor")]);
}

#[test]
fn one_query_is_run_for_all_and_none_without_keys() {
    let conn = &mut library();
    let trace = Trace::of(conn);
    author::books.load_onto::<Title>(&[author(1, None), author(2, None)], conn).unwrap();
    assert_eq!(trace.sql().len(), 1);
    author::books.load_onto::<Title>(&[] as &[Author], conn).unwrap();
    author::publisher.load_onto::<PublisherName>(&[author(1, None)], conn).unwrap();
    assert_eq!(trace.sql(), [""; 0]);
}

#[test]
fn rows_of_specs_carry_the_keys_that_they_list() {
    #[derive(LoadSpec)]
    #[load(Book)]
    struct Written {
        author_id: i32,
        editor_id: Option<i32>,
    }

    let conn = &mut library();
    let books = Written::query().order(books::id).load(conn).unwrap();
    let authors = book::author.load_onto::<AuthorName>(&books, conn).unwrap();
    let names: Vec<_> = authors.into_iter().map(|author| author.unwrap().name).collect();
    assert_eq!(names, ["Ann", "Ann", "Bob"]);
    let editors = book::editor.load_onto::<AuthorName>(&books, conn).unwrap();
    let names: Vec<_> = editors.into_iter().map(|editor| Some(editor?.name)).collect();
    assert_eq!(names, [Some("Bob".to_owned()), None, Some("Ann".to_owned())]);
}

#[test]
fn what_is_below_is_loaded_too() {
    #[derive(LoadSpec, Clone)]
    #[load(Book)]
    struct Tagged {
        title: String,
        #[load(join)]
        author: AuthorName,
        #[load(prefetch)]
        tags: Vec<TagName>,
    }

    let conn = &mut library();
    let trace = Trace::of(conn);
    let books =
        author::books.load_onto::<Tagged>(&[author(1, None), author(1, None)], conn).unwrap();
    assert_eq!(trace.sql().len(), 2);
    for books in &books {
        let mut seen: Vec<_> =
            books.iter().map(|book| (&*book.title, &*book.author.name, book.tags.len())).collect();
        seen.sort_unstable();
        assert_eq!(seen, [("Atlas", "Ann", 2), ("Bones", "Ann", 0)]);
    }
}

#[test]
fn many_to_many_rows_are_shared_by_their_parents() {
    let conn = &mut library();
    let book = |id| Book { id, title: String::new(), author_id: 0, editor_id: None };
    let tags = book::tags.load_onto::<TagName>(&[book(3), book(1), book(2)], conn).unwrap();
    let names: Vec<_> =
        tags.iter().map(|tags| sorted(tags.iter().map(|tag| tag.name.as_str()))).collect();
    assert_eq!(names, [vec!["sql"], vec!["rust", "sql"], vec![]]);
}

#[test]
fn the_query_can_be_refined_by_what_is_at_hand() {
    let conn = &mut library();
    let last = String::from("B");
    let books: Vec<Vec<Title>> = author::books
        .load_onto_with(
            &[author(1, None), author(2, None)],
            |books| books.filter(books::title.ge(&last)).order_by(books::title.desc()).limit(1),
            conn,
        )
        .unwrap();
    let books: Vec<_> = books.iter().map(|books| titles(books)).collect();
    assert_eq!(books, [vec!["Bones"], vec!["Comet"]]);
}

#[test]
fn composite_keys_are_carried_by_all_their_columns() {
    diesel::table! { shelves (hall, number) { hall -> Text, number -> Integer } }
    diesel::table! { boxes (id) { id -> Integer, hall -> Nullable<Text>, shelf -> Nullable<Integer> } }

    #[derive(Model)]
    #[diesel(table_name = shelves, primary_key(hall, number))]
    #[model(has_many(boxes: Crate, foreign_key = (boxes::hall, boxes::shelf)))]
    struct Shelving {
        hall: String,
        number: i32,
    }

    #[derive(Model)]
    #[diesel(table_name = boxes)]
    #[model(belongs_to(shelf: Shelving, foreign_key = (hall, shelf)))]
    struct Crate {
        id: i32,
        hall: Option<String>,
        shelf: Option<i32>,
    }

    #[derive(LoadSpec, Clone)]
    #[load(Crate)]
    struct CrateId {
        id: i32,
    }

    #[derive(LoadSpec, Clone)]
    #[load(Shelving)]
    struct Number {
        number: i32,
    }

    let conn = &mut database(
        "CREATE TABLE shelves (hall TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (hall, number));
         CREATE TABLE boxes (id INTEGER PRIMARY KEY, hall TEXT, shelf INTEGER);
         INSERT INTO shelves VALUES ('a', 1), ('a', 2), ('b', 1);
         INSERT INTO boxes VALUES (1, 'a', 1), (2, 'b', 1), (3, 'a', 1), (4, 'a', NULL);",
    );
    let shelf = |hall: &str, number| Shelving { hall: hall.to_owned(), number };
    let shelves = [shelf("b", 1), shelf("a", 1), shelf("a", 2)];
    let boxes = shelving::boxes.load_onto::<CrateId>(&shelves, conn).unwrap();
    let ids: Vec<_> =
        boxes.iter().map(|boxes| sorted(boxes.iter().map(|found| found.id))).collect();
    assert_eq!(ids, [vec![2], vec![1, 3], vec![]]);

    let in_hall = |hall: Option<&str>, shelf| Crate { id: 0, hall: hall.map(str::to_owned), shelf };
    let boxes = [in_hall(Some("a"), Some(2)), in_hall(Some("a"), None), in_hall(None, Some(1))];
    let shelves = crate_::shelf.load_onto::<Number>(&boxes, conn).unwrap();
    let numbers: Vec<_> = shelves.iter().map(|shelf| Some(shelf.as_ref()?.number)).collect();
    assert_eq!(numbers, [Some(2), None, None]);
}

#[test]
fn a_key_of_a_users_own_type_says_what_it_is_compared_as() {
    #[derive(Debug, Clone, Copy)]
    struct AuthorId(i32);

    impl From<i32> for AuthorId {
        fn from(id: i32) -> Self {
            Self(id)
        }
    }

    impl AsKey<i32> for AuthorId {
        fn as_key(&self) -> Option<i32> {
            Some(self.0)
        }
    }

    #[derive(LoadSpec)]
    #[load(Author)]
    struct Found {
        #[diesel(deserialize_as = i32)]
        id: AuthorId,
    }

    let conn = &mut library();
    let found = [Found { id: AuthorId(2) }];
    let books = author::books.load_onto::<Title>(&found, conn).unwrap();
    assert_eq!(titles(&books[0]), ["Comet"]);
}
