#![allow(missing_docs)]
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use upfront::{LoadSpec, Model};
diesel::allow_tables_to_appear_in_same_query!(books, authors, book_tags, publishers, tags);
diesel::table! { publishers (id) { id -> Integer, name -> Text } }
diesel::table! { authors (id) { id -> Integer, name -> Text, bio -> Nullable<Text>, publisher_id -> Nullable<Integer> } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer, editor_id -> Nullable<Integer> } }
diesel::table! { tags (id) { id -> Integer, name -> Text } }
diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = publishers)]
#[model(has_many(authors: Author))]
pub(crate) struct Publisher {
    pub id: i32,
    pub name: String,
}
#[derive(Model)]
#[diesel(table_name = authors)]
#[model(belongs_to(publisher: Publisher), has_many(books: Book), has_many(edited: Book, foreign_key = books::editor_id))]
pub(crate) struct Author {
    pub id: i32,
    pub name: String,
    pub bio: Option<String>,
    pub publisher_id: Option<i32>,
}
#[derive(Model)]
#[diesel(table_name = books)]
#[model(belongs_to(author: Author), belongs_to(editor: Author), many_to_many(tags: Tag, through = book_tags))]
pub(crate) struct Book {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
    pub editor_id: Option<i32>,
}
#[derive(Model)]
#[diesel(table_name = tags)]
#[model(many_to_many(books: Book, through = book_tags))]
pub(crate) struct Tag {
    pub id: i32,
    pub name: String,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Publisher)]
pub(crate) struct PublisherName {
    name: String,
}
#[derive(LoadSpec, Debug, Clone)]
#[load(Tag)]
struct TagName {
    name: String,
}
#[derive(LoadSpec, Debug, Clone)]
#[load(Author)]
struct AuthorCard {
    name: String,
    bio: Option<String>,
    #[load(join)]
    publisher: Option<PublisherName>,
}
#[derive(LoadSpec, Debug)]
#[load(Book)]
struct BookCard {
    title: String,
    #[load(join)]
    author: AuthorCard,
    #[load(join)]
    editor: Option<AuthorCard>,
    #[load(prefetch)]
    tags: Vec<TagName>,
    #[load(annotate = tags.count())]
    n: i64,
    #[load(annotate = book::tags.exists())]
    any: bool,
}
#[derive(LoadSpec, Debug)]
#[load(Author)]
struct AuthorPage {
    name: String,
    #[load(prefetch)]
    books: Vec<BookCard>,
    #[load(prefetch = edited)]
    edited: Vec<BookCard>,
    #[load(annotate = books.count())]
    count: i64,
    #[load(prefetch)]
    publisher: Option<PublisherName>,
}

fn conn() -> SqliteConnection {
    let mut c = SqliteConnection::establish(":memory:").unwrap();
    c.batch_execute("create table publishers(id integer primary key, name text not null);create table authors(id integer primary key, name text not null, bio text, publisher_id integer);
    create table books(id integer primary key, title text not null, author_id integer not null, editor_id integer);
    create table tags(id integer primary key, name text not null); create table book_tags(book_id integer not null, tag_id integer not null, primary key(book_id, tag_id));
    insert into publishers values (1,'Ace'),(2,'Tor'); insert into authors values (1,'Ann',null,1),(2,'Bob','x',null);
    insert into books values (1,'A',1,2),(2,'B',2,null),(3,'C',2,1); insert into tags values (1,'rust'),(2,'sql'); insert into book_tags values (1,1),(1,2),(3,2);").unwrap();
    c
}
#[test]
fn works() {
    let mut c = conn();
    c.set_instrumentation(|e: diesel::connection::InstrumentationEvent<'_>| {
        if let diesel::connection::InstrumentationEvent::StartQuery { query, .. } = e {
            println!("{query}")
        }
    });
    let r = BookCard::query()
        .filter(books::title.ne("zzz"))
        .order(BookCard::author.field(authors::name).desc())
        .limit(2)
        .load(&mut c)
        .unwrap();
    println!("{r:#?}");
    let r = AuthorPage::query().order(authors::name).load(&mut c).unwrap();
    println!("{r:#?} {}", AuthorPage::QUERIES);
    let n: i64 = BookCard::query().count().get_result(&mut c).unwrap();
    assert_eq!(n, 3);
    let one = BookCard::query().find(2).first(&mut c).optional().unwrap();
    println!("{one:?}");
    let b = BookCard::query().into_boxed().filter(books::id.gt(1)).limit(1).load(&mut c).unwrap();
    assert_eq!(b.len(), 1);
    let b: Vec<_> = BookCard::query()
        .filter(BookCard::author.then(AuthorCard::publisher).field(publishers::name).eq("Ace"))
        .load(&mut c)
        .unwrap();
    assert_eq!(b.len(), 1);
    let t: Vec<String> =
        BookCard::query().select(books::title).order(books::id).limit(1).load(&mut c).unwrap();
    assert_eq!(t, ["A"]);
    let t: Vec<(String, String)> = BookCard::query()
        .order(books::id)
        .limit(1)
        .select((books::title, BookCard::author.field(authors::name)))
        .load(&mut c)
        .unwrap();
    assert_eq!(t.len(), 1);
    let b = BookCard::query()
        .filter(
            books::author_id
                .eq_any(authors::table.filter(authors::name.eq("Ann")).select(authors::id)),
        )
        .load(&mut c)
        .unwrap();
    assert_eq!(b.len(), 1);
    let b = BookCard::query()
        .filter(diesel::dsl::exists(book_tags::table.filter(book_tags::book_id.eq(books::id))))
        .load(&mut c)
        .unwrap();
    assert_eq!(b.len(), 2);
}
mod schemas {
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use upfront::{LoadSpec, Model};
    diesel::table! { other.things (id) { id -> Integer, name -> Text } }
    diesel::table! { other.parts (id) { id -> Integer, thing_id -> Integer } }
    #[derive(Model)]
    #[diesel(table_name = things)]
    #[model(has_many(parts: Part))]
    pub struct Thing {
        pub id: i32,
        pub name: String,
    }
    #[derive(Model)]
    #[diesel(table_name = parts)]
    #[model(belongs_to(thing: Thing))]
    pub struct Part {
        pub id: i32,
        pub thing_id: i32,
    }
    #[derive(LoadSpec, Clone)]
    #[load(Thing)]
    struct T {
        name: String,
    }
    #[derive(LoadSpec)]
    #[load(Part)]
    struct P {
        id: i32,
        #[load(join)]
        thing: T,
    }
    #[derive(LoadSpec)]
    #[load(Thing)]
    struct TP {
        #[load(prefetch)]
        parts: Vec<P>,
        #[load(annotate = parts.count())]
        n: i64,
    }
    #[test]
    fn schema() {
        let mut c = SqliteConnection::establish(":memory:").unwrap();
        c.batch_execute("attach ':memory:' as other; create table other.things(id integer primary key, name text not null); create table other.parts(id integer primary key, thing_id integer not null); insert into other.things values (1,'a'); insert into other.parts values (1,1)").unwrap();
        let r = TP::query().filter(things::id.eq(1)).load(&mut c).unwrap();
        assert_eq!(r[0].n, 1);
        assert_eq!(r[0].parts[0].thing.name, "a");
        assert_eq!(r[0].parts[0].id, 1);
    }
}
mod names {
    diesel::table! { user (id) { id -> Integer } }
    diesel::table! { crates (id) { id -> Integer, user_id -> Integer } }
    #[derive(upfront::Model)]
    #[diesel(table_name = user)]
    #[model(module = user_relations, has_many(crates: Crate))]
    pub struct User {
        pub id: i32,
    }
    #[derive(upfront::Model)]
    #[diesel(table_name = crates)]
    #[model(belongs_to(user: User))]
    pub struct Crate {
        pub id: i32,
        pub user_id: i32,
    }
    #[test]
    fn names() {
        assert_eq!(<user_relations::crates as upfront::Relation>::NAME, "crates");
        assert_eq!(<crate_::user as upfront::Relation>::NAME, "user");
    }
}
