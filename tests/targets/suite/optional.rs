//! Prefetches that are loaded only where a query asks for them.

use targets::models::library::*;
use upfront::Requested;

use super::library::{PublisherName, TagName, library};
use super::prelude::*;

tests![
    what_is_asked_for_is_loaded,
    what_is_below_joins_is_asked_for,
    one_state_is_for_what_is_asked_for,
    chunks_have_what_is_asked_for
];

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
struct BookCard {
    title: String,
    #[load(prefetch, optional, order_by = tags::name)]
    tags: Requested<Vec<TagName>>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author, max_queries = 4)]
struct AuthorPage {
    name: String,
    #[load(prefetch, optional, order_by = books::title, limit = 1)]
    books: Requested<Vec<BookCard>>,
    #[load(prefetch, optional)]
    publisher: Requested<Option<PublisherName>>,
}

/// The titles, each with its tags, as far as they were asked for.
fn shelf(author: &AuthorPage) -> Option<Vec<(&str, Option<Vec<&str>>)>> {
    let books = author.books.loaded()?.iter();
    Some(books.map(|book| (book.title.as_str(), tags_of(book))).collect())
}

fn tags_of(book: &BookCard) -> Option<Vec<&str>> {
    Some(book.tags.loaded()?.iter().map(|tag| tag.name.as_str()).collect())
}

async fn what_is_asked_for_is_loaded() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let query = || AuthorPage::query().order(authors::id);
    let authors = query().load(conn).await.unwrap();
    assert_eq!(queries.take().len(), 1);
    assert!(authors.iter().all(|author| author.books.is_not_requested()));
    assert!(authors.iter().all(|author| author.publisher.is_not_requested()));

    let authors = query().request(AuthorPage::publisher).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), 2);
    let publishers: Vec<_> = authors.into_iter().map(|author| author.publisher).collect();
    let named = |name: &str| Requested::Loaded(Some(PublisherName { name: name.into() }));
    assert_eq!(publishers, [named("Ace"), Requested::Loaded(None), named("Tor")]);

    let authors = query()
        .prefetch(AuthorPage::books, |books| books.request(BookCard::tags))
        .request_if(false, AuthorPage::publisher)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(queries.take().len(), 3);
    let shelves: Vec<_> = authors.iter().map(shelf).collect();
    let atlas = ("Atlas", Some(vec!["rust", "sql"]));
    assert_eq!(
        shelves,
        [Some(vec![atlas]), Some(vec![("Comet", Some(vec!["sql"]))]), Some(vec![])]
    );
    assert!(authors.iter().all(|author| author.publisher.is_not_requested()));
}

#[derive(LoadSpec, Debug)]
#[load(Book)]
struct BookPage {
    #[load(join)]
    author: AuthorPage,
    #[load(join)]
    editor: Option<AuthorPage>,
}

async fn what_is_below_joins_is_asked_for() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let books = BookPage::query()
        .request(BookPage::author.then(AuthorPage::books))
        .request(BookPage::editor.then(AuthorPage::publisher))
        .order(books::id)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(queries.take().len(), 3);
    let shelves: Vec<_> = books.iter().map(|book| shelf(&book.author)).collect();
    let [atlas, comet] = ["Atlas", "Comet"].map(|title| Some(vec![(title, None)]));
    assert_eq!(shelves, [atlas.clone(), atlas, comet]);
    let editors: Vec<_> = books.into_iter().map(|book| Some(book.editor?.publisher)).collect();
    let ace = Requested::Loaded(Some(PublisherName { name: "Ace".into() }));
    assert_eq!(editors, [Some(Requested::Loaded(None)), None, Some(ace)]);
}

async fn one_state_is_for_what_is_asked_for() {
    let conn = &mut library().await;
    for books in [false, true] {
        let ann = AuthorPage::query()
            .request_if(books, AuthorPage::books)
            .snapshot()
            .find(1)
            .first(conn)
            .await
            .unwrap();
        assert_eq!(shelf(&ann), books.then(|| vec![("Atlas", None)]));
    }
}

async fn chunks_have_what_is_asked_for() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let query = AuthorPage::query().request(AuthorPage::books);
    let chunks: Vec<Vec<AuthorPage>> = chunks!(query, 2, conn).unwrap();
    let shelves: Vec<_> = chunks.iter().flatten().map(shelf).collect();
    let of = |title| Some(vec![(title, None)]);
    assert_eq!(shelves, [of("Atlas"), of("Comet"), Some(vec![])]);
    assert_eq!(queries.take().len(), 4);

    let chunks: Vec<Vec<AuthorPage>> = chunks!(AuthorPage::query(), 2, conn).unwrap();
    assert!(chunks.iter().flatten().all(|author| author.books.is_not_requested()));
    assert_eq!((chunks.len(), queries.take().len()), (2, 2));
}
