// expects: `Recent` has parameters, which are not given here
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Line)]
struct LineCard {
    quantity: i32,
}

#[derive(LoadSpec)]
#[load(Order, params(since: i32))]
struct Recent {
    placed: i32,
    #[load(prefetch, filter = lines::quantity.gt(since))]
    lines: Vec<LineCard>,
}

#[derive(LoadSpec)]
#[load(Line)]
struct LinePage {
    #[load(join)]
    order: Recent,
}

fn main() {}
