// expects: a column of the SQL type `diesel::sql_types::Double` cannot be the key of a relation
use upfront::Model;

diesel::table! { points (at) { at -> Double, name -> Text } }

#[derive(Model)]
#[diesel(primary_key(at))]
struct Point {
    at: f64,
    name: String,
}

fn main() {}
