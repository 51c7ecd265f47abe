//! Diesel's query methods on the query of a spec.

use diesel::dsl::{Eq, Filter};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::{BoxedQuery, LoadSpec, Model, Query};

use crate::library::*;
use crate::support::sorted;

fn titles(books: Vec<Title>) -> Vec<String> {
    books.into_iter().map(|book| book.title).collect()
}

fn names(shelves: &[Shelf]) -> Vec<&str> {
    shelves.iter().map(|shelf| shelf.name.as_str()).collect()
}

#[test]
fn filters_are_joined_by_and() {
    let conn = &mut library();
    let query = Title::query().filter(books::author_id.eq(1)).filter(books::title.ne("Bones"));
    assert_eq!(titles(query.load(conn).unwrap()), ["Atlas"]);
}

#[test]
fn or_filter_widens_all_filters_before_it() {
    let conn = &mut library();
    let query = Title::query()
        .filter(books::author_id.eq(1))
        .filter(books::title.ne("Bones"))
        .or_filter(books::title.eq("Comet"))
        .order(books::title);
    assert_eq!(titles(query.load(conn).unwrap()), ["Atlas", "Comet"]);
}

#[test]
fn a_filter_borrows_a_local_value() {
    let conn = &mut library();
    let title = String::from("Comet");
    let books = Title::query().filter(books::title.eq(&title)).load(conn).unwrap();
    assert_eq!(books, [Title { title }]);
}

#[test]
fn values_are_bound_and_never_read_as_sql() {
    let conn = &mut library();
    let evil = "'; DROP TABLE books; --";
    assert_eq!(Title::query().filter(books::title.eq(evil)).load(conn).unwrap(), []);
    diesel::update(books::table.find(1)).set(books::title.eq(evil)).execute(conn).unwrap();
    let found = Title::query().filter(books::title.eq(evil)).load(conn).unwrap();
    assert_eq!(titles(found), [evil]);
    assert_eq!(Title::query().count().get_result::<i64>(conn).unwrap(), 3);
}

#[test]
fn find_takes_the_primary_key() {
    let conn = &mut library();
    assert_eq!(Title::query().find(2).first(conn).unwrap().title, "Bones");
    let shelf = Shelf::query().find(1).get_result(conn).unwrap();
    assert_eq!(shelf.summary(), ("Ann".into(), vec!["Atlas".into(), "Bones".into()]));
    let missing = Shelf::query().find(99).first(conn);
    assert!(matches!(missing, Err(diesel::result::Error::NotFound)));
}

#[test]
fn find_keeps_the_filters_before_it() {
    let conn = &mut library();
    let found = Title::query().filter(books::author_id.eq(2)).find(1).first(conn).optional();
    assert_eq!(found.unwrap(), None);
}

#[derive(Model)]
#[diesel(table_name = book_tags, primary_key(book_id, tag_id))]
#[model(belongs_to(tag: Tag))]
pub(crate) struct BookTag {
    pub(crate) book_id: i32,
    pub(crate) tag_id: i32,
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(BookTag)]
struct Tagging {
    book_id: i32,
    #[load(join)]
    tag: TagName,
}

#[test]
fn find_takes_a_composite_primary_key() {
    let conn = &mut library();
    let tagging = Tagging::query().find((1, 2)).first(conn).unwrap();
    assert_eq!(tagging, Tagging { book_id: 1, tag: TagName { name: "sql".into() } });
    assert_eq!(Tagging::query().find((3, 1)).first(conn).optional().unwrap(), None);
}

#[test]
fn the_last_order_counts_and_then_order_by_adds_to_it() {
    let conn = &mut library();
    let query = Title::query().order(books::title.asc()).order_by(books::title.desc());
    assert_eq!(titles(query.load(conn).unwrap()), ["Comet", "Bones", "Atlas"]);
    let query = Title::query().order(books::author_id.desc()).then_order_by(books::title.desc());
    assert_eq!(titles(query.load(conn).unwrap()), ["Comet", "Bones", "Atlas"]);
    let query = Title::query().order((books::author_id.asc(), books::title.desc()));
    assert_eq!(titles(query.load(conn).unwrap()), ["Bones", "Atlas", "Comet"]);
}

#[test]
fn parents_keep_the_order_of_the_query_with_their_children() {
    let conn = &mut library();
    let shelves = Shelf::query().order(authors::name.desc()).load(conn).unwrap();
    let summaries: Vec<_> = shelves.iter().map(Shelf::summary).collect();
    let expected = [("Cyd", vec![]), ("Bob", vec!["Comet"]), ("Ann", vec!["Atlas", "Bones"])];
    let expected = expected.map(|(name, titles)| {
        (name.to_owned(), titles.into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    assert_eq!(summaries, expected);
}

#[test]
fn limit_and_offset_cut_the_ordered_rows() {
    let conn = &mut library();
    let cut = |limit: Option<i64>, offset: Option<i64>, conn: &mut SqliteConnection| {
        let query = Title::query().order(books::id);
        titles(match (limit, offset) {
            (Some(limit), None) => query.limit(limit).load(conn).unwrap(),
            (None, Some(offset)) => query.offset(offset).load(conn).unwrap(),
            (Some(limit), Some(offset)) => query.limit(limit).offset(offset).load(conn).unwrap(),
            (None, None) => query.load(conn).unwrap(),
        })
    };
    assert_eq!(cut(Some(2), None, conn), ["Atlas", "Bones"]);
    assert_eq!(cut(Some(0), None, conn), [""; 0]);
    assert_eq!(cut(None, Some(1), conn), ["Bones", "Comet"]);
    assert_eq!(cut(None, Some(9), conn), [""; 0]);
    assert_eq!(cut(Some(1), Some(1), conn), ["Bones"]);
    assert_eq!(cut(Some(i64::MAX), Some(2), conn), ["Comet"]);
    let offset_first = Title::query().order(books::id).offset(1).limit(1).load(conn).unwrap();
    assert_eq!(titles(offset_first), ["Bones"]);
}

#[test]
fn the_last_limit_and_offset_count() {
    let conn = &mut library();
    let query = Title::query().order(books::id).limit(1).offset(2).limit(2).offset(1);
    assert_eq!(titles(query.load(conn).unwrap()), ["Bones", "Comet"]);
}

#[test]
fn a_filter_and_an_order_after_a_limit_are_still_before_it_in_sql() {
    let conn = &mut library();
    let query = Title::query().limit(1).filter(books::author_id.eq(1)).order(books::id.desc());
    assert_eq!(titles(query.load(conn).unwrap()), ["Bones"]);
}

#[test]
fn a_limit_cuts_the_parents_and_not_their_children() {
    let conn = &mut library();
    let shelves = Shelf::query().order(authors::id).limit(1).load(conn).unwrap();
    assert_eq!(names(&shelves), ["Ann"]);
    assert_eq!(shelves[0].books.len(), 2);
}

#[derive(LoadSpec, Debug, PartialEq)]
#[load(Book)]
struct WrittenBy {
    author_id: i32,
}

#[test]
fn distinct_leaves_out_equal_rows() {
    let conn = &mut library();
    let query = WrittenBy::query().distinct().order(books::author_id);
    let authors: Vec<i32> = query.load(conn).unwrap().iter().map(|row| row.author_id).collect();
    assert_eq!(authors, [1, 2]);
    let limited = WrittenBy::query().distinct().order(books::author_id).limit(1).offset(1);
    assert_eq!(limited.load(conn).unwrap(), [WrittenBy { author_id: 2 }]);
}

/// A search that adds what it is given.
fn search<'a>(
    title: Option<&'a str>,
    author: Option<&'a str>,
    limit: Option<i64>,
    offset: Option<i64>,
) -> BoxedQuery<'a, BookCard, Sqlite> {
    let mut query = BookCard::query().into_boxed();
    if let Some(title) = title {
        query = query.filter(books::title.ge(title));
    }
    if let Some(author) = author {
        query = query.filter(BookCard::author.field(authors::name).eq(author));
    }
    if let Some(limit) = limit {
        query = query.limit(limit);
    }
    if let Some(offset) = offset {
        query = query.offset(offset);
    }
    query.order(books::id)
}

#[test]
fn a_boxed_query_takes_on_filters_and_limits_as_they_come() {
    let conn = &mut library();
    let mut check = |query: BoxedQuery<'_, BookCard, Sqlite>, expected: &[&str]| {
        let books = query.load(conn).unwrap();
        let titles: Vec<_> = books.iter().map(|book| book.title.as_str()).collect();
        assert_eq!(titles, expected);
    };
    check(search(None, None, None, None), &["Atlas", "Bones", "Comet"]);
    check(search(Some("B"), None, None, None), &["Bones", "Comet"]);
    check(search(Some("B"), Some("Ann"), None, None), &["Bones"]);
    check(search(None, None, Some(2), None), &["Atlas", "Bones"]);
    check(search(None, None, None, Some(2)), &["Comet"]);
    check(search(None, Some("Ann"), Some(1), Some(1)), &["Bones"]);
}

#[test]
fn boxing_keeps_what_the_query_already_has() {
    let conn = &mut library();
    let query = Title::query()
        .filter(books::author_id.eq(1))
        .order(books::id.desc())
        .limit(1)
        .into_boxed::<Sqlite>()
        .or_filter(books::id.eq(3));
    assert_eq!(titles(query.load(conn).unwrap()), ["Comet"]);
    let query = Title::query().order(books::id).offset(2).into_boxed();
    assert_eq!(titles(query.load(conn).unwrap()), ["Comet"]);
    let query =
        Title::query().into_boxed().distinct().order(books::author_id).then_order_by(books::id);
    assert_eq!(titles(query.load(conn).unwrap()), ["Atlas", "Bones", "Comet"]);
}

#[test]
fn a_boxed_query_runs_prefetches_and_takes_find_and_first() {
    let conn = &mut library();
    let mut shelves: BoxedQuery<'_, Shelf, Sqlite> = Shelf::query().into_boxed();
    shelves = shelves.order(authors::id);
    let shelf = shelves.first(conn).unwrap();
    assert_eq!(shelf.summary(), ("Ann".into(), vec!["Atlas".into(), "Bones".into()]));
    let shelf = Shelf::query().into_boxed().find(2).get_result(conn).unwrap();
    assert_eq!(shelf.summary(), ("Bob".into(), vec!["Comet".into()]));
}

#[test]
fn queries_have_names_for_signatures() {
    fn all() -> Query<Shelf> {
        Shelf::query()
    }
    fn called(name: &str) -> Filter<Query<Shelf>, Eq<authors::name, &str>> {
        all().filter(authors::name.eq(name))
    }
    let conn = &mut library();
    assert_eq!(all().load(conn).unwrap().len(), 3);
    assert_eq!(names(&called("Bob").load(conn).unwrap()), ["Bob"]);
}

#[test]
fn count_counts_the_rows_that_a_load_gives() {
    let conn = &mut library();
    assert_eq!(BookCard::query().count().get_result::<i64>(conn).unwrap(), 3);
    let of_ann = || BookCard::query().filter(BookCard::author.field(authors::name).eq("Ann"));
    assert_eq!(of_ann().count().get_result::<i64>(conn).unwrap(), 2);
    assert_eq!(of_ann().count().first::<i64>(conn).unwrap(), 2);
    let boxed = of_ann().into_boxed().filter(books::title.eq("Bones"));
    assert_eq!(boxed.count().get_result::<i64>(conn).unwrap(), 1);
    // The inner join drops a book without its author, in a count as in a load.
    diesel::update(books::table.find(3)).set(books::author_id.eq(77)).execute(conn).unwrap();
    assert_eq!(BookCard::query().load(conn).unwrap().len(), 2);
    assert_eq!(BookCard::query().count().get_result::<i64>(conn).unwrap(), 2);
    // No prefetch runs for a count.
    assert_eq!(Shelf::query().count().get_result::<i64>(conn).unwrap(), 3);
}

#[test]
fn first_takes_the_first_row_with_its_children() {
    let conn = &mut library();
    let shelf = Shelf::query().order(authors::name.desc()).offset(1).first(conn).unwrap();
    assert_eq!(shelf.summary(), ("Bob".into(), vec!["Comet".into()]));
    // A limit that is there already is taken down to one row.
    let shelf = Shelf::query().order(authors::name).limit(3).first(conn).unwrap();
    assert_eq!(shelf.name, "Ann");
}

#[test]
fn get_result_and_get_results_load_specs() {
    let conn = &mut library();
    let one: Title = Title::query().filter(books::id.eq(3)).get_result(conn).unwrap();
    assert_eq!(one.title, "Comet");
    let many: Vec<Shelf> = Shelf::query().get_results(conn).unwrap();
    assert_eq!(many.len(), 3);
    assert_eq!(Shelf::query().load::<Shelf>(conn).unwrap(), many);
}

#[test]
fn no_row_is_not_found_and_optional_makes_it_none() {
    let conn = &mut library();
    let none = || Shelf::query().filter(authors::name.eq("Zed"));
    assert!(matches!(none().first(conn), Err(diesel::result::Error::NotFound)));
    assert!(matches!(none().get_result(conn), Err(diesel::result::Error::NotFound)));
    assert_eq!(none().first(conn).optional().unwrap(), None);
    assert_eq!(none().get_result(conn).optional().unwrap(), None);
    assert_eq!(none().load(conn).unwrap(), []);
}

#[test]
fn load_iter_gives_rows_one_by_one() {
    let conn = &mut library();
    let titles = Title::query().order(books::id).load_iter(conn).unwrap();
    let titles: Vec<String> = titles.map(|book| book.unwrap().title).collect();
    assert_eq!(titles, ["Atlas", "Bones", "Comet"]);
    let shelves = Shelf::query().order(authors::id).load_iter(conn).unwrap();
    let shelves: Vec<_> = shelves.map(|shelf| shelf.unwrap().summary().1.len()).collect();
    assert_eq!(shelves, [2, 1, 0]);
}

#[test]
fn an_iterator_may_be_left_before_its_end() {
    let conn = &mut library();
    for _ in 0..3 {
        let mut titles = Title::query().order(books::id).load_iter(conn).unwrap();
        assert_eq!(titles.next().unwrap().unwrap().title, "Atlas");
        drop(titles);
        let mut shelves = Shelf::query().order(authors::id).load_iter(conn).unwrap();
        assert_eq!(shelves.next().unwrap().unwrap().books.len(), 2);
    }
    // No statement is left half read: that would lock the table.
    diesel::sql_query("DROP TABLE books").execute(conn).unwrap();
}

#[test]
fn a_spec_without_prefetches_is_streamed() {
    let conn = &mut library();
    diesel::sql_query("INSERT INTO books VALUES (4, x'ff', 1, NULL)").execute(conn).unwrap();
    // A row that cannot be read is met when its turn comes, and not before.
    let mut rows = Title::query().order(books::id).load_iter(conn).unwrap();
    let titles: Vec<_> = rows.by_ref().take(3).map(|row| row.unwrap().title).collect();
    assert_eq!(titles, ["Atlas", "Bones", "Comet"]);
    assert!(rows.next().unwrap().is_err());
    assert!(rows.next().is_none());
}

#[test]
fn joined_columns_filter_and_order_at_their_own_place() {
    let conn = &mut library();
    let by_editor = BookCard::query().filter(BookCard::editor.field(authors::name).eq("Ann"));
    assert_eq!(by_editor.first(conn).unwrap().title, "Comet");
    let by_author = BookCard::query().filter(BookCard::author.field(authors::name).eq("Ann"));
    assert_eq!(by_author.load(conn).unwrap().len(), 2);
    let deep = BookCard::query()
        .filter(BookCard::editor.then(AuthorCard::publisher).field(publishers::name).eq("Ace"));
    assert_eq!(deep.first(conn).unwrap().title, "Comet");
    let unread = BookCard::query().filter(BookCard::author.field(authors::bio).is_not_null());
    assert_eq!(unread.first(conn).unwrap().title, "Comet");
    let compared = BookCard::query()
        .filter(
            BookCard::author.field(authors::id).nullable().ne(BookCard::editor.field(authors::id)),
        )
        .order(BookCard::author.field(authors::name).desc())
        .then_order_by(books::id);
    let titles = compared.load(conn).unwrap().into_iter().map(|book| book.title);
    assert_eq!(titles.collect::<Vec<_>>(), ["Comet", "Atlas"]);
    let unedited = BookCard::query().filter(BookCard::editor.field(authors::id).is_null());
    assert_eq!(unedited.first(conn).unwrap().title, "Bones");
}

#[test]
fn joined_columns_work_in_a_boxed_query() {
    let conn = &mut library();
    let books = BookCard::query()
        .into_boxed()
        .or_filter(BookCard::author.field(authors::name).eq("Bob"))
        .or_filter(BookCard::editor.field(authors::name).eq("Bob"))
        .load(conn)
        .unwrap();
    assert_eq!(sorted(books.into_iter().map(|book| book.title)), ["Atlas", "Comet"]);
}

#[test]
fn joined_columns_take_part_in_any_expression() {
    let conn = &mut library();
    let author = || BookCard::author.field(authors::name);
    let editor = || BookCard::editor.field(authors::name);
    let bio = || BookCard::editor.field(authors::bio);
    let mut check = |query: BoxedQuery<'_, BookCard, Sqlite>, expected: &[&str]| {
        let books = query.load(conn).unwrap();
        assert_eq!(sorted(books.iter().map(|book| book.title.as_str())), expected);
    };
    let all = || BookCard::query().into_boxed();
    check(all().filter(author().eq_any(["Ann", "Zed"])), &["Atlas", "Bones"]);
    check(all().filter(author().like("_o%").or(editor().eq("Bob"))), &["Atlas", "Comet"]);
    check(
        all().filter(diesel::dsl::not(author().eq("Ann")).and(books::id.between(1, 3))),
        &["Comet"],
    );
    // A nullable column below an `Option` is nullable once.
    check(all().filter(bio().eq("writes")), &["Atlas"]);
    check(all().filter(bio().is_null()), &["Bones", "Comet"]);
    check(all().filter(author().concat("!").eq("Bob!")), &["Comet"]);
    check(
        all().filter(BookCard::author.field(authors::publisher_id).assume_not_null().eq(1)),
        &["Atlas", "Bones"],
    );
    let of_publisher =
        publishers::table.filter(publishers::name.eq("Ace")).select(publishers::id.nullable());
    check(
        all().filter(BookCard::author.field(authors::publisher_id).eq_any(of_publisher)),
        &["Atlas", "Bones"],
    );
}

#[test]
fn a_query_is_cloned_for_a_page_and_its_total() {
    let conn = &mut library();
    let query = BookCard::query().filter(BookCard::author.field(authors::name).eq("Ann"));
    let page = query.clone().order(books::id).limit(1).offset(1).load(conn).unwrap();
    assert_eq!(page[0].title, "Bones");
    assert_eq!(query.count().get_result::<i64>(conn).unwrap(), 2);
}

#[test]
fn an_empty_list_finds_nothing() {
    let conn = &mut library();
    let none: Vec<i32> = Vec::new();
    assert_eq!(Shelf::query().filter(authors::id.eq_any(none)).load(conn).unwrap(), []);
}

/// A query can be made in one thread and run in another, as servers do.
#[test]
fn queries_go_to_other_threads() {
    let query = BookCard::query().filter(books::id.eq(1)).limit(1);
    let boxed: BoxedQuery<'static, Shelf, Sqlite> = Shelf::query().into_boxed();
    let loaded = std::thread::spawn(move || {
        let conn = &mut library();
        (query.first(conn).unwrap(), boxed.load(conn).unwrap())
    });
    let (book, shelves) = loaded.join().unwrap();
    assert_eq!((book.title.as_str(), shelves.len()), ("Atlas", 3));
}
