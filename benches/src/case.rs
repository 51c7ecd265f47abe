//! What is compared: one load, written three times.

use std::fmt::Debug;

use diesel::prelude::*;

/// The numbers of parents that every case but [`Find`](crate::Find) is run with.
pub const PARENTS: [i32; 3] = [50, 1_000, 10_000];

/// One load, written three times.
pub trait Case {
    const NAME: &'static str;
    /// What `upfront` and the hand-tuned version give.
    type Rows: PartialEq + Debug;
    /// What Diesel's guides give for it.
    type Guide;

    /// With `upfront`.
    fn upfront(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows>;

    /// As Diesel's guides show.
    fn guide(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Guide>;

    /// The fastest hand-written Diesel that we know.
    fn tuned(parents: i32, conn: &mut SqliteConnection) -> QueryResult<Self::Rows>;

    /// The same rows in the other form.
    fn rows(guide: Self::Guide) -> Self::Rows;

    /// Puts rows in order whose order the load leaves to the database.
    fn sort(_rows: &mut Self::Rows) {}
}

/// Panics unless all three versions of the case give the same rows.
#[track_caller]
pub fn assert_same_rows<C: Case>(parents: i32, conn: &mut SqliteConnection) {
    let mut upfront = C::upfront(parents, conn).expect("upfront loads");
    let mut guide = C::rows(C::guide(parents, conn).expect("the guide's version loads"));
    let mut tuned = C::tuned(parents, conn).expect("the hand-tuned version loads");
    C::sort(&mut upfront);
    C::sort(&mut guide);
    C::sort(&mut tuned);
    // Not `assert_eq!`: it would print all rows.
    assert!(upfront == tuned, "{} of {parents}: the hand-tuned version gives other rows", C::NAME);
    assert!(upfront == guide, "{} of {parents}: the guide's version gives other rows", C::NAME);
}
