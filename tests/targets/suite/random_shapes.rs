//! Random rows, loaded by specs of many shapes and by nested loops over the plain rows: both give the same.

use proptest::prelude::*;
use targets::models::people::*;
use upfront::MissingRow;

use super::prelude::*;
use super::random::for_all;

tests![; plain specs_give_what_nested_loops_give];

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
struct Loops<'w>(&'w World);

impl Loops<'_> {
    fn team(&self, id: Option<i32>) -> String {
        or_none(self.0.teams.iter().find(|team| Some(**team) == id).map(|team| row(*team, &[])))
    }

    fn person(&self, id: Option<i32>) -> Option<&Person> {
        self.0.people.iter().find(|person| Some(person.id) == id)
    }

    fn person_id(&self, id: Option<i32>) -> String {
        or_none(self.person(id).map(|person| row(person.id, &[])))
    }

    fn reports_of(&self, person: &Person) -> String {
        let reports = self.0.people.iter().filter(|other| other.boss_id == Some(person.id));
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
        let pairs = self.0.post_tags.iter().filter(|(_, of, _)| *of == post.id);
        let tags = pairs.filter_map(|(_, _, tag)| self.0.tags.iter().find(|id| Some(**id) == *tag));
        tags.map(|tag| row(*tag, &[])).collect()
    }

    fn tagged(&self, post: &Post) -> String {
        row(post.id, &[list(self.tags_of(post).into_iter())])
    }

    fn posts_of(&self, person: &Person) -> Vec<&Post> {
        self.0.posts.iter().filter(|post| post.author_id == person.id).collect()
    }

    fn followed_by(&self, person: &Person) -> Vec<&Person> {
        let pairs = self.0.follows.iter().filter(|(_, from, _)| *from == person.id);
        pairs.filter_map(|(_, _, to)| self.person(Some(*to))).collect()
    }

    fn followers_of(&self, person: &Person) -> Vec<&Person> {
        let pairs = self.0.follows.iter().filter(|(_, _, to)| *to == person.id);
        pairs.filter_map(|(_, from, _)| self.person(Some(*from))).collect()
    }

    fn badge_of(&self, person: &Person) -> String {
        let badge = self.0.badges.iter().find(|badge| badge.person_id == Some(person.id));
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
        self.0.posts.iter().map(card).collect()
    }

    fn inner(&self) -> Vec<String> {
        let posts = self.0.posts.iter().filter_map(|post| {
            let author = self.person(Some(post.author_id))?;
            Some(row(post.id, &[self.with_boss(author)]))
        });
        posts.collect()
    }

    /// `None` where a post that is there has an author who is not: the spec holds the author as a plain value.
    fn pairs(&self) -> Option<Vec<String>> {
        let pair = |(id, post, _): &(i32, i32, Option<i32>)| {
            let Some(post) = self.0.posts.iter().find(|row| row.id == *post) else {
                return Some(row(*id, &[or_none(None)]));
            };
            let author = self.person(Some(post.author_id))?;
            Some(row(*id, &[row(post.id, &[self.with_boss(author)])]))
        };
        self.0.post_tags.iter().map(pair).collect()
    }

    fn trees(&self) -> Vec<String> {
        let writer = |person: &Person| {
            let posts = self.posts_of(person);
            let reviewed =
                self.0.posts.iter().filter(|post| post.reviewer_id == Some(person.id)).count();
            let tagged = list(posts.iter().map(|post| self.tagged(post)));
            row(person.id, &[tagged, posts.len().to_string(), reviewed.to_string()])
        };
        let tree = |team: &i32| {
            let people = self.0.people.iter().filter(|person| person.team_id == Some(*team));
            row(*team, &[list(people.map(writer))])
        };
        self.0.teams.iter().map(tree).collect()
    }

    fn circles(&self) -> Vec<String> {
        let circle = |person: &Person| {
            let boss = or_none(self.person(person.boss_id).map(|boss| self.with_boss(boss)));
            let reports = self.0.people.iter().filter(|other| other.boss_id == Some(person.id));
            let reports = list(reports.map(|report| self.with_reports(report)));
            let (following, followers) = (self.followed_by(person), self.followers_of(person));
            let (count, any) = (following.len().to_string(), (!followers.is_empty()).to_string());
            let following = list(following.iter().map(|person| self.with_reports(person)));
            let followers = list(followers.iter().map(|person| row(person.id, &[])));
            let badge = self.badge_of(person);
            row(person.id, &[boss, reports, following, followers, count, any, badge.clone(), badge])
        };
        self.0.people.iter().map(circle).collect()
    }

    fn tag_pages(&self) -> Vec<String> {
        let by_author = |post: &Post| {
            let author = self.person(Some(post.author_id)).map(|author| {
                row(author.id, &[self.team(author.team_id), self.reports_of(author)])
            });
            row(post.id, &[or_none(author)])
        };
        let page = |tag: &i32| {
            let pairs = self.0.post_tags.iter().filter(|(_, _, of)| *of == Some(*tag));
            let posts =
                pairs.filter_map(|(_, id, _)| self.0.posts.iter().find(|post| post.id == *id));
            row(*tag, &[list(posts.map(by_author))])
        };
        self.0.tags.iter().map(page).collect()
    }

    fn apart(&self) -> Vec<String> {
        let post = |post: &Post| {
            let (author, reviewer) =
                (self.in_team(Some(post.author_id)), self.in_team(post.reviewer_id));
            let again = self.person(post.reviewer_id).map(|person| self.with_boss(person));
            row(post.id, &[author, reviewer.clone(), reviewer, or_none(again)])
        };
        self.0.posts.iter().map(post).collect()
    }

    fn badge_pages(&self) -> Vec<String> {
        let holder = |person: &Person| {
            let posts = list(self.posts_of(person).iter().map(|post| row(post.id, &[])));
            let boss = self.person(person.boss_id).map(|boss| self.with_reports(boss));
            row(person.id, &[posts, or_none(boss)])
        };
        let page =
            |badge: &Badge| row(badge.id, &[or_none(self.person(badge.person_id).map(holder))]);
        self.0.badges.iter().map(page).collect()
    }
}

fn texts<S: Text>(rows: QueryResult<Vec<S>>) -> Vec<String> {
    rows.expect("the load goes well").iter().map(S::text).collect()
}

fn specs_give_what_nested_loops_give() {
    for_all(SCHEMA, world(), async |world, conn| {
        run(&world.sql(), conn).await.unwrap();
        let loops = Loops(world);
        prop_assert_eq!(
            texts(PostCard::query().order(posts::id).load(conn).await),
            loops.post_cards()
        );
        prop_assert_eq!(texts(Inner::query().order(posts::id).load(conn).await), loops.inner());
        let pairs = Pair::query().order(post_tags::id).load(conn).await;
        match loops.pairs() {
            Some(expected) => prop_assert_eq!(texts(pairs), expected),
            None => prop_assert_eq!(cause::<_, MissingRow>(pairs).relation, "author"),
        }
        prop_assert_eq!(texts(Tree::query().order(teams::id).load(conn).await), loops.trees());
        prop_assert_eq!(texts(Circle::query().order(people::id).load(conn).await), loops.circles());
        prop_assert_eq!(
            texts(TagPage::query().order(tags::id).load(conn).await),
            loops.tag_pages()
        );
        prop_assert_eq!(texts(Apart::query().order(posts::id).load(conn).await), loops.apart());
        prop_assert_eq!(
            texts(BadgePage::query().order(badges::id).load(conn).await),
            loops.badge_pages()
        );
        Ok(())
    });
}
