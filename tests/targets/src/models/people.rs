//! People in teams, and what they write, with no row that another must have: keys dangle, are `NULL`, and lead to the row
//! itself; pairs of a many-to-many stand twice.

use proptest::prelude::*;
use upfront::Model;

use super::replace;

diesel::table! { teams (id) { id -> Integer } }
diesel::table! {
    people (id) { id -> Integer, team_id -> Nullable<Integer>, boss_id -> Nullable<Integer> }
}
diesel::table! { badges (id) { id -> Integer, person_id -> Nullable<Integer> } }
diesel::table! { posts (id) { id -> Integer, author_id -> Integer, reviewer_id -> Nullable<Integer> } }
diesel::table! { tags (id) { id -> Integer } }
diesel::table! { post_tags (id) { id -> Integer, post_id -> Integer, tag_id -> Nullable<Integer> } }
diesel::table! { follows (id) { id -> Integer, follower_id -> Integer, followed_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = teams)]
#[model(has_many(people: Person))]
pub struct Team {
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
#[diesel(table_name = people)]
#[model(
    belongs_to(team: Team),
    belongs_to(boss: Person),
    has_many(reports: Person, foreign_key = people::boss_id),
    has_many(posts: Post, foreign_key = posts::author_id),
    has_many(reviewed: Post, foreign_key = posts::reviewer_id),
    has_one(badge: Badge),
    many_to_many(following: Person, through = follows, foreign_key = follower_id, target_key = followed_id),
    many_to_many(followers: Person, through = follows, foreign_key = followed_id, target_key = follower_id),
)]
pub struct Person {
    pub id: i32,
    pub team_id: Option<i32>,
    pub boss_id: Option<i32>,
}

#[derive(Model, Debug, Clone)]
#[diesel(table_name = badges)]
#[model(belongs_to(person: Person))]
pub struct Badge {
    pub id: i32,
    pub person_id: Option<i32>,
}

#[derive(Model, Debug, Clone)]
#[diesel(table_name = posts)]
#[model(
    belongs_to(author: Person),
    belongs_to(reviewer: Person),
    many_to_many(tags: Tag, through = post_tags),
)]
pub struct Post {
    pub id: i32,
    pub author_id: i32,
    pub reviewer_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = tags)]
#[model(many_to_many(posts: Post, through = post_tags))]
pub struct Tag {
    pub id: i32,
}

#[derive(Model)]
#[diesel(table_name = post_tags)]
#[model(belongs_to(post: Post))]
pub struct PostTag {
    pub id: i32,
    pub post_id: i32,
    pub tag_id: Option<i32>,
}

/// The plain rows.
#[derive(Debug)]
pub struct World {
    pub teams: Vec<i32>,
    pub people: Vec<Person>,
    pub badges: Vec<Badge>,
    pub posts: Vec<Post>,
    pub tags: Vec<i32>,
    pub post_tags: Vec<(i32, i32, Option<i32>)>,
    pub follows: Vec<(i32, i32, i32)>,
}

/// A key of one of the rows 1 to 6, some of which are not there.
fn key() -> impl Strategy<Value = i32> {
    1..=6
}

fn ids() -> impl Strategy<Value = Vec<i32>> {
    prop::collection::btree_set(key(), 0..=6).prop_map(|ids| ids.into_iter().collect())
}

fn rows<T: std::fmt::Debug>(row: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<(i32, T)>> {
    prop::collection::btree_map(key(), row, 0..=6).prop_map(|rows| rows.into_iter().collect())
}

fn numbered<T>(rows: Vec<T>) -> impl Iterator<Item = (i32, T)> {
    (1..).zip(rows)
}

prop_compose! {
    pub fn world()(
        teams in ids(),
        people in rows((prop::option::of(key()), prop::option::of(key()))),
        badges in prop::collection::vec(prop::option::weighted(0.8, key()), 0..6),
        posts in rows((key(), prop::option::of(key()))),
        tags in ids(),
        post_tags in prop::collection::vec((key(), prop::option::weighted(0.9, key())), 0..12),
        follows in prop::collection::vec((key(), key()), 0..12),
    ) -> World {
        // A `has_one` finds one row at the most, so of the badges of one person only the first is kept.
        let mut badges: Vec<Badge> = numbered(badges).map(|(id, person_id)| Badge { id, person_id }).collect();
        let all = badges.clone();
        badges.retain(|badge| {
            badge.person_id.is_none()
                || all.iter().find(|other| other.person_id == badge.person_id).is_some_and(|first| first.id == badge.id)
        });
        World {
            teams,
            people: people.into_iter().map(|(id, (team_id, boss_id))| Person { id, team_id, boss_id }).collect(),
            badges,
            posts: posts.into_iter().map(|(id, (author_id, reviewer_id))| Post { id, author_id, reviewer_id }).collect(),
            tags,
            post_tags: numbered(post_tags).map(|(id, (post, tag))| (id, post, tag)).collect(),
            follows: numbered(follows).map(|(id, (from, to))| (id, from, to)).collect(),
        }
    }
}

pub const SCHEMA: &str = "
    CREATE TABLE teams (id INTEGER PRIMARY KEY);
    CREATE TABLE people (id INTEGER PRIMARY KEY, team_id INTEGER, boss_id INTEGER);
    CREATE TABLE badges (id INTEGER PRIMARY KEY, person_id INTEGER);
    CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, reviewer_id INTEGER);
    CREATE TABLE tags (id INTEGER PRIMARY KEY);
    CREATE TABLE post_tags (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, tag_id INTEGER);
    CREATE TABLE follows (id INTEGER PRIMARY KEY, follower_id INTEGER NOT NULL, followed_id INTEGER NOT NULL);
";

impl World {
    /// Puts these rows in the place of all others.
    pub fn sql(&self) -> String {
        let rows = |table, rows: &mut dyn Iterator<Item = Vec<Option<i32>>>| replace(table, rows);
        [
            "BEGIN;".to_owned(),
            rows("teams", &mut self.teams.iter().map(|id| vec![Some(*id)])),
            rows(
                "people",
                &mut self.people.iter().map(|row| vec![Some(row.id), row.team_id, row.boss_id]),
            ),
            rows("badges", &mut self.badges.iter().map(|row| vec![Some(row.id), row.person_id])),
            rows(
                "posts",
                &mut self
                    .posts
                    .iter()
                    .map(|row| vec![Some(row.id), Some(row.author_id), row.reviewer_id]),
            ),
            rows("tags", &mut self.tags.iter().map(|id| vec![Some(*id)])),
            rows(
                "post_tags",
                &mut self
                    .post_tags
                    .iter()
                    .map(|(id, post, tag)| vec![Some(*id), Some(*post), *tag]),
            ),
            rows(
                "follows",
                &mut self
                    .follows
                    .iter()
                    .map(|(id, from, to)| vec![Some(*id), Some(*from), Some(*to)]),
            ),
            "COMMIT;".to_owned(),
        ]
        .concat()
    }
}
