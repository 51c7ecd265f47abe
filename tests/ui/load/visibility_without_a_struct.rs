// expects: an expression is not seen from elsewhere
use upfront::load;

fn main() {
    let _ = load!(pub Author { name });
}
