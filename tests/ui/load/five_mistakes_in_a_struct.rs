// expects: the type of `.cuont()` cannot be told from its name
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        nmae,
        join publsher { name },
        prefetch books.filterr(books::id.gt(3)) { title },
        annotate edited.cuont() as edited,
        only(),
    }
}

fn main() {
    let _ = AuthorPage::query();
}
