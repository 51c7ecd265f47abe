// expects: TODO
use upfront::Model;

diesel::table! { tags (id) { id -> Integer } }

#[derive(Model)]
struct Tag {}

fn main() {}
