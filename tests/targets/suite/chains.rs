//! Relations along chains of relations: every child comes once for each parent.

use targets::models::shop::*;

use super::prelude::*;
use super::shop::shop;

tests![
    chains_of_every_kind,
    a_child_that_is_reached_twice_comes_once,
    chains_are_refined,
    a_chain_that_ends_with_a_belongs_to,
    chains_below_chains,
    chains_in_expressions
];

macro_rules! names {
    ($($spec:ident of $model:ident { $field:ident: $ty:ty })*) => {$(
        #[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[load($model)]
        struct $spec {
            $field: $ty,
        }
    )*};
}

names! {
    PersonName of Person { name: String }
    ProductName of Product { name: String }
    OrderId of Order { id: i32 }
    LineId of Line { id: i32 }
}

#[derive(LoadSpec, Debug)]
#[load(Person, max_queries = 9)]
struct Chains {
    #[load(prefetch)]
    lines: Vec<LineId>,
    #[load(prefetch)]
    products: Vec<ProductName>,
    #[load(prefetch)]
    grandreports: Vec<PersonName>,
    #[load(prefetch)]
    colleagues: Vec<PersonName>,
    #[load(prefetch)]
    followed_orders: Vec<OrderId>,
    #[load(prefetch)]
    team_lines: Vec<LineId>,
    #[load(prefetch)]
    peers: Vec<PersonName>,
    #[load(prefetch = products, filter = products::weight.is_not_null(), order_by = products::name.desc())]
    weighed: Vec<ProductName>,
}

fn texts<T>(rows: &[T], text: impl Fn(&T) -> String) -> String {
    sorted(rows.iter().map(text)).join(" ")
}

impl Chains {
    fn shown(&self) -> [String; 7] {
        let (person, line) =
            (|row: &PersonName| row.name.clone(), |row: &LineId| row.id.to_string());
        [
            texts(&self.lines, line),
            texts(&self.products, |row| row.name.clone()),
            texts(&self.grandreports, person),
            texts(&self.colleagues, person),
            texts(&self.followed_orders, |row| row.id.to_string()),
            texts(&self.team_lines, line),
            texts(&self.peers, person),
        ]
    }
}

async fn chains_of_every_kind() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let people = Chains::query().order(people::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), 9);
    let shown: Vec<_> = people.iter().map(Chains::shown).collect();
    // A colleague is everyone with the same boss, oneself too; a peer everyone who bought the same.
    assert_eq!(
        shown,
        [
            ["1 2 3 4", "axe bow cap", "Dan", "", "4", "5 6", "Ann Bob"],
            ["5 6", "axe cap", "", "Bob Cyd", "1 2 3", "", "Ann Bob"],
            ["", "", "", "Bob Cyd", "", "", ""],
            ["", "", "", "Dan", "1 2 3", "", ""]
        ]
    );
    let weighed: Vec<_> = people[0].weighed.iter().map(|product| product.name.as_str()).collect();
    assert_eq!(weighed, ["cap", "axe"]);
}

async fn a_child_that_is_reached_twice_comes_once() {
    let conn = &mut shop().await;
    // Bob buys nothing but the axe, in four lines of two orders.
    run(
        "INSERT INTO orders VALUES (5, 2, 1, TRUE);
         UPDATE \"lines\" SET product_id = 1 WHERE id = 5;
         INSERT INTO \"lines\" VALUES (7, 5, 1, 1, 1.0), (8, 5, 1, 1, 1.0);",
        conn,
    )
    .await
    .unwrap();
    let bob = Chains::query().find(2).first(conn).await.unwrap();
    assert_eq!(bob.products, [ProductName { name: "axe".into() }]);
    assert_eq!(bob.lines.len(), 4);
    assert_eq!(texts(&bob.peers, |row| row.name.clone()), "Ann Bob");
}

async fn chains_are_refined() {
    let conn = &mut shop().await;
    let least = 2;
    let people = Chains::query()
        .prefetch(Chains::lines, |lines| {
            lines
                .filter(lines::quantity.ge(&least))
                .or_filter(lines::id.eq(2))
                .order(lines::id.desc())
        })
        .prefetch(Chains::products, |products| {
            products.into_boxed::<Backend>().order(products::name.desc()).limit(2)
        })
        .prefetch(Chains::weighed, |products| {
            products.filter(products::id.eq(1)).or_filter(products::id.eq(2))
        })
        .prefetch(Chains::colleagues, |people| people.filter(people::name.ne("Bob")))
        .order(people::id)
        .load(conn)
        .await
        .unwrap();
    let ids = |rows: &[LineId]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!((ids(&people[0].lines), ids(&people[1].lines)), (vec![3, 2, 1], vec![5]));
    let names = |rows: &[ProductName]| {
        rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&people[0].products), "cap bow");
    assert_eq!(names(&people[1].products), "cap axe");
    // The bow's weight is not known, which the declared filter keeps out.
    assert_eq!(
        (names(&people[0].weighed), names(&people[1].weighed)),
        ("axe".into(), "axe".into())
    );
    let colleagues: Vec<_> = people.iter().map(|person| person.colleagues.len()).collect();
    assert_eq!(colleagues, [0, 1, 1, 1]);
}

#[derive(LoadSpec, Debug)]
#[load(Order)]
struct Basket {
    id: i32,
    #[load(prefetch)]
    line_products: Vec<ProductName>,
    #[load(prefetch)]
    products: Vec<ProductName>,
}

async fn a_chain_that_ends_with_a_belongs_to() {
    let conn = &mut shop().await;
    let baskets = Basket::query().order(orders::id).load(conn).await.unwrap();
    let names = |rows: &[ProductName]| texts(rows, |row| row.name.clone());
    // By way of the lines each product comes once, by the many-to-many for each line.
    let of: Vec<_> = baskets.iter().map(|basket| names(&basket.line_products)).collect();
    assert_eq!(of, ["axe bow", "cap", "", "axe cap"]);
    let of: Vec<_> = baskets.iter().map(|basket| names(&basket.products)).collect();
    assert_eq!(of, ["axe axe bow", "cap", "", "axe cap"]);
}

#[derive(LoadSpec, Debug)]
#[load(Product)]
struct Sold {
    name: String,
    #[load(prefetch, order_by = people::name)]
    buyers: Vec<Buyer>,
}

#[derive(LoadSpec, Debug, Clone)]
#[load(Person)]
struct Buyer {
    name: String,
    #[load(join)]
    boss: Option<PersonName>,
    #[load(prefetch, order_by = products::name)]
    products: Vec<ProductName>,
}

async fn chains_below_chains() {
    let conn = &mut shop().await;
    let queries = Queries::of(conn);
    let products = Sold::query().order(products::id).load(conn).await.unwrap();
    assert_eq!(queries.take().len(), 3);
    let buyer = |buyer: &Buyer| {
        let boss = buyer.boss.as_ref().map_or("nobody", |boss| &boss.name);
        let products: Vec<_> = buyer.products.iter().map(|row| row.name.as_str()).collect();
        format!("{} under {boss}: {}", buyer.name, products.join(" "))
    };
    let shown: Vec<Vec<_>> =
        products.iter().map(|product| product.buyers.iter().map(buyer).collect()).collect();
    let (ann, bob) = ("Ann under nobody: axe bow cap", "Bob under Ann: axe cap");
    assert_eq!(shown, [vec![ann, bob], vec![ann], vec![ann, bob]]);
}

async fn chains_in_expressions() {
    let conn = &mut shop().await;
    macro_rules! filtered {
        ($condition:expr) => {{
            let people = PersonName::query().into_boxed::<Backend>().filter($condition);
            let people = people.order(people::id).load(conn).await.unwrap();
            people
                .iter()
                .map(|person: &PersonName| person.name.clone())
                .collect::<Vec<_>>()
                .join(" ")
        }};
    }
    assert_eq!(filtered!(person::lines.exists()), "Ann Bob");
    assert_eq!(filtered!(person::products.any(products::name.eq("bow"))), "Ann");
    assert_eq!(filtered!(person::products.none(products::name.eq("bow"))), "Bob Cyd Dan");
    assert_eq!(filtered!(person::grandreports.any(people::name.eq("Dan"))), "Ann");
    assert_eq!(filtered!(person::colleagues.count().gt(1)), "Bob Cyd");
    assert_eq!(filtered!(person::followed_orders.max(orders::placed).eq(20)), "Bob Dan");
    assert_eq!(filtered!(person::team_lines.sum(lines::quantity).is_not_null()), "Ann");
    assert_eq!(filtered!(person::peers.any(person::boss.exists())), "Ann Bob");
    assert_eq!(
        filtered!(person::grandreports.any(person::colleagues.any(people::name.eq("Dan")))),
        "Ann"
    );
    assert_eq!(
        filtered!(person::products.filter(product::buyers.count().eq(1)).count().eq(1)),
        "Ann"
    );
}
