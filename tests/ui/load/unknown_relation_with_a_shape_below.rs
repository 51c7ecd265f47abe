// expects: `boks` is not a relation of `Author`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { name, prefetch boks { title, join editor { name }, prefetch tags { name } } });
}
