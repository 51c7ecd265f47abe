// expects: TODO
use upfront::load;
use upfront_tests::library::*;

diesel::define_sql_function! {
    fn price(id: diesel::sql_types::Integer) -> diesel::sql_types::Numeric;
}

fn main() {
    let _ = load!(Author { annotate price(authors::id) as price });
}
