// expects: TODO
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books { titel, join author { nmae }, prefetch tgas { name }, annotate tags.cuont() as tag_count, only() } });
}
