//! Names that are words of SQL or of Rust, that have to be quoted, and that are longer than a database keeps.

use upfront::Model;

use super::prelude::*;

tests![words_of_sql_and_of_rust_are_names_like_others, places_whose_names_are_cut_are_told_apart,];

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
    diesel::allow_tables_to_appear_in_same_query!(r#type, r#match);
}

#[allow(dead_code)]
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
    #[load(prefetch, order_by = r#static::r#type::r#as, limit = 1)]
    r#loop: Vec<As>,
    #[load(prefetch = r#fn)]
    r#impl: Option<As>,
    #[load(annotate = r#mod.count())]
    r#enum: i64,
    #[load(annotate = r#loop.exists())]
    r#trait: bool,
}

async fn words_of_sql_and_of_rust_are_names_like_others() {
    let conn = &mut database(
        r#"CREATE TABLE "order" ("where" INTEGER PRIMARY KEY, "as" {text} NOT NULL, "select from" INTEGER);
           CREATE TABLE "group by" ("where" INTEGER NOT NULL, "in" INTEGER NOT NULL, PRIMARY KEY ("where", "in"));
           INSERT INTO "order" VALUES (1, 'one', NULL), (2, 'two', 1), (3, 'three', 1), (4, 'four', 4);
           INSERT INTO "group by" VALUES (1, 1), (1, 3), (2, 3);"#,
    )
    .await;
    let names = |rows: &[As]| sorted(rows.iter().map(|row| row.r#as.clone()));
    let rows = Struct::query()
        .filter(r#static::r#type::r#as.ne("zero"))
        .filter(Struct::r#fn.field(r#static::r#type::r#as).ne("zero"))
        .order((Struct::r#fn.field(r#static::r#type::r#as).desc(), r#static::r#type::r#where))
        .load(conn)
        .await
        .unwrap();
    assert_eq!(rows.iter().map(|row| row.r#where).collect::<Vec<_>>(), [2, 3, 4]);
    let [two, three, four] = &rows[..] else { panic!("three rows") };
    assert_eq!(two.r#fn.as_ref().unwrap().r#as, "one");
    assert_eq!(three.r#impl.as_ref().unwrap().r#as, "one");
    assert_eq!(four.r#fn.as_ref().unwrap().r#as, "four");
    assert_eq!(names(&four.r#mod), ["four"]);
    assert_eq!(names(&two.r#loop), ["three"]);
    assert_eq!((two.r#enum, two.r#trait, four.r#enum, four.r#trait), (0, true, 1, false));
    let one = Struct::query().find(1).first(conn).await.unwrap();
    assert!(one.r#fn.is_none() && one.r#impl.is_none());
    assert_eq!(
        (names(&one.r#mod), names(&one.r#loop)),
        (vec!["three".to_owned(), "two".to_owned()], vec!["one".to_owned()])
    );
    assert_eq!((one.r#enum, one.r#trait), (2, true));
}

diesel::table! {
    a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_63_b (id) {
        id -> Integer,
        a_column_whose_name_is_as_long_as_postgresql_lets_a_name_be_63b -> Text,
        one_id -> Integer,
        two_id -> Nullable<Integer>,
    }
}
use a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_63_b as longest;

#[allow(dead_code)]
#[derive(Model)]
#[diesel(table_name = a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_63_b)]
#[model(
    belongs_to(one: Long, foreign_key = one_id),
    belongs_to(two: Long, foreign_key = two_id),
    has_many(ones: Long, foreign_key = a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_63_b::one_id),
)]
pub(crate) struct Long {
    id: i32,
    a_column_whose_name_is_as_long_as_postgresql_lets_a_name_be_63b: String,
    one_id: i32,
    two_id: Option<i32>,
}

#[derive(LoadSpec, Clone, Debug)]
#[load(Long)]
struct Name {
    a_column_whose_name_is_as_long_as_postgresql_lets_a_name_be_63b: String,
}

impl Name {
    fn text(&self) -> &str {
        &self.a_column_whose_name_is_as_long_as_postgresql_lets_a_name_be_63b
    }
}

/// The names of its joins are the same up to the 80th character, and those below them again.
#[derive(LoadSpec, Clone, Debug)]
#[load(Long)]
struct Joins {
    #[load(join = one)]
    a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_a: Name,
    #[load(join = two)]
    a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_b:
        Option<Name>,
    #[load(prefetch, order_by = a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_63_b::id.desc(), limit = 2)]
    ones: Vec<Name>,
    #[load(annotate = ones.count())]
    count: i64,
}

#[derive(LoadSpec, Debug)]
#[load(Long)]
struct Deep {
    id: i32,
    #[load(join = one)]
    a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_a: Joins,
    #[load(join = two)]
    a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_b:
        Option<Joins>,
}

async fn places_whose_names_are_cut_are_told_apart() {
    let conn = &mut database(
        "CREATE TABLE a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_63_b (
             id INTEGER PRIMARY KEY, a_column_whose_name_is_as_long_as_postgresql_lets_a_name_be_63b {text} NOT NULL,
             one_id INTEGER NOT NULL, two_id INTEGER
         );
         INSERT INTO a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_63_b
             VALUES (1, 'one', 2, 3), (2, 'two', 3, 4), (3, 'three', 4, NULL), (4, 'four', 1, 2);",
    )
    .await;
    let (one, two) = (
        Deep::a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_a,
        Deep::a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_b,
    );
    let below = Joins::a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_b;
    let rows = Deep::query()
        .filter(one.field(longest::id).ge(1).and(two.field(longest::id).ge(1)))
        .order((one.then(below).field(longest::id).desc(), longest::id))
        .load(conn)
        .await
        .unwrap();
    // By the second of the first: of 1 it is 4, of 2 none, of 4 it is 3.
    assert_eq!(sorted(rows.iter().map(|row| row.id)), [1, 2, 4]);
    let joins = |joins: &Joins| {
        let second = &joins
            .a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_b;
        let first = &joins
            .a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_a;
        let ones: Vec<&str> = joins.ones.iter().map(Name::text).collect();
        assert_eq!(joins.count, 1);
        format!("{} {} {}", first.text(), second.as_ref().map_or("-", Name::text), ones.join(" "))
    };
    let row = rows.iter().find(|row| row.id == 1).unwrap();
    assert_eq!(
        joins(&row.a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_a),
        "three four one"
    );
    assert_eq!(
        row.a_field_whose_name_is_longer_than_any_database_keeps_the_name_of_a_table_and_so_is_cut_b
            .as_ref()
            .map(joins)
            .as_deref(),
        Some("four - two")
    );
}
