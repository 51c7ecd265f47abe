// expects: `AuthorPage` loads itself, and would never come to an end
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorPage {
    #[load(prefetch)]
    books: Vec<Self>,
}

fn main() {}
