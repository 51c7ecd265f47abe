//! Loads of more rows than a statement can bind values.

use diesel::prelude::*;
use upfront::{LoadSpec, Model};

use crate::support::{Trace, database, sorted};

diesel::table! { owners (id) { id -> Integer, name -> Text } }
diesel::table! { parents (id) { id -> Integer, code -> Text, owner_id -> Nullable<Integer> } }
diesel::table! { children (id) { id -> Integer, parent_id -> Integer, parent_code -> Text } }
diesel::table! { tags (id) { id -> Integer } }
diesel::table! { parent_tags (parent_id, tag_id) { parent_id -> Integer, tag_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = owners)]
pub(crate) struct Owner {
    id: i32,
    name: String,
}

#[derive(Model)]
#[diesel(table_name = parents)]
#[model(
    belongs_to(owner: Owner),
    has_many(children: Child),
    has_many(coded: Child, foreign_key = children::parent_code, references = code),
    many_to_many(tags: Tag, through = parent_tags),
)]
pub(crate) struct Parent {
    id: i32,
    code: String,
    owner_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = children)]
#[model(belongs_to(parent: Parent))]
pub(crate) struct Child {
    id: i32,
    parent_id: i32,
    parent_code: String,
}

#[derive(Model)]
#[diesel(table_name = tags)]
#[model(many_to_many(parents: Parent, through = parent_tags))]
pub(crate) struct Tag {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Owner)]
struct OwnerName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Child)]
struct ChildId {
    id: i32,
}

#[derive(LoadSpec, Clone)]
#[load(Tag)]
struct TagId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Parent, max_queries = 5)]
struct ParentPage {
    id: i32,
    #[load(join)]
    owner: Option<OwnerName>,
    #[load(prefetch = owner)]
    owner_again: Option<OwnerName>,
    #[load(prefetch)]
    children: Vec<ChildId>,
    #[load(prefetch)]
    coded: Vec<ChildId>,
    #[load(prefetch)]
    tags: Vec<TagId>,
}

#[derive(LoadSpec, Clone)]
#[load(Parent)]
struct ParentCode {
    code: String,
}

#[derive(LoadSpec)]
#[load(Child)]
struct ChildPage {
    id: i32,
    #[load(join)]
    parent: ParentCode,
    #[load(prefetch = parent)]
    parent_again: ParentCode,
}

#[derive(LoadSpec)]
#[load(Tag)]
struct TagPage {
    id: i32,
    #[load(prefetch)]
    parents: Vec<ParentCode>,
}

/// Parent `i` has the owner `i % 100`, or none where 7 divides it; the children `2 i` and `2 i + 1`, but where 3 divides it
/// none; and the tags `i % 10` and `10 + i % 7`.
fn parents(count: i32) -> SqliteConnection {
    database(&format!(
        "CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE parents (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, owner_id INTEGER);
         CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL, parent_code TEXT NOT NULL);
         CREATE TABLE tags (id INTEGER PRIMARY KEY);
         CREATE TABLE parent_tags (parent_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (parent_id, tag_id)) WITHOUT ROWID;
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
             INSERT INTO owners SELECT i, 'owner ' || i FROM n;
         INSERT INTO tags SELECT id FROM owners WHERE id < 17;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
             INSERT INTO parents SELECT i, 'é' || i, CASE WHEN i % 7 THEN i % 100 END FROM n;
         INSERT INTO children SELECT 2 * id, id, code FROM parents WHERE id % 3;
         INSERT INTO children SELECT 2 * id + 1, id, code FROM parents WHERE id % 3;
         INSERT INTO parent_tags SELECT id, id % 10 FROM parents;
         INSERT INTO parent_tags SELECT id, 10 + id % 7 FROM parents;
         CREATE INDEX by_parent ON children (parent_id);
         CREATE INDEX by_code ON children (parent_code);
         CREATE INDEX by_tag ON parent_tags (tag_id);"
    ))
}

#[track_caller]
fn check(count: i32) {
    let conn = &mut parents(count);
    let trace = Trace::of(conn);
    let pages = ParentPage::query().order(parents::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), ParentPage::QUERIES);
    assert_eq!(pages.len() as i32, count);
    for (page, i) in pages.into_iter().zip(1..) {
        assert_eq!(page.id, i);
        let owner = (i % 7 != 0).then(|| format!("owner {}", i % 100));
        assert_eq!(page.owner.map(|owner| owner.name), owner);
        assert_eq!(page.owner_again.map(|owner| owner.name), owner);
        let children = if i % 3 == 0 { vec![] } else { vec![2 * i, 2 * i + 1] };
        assert_eq!(sorted(page.children.into_iter().map(|child| child.id)), children);
        assert_eq!(sorted(page.coded.into_iter().map(|child| child.id)), children);
        assert_eq!(sorted(page.tags.into_iter().map(|tag| tag.id)), [i % 10, 10 + i % 7]);
    }
    let children = ChildPage::query().load(conn).unwrap();
    assert_eq!(children.len() as i32, 2 * (count - count / 3));
    for child in children {
        let code = format!("é{}", child.id / 2);
        assert_eq!((&child.parent.code, &child.parent_again.code), (&code, &code));
    }
    let tags = TagPage::query().order(tags::id).load(conn).unwrap();
    for tag in tags {
        let has = |i: &i32| i % 10 == tag.id || 10 + i % 7 == tag.id;
        let codes = sorted((1..=count).filter(has).map(|i| format!("é{i}")));
        assert_eq!(sorted(tag.parents.into_iter().map(|parent| parent.code)), codes);
    }
}

#[test]
fn as_many_parents_as_exceed_the_limit_of_binds() {
    check(33_000);
}

#[test]
fn a_hundred_thousand_parents() {
    check(100_000);
}
