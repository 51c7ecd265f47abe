// expects: `TagPage` loads itself, and would never come to an end
use upfront::load;
use upfront_tests::library::*;

load! {
    struct TagPage: Tag {
        prefetch books: TagPage,
    }
}

fn main() {
    let _ = TagPage::query();
}
