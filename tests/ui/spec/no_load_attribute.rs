// expects: TODO
use upfront::LoadSpec;

#[derive(LoadSpec)]

struct BookCard {
    title: String,
}

fn main() {}
