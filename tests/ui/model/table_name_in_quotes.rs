// expects: this is not the path of a table
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, name -> Text } }

#[derive(Model)]
#[diesel(table_name = "authors")]
pub struct Author {
    pub id: i32,
    pub name: String,
}

fn main() {}
