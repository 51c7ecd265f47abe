// expects: the type of what is computed is not known
use upfront::load;
use upfront_tests::library::*;

diesel::define_sql_function! {
    fn price(id: diesel::sql_types::Integer) -> diesel::sql_types::Numeric;
}

load! {
    struct AuthorPage: Author {
        annotate price(authors::id) as price,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
