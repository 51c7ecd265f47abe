//! The rows of the expression form: what they can do, and what the user's attributes add.

use std::fmt::Debug;

use diesel::prelude::*;
use diesel::sql_types::Text;
use upfront::{LoadSpec, load};

use crate::library::*;

fn copy<T: Clone>(one: &T) -> T {
    one.clone()
}

#[test]
fn cloned_compared_and_shown() {
    let conn = &mut library();
    let authors = load!(Author { name, join publisher { name }, prefetch books { title } })
        .order(authors::id)
        .load(conn)
        .unwrap();
    let again = copy(&authors);
    assert_eq!(again, authors);
    assert_ne!(authors[0], authors[1]);
    assert_eq!(
        format!("{:?}", authors[1]),
        "LoadedAuthor { name: \"Bob\", publisher: None, books: [LoadedAuthorBooks { title: \"Comet\" }] }"
    );
    assert_eq!(
        format!("{:#?}", authors[1].books[0]),
        "LoadedAuthorBooks {\n    title: \"Comet\",\n}"
    );
}

/// A spec that can be shown, and no more.
#[derive(LoadSpec, Debug)]
#[load(Book)]
struct ShownTitle {
    title: String,
}

/// A spec that can be compared, and no more.
#[derive(LoadSpec, PartialEq)]
#[load(Book)]
struct ComparedTitle {
    title: String,
}

#[test]
fn a_field_takes_away_only_what_it_cannot_do() {
    let conn = &mut library();
    let shown = load!(Author { name, prefetch books: ShownTitle }).load(conn).unwrap();
    assert_eq!(
        format!("{:?}", shown[1]),
        "LoadedAuthor { name: \"Bob\", books: [ShownTitle { title: \"Comet\" }] }"
    );
    let compared = load!(Author { prefetch books: ComparedTitle }).load(conn).unwrap();
    assert!(compared[0] != compared[1]);
    let cloned = load!(Book { join author { name }, title: Opaque }).load(conn).unwrap();
    let again = copy(&cloned);
    assert_eq!(again[0].title.0, "Atlas");
}

/// Text that can be cloned, and no more.
#[derive(diesel::deserialize::FromSqlRow, Clone)]
struct Opaque(String);

impl diesel::deserialize::FromSql<Text, diesel::sqlite::Sqlite> for Opaque {
    fn from_sql(
        value: diesel::sqlite::SqliteValue<'_, '_, '_>,
    ) -> diesel::deserialize::Result<Self> {
        diesel::deserialize::FromSql::<Text, diesel::sqlite::Sqlite>::from_sql(value).map(Self)
    }
}

#[test]
fn derives_and_attributes_are_passed_on() {
    let conn = &mut library();
    let mut authors = load!(
        #[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Debug, Hash, Default)]
        Author {
            #[doc = "What comes first is compared first."]
            name,
            #[cfg_attr(all(), doc = "The second.")]
            id,
            prefetch books { title },
        }
    )
    .load(conn)
    .unwrap();
    authors.sort_by(|one, other| other.cmp(one));
    assert_eq!(authors.iter().map(|row| row.id).collect::<Vec<_>>(), [3, 2, 1]);
    let mut titles: Vec<_> = authors.iter().flat_map(|row| row.books.clone()).collect();
    titles.sort();
    assert_eq!(titles.len(), 3);
    let mut distinct: std::collections::HashSet<_> = authors.clone().into_iter().collect();
    distinct.extend(authors);
    assert_eq!(distinct.len(), 3);
}

#[test]
fn attributes_of_fields_are_those_of_derives() {
    use diesel::deserialize::QueryableByName;

    let conn = &mut library();
    // A derive that reads attributes of fields: that of Diesel for rows of SQL.
    load! {
        #[derive(QueryableByName, Debug, PartialEq)]
        struct Name: Author {
            #[diesel(sql_type = Text)]
            name,
        }
    }
    fn by_sql<T: QueryableByName<diesel::sqlite::Sqlite> + 'static>(
        conn: &mut SqliteConnection,
    ) -> Vec<T> {
        diesel::sql_query("SELECT name FROM authors").load(conn).unwrap()
    }
    assert_eq!(by_sql::<Name>(conn), Name::query().load(conn).unwrap());
}

#[test]
fn what_is_computed_at_run_time_is_copied_for_rows_that_share_it() {
    let conn = &mut library();
    let least = 1;
    let books = load!(Book {
        title,
        join author {
            annotate authors::name.concat("!") as cry,
            prefetch books.order_by(books::id) { annotate books::id + least as next, annotate books::id.gt(least) as late: bool },
        },
        prefetch author as again { annotate authors::id + least as next, prefetch edited { annotate books::id * least as id } },
    })
    .filter(books::author_id.eq(1))
    .order(books::id)
    .load(conn)
    .unwrap();
    assert_eq!(books[0].author, books[1].author);
    assert_eq!(books[0].again, books[1].again);
    let shown: Vec<_> = books[1].author.books.iter().map(|book| (book.next, book.late)).collect();
    assert_eq!(shown, [(2, false), (3, true)]);
    assert_eq!((books[0].author.cry.as_str(), books[1].again.edited[0].id), ("Ann!", 3));
}

/// What a struct ends with must be known wherever it is looked at, also if it is told by the traits of an expression.
#[test]
fn rows_that_end_with_what_is_computed() {
    load! {
        struct Sums: Author { id, annotate books.sum(books::id).default(0) as number }
    }
    load! {
        struct Greatest: Author { id, annotate books.max(books::id) as number }
    }
    let conn = &mut library();
    let sums = Sums::query().order(authors::id).load(conn).unwrap();
    assert!(!format!("{:p}", &sums[0]).is_empty());
    let sums: Vec<i64> = sums.into_iter().map(|author| author.number).collect();
    let greatest = Greatest::query().order(authors::id).load(conn).unwrap();
    assert!(!format!("{:p}", &greatest[0]).is_empty());
    let greatest: Vec<Option<i32>> = greatest.into_iter().map(|author| author.number).collect();
    let least = 0;
    let given = load!(Author {
        id,
        annotate books.filter(books::id.gt(least)).sum(books::id).default(0) as number,
    });
    let given: Vec<i64> = given
        .order(authors::id)
        .load(conn)
        .unwrap()
        .into_iter()
        .map(|author| author.number)
        .collect();

    let ids = |author: i32| {
        let of_author = books::table.filter(books::author_id.eq(author));
        of_author.select(books::id).load::<i32>(&mut library()).unwrap()
    };
    let of_authors: Vec<Vec<i32>> = (1..=i32::try_from(sums.len()).unwrap()).map(ids).collect();
    let expected: Vec<i64> =
        of_authors.iter().map(|ids| ids.iter().copied().map(i64::from).sum()).collect();
    assert_eq!(sums, expected);
    assert_eq!(given, expected);
    let expected: Vec<Option<i32>> =
        of_authors.iter().map(|ids| ids.iter().copied().max()).collect();
    assert_eq!(greatest, expected);
}
