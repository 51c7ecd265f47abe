// expects: the trait bound `&str: AsExpression<diesel::sql_types::Integer>` is not satisfied
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books.filter(books::id.eq("one")) { title } });
}
