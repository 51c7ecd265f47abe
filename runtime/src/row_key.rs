//! What tells the rows of a relation apart, where they are cut for each parent: which child it is, or where the row of the
//! through table is loaded beside it, which of those.

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::Dialect;
use crate::key::{KeyColumns, KeyValue};
use crate::path::{Root, write_column};
use crate::through::Through;
use crate::{LoadSpec, Model, Relation};

/// The model of the rows that are loaded beside the children of a relation: `()` where there are none.
pub trait Beside: 'static {
    /// Whether there is one.
    const IS_THERE: bool;
    /// The model whose rows are told apart, where the children are of the model `C`.
    type Told<C: Model>: Model;

    /// Writes the join of the child, where the rows of another model are told apart.
    fn join_child<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;
}

impl Beside for () {
    const IS_THERE: bool = false;
    type Told<C: Model> = C;

    fn join_child<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl<M: Model> Beside for M {
    const IS_THERE: bool = true;
    type Told<C: Model> = M;

    fn join_child<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        R::Through::join_child::<R, DB>(out)
    }
}

/// The model whose primary key tells the rows of the spec `S` apart.
pub(crate) type Told<S> = <<S as LoadSpec>::Through as Beside>::Told<<S as LoadSpec>::Model>;

type Key<S> = <Told<S> as Model>::PrimaryKey;

/// The names of its columns.
pub(crate) const fn names<S: LoadSpec>() -> &'static [&'static str] {
    <Key<S> as KeyColumns>::NAMES
}

/// Which of them are bytes.
pub(crate) const fn are_bytes<S: LoadSpec>() -> &'static [bool] {
    <<Key<S> as KeyColumns>::Value as KeyValue>::BYTES
}

/// Writes one of them.
pub(crate) fn write<S: LoadSpec, DB: Dialect>(
    part: usize,
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    write_column::<Root<Told<S>>, DB>(names::<S>()[part], out)
}
