// expects: this is not the name of a column
use upfront::Model;

diesel::table! { authors (id) { id -> Integer, name -> Text } }

#[derive(Model)]
#[diesel(table_name = authors)]
pub struct Author {
    pub id: i32,
    #[diesel(column_name = authors::name)]
    pub name: String,
}

fn main() {}
