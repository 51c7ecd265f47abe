// expects: this is not a primary key
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, name -> Text } }

#[derive(Model)]
#[diesel(primary_key = id)]
pub struct Author {
    pub id: i32,
    pub name: String,
}

fn main() {}
