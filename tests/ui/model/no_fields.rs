// expects: `#[derive(Model)]` needs at least one field
use upfront::Model;

diesel::table! { tags (id) { id -> Integer } }

#[derive(Model)]
struct Tag {}

fn main() {}
