// expects: a query of `LoadedAuthorBooks` does not have all the columns of this expression
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.order_by(tags::name) { title } });
}
