// expects: `LoadedAuthor` runs more queries than `max_queries = 1` allows
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(#[load(max_queries = 1)] Author { name, prefetch books { title } });
}
