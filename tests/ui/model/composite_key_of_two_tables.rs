// expects: `magazines.number` cannot be the `foreign_key` of `lines`: it is not a column of the table of `Line`
use upfront::Model;

diesel::table! { orders (year, number) { year -> Integer, number -> Integer } }
diesel::table! { lines (id) { id -> Integer, year -> Integer, number -> Integer } }
diesel::table! { magazines (id) { id -> Integer, number -> Integer } }

#[derive(Model)]
#[diesel(table_name = orders, primary_key(year, number))]
#[model(has_many(lines: Line, foreign_key = (lines::year, magazines::number)))]
pub struct Order {
    pub year: i32,
    pub number: i32,
}

#[derive(Model)]
#[diesel(table_name = lines)]
pub struct Line {
    pub id: i32,
    pub year: i32,
    pub number: i32,
}

fn main() {}
