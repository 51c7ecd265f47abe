//! What the database computes from the rows of a relation: one subquery for each, so that several at once never
//! multiply each other's rows.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::AstPass;
use diesel::sql_types::{BigInt, Bool};

use crate::dialect::Dialect;
use crate::field::{SelectList, Source};
use crate::key::KeyColumns;
use crate::layout::Wanted;
use crate::path::{Path, Step, write_column};
use crate::through::Through;
use crate::{Model, Relation};

/// How many rows the relation `R` leads to: `author::books.count()`.
pub struct Count<R>(PhantomData<R>);

/// Whether the relation `R` leads to any row: `author::books.exists()`.
pub struct Exists<R>(PhantomData<R>);

impl<R: Relation> Source for Count<R> {
    type SqlType = BigInt;
    const NAME: &'static str = R::NAME;
    const WANTED: Wanted = Wanted::Columns(&[]);
    const COMPUTED: bool = true;

    fn select<P: Path, DB: Dialect>(list: &mut SelectList<'_, '_, DB>) -> QueryResult<()> {
        let mut out = list.next();
        out.push_sql("(SELECT count(*)");
        write_children::<R, P, DB>(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl<R: Relation> Source for Exists<R> {
    type SqlType = Bool;
    const NAME: &'static str = R::NAME;
    const WANTED: Wanted = Wanted::Columns(&[]);
    const COMPUTED: bool = true;

    fn select<P: Path, DB: Dialect>(list: &mut SelectList<'_, '_, DB>) -> QueryResult<()> {
        let mut out = list.next();
        out.push_sql("EXISTS (SELECT 1");
        write_children::<R, P, DB>(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

/// Writes the `FROM` and `WHERE` clauses for the rows that `R` leads to from the place `P`.
fn write_children<R: Relation, P: Path, DB: Dialect>(
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_sql(" FROM ");
    DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
    out.push_sql(" AS ");
    Step::<P, R>::write(out.reborrow())?;
    R::Through::join::<R, Step<P, R>, DB>(out.reborrow())?;
    out.push_sql(" WHERE ");
    for (i, (child, parent)) in std::iter::zip(R::MatchedBy::NAMES, R::Key::NAMES).enumerate() {
        if i > 0 {
            out.push_sql(" AND ");
        }
        R::Through::write_key::<R, Step<P, R>, DB>(child, out.reborrow())?;
        out.push_sql(" = ");
        write_column::<P, DB>(parent, out.reborrow())?;
    }
    Ok(())
}
