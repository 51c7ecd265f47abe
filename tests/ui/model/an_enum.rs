// expects: TODO
use upfront::Model;

#[derive(Model)]
enum Tag {
    New,
    Old,
}

fn main() {}
