// expects: `tgas` is not a relation of `Book`
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books { annotate tgas.count() as tag_count } });
}
