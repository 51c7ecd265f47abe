// expects: a query of `LoadedAuthorBooks` does not have all the columns of this expression
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.filter(tags::id.eq(1)) { title } });
}
