//! The tests, each of which is run on every database.

/// The tests of a module.
macro_rules! tests {
    ($($test:ident),* $(,)?) => {
        pub(super) fn tests() -> Vec<crate::Test> {
            vec![$((concat!(module_path!(), "::", stringify!($test)), $test)),*]
        }
    };
}

mod keys;
mod limits;
mod plan;
mod queries;
mod relations;
mod snapshot;

pub(crate) fn tests() -> Vec<crate::Test> {
    [
        relations::tests(),
        limits::tests(),
        keys::tests(),
        plan::tests(),
        queries::tests(),
        snapshot::tests(),
    ]
    .concat()
}
