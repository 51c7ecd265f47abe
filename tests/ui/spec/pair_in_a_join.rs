// expects: `person` is joined, and a join reads one row
use upfront::LoadSpec;
use upfront_tests::shop::*;

#[derive(LoadSpec, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Line)]
struct LineCard {
    quantity: i32,
}

#[derive(LoadSpec)]
#[load(Order)]
struct OrderPage {
    #[load(join)]
    person: (PersonName, LineCard),
}

fn main() {}
