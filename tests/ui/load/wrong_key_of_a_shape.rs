// expects: TODO
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books { title }: Book });
}
