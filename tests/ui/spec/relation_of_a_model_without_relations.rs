// expects: `books` is not a relation of `Tag`
use upfront::{LoadSpec, Model};

diesel::table! { tags (id) { id -> Integer, name -> Text } }

#[derive(Model)]
pub struct Tag {
    pub id: i32,
    pub name: String,
}

#[derive(LoadSpec)]
#[load(Tag)]
struct TagPage {
    #[load(annotate = books.count())]
    books: i64,
}

fn main() {}
