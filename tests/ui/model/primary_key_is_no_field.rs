// expects: the primary key `id` is not a field of the model
use upfront::Model;

diesel::table! { tags (code) { code -> Text, name -> Text } }

#[derive(Model)]
struct Tag {
    code: String,
    name: String,
}

fn main() {}
