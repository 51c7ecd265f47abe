//! What the derives make of one model, one spec and one connection, and what `load!` makes of one shape. `UPDATE_EXPECT=1 cargo test -p upfront-macros` writes the files anew.

use expect_test::{ExpectFile, expect_file};
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse_quote;

use crate::derive::{SpecCall, ask_the_model, model, multi_connection};
use crate::load::{Macro, expand_call};
use crate::paths::Tool;

/// What the second half of `#[derive(LoadSpec)]` gives the compiler.
fn spec(call: &SpecCall) -> TokenStream {
    crate::derive::spec(call, Tool::Compiler)
}

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

#[test]
fn a_struct_declared_by_load() {
    let call = parse_quote! {
        (::upfront) { (Book) [id id name title author_id author_id] [author reviews tags] }
        /// A book with its tags.
        #[derive(Debug)]
        #[load(max_queries = 2, params(since: i32))]
        pub(crate) struct BookCard: Book {
            defer(author_id),
            join author { name },
            prefetch tags.filter(tags::id.ge(since)).order_by(tags::id).limit(5) as labels { name },
            annotate reviews.count() as review_count,
        }
    };
    check(expand_call(call, Macro::Load, Tool::Compiler), expect_file!["snapshots/load_item.rs"]);
}

#[test]
fn a_query_by_load() {
    let call = parse_quote! {
        (::upfront) {}
        Book {
            name,
            join author { name },
            prefetch tags.filter(tags::id.ge(since)).limit(most) as labels { name },
            annotate books::id + since as number,
        }
    };
    let query = expand_call(call, Macro::Load, Tool::Compiler);
    check(quote!(fn query() { #query }), expect_file!["snapshots/load_expression.rs"]);
}

#[test]
fn a_query_by_load_that_finds_unused_loads() {
    let call = parse_quote! {
        (::upfront) {}
        Book { title, annotate books::id + since as number }
    };
    let query = expand_call(call, Macro::Load, Tool::CompilerForUnusedLoads);
    check(quote!(fn query() { #query }), expect_file!["snapshots/unused_loads.rs"]);
}

/// The tokens, with those in groups.
fn count(tokens: TokenStream) -> usize {
    let of_tree = |tree| match tree {
        TokenTree::Group(group) => 2 + count(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(of_tree).sum()
}

#[test]
fn load_expands_to_little_more_than_the_derive() {
    let call = parse_quote! {
        (::upfront) {}
        #[derive(Debug)]
        pub struct BookCard: Book {
            name,
            author_id,
            join author { name, join publisher { name } },
            prefetch tags.filter(tags::id.ge(1)).order_by(tags::id).limit(5) as labels { id, name },
            annotate reviews.count() as review_count,
        }
    };
    let item = expand_call(call, Macro::Load, Tool::Compiler);
    let structs = quote! {
        #[derive(Debug)]
        pub struct BookCardAuthorPublisher { pub name: String }
        #[derive(Debug)]
        pub struct BookCardAuthor { pub name: String, pub publisher: Option<BookCardAuthorPublisher> }
        #[derive(Debug)]
        pub struct BookCardLabels { pub id: i32, pub name: String }
        #[derive(Debug)]
        pub struct BookCard {
            pub name: String,
            pub author_id: i32,
            pub author: BookCardAuthor,
            pub labels: Vec<BookCardLabels>,
            pub review_count: i64,
        }
    };
    let derived = [
        structs,
        spec(&parse_quote! {
            [id id name name] [authors]
            #[load(Publisher)]
            pub struct BookCardAuthorPublisher { pub name: String }
        }),
        spec(&parse_quote! {
            [id id name name publisher_id publisher_id] [publisher books]
            #[load(Author)]
            pub struct BookCardAuthor {
                pub name: String,
                #[load(join)]
                pub publisher: Option<BookCardAuthorPublisher>,
            }
        }),
        spec(&parse_quote! {
            [id id name name] [books]
            #[load(Tag)]
            pub struct BookCardLabels { pub id: i32, pub name: String }
        }),
        spec(&parse_quote! {
            [id id name title author_id author_id] [author reviews tags]
            #[load(Book)]
            pub struct BookCard {
                pub name: String,
                pub author_id: i32,
                #[load(join)]
                pub author: BookCardAuthor,
                #[load(prefetch = tags, filter = tags::id.ge(1), order_by = tags::id, limit = 5)]
                pub labels: Vec<BookCardLabels>,
                #[load(annotate = reviews.count())]
                pub review_count: i64,
            }
        }),
    ];
    let (item, derived) = (count(item), derived.map(count).iter().sum::<usize>());
    assert!(item * 10 <= derived * 11, "{item} tokens, and the derive has {derived}");
}
