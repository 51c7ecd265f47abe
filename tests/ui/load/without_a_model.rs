// expects: this is not the path of a model
use upfront::load;

fn main() {
    let _ = load!({ name });
}
