//! 30 tables and 30 through tables, as `diesel print-schema` would print them, and which table refers to which.

use std::fmt::Write as _;

pub(crate) const MODELS: usize = 30;

/// The table that table `i` refers to by its `parent_id`, which is `NOT NULL`.
pub(crate) fn parent(i: usize) -> usize {
    (i + MODELS - 1) % MODELS
}

/// A table whose `parent_id` refers to table `i`.
pub(crate) fn child(i: usize) -> usize {
    (i + 1) % MODELS
}

/// The table that table `i` refers to by its `other_id`, which is nullable.
pub(crate) fn other(i: usize) -> usize {
    (i + 7) % MODELS
}

/// The table that table `i` is linked to by the through table `links_i`.
pub(crate) fn linked(i: usize) -> usize {
    (i + 3) % MODELS
}

/// The source of the schema, which both crates begin with.
pub(crate) fn source() -> String {
    let mut source = "pub mod schema {\n".to_owned();
    let mut names = Vec::new();
    for i in 0..MODELS {
        let (parent, other, linked) = (parent(i), other(i), linked(i));
        let _ = write!(
            source,
            "
            diesel::table! {{
                table_{i} (id) {{
                    id -> Integer,
                    name -> Text,
                    note -> Nullable<Text>,
                    amount -> Integer,
                    created_on -> BigInt,
                    active -> Bool,
                    parent_id -> Integer,
                    other_id -> Nullable<Integer>,
                }}
            }}

            diesel::table! {{
                links_{i} (left_id, right_id) {{
                    left_id -> Integer,
                    right_id -> Integer,
                }}
            }}

            diesel::joinable!(table_{i} -> table_{parent} (parent_id));
            diesel::joinable!(table_{i} -> table_{other} (other_id));
            diesel::joinable!(links_{i} -> table_{i} (left_id));
            diesel::joinable!(links_{i} -> table_{linked} (right_id));
            "
        );
        names.push(format!("table_{i}, links_{i}"));
    }
    let names = names.join(", ");
    let _ = write!(source, "diesel::allow_tables_to_appear_in_same_query!({names});\n}}\n");
    source
}
