// expects: a query of `LoadedPublisherAuthorsBooks` does not have all the columns of this expression
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Publisher { prefetch authors { prefetch books.filter(authors::id.eq(1)) { title } } });
}
