// expects: the model is missing
use upfront::LoadSpec;

#[derive(LoadSpec)]
#[load()]
struct BookCard {
    title: String,
}

fn main() {}
