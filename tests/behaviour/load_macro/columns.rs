//! Columns: by name, renamed, of another type, some, all, and all but some.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::library::*;
use crate::support::database;

#[test]
fn a_column() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        name: String,
    }

    let rows = same!(library, Derived::query(), Author { name });
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Ann", "Bob", "Cyd"]);
}

#[test]
fn columns_in_another_order_under_other_names() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        #[diesel(column_name = publisher_id)]
        house: Option<i32>,
        bio: Option<String>,
        #[diesel(column_name = name)]
        known_as: String,
        id: i32,
        // The same column once more.
        name: String,
    }

    let rows = same!(
        library,
        Derived::query(),
        Author { publisher_id as house, bio, name as known_as, id, name }
    );
    let by_hand: Vec<(Option<i32>, Option<String>, String, i32, String)> = authors::table
        .select((authors::publisher_id, authors::bio, authors::name, authors::id, authors::name))
        .load(&mut library())
        .unwrap();
    let rows = rows.into_iter().map(|row| (row.house, row.bio, row.known_as, row.id, row.name));
    assert_eq!(rows.collect::<Vec<_>>(), by_hand);
}

#[test]
fn only_some_columns() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        name: String,
        id: i32,
        bio: Option<String>,
    }

    same!(library, Derived::query(), Author { only(name, id), bio });
    same!(library, Derived::query(), Author { only(name, id, bio,), });
}

#[test]
fn all_columns() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        id: i32,
        name: String,
        bio: Option<String>,
        publisher_id: Option<i32>,
    }

    let rows = same!(library, Derived::query(), Author { * });
    assert_eq!(rows[1].bio.as_deref(), Some("writes"));
    // What is listed before keeps its place, and what comes after comes after.
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Author)]
    struct Listed {
        name: String,
        id: i32,
        bio: Option<String>,
        publisher_id: Option<i32>,
        #[diesel(column_name = id)]
        again: i32,
    }
    same!(library, Listed::query(), Author { name, *, id as again });
}

#[test]
fn all_columns_but_some() {
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        id: i32,
        publisher_id: Option<i32>,
    }

    same!(library, Derived::query(), Author { defer(bio, name) });
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Author)]
    struct Renamed {
        id: i32,
        bio: Option<String>,
        publisher_id: Option<i32>,
        #[diesel(column_name = name)]
        title: String,
    }
    same!(library, Renamed::query(), Author { defer(name), name as title });
}

#[test]
fn all_columns_of_the_rows_of_relations() {
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Book)]
    struct BookRow {
        id: i32,
        title: String,
        author_id: i32,
        editor_id: Option<i32>,
    }
    #[derive(LoadSpec, Debug, Clone)]
    #[load(Publisher)]
    struct PublisherRow {
        name: String,
    }
    #[derive(LoadSpec, Debug)]
    #[load(Author)]
    struct Derived {
        id: i32,
        name: String,
        publisher_id: Option<i32>,
        #[load(join)]
        publisher: Option<PublisherRow>,
        #[load(prefetch)]
        books: Vec<BookRow>,
    }

    same!(
        library,
        Derived::query(),
        Author {
            defer(bio),
            join publisher: Publisher { defer(id) },
            prefetch books: Book { * },
        }
    );
}

diesel::table! {
    songs (id) {
        id -> Integer,
        name -> Text,
        title -> Text,
        r#type -> Text,
        #[sql_name = "a length"]
        length -> Integer,
    }
}

/// The fields `name` and `title` are the columns `title` and `name`.
#[derive(Model)]
#[diesel(table_name = songs)]
#[model(has_many(shorter: Song, foreign_key = songs::length))]
pub(crate) struct Song {
    id: i32,
    #[diesel(column_name = title)]
    name: String,
    #[diesel(column_name = name)]
    title: String,
    r#type: String,
    #[diesel(column_name = length)]
    seconds: Length,
}

#[derive(
    diesel::deserialize::FromSqlRow, diesel::expression::AsExpression, Debug, Clone, PartialEq,
)]
#[diesel(sql_type = diesel::sql_types::Integer)]
pub(crate) struct Length(i32);

impl diesel::deserialize::FromSql<diesel::sql_types::Integer, diesel::sqlite::Sqlite> for Length {
    fn from_sql(
        value: diesel::sqlite::SqliteValue<'_, '_, '_>,
    ) -> diesel::deserialize::Result<Self> {
        diesel::deserialize::FromSql::<diesel::sql_types::Integer, diesel::sqlite::Sqlite>::from_sql(
            value,
        )
        .map(Self)
    }
}

fn songs() -> SqliteConnection {
    database(
        r#"CREATE TABLE songs (id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL, "a length" INTEGER NOT NULL);
           INSERT INTO songs VALUES (1, 'the name', 'the title', 'waltz', 2), (2, 'n', 't', 'rap', 9);"#,
    )
}

#[test]
fn renamed_columns_and_keywords() {
    #[derive(LoadSpec, Debug)]
    #[load(Song)]
    struct Derived {
        name: String,
        title: String,
        r#type: String,
        #[diesel(column_name = r#type)]
        r#fn: String,
        seconds: Length,
    }

    let rows =
        same!(songs, Derived::query(), Song { name, title, r#type, r#type as r#fn, seconds });
    assert_eq!((rows[0].name.as_str(), rows[0].title.as_str()), ("the title", "the name"));
    assert_eq!((rows[0].r#fn.as_str(), &rows[0].seconds), ("waltz", &Length(2)));
}

#[test]
fn all_columns_have_the_names_of_the_models_fields() {
    #[derive(LoadSpec, Debug)]
    #[load(Song)]
    struct Derived {
        id: i32,
        name: String,
        title: String,
        r#type: String,
        seconds: Length,
    }

    let rows = same!(songs, Derived::query(), Song { * });
    assert_eq!((rows[0].name.as_str(), rows[0].seconds.0), ("the title", 2));
}

#[test]
fn a_columns_own_name_where_no_field_has_it() {
    #[derive(LoadSpec, Debug)]
    #[load(Song)]
    struct Derived {
        #[diesel(column_name = length)]
        length: Length,
    }

    same!(songs, Derived::query(), Song { length });
}

#[test]
fn columns_of_another_type() {
    #[derive(LoadSpec, Debug)]
    #[load(Song)]
    struct Derived {
        id: Length,
        #[diesel(column_name = seconds)]
        plain: i32,
        r#type: std::borrow::Cow<'static, str>,
    }

    let rows = same!(
        songs,
        Derived::query(),
        Song { id: Length, seconds as plain: i32, r#type: std::borrow::Cow<'static, str> }
    );
    assert_eq!((&rows[1].id, rows[1].plain), (&Length(2), 9));
}

/// Columns that have the names of the words that entries begin with.
mod entries {
    use super::*;

    diesel::table! {
        words (id) {
            id -> Integer,
            only -> Integer,
            defer -> Integer,
            join -> Integer,
            prefetch -> Integer,
            annotate -> Integer,
            params -> Integer,
        }
    }

    #[derive(Model)]
    #[diesel(table_name = words)]
    #[model(module = word, belongs_to(next: Words, foreign_key = join))]
    pub(crate) struct Words {
        id: i32,
        only: i32,
        defer: i32,
        join: i32,
        prefetch: i32,
        annotate: i32,
        params: i32,
    }

    fn database_of_words() -> SqliteConnection {
        database(
            r#"CREATE TABLE words (id INTEGER PRIMARY KEY, only, defer, "join", prefetch, annotate, params);
               INSERT INTO words VALUES (1, 2, 3, 1, 5, 6, 7);"#,
        )
    }

    #[test]
    fn columns_that_are_named_like_entries() {
        #[derive(LoadSpec, Debug)]
        #[load(Words)]
        struct Derived {
            only: i32,
            defer: i32,
            #[diesel(column_name = join)]
            one: i32,
            prefetch: i32,
            annotate: i32,
            params: i32,
        }

        let rows = same!(
            database_of_words,
            Derived::query(),
            Words { only, defer, join as one, prefetch: i32, annotate: i32, params }
        );
        assert_eq!((rows[0].prefetch, rows[0].params), (5, 7));
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Words)]
        struct ByParentheses {
            join: i32,
            prefetch: i32,
        }
        same!(database_of_words, ByParentheses::query(), Words { only(join, prefetch) });
    }

    #[test]
    fn relations_beside_columns_that_are_named_like_entries() {
        #[derive(LoadSpec, Debug, Clone)]
        #[load(Words)]
        struct Next {
            annotate: i32,
        }
        #[derive(LoadSpec, Debug)]
        #[load(Words)]
        struct Derived {
            #[load(join = next)]
            prefetch: Next,
            #[load(prefetch = next)]
            join: Next,
        }

        same!(
            database_of_words,
            Derived::query(),
            Words { join next as prefetch { annotate: i32 }, prefetch next as join { only(annotate) } }
        );
    }
}

/// More fields than fit into one tuple of fields: each column under three names.
mod wide {
    use super::*;

    macro_rules! wide {
        ($($column:ident $second:ident $third:ident)*) => {
            diesel::table! { rows (c0) { $($column -> Integer,)* } }

            #[derive(Model)]
            #[diesel(table_name = rows, primary_key(c0))]
            #[model(belongs_to(next: Row, foreign_key = c1), has_many(previous: Row, foreign_key = rows::c1))]
            pub(crate) struct Row {
                $($column: i32,)*
            }

            #[derive(LoadSpec, Debug)]
            #[load(Row)]
            struct All {
                $($column: i32,)*
            }

            #[derive(LoadSpec, Debug)]
            #[load(Row)]
            struct Wide {
                $($column: i32,)*
                #[load(join)]
                next: All,
                $(
                    #[diesel(column_name = $column)]
                    $second: i32,
                )*
                #[load(prefetch)]
                previous: Vec<All>,
                $(
                    #[diesel(column_name = $column)]
                    $third: i32,
                )*
            }

            fn rows() -> SqliteConnection {
                let columns = [$(stringify!($column)),*].join(", ");
                let values = |id: i32| [$(stringify!($column)),*].map(|column| match column {
                    "c0" => id.to_string(),
                    "c1" => "2".to_owned(),
                    _ => (id * 100 + column[1..].parse::<i32>().expect("the number of a column")).to_string(),
                }).join(", ");
                database(&format!(
                    "CREATE TABLE rows ({columns}); INSERT INTO rows VALUES ({}), ({});", values(1), values(2),
                ))
            }

            #[test]
            fn as_many_fields_as_columns() {
                same!(rows, All::query(), Row { * });
                same!(rows, All::query(), Row { $($column),* });
                same!(rows, All::query(), Row { only($($column),*) });
            }

            #[test]
            fn three_times_as_many_with_relations_between() {
                let rows = same!(
                    rows,
                    Wide::query(),
                    Row {
                        *,
                        join next: Row { * },
                        $($column as $second,)*
                        prefetch previous { $($column),* },
                        $($column as $third: i32),*
                    }
                );
                assert_eq!(rows[1].previous.len(), 2);
                assert_eq!((rows[0].c13, rows[0].d13, rows[0].e13, rows[0].next.c13), (113, 113, 113, 213));
            }
        };
    }

    wide! {
        c0 d0 e0 c1 d1 e1 c2 d2 e2 c3 d3 e3 c4 d4 e4 c5 d5 e5 c6 d6 e6 c7 d7 e7 c8 d8 e8 c9 d9 e9 c10 d10 e10 c11 d11 e11
        c12 d12 e12 c13 d13 e13
    }
}
