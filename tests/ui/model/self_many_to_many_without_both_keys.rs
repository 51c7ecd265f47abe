// expects: both keys of `friends` would be `author_id`, because it leads from a model to itself
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, name -> Text } }
diesel::table! { friends (author_id, friend_id) { author_id -> Integer, friend_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = authors)]
#[model(many_to_many(friends: Author, through = friends, foreign_key = author_id))]
pub struct Author {
    pub id: i32,
    pub name: String,
}

fn main() {}
