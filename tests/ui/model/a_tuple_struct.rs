// expects: TODO
use upfront::Model;

diesel::table! { tags (id) { id -> Integer, name -> Text } }

#[derive(Model)]
struct Tag(i32, String);

fn main() {}
