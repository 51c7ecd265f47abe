//! Loads that are looked at on a connection to one of several databases.

use diesel::prelude::*;
use models::*;
use upfront::LoadSpec;

use crate::Place;
use crate::connection::Database;

tests! { explained_as_each_database_does, indexes_of_each_database }

#[derive(LoadSpec, Clone)]
#[load(Review)]
struct Stars {
    stars: i32,
}

#[derive(LoadSpec)]
#[load(Book)]
struct Page {
    title: String,
    #[load(prefetch, order_by = reviews::stars, limit = 2)]
    reviews: Vec<Stars>,
    #[load(annotate = tags.count())]
    tags: i64,
}

fn explained_as_each_database_does(place: &Place) {
    let conn = &mut place.connect();
    let plan = Page::query().explain(conn).unwrap();
    let root = plan.root();
    let (step, quoted) = match place.database {
        Database::Sqlite => ("SCAN books", "`books`.`title`"),
        Database::Postgres => ("Seq Scan on books  (", "\"books\".\"title\""),
        Database::Mariadb => ("PRIMARY books, ALL", "`books`.`title`"),
    };
    assert!(root.sql().contains(quoted), "{plan}");
    assert!(root.explain().any(|line| line.contains(step)), "{plan}");
    let reviews = &root.prefetches()[0];
    assert!(reviews.explain().next().is_some(), "{plan}");

    let rocannon = Page::query().find(1).first(conn).unwrap();
    let stars: Vec<_> = rocannon.reviews.iter().map(|review| review.stars).collect();
    assert_eq!((&*rocannon.title, stars, rocannon.tags), ("Rocannon", vec![3, 5], 2));
}

fn indexes_of_each_database(place: &Place) {
    let conn = &mut place.connect();
    let missing = Page::check_indexes(conn).unwrap();
    assert_eq!(missing.len(), 1, "{missing}");
    let create = match place.database {
        Database::Postgres => r#"CREATE INDEX "reviews_book_id_idx" ON "reviews" ("book_id")"#,
        Database::Sqlite | Database::Mariadb => {
            "CREATE INDEX `reviews_book_id_idx` ON `reviews` (`book_id`)"
        }
    };
    assert_eq!(missing[0].create_index(), create);
}
