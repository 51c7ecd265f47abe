//! The crate that uses Diesel alone: the same 60 structs, and functions that load them as Diesel's guides show.

use super::schema::{MODELS, child, linked, other, parent};

pub(crate) fn source() -> String {
    let mut source = "
        use diesel::dsl::exists;
        use diesel::prelude::*;
        use schema::*;
    "
    .to_owned();
    for i in 0..MODELS {
        source += &card(i);
        source += &match i % 3 {
            0 => page_with_children(i),
            1 => page_with_links(i),
            _ => page_with_pages(i),
        };
    }
    source
}

/// Columns only; a join; a left join. The first is the child of no page, the second of a page of the first kind.
fn card(i: usize) -> String {
    let (parent, other) = (parent(i), other(i));
    let (derive, belongs_to, fields, from) = match i % 3 {
        0 => (
            "",
            String::new(),
            "pub note: Option<String>, pub created_on: i64, pub active: bool,".to_owned(),
            format!("table_{i}::table"),
        ),
        1 => (
            ", Associations",
            format!("#[diesel(belongs_to(Page{parent}Row, foreign_key = parent_id))]"),
            format!("pub amount: i32, #[diesel(embed)] pub parent: Card{parent},"),
            format!("table_{i}::table.inner_join(table_{parent}::table)"),
        ),
        _ => (
            "",
            String::new(),
            format!("pub active: bool, #[diesel(embed)] pub other: Option<Card{other}>,"),
            format!("table_{i}::table.left_join(table_{other}::table)"),
        ),
    };
    format!(
        "
        #[derive(Queryable, Selectable, Identifiable{derive})]
        #[diesel(table_name = table_{i})]
        {belongs_to}
        pub struct Card{i} {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
            {fields}
        }}

        pub fn card_{i}(amount: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<Card{i}>> {{
            {from}
                .filter(table_{i}::amount.gt(amount))
                .order(table_{i}::name)
                .select(Card{i}::as_select())
                .load(conn)
        }}
        "
    )
}

fn page_with_children(i: usize) -> String {
    let (child, parent) = (child(i), parent(i));
    format!(
        "
        #[derive(Queryable, Selectable, Identifiable, Associations)]
        #[diesel(table_name = table_{i}, belongs_to(Page{parent}Row, foreign_key = parent_id))]
        pub struct Page{i}Row {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
            pub amount: i32,
        }}

        pub struct Page{i} {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
            pub amount: i32,
            pub children: Vec<Card{child}>,
        }}

        impl Page{i} {{
            fn new(row: Page{i}Row, children: Vec<Card{child}>) -> Self {{
                let Page{i}Row {{ id, name, parent_id, amount }} = row;
                Self {{ id, name, parent_id, amount, children }}
            }}
        }}

        pub fn page_{i}(amount: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<Page{i}>> {{
            let rows = table_{i}::table
                .filter(table_{i}::amount.gt(amount))
                .order(table_{i}::name)
                .select(Page{i}Row::as_select())
                .load(conn)?;
            let children = Card{child}::belonging_to(&rows)
                .inner_join(table_{i}::table)
                .select(Card{child}::as_select())
                .load(conn)?
                .grouped_by(&rows);
            Ok(rows.into_iter().zip(children).map(|(row, children)| Page{i}::new(row, children)).collect())
        }}
        "
    )
}

fn page_with_links(i: usize) -> String {
    let (child, linked) = (child(i), linked(i));
    let linked_parent = parent(linked);
    format!(
        "
        #[derive(Queryable, Selectable, Identifiable)]
        #[diesel(table_name = table_{i})]
        pub struct Page{i}Row {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
        }}

        #[derive(Queryable, Selectable, Identifiable, Associations)]
        #[diesel(table_name = links_{i}, primary_key(left_id, right_id))]
        #[diesel(belongs_to(Page{i}Row, foreign_key = left_id))]
        pub struct Link{i} {{
            pub left_id: i32,
            pub right_id: i32,
        }}

        pub struct Page{i} {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
            pub linked: Vec<Card{linked}>,
            pub count: i64,
        }}

        pub fn page_{i}(amount: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<Page{i}>> {{
            let count = table_{child}::table
                .filter(table_{child}::parent_id.eq(table_{i}::id))
                .count()
                .single_value();
            let rows = table_{i}::table
                .filter(table_{i}::amount.gt(amount))
                .order(table_{i}::name)
                .select((Page{i}Row::as_select(), count.assume_not_null()))
                .load::<(Page{i}Row, i64)>(conn)?;
            let (rows, counts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let linked = Link{i}::belonging_to(&rows)
                .inner_join(table_{linked}::table.inner_join(table_{linked_parent}::table))
                .select((Link{i}::as_select(), Card{linked}::as_select()))
                .load::<(Link{i}, Card{linked})>(conn)?
                .grouped_by(&rows);
            let pages = rows.into_iter().zip(counts).zip(linked).map(|((row, count), linked)| {{
                let Page{i}Row {{ id, name, parent_id }} = row;
                let linked = linked.into_iter().map(|(_, card)| card).collect();
                Page{i} {{ id, name, parent_id, linked, count }}
            }});
            Ok(pages.collect())
        }}
        "
    )
}

fn page_with_pages(i: usize) -> String {
    let child = child(i);
    let grandchild = self::child(child);
    format!(
        "
        #[derive(Queryable, Selectable, Identifiable)]
        #[diesel(table_name = table_{i})]
        pub struct Page{i}Row {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
        }}

        pub struct Page{i} {{
            pub id: i32,
            pub name: String,
            pub parent_id: i32,
            pub children: Vec<Page{child}>,
            pub any: bool,
        }}

        pub fn page_{i}(amount: i32, conn: &mut SqliteConnection) -> QueryResult<Vec<Page{i}>> {{
            let any = exists(links_{i}::table.filter(links_{i}::left_id.eq(table_{i}::id)));
            let rows = table_{i}::table
                .filter(table_{i}::amount.gt(amount))
                .order(table_{i}::name)
                .select((Page{i}Row::as_select(), any))
                .load::<(Page{i}Row, bool)>(conn)?;
            let (rows, any): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let children = Page{child}Row::belonging_to(&rows).select(Page{child}Row::as_select()).load(conn)?;
            let grandchildren = Card{grandchild}::belonging_to(&children)
                .inner_join(table_{child}::table)
                .select(Card{grandchild}::as_select())
                .load(conn)?
                .grouped_by(&children);
            let children = children.into_iter().zip(grandchildren).grouped_by(&rows);
            let pages = rows.into_iter().zip(any).zip(children).map(|((row, any), children)| {{
                let Page{i}Row {{ id, name, parent_id }} = row;
                let children = children.into_iter().map(|(row, cards)| Page{child}::new(row, cards)).collect();
                Page{i} {{ id, name, parent_id, children, any }}
            }});
            Ok(pages.collect())
        }}
        "
    )
}
