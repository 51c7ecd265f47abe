// expects: cannot find macro `Plain` in this scope
use upfront::load;

#[allow(dead_code)]
struct Plain {
    name: String,
}

fn main() {
    let _ = load!(Plain { * });
}
