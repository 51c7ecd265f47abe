//! Names that are words of SQL or of Rust, and models in odd places.

use diesel::prelude::*;
use upfront::{LoadSpec, Loads, Model};

use crate::support::{database, sorted};

mod r#static {
    diesel::table! {
        #[sql_name = "order"]
        r#type (r#where) {
            #[sql_name = "where"]
            r#where -> Integer,
            r#as -> Text,
            #[sql_name = "select from"]
            r#in -> Nullable<Integer>,
        }
    }
    diesel::table! {
        #[sql_name = "group by"]
        r#match (r#where, r#in) {
            r#where -> Integer,
            r#in -> Integer,
        }
    }
}

#[derive(Model)]
#[diesel(table_name = r#static::r#type, primary_key(r#where))]
#[model(
    belongs_to(r#fn: Type, foreign_key = r#in),
    has_many(r#mod: Type, foreign_key = r#static::r#type::r#in),
    many_to_many(r#loop: Type, through = r#static::r#match, foreign_key = r#where, target_key = r#in),
)]
pub(crate) struct Type {
    r#where: i32,
    r#as: String,
    r#in: Option<i32>,
}

#[derive(LoadSpec, Clone, Debug)]
#[load(Type)]
struct r#As {
    r#as: String,
}

#[derive(LoadSpec, Debug)]
#[load(Type)]
struct Struct {
    r#where: i32,
    #[load(join)]
    r#fn: Option<As>,
    #[load(prefetch)]
    r#mod: Vec<As>,
    #[load(prefetch)]
    r#loop: Vec<As>,
    #[load(prefetch = r#fn)]
    r#impl: Option<As>,
    #[load(annotate = r#mod.count())]
    r#enum: i64,
    #[load(annotate = r#loop.exists())]
    r#trait: bool,
}

fn words() -> SqliteConnection {
    database(
        r#"CREATE TABLE "order" ("where" INTEGER PRIMARY KEY, "as" TEXT NOT NULL, "select from" INTEGER);
           CREATE TABLE "group by" ("where" INTEGER NOT NULL, "in" INTEGER NOT NULL, PRIMARY KEY ("where", "in"));
           INSERT INTO "order" VALUES (1, 'one', NULL), (2, 'two', 1), (3, 'three', 1), (4, 'four', 4);
           INSERT INTO "group by" VALUES (1, 1), (1, 3), (2, 3);"#,
    )
}

#[test]
fn words_of_sql_and_of_rust_are_names_like_others() {
    let conn = &mut words();
    let names = |rows: &[As]| sorted(rows.iter().map(|row| row.r#as.clone()));
    let rows = Struct::query()
        .filter(r#static::r#type::r#as.ne("zero"))
        .order((Struct::r#fn.field(r#static::r#type::r#as).desc(), r#static::r#type::r#where))
        .load(conn)
        .unwrap();
    assert_eq!(rows.iter().map(|row| row.r#where).collect::<Vec<_>>(), [2, 3, 4, 1]);
    let [two, three, four, one] = &rows[..] else { panic!("four rows") };
    assert_eq!(two.r#fn.as_ref().unwrap().r#as, "one");
    assert_eq!(three.r#impl.as_ref().unwrap().r#as, "one");
    assert_eq!(four.r#fn.as_ref().unwrap().r#as, "four");
    assert!(one.r#fn.is_none() && one.r#impl.is_none());
    assert_eq!(names(&one.r#mod), ["three", "two"]);
    assert_eq!(names(&four.r#mod), ["four"]);
    assert_eq!(names(&one.r#loop), ["one", "three"]);
    assert_eq!(names(&two.r#loop), ["three"]);
    assert_eq!((one.r#enum, one.r#trait, three.r#enum, three.r#trait), (2, true, 0, false));
    assert_eq!(Loads::<r#type::r#mod>::loaded(one).len(), 2);
}

#[test]
fn a_model_inside_a_function() {
    diesel::table! { notes (id) { id -> Integer, text -> Text } }

    #[derive(Model)]
    #[diesel(table_name = notes)]
    struct Note {
        id: i32,
        text: String,
    }

    #[derive(LoadSpec)]
    #[load(Note)]
    struct NoteText {
        text: String,
    }

    let conn = &mut database(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL); INSERT INTO notes VALUES (1, 'a')",
    );
    assert_eq!(NoteText::query().first(conn).unwrap().text, "a");
}

/// A model called like its table, and one called like a word that no module can be called.
mod singular {
    use super::*;

    diesel::table! { user (id) { id -> Integer, name -> Text } }
    diesel::table! { crates (id) { id -> Integer, user_id -> Integer } }

    #[derive(Model)]
    #[diesel(table_name = user)]
    #[model(module = user_relations, has_many(crates: Crate))]
    pub(crate) struct User {
        id: i32,
        name: String,
    }

    #[derive(Model)]
    #[model(belongs_to(user: User))]
    pub(crate) struct Crate {
        id: i32,
        user_id: i32,
    }

    #[derive(LoadSpec)]
    #[load(User)]
    pub(crate) struct UserPage {
        pub(crate) name: String,
        #[load(prefetch = user_relations::crates)]
        pub(crate) crates: Vec<CratePage>,
    }

    #[derive(LoadSpec)]
    #[load(Crate)]
    pub(crate) struct CratePage {
        #[load(join = crate_::user)]
        pub(crate) user: UserName,
    }

    #[derive(LoadSpec)]
    #[load(User)]
    pub(crate) struct UserName {
        pub(crate) name: String,
    }
}

#[test]
fn a_model_may_be_called_like_its_table_or_like_a_word_of_rust() {
    let conn = &mut database(
        "CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE crates (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL);
         INSERT INTO user VALUES (1, 'Ann'); INSERT INTO crates VALUES (1, 1), (2, 1);",
    );
    let user = singular::UserPage::query().first(conn).unwrap();
    assert_eq!(user.name, "Ann");
    assert_eq!(
        user.crates.iter().map(|one| one.user.name.as_str()).collect::<Vec<_>>(),
        ["Ann"; 2]
    );
}
