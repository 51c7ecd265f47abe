//! The children of a many-to-many, each beside the row of the through table that leads to it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use upfront::{LoadSpec, Model, RelationDsl, Requested};

use crate::shop::*;
use crate::support::{Trace, database, sorted};

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Product)]
struct ProductName {
    name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Line)]
struct Bought {
    quantity: i32,
    price: f64,
}

#[derive(LoadSpec, Debug)]
#[load(Order, max_queries = 5)]
struct Basket {
    id: i32,
    #[load(prefetch)]
    products: Vec<(ProductName, Bought)>,
    #[load(prefetch = products, filter = lines::quantity.gt(1).and(products::kind.eq("tool")), order_by = lines::price)]
    tools: Vec<(ProductName, Bought)>,
    #[load(prefetch = products, order_by = (lines::quantity.desc(), products::name), limit = 2)]
    most: Vec<(ProductName, Bought)>,
    #[load(prefetch = products, filter = lines::price.ge(2.0), order_by = lines::quantity)]
    dear: Vec<ProductName>,
}

type Pairs = Vec<(ProductName, Bought)>;

fn pairs(rows: &Pairs) -> Vec<(&str, i32)> {
    rows.iter().map(|(product, line)| (product.name.as_str(), line.quantity)).collect()
}

#[test]
fn each_child_comes_with_its_own_through_row() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let baskets = Basket::query().order(orders::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), Basket::QUERIES);
    let all: Vec<_> = baskets.iter().map(|basket| sorted(pairs(&basket.products))).collect();
    assert_eq!(
        all,
        [
            vec![("axe", 2), ("axe", 5), ("bow", 1)],
            vec![("cap", 1)],
            vec![],
            vec![("axe", 1), ("cap", 3)]
        ]
    );
    let prices: Vec<f64> = baskets[3].products.iter().map(|(_, line)| line.price).collect();
    assert_eq!(prices.iter().sum::<f64>(), 3.5);
    let tools: Vec<_> = baskets.iter().map(|basket| pairs(&basket.tools)).collect();
    assert_eq!(tools, [vec![("axe", 5), ("axe", 2)], vec![], vec![], vec![]]);
    let most: Vec<_> = baskets.iter().map(|basket| pairs(&basket.most)).collect();
    assert_eq!(
        most,
        [vec![("axe", 5), ("axe", 2)], vec![("cap", 1)], vec![], vec![("cap", 3), ("axe", 1)]]
    );
    let dear: Vec<Vec<_>> = baskets
        .iter()
        .map(|basket| basket.dear.iter().map(|product| product.name.as_str()).collect())
        .collect();
    assert_eq!(dear, [vec!["bow"], vec!["cap"], vec![], vec!["cap"]]);
}

#[test]
fn pairs_are_refined_by_both_tables() {
    let conn = &mut shop();
    let least = 1.5;
    let baskets = Basket::query()
        .prefetch(Basket::products, |products| {
            products
                .filter(lines::price.gt(&least))
                .or_filter(lines::quantity.eq(5))
                .order((products::name.desc(), lines::quantity))
                .limit(2)
        })
        .prefetch(Basket::tools, |products| {
            products.into_boxed::<Sqlite>().filter(lines::price.lt(1.5)).or_filter(lines::id.gt(0))
        })
        .prefetch(Basket::most, |products| products.offset(1).limit(1))
        .prefetch(Basket::dear, |products| products.filter(lines::quantity.gt(2)))
        .order(orders::id)
        .load(conn)
        .unwrap();
    assert_eq!(pairs(&baskets[0].products), [("bow", 1), ("axe", 5)]);
    assert_eq!(pairs(&baskets[3].products), [("cap", 3)]);
    assert_eq!(pairs(&baskets[0].tools), [("axe", 5), ("axe", 2)]);
    assert_eq!(pairs(&baskets[0].most), [("axe", 2)]);
    assert!(baskets[1].most.is_empty());
    assert!(baskets[0].dear.is_empty());
    assert_eq!(baskets[3].dear, [ProductName { name: "cap".into() }]);
}

#[test]
fn pairs_of_one_child_that_the_order_holds_equal_go_by_the_through_row() {
    let conn = &mut shop();
    // The lines 1 and 3 are both of the axe, and the table holds them backwards.
    conn.batch_execute(
        "CREATE INDEX backwards ON lines (order_id, id DESC);
         UPDATE lines SET id = 10 WHERE id = 1;
         UPDATE lines SET quantity = id",
    )
    .unwrap();
    let first = |limit| {
        Basket::query()
            .prefetch(Basket::products, |products| products.order(products::name).limit(limit))
            .find(1)
            .first(conn)
            .unwrap()
    };
    let rows = [1, 2, 3].map(first);
    assert_eq!(pairs(&rows[2].products), [("axe", 3), ("axe", 10), ("bow", 2)]);
    assert_eq!(pairs(&rows[1].products), [("axe", 3), ("axe", 10)]);
    assert_eq!(pairs(&rows[0].products), [("axe", 3)]);
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct PersonName {
    name: String,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct Placed {
    placed: i32,
    #[load(join)]
    person: PersonName,
    #[load(prefetch)]
    lines: Vec<Bought>,
}

/// A through row with everything.
#[derive(LoadSpec, Debug)]
#[load(Line)]
struct Whole {
    id: i32,
    #[load(join)]
    order: Placed,
    #[load(prefetch)]
    product: Option<ProductName>,
    #[load(annotate = lines::quantity * 2)]
    twice: i32,
    #[load(annotate = product.count())]
    products: i64,
}

/// A child with everything.
#[derive(LoadSpec, Debug)]
#[load(Product)]
struct Stocked {
    name: String,
    #[load(annotate = lines.count())]
    lines: i64,
    #[load(prefetch = lines, order_by = lines::id, limit = 2)]
    first: Vec<LineId>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Line)]
struct LineId {
    id: i32,
    #[load(join)]
    order: Open,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Order)]
struct Open {
    open: bool,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Everything {
    id: i32,
    #[load(prefetch, order_by = lines::id.desc())]
    products: Vec<(Stocked, Whole)>,
}

#[test]
fn the_specs_of_both_have_joins_prefetches_and_annotations() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let orders = Everything::query().order(orders::id).load(conn).unwrap();
    assert_eq!(trace.sql().len(), 5);
    assert_eq!(Everything::QUERIES, 5);
    let rows = |order: &Everything| {
        let row = |(product, line): &(Stocked, Whole)| {
            assert_eq!(line.product.as_ref().unwrap().name, product.name);
            assert_eq!(line.products, 1);
            let first: Vec<_> =
                product.first.iter().map(|line| (line.id, line.order.open)).collect();
            (line.id, product.name.clone(), product.lines, first, line.twice)
        };
        order.products.iter().map(row).collect::<Vec<_>>()
    };
    let axe = |id, twice| (id, "axe".to_owned(), 3, vec![(1, true), (3, true)], twice);
    let cap = |id, twice| (id, "cap".to_owned(), 2, vec![(4, false), (5, false)], twice);
    assert_eq!(
        rows(&orders[0]),
        [axe(3, 10), (2, "bow".to_owned(), 1, vec![(2, true)], 2), axe(1, 4)]
    );
    assert_eq!(rows(&orders[1]), [cap(4, 2)]);
    assert_eq!(rows(&orders[3]), [axe(6, 2), cap(5, 6)]);
    for order in &orders {
        for (_, line) in &order.products {
            assert_eq!(line.order.placed, [10, 20, 20, 5][order.id as usize - 1]);
            assert_eq!(line.order.person.name, if order.id == 4 { "Bob" } else { "Ann" });
            assert_eq!(line.order.lines.len(), order.products.len());
        }
    }
    // The same with a limit, refined below.
    let order = Everything::query()
        .prefetch(Everything::products, |products| {
            products.filter(product::lines.count().gt(1)).order(lines::id).limit(2)
        })
        .find(1)
        .first(conn)
        .unwrap();
    assert_eq!(rows(&order), [axe(1, 4), axe(3, 10)]);
    assert_eq!(order.products[0].1.order.lines.len(), 3);
}

#[derive(LoadSpec, Debug)]
#[load(Follow)]
struct Since {
    since: i32,
    #[load(join)]
    follower: PersonName,
    #[load(join)]
    followed: PersonName,
}

#[derive(LoadSpec, Debug)]
#[load(Person)]
struct Circle {
    name: String,
    #[load(prefetch, order_by = follows::since)]
    follows: Vec<(PersonName, Since)>,
    #[load(prefetch, order_by = follows::since.desc(), limit = 1)]
    followers: Vec<(PersonName, Since)>,
}

#[test]
fn asymmetric_relations_of_a_table_to_itself() {
    let conn = &mut shop();
    let people = Circle::query().order(people::id).load(conn).unwrap();
    let show = |rows: &[(PersonName, Since)]| {
        let row = |(person, row): &(PersonName, Since)| {
            format!("{}: {} {} {}", person.name, row.follower.name, row.followed.name, row.since)
        };
        rows.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(show(&people[0].follows), ["Bob: Ann Bob 2001", "Cyd: Ann Cyd 2002"]);
    assert_eq!(show(&people[0].followers), ["Bob: Bob Ann 2003"]);
    assert_eq!(show(&people[1].follows), ["Ann: Bob Ann 2003"]);
    assert_eq!(show(&people[1].followers), ["Ann: Ann Bob 2001"]);
    assert!(people[2].follows.is_empty() && people[3].followers.is_empty());
}

diesel::table! { friends (id) { id -> Integer, name -> Text } }
diesel::table! { friendships (one, other) { one -> Integer, other -> Integer, years -> Integer } }
diesel::allow_tables_to_appear_in_same_query!(friends, friendships);

#[derive(Model)]
#[diesel(table_name = friends)]
#[model(many_to_many(friends: Friend, through = friendships, foreign_key = one, target_key = other), module = of_friend)]
pub(crate) struct Friend {
    id: i32,
    name: String,
}

#[derive(Model)]
#[diesel(table_name = friendships, primary_key(one, other))]
#[model(belongs_to(other_friend: Friend, foreign_key = other))]
pub(crate) struct Friendship {
    one: i32,
    other: i32,
    years: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Friend)]
struct FriendName {
    name: String,
}

#[derive(LoadSpec, Debug)]
#[load(Friendship)]
struct Years {
    years: i32,
}

#[derive(LoadSpec, Debug)]
#[load(Friend)]
struct Friends {
    name: String,
    #[load(prefetch, filter = friendships::years.gt(1), order_by = friendships::years.desc(), limit = 2)]
    friends: Vec<(FriendName, Years)>,
    #[load(annotate = friends.count())]
    count: i64,
    #[load(annotate = friends.max(friendships::years).default(0))]
    oldest: i32,
}

#[test]
fn symmetric_relations_of_a_table_to_itself() {
    let conn = &mut database(
        "CREATE TABLE friends (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE friendships (
             one INTEGER NOT NULL, other INTEGER NOT NULL, years INTEGER NOT NULL, PRIMARY KEY (one, other)
         );
         INSERT INTO friends VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cyd'), (4, 'Dan');
         INSERT INTO friendships VALUES (1, 2, 5), (1, 3, 9), (1, 4, 1), (2, 3, 7);
         INSERT INTO friendships SELECT other, one, years FROM friendships;",
    );
    let all = Friends::query().order(friends::id).load(conn).unwrap();
    let show = |row: &Friends| {
        let friends =
            row.friends.iter().map(|(friend, row)| format!("{} {}", friend.name, row.years));
        (friends.collect::<Vec<_>>(), row.count, row.oldest)
    };
    let of = |friends: &[&str], count, oldest| {
        (friends.iter().map(ToString::to_string).collect::<Vec<_>>(), count, oldest)
    };
    assert_eq!(
        all.iter().map(show).collect::<Vec<_>>(),
        [
            of(&["Cyd 9", "Bob 5"], 3, 9),
            of(&["Cyd 7", "Ann 5"], 2, 7),
            of(&["Ann 9", "Bob 7"], 2, 9),
            of(&[], 1, 1)
        ]
    );
}

diesel::table! {
    nodes (id) { id -> Integer, from_id -> Nullable<Integer>, to_id -> Nullable<Integer>, label -> Text }
}

/// The rows of one table are the children, and also what stands between.
#[derive(Model)]
#[diesel(table_name = nodes)]
#[model(many_to_many(
    next: Node, through = nodes, foreign_key = nodes::from_id, target_key = nodes::to_id
))]
pub(crate) struct Node {
    id: i32,
    from_id: Option<i32>,
    to_id: Option<i32>,
    label: String,
}

#[derive(LoadSpec, Debug)]
#[load(Node)]
struct Label {
    label: String,
}

#[derive(LoadSpec, Debug)]
#[load(Node)]
struct Step {
    label: String,
    #[load(prefetch)]
    next: Vec<Label>,
    #[load(prefetch = next, order_by = nodes::label.desc(), limit = 1)]
    last: Vec<Label>,
    #[load(annotate = next.count())]
    count: i64,
}

fn nodes() -> SqliteConnection {
    database(
        "CREATE TABLE nodes (id INTEGER PRIMARY KEY, from_id INTEGER, to_id INTEGER, label TEXT NOT NULL);
         INSERT INTO nodes VALUES
             (1, NULL, NULL, 'a'), (2, NULL, NULL, 'b'), (3, 1, 2, 'ab'), (4, 1, 1, 'aa'), (5, 2, 3, 'bab');",
    )
}

#[test]
fn the_through_table_is_the_table_of_both_sides() {
    let conn = &mut nodes();
    let steps = Step::query().order(nodes::id).load(conn).unwrap();
    let labels = |rows: &[Label]| sorted(rows.iter().map(|row| row.label.clone()));
    let next: Vec<_> = steps.iter().map(|step| labels(&step.next).join(" ")).collect();
    assert_eq!(next, ["a b", "ab", "", "", ""]);
    let last: Vec<_> = steps.iter().map(|step| labels(&step.last).join(" ")).collect();
    assert_eq!(last, ["b", "ab", "", "", ""]);
    assert_eq!(steps.iter().map(|step| step.count).collect::<Vec<_>>(), [2, 1, 0, 0, 0]);
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Product)]
struct Sold {
    name: String,
    #[load(prefetch, order_by = orders::id)]
    orders: Vec<OrderId>,
    #[load(prefetch, optional, order_by = people::name)]
    buyers: Requested<Vec<Buyer>>,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Order)]
struct OrderId {
    id: i32,
}

#[derive(LoadSpec, Debug, Clone, PartialEq)]
#[load(Person)]
struct Buyer {
    name: String,
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct OptionalPairs {
    #[load(prefetch, optional, order_by = lines::quantity)]
    products: Requested<Vec<(Sold, Bought)>>,
}

#[test]
fn pairs_are_loaded_on_request() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let order = OptionalPairs::query().find(4).first(conn).unwrap();
    assert_eq!((order.products, trace.sql().len()), (Requested::NotRequested, 1));

    let query = OptionalPairs::query().request(OptionalPairs::products);
    let products = query.find(4).first(conn).unwrap().products.into_loaded().unwrap();
    assert_eq!(trace.sql().len(), 3);
    let names: Vec<_> =
        products.iter().map(|(product, line)| (&*product.name, line.quantity)).collect();
    assert_eq!(names, [("axe", 1), ("cap", 3)]);
    assert!(products.iter().all(|(product, _)| product.buyers.is_not_requested()));
}

#[test]
fn what_the_children_of_pairs_prefetch_is_refined_and_asked_for() {
    let conn = &mut shop();
    let trace = Trace::of(conn);
    let order = OptionalPairs::query()
        .prefetch(OptionalPairs::products, |products| {
            products
                .request(Sold::buyers)
                .prefetch(Sold::orders, |orders| orders.filter(orders::id.gt(1)))
        })
        .find(4)
        .first(conn)
        .unwrap();
    assert_eq!(trace.sql().len(), 4);
    let products = order.products.into_loaded().unwrap();
    let of = |at: usize| {
        let (product, _) = &products[at];
        let buyers = product.buyers.loaded().unwrap().iter().map(|buyer| buyer.name.as_str());
        let orders = product.orders.iter().map(|order| order.id);
        (product.name.as_str(), buyers.collect::<Vec<_>>(), orders.collect::<Vec<_>>())
    };
    assert_eq!(of(0), ("axe", vec!["Ann", "Bob"], vec![4]));
    assert_eq!(of(1), ("cap", vec!["Ann", "Bob"], vec![2, 4]));
}
