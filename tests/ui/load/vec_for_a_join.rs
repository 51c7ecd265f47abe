// expects: `Vec<PublisherName>` cannot hold a joined row of `upfront_tests::library::Publisher`
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Publisher)]
struct PublisherName {
    name: String,
}

fn main() {
    let _ = load!(Author { join publisher: Vec<PublisherName> });
}
