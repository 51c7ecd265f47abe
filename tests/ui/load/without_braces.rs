// expects: this does not say what is loaded of `Author`
use upfront::load;
use upfront_tests::library::Author;

fn main() {
    let _ = load!(Author);
}
