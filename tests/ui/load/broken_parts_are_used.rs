// expects: this does not say what is loaded of `publisher`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        nmae,
        join publisher,
        prefetch books.limit(2) as newest,
        annotate books.cuont() as book_count,
    }
}

fn main() {
    let author: Option<AuthorPage> = None;
    let author = author.unwrap();
    let _ = author.nmae.len() + author.publisher.name.len() + author.newest[0].title.len();
    let _: String = author.book_count;
    let _ = AuthorPage::query();
}
