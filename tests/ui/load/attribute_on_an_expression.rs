// expects: cannot find derive macro `Serialize` in this scope
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(#[derive(Serialize)] Author { name });
}
