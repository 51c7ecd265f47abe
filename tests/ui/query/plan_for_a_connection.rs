// expects: a load cannot be planned for `SqliteConnection`
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Book)]
struct Title {
    title: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct Page {
    #[load(prefetch)]
    books: Vec<Title>,
}

fn main() {
    let _ = Page::query().plan::<diesel::SqliteConnection>();
}
