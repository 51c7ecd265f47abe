//! Random rows, loaded by specs of many shapes and by nested loops over the plain tables: both give the same.
//!
//! Keys dangle, are `NULL`, and lead to the row itself; pairs of a many-to-many stand twice.

use diesel::prelude::*;
use proptest::prelude::*;
use upfront::{LoadSpec, MissingRow, Model};

use crate::support::{cause, database, sorted};

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
pub(crate) struct Team {
    id: i32,
}

#[derive(Model, Queryable, Insertable, Debug, Clone)]
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
pub(crate) struct Person {
    id: i32,
    team_id: Option<i32>,
    boss_id: Option<i32>,
}

#[derive(Model, Queryable, Insertable, Debug, Clone)]
#[diesel(table_name = badges)]
#[model(belongs_to(person: Person))]
pub(crate) struct Badge {
    id: i32,
    person_id: Option<i32>,
}

#[derive(Model, Queryable, Insertable, Debug, Clone)]
#[diesel(table_name = posts)]
#[model(
    belongs_to(author: Person),
    belongs_to(reviewer: Person),
    many_to_many(tags: Tag, through = post_tags),
)]
pub(crate) struct Post {
    id: i32,
    author_id: i32,
    reviewer_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = tags)]
#[model(many_to_many(posts: Post, through = post_tags))]
pub(crate) struct Tag {
    id: i32,
}

#[derive(Model)]
#[diesel(table_name = post_tags)]
#[model(belongs_to(post: Post))]
pub(crate) struct PostTag {
    id: i32,
    post_id: i32,
    tag_id: Option<i32>,
}

/// The plain rows.
#[derive(Debug)]
struct World {
    teams: Vec<i32>,
    people: Vec<Person>,
    badges: Vec<Badge>,
    posts: Vec<Post>,
    tags: Vec<i32>,
    post_tags: Vec<(i32, i32, Option<i32>)>,
    follows: Vec<(i32, i32, i32)>,
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
    fn world()(
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

impl World {
    fn insert(&self) -> SqliteConnection {
        let mut conn = database(
            "CREATE TABLE teams (id INTEGER PRIMARY KEY);
             CREATE TABLE people (id INTEGER PRIMARY KEY, team_id INTEGER, boss_id INTEGER);
             CREATE TABLE badges (id INTEGER PRIMARY KEY, person_id INTEGER);
             CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, reviewer_id INTEGER);
             CREATE TABLE tags (id INTEGER PRIMARY KEY);
             CREATE TABLE post_tags (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, tag_id INTEGER);
             CREATE TABLE follows (id INTEGER PRIMARY KEY, follower_id INTEGER NOT NULL, followed_id INTEGER NOT NULL);",
        );
        let insert = |conn: &mut SqliteConnection| -> QueryResult<()> {
            let teams: Vec<_> = self.teams.iter().map(|id| teams::id.eq(id)).collect();
            diesel::insert_into(teams::table).values(teams).execute(conn)?;
            diesel::insert_into(people::table).values(&self.people).execute(conn)?;
            diesel::insert_into(badges::table).values(&self.badges).execute(conn)?;
            diesel::insert_into(posts::table).values(&self.posts).execute(conn)?;
            let tags: Vec<_> = self.tags.iter().map(|id| tags::id.eq(id)).collect();
            diesel::insert_into(tags::table).values(tags).execute(conn)?;
            let pairs = self.post_tags.iter();
            let pairs: Vec<_> = pairs
                .map(|(id, post, tag)| {
                    (post_tags::id.eq(id), post_tags::post_id.eq(post), post_tags::tag_id.eq(tag))
                })
                .collect();
            diesel::insert_into(post_tags::table).values(pairs).execute(conn)?;
            let pairs = self.follows.iter();
            let pairs: Vec<_> = pairs
                .map(|(id, from, to)| {
                    (follows::id.eq(id), follows::follower_id.eq(from), follows::followed_id.eq(to))
                })
                .collect();
            diesel::insert_into(follows::table).values(pairs).execute(conn)?;
            Ok(())
        };
        insert(&mut conn).expect("the rows fit the schema");
        conn
    }
}

/// How rows read as text, whose lists are sorted where no order is defined.
trait Text {
    fn text(&self) -> String;
}

impl<T: Text> Text for Option<T> {
    fn text(&self) -> String {
        self.as_ref().map_or("-".to_owned(), T::text)
    }
}

impl<T: Text> Text for Vec<T> {
    fn text(&self) -> String {
        format!("[{}]", sorted(self.iter().map(T::text)).join(" "))
    }
}

/// A spec, and what it reads as: the name, then the fields in their order.
macro_rules! specs {
    ($($(#[$attr:meta])* $spec:ident { $($(#[$load:meta])* $field:ident: $ty:ty,)* })*) => {$(
        #[derive(LoadSpec, Clone)]
        $(#[$attr])*
        struct $spec {
            id: i32,
            $($(#[$load])* $field: $ty,)*
        }

        impl Text for $spec {
            fn text(&self) -> String {
                let fields: &[String] = &[$(self.$field.text()),*];
                format!("{}({})", self.id, fields.join(" "))
            }
        }
    )*};
}

impl Text for i64 {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl Text for bool {
    fn text(&self) -> String {
        self.to_string()
    }
}

specs! {
    #[load(Team)]
    TeamId {}
    #[load(Person)]
    PersonId {}
    #[load(Post)]
    PostId {}
    #[load(Tag)]
    TagId {}
    #[load(Badge)]
    BadgeId {}

    #[load(Person)]
    InTeam {
        #[load(join)]
        team: Option<TeamId>,
    }
    #[load(Post)]
    PostCard {
        #[load(join)]
        author: Option<InTeam>,
        #[load(join)]
        reviewer: Option<InTeam>,
        #[load(prefetch)]
        tags: Vec<TagId>,
        #[load(annotate = tags.count())]
        count: i64,
        #[load(annotate = reviewer.exists())]
        reviewed: bool,
    }

    #[load(Person)]
    WithBoss {
        #[load(join)]
        boss: Option<PersonId>,
    }
    #[load(Post)]
    Inner {
        #[load(join)]
        author: WithBoss,
    }

    #[load(PostTag)]
    Pair {
        #[load(join)]
        post: Option<Inner>,
    }

    #[load(Post)]
    Tagged {
        #[load(prefetch)]
        tags: Vec<TagId>,
    }
    #[load(Person)]
    Writer {
        #[load(prefetch)]
        posts: Vec<Tagged>,
        #[load(annotate = posts.count())]
        written: i64,
        #[load(annotate = reviewed.count())]
        reviewed: i64,
    }
    #[load(Team)]
    Tree {
        #[load(prefetch)]
        people: Vec<Writer>,
    }

    #[load(Person)]
    Reports {
        #[load(prefetch)]
        reports: Vec<PersonId>,
    }
    #[load(Person)]
    Circle {
        #[load(join)]
        boss: Option<WithBoss>,
        #[load(prefetch)]
        reports: Vec<Reports>,
        #[load(prefetch)]
        following: Vec<Reports>,
        #[load(prefetch)]
        followers: Vec<PersonId>,
        #[load(annotate = following.count())]
        follows: i64,
        #[load(annotate = followers.exists())]
        followed: bool,
        #[load(join)]
        badge: Option<BadgeId>,
        #[load(prefetch = badge)]
        badge_again: Option<BadgeId>,
    }

    #[load(Person)]
    Author {
        #[load(join)]
        team: Option<TeamId>,
        #[load(prefetch)]
        reports: Vec<PersonId>,
    }
    #[load(Post)]
    ByAuthor {
        #[load(join)]
        author: Option<Author>,
    }
    #[load(Tag)]
    TagPage {
        #[load(prefetch)]
        posts: Vec<ByAuthor>,
    }

    #[load(Person)]
    TeamApart {
        #[load(prefetch)]
        team: Option<TeamId>,
    }
    #[load(Post)]
    Apart {
        #[load(prefetch)]
        author: Option<TeamApart>,
        #[load(prefetch)]
        reviewer: Option<TeamApart>,
        #[load(join = reviewer)]
        joined: Option<InTeam>,
        #[load(join = reviewer)]
        again: Option<WithBoss>,
    }

    #[load(Person)]
    Holder {
        #[load(prefetch)]
        posts: Vec<PostId>,
        #[load(join)]
        boss: Option<Reports>,
    }
    #[load(Badge)]
    BadgePage {
        #[load(join)]
        person: Option<Holder>,
    }
}

/// A list as it reads, sorted.
fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", sorted(items).join(" "))
}

/// A row as it reads.
fn row(id: i32, fields: &[String]) -> String {
    format!("{id}({})", fields.join(" "))
}

fn or_none(text: Option<String>) -> String {
    text.unwrap_or_else(|| "-".to_owned())
}

/// The nested loops: each function finds rows by going through all of a table.
impl World {
    fn team(&self, id: Option<i32>) -> String {
        or_none(self.teams.iter().find(|team| Some(**team) == id).map(|team| row(*team, &[])))
    }

    fn person(&self, id: Option<i32>) -> Option<&Person> {
        self.people.iter().find(|person| Some(person.id) == id)
    }

    fn person_id(&self, id: Option<i32>) -> String {
        or_none(self.person(id).map(|person| row(person.id, &[])))
    }

    fn reports_of(&self, person: &Person) -> String {
        let reports = self.people.iter().filter(|other| other.boss_id == Some(person.id));
        list(reports.map(|report| row(report.id, &[])))
    }

    fn with_reports(&self, person: &Person) -> String {
        row(person.id, &[self.reports_of(person)])
    }

    fn with_boss(&self, person: &Person) -> String {
        row(person.id, &[self.person_id(person.boss_id)])
    }

    fn in_team(&self, id: Option<i32>) -> String {
        or_none(self.person(id).map(|person| row(person.id, &[self.team(person.team_id)])))
    }

    fn tags_of(&self, post: &Post) -> Vec<String> {
        let pairs = self.post_tags.iter().filter(|(_, of, _)| *of == post.id);
        let tags = pairs.filter_map(|(_, _, tag)| self.tags.iter().find(|id| Some(**id) == *tag));
        tags.map(|tag| row(*tag, &[])).collect()
    }

    fn tagged(&self, post: &Post) -> String {
        row(post.id, &[list(self.tags_of(post).into_iter())])
    }

    fn posts_of(&self, person: &Person) -> Vec<&Post> {
        self.posts.iter().filter(|post| post.author_id == person.id).collect()
    }

    fn followed_by(&self, person: &Person) -> Vec<&Person> {
        let pairs = self.follows.iter().filter(|(_, from, _)| *from == person.id);
        pairs.filter_map(|(_, _, to)| self.person(Some(*to))).collect()
    }

    fn followers_of(&self, person: &Person) -> Vec<&Person> {
        let pairs = self.follows.iter().filter(|(_, _, to)| *to == person.id);
        pairs.filter_map(|(_, from, _)| self.person(Some(*from))).collect()
    }

    fn badge_of(&self, person: &Person) -> String {
        let badge = self.badges.iter().find(|badge| badge.person_id == Some(person.id));
        or_none(badge.map(|badge| row(badge.id, &[])))
    }

    fn post_cards(&self) -> Vec<String> {
        let card = |post: &Post| {
            let tags = self.tags_of(post);
            let count = tags.len().to_string();
            let reviewed = self.person(post.reviewer_id).is_some().to_string();
            let author = self.in_team(Some(post.author_id));
            let reviewer = self.in_team(post.reviewer_id);
            row(post.id, &[author, reviewer, list(tags.into_iter()), count, reviewed])
        };
        self.posts.iter().map(card).collect()
    }

    fn inner(&self) -> Vec<String> {
        let posts = self.posts.iter().filter_map(|post| {
            let author = self.person(Some(post.author_id))?;
            Some(row(post.id, &[self.with_boss(author)]))
        });
        posts.collect()
    }

    /// `None` where a post that is there has an author who is not: the spec holds the author as a plain value.
    fn pairs(&self) -> Option<Vec<String>> {
        let pair = |(id, post, _): &(i32, i32, Option<i32>)| {
            let Some(post) = self.posts.iter().find(|row| row.id == *post) else {
                return Some(row(*id, &[or_none(None)]));
            };
            let author = self.person(Some(post.author_id))?;
            Some(row(*id, &[row(post.id, &[self.with_boss(author)])]))
        };
        self.post_tags.iter().map(pair).collect()
    }

    fn trees(&self) -> Vec<String> {
        let writer = |person: &Person| {
            let posts = self.posts_of(person);
            let reviewed =
                self.posts.iter().filter(|post| post.reviewer_id == Some(person.id)).count();
            let tagged = list(posts.iter().map(|post| self.tagged(post)));
            row(person.id, &[tagged, posts.len().to_string(), reviewed.to_string()])
        };
        let tree = |team: &i32| {
            let people = self.people.iter().filter(|person| person.team_id == Some(*team));
            row(*team, &[list(people.map(writer))])
        };
        self.teams.iter().map(tree).collect()
    }

    fn circles(&self) -> Vec<String> {
        let circle = |person: &Person| {
            let boss = or_none(self.person(person.boss_id).map(|boss| self.with_boss(boss)));
            let reports = self.people.iter().filter(|other| other.boss_id == Some(person.id));
            let reports = list(reports.map(|report| self.with_reports(report)));
            let (following, followers) = (self.followed_by(person), self.followers_of(person));
            let (count, any) = (following.len().to_string(), (!followers.is_empty()).to_string());
            let following = list(following.iter().map(|person| self.with_reports(person)));
            let followers = list(followers.iter().map(|person| row(person.id, &[])));
            let badge = self.badge_of(person);
            row(person.id, &[boss, reports, following, followers, count, any, badge.clone(), badge])
        };
        self.people.iter().map(circle).collect()
    }

    fn tag_pages(&self) -> Vec<String> {
        let by_author = |post: &Post| {
            let author = self.person(Some(post.author_id)).map(|author| {
                row(author.id, &[self.team(author.team_id), self.reports_of(author)])
            });
            row(post.id, &[or_none(author)])
        };
        let page = |tag: &i32| {
            let pairs = self.post_tags.iter().filter(|(_, _, of)| *of == Some(*tag));
            let posts =
                pairs.filter_map(|(_, id, _)| self.posts.iter().find(|post| post.id == *id));
            row(*tag, &[list(posts.map(by_author))])
        };
        self.tags.iter().map(page).collect()
    }

    fn apart(&self) -> Vec<String> {
        let post = |post: &Post| {
            let (author, reviewer) =
                (self.in_team(Some(post.author_id)), self.in_team(post.reviewer_id));
            let again = self.person(post.reviewer_id).map(|person| self.with_boss(person));
            row(post.id, &[author, reviewer.clone(), reviewer, or_none(again)])
        };
        self.posts.iter().map(post).collect()
    }

    fn badge_pages(&self) -> Vec<String> {
        let holder = |person: &Person| {
            let posts = list(self.posts_of(person).iter().map(|post| row(post.id, &[])));
            let boss = self.person(person.boss_id).map(|boss| self.with_reports(boss));
            row(person.id, &[posts, or_none(boss)])
        };
        let page =
            |badge: &Badge| row(badge.id, &[or_none(self.person(badge.person_id).map(holder))]);
        self.badges.iter().map(page).collect()
    }
}

fn texts<S: Text>(rows: QueryResult<Vec<S>>) -> Vec<String> {
    rows.expect("the load goes well").iter().map(S::text).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn specs_give_what_nested_loops_give(world in world()) {
        let conn = &mut world.insert();
        prop_assert_eq!(texts(PostCard::query().order(posts::id).load(conn)), world.post_cards());
        prop_assert_eq!(texts(Inner::query().order(posts::id).load(conn)), world.inner());
        let pairs = Pair::query().order(post_tags::id).load(conn);
        match world.pairs() {
            Some(expected) => prop_assert_eq!(texts(pairs), expected),
            None => prop_assert_eq!(cause::<_, MissingRow>(pairs).relation, "author"),
        }
        prop_assert_eq!(texts(Tree::query().order(teams::id).load(conn)), world.trees());
        prop_assert_eq!(texts(Circle::query().order(people::id).load(conn)), world.circles());
        prop_assert_eq!(texts(TagPage::query().order(tags::id).load(conn)), world.tag_pages());
        prop_assert_eq!(texts(Apart::query().order(posts::id).load(conn)), world.apart());
        prop_assert_eq!(texts(BadgePage::query().order(badges::id).load(conn)), world.badge_pages());
    }
}
