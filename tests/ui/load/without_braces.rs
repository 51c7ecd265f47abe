// expects: this does not say what is loaded of `Author`
use upfront::load;

fn main() {
    let _ = load!(Author);
}
