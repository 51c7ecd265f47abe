// expects: TODO
use upfront::load;
use upfront_tests::library::*;

struct Plain {
    name: String,
}

fn main() {
    let _ = load!(Plain { * });
}
