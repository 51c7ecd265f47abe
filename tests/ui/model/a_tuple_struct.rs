// expects: `#[derive(Model)]` is for structs with named fields
use upfront::Model;

diesel::table! { tags (id) { id -> Integer, name -> Text } }

#[derive(Model)]
struct Tag(i32, String);

fn main() {}
