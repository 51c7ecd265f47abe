//! Relations: joined and prefetched, of each kind, nested, along chains, with the rows of through tables.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::library::*;
use crate::support::database;

#[test]
fn joins_that_may_lead_to_no_row() {
    #[derive(LoadSpec, Debug)]
    #[load(Book)]
    struct Derived {
        title: String,
        #[load(join)]
        author: AuthorCard,
        #[load(join)]
        editor: Option<AuthorCard>,
    }

    let rows = same!(
        library,
        Derived::query(),
        Book {
            title,
            join author { name, join publisher { name } },
            join editor { name, join publisher { name } },
        }
    );
    let author = &rows[0].author;
    assert_eq!(
        (author.name.as_str(), author.publisher.as_ref().unwrap().name.as_str()),
        ("Ann", "Ace")
    );
    assert!(rows[0].editor.as_ref().unwrap().publisher.is_none());
    assert!(rows[1].editor.is_none());
}

#[test]
fn a_has_one_is_joined_and_prefetched() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        id: i32,
        #[load(join)]
        only_book: Option<Title>,
        #[load(prefetch = only_book)]
        again: Option<Title>,
    }

    // Ann has two books, and a `has_one` leads to one.
    let bob_and_cyd = || {
        let mut conn = library();
        diesel::delete(books::table.find(2)).execute(&mut conn).unwrap();
        conn
    };
    let rows = same!(
        bob_and_cyd,
        Derived::query(),
        Author { id, join only_book { title }, prefetch only_book as again { title } }
    );
    assert_eq!(rows[1].only_book.as_ref().unwrap().title, "Comet");
    assert!(rows[2].again.is_none());
}

#[test]
fn prefetches_of_one_row_and_of_many() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        name: String,
        #[load(prefetch)]
        publisher: Option<PublisherName>,
        #[load(prefetch)]
        books: Vec<Title>,
        #[load(prefetch)]
        edited: Vec<Title>,
    }

    let rows = same!(
        library,
        Derived::query(),
        Author { name, prefetch publisher { name }, prefetch books { title }, prefetch edited { title } }
    );
    let titles: Vec<Vec<&str>> =
        rows.iter().map(|row| row.books.iter().map(|book| book.title.as_str()).collect()).collect();
    assert_eq!(titles, [vec!["Atlas", "Bones"], vec!["Comet"], vec![]]);
    assert_eq!((rows[1].edited.len(), rows[1].publisher.is_none()), (1, true));
}

#[test]
fn a_many_to_many_from_both_sides() {
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Tag)]
    struct TagCard {
        name: String,
        #[load(prefetch)]
        books: Vec<Title>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Book)]
    struct Derived {
        title: String,
        #[load(prefetch)]
        tags: Vec<TagCard>,
    }

    same!(library, TagCard::query(), Tag { name, prefetch books { title } });
    same!(
        library,
        Derived::query(),
        Book { title, prefetch tags { name, prefetch books { title } } }
    );
}

#[test]
fn one_relation_under_two_names_and_by_its_path() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        #[load(prefetch = books)]
        first: Vec<Title>,
        #[load(prefetch = author::books)]
        books: Vec<BookId>,
        #[load(join = publisher)]
        house: Option<PublisherName>,
        #[load(join = author::publisher)]
        publisher: Option<PublisherName>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Book)]
    struct BookId {
        id: i32,
    }

    same!(
        library,
        Derived::query(),
        Author {
            prefetch books as first { title },
            prefetch author::books { id },
            join publisher as house { name },
            join author::publisher { name },
        }
    );
}

#[test]
fn specs_that_are_there_are_used_whole() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        #[load(prefetch)]
        books: Vec<BookCard>,
        #[load(join)]
        publisher: Option<PublisherName>,
        #[load(prefetch = publisher)]
        shared: Option<PublisherName>,
    }

    // As the relation needs it, and as it is.
    same!(
        library,
        Derived::query(),
        Author {
            prefetch books: BookCard,
            join publisher: PublisherName,
            prefetch publisher as shared: PublisherName,
        }
    );
    same!(
        library,
        Derived::query(),
        Author {
            prefetch books: Vec<BookCard>,
            join publisher: Option<PublisherName>,
            prefetch publisher as shared: Option<PublisherName>,
        }
    );
}

#[test]
fn a_prefetched_row_is_shared() {
    use std::sync::Arc;

    #[derive(LoadSpec, Debug)]
    #[load(Book)]
    struct Derived {
        #[load(prefetch)]
        author: Arc<AuthorName>,
        #[load(prefetch)]
        editor: Option<Arc<AuthorName>>,
    }

    let rows = same!(
        library,
        Derived::query(),
        Book { prefetch author: Arc<AuthorName>, prefetch editor: Option<Arc<AuthorName>> }
    );
    assert!(Arc::ptr_eq(&rows[0].author, &rows[1].author));
}

#[test]
fn a_join_below_a_prefetch_below_a_join_and_so_on() {
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Publisher)]
    struct House {
        name: String,
        #[load(prefetch)]
        authors: Vec<AuthorName>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Author)]
    struct Writer {
        name: String,
        #[load(join)]
        publisher: Option<House>,
        #[load(prefetch)]
        edited: Vec<Edited>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Book)]
    struct Edited {
        title: String,
        #[load(join)]
        author: AuthorCard,
        #[load(prefetch)]
        tags: Vec<TagName>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Book)]
    struct Derived {
        title: String,
        #[load(join)]
        author: Writer,
        #[load(join)]
        editor: Option<Writer>,
    }

    let rows = same!(
        library,
        Derived::query(),
        Book {
            title,
            join author {
                name,
                join publisher { name, prefetch authors { name } },
                prefetch edited {
                    title,
                    join author { name, join publisher { name } },
                    prefetch tags { name },
                },
            },
            join editor {
                name,
                join publisher { name, prefetch authors { name } },
                prefetch edited {
                    title,
                    join author { name, join publisher { name } },
                    prefetch tags { name },
                },
            },
        }
    );
    let house = rows[0].author.publisher.as_ref().unwrap();
    assert_eq!(house.authors[0].name, "Ann");
    let edited = &rows[0].editor.as_ref().unwrap().edited[0];
    assert_eq!((edited.author.name.as_str(), edited.tags.len()), ("Ann", 2));
}

#[test]
fn prefetches_four_deep() {
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Tag)]
    struct TagShelf {
        name: String,
        #[load(prefetch)]
        books: Vec<Title>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Book)]
    struct Tagged {
        id: i32,
        #[load(prefetch)]
        tags: Vec<TagShelf>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Author)]
    struct Writer {
        #[load(prefetch)]
        books: Vec<Tagged>,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Publisher, max_queries = 5)]
    struct Derived {
        name: String,
        #[load(prefetch)]
        authors: Vec<Writer>,
    }

    let rows = same!(
        library,
        Derived::query(),
        Publisher {
            name,
            prefetch authors {
                prefetch books { id, prefetch tags { name, prefetch books { title } } },
            },
        }
    );
    assert_eq!(rows[0].authors[0].books[0].tags[1].books[1].title, "Comet");
}

mod shop {
    use super::*;
    use crate::shop::*;

    #[derive(LoadSpec, Debug, Clone)]
    #[load(Person)]
    struct PersonName {
        name: String,
    }

    #[test]
    fn a_model_that_is_related_to_itself() {
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Person)]
        struct Boss {
            name: String,
            #[load(join)]
            boss: Option<PersonName>,
            #[load(prefetch)]
            reports: Vec<PersonName>,
        }
        #[derive(LoadSpec, Debug)]
        #[load(Person)]
        struct Derived {
            name: String,
            #[load(join)]
            boss: Option<Boss>,
            #[load(prefetch)]
            reports: Vec<Boss>,
            #[load(prefetch)]
            followers: Vec<PersonName>,
        }

        let rows = same!(
            shop,
            Derived::query(),
            Person {
                name,
                join boss { name, join boss { name }, prefetch reports { name } },
                prefetch reports { name, join boss { name }, prefetch reports { name } },
                prefetch followers { name },
            }
        );
        assert_eq!(rows[3].boss.as_ref().unwrap().boss.as_ref().unwrap().name, "Ann");
        assert_eq!(rows[0].reports[0].reports[0].name, "Dan");
    }

    #[test]
    fn chains_of_relations() {
        #[derive(LoadSpec, Debug)]
        #[load(Person)]
        struct Derived {
            #[load(prefetch)]
            lines: Vec<LineId>,
            #[load(prefetch)]
            products: Vec<ProductName>,
            #[load(prefetch)]
            grandreports: Vec<PersonName>,
            #[load(prefetch)]
            colleagues: Vec<PersonName>,
            #[load(prefetch)]
            team_lines: Vec<LineId>,
            #[load(prefetch)]
            peers: Vec<PersonName>,
        }
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Line)]
        struct LineId {
            id: i32,
        }
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Product)]
        struct ProductName {
            name: String,
        }

        let rows = same!(
            shop,
            Derived::query(),
            Person {
                prefetch lines { id },
                prefetch products { name },
                prefetch grandreports { name },
                prefetch colleagues { name },
                prefetch team_lines { id },
                prefetch peers { name },
            }
        );
        assert_eq!((rows[0].lines.len(), rows[0].grandreports[0].name.as_str()), (4, "Dan"));
    }

    #[test]
    fn rows_of_the_through_table() {
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Product)]
        struct ProductName {
            name: String,
        }
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Line)]
        struct Bought {
            quantity: i32,
            price: f64,
        }
        #[derive(LoadSpec, Debug)]
        #[load(Order)]
        struct Derived {
            id: i32,
            #[load(prefetch)]
            products: Vec<(ProductName, Bought)>,
            #[load(prefetch = products, filter = lines::quantity.gt(1), order_by = (lines::price, products::name.desc()))]
            several: Vec<(ProductName, Bought)>,
        }

        let rows = same!(
            shop,
            Derived::query(),
            Order {
                id,
                prefetch products: Vec<(ProductName, Bought)>,
                prefetch products.filter(lines::quantity.gt(1)).order_by((lines::price, products::name.desc()))
                    as several: Vec<(ProductName, Bought)>,
            }
        );
        let several = |i: usize| -> Vec<i32> {
            rows[i].several.iter().map(|(_, line)| line.quantity).collect()
        };
        assert_eq!((several(0), several(3)), (vec![5, 2], vec![3]));
    }
}

/// Keys of two columns, one of which is renamed.
mod composite {
    use super::*;

    diesel::table! { halls (town, number) { town -> Text, number -> Integer, seats -> Integer } }
    diesel::table! {
        shows (id) { id -> Integer, town -> Text, hall -> Nullable<Integer>, name -> Text }
    }

    #[derive(Model)]
    #[diesel(table_name = halls, primary_key(town, number))]
    #[model(has_many(shows: Show, foreign_key = (shows::town, shows::hall)))]
    pub(crate) struct Hall {
        town: String,
        #[diesel(column_name = number)]
        no: i32,
        seats: i32,
    }

    #[derive(Model)]
    #[diesel(table_name = shows)]
    #[model(belongs_to(place: Hall, foreign_key = (town, hall)))]
    pub(crate) struct Show {
        id: i32,
        town: String,
        hall: Option<i32>,
        name: String,
    }

    fn theatre() -> SqliteConnection {
        database(
            "CREATE TABLE halls (town TEXT NOT NULL, number INTEGER NOT NULL, seats INTEGER NOT NULL, PRIMARY KEY (town, number));
             CREATE TABLE shows (id INTEGER PRIMARY KEY, town TEXT NOT NULL, hall INTEGER, name TEXT NOT NULL);
             INSERT INTO halls VALUES ('Rome', 1, 100), ('Rome', 2, 50), ('Bern', 1, 80);
             INSERT INTO shows VALUES (1, 'Rome', 1, 'Aida'), (2, 'Bern', 1, 'Tell'), (3, 'Bern', NULL, 'Faust'), (4, 'Rome', 1, 'Tosca');",
        )
    }

    #[test]
    fn both_ways() {
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Hall)]
        struct HallCard {
            no: i32,
            seats: i32,
        }
        #[derive(LoadSpec, Debug)]
        #[load(Show)]
        struct Derived {
            name: String,
            #[load(join)]
            place: Option<HallCard>,
            #[load(prefetch = place)]
            again: Option<HallCard>,
        }
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Show)]
        struct ShowName {
            name: String,
        }
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Hall)]
        struct Programme {
            #[load(prefetch)]
            shows: Vec<ShowName>,
            #[load(annotate = shows.count())]
            count: i64,
        }

        let rows = same!(
            theatre,
            Derived::query(),
            Show { name, join place { no, seats }, prefetch place as again { no, seats } }
        );
        assert_eq!(rows[1].again.as_ref().unwrap().seats, 80);
        assert!(rows[2].place.is_none());
        let rows = same!(
            theatre,
            Programme::query(),
            Hall { prefetch shows { name }, annotate shows.count() as count }
        );
        assert_eq!(rows.iter().map(|row| row.count).sum::<i64>(), 3);
    }
}
