// expects: `Plain` is not a model
use upfront::load;

#[allow(dead_code)]
struct Plain {
    name: String,
}

fn main() {
    let _ = load!(Plain { name });
}
