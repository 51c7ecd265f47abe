//! What the compiler says of fields that are loaded and never read, with the feature `unused-loads`: it is asked about the
//! crate in `fixture`, where comments say what is expected.
#![allow(missing_docs)]

mod fixture;

#[test]
fn fields_that_are_never_read_are_told_and_no_others() {
    let (expected, told) = (fixture::expected(), fixture::told());
    let missing: Vec<_> = expected.difference(&told).collect();
    let unexpected: Vec<_> = told.difference(&expected).collect();
    assert!(
        missing.is_empty() && unexpected.is_empty(),
        "not told: {missing:#?}\ntold and not expected: {unexpected:#?}"
    );
}
