//! What is cut: each database has SQL of its own for it.

use diesel::prelude::*;
use models::*;
use upfront::LoadSpec;

use crate::Place;

tests! { of_a_query, of_a_has_many, with_an_offset, of_a_many_to_many, of_a_chain, below_a_text_key, below_a_composite_key }

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

fn titles(books: Vec<Title>) -> Vec<String> {
    books.into_iter().map(|book| book.title).collect()
}

fn of_a_query(place: &Place) {
    let conn = &mut place.connect();
    let two = Title::query().order(books::title).limit(2).load(conn).unwrap();
    assert_eq!(titles(two), ["Emma", "Frankenstein"]);
    let next = Title::query().order(books::title).limit(2).offset(2).load(conn).unwrap();
    assert_eq!(titles(next), ["Lavinia", "Persuasion"]);
    let rest = Title::query().order(books::title).offset(3).load(conn).unwrap();
    assert_eq!(titles(rest), ["Persuasion", "Rocannon"]);
}

#[derive(LoadSpec)]
#[load(Author)]
struct Newest {
    #[load(prefetch, order_by = books::year.desc(), limit = 1)]
    books: Vec<Title>,
}

fn of_a_has_many(place: &Place) {
    let authors = Newest::query().order(authors::id).load(&mut place.connect()).unwrap();
    let newest: Vec<_> = authors.into_iter().map(|author| titles(author.books)).collect();
    assert_eq!(newest, [["Lavinia"], ["Persuasion"], ["Frankenstein"]]);
}

#[derive(LoadSpec)]
#[load(Author)]
struct Older {
    #[load(prefetch, order_by = books::year.desc(), offset = 1)]
    books: Vec<Title>,
}

fn with_an_offset(place: &Place) {
    let authors = Older::query().order(authors::id).load(&mut place.connect()).unwrap();
    let older: Vec<_> = authors.into_iter().map(|author| titles(author.books)).collect();
    assert_eq!(older, [vec!["Rocannon"], vec!["Emma"], vec![]]);
}

#[derive(LoadSpec)]
#[load(Book)]
struct Heaviest {
    #[load(prefetch, order_by = book_tags::weight.desc(), limit = 1)]
    tags: Vec<TagName>,
}

fn of_a_many_to_many(place: &Place) {
    let books = Heaviest::query().order(books::id).load(&mut place.connect()).unwrap();
    let tags: Vec<Vec<_>> =
        books.iter().map(|book| book.tags.iter().map(|tag| tag.name.as_str()).collect()).collect();
    assert_eq!(tags, [vec!["space"], vec!["novel"], vec!["novel"], vec![], vec!["ghosts"]]);
}

#[derive(LoadSpec)]
#[load(Author)]
struct FirstTag {
    #[load(prefetch, order_by = tags::name, limit = 1)]
    tags: Vec<TagName>,
}

fn of_a_chain(place: &Place) {
    let authors = FirstTag::query().order(authors::id).load(&mut place.connect()).unwrap();
    let tags: Vec<_> = authors.iter().map(|author| author.tags[0].name.as_str()).collect();
    assert_eq!(tags, ["novel", "novel", "ghosts"]);
}

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Country)]
struct FirstAuthor {
    #[load(prefetch, order_by = authors::name, limit = 1)]
    authors: Vec<AuthorName>,
}

fn below_a_text_key(place: &Place) {
    let countries = FirstAuthor::query().order(countries::name).load(&mut place.connect()).unwrap();
    let authors: Vec<_> =
        countries.iter().map(|country| country.authors[0].name.as_str()).collect();
    assert_eq!(authors, ["Jane", "Ursula"]);
}

#[derive(LoadSpec)]
#[load(City)]
struct CityName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Region)]
struct LastCity {
    #[load(prefetch, order_by = cities::name.desc(), limit = 1)]
    cities: Vec<CityName>,
}

fn below_a_composite_key(place: &Place) {
    let regions = LastCity::query().order(regions::name).load(&mut place.connect()).unwrap();
    let cities: Vec<Vec<_>> = regions
        .iter()
        .map(|region| region.cities.iter().map(|city| city.name.as_str()).collect())
        .collect();
    assert_eq!(cities, [vec!["Dover"], vec!["Dayton"], vec!["Salem"], vec![]]);
}
