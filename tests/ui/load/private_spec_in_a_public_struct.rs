// expects: private type `BookCard` in public interface
use upfront::load;
use upfront_tests::library::*;

#[derive(upfront::LoadSpec)]
#[load(Book)]
struct BookCard {
    title: String,
}

load! {
    #[allow(private_interfaces)]
    pub struct AuthorPage: Author {
        prefetch books: BookCard,
    }
}

fn main() {
    let _ = AuthorPage::query();
}
