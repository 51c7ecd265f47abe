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

mod joins;
mod key_models;
mod keys;
mod library;
mod prelude;
mod random;
mod random_aggregates;
mod random_refined;
mod random_shapes;
mod support;
mod text_keys;
mod transactions;
mod values;
mod volume;

pub(crate) fn tests() -> Vec<targets::Test> {
    [
        joins::tests(),
        keys::tests(),
        random_aggregates::tests(),
        random_refined::tests(),
        random_shapes::tests(),
        text_keys::tests(),
        transactions::tests(),
        values::tests(),
        volume::tests(),
    ]
    .concat()
}
