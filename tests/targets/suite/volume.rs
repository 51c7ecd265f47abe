//! Many rows: no list of keys is too long.

use super::key_models::{integer, text};
use super::keys;
use super::prelude::*;

tests![a_hundred_thousand_parents, a_limit_for_each_of_many_parents, seventy_thousand_texts,];

const SERIES: &str =
    "WITH RECURSIVE series (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM series WHERE i + 1 <";

/// `count` parents, whose key `i` is written as an expression, each with two children and a link to itself.
async fn parents(schema: &str, key: &str, count: i32) -> Connection {
    database(&format!(
        "{{allow series}} {schema}
         INSERT INTO parents {SERIES} {count}) SELECT {key}, i FROM series;
         INSERT INTO children {SERIES} {count}) SELECT i * 2, {key} FROM series;
         INSERT INTO children {SERIES} {count}) SELECT i * 2 + 1, {key} FROM series;
         INSERT INTO links {SERIES} {count}) SELECT i, {key}, {key} FROM series;
         CREATE INDEX by_parent ON children (parent_id);
         CREATE INDEX by_from ON links (from_id);"
    ))
    .await
}

mod numbers {
    use super::*;
    use integer::*;

    #[derive(LoadSpec)]
    #[load(Parent)]
    pub(super) struct Plain {
        pub(super) label: i32,
        #[load(prefetch)]
        pub(super) children: Vec<keys::integer::ChildLabel>,
    }
}

mod texts {
    use super::*;
    use text::*;

    #[derive(LoadSpec)]
    #[load(Parent)]
    pub(super) struct Plain {
        pub(super) label: i32,
        #[load(prefetch)]
        pub(super) children: Vec<keys::text::ChildLabel>,
        #[load(prefetch)]
        pub(super) next: Vec<keys::text::ParentLabel>,
    }
}

async fn a_hundred_thousand_parents() {
    let conn = &mut parents(integer::SCHEMA, "i * 7 - 350000", 100_000).await;
    let queries = Queries::of(conn);
    let rows = numbers::Plain::query().order(integer::parents::label).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), numbers::Plain::QUERIES);
    assert_eq!(rows.len(), 100_000);
    for (row, label) in rows.iter().zip(0..) {
        let children = sorted(row.children.iter().map(|child| child.label));
        assert_eq!((row.label, &children[..]), (label, &[label * 2, label * 2 + 1][..]));
    }
}

async fn a_limit_for_each_of_many_parents() {
    let conn = &mut parents(integer::SCHEMA, "i", 3_000).await;
    let pages =
        keys::integer::Page::query().order(integer::parents::label).load(conn).await.unwrap();
    assert_eq!(pages.len(), 3_000);
    for (page, label) in pages.iter().zip(0..) {
        let children: Vec<i32> = page.last.iter().map(|child| child.label).collect();
        let next: Vec<i32> = page.last_next.iter().map(|next| next.label).collect();
        assert_eq!(
            (page.label, &children[..], &next[..]),
            (label, &[label * 2 + 1][..], &[label][..])
        );
    }
}

async fn seventy_thousand_texts() {
    let conn = &mut parents(text::SCHEMA, "concat('key ', i)", 70_000).await;
    let rows = texts::Plain::query().order(text::parents::label).load(conn).await.unwrap();
    assert_eq!(rows.len(), 70_000);
    for (row, label) in rows.iter().zip(0..) {
        let children = sorted(row.children.iter().map(|child| child.label));
        let next: Vec<i32> = row.next.iter().map(|next| next.label).collect();
        assert_eq!((row.label, &children[..]), (label, &[label * 2, label * 2 + 1][..]));
        assert_eq!(next, [label]);
    }
    // Up to the parent, from each of 140,000 children.
    let rows = keys::text::Row::query().load(conn).await.unwrap();
    assert_eq!(rows.len(), 140_000);
    for row in rows {
        let parent = Some(keys::text::ParentLabel { label: row.label / 2 });
        assert_eq!((&row.parent, &row.prefetched), (&parent, &parent));
    }
}
