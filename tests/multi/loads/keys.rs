//! Keys of more types than one, and more of them than one query takes.

use diesel::prelude::*;
use diesel::result::Error;
use models::*;
use upfront::LoadSpec;

use crate::Place;

tests! { texts, dates, composite_keys, a_part_that_is_null, no_keys, more_than_one_query_takes }

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Country)]
struct Authors {
    #[load(prefetch, order_by = authors::name)]
    authors: Vec<AuthorName>,
}

fn texts(place: &Place) {
    let countries = Authors::query().order(countries::name).load(&mut place.connect()).unwrap();
    let names: Vec<Vec<_>> = countries
        .iter()
        .map(|country| country.authors.iter().map(|author| author.name.as_str()).collect())
        .collect();
    assert_eq!(names, [vec!["Jane", "Mary"], vec!["Ursula"]]);
}

#[derive(LoadSpec)]
#[load(Festival)]
struct FestivalName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Day)]
struct Festivals {
    name: String,
    #[load(prefetch, order_by = festivals::name)]
    festivals: Vec<FestivalName>,
    #[load(prefetch = festivals, order_by = festivals::name.desc(), limit = 1)]
    last: Vec<FestivalName>,
}

fn dates(place: &Place) {
    let days = Festivals::query().order(days::day).load(&mut place.connect()).unwrap();
    let names = |festivals: &[FestivalName]| -> Vec<String> {
        festivals.iter().map(|festival| festival.name.clone()).collect()
    };
    assert_eq!(days.len(), 3);
    assert_eq!((days[0].name.as_str(), names(&days[0].festivals)), ("leap", vec![]));
    assert_eq!(names(&days[1].festivals), ["Labour", "Maypole"]);
    assert_eq!(names(&days[1].last), ["Maypole"]);
    assert_eq!(names(&days[2].festivals), ["Carols"]);
}

#[derive(LoadSpec)]
#[load(City)]
struct CityName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Region)]
struct Cities {
    name: String,
    #[load(prefetch, order_by = cities::name)]
    cities: Vec<CityName>,
}

fn composite_keys(place: &Place) {
    let regions = Cities::query().order(regions::name).load(&mut place.connect()).unwrap();
    let regions: Vec<(_, Vec<_>)> = regions
        .iter()
        .map(|region| {
            (region.name.as_str(), region.cities.iter().map(|city| city.name.as_str()).collect())
        })
        .collect();
    let expected = [
        ("Kent", vec!["Dover"]),
        ("Ohio", vec!["Dayton"]),
        ("Oregon", vec!["Portland", "Salem"]),
        ("Surrey", vec![]),
    ];
    assert_eq!(regions, expected);
}

#[derive(LoadSpec)]
#[load(Region)]
struct RegionName {
    name: String,
}

#[derive(LoadSpec)]
#[load(City)]
struct CityIn {
    name: String,
    #[load(prefetch)]
    the_region: Option<std::sync::Arc<RegionName>>,
}

fn a_part_that_is_null(place: &Place) {
    let cities = CityIn::query()
        .filter(cities::id.ge(4))
        .order(cities::name)
        .load(&mut place.connect())
        .unwrap();
    let cities: Vec<_> = cities
        .iter()
        .map(|city| (city.name.as_str(), city.the_region.as_ref().map(|it| it.name.as_str())))
        .collect();
    assert_eq!(cities, [("Dover", Some("Kent")), ("London", None)]);
}

fn no_keys(place: &Place) {
    let none = Cities::query().filter(regions::name.eq("Maine")).load(&mut place.connect());
    assert!(none.unwrap().is_empty());
}

#[derive(LoadSpec)]
#[load(Multiple)]
struct MultipleId {
    id: i32,
}

#[derive(LoadSpec)]
#[load(Number)]
struct Multiples {
    id: i32,
    #[load(prefetch)]
    multiples: Vec<MultipleId>,
}

fn more_than_one_query_takes(place: &Place) {
    let conn = &mut place.connect();
    // What binds the fewest values sets the limit for all.
    let Err(Error::QueryBuilderError(error)) = Multiples::query().load(conn) else {
        panic!("one key more than the limit");
    };
    let text = error.to_string();
    assert!(text.contains("30001 keys"), "{text}");
    assert!(text.contains("one query takes 30000"), "{text}");
    assert!(text.contains("`.load_chunks(..)`"), "{text}");

    let most = Multiples::query().order(numbers::id).limit(30_000).load(conn).unwrap();
    assert_eq!(most.len(), 30_000);
    assert!(
        most.iter()
            .all(|number| number.multiples.len() == 1 && number.multiples[0].id == number.id)
    );

    let mut all = 0;
    for chunk in Multiples::query().load_chunks(20_000, conn) {
        let chunk = chunk.unwrap();
        all += chunk.len();
        assert!(chunk.iter().all(|number| number.multiples.len() == 1));
    }
    assert_eq!(all, NUMBERS);
}
