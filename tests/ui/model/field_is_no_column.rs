// expects: TODO
use upfront::Model;

diesel::table! { tags (id) { id -> Integer, name -> Text } }

#[derive(Model)]
struct Tag {
    id: i32,
    nmae: String,
}

fn main() {}
