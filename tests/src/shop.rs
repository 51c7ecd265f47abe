//! A shop: a relation that goes through another, a through table with rows of its own, numbers to add up.

use upfront::Model;

diesel::table! { people (id) { id -> Integer, name -> Text, boss_id -> Nullable<Integer> } }
diesel::table! { orders (id) { id -> Integer, person_id -> Integer, placed -> Integer, open -> Bool } }
diesel::table! {
    lines (id) { id -> Integer, order_id -> Integer, product_id -> Integer, quantity -> Integer, price -> Double }
}
diesel::table! { products (id) { id -> Integer, name -> Text, weight -> Nullable<Integer> } }
diesel::allow_tables_to_appear_in_same_query!(people, orders, lines, products);

#[derive(Model)]
#[diesel(table_name = people)]
#[model(
    belongs_to(boss: Person),
    has_many(reports: Person, foreign_key = people::boss_id),
    has_many(orders: Order),
    has_many(lines: Line, through = orders),
)]
pub struct Person {
    pub id: i32,
    pub name: String,
    pub boss_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = orders)]
#[model(
    belongs_to(person: Person),
    has_many(lines: Line),
    many_to_many(products: Product, through = lines),
)]
pub struct Order {
    pub id: i32,
    pub person_id: i32,
    pub placed: i32,
    pub open: bool,
}

#[derive(Model)]
#[diesel(table_name = lines)]
#[model(belongs_to(order: Order), belongs_to(product: Product))]
pub struct Line {
    pub id: i32,
    pub order_id: i32,
    pub product_id: i32,
    pub quantity: i32,
    pub price: f64,
}

#[derive(Model)]
#[diesel(table_name = products)]
#[model(has_many(lines: Line), many_to_many(orders: Order, through = lines))]
pub struct Product {
    pub id: i32,
    pub name: String,
    pub weight: Option<i32>,
}
