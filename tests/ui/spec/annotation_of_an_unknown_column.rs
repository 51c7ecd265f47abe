// expects: cannot find
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lower(people::nmae))]
    name: String,
}

fn main() {}
