// expects: this is not the path of a model
use upfront::LoadSpec;

#[derive(LoadSpec)]
#[load(Book<String>)]
struct BookCard {
    title: String,
}

fn main() {}
