// expects: `TagName` cannot hold prefetched rows of `Book`
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

load! {
    struct AuthorPage: Author {
        prefetch books: TagName,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
