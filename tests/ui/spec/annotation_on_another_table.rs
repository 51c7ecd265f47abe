// expects: the table of `upfront_tests::shop::Person` does not have all the columns of this expression
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lower(products::name))]
    name: String,
}

fn main() {}
