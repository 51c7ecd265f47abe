// expects: cannot find macro `Autor` in this scope
use upfront::load;

fn main() {
    let _ = load!(Autor { * });
}
