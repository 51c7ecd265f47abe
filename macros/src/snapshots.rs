//! What the derives make of one model, one spec and one connection. `UPDATE_EXPECT=1 cargo test -p upfront-macros` writes the files anew.

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;
use syn::parse_quote;

use crate::derive::{ask_the_model, model, multi_connection, spec};

#[track_caller]
fn check(expanded: TokenStream, expected: ExpectFile) {
    let file = syn::parse2(expanded).expect("an expansion is a list of items");
    expected.assert_eq(&prettyplease::unparse(&file));
}

#[test]
fn a_model() {
    let book = parse_quote! {
        #[diesel(table_name = books)]
        #[model(
            belongs_to(author: Author),
            has_many(reviews: Review),
            many_to_many(tags: Tag, through = book_tags),
        )]
        pub(crate) struct Book {
            id: i32,
            #[diesel(column_name = title)]
            name: String,
            author_id: i32,
        }
    };
    check(model(&book), expect_file!["snapshots/model.rs"]);
}

#[test]
fn a_spec_asks_its_model() {
    let name = parse_quote! {
        #[load(Author)]
        struct AuthorName {
            name: String,
        }
    };
    check(ask_the_model(&name), expect_file!["snapshots/spec_to_model.rs"]);
}

#[test]
fn a_spec() {
    let call = parse_quote! {
        [id id name title author_id author_id] [author reviews tags]
        #[load(Book, max_queries = 2)]
        pub(crate) struct BookCard {
            pub(crate) name: String,
            #[load(join)]
            pub(crate) author: Option<AuthorName>,
            #[load(prefetch = book::tags)]
            pub(crate) labels: Vec<TagName>,
            #[load(annotate = reviews.count())]
            pub(crate) review_count: i64,
        }
    };
    check(spec(&call), expect_file!["snapshots/spec.rs"]);
}

#[test]
fn a_spec_with_parameters() {
    let call = parse_quote! {
        [id id title title pages pages author_id author_id] [author tags]
        #[load(Book, params(since: NaiveDate, most: i64))]
        struct BookPage {
            #[load(join, params(since))]
            author: AuthorPage,
            #[load(
                prefetch = tags,
                filter = tags::added.ge(since).and(book_tags::weight.gt(5)),
                order_by = (tags::name, tags::id.desc()),
                limit = most,
            )]
            recent: Vec<(TagName, Weight)>,
            #[load(annotate = tags.filter(tags::added.ge(since)).sum(tags::uses * 2).default(0))]
            uses: i64,
            #[load(annotate = lower(books::title))]
            title: String,
        }
    };
    check(spec(&call), expect_file!["snapshots/spec_with_parameters.rs"]);
}

#[test]
fn a_connection_to_one_of_several_databases() {
    let connection = parse_quote! {
        pub enum AnyConnection {
            Postgres(PgConnection),
            Sqlite(diesel::SqliteConnection),
        }
    };
    check(multi_connection(&connection), expect_file!["snapshots/multi_connection.rs"]);
}

#[test]
fn a_field_with_an_error_keeps_its_place() {
    let call = parse_quote! {
        [id id name name] []
        #[load(Tag)]
        struct TagName {
            nmae: String,
        }
    };
    check(spec(&call), expect_file!["snapshots/broken_spec.rs"]);
}
