// expects: this stands before the braces, not behind them
use upfront::load;
use upfront_tests::library::*;

fn main() {
    let _ = load!(Author { prefetch books { title } as newest });
}
