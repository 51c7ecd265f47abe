// expects: `#[derive(Model)]` is for structs without type, lifetime or const parameters
use upfront::Model;

diesel::table! { tags (id) { id -> Integer, name -> Text } }

#[derive(Model)]
struct Tag<T> {
    id: i32,
    name: T,
}

fn main() {}
