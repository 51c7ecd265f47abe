// expects: TODO
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

#[derive(upfront::LoadSpec)]
#[load(Book, params(least: i32))]
struct BooksFrom {
    title: String,
    #[load(prefetch, filter = tags::id.ge(least))]
    tags: Vec<TagName>,
}

load! {
    struct AuthorPage: Author {
        prefetch books: BooksFrom,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
