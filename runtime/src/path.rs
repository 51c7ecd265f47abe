//! Places in a query: the root table, or what a chain of joins leads to.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::AstPass;

use crate::{Model, Relation};

/// The longest identifier that every backend keeps whole (PostgreSQL's limit, in bytes).
const LONGEST_IDENTIFIER: usize = 63;

/// A place in a query that has a row of one table: where a column is read from.
pub trait Path: 'static {
    /// The place as a dotted name, of any length: the root's table, then the relations on the way.
    fn name() -> String;

    /// Writes the table or the alias that qualifies the columns of this place.
    fn write<DB: Backend>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// This path, seen from the root `P` instead of its own.
    type From<P: Path>: Path;
}

/// The table that a query is about.
pub struct Root<M>(PhantomData<M>);

/// One relation further than the path `P`.
pub struct Step<P, R>(PhantomData<(P, R)>);

impl<M: Model> Path for Root<M> {
    fn name() -> String {
        M::TABLE.to_owned()
    }

    fn write<DB: Backend>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        M::write_table(out)
    }

    type From<P: Path> = P;
}

impl<P: Path, R: Relation> Path for Step<P, R> {
    fn name() -> String {
        let mut name = P::name();
        name.push('.');
        name.push_str(R::NAME);
        name
    }

    fn write<DB: Backend>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_identifier(&alias(Self::name()))
    }

    type From<Q: Path> = Step<P::From<Q>, R>;
}

/// Writes the column `name` of the place `P`.
pub(crate) fn write_column<P: Path, DB: Backend>(
    name: &str,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    P::write(out.reborrow())?;
    out.push_sql(".");
    out.push_identifier(name)
}

/// An alias for the place called `name`: the name itself, or where it is too long for an identifier its beginning
/// and a hash of the whole, so that no two places are cut down to one alias.
pub(crate) fn alias(name: String) -> String {
    if name.len() <= LONGEST_IDENTIFIER {
        return name;
    }
    let hash = format!("~{:016x}", fnv1a(name.as_bytes()));
    let mut end = LONGEST_IDENTIFIER - hash.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{hash}", &name[..end])
}

/// FNV-1a: the same on every machine and in every release, so that SQL stays constant.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_its_own_alias() {
        assert_eq!(alias("books.author".to_owned()), "books.author");
        let longest = "b".repeat(63);
        assert_eq!(alias(longest.clone()), longest);
    }

    #[test]
    fn long_names_that_begin_alike_get_different_aliases_that_fit() {
        let (one, other) = (format!("{}.one", "b".repeat(80)), format!("{}.other", "b".repeat(80)));
        let (one, other) = (alias(one), alias(other));
        assert_ne!(one, other);
        assert_eq!((one.len(), other.len()), (63, 63));
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        for length in 30..40 {
            let alias = alias("ü".repeat(length));
            assert!(alias.len() <= 63, "{alias}");
        }
    }
}
