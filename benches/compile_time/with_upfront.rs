//! The crate that uses `upfront`: 30 models, and two specs for each.

use std::fmt::Write as _;

use super::schema::{MODELS, child, linked, other, parent};

pub(crate) fn source() -> String {
    let mut source = "
        use diesel::prelude::*;
        use upfront::{LoadSpec, Model};
        use schema::*;
    "
    .to_owned();
    for i in 0..MODELS {
        source += &model(i);
        source += &spec(i, "Card", &card(i));
        source += &spec(i, "Page", &page(i));
    }
    source
}

fn model(i: usize) -> String {
    let (parent, child, other, linked) = (parent(i), child(i), other(i), linked(i));
    format!(
        "
        #[derive(Model)]
        #[diesel(table_name = table_{i})]
        #[model(
            belongs_to(parent: Model{parent}),
            belongs_to(other: Model{other}),
            has_many(children: Model{child}, foreign_key = table_{child}::parent_id),
            many_to_many(
                linked: Model{linked},
                through = links_{i},
                foreign_key = links_{i}::left_id,
                target_key = links_{i}::right_id,
            ),
        )]
        pub struct Model{i} {{
            pub id: i32,
            pub name: String,
            pub note: Option<String>,
            pub amount: i32,
            pub created_on: i64,
            pub active: bool,
            pub parent_id: i32,
            pub other_id: Option<i32>,
        }}
        "
    )
}

/// A struct with the fields, and a function that loads it.
fn spec(i: usize, name: &str, fields: &str) -> String {
    let mut source = String::new();
    let function = name.to_lowercase();
    let _ = write!(
        source,
        "
        #[derive(LoadSpec)]
        #[load(Model{i})]
        pub struct {name}{i} {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
            {fields}
        }}

        pub fn {function}_{i}(amount: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<{name}{i}>> {{
            {name}{i}::query().filter(table_{i}::amount.gt(amount)).order(table_{i}::name).load(conn)
        }}
        "
    );
    source
}

/// Columns only; a join; a left join.
fn card(i: usize) -> String {
    let (parent, other) = (parent(i), other(i));
    match i % 3 {
        0 => "pub note: Option<String>, pub created_on: i64, pub active: bool,".to_owned(),
        1 => format!("pub amount: i32, #[load(join)] pub parent: Card{parent},"),
        _ => format!("pub active: bool, #[load(join)] pub other: Option<Card{other}>,"),
    }
}

/// A has-many prefetch; a many-to-many prefetch and a count; a prefetch in a prefetch and whether there is any.
fn page(i: usize) -> String {
    let (child, linked) = (child(i), linked(i));
    match i % 3 {
        0 => format!("pub amount: i32, #[load(prefetch)] pub children: Vec<Card{child}>,"),
        1 => format!(
            "#[load(prefetch)] pub linked: Vec<Card{linked}>, #[load(annotate = children.count())] pub count: i64,"
        ),
        _ => format!(
            "#[load(prefetch)] pub children: Vec<Page{child}>, #[load(annotate = linked.exists())] pub any: bool,"
        ),
    }
}
