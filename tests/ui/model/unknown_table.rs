// expects: cannot find module or crate `taags` in this scope
use upfront::Model;

#[derive(Model)]
#[diesel(table_name = taags)]
struct Tag {
    id: i32,
}

fn main() {}
