// expects: `Editor` does not load `upfront_tests::library::author::books`
use upfront::{LoadSpec, Loads};
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct Editor {
    #[load(prefetch)]
    edited: Vec<Title>,
}

fn shelf(_: &impl Loads<author::books>) {}

fn page(editor: &Editor) {
    shelf(editor);
}

fn main() {}
