// expects: `Option<BookCard>` does not fit `books`
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

fn main() {
    let _ = load!(Author { prefetch books: Option<BookCard> });
}
