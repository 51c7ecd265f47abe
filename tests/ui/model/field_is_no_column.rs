// expects: cannot find type `nmae` in module `tags`
use upfront::Model;

diesel::table! { tags (id) { id -> Integer, name -> Text } }

#[derive(Model)]
struct Tag {
    id: i32,
    nmae: String,
}

fn main() {}
