//! Joins: `INNER` only where it may be, missing rows, and what is prefetched below a join.

use targets::models::library::*;
use upfront::MissingRow;

use super::library::*;
use super::prelude::*;

tests![
    a_row_of_nulls_is_not_a_missing_row,
    outer_joins_are_told_apart_at_every_depth,
    a_dangling_key_keeps_the_parent_of_an_option_and_drops_that_of_a_plain_value,
    a_plain_value_below_an_outer_join_is_joined_by_a_left_join,
    a_dangling_key_of_a_plain_value_below_an_outer_join_is_an_error,
    a_has_one_that_finds_two_rows_by_join_gives_two_as_sql_does,
    prefetches_below_joins_reach_every_row_that_shares_them,
    several_counts_at_once_are_all_right,
    one_relation_is_joined_twice_under_two_names
];

/// Both columns can be NULL in a row that is there.
#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author)]
struct OnlyNullable {
    bio: Option<String>,
    publisher_id: Option<i32>,
}

#[derive(LoadSpec, Debug)]
#[load(Book)]
struct Nullables {
    #[load(join)]
    author: Option<OnlyNullable>,
    #[load(join)]
    editor: Option<OnlyNullable>,
}

async fn a_row_of_nulls_is_not_a_missing_row() {
    let conn = &mut library().await;
    diesel::update(authors::table)
        .set((authors::bio.eq(None::<String>), authors::publisher_id.eq(None::<i32>)))
        .execute(conn)
        .await
        .unwrap();
    let nulls = Some(OnlyNullable { bio: None, publisher_id: None });
    let books = Nullables::query().order(books::id).load(conn).await.unwrap();
    assert!(books.iter().all(|book| book.author == nulls));
    let editors: Vec<bool> = books.iter().map(|book| book.editor == nulls).collect();
    assert_eq!(editors, [true, false, true]);
    assert_eq!(books[1].editor, None);
}

/// No column at all: the joined row is there for what is joined below it.
#[derive(LoadSpec, Debug)]
#[load(Author)]
struct OnlyJoin {
    #[load(join)]
    publisher: Option<PublisherName>,
}

#[derive(LoadSpec, Debug)]
#[load(Book)]
struct Deep {
    #[load(join)]
    author: OnlyJoin,
    #[load(join)]
    editor: Option<OnlyJoin>,
}

async fn outer_joins_are_told_apart_at_every_depth() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let books = Deep::query().order(books::id).load(conn).await.unwrap();
    let name = |join: &OnlyJoin| join.publisher.as_ref().map(|publisher| publisher.name.clone());
    let names: Vec<_> =
        books.iter().map(|book| (name(&book.author), book.editor.as_ref().map(name))).collect();
    let ace = || Some("Ace".to_owned());
    assert_eq!(names, [(ace(), Some(None)), (ace(), None), (None, Some(ace()))]);
    let sql = queries.take().remove(0);
    assert_eq!(sql.matches("INNER JOIN").count(), 1, "{sql}");
    assert_eq!(sql.matches("LEFT OUTER JOIN").count(), 3, "{sql}");
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
struct WithAuthor {
    title: String,
    #[load(join)]
    author: AuthorName,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
struct MaybeAuthor {
    title: String,
    #[load(join)]
    author: Option<AuthorName>,
}

async fn a_dangling_key_keeps_the_parent_of_an_option_and_drops_that_of_a_plain_value() {
    let conn = &mut library().await;
    run("UPDATE books SET author_id = 77 WHERE id = 3", conn).await.unwrap();
    let plain = WithAuthor::query().order(books::id).load(conn).await.unwrap();
    assert_eq!(
        plain.iter().map(|book| book.title.as_str()).collect::<Vec<_>>(),
        ["Atlas", "Bones"]
    );
    let maybe = MaybeAuthor::query().order(books::id).load(conn).await.unwrap();
    assert_eq!(maybe[2], MaybeAuthor { title: "Comet".into(), author: None });
    assert_eq!(maybe[0].author.as_ref().unwrap().name, "Ann");
}

/// A plain value below an outer join: where the outer row is there, the inner one must be.
#[derive(LoadSpec, Debug)]
#[load(Author)]
struct FirstBook {
    name: String,
    #[load(join)]
    only_book: Option<WithAuthor>,
}

async fn a_plain_value_below_an_outer_join_is_joined_by_a_left_join() {
    let conn = &mut library().await;
    run("DELETE FROM books WHERE id = 2", conn).await.unwrap();
    let queries = Queries::of(conn);
    let authors = FirstBook::query().order(authors::id).load(conn).await.unwrap();
    let names: Vec<_> = authors
        .iter()
        .map(|author| author.only_book.as_ref().map(|book| book.author.name.as_str()))
        .collect();
    assert_eq!(names, [Some("Ann"), Some("Bob"), None]);
    let sql = queries.take().remove(0);
    assert_eq!(sql.matches("LEFT OUTER JOIN").count(), 2, "{sql}");
    assert!(!sql.contains("INNER JOIN"), "{sql}");
}

#[derive(LoadSpec, Debug)]
#[load(BookTag)]
struct TaggedBook {
    #[load(join)]
    book: Option<WithAuthor>,
}

async fn a_dangling_key_of_a_plain_value_below_an_outer_join_is_an_error() {
    let conn = &mut library().await;
    run("UPDATE books SET author_id = 77 WHERE id = 3", conn).await.unwrap();
    let error: MissingRow = cause(TaggedBook::query().load(conn).await);
    assert_eq!((error.spec, error.relation, error.table), ("WithAuthor", "author", "authors"));
    assert_eq!(error.key, None);
    assert!(error.to_string().contains("`authors` has no such row"), "{error}");
    // The rows that are whole are read as ever.
    let whole = TaggedBook::query().filter(book_tags::book_id.eq(1)).load(conn).await.unwrap();
    assert_eq!(whole.len(), 2);
    assert!(whole.iter().all(|row| row.book.as_ref().unwrap().author.name == "Ann"));
    // A dangling key to the outer row itself is a missing row like any other.
    run("UPDATE book_tags SET book_id = 99 WHERE book_id = 3", conn).await.unwrap();
    let missing = TaggedBook::query().filter(book_tags::book_id.eq(99)).load(conn).await.unwrap();
    assert!(matches!(&missing[..], [TaggedBook { book: None }]));
}

async fn a_has_one_that_finds_two_rows_by_join_gives_two_as_sql_does() {
    let conn = &mut library().await;
    let authors = FirstBook::query().order(authors::id).load(conn).await.unwrap();
    let names: Vec<_> = authors.iter().map(|author| author.name.as_str()).collect();
    assert_eq!(names, ["Ann", "Ann", "Bob", "Cyd"]);
    let titles =
        authors.iter().filter_map(|author| Some(author.only_book.as_ref()?.title.as_str()));
    assert_eq!(sorted(titles), ["Atlas", "Bones", "Comet"]);
}

/// Prefetches below joins, above joins and beside them, of rows that several parents share.
#[derive(LoadSpec, Debug, Clone)]
#[load(Author)]
struct AuthorWithBooks {
    name: String,
    #[load(prefetch)]
    books: Vec<TaggedTitle>,
    #[load(join)]
    publisher: Option<PublisherPage>,
    #[load(annotate = books.count())]
    count: i64,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Book)]
struct TaggedTitle {
    title: String,
    #[load(prefetch)]
    tags: Vec<TagName>,
    #[load(join)]
    editor: Option<AuthorName>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Publisher)]
struct PublisherPage {
    name: String,
    #[load(prefetch)]
    authors: Vec<AuthorName>,
}

#[derive(LoadSpec, Debug)]
#[load(Book, max_queries = 9)]
struct Everything {
    title: String,
    #[load(join)]
    author: AuthorWithBooks,
    #[load(join)]
    editor: Option<AuthorWithBooks>,
    #[load(prefetch)]
    tags: Vec<TagName>,
    #[load(prefetch = editor)]
    editor_again: Option<AuthorName>,
}

impl AuthorWithBooks {
    fn text(&self) -> String {
        assert_eq!(self.count, self.books.len() as i64);
        let books = self.books.iter().map(|book| {
            let tags = sorted(book.tags.iter().map(|tag| tag.name.as_str())).join("+");
            let editor = book.editor.as_ref().map_or("-", |editor| &editor.name);
            format!("{}:{tags}:{editor}", book.title)
        });
        let publisher = self.publisher.as_ref().map_or("-".to_owned(), |publisher| {
            let authors = publisher.authors.iter().map(|author| author.name.as_str());
            format!("{}({})", publisher.name, sorted(authors).join(","))
        });
        format!("{} [{}] @{publisher}", self.name, sorted(books).join(" "))
    }
}

async fn prefetches_below_joins_reach_every_row_that_shares_them() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let books = Everything::query().order(books::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), Everything::QUERIES);
    assert_eq!(Everything::QUERIES, 9);
    let text: Vec<_> = books
        .iter()
        .map(|book| {
            let editor = book.editor.as_ref().map_or("-".to_owned(), AuthorWithBooks::text);
            let tags = sorted(book.tags.iter().map(|tag| tag.name.as_str())).join("+");
            assert_eq!(
                book.editor_again.as_ref().map(|author| &author.name),
                book.editor.as_ref().map(|author| &author.name)
            );
            format!("{} {tags} | {} | {editor}", book.title, book.author.text())
        })
        .collect();
    let ann = "Ann [Atlas:rust+sql:Bob Bones::-] @Ace(Ann)";
    let bob = "Bob [Comet:sql:Ann] @-";
    assert_eq!(
        text,
        [
            format!("Atlas rust+sql | {ann} | {bob}"),
            format!("Bones  | {ann} | -"),
            format!("Comet sql | {bob} | {ann}"),
        ]
    );
}

#[derive(LoadSpec, Debug)]
#[load(Book)]
struct Counted {
    title: String,
    #[load(annotate = tags.count())]
    tags: i64,
    #[load(annotate = tags.exists())]
    tagged: bool,
    #[load(annotate = author.count())]
    authors: i64,
    #[load(annotate = editor.exists())]
    edited: bool,
    #[load(join)]
    author: Option<CountedAuthor>,
}

#[derive(LoadSpec, Debug)]
#[load(Author)]
struct CountedAuthor {
    #[load(annotate = books.count())]
    books: i64,
    #[load(annotate = edited.count())]
    edited: i64,
}

async fn several_counts_at_once_are_all_right() {
    let conn = &mut library().await;
    let books = Counted::query().order(books::id).load(conn).await.unwrap();
    let counts: Vec<_> = books
        .iter()
        .map(|book| {
            let author = book.author.as_ref().unwrap();
            (
                book.title.as_str(),
                book.tags,
                book.tagged,
                book.authors,
                book.edited,
                author.books,
                author.edited,
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("Atlas", 2, true, 1, true, 2, 1),
            ("Bones", 0, false, 1, false, 2, 1),
            ("Comet", 1, true, 1, true, 1, 1)
        ]
    );
    // Below a missing row nothing is counted.
    run("UPDATE books SET author_id = 77 WHERE id = 1", conn).await.unwrap();
    let atlas = Counted::query().find(1).first(conn).await.unwrap();
    assert_eq!((atlas.authors, atlas.author.is_none()), (0, true));
}

#[derive(LoadSpec, Debug)]
#[load(Book)]
struct Twice {
    #[load(join)]
    author: AuthorName,
    #[load(join = author)]
    card: Option<AuthorCard>,
    #[load(prefetch = author)]
    again: AuthorName,
}

async fn one_relation_is_joined_twice_under_two_names() {
    let conn = &mut library().await;
    let books = Twice::query()
        .filter(Twice::card.then(AuthorCard::publisher).field(publishers::name).eq("Ace"))
        .order((Twice::author.field(authors::name), Twice::card.field(authors::id), books::id))
        .load(conn)
        .await
        .unwrap();
    assert_eq!(books.len(), 2);
    for book in books {
        let card = book.card.unwrap();
        assert_eq!([&*book.author.name, &*card.name, &*book.again.name], ["Ann"; 3]);
        assert_eq!(card.publisher.unwrap().name, "Ace");
    }
}
