// expects: `TagName` cannot hold a joined row of `Author`
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

fn main() {
    let _ = load!(Book { join author: TagName });
}
