// expects: `TagName` cannot hold prefetched rows of `Book`
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

fn main() {
    let _ = load!(Author { prefetch books: TagName });
}
