// expects: `#[derive(MultiConnection)]` needs at least one connection
use upfront::MultiConnection;

#[derive(MultiConnection)]
enum AnyConnection {}

fn main() {}
