//! Joins and prefetches of each kind of relation.

use diesel::prelude::*;
use models::*;
use upfront::LoadSpec;

use crate::Place;

tests! { joins, has_many, many_to_many, the_row_between, belongs_to, chains, chains_whose_rows_come_once, nesting }

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Publisher)]
struct PublisherName {
    name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Author)]
struct AuthorName {
    name: String,
    #[load(join)]
    publisher: Option<PublisherName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Book)]
struct BookCard {
    title: String,
    #[load(join)]
    author: AuthorName,
}

fn joins(place: &Place) {
    let by =
        AuthorName { name: "Ursula".into(), publisher: Some(PublisherName { name: "Ace".into() }) };
    let cards = BookCard::query()
        .filter(BookCard::author.field(authors::name).ne("Mary"))
        .order((BookCard::author.field(authors::name).desc(), books::year))
        .load(&mut place.connect());
    let cards = cards.expect("the tables are there");
    assert_eq!(cards[0], BookCard { title: "Rocannon".into(), author: by });
    let titles: Vec<_> = cards.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles, ["Rocannon", "Lavinia", "Emma", "Persuasion"]);
    assert_eq!(cards[3].author, AuthorName { name: "Jane".into(), publisher: None });
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Tag)]
struct TagName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct Shelf {
    name: String,
    #[load(prefetch, filter = books::year.lt(2000), order_by = books::title)]
    books: Vec<Title>,
}

fn titles(books: &[Title]) -> Vec<&str> {
    books.iter().map(|book| book.title.as_str()).collect()
}

fn has_many(place: &Place) {
    let shelves = Shelf::query().order(authors::name).load(&mut place.connect()).unwrap();
    let shelves: Vec<_> =
        shelves.iter().map(|shelf| (shelf.name.as_str(), titles(&shelf.books))).collect();
    let expected = [
        ("Jane", vec!["Emma", "Persuasion"]),
        ("Mary", vec!["Frankenstein"]),
        ("Ursula", vec!["Rocannon"]),
    ];
    assert_eq!(shelves, expected);
}

#[derive(LoadSpec)]
#[load(Book)]
struct Tagged {
    title: String,
    #[load(prefetch, order_by = tags::name)]
    tags: Vec<TagName>,
}

fn names(tags: &[TagName]) -> Vec<&str> {
    tags.iter().map(|tag| tag.name.as_str()).collect()
}

fn many_to_many(place: &Place) {
    let books = Tagged::query().order(books::title).load(&mut place.connect()).unwrap();
    let books: Vec<_> = books.iter().map(|book| (book.title.as_str(), names(&book.tags))).collect();
    let expected = [
        ("Emma", vec!["novel"]),
        ("Frankenstein", vec!["ghosts", "novel"]),
        ("Lavinia", vec!["novel"]),
        ("Persuasion", vec![]),
        ("Rocannon", vec!["novel", "space"]),
    ];
    assert_eq!(books, expected);
}

#[derive(upfront::Model)]
#[diesel(table_name = book_tags, primary_key(book_id, tag_id))]
#[allow(dead_code)]
struct BookTag {
    book_id: i32,
    tag_id: i32,
    weight: i32,
}

#[derive(LoadSpec)]
#[load(BookTag)]
struct Weight {
    weight: i32,
}

#[derive(LoadSpec)]
#[load(Book)]
struct Weighed {
    #[load(prefetch, order_by = book_tags::weight.desc())]
    tags: Vec<(TagName, Weight)>,
}

fn the_row_between(place: &Place) {
    let rocannon = Weighed::query().find(1).first(&mut place.connect()).unwrap();
    let tags: Vec<_> =
        rocannon.tags.iter().map(|(tag, between)| (tag.name.as_str(), between.weight)).collect();
    assert_eq!(tags, [("space", 9), ("novel", 1)]);
}

#[derive(LoadSpec)]
#[load(Review)]
struct ReviewOf {
    stars: i32,
    #[load(prefetch)]
    book: std::sync::Arc<Title>,
}

fn belongs_to(place: &Place) {
    let reviews = ReviewOf::query().order(reviews::id).load(&mut place.connect()).unwrap();
    let reviews: Vec<_> =
        reviews.iter().map(|review| (review.stars, review.book.title.as_str())).collect();
    let expected =
        [(5, "Rocannon"), (3, "Rocannon"), (4, "Emma"), (1, "Frankenstein"), (2, "Lavinia")];
    assert_eq!(reviews, expected);
}

#[derive(LoadSpec)]
#[load(Review)]
struct Stars {
    stars: i32,
}

#[derive(LoadSpec)]
#[load(Author)]
struct Reviewed {
    #[load(prefetch, order_by = reviews::stars)]
    reviews: Vec<Stars>,
}

fn chains(place: &Place) {
    let authors = Reviewed::query().order(authors::id).load(&mut place.connect()).unwrap();
    let stars: Vec<Vec<_>> = authors
        .iter()
        .map(|author| author.reviews.iter().map(|review| review.stars).collect())
        .collect();
    assert_eq!(stars, [vec![2, 3, 5], vec![4], vec![1]]);
}

#[derive(LoadSpec)]
#[load(Author)]
struct Subjects {
    #[load(prefetch, order_by = tags::name)]
    tags: Vec<TagName>,
}

fn chains_whose_rows_come_once(place: &Place) {
    let authors = Subjects::query().order(authors::id).load(&mut place.connect()).unwrap();
    let tags: Vec<_> = authors.iter().map(|author| names(&author.tags)).collect();
    assert_eq!(tags, [vec!["novel", "space"], vec!["novel"], vec!["ghosts", "novel"]]);
}

#[derive(LoadSpec)]
#[load(Publisher, max_queries = 3)]
struct Catalogue {
    #[load(prefetch)]
    authors: Vec<AuthorTags>,
}

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorTags {
    name: String,
    #[load(prefetch, order_by = books::id)]
    books: Vec<Title>,
}

fn nesting(place: &Place) {
    let catalogue = Catalogue::query().load(&mut place.connect()).unwrap();
    let [Catalogue { authors }] = &catalogue[..] else { panic!("there is one publisher") };
    let [AuthorTags { name, books }] = &authors[..] else { panic!("it has one author") };
    assert_eq!((name.as_str(), titles(books)), ("Ursula", vec!["Rocannon", "Lavinia"]));
}
