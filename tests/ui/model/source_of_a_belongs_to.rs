// expects: `source` is not an option of `belongs_to`
use upfront::Model;

diesel::table! { people (id) { id -> Integer, name -> Text } }
diesel::table! { orders (id) { id -> Integer, person_id -> Integer } }
diesel::table! { lines (id) { id -> Integer, order_id -> Integer, product_id -> Integer } }
diesel::table! { products (id) { id -> Integer } }

#[derive(Model)]
#[diesel(table_name = people)]
#[model(has_many(orders: Order), belongs_to(boss: Person, foreign_key = id, source = order::lines))]
pub struct Person {
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[diesel(table_name = orders)]
#[model(belongs_to(person: Person), has_many(lines: Line))]
pub struct Order {
    pub id: i32,
    pub person_id: i32,
}

#[derive(Model)]
#[diesel(table_name = lines)]
#[model(belongs_to(order: Order), belongs_to(product: Product))]
pub struct Line {
    pub id: i32,
    pub order_id: i32,
    pub product_id: i32,
}

#[derive(Model)]
#[diesel(table_name = products)]
#[model(has_many(lines: Line))]
pub struct Product {
    pub id: i32,
}

fn main() {}
