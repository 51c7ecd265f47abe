// expects: TODO
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        nmae,
        join publsher { name },
        prefetch books.filterr(books::id.gt(3)) { title },
        annotate edited.cuont() as edited,
        prefetch books as others { titel },
    }
}

fn main() {
    let _ = AuthorPage::query();
}
