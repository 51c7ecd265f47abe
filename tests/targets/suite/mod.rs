//! The tests, written once: each is compiled for the connection of the binary that includes it.

/// The tests of a module: `async` functions, and behind `plain`, functions that run futures themselves.
macro_rules! tests {
    ($($test:ident),* $(,)? $(; plain $($plain:ident),* $(,)?)?) => {
        pub(crate) fn tests() -> Vec<targets::Test> {
            vec![
                $(targets::Test {
                    name: concat!(module_path!(), "::", stringify!($test)),
                    run: || crate::target::Runtime::new().block_on($test()),
                },)*
                $($(targets::Test {
                    name: concat!(module_path!(), "::", stringify!($plain)),
                    run: $plain,
                },)*)?
            ]
        }
    };
}

mod aggregates;
mod chains;
mod composite_keys;
mod joins;
mod key_models;
mod keys;
pub(crate) mod library;
mod load_macro;
mod names;
mod optional;
mod parts;
mod plan;
pub(crate) mod prelude;
mod queries;
mod random;
mod random_aggregates;
mod random_refined;
mod random_shapes;
mod refined;
mod shop;
mod support;
mod text_keys;
mod through_rows;
mod to_one;
mod traced;
mod transactions;
mod values;
mod volume;

pub(crate) fn tests() -> Vec<targets::Test> {
    [
        aggregates::tests(),
        chains::tests(),
        composite_keys::tests(),
        joins::tests(),
        keys::tests(),
        load_macro::tests(),
        names::tests(),
        optional::tests(),
        parts::tests(),
        plan::tests(),
        queries::tests(),
        random_aggregates::tests(),
        random_refined::tests(),
        random_shapes::tests(),
        refined::tests(),
        text_keys::tests(),
        through_rows::tests(),
        to_one::tests(),
        traced::tests(),
        transactions::tests(),
        values::tests(),
        volume::tests(),
    ]
    .concat()
}
