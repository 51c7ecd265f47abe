// expects: `profile` may lead to no row
use upfront::LoadSpec;
use upfront_tests::library::*;

#[derive(LoadSpec)]
#[load(Profile)]
struct Photo {
    photo: String,
}

#[derive(LoadSpec)]
#[load(Author)]
struct AuthorCard {
    #[load(join)]
    profile: Photo,
}

fn main() {}
