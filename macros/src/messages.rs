//! Every message, in one place: what is wrong in the user's words, then what to do.

use std::fmt::Display;

use crate::ast::RelationKind;

/// The names, each in backticks, with commas between them.
fn list(names: &[impl Display]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The name most like `name`, where one is like it.
pub(crate) fn nearest<'a>(name: &str, names: &'a [String]) -> Option<&'a String> {
    names
        .iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out, changed or swapped with the next to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let changed = rows[i][j] + usize::from(a != b);
            let swapped = if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                rows[i - 1][j - 1] + 1
            } else {
                changed
            };
            row.push(changed.min(swapped).min(rows[i][j + 1] + 1).min(row[j] + 1));
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

fn did_you_mean(name: &str, names: &[String]) -> String {
    nearest(name, names).map(|near| format!("\nhelp: did you mean `{near}`?")).unwrap_or_default()
}

/// Which names there are: "\nhelp: the relations of `Author` are `books`".
fn the_names(what: &str, model: &str, names: &[String]) -> String {
    match names.len() {
        0 => format!("\nhelp: `{model}` has no {what}s"),
        1 => format!("\nhelp: the only {what} of `{model}` is {}", list(names)),
        _ => format!("\nhelp: the {what}s of `{model}` are {}", list(names)),
    }
}

pub(crate) fn not_a_struct(derive: &str) -> String {
    format!("`#[derive({derive})]` is for structs with named fields")
}

pub(crate) fn generic_struct(derive: &str) -> String {
    format!("`#[derive({derive})]` is for structs without type, lifetime or const parameters")
}

pub(crate) fn no_fields(derive: &str) -> String {
    format!("`#[derive({derive})]` needs at least one field")
}

pub(crate) fn not_an_enum() -> String {
    "`#[derive(MultiConnection)]` is for enums of connections".to_owned()
}

pub(crate) fn generic_enum() -> String {
    "`#[derive(MultiConnection)]` is for enums without type, lifetime or const parameters"
        .to_owned()
}

pub(crate) fn no_variants() -> String {
    "`#[derive(MultiConnection)]` needs at least one connection\nhelp: write `Sqlite(SqliteConnection)`".to_owned()
}

pub(crate) fn not_one_connection(variant: &str) -> String {
    format!("`{variant}` does not hold one connection\nhelp: write `{variant}(TheConnection)`")
}

pub(crate) fn no_connection(name: &str) -> String {
    format!("`{name}` is not a connection\nhelp: add `#[derive(diesel::MultiConnection)]` to it")
}

pub(crate) fn empty_multi_connection_attribute() -> String {
    "this says nothing\nhelp: write `#[multi_connection(crate = path)]` where `upfront` was renamed, or leave the attribute out".to_owned()
}

pub(crate) fn unknown_multi_connection_option(option: &str) -> String {
    format!("`{option}` is not an option of a connection\nhelp: the only option is `crate`")
}

pub(crate) fn no_load_attribute(spec: &str) -> String {
    format!(
        "`{spec}` does not say which model it loads\nhelp: add `#[load(TheModel)]` to the struct"
    )
}

pub(crate) fn empty_load_attribute() -> String {
    "the model is missing\nhelp: write `#[load(TheModel)]`".to_owned()
}

pub(crate) fn malformed_model() -> String {
    "this is not the path of a model\nhelp: the model comes first, and options after it: `#[load(TheModel, max_queries = 3)]`".to_owned()
}

pub(crate) fn second_load_attribute() -> String {
    "a second `#[load(..)]` on one struct\nhelp: put everything into one attribute".to_owned()
}

pub(crate) fn second_field_attribute() -> String {
    "a field is loaded in one way: it has one `#[load(..)]`".to_owned()
}

pub(crate) fn unknown_load(word: &str) -> String {
    let known = ["join", "prefetch", "annotate"].map(str::to_owned);
    format!(
        "`{word}` is not a way to load a field{}\nhelp: the ways are {}; a column needs no attribute",
        did_you_mean(word, &known),
        list(&known)
    )
}

pub(crate) fn unknown_spec_option(option: &str) -> String {
    let known = ["params", "max_queries", "crate"].map(str::to_owned);
    format!(
        "`{option}` is not an option of a load spec{}\nhelp: the options are {}",
        did_you_mean(option, &known),
        list(&known)
    )
}

pub(crate) fn malformed_params() -> String {
    "this is not a list of parameters\nhelp: write `params(since: NaiveDate, least: i32)`"
        .to_owned()
}

pub(crate) fn param_twice(param: &str) -> String {
    format!("a second parameter called `{param}`")
}

pub(crate) fn malformed_arguments() -> String {
    "this is not a list of values for parameters\nhelp: write `params(since, 5)`, in the order in which the other spec declares them".to_owned()
}

pub(crate) fn unexpected_option(option: &str, way: &str, known: &[&str]) -> String {
    let known = match known {
        [] => String::new(),
        known => format!("\nhelp: what does is {}", list(known)),
    };
    match ["join", "prefetch", "annotate"].contains(&option) {
        true => {
            "a field is loaded in one way: by one of `join`, `prefetch` and `annotate`".to_owned()
        }
        false => format!("`{option}` does not go with `{way}`{known}"),
    }
}

pub(crate) fn not_refined(option: &str, way: &str) -> String {
    let help = match way {
        "join" if option == "optional" => {
            "a join runs no query that could be left out: load the relation with `prefetch`"
        }
        "join" => {
            "a join reads one row: load the relation with `prefetch`, or filter the query by it"
        }
        _ if option == "optional" => "what is computed is a part of the spec's own query",
        _ => "what is computed of a relation has its own filter: `books.filter(..).count()`",
    };
    format!("`{option}` goes with `prefetch`, and this field is loaded by `{way}`\nhelp: {help}")
}

pub(crate) fn refines_nothing(option: &str) -> String {
    let given = match ["distinct", "optional"].contains(&option) {
        true => option.to_owned(),
        false => format!("{option} .."),
    };
    format!(
        "`{option}` goes with a relation that is loaded\nhelp: write `prefetch` before it: `#[load(prefetch, {given})]`"
    )
}

pub(crate) fn unknown_refinement(option: &str) -> String {
    if ["join", "prefetch", "annotate"].contains(&option) {
        return unexpected_option(option, "prefetch", &[]);
    }
    let known = [
        "filter",
        "order_by",
        "then_order_by",
        "limit",
        "offset",
        "distinct",
        "optional",
        "params",
    ];
    let known = known.map(str::to_owned);
    format!(
        "`{option}` is not an option of a prefetch{}\nhelp: the options are {}",
        did_you_mean(option, &known),
        list(&known)
    )
}

pub(crate) fn malformed_refinement(option: &str, example: &str) -> String {
    format!("this is not an expression\nhelp: write `{option} = {example}`")
}

pub(crate) fn distinct_takes_nothing() -> String {
    "`distinct` takes nothing\nhelp: write `distinct` alone: rows that are equal in all that is loaded come once".to_owned()
}

pub(crate) fn optional_takes_nothing() -> String {
    "`optional` takes nothing\nhelp: write `optional` alone, and ask for the prefetch in a query: `.request_if(condition, ..)`".to_owned()
}

pub(crate) fn not_requested(field: &str, ty: &str) -> String {
    format!(
        "`{field}` is an optional prefetch, and a `{ty}` cannot say that it was not asked for\nhelp: write `Requested<{ty}>`"
    )
}

pub(crate) fn always_requested(field: &str) -> String {
    format!(
        "`{field}` is loaded in every load, and a `Requested` is for what a query can ask for\n\
         help: make it optional: `#[load(prefetch, optional)]`, or in `load!` `optional prefetch`; or leave `Requested` out"
    )
}

pub(crate) fn requested_by_itself(ty: &str) -> String {
    format!(
        "what is loaded on request is a `Requested` by itself\nhelp: write what it holds: `{ty}`"
    )
}

pub(crate) fn distinct_and_cut(option: &str) -> String {
    format!(
        "a prefetch is `distinct` or has a `{option}`, not both\nhelp: leave `distinct` out, or cut the rows after they were loaded"
    )
}

pub(crate) fn then_without_order(option: &str) -> String {
    format!("`{option}` comes after an order, and there is none\nhelp: add `order_by`")
}

pub(crate) fn negative(option: &str) -> String {
    format!("`{option}` is a number of rows, which cannot be negative")
}

pub(crate) fn empty_field_attribute() -> String {
    "this says nothing\nhelp: write `join`, `prefetch` or `annotate = ..`, or leave the attribute out for a column".to_owned()
}

pub(crate) fn annotate_needs_value() -> String {
    "`annotate` needs what is computed\nhelp: write `annotate = books.count()`, or any Diesel expression on the columns of the model".to_owned()
}

pub(crate) fn malformed_annotation() -> String {
    "this is not an expression\nhelp: write what is computed: `books.count()`, `lower(authors::name)`".to_owned()
}

pub(crate) fn annotation_of_a_relation(relation: &str) -> String {
    format!(
        "`{relation}` is a relation, of whose rows something must be computed\n\
         help: write `{relation}.count()`, `{relation}.exists()`, `{relation}.sum(table::column)`; to load the rows, `#[load(prefetch)]`"
    )
}

pub(crate) fn takes_nothing(method: &str) -> String {
    format!("`{method}()` takes nothing between its parentheses")
}

pub(crate) fn takes_one(method: &str, example: &str) -> String {
    format!(
        "`{method}()` takes one thing between its parentheses\nhelp: write `{method}({example})`"
    )
}

pub(crate) fn wrong_annotation_type(field: &str, ty: &str, right: Option<&str>) -> String {
    let help = match right {
        Some(right) => format!("\nhelp: write `{right}`"),
        None => "\nhelp: write the type that Diesel reads from it, in an `Option` where it can be `NULL`".to_owned(),
    };
    format!("what is computed for `{field}` cannot be read into `{ty}`{help}")
}

pub(crate) fn nullable_annotation(field: &str, ty: &str) -> String {
    format!(
        "what is computed for `{field}` can be `NULL`\nhelp: write `Option<{ty}>`, or give a default where there is none: `.default(..)`"
    )
}

pub(crate) fn unexpected_tokens() -> String {
    "this was not expected here\nhelp: options are separated by commas".to_owned()
}

pub(crate) fn needs_value(option: &str, example: &str) -> String {
    format!("`{option}` needs a value\nhelp: write `{option} = {example}`")
}

pub(crate) fn malformed_column_name() -> String {
    "this is not the name of a column\nhelp: write it as in `table!`: `column_name = title`"
        .to_owned()
}

pub(crate) fn malformed_table_name() -> String {
    "this is not the path of a table\nhelp: write it without quotes: `table_name = books`, or `table_name = schema::books`".to_owned()
}

pub(crate) fn malformed_primary_key() -> String {
    "this is not a primary key\nhelp: write `primary_key(id)`, or `primary_key(one, two)` where it is composite".to_owned()
}

pub(crate) fn malformed_relation_path(load: &str, example: &str) -> String {
    format!(
        "`{load}` takes the path of a relation, or nothing\nhelp: write `{load}`, or `{load} = {example}`"
    )
}

pub(crate) fn not_a_number_of_queries() -> String {
    "`max_queries` is a whole number\nhelp: write `max_queries = 3`".to_owned()
}

pub(crate) fn unknown_column(
    name: &str,
    model: &str,
    columns: &[String],
    relations: &[String],
) -> String {
    if relations.iter().any(|relation| relation == name) {
        return format!(
            "`{name}` is a relation of `{model}`, not a column\n\
             help: add `#[load(join)]` or `#[load(prefetch)]` to load it"
        );
    }
    format!(
        "`{name}` is not a column of `{model}`{}{}",
        did_you_mean(name, columns),
        the_names("column", model, columns)
    )
}

pub(crate) fn unknown_relation(
    name: &str,
    model: &str,
    columns: &[String],
    relations: &[String],
) -> String {
    if columns.iter().any(|column| column == name) {
        return format!(
            "`{name}` is a column of `{model}`, not a relation{}",
            the_names("relation", model, relations)
        );
    }
    format!(
        "`{name}` is not a relation of `{model}`{}{}",
        did_you_mean(name, relations),
        the_names("relation", model, relations)
    )
}

pub(crate) fn no_model(name: &str) -> String {
    format!("`{name}` is not a model\nhelp: add `#[derive(Model)]` to `{name}`")
}

pub(crate) fn nullable_column(field: &str, ty: &str) -> String {
    format!("the column of `{field}` can be `NULL`\nhelp: write `Option<{ty}>`")
}

pub(crate) fn wrong_column_type(field: &str, model: &str, ty: &str) -> String {
    format!(
        "the column of `{field}` cannot be read into `{ty}`\n\
         help: write the type that it has in `{model}`, or read it by way of another: `#[diesel(deserialize_as = ..)]`"
    )
}

pub(crate) fn attribute_is_for_columns(attribute: &str, load: &str) -> String {
    format!("`{attribute}` is for columns, and this field is loaded by `{load}`")
}

pub(crate) fn spec_in_itself(spec: &str) -> String {
    format!(
        "`{spec}` loads itself, and would never come to an end\n\
         help: write another spec for the inner rows, which leaves this field out"
    )
}

pub(crate) fn join_leads_to_many(relation: &str) -> String {
    format!(
        "`{relation}` leads to any number of rows, and a join reads one\nhelp: load it with `prefetch`, into a `Vec`"
    )
}

pub(crate) fn may_be_missing(relation: &str, ty: &str) -> String {
    format!("`{relation}` may lead to no row\nhelp: write `Option<{ty}>`")
}

pub(crate) fn may_be_missing_when_requested(relation: &str, ty: &str) -> String {
    format!("`{relation}` may lead to no row\nhelp: write `Requested<Option<{ty}>>`")
}

pub(crate) fn joined_rows_are_shared(relation: &str, ty: &str) -> String {
    format!(
        "several rows may join the same row of `{relation}`, and each gets its own copy of what is prefetched below\n\
         help: derive `Clone` for the specs that `{ty}` prefetches"
    )
}

pub(crate) fn many_or_one(relation: &str, ty: &str) -> String {
    format!(
        "`{ty}` does not fit `{relation}`\n\
         help: a `has_many` or `many_to_many` is prefetched into a `Vec`, a `belongs_to` or `has_one` into a spec, an `Arc` of it, or an `Option` of either"
    )
}

pub(crate) fn one_has_no_order(relation: &str, option: &str) -> String {
    format!(
        "`{relation}` leads to one row at the most, and `{option}` is for many\n\
         help: leave it out, or make it a `filter`"
    )
}

pub(crate) fn not_the_through_row(relation: &str, ty: &str) -> String {
    format!(
        "`{ty}` is not a row of the table between, by which `{relation}` leads to its rows\n\
         help: beside each child of a `many_to_many` stands a spec of the model of its through table: `Vec<(Child, Between)>`"
    )
}

pub(crate) fn pair_of_one_table(relation: &str) -> String {
    format!(
        "`{relation}` goes from a table to itself by way of itself, and its rows between cannot be loaded beside the others\n\
         help: declare the rows between as a relation of their own, and prefetch that"
    )
}

pub(crate) fn join_of_a_pair(relation: &str) -> String {
    format!(
        "`{relation}` is joined, and a join reads one row\nhelp: rows of a through table are loaded by the `prefetch` of a `many_to_many`"
    )
}

pub(crate) fn reserved_name(name: &str, in_place: bool) -> String {
    let help = match in_place {
        true => "give it another name: `.. as other_name`".to_owned(),
        false => format!(
            "call it otherwise and name the relation: `#[load(join = {name})]`, `#[load(prefetch = {name})]`"
        ),
    };
    format!(
        "the field of a relation cannot be called `{name}`: the spec has a function of this name\nhelp: {help}"
    )
}

pub(crate) fn source_without_through(relation: &str) -> String {
    format!(
        "`{relation}` says which relation it ends with, but not which it begins with\nhelp: add `through = ..`, a relation of this model"
    )
}

pub(crate) fn chain_has_no_key(relation: &str, option: &str) -> String {
    format!(
        "`{relation}` goes by the keys of the relations that it follows\nhelp: leave `{option}` out, or `through`"
    )
}

pub(crate) fn unknown_through(through: &str, model: &str, relations: &[String]) -> String {
    format!(
        "`{through}` is not a relation of `{model}` that others can go through{}{}\n\
         help: a table with the keys of both is for `many_to_many`",
        did_you_mean(through, relations),
        the_names("relation", model, relations)
    )
}

pub(crate) fn chain_leads_elsewhere(relation: &str, second: &str, child: &str) -> String {
    format!(
        "`{relation}` does not lead to `{child}`: `{second}` leads to another model\n\
         help: name a relation to `{child}`: `source = ..`"
    )
}

pub(crate) fn prefetched_row_is_shared(relation: &str, ty: &str) -> String {
    format!(
        "several rows may share one row of `{relation}`, and each gets its own copy\n\
         help: derive `Clone` for `{ty}` and for what it prefetches, or load it with `join`"
    )
}

pub(crate) fn prefetched_below_is_shared(relation: &str, ty: &str) -> String {
    format!(
        "several rows may share one row of `{relation}`, and each gets its own copy of what is prefetched below\n\
         help: derive `Clone` for the specs that `{ty}` prefetches"
    )
}

pub(crate) fn too_many_queries(spec: &str, max: &str) -> String {
    format!(
        "`{spec}` runs more queries than `max_queries = {max}` allows\n\
         help: a spec runs one query, and one more for each prefetch at any depth"
    )
}

pub(crate) fn unknown_relation_kind(kind: &str) -> String {
    let known: Vec<String> = RelationKind::ALL.map(|kind| kind.keyword().to_owned()).to_vec();
    format!(
        "`{kind}` is not a kind of relation{}\nhelp: the kinds are {}",
        did_you_mean(kind, &known),
        list(&known)
    )
}

pub(crate) fn malformed_relation(kind: &str) -> String {
    format!("a relation has a name and a model\nhelp: write `{kind}(name: Model)`")
}

pub(crate) fn unknown_relation_option(option: &str, kind: RelationKind) -> String {
    let known: Vec<String> = kind.options().iter().map(|option| (*option).to_owned()).collect();
    format!(
        "`{option}` is not an option of `{}`{}\nhelp: its options are {}",
        kind.keyword(),
        did_you_mean(option, &known),
        list(&known)
    )
}

pub(crate) fn option_twice(option: &str) -> String {
    format!("`{option}` is given twice")
}

pub(crate) fn malformed_columns() -> String {
    "this is not a column\nhelp: write `table::column`, or `(table::one, table::two)` for a composite key".to_owned()
}

pub(crate) fn relation_twice(name: &str) -> String {
    format!(
        "a second relation called `{name}`\nhelp: each relation of a model has a name of its own"
    )
}

pub(crate) fn no_foreign_key(relation: &str, tried: &[String], columns: &[String]) -> String {
    format!(
        "no column looks like the key of `{relation}`: there is no {}\n\
         help: name it: `foreign_key = ..`, one of {}",
        tried.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and no "),
        list(columns)
    )
}

pub(crate) fn key_needs_table(option: &str, column: &str, child: &str) -> String {
    format!(
        "`{option}` is on another table here, which must be named\n\
         help: write `{option} = the_table::{column}`, with the name of the table of `{child}`"
    )
}

pub(crate) fn references_without_key(relation: &str, child: &str) -> String {
    format!(
        "`{relation}` says what is referred to, but not by which key\n\
         help: add `foreign_key = ..`, or leave `references` out too: the `belongs_to` of `{child}` says both"
    )
}

pub(crate) fn no_through(relation: &str) -> String {
    format!(
        "`{relation}` does not say which table stands between\n\
         help: add `through = ..`, the table that has the keys of both"
    )
}

pub(crate) fn same_through_keys(relation: &str, key: &str) -> String {
    format!(
        "both keys of `{relation}` would be `{key}`, because it leads from a model to itself\n\
         help: name both: `foreign_key = ..` refers to this end, `target_key = ..` to the other"
    )
}

pub(crate) fn key_of_another_table(
    relation: &str,
    option: &str,
    column: &str,
    table: &str,
) -> String {
    format!(
        "`{column}` cannot be the `{option}` of `{relation}`: it is not a column of {table}\n\
         help: name a column of that table"
    )
}

pub(crate) fn key_lengths_differ(relation: &str, [one, other]: &[String; 2]) -> String {
    format!(
        "`{relation}` compares {one} with {other}, which do not have the same number of columns\n\
         help: name as many columns as the other end has: `(table::one, table::two)`"
    )
}

pub(crate) fn key_types_differ(relation: &str, [one, other]: &[String; 2]) -> String {
    format!(
        "`{relation}` compares {one} with {other}, which do not have the same SQL type\n\
         help: both ends of a key have the same SQL type, but for `Nullable`"
    )
}

pub(crate) fn no_such_primary_key(column: &str, columns: &[String]) -> String {
    format!(
        "the primary key `{column}` is not a field of the model{}\nhelp: name it with `#[diesel(primary_key(..))]`; the columns are {}",
        did_you_mean(column, columns),
        list(columns)
    )
}

pub(crate) fn malformed_load() -> String {
    "this is not the path of a model\nhelp: write `load!(TheModel { column, join relation { column } })`".to_owned()
}

pub(crate) fn not_a_struct_in_place() -> String {
    "what is loaded is a struct\nhelp: write `struct TheName: TheModel { .. }`".to_owned()
}

pub(crate) fn generic_struct_in_place(name: &str) -> String {
    format!(
        "`{name}` is a struct without type, lifetime or const parameters\nhelp: write `struct {name}: TheModel {{ .. }}`"
    )
}

pub(crate) fn visibility_of_an_expression() -> String {
    "an expression is not seen from elsewhere\nhelp: leave this out, or name the struct: `pub struct TheName: TheModel { .. }`".to_owned()
}

pub(crate) fn load_attribute_in_place() -> String {
    "`#[load(..)]` is for the fields of `#[derive(LoadSpec)]`\nhelp: leave it out, and write `prefetch name ..`, `join name ..` or `annotate .. as name`".to_owned()
}

pub(crate) fn derived_in_place() -> String {
    "`load!` makes a load spec without being asked\nhelp: remove `LoadSpec` from `#[derive(..)]`"
        .to_owned()
}

pub(crate) fn params_of_an_expression() -> String {
    "parameters are for a struct with a name\nhelp: leave `params(..)` out, and write values where they are used"
        .to_owned()
}

pub(crate) fn model_of_a_shape(model: &str) -> String {
    format!(
        "before braces stands a model, and no more\nhelp: write `: {model} {{ .. }}`; what holds the rows follows from the relation"
    )
}

pub(crate) fn misspelled_computation(method: &str, near: &str) -> String {
    format!("`.{method}()` is not computed of a relation\nhelp: did you mean `.{near}()`?")
}

pub(crate) fn behind_the_shape() -> String {
    "this stands before the braces, not behind them\nhelp: write `prefetch books.limit(2) as newest: Book { .. }`".to_owned()
}

pub(crate) fn params_of_a_shape() -> String {
    "`params(..)` is for a load spec that is named, and here its fields are\nhelp: leave it out: what stands in the braces is given its values there"
        .to_owned()
}

pub(crate) fn unknown_way(word: &str, relation: &str) -> String {
    let known = ["join", "prefetch", "annotate"].map(str::to_owned);
    let near = nearest(word, &known).map_or("prefetch", String::as_str);
    format!("`{word}` is not a way to load `{relation}`\nhelp: write `{near} {relation} ..`")
}

pub(crate) fn keyword_as_a_field(name: &str) -> String {
    let help = match ["self", "Self", "super", "crate", "_"].contains(&name) {
        true => "give it another name: `.. as other_name`".to_owned(),
        false => format!("write `r#{name}`, or give it another name: `.. as other_name`"),
    };
    format!("a field cannot be called `{name}`, which is a keyword\nhelp: {help}")
}

pub(crate) fn all_twice() -> String {
    "all columns are loaded already\nhelp: leave one of the two out; `defer(one, two)` takes several"
        .to_owned()
}

pub(crate) fn deferred_twice(column: &str) -> String {
    format!("`{column}` is deferred twice\nhelp: name it once")
}

pub(crate) fn then_without_order_in_place() -> String {
    "`.then_order_by()` comes after an order, and there is none\nhelp: write `.order_by(..)`"
        .to_owned()
}

/// As [`unknown_column`], for a column that would have been left out.
pub(crate) fn unknown_column_to_defer(
    name: &str,
    model: &str,
    columns: &[String],
    relations: &[String],
) -> String {
    match relations.iter().any(|relation| relation == name) {
        true => format!(
            "`{name}` is a relation of `{model}`, not a column\n\
             help: leave it out: relations are loaded only where they are named"
        ),
        false => unknown_column(name, model, columns, relations),
    }
}

pub(crate) fn no_struct_name() -> String {
    "the struct has no name\nhelp: write `struct TheName: TheModel { .. }`".to_owned()
}

pub(crate) fn no_model_of_struct(name: &str) -> String {
    format!(
        "`{name}` does not say which model it loads\nhelp: write `struct {name}: TheModel {{ .. }}`"
    )
}

pub(crate) fn no_shape(model: &str) -> String {
    format!(
        "this does not say what is loaded of `{model}`\nhelp: write it in braces: `{model} {{ column, join relation {{ column }} }}`"
    )
}

pub(crate) fn tokens_behind_shape() -> String {
    "nothing stands behind the braces\nhelp: what is loaded stands in them; `.filter(..)` and the like follow `load!(..)`".to_owned()
}

pub(crate) fn no_comma() -> String {
    "a comma is missing here\nhelp: what is loaded is separated by commas".to_owned()
}

pub(crate) fn not_an_entry() -> String {
    "this is not a part of what is loaded\nhelp: write the name of a column, `only(..)`, `defer(..)`, `*`, `join ..`, `prefetch ..` or `annotate .. as ..`".to_owned()
}

pub(crate) fn not_a_column_entry(name: &str) -> String {
    format!(
        "this does not say how `{name}` is loaded\nhelp: write `prefetch {name} ..`, `join {name} ..`, or `annotate {name} .. as ..` for what is computed"
    )
}

pub(crate) fn malformed_names(word: &str) -> String {
    format!("`{word}` takes the names of columns\nhelp: write `{word}(id, name)`")
}

pub(crate) fn no_field_name() -> String {
    "the name of the field is missing\nhelp: write `as name`".to_owned()
}

pub(crate) fn no_type() -> String {
    "the type is missing here".to_owned()
}

pub(crate) fn unfinished_annotation() -> String {
    "this does not say what is computed\nhelp: write `annotate books.count() as book_count`, or any Diesel expression on the columns of the model".to_owned()
}

pub(crate) fn malformed_computation() -> String {
    "this is not an expression\nhelp: write what is computed and its name: `annotate books.count() as book_count`".to_owned()
}

pub(crate) fn annotation_without_name() -> String {
    "what is computed has no name\nhelp: add `as name`".to_owned()
}

pub(crate) fn unfinished_relation(word: &str) -> String {
    format!(
        "this does not say which relation is loaded\nhelp: write `{word} relation {{ column }}`"
    )
}

pub(crate) fn malformed_related(word: &str) -> String {
    let example = match word {
        "join" => "join author { name }",
        _ => "prefetch books.filter(..).limit(5) as recent { title }",
    };
    format!("this is not a relation\nhelp: write `{example}`")
}

pub(crate) fn relation_without_rows(word: &str, relation: &str) -> String {
    let spec = match word {
        "join" => "TheSpec",
        _ => "Vec<TheSpec>",
    };
    format!(
        "this does not say what is loaded of `{relation}`\nhelp: write `{word} {relation} {{ column }}`, or name a load spec: `{word} {relation}: {spec}`"
    )
}

pub(crate) fn empty_shape(model: &str) -> String {
    format!(
        "nothing is loaded of `{model}`\nhelp: name a column, or a relation with `join` or `prefetch`; `*` is all columns"
    )
}

pub(crate) fn columns_not_known(relation: &str) -> String {
    format!(
        "the columns of `{relation}` are not known here, because its model is not named\nhelp: name it before the braces: `{relation}: TheModel {{ .. }}`"
    )
}

pub(crate) fn not_a_selection(word: &str) -> String {
    format!(
        "`{word}` is not for a selection of columns\nhelp: a query of `load!` has it: `load!(TheModel {{ {word} .. }})`"
    )
}

pub(crate) fn no_condition() -> String {
    "the condition is missing\nhelp: write `prefetch books if with_books { .. }`".to_owned()
}

pub(crate) fn join_with_condition() -> String {
    "a join is part of the query, and is read in every load\nhelp: load the relation with `prefetch .. if ..`".to_owned()
}

pub(crate) fn optional_and_condition() -> String {
    "what is `optional` is loaded where the query asks for it: leave the condition out".to_owned()
}

pub(crate) fn condition_in_a_struct(relation: &str) -> String {
    format!(
        "a struct does not know what is true when it is loaded\nhelp: write `optional prefetch {relation} ..`, and ask for it in the query: `.request_if(condition, TheSpec::{relation})`"
    )
}

pub(crate) fn optional_without_a_name(relation: &str) -> String {
    format!(
        "nobody can ask for an optional prefetch of a query without a name\nhelp: say when it is loaded: `prefetch {relation} if condition ..`"
    )
}

pub(crate) fn only_and_all() -> String {
    "all columns are loaded, and `only` says which\nhelp: leave `only(..)` out, or `defer(..)` and `*`".to_owned()
}

pub(crate) fn deferred_and_loaded(column: &str) -> String {
    format!(
        "`{column}` is deferred, and it is loaded\nhelp: leave it out of `defer(..)`, or of what is loaded"
    )
}

pub(crate) fn field_twice(field: &str) -> String {
    format!("a second field called `{field}`\nhelp: give it another name: `.. as other_name`")
}

pub(crate) fn unknown_step(step: &str, known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|step| (*step).to_owned()).collect();
    format!(
        "`.{step}()` does not refine a prefetch{}\nhelp: what does is {}",
        did_you_mean(step, &known),
        list(&known)
    )
}

pub(crate) fn step_takes_one(step: &str) -> String {
    format!("`.{step}()` takes one thing between its parentheses")
}

/// What to do where the type of an expression cannot be told.
const WRITE_THE_TYPE: &str = "\nhelp: write it: `.. as Type`, or put the expression into a function with `#[diesel::dsl::auto_type]` and call that, as `name()` or `name::<>(..)`";

pub(crate) fn untold_type() -> String {
    format!("the type of this expression cannot be told{WRITE_THE_TYPE}")
}

pub(crate) fn untold_method(method: &str, known: &[String]) -> String {
    format!(
        "the type of `.{method}()` cannot be told from its name{}{WRITE_THE_TYPE}",
        did_you_mean(method, known)
    )
}

pub(crate) fn untold_value(value: &str) -> String {
    format!("the type of `{value}` cannot be told from its name\nhelp: write it: `{value} as Type`")
}

pub(crate) fn untold_none() -> String {
    "the type of `None` cannot be told\nhelp: to compare with `NULL`, write `.is_null()` or `.is_not_null()`".to_owned()
}

pub(crate) fn number_without_type(number: &str, [one, other]: [&str; 2]) -> String {
    format!("`{number}` does not say its type\nhelp: write `{number}_{one}` or `{number}_{other}`")
}

pub(crate) fn operator_of_rust(operator: &str, instead: &str) -> String {
    format!("`{operator}` is not for SQL expressions\nhelp: write `{instead}`")
}

pub(crate) fn reference_to_param(param: &str) -> String {
    format!("a parameter is given without `&`\nhelp: write `{param}`")
}

pub(crate) fn no_type_argument(method: &str) -> String {
    format!(
        "`.{method}()` does not say to which type\nhelp: write `.{method}::<Type>()`, with an SQL type"
    )
}

pub(crate) fn unexpected_type_argument(method: &str) -> String {
    format!("`.{method}()` takes no types here\nhelp: remove `::<..>`")
}

/// What the compiler says where something was not loaded. `{Self}` is what it was read from, and so all other braces are
/// written twice.
pub(crate) struct NotLoaded {
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) notes: Vec<String>,
}

/// `line` is what loads it in a spec, and `path` what a function asks for.
pub(crate) fn column_not_loaded(name: &str, line: &str, path: &str) -> NotLoaded {
    let line = line.replace('{', "{{").replace('}', "}}");
    NotLoaded {
        message: format!("`{{Self}}` does not load `{name}`"),
        label: not_loaded_here(name),
        notes: vec![format!("add this line to `{{Self}}`: `{line}`"), asked_for_by(path)],
    }
}

/// The same, for one row of the model `child`.
pub(crate) fn one_not_loaded(
    name: &str,
    line: &str,
    child: &str,
    parent: &str,
    path: &str,
) -> NotLoaded {
    NotLoaded {
        message: format!("`{{Self}}` does not load `{name}`"),
        label: not_loaded_here(name),
        notes: relation_notes(line, child, parent, path),
    }
}

/// The same, for any number of them.
pub(crate) fn many_not_loaded(
    name: &str,
    line: &str,
    child: &str,
    parent: &str,
    path: &str,
) -> NotLoaded {
    NotLoaded {
        message: format!("`{{Self}}` does not load `{name}`, or not the whole of it"),
        label: not_loaded_here(name),
        notes: relation_notes(line, child, parent, path),
    }
}

fn not_loaded_here(name: &str) -> String {
    format!("`{name}` is not loaded")
}

fn relation_notes(line: &str, child: &str, parent: &str, path: &str) -> Vec<String> {
    vec![
        format!("add this line to `{{Self}}`: `{line}` where `..` is a spec of `{child}`"),
        format!(
            "only a spec of `{parent}` loads it, and only without `filter`, `limit`, `offset` and `distinct`"
        ),
        asked_for_by(path),
    ]
}

fn asked_for_by(path: &str) -> String {
    format!("a function for any spec that loads it asks for `Loads<{path}>`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_one_that_is_meant() {
        let names = ["books", "publisher"].map(str::to_owned);
        assert_eq!(nearest("book", &names), Some(&names[0]));
        assert_eq!(nearest("publsher", &names), Some(&names[1]));
        assert_eq!(nearest("reviews", &names), None);
    }

    #[test]
    fn distances_count_letters() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("übung", "bung"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("titel", "title"), 1);
    }
}
