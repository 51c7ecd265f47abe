// expects: `nmae` is not a column of `Author`
use diesel::prelude::*;
use upfront::columns;
use upfront_tests::library::*;

fn main() {
    let _ = authors::table.select(columns!(Author { id, nmae }));
}
