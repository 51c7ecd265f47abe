// expects: the condition is missing
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, prefetch books if { title } });
}
