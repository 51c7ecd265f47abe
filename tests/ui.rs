//! What the compiler says about mistakes.

#[test]
fn mistakes() {
    let cases = trybuild::TestCases::new();
    for stage in ["model", "spec", "query", "loads"] {
        cases.compile_fail(format!("ui/{stage}/*.rs"));
    }
}
