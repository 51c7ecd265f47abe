//! Models, with the tables that belong to them.

pub mod keys;
pub mod library;
pub mod people;
pub mod shop;
pub mod shop_rows;

/// Puts rows of numbers in the place of all that a table holds. The last comes first, so that the order in which rows
/// were inserted is no help.
fn replace(table: &str, rows: &mut dyn Iterator<Item = Vec<Option<i32>>>) -> String {
    let row = |row: Vec<Option<i32>>| {
        let number =
            |value: Option<i32>| value.map_or("NULL".to_owned(), |value| value.to_string());
        format!("({})", row.into_iter().map(number).collect::<Vec<_>>().join(", "))
    };
    let mut rows: Vec<String> = rows.map(row).collect();
    rows.reverse();
    let insert = match rows.is_empty() {
        true => String::new(),
        false => format!("INSERT INTO {table} VALUES {};", rows.join(", ")),
    };
    format!("DELETE FROM {table};{insert}")
}
