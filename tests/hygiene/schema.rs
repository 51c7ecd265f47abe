//! The tables, outside of the cases: that `table!` needs the prelude is not for these tests to say.

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { books (id) { id -> Integer, title -> Text, author_id -> Integer } }
diesel::table! { tags (id) { id -> Integer, name -> Text } }
diesel::table! { book_tags (book_id, tag_id) { book_id -> Integer, tag_id -> Integer } }
diesel::table! {
    #[sql_name = "types"]
    r#types (r#type) {
        r#type -> Integer,
        r#match -> Text,
        r#in -> Nullable<Integer>,
    }
}
diesel::allow_tables_to_appear_in_same_query!(authors, books, tags, book_tags);
