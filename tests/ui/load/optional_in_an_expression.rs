// expects: nobody can ask for an optional prefetch of a query without a name
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, optional prefetch books { title } });
}
