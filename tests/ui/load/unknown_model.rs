// expects: cannot find type `Autor` in this scope
use upfront::load;

fn main() {
    let _ = load!(Autor { name });
}
