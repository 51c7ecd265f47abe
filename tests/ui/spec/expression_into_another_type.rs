// expects: what is computed for `name` cannot be read into `i32`
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

#[derive(LoadSpec)]
#[load(Person)]
struct Buyer {
    #[load(annotate = lower(people::name))]
    name: i32,
}

fn main() {}
