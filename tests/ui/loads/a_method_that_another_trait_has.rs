// expects: multiple applicable items in scope
use diesel::prelude::*;
use upfront::Model;
use upfront_tests::library::tags;

use word::Loaded as _;

#[derive(Model, Identifiable)]
#[diesel(table_name = tags)]
struct Word {
    id: i32,
    name: String,
}

fn number(word: &Word) -> i32 {
    *word.id()
}

fn main() {}
