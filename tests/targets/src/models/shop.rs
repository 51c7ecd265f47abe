//! A shop, for the tests of refined prefetches, aggregates and through rows.
//!
//! People follow each other, and have a boss or none; orders have lines, each of a product, which is bought twice in one
//! order by two lines.

use upfront::Model;

diesel::table! { people (id) { id -> Integer, name -> Text, boss_id -> Nullable<Integer> } }
diesel::table! { follows (follower_id, followed_id) { follower_id -> Integer, followed_id -> Integer, since -> Integer } }
diesel::table! { orders (id) { id -> Integer, person_id -> Integer, placed -> Integer, open -> Bool } }
diesel::table! {
    lines (id) { id -> Integer, order_id -> Integer, product_id -> Integer, quantity -> Integer, price -> Double }
}
diesel::table! { products (id) { id -> Integer, name -> Text, kind -> Text, weight -> Nullable<Integer> } }
diesel::allow_tables_to_appear_in_same_query!(people, follows, orders, lines, products);

#[derive(Model)]
#[diesel(table_name = people)]
#[model(
    belongs_to(boss: Person, foreign_key = boss_id),
    has_many(reports: Person, foreign_key = people::boss_id),
    has_many(orders: Order),
    has_many(lines: Line, through = orders),
    has_many(products: Product, through = orders),
    has_many(grandreports: Person, through = reports, source = person::reports),
    has_many(colleagues: Person, through = boss, source = person::reports),
    has_many(followed_orders: Order, through = follows, source = person::orders),
    has_many(team_lines: Line, through = reports, source = person::lines),
    has_many(peers: Person, through = products, source = product::buyers),
    many_to_many(follows: Person, through = follows, foreign_key = follows::follower_id, target_key = follows::followed_id),
    many_to_many(followers: Person, through = follows, foreign_key = follows::followed_id, target_key = follows::follower_id),
)]
pub struct Person {
    pub id: i32,
    pub name: String,
    pub boss_id: Option<i32>,
}

#[derive(Model)]
#[diesel(table_name = follows, primary_key(follower_id, followed_id))]
#[model(belongs_to(follower: Person), belongs_to(followed: Person))]
pub struct Follow {
    pub follower_id: i32,
    pub followed_id: i32,
    pub since: i32,
}

#[derive(Model)]
#[diesel(table_name = orders)]
#[model(
    belongs_to(person: Person),
    has_many(lines: Line),
    has_many(line_products: Product, through = lines, source = line::product),
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
#[model(
    has_many(lines: Line),
    many_to_many(orders: Order, through = lines),
    has_many(buyers: Person, through = orders, source = order::person),
)]
pub struct Product {
    pub id: i32,
    pub name: String,
    pub kind: String,
    pub weight: Option<i32>,
}

pub const SCHEMA: &str = "
    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, boss_id INTEGER);
    CREATE TABLE follows (
        follower_id INTEGER NOT NULL, followed_id INTEGER NOT NULL, since INTEGER NOT NULL,
        PRIMARY KEY (follower_id, followed_id)
    );
    CREATE TABLE orders (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, placed INTEGER NOT NULL, open BOOLEAN NOT NULL);
    CREATE TABLE \"lines\" (
        id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, product_id INTEGER NOT NULL, quantity INTEGER NOT NULL,
        price DOUBLE PRECISION NOT NULL
    );
    CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, weight INTEGER);
";

pub const ROWS: &str = "
    INSERT INTO people VALUES (1, 'Ann', NULL), (2, 'Bob', 1), (3, 'Cyd', 1), (4, 'Dan', 2);
    INSERT INTO follows VALUES (1, 2, 2001), (1, 3, 2002), (2, 1, 2003), (4, 1, 2000);
    INSERT INTO orders VALUES (1, 1, 10, TRUE), (2, 1, 20, FALSE), (3, 1, 20, TRUE), (4, 2, 5, FALSE);
    INSERT INTO products VALUES (1, 'axe', 'tool', 900), (2, 'bow', 'tool', NULL), (3, 'cap', 'wear', 100);
    INSERT INTO \"lines\" VALUES
        (1, 1, 1, 2, 1.5), (2, 1, 2, 1, 4.0), (3, 1, 1, 5, 1.0), (4, 2, 3, 1, 2.5), (5, 4, 3, 3, 2.0), (6, 4, 1, 1, 1.5);
";
