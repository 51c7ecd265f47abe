//! Keys of every SQL type: each finds its rows by every kind of relation, and no other rows.

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::serialize::{self, Output, ToSql};
use diesel::sqlite::Sqlite;
use upfront::{KeyPart, LoadSpec, MissingRow, Model, SqlKey};

use crate::support::{Trace, cause, database, plan, sorted};

/// Makes a module with a schema whose keys are of one type, and a function that checks it with the given keys.
macro_rules! keys_of {
    ($module:ident: $sql:ident is $rust:ty, declared $declared:literal) => {
        mod $module {
            use super::*;

            diesel::table! { parents (id) { id -> $sql, label -> Integer } }
            diesel::table! { children (label) { label -> Integer, parent_id -> Nullable<$sql> } }
            diesel::table! { links (label) { label -> Integer, from_id -> $sql, to_id -> $sql } }

            #[derive(Model)]
            #[diesel(table_name = parents)]
            #[model(
                has_many(children: Child),
                many_to_many(next: Parent, through = links, foreign_key = links::from_id, target_key = links::to_id),
            )]
            pub(super) struct Parent {
                id: $rust,
                label: i32,
            }

            #[derive(Model)]
            #[diesel(table_name = children, primary_key(label))]
            #[model(belongs_to(parent: Parent))]
            pub(super) struct Child {
                label: i32,
                parent_id: Option<$rust>,
            }

            #[derive(Model)]
            #[diesel(table_name = links, primary_key(label))]
            #[model(belongs_to(from: Parent))]
            pub(super) struct Link {
                label: i32,
                from_id: $rust,
            }

            #[derive(LoadSpec, Clone)]
            #[load(Parent)]
            pub(super) struct ParentLabel {
                label: i32,
            }

            #[derive(LoadSpec)]
            #[load(Child)]
            pub(super) struct ChildLabel {
                pub(super) label: i32,
            }

            #[derive(LoadSpec)]
            #[load(Parent)]
            pub(super) struct Page {
                pub(super) id: $rust,
                label: i32,
                #[load(prefetch)]
                pub(super) children: Vec<ChildLabel>,
                #[load(prefetch)]
                pub(super) next: Vec<ParentLabel>,
                #[load(annotate = children.count())]
                count: i64,
                #[load(annotate = next.exists())]
                linked: bool,
            }

            #[derive(LoadSpec)]
            #[load(Child)]
            struct Row {
                label: i32,
                #[load(join)]
                parent: Option<ParentLabel>,
                #[load(prefetch = parent)]
                prefetched: Option<ParentLabel>,
            }

            #[derive(LoadSpec)]
            #[load(Link)]
            struct LinkPage {
                #[load(prefetch)]
                from: ParentLabel,
            }

            /// The key that the error names where a link leads to no parent.
            pub(super) fn missing(key: $rust) -> Option<String> {
                let conn = &mut schema();
                diesel::insert_into(links::table)
                    .values((links::from_id.eq(&key), links::to_id.eq(&key)))
                    .execute(conn)
                    .expect("nothing enforces foreign keys");
                let error: MissingRow = cause(LinkPage::query().load(conn));
                error.key
            }

            pub(super) fn schema() -> SqliteConnection {
                schema_in("UTF-8")
            }

            pub(super) fn schema_in(encoding: &str) -> SqliteConnection {
                database(&format!(concat!(
                    "PRAGMA encoding = '{}';
                     CREATE TABLE parents (id ", $declared, " NOT NULL PRIMARY KEY, label INTEGER NOT NULL);
                     CREATE TABLE children (label INTEGER PRIMARY KEY, parent_id ", $declared, ");
                     CREATE TABLE links (label INTEGER PRIMARY KEY, from_id ", $declared, " NOT NULL, to_id ", $declared, " NOT NULL);
                     CREATE INDEX by_parent ON children (parent_id);
                     CREATE INDEX by_from ON links (from_id);"
                ), encoding))
            }

            /// Parent `i` has the key `keys[i]`, the children `10 i` and `10 i + 1`, and a link to the parent after it.
            pub(super) fn insert(keys: &[$rust], conn: &mut SqliteConnection) {
                conn.transaction(|conn| {
                    for (i, key) in keys.iter().enumerate() {
                        let label = i32::try_from(i).expect("few keys");
                        diesel::insert_into(parents::table)
                            .values((parents::id.eq(key), parents::label.eq(label)))
                            .execute(conn)?;
                        for child in [label * 10, label * 10 + 1] {
                            diesel::insert_into(children::table)
                                .values((children::label.eq(child), children::parent_id.eq(Some(key))))
                                .execute(conn)?;
                        }
                        let next = &keys[(i + 1) % keys.len()];
                        diesel::insert_into(links::table)
                            .values((links::from_id.eq(key), links::to_id.eq(next)))
                            .execute(conn)?;
                    }
                    diesel::insert_into(children::table)
                        .values((children::label.eq(-1), children::parent_id.eq(None::<$rust>)))
                        .execute(conn)
                })
                .expect("the rows fit the schema");
            }

            #[track_caller]
            pub(super) fn check(keys: &[$rust]) {
                check_in("UTF-8", keys);
            }

            #[track_caller]
            pub(super) fn check_in(encoding: &str, keys: &[$rust]) {
                let conn = &mut schema_in(encoding);
                insert(keys, conn);
                let last = keys.len() as i32 - 1;
                let pages = Page::query().order(parents::label).load(conn).unwrap();
                assert_eq!(pages.len(), keys.len());
                for (i, page) in pages.into_iter().enumerate() {
                    let label = i as i32;
                    assert_eq!((page.label, &page.id), (label, &keys[i]));
                    let children = sorted(page.children.iter().map(|child| child.label));
                    assert_eq!(children, [label * 10, label * 10 + 1], "the children of {:?}", keys[i]);
                    let next: Vec<i32> = page.next.iter().map(|next| next.label).collect();
                    assert_eq!(next, [if label == last { 0 } else { label + 1 }], "next to {:?}", keys[i]);
                    assert_eq!((page.count, page.linked), (2, true));
                    let found = Page::query().find(&keys[i]).first(conn).unwrap();
                    assert_eq!((found.label, found.children.len()), (label, 2));
                }
                for row in Row::query().load(conn).unwrap() {
                    let parent = (row.label >= 0).then_some(row.label / 10);
                    assert_eq!(row.parent.map(|parent| parent.label), parent);
                    assert_eq!(row.prefetched.map(|parent| parent.label), parent);
                }
            }
        }
    };
}

keys_of!(small: SmallInt is i16, declared "SMALLINT");
keys_of!(integer: Integer is i32, declared "INTEGER");
keys_of!(big: BigInt is i64, declared "BIGINT");
keys_of!(boolean: Bool is bool, declared "BOOLEAN");
keys_of!(text: Text is String, declared "TEXT");
keys_of!(nocase: Text is String, declared "TEXT COLLATE NOCASE");
keys_of!(binary: Binary is Vec<u8>, declared "BLOB");

#[test]
fn integers_of_every_width() {
    small::check(&[0, 1, -1, i16::MAX, i16::MIN]);
    integer::check(&[0, 1, -1, i32::MAX, i32::MIN]);
    big::check(&[0, 1, -1, i64::MAX, i64::MIN, i64::MAX - 1, i64::MIN + 1]);
}

#[test]
fn integers_that_a_float_would_round_into_each_other() {
    let limit = 1_i64 << 53;
    big::check(&[limit - 1, limit, limit + 1, limit + 2, -limit - 1, -limit, -limit + 1]);
}

#[test]
fn booleans() {
    boolean::check(&[true, false]);
}

#[test]
fn text_of_every_kind() {
    let keys = [
        "",
        " ",
        "  ",
        "a",
        "A",
        "a ",
        "'",
        "''",
        "\"",
        "\\",
        "\\\\",
        "\\\"",
        "`",
        "'; DROP TABLE parents; --",
        "\n",
        "\r\n",
        "\t",
        "\u{1}",
        "\u{8}",
        "\u{b}",
        "\u{c}",
        "\u{1b}",
        "\u{1f}",
        "\u{7f}",
        "\u{80}",
        "\u{feff}",
        "\u{2028}",
        "\u{fffd}",
        "\u{ffff}",
        "é",
        "e\u{301}",
        "ß",
        "ẞ",
        "日本語",
        "🦀",
        "👩‍👩‍👧",
        "\u{10ffff}",
        "0",
        "00",
        "1",
        "1.0",
        "1e3",
        "true",
        "null",
        "[]",
        "[1]",
        "{}",
        "\"a\"",
        "\\u0041",
        "%",
        "_",
        "?",
        "?1",
        ":a",
        "$[0]",
        "a.b",
    ];
    let keys = keys.map(str::to_owned);
    text::check(&keys);
    // In UTF-16, SQLite itself stores another character for this one.
    let keys: Vec<String> = keys.into_iter().filter(|key| key != "\u{ffff}").collect();
    text::check_in("UTF-16", &keys);
    text::check(&["x".repeat(100_000), "y".repeat(100_000)]);
}

#[test]
fn text_with_a_nul_character() {
    text::check(&["a\0b", "a", "\0", "a\0", "a\0c"].map(str::to_owned));
}

#[test]
fn bytes_of_every_kind() {
    binary::check(&[
        vec![],
        vec![0],
        vec![0, 0],
        b"a".to_vec(),
        vec![0xff],
        vec![0xff, 0xfe],
        (0..=255).collect(),
    ]);
}

#[test]
fn no_bytes_at_all_is_a_key() {
    binary::check(&[vec![]]);
}

#[test]
fn any_number_of_bytes_is_one_list() {
    let conn = &mut binary::schema();
    let keys: Vec<Vec<u8>> = (0..70_000_u32).map(|key| key.to_le_bytes().to_vec()).collect();
    binary::insert(&keys, conn);
    let trace = Trace::of(conn);
    let pages = binary::Page::query().order(binary::parents::label).load(conn).unwrap();
    assert_eq!(trace.sql().len(), binary::Page::QUERIES);
    assert_eq!(pages.len(), keys.len());
    for (page, key) in pages.iter().zip(&keys) {
        assert_eq!((&page.id, page.children.len(), page.next.len()), (key, 2, 1));
    }
}

#[test]
fn bytes_are_found_by_the_index() {
    let conn = &mut binary::schema();
    binary::insert(&[vec![1], vec![2]], conn);
    let trace = Trace::of(conn);
    binary::Page::query().load(conn).unwrap();
    let queries = trace.sql();
    // The statements are the same for other keys.
    binary::Page::query().filter(binary::parents::label.gt(0)).load(conn).unwrap();
    assert_eq!(trace.sql()[1..], queries[1..]);
    for (sql, index) in
        [(&queries[1], "by_parent (parent_id=?)"), (&queries[2], "by_from (from_id=?)")]
    {
        let plan = plan(sql, conn);
        assert!(plan.contains(&format!("INDEX {index}")), "{plan}");
    }
}

diesel::table! {
    codes (code) { code -> crate::keys::types::Code, label -> Integer }
}
diesel::table! {
    entries (id) { id -> Integer, code -> crate::keys::types::Code }
}

/// A SQL type whose values can only be bound.
#[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(sqlite_type(name = "Integer"))]
pub struct Code;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Code)]
pub struct CodeValue(i32);

impl SqlKey for Code {
    type NotNull = Code;
    type Value = CodeValue;
    type Stored = Code;
    type StoredValue = CodeValue;
}

impl KeyPart for CodeValue {}

impl FromSql<Code, Sqlite> for CodeValue {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <i32 as FromSql<diesel::sql_types::Integer, Sqlite>>::from_sql(value).map(CodeValue)
    }
}

impl ToSql<Code, Sqlite> for CodeValue {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        <i32 as ToSql<diesel::sql_types::Integer, Sqlite>>::to_sql(&self.0, out)
    }
}

#[derive(Model)]
#[diesel(table_name = codes, primary_key(code))]
#[model(has_many(entries: Entry, foreign_key = entries::code))]
pub(crate) struct Coded {
    code: CodeValue,
    label: i32,
}

#[derive(Model)]
#[diesel(table_name = entries)]
#[model(belongs_to(coded: Coded, foreign_key = entries::code))]
pub(crate) struct Entry {
    id: i32,
    code: CodeValue,
}

#[derive(LoadSpec)]
#[load(Entry)]
struct EntryId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Coded)]
struct CodedPage {
    label: i32,
    #[load(prefetch)]
    entries: Vec<EntryId>,
}

#[derive(LoadSpec, Clone)]
#[load(Coded)]
struct CodedLabel {
    label: i32,
}

#[derive(LoadSpec)]
#[load(Entry)]
struct EntryPage {
    id: i32,
    #[load(prefetch)]
    coded: CodedLabel,
}

/// Codes from 1 to `count`, each with one entry.
fn codes(count: i32) -> SqliteConnection {
    database(&format!(
        "CREATE TABLE codes (code INTEGER PRIMARY KEY, label INTEGER NOT NULL);
         CREATE TABLE entries (id INTEGER PRIMARY KEY, code INTEGER NOT NULL UNIQUE);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         INSERT INTO codes SELECT i, i * 10 FROM n;
         INSERT INTO entries SELECT code + 1000000, code FROM codes;"
    ))
}

#[test]
fn keys_of_a_type_of_the_users_own_are_bound() {
    let conn = &mut codes(30_000);
    let pages = CodedPage::query().order(codes::label).load(conn).unwrap();
    assert_eq!(pages.len(), 30_000);
    for (page, code) in pages.iter().zip(1..) {
        let entries: Vec<i32> = page.entries.iter().map(|entry| entry.id).collect();
        assert_eq!((page.label, &entries[..]), (code * 10, &[code + 1_000_000][..]));
    }
    for entry in EntryPage::query().load(conn).unwrap() {
        assert_eq!(entry.coded.label, (entry.id - 1_000_000) * 10);
    }
}

#[test]
fn more_bound_keys_than_one_query_takes_are_an_error() {
    let conn = &mut codes(30_001);
    let Err(Error::QueryBuilderError(error)) = CodedPage::query().load(conn) else {
        panic!("a query bound 30,001 keys");
    };
    let text = error.to_string();
    assert!(text.contains("30001 keys") && text.contains("takes 30000"), "{text}");
    assert!(text.contains("`KeyPart::FORM`"), "{text}");
    // The connection is as good as new.
    assert_eq!(CodedPage::query().filter(codes::label.le(20)).load(conn).unwrap().len(), 2);
}

#[test]
fn a_missing_row_names_a_key_of_any_type() {
    let conn = &mut codes(1);
    conn.batch_execute("UPDATE entries SET code = 7").unwrap();
    let error: MissingRow = cause(EntryPage::query().load(conn));
    assert_eq!(error.key.as_deref(), Some("CodeValue(7)"));

    assert_eq!(big::missing(i64::MIN).as_deref(), Some("-9223372036854775808"));
    assert_eq!(boolean::missing(true).as_deref(), Some("true"));
    assert_eq!(text::missing("CH".to_owned()).as_deref(), Some("\"CH\""));
    assert_eq!(binary::missing(vec![10, 255]).as_deref(), Some("x'0aff'"));
}

#[test]
fn a_key_that_only_the_collation_holds_equal_finds_its_parent() {
    let conn = &mut nocase::schema();
    nocase::insert(&["a".to_owned(), "b".to_owned()], conn);
    let labels = |conn: &mut _| -> Vec<Vec<i32>> {
        let pages = nocase::Page::query().order(nocase::parents::label).load(conn).unwrap();
        pages.iter().map(|page| page.children.iter().map(|child| child.label).collect()).collect()
    };
    let before = labels(conn);
    assert_eq!(before.iter().flatten().count(), 4);
    diesel::sql_query("UPDATE children SET parent_id = upper(parent_id) WHERE label = 0")
        .execute(conn)
        .unwrap();
    assert_eq!(labels(conn), before);
}

#[test]
fn a_key_beyond_its_declared_type_is_an_error_and_not_another_rows_key() {
    diesel::table! { wide_parents (id) { id -> Integer, label -> Integer } }
    diesel::table! { wide_children (label) { label -> Integer, parent_id -> Integer } }

    #[derive(Model)]
    #[diesel(table_name = wide_parents)]
    #[model(has_many(children: WideChild))]
    struct WideParent {
        id: i32,
        label: i32,
    }

    #[derive(Model)]
    #[diesel(table_name = wide_children, primary_key(label))]
    #[model(belongs_to(parent: WideParent))]
    struct WideChild {
        label: i32,
        parent_id: i32,
    }

    #[derive(LoadSpec)]
    #[load(WideChild)]
    struct ChildLabel {
        label: i32,
    }

    #[derive(LoadSpec)]
    #[load(WideParent)]
    struct WidePage {
        label: i32,
        #[load(prefetch)]
        children: Vec<ChildLabel>,
    }

    // SQLite's INTEGER has 64 bits, whatever `table!` says: the low 32 of the second parent's key are the first's.
    let conn = &mut database(
        "CREATE TABLE wide_parents (id INTEGER PRIMARY KEY, label INTEGER NOT NULL);
         CREATE TABLE wide_children (label INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL);
         INSERT INTO wide_parents VALUES (1, 10), (4294967297, 20);
         INSERT INTO wide_children VALUES (100, 1), (200, 4294967297);",
    );
    let first = WidePage::query().find(1).first(conn).unwrap();
    assert_eq!((first.label, first.children[0].label, first.children.len()), (10, 100, 1));
    let Err(error) = WidePage::query().load(conn) else {
        panic!("a key of 33 bits was read as one of 32");
    };
    assert!(error.to_string().contains("does not fit the type"), "{error}");
}
