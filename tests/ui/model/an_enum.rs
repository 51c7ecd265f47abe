// expects: `#[derive(Model)]` is for structs with named fields
use upfront::Model;

#[derive(Model)]
enum Tag {
    New,
    Old,
}

fn main() {}
