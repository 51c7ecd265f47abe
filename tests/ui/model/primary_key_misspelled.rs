// expects: the primary key `coed` is not a field of the model
use upfront::Model;

diesel::table! { tags (code) { code -> Text, name -> Text } }

#[derive(Model)]
#[diesel(primary_key(coed))]
struct Tag {
    code: String,
    name: String,
}

fn main() {}
