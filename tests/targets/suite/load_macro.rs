//! `load!` and `columns!`, with models of another crate.

use diesel::SelectableHelper;
use targets::models::library::*;
use upfront::{Requested, columns, load};

use super::library::{PublisherName, TagName, library};
use super::prelude::*;

tests![
    it_runs_what_a_spec_by_hand_runs,
    values_of_all_kinds_are_given,
    what_no_condition_asks_for_is_not_loaded,
    columns_are_selected_by_queries_of_diesel,
];

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Book)]
struct ByHandRecent {
    title: String,
    #[load(prefetch, order_by = tags::name)]
    tags: Vec<TagName>,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Author)]
struct ByHand {
    name: String,
    #[load(join)]
    publisher: Option<PublisherName>,
    #[load(prefetch = books, filter = books::id.ge(1), order_by = books::title.desc(), limit = 1)]
    recent: Vec<ByHandRecent>,
    #[load(annotate = books.count())]
    book_count: i64,
    #[load(annotate = reviews.max(reviews::stars))]
    best: Option<i32>,
}

load! {
    #[derive(Debug, Clone, PartialEq)]
    struct Declared: Author {
        name,
        join publisher: PublisherName,
        prefetch books.filter(books::id.ge(1)).order_by(books::title.desc()).limit(1) as recent {
            title,
            prefetch tags.order_by(tags::name): TagName,
        },
        annotate books.count() as book_count,
        annotate reviews.max(reviews::stars) as best,
    }
}

async fn it_runs_what_a_spec_by_hand_runs() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let by_hand = ByHand::query().order(authors::id).load(conn).await.unwrap();
    let by_hand = (by_hand, queries.take());
    let declared = Declared::query().order(authors::id).load(conn).await.unwrap();
    let declared = (declared, queries.take());
    let (first, limit) = (1, 1);
    let in_place = load!(Author {
        name,
        join publisher: PublisherName,
        prefetch books.filter(books::id.ge(first)).order_by(books::title.desc()).limit(limit) as recent {
            title,
            prefetch tags.order_by(tags::name): TagName,
        },
        annotate books.count() as book_count,
        annotate reviews.max(reviews::stars) as best,
    })
    .order(authors::id)
    .load(conn)
    .await
    .unwrap();
    let in_place = (in_place, queries.take());

    assert_eq!(by_hand.1.len(), 3);
    assert_eq!(declared.1, by_hand.1);
    assert_eq!(in_place.1, by_hand.1);
    assert_eq!((by_hand.0[0].name.as_str(), by_hand.0[0].best), ("Ann", Some(5)));
    for (i, by_hand) in by_hand.0.iter().enumerate() {
        let (declared, in_place) = (&declared.0[i], &in_place.0[i]);
        assert_eq!((&declared.name, &in_place.name), (&by_hand.name, &by_hand.name));
        assert_eq!(declared.publisher, by_hand.publisher);
        assert_eq!(in_place.publisher, by_hand.publisher);
        assert_eq!(
            (declared.book_count, in_place.book_count),
            (by_hand.book_count, by_hand.book_count)
        );
        assert_eq!((declared.best, in_place.best), (by_hand.best, by_hand.best));
        assert_eq!(declared.recent.len(), by_hand.recent.len());
        assert_eq!(in_place.recent.len(), by_hand.recent.len());
        for (j, by_hand) in by_hand.recent.iter().enumerate() {
            let (declared, in_place) = (&declared.recent[j], &in_place.recent[j]);
            assert_eq!((&declared.title, &in_place.title), (&by_hand.title, &by_hand.title));
            assert_eq!((&declared.tags, &in_place.tags), (&by_hand.tags, &by_hand.tags));
        }
    }
}

async fn values_of_all_kinds_are_given() {
    let conn = &mut library().await;
    let least = |text: &str| text.parse::<i32>();
    let letter = String::from("B");
    let mut load = async |stars: &str| {
        let authors = load!(Author {
            name,
            prefetch books.filter(books::title.like(&format!("{letter}%"))) { title },
            annotate reviews.filter(reviews::stars.ge(least(stars)?)).count() as good,
        })
        .order(authors::id)
        .load(conn)
        .await;
        let authors = authors.expect("the query is right");
        let seen = authors.into_iter().map(|author| (author.name, author.books.len(), author.good));
        Ok::<_, std::num::ParseIntError>(seen.collect::<Vec<_>>())
    };
    let expected = [("Ann", 1, 1), ("Bob", 0, 1), ("Cyd", 0, 0)];
    let expected = expected.map(|(name, books, good)| (name.to_owned(), books, good));
    assert_eq!(load("4").await.unwrap(), expected);
    assert!(load("four").await.is_err());
}

async fn what_no_condition_asks_for_is_not_loaded() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    for with_books in [false, true] {
        let ann = load!(Author {
            id,
            prefetch books.order_by(books::id) if with_books { title },
        })
        .find(1)
        .first(conn)
        .await
        .unwrap();
        assert_eq!(ann.id, 1);
        assert_eq!(queries.take().len(), if with_books { 2 } else { 1 });
        let titles = match &ann.books {
            Requested::Loaded(books) => books.iter().map(|book| book.title.as_str()).collect(),
            Requested::NotRequested => vec![],
        };
        assert_eq!(titles, if with_books { vec!["Atlas", "Bones"] } else { vec![] });
        assert_eq!(ann.books.is_requested(), with_books);
    }
}

columns! {
    #[derive(Debug, PartialEq)]
    struct Brief: Author { only(id, name) }
}

async fn columns_are_selected_by_queries_of_diesel() {
    let conn = &mut library().await;
    let queries = Queries::of(conn);
    let atlas = books::table
        .inner_join(authors::table.on(books::author_id.eq(authors::id)))
        .filter(books::title.eq("Atlas"));
    let ann = atlas.select(columns!(Author { defer(bio) })).first(conn).await.unwrap();
    assert_eq!((ann.id, ann.name.as_str(), ann.publisher_id), (1, "Ann", Some(1)));
    assert!(!queries.take()[0].contains("bio"));

    let (brief, title): (Brief, String) =
        atlas.select((Brief::as_select(), books::title)).first(conn).await.unwrap();
    assert_eq!(brief, Brief { id: 1, name: "Ann".into() });
    assert_eq!(title, "Atlas");
}
