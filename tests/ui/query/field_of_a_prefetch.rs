// expects: no method named `field` found
use diesel::prelude::*;
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Tag)]
struct TagName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Book)]
struct BookPage {
    #[load(prefetch)]
    tags: Vec<TagName>,
}

fn main() {}

fn query(conn: &mut SqliteConnection) {
    let _ = BookPage::query().filter(BookPage::tags.field(tags::name).eq("new")).load(conn);
}
