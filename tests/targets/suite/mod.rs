//! The tests, written once: each is compiled for the connection of the binary that includes it.

/// The tests of a module: `async` functions, or, behind `sync`, functions that run futures themselves.
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
mod library;
mod prelude;
mod support;

pub(crate) use targets::Test;

pub(crate) fn tests() -> Vec<Test> {
    [joins::tests()].concat()
}
