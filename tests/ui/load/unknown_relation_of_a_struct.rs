// expects: `boks` is not a relation of `Author`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        name,
        prefetch boks { title, join editor { name }, prefetch tags { name } },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
