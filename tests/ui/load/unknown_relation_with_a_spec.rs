// expects: `boks` is not a relation of `Author`
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

fn main() {
    let _ = load!(Author { name, prefetch boks: BookCard });
}
