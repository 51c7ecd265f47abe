// expects: a query of `TagName` does not have all the columns of this expression
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
    let _ = BookPage::query().prefetch(BookPage::tags, |tags| tags.filter(tags::name.eq("new").and(book_tags::tag_id.gt(1)))).load(conn);
}
