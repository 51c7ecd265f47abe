//! Keys of every type: each finds its rows by every kind of relation, and no other rows.

use chrono::{NaiveDate, NaiveDateTime};
use targets::models::keys::{Choice, CodeValue, Number};

use super::key_models as keys;
use super::prelude::*;

tests![
    integers_of_every_width,
    integers_that_a_float_would_round_into_each_other,
    booleans,
    texts_of_every_kind,
    bytes_of_every_kind,
    dates,
    moments,
    newtypes,
    enums,
    a_sql_type_of_ones_own,
    texts_that_only_the_collation_holds_equal,
];

/// Makes a module with specs of models whose keys are of one type, and a function that checks them with the given keys.
macro_rules! checks {
    ($($module:ident)*) => {$(
        pub(crate) mod $module {
            use super::*;
            use keys::$module::*;

            #[derive(LoadSpec, Clone, Debug, PartialEq)]
            #[load(Parent)]
            pub(crate) struct ParentLabel {
                pub(crate) label: i32,
            }

            #[derive(LoadSpec, Clone, Debug, PartialEq)]
            #[load(Child)]
            pub(crate) struct ChildLabel {
                pub(crate) label: i32,
            }

            #[derive(LoadSpec, Debug, PartialEq)]
            #[load(Parent)]
            pub(crate) struct Page {
                pub(crate) id: Key,
                pub(crate) label: i32,
                #[load(prefetch, order_by = children::label)]
                pub(crate) children: Vec<ChildLabel>,
                #[load(prefetch = children, order_by = children::label.desc(), limit = 1)]
                pub(crate) last: Vec<ChildLabel>,
                #[load(prefetch, order_by = parents::label)]
                pub(crate) next: Vec<ParentLabel>,
                #[load(prefetch = next, order_by = parents::label.desc(), limit = 1)]
                pub(crate) last_next: Vec<ParentLabel>,
                #[load(annotate = children.count())]
                pub(crate) count: i64,
                #[load(annotate = next.exists())]
                pub(crate) linked: bool,
            }

            #[derive(LoadSpec, Debug, PartialEq)]
            #[load(Child)]
            pub(crate) struct Row {
                pub(crate) label: i32,
                #[load(join)]
                pub(crate) parent: Option<ParentLabel>,
                #[load(prefetch = parent)]
                pub(crate) prefetched: Option<ParentLabel>,
            }

            /// Parent `i` has the key `keys[i]`, the children `10 i` and `10 i + 1`, and links to itself and the one after it.
            pub(crate) async fn insert(keys: &[Key], conn: &mut Connection) {
                run("BEGIN", conn).await.unwrap();
                for (label, key) in (0..).zip(keys) {
                    diesel::insert_into(parents::table)
                        .values((parents::id.eq(key), parents::label.eq(label)))
                        .execute(conn)
                        .await
                        .unwrap();
                    for child in [label * 10, label * 10 + 1] {
                        diesel::insert_into(children::table)
                            .values((children::label.eq(child), children::parent_id.eq(Some(key))))
                            .execute(conn)
                            .await
                            .unwrap();
                    }
                    let next = &keys[(label as usize + 1) % keys.len()];
                    for (link, to) in [(label * 2, key), (label * 2 + 1, next)] {
                        diesel::insert_into(links::table)
                            .values((links::label.eq(link), links::from_id.eq(key), links::to_id.eq(to)))
                            .execute(conn)
                            .await
                            .unwrap();
                    }
                }
                run("INSERT INTO children VALUES (-1, NULL); COMMIT", conn).await.unwrap();
            }

            pub(crate) async fn check(keys: Vec<Key>) {
                let conn = &mut database(SCHEMA).await;
                insert(&keys, conn).await;
                let count = keys.len() as i32;
                let parent = |label: i32| ParentLabel { label };
                let page = |(label, id): (i32, &Key)| {
                    let next = sorted([label, (label + 1) % count]);
                    let children = [label * 10, label * 10 + 1].map(|label| ChildLabel { label });
                    Page {
                        id: id.clone(),
                        label,
                        last: vec![children[1].clone()],
                        children: children.into(),
                        last_next: vec![parent(next[1])],
                        next: next.into_iter().map(parent).collect(),
                        count: 2,
                        linked: true,
                    }
                };
                let expected: Vec<Page> = (0..).zip(&keys).map(page).collect();
                let pages = Page::query().order(parents::label).load(conn).await.unwrap();
                assert_eq!(pages, expected);
                for page in &expected {
                    let found = Page::query().find(&page.id).first(conn).await.unwrap();
                    assert_eq!(&found, page);
                }
                let rows = Row::query().order(children::label).load(conn).await.unwrap();
                assert_eq!(rows.len(), keys.len() * 2 + 1);
                for row in rows {
                    let parent = (row.label >= 0).then(|| parent(row.label / 10));
                    assert_eq!(row, Row { label: row.label, parent: parent.clone(), prefetched: parent });
                }
            }
        }
    )*};
}

checks! { small integer big boolean text binary date moment newtype choice own }

async fn integers_of_every_width() {
    small::check(vec![0, 1, -1, i16::MAX, i16::MIN]).await;
    integer::check(vec![0, 1, -1, i32::MAX, i32::MIN]).await;
    big::check(vec![0, 1, -1, i64::MAX, i64::MIN, i64::MAX - 1, i64::MIN + 1]).await;
}

async fn integers_that_a_float_would_round_into_each_other() {
    let limit = 1_i64 << 53;
    big::check(vec![limit - 1, limit, limit + 1, limit + 2, -limit - 1, -limit, -limit + 1]).await;
}

async fn booleans() {
    boolean::check(vec![true, false]).await;
}

async fn texts_of_every_kind() {
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
        "\\'",
        "`",
        ",",
        "a,b",
        "{a}",
        "'; DROP TABLE parents; --",
        "\n",
        "\r\n",
        "\t",
        "\u{1}",
        "\u{8}",
        "\u{b}",
        "\u{c}",
        "\u{1a}",
        "\u{1b}",
        "\u{1f}",
        "\u{7f}",
        "\u{80}",
        "\u{2028}",
        "\u{fffd}",
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
        "NULL",
        "[]",
        "[1]",
        "{}",
        "{\"a\",NULL}",
        "\"a\"",
        "\\u0041",
        "\\x41",
        "%",
        "_",
        "?",
        "?1",
        "$1",
        ":a",
        "@a",
        "$[0]",
        "a.b",
        "-- ",
        "/*",
        "x'41'",
    ];
    text::check(keys.map(str::to_owned).to_vec()).await;
    text::check(vec!["x".repeat(200), "y".repeat(200), "ü".repeat(200)]).await;
}

async fn bytes_of_every_kind() {
    binary::check(vec![
        vec![],
        vec![0],
        vec![0, 0],
        b"a".to_vec(),
        b"A".to_vec(),
        b"a ".to_vec(),
        b"a\0".to_vec(),
        b"'\\\"".to_vec(),
        b"\\x41".to_vec(),
        vec![0xff],
        vec![0xff, 0xfe],
        (0..=199).collect(),
        (56..=255).collect(),
    ])
    .await;
    binary::check(vec![vec![]]).await;
}

async fn dates() {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    date::check(vec![date(1000, 1, 1), date(1969, 12, 31), date(2024, 2, 29), date(9999, 12, 31)])
        .await;
}

// Before 1970 there is no `Timestamp` on MariaDB.
async fn moments() {
    let moment = |text: &str| text.parse::<NaiveDateTime>().unwrap();
    moment::check(vec![
        moment("2024-02-29T23:59:59"),
        moment("2024-02-29T23:59:59.999999"),
        moment("2024-02-29T23:59:59.999990"),
        moment("2024-03-01T00:00:00.000001"),
    ])
    .await;
}

async fn newtypes() {
    newtype::check(vec![Number(-1), Number(0), Number(i64::MAX)]).await;
}

async fn enums() {
    choice::check(vec![Choice::No, Choice::Yes]).await;
}

async fn a_sql_type_of_ones_own() {
    own::check(vec![CodeValue(-1), CodeValue(0), CodeValue(i32::MAX)]).await;
}

mod same {
    use super::*;
    use keys::same::*;

    #[derive(LoadSpec, Clone, Debug, PartialEq)]
    #[load(Parent)]
    pub(super) struct ParentLabel {
        pub(super) label: i32,
    }

    #[derive(LoadSpec, Clone, Debug, PartialEq)]
    #[load(Child)]
    pub(super) struct ChildLabel {
        pub(super) label: i32,
    }

    #[derive(LoadSpec, Debug, PartialEq)]
    #[load(Parent)]
    pub(super) struct Page {
        pub(super) label: i32,
        #[load(prefetch, order_by = children::label)]
        pub(super) children: Vec<ChildLabel>,
        #[load(prefetch = children, order_by = children::label.desc(), limit = 2)]
        pub(super) last: Vec<ChildLabel>,
        #[load(prefetch, order_by = parents::label)]
        pub(super) next: Vec<ParentLabel>,
        #[load(prefetch = next, order_by = parents::label.desc(), limit = 1)]
        pub(super) last_next: Vec<ParentLabel>,
    }

    #[derive(LoadSpec, Debug, PartialEq)]
    #[load(Child)]
    pub(super) struct Row {
        pub(super) label: i32,
        #[load(join)]
        pub(super) parent: Option<ParentLabel>,
        #[load(prefetch = parent)]
        pub(super) prefetched: Option<ParentLabel>,
    }
}

/// The children of `a` are written as `a` and as `A`, as are the links.
async fn texts_that_only_the_collation_holds_equal() {
    use keys::same::{SCHEMA, children, parents};

    let conn = &mut database(&format!(
        "{{define nocase}} {SCHEMA}
         INSERT INTO parents VALUES ('a', 1), ('B', 2), ('c', 3);
         INSERT INTO children VALUES (10, 'a'), (11, 'A'), (12, 'a'), (20, 'b'), (21, 'B'), (40, 'd');
         INSERT INTO links VALUES (1, 'a', 'b'), (2, 'A', 'C'), (3, 'b', 'A'), (4, 'b', 'd');"
    ))
    .await;
    let pages = same::Page::query().order(parents::label).load(conn).await.unwrap();
    let labels =
        |children: &[same::ChildLabel]| children.iter().map(|row| row.label).collect::<Vec<_>>();
    let parents =
        |parents: &[same::ParentLabel]| parents.iter().map(|row| row.label).collect::<Vec<_>>();
    let shown: Vec<_> = pages
        .iter()
        .map(|page| {
            (
                page.label,
                labels(&page.children),
                labels(&page.last),
                parents(&page.next),
                parents(&page.last_next),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (1, vec![10, 11, 12], vec![12, 11], vec![2, 3], vec![3]),
            (2, vec![20, 21], vec![21, 20], vec![1], vec![1]),
            (3, vec![], vec![], vec![], vec![]),
        ]
    );
    // Both spellings are asked for at once, and each row has its parent.
    let rows = same::Row::query().order(children::label).load(conn).await.unwrap();
    let parent = |parent: &Option<same::ParentLabel>| parent.as_ref().map(|row| row.label);
    for (row, label) in rows.iter().zip([Some(1), Some(1), Some(1), Some(2), Some(2), None]) {
        assert_eq!((parent(&row.parent), parent(&row.prefetched)), (label, label), "{}", row.label);
    }
    assert_eq!(rows.len(), 6);
}
