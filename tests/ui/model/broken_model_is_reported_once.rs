// expects: `has_mnay` is not a kind of relation
use upfront::Model;

use upfront::LoadSpec;

diesel::table! { authors (id) { id -> Integer, name -> Text } }

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(has_mnay(books: Book))]
pub struct Author {
    pub id: i32,
    pub name: String,
}

#[derive(LoadSpec)]
#[load(Author)]
pub struct AuthorName {
    pub name: String,
}

fn main() {}
