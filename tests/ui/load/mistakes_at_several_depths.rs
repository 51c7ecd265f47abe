// expects: the type of `.cuont()` cannot be told from its name
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        prefetch books {
            titel,
            join author { nmae },
            annotate tags.cuont() as tag_count,
        },
    }
}

fn main() {
    let book: Option<AuthorPageBooks> = None;
    let _ = book.unwrap().author.nmae.len();
}
