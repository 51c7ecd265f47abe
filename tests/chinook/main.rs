//! Behaviour.
fn main() {}
