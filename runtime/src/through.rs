//! The way from the parents of a relation to its children: the child's table holds the parent's key, or a table stands
//! between that holds the keys of both, or other relations are followed one after the other.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::alias::Name;
use crate::chain::Steps;
use crate::dialect::{Dialect, NamedTable, join_in_order};
use crate::key::KeyColumns;
use crate::keys::write_parent_column;
use crate::layout::same;
use crate::path::{Root, write_column};
use crate::plan::Lookup;
use crate::{Model, Relation};

/// How the children of a relation are reached.
pub trait Through: 'static {
    /// The tables whose columns can be asked of a child.
    type Tables<C: Model>: 'static;
    /// What stands between.
    const WAY: Way;
    /// The table that stands beside the child's under its own name.
    const TABLE: Option<&'static str>;

    /// Writes the join of what stands between, behind the child's table.
    fn join<R: Relation, DB: Dialect>(
        parent: WriteColumn<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes whether the child, so joined, belongs to the parent.
    fn write_belongs<R: Relation, DB: Dialect>(
        parent: WriteColumn<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes the list of parents with the joins of what stands between and of the child.
    fn write_from_parents<'b, R: Relation, DB: Dialect>(
        parents: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
        out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()>;

    /// Writes the child with the joins of what stands between, where no list of parents is joined. What the keys are among
    /// is written by `among`, here where [`KEYS_INSIDE`](Self::KEYS_INSIDE) says so and else by the caller.
    fn write_from_own<'b, R: Relation, DB: Dialect>(
        _among: WriteAmong<'_, 'b, DB>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
        Self::join_between::<R, DB>(out)
    }

    /// Whether the keys are asked for in a query further in.
    const KEYS_INSIDE: bool = false;

    /// Writes a column of the parent's key, where no list of parents is joined.
    fn write_own_key<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_key::<R, DB>(part, out)
    }

    /// Writes a column of the parent's key: that of the tables joined to the child which holds the same value.
    fn write_key<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes the join of the child behind the table between.
    fn join_child<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// Writes the join of the table between behind the child.
    fn join_between<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }

    /// How many columns say to whom the child, so joined, belongs.
    fn owned<R: Relation, DB: Dialect>() -> usize {
        R::Key::NAMES.len()
    }

    /// Writes one of them.
    fn write_own<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_key::<R, DB>(part, out)
    }

    /// Writes whether what has these columns belongs to the parent.
    fn write_owned<R: Relation, DB: Dialect>(
        own: WriteColumn<'_, DB>,
        parent: WriteColumn<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_equal(R::Key::NAMES.len(), own, parent, out)
    }

    /// Adds the tables whose rows are found on the way from a parent to its children, and by which columns.
    fn look_up<R: Relation, DB: Dialect>(backend: &DB, way: &mut Vec<Lookup>) -> QueryResult<()>;

    /// What the relation is as a part of a chain.
    type Steps: Steps;
}

/// What stands between parents and their children.
#[derive(Clone, Copy)]
pub enum Way {
    /// Nothing.
    Direct,
    /// A table that holds the keys of both. A child that it has twice comes twice.
    Between,
    /// Relations that lead to each child once.
    Chain,
    /// Relations that may lead to one child on several ways. It comes once.
    DistinctChain,
}

/// Writes that a key, of which it is told the columns, is among those that are asked for.
pub(crate) type WriteAmong<'w, 'b, DB> =
    &'w dyn Fn(WriteColumn<'_, DB>, AstPass<'_, 'b, DB>) -> QueryResult<()>;

/// Writes column number `i` of a key.
pub(crate) type WriteColumn<'w, DB> = &'w dyn Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>;

/// Writes that `count` columns are the same on both sides.
pub(crate) fn write_equal<DB: Dialect>(
    count: usize,
    one: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
    other: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    for i in 0..count {
        if i > 0 {
            out.push_sql(" AND ");
        }
        one(i, out.reborrow())?;
        out.push_sql(" = ");
        other(i, out.reborrow())?;
    }
    Ok(())
}

/// Writes one column, or several as a row value.
pub(crate) fn write_row<DB: Dialect>(
    count: usize,
    column: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    if count > 1 {
        out.push_sql("(");
    }
    write_columns(count, column, out.reborrow())?;
    if count > 1 {
        out.push_sql(")");
    }
    Ok(())
}

/// Writes columns with commas between them.
pub(crate) fn write_columns<DB: Dialect>(
    count: usize,
    column: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    for i in 0..count {
        if i > 0 {
            out.push_sql(", ");
        }
        column(i, out.reborrow())?;
    }
    Ok(())
}

/// Nothing stands between: the child's table holds the parent's key.
pub struct Direct;

impl Through for Direct {
    type Tables<C: Model> = C::Table;
    type Steps = Self;
    const WAY: Way = Way::Direct;
    const TABLE: Option<&'static str> = None;

    fn join<R: Relation, DB: Dialect>(
        _: WriteColumn<'_, DB>,
        _: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Ok(())
    }

    fn write_belongs<R: Relation, DB: Dialect>(
        parent: WriteColumn<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let names = R::MatchedBy::NAMES;
        let own =
            |i: usize, out: AstPass<'_, '_, DB>| write_column::<Root<R::Child>, DB>(names[i], out);
        write_equal(names.len(), own, parent, out)
    }

    fn write_from_parents<'b, R: Relation, DB: Dialect>(
        parents: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        parents(out.reborrow())?;
        out.push_sql(join_in_order(&out));
        DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
        out.push_sql(" ON ");
        Self::write_belongs::<R, DB>(&write_parent_column, out)
    }

    fn write_key<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_column::<Root<R::Child>, DB>(R::MatchedBy::NAMES[part], out)
    }

    fn join_child<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }

    fn look_up<R: Relation, DB: Dialect>(backend: &DB, way: &mut Vec<Lookup>) -> QueryResult<()> {
        let columns = R::MatchedBy::NAMES;
        way.push(Lookup::of::<<R::Child as Model>::Table, DB>(columns, backend)?);
        Ok(())
    }
}

/// A table that holds the keys of both sides.
pub trait Junction: 'static {
    /// The table.
    type Table: NamedTable;
    /// Its name in Rust.
    const TABLE: &'static str;
    /// Its columns that hold the child's key.
    const TARGET_KEY: &'static [&'static str];
    /// The columns of the child that they refer to.
    const CHILD_KEY: &'static [&'static str];
}

/// The table `J` stands between.
pub struct By<J>(PhantomData<J>);

/// The tables of a child and of what stands between.
pub struct Both<C, J>(PhantomData<(C, J)>);

impl<J: Junction> By<J> {
    /// Writes the name by which the table is known in a query for the children of `R`: its own, so that conditions can
    /// have its columns. Where the children are in the same table, it has another.
    fn write_name<R: Relation, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        if const { same(J::TABLE, <R::Child as Model>::TABLE) } {
            out.push_identifier(const { alias::<R>() })
        } else {
            DB::write_table::<J::Table>(out)
        }
    }

    /// Writes the table for a `FROM` clause.
    fn write_table<R: Relation, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        DB::write_table::<J::Table>(out.reborrow())?;
        if const { same(J::TABLE, <R::Child as Model>::TABLE) } {
            out.push_sql(" AS ");
            out.push_identifier(const { alias::<R>() })?;
        }
        Ok(())
    }

    /// Writes one of its columns.
    fn write_own<R: Relation, DB: Dialect>(
        name: &str,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_name::<R, DB>(out.reborrow())?;
        out.push_sql(".");
        out.push_identifier(name)
    }

    /// Writes the condition of the join of this table and the child.
    fn write_on<R: Relation, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_sql(" ON ");
        write_equal(
            J::TARGET_KEY.len(),
            |i, out| Self::write_own::<R, DB>(J::TARGET_KEY[i], out),
            |i, out| write_column::<Root<R::Child>, DB>(J::CHILD_KEY[i], out),
            out,
        )
    }
}

impl<J: Junction> Through for By<J> {
    type Tables<C: Model> = Both<C::Table, J::Table>;
    type Steps = Self;
    const WAY: Way = Way::Between;
    const TABLE: Option<&'static str> = Some(J::TABLE);

    fn join<R: Relation, DB: Dialect>(
        _: WriteColumn<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::join_between::<R, DB>(out)
    }

    fn join_between<R: Relation, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_sql(" INNER JOIN ");
        Self::write_table::<R, DB>(out.reborrow())?;
        Self::write_on::<R, DB>(out)
    }

    fn write_belongs<R: Relation, DB: Dialect>(
        parent: WriteColumn<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let names = R::MatchedBy::NAMES;
        let own = |i: usize, out: AstPass<'_, '_, DB>| Self::write_own::<R, DB>(names[i], out);
        write_equal(names.len(), own, parent, out)
    }

    fn write_from_parents<'b, R: Relation, DB: Dialect>(
        parents: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        parents(out.reborrow())?;
        out.push_sql(join_in_order(&out));
        Self::write_table::<R, DB>(out.reborrow())?;
        out.push_sql(" ON ");
        Self::write_belongs::<R, DB>(&write_parent_column, out.reborrow())?;
        out.push_sql(join_in_order(&out));
        DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
        Self::write_on::<R, DB>(out)
    }

    fn write_key<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_own::<R, DB>(R::MatchedBy::NAMES[part], out)
    }

    fn join_child<R: Relation, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_sql(" INNER JOIN ");
        DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
        Self::write_on::<R, DB>(out)
    }

    fn look_up<R: Relation, DB: Dialect>(backend: &DB, way: &mut Vec<Lookup>) -> QueryResult<()> {
        let mut between = Lookup::of::<J::Table, DB>(R::MatchedBy::NAMES, backend)?;
        if const { same(J::TABLE, <R::Child as Model>::TABLE) } {
            const { alias::<R>() }.clone_into(&mut between.alias);
        }
        way.push(between);
        way.push(Lookup::of::<<R::Child as Model>::Table, DB>(J::CHILD_KEY, backend)?);
        Ok(())
    }
}

/// The alias of a relation's through table. No relation has a `~` in its name, so no join has this alias.
const fn alias<R: Relation>() -> &'static str {
    const { &Name::new(<R::Child as Model>::TABLE).then("~").then(R::NAME).alias() }.as_str()
}
