// expects: `nmae` is not a column of `Author`
use upfront::load;
use upfront_tests::library::*;

load! {
    struct AuthorPage: Author {
        id,
        nmae,
    }
}

fn main() {
    let mut conn = <diesel::SqliteConnection as diesel::Connection>::establish(":memory:").unwrap();
    let authors = diesel::RunQueryDsl::load(AuthorPage::query(), &mut conn).unwrap();
    println!("{}", authors[0].nmae.len());
}
