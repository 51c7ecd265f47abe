// expects: TODO
use upfront::Model;

diesel::table! { tags (id) { id -> Integer, name -> Text } }

#[derive(Model)]
struct Tag<T> {
    id: i32,
    name: T,
}

fn main() {}
