//! The way from the parents of a relation to its children: the child's table holds the parent's key, or a table stands
//! between that holds the keys of both, or other relations are followed one after the other.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::AstPass;
use diesel::result::Error;

use crate::alias::Name;
use crate::dialect::{Dialect, NamedTable};
use crate::key::KeyColumns;
use crate::layout::same;
use crate::path::{Path, Root, write_column};
use crate::query::{LimitOffset, PerParent};
use crate::{Model, Relation};

/// How the children of a relation are reached.
pub trait Through: 'static {
    /// The tables whose columns can be asked of a child.
    type Tables<C: Model>: 'static;
    /// How the children of many parents are loaded, in one query with the limit `L`.
    type Strategy<L: LimitOffset>: 'static;
    /// Whether rows of a table between lead to the children.
    const HAS_ROWS: bool = false;
    /// The tables that stand in subqueries besides the child's own.
    const TABLES: Tables;

    /// Writes the join of the table between, for the child of `R` at the place `C`.
    fn join<R: Relation, C: Path, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// Writes a column that holds the parent's key, for the child of `R` at the place `C`.
    fn write_key<R: Relation, C: Path, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes whether the child of `R` at the place `C` belongs to the parent, where the table between is joined.
    fn write_belongs<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// The same where the table between is not joined.
    fn write_is_reached<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// The columns that tell the rows of the relation apart: a child that is reached twice is two rows.
    fn row_key<R: Relation>() -> &'static [&'static str];

    /// Writes the table that has them.
    fn write_row_table<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// Writes one of them.
    fn write_row_column<R: Relation, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes the join of the child, where that table is another.
    fn join_child<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()>;
}

/// The names of tables.
pub enum Tables {
    /// None.
    None,
    /// This one.
    One(&'static str),
    /// All of these.
    All(&'static [&'static Tables]),
}

impl Tables {
    /// Whether a table of this name is among them.
    pub(crate) const fn have(&self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::One(table) => same(table, name),
            Self::All(all) => {
                let mut i = 0;
                while i < all.len() {
                    if all[i].have(name) {
                        return true;
                    }
                    i += 1;
                }
                false
            }
        }
    }
}

/// Writes column number `i` of a key.
type WriteColumn<'w, DB> = &'w dyn Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>;

/// Writes a subquery that selects keys.
type WriteKeys<'w, DB> = &'w dyn Fn(AstPass<'_, '_, DB>) -> QueryResult<()>;

/// Whose children are asked for.
pub enum Parent<'w, DB: Dialect> {
    /// Those of the row with this key.
    Is(WriteColumn<'w, DB>),
    /// Those of all rows with one of these keys.
    In(WriteKeys<'w, DB>),
}

impl<DB: Dialect> Clone for Parent<'_, DB> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<DB: Dialect> Copy for Parent<'_, DB> {}

impl<DB: Dialect> Parent<'_, DB> {
    /// Writes whether `count` columns are the key.
    fn compare(
        &self,
        count: usize,
        column: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        match self {
            Self::Is(key) => {
                for i in 0..count {
                    if i > 0 {
                        out.push_sql(" AND ");
                    }
                    column(i, out.reborrow())?;
                    out.push_sql(" = ");
                    key(i, out.reborrow())?;
                }
                Ok(())
            }
            Self::In(keys) => {
                write_row(count, column, out.reborrow())?;
                out.push_sql(" IN (");
                keys(out.reborrow())?;
                out.push_sql(")");
                Ok(())
            }
        }
    }
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
    type Strategy<L: LimitOffset> = L::Strategy;
    const TABLES: Tables = Tables::None;

    fn join<R: Relation, C: Path, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }

    fn write_key<R: Relation, C: Path, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_column::<C, DB>(name, out)
    }

    fn write_belongs<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let names = R::MatchedBy::NAMES;
        parent.compare(names.len(), |i, out| write_column::<C, DB>(names[i], out), out)
    }

    fn write_is_reached<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_belongs::<R, C, DB>(parent, out)
    }

    fn row_key<R: Relation>() -> &'static [&'static str] {
        <R::Child as Model>::PrimaryKey::NAMES
    }

    fn write_row_table<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        DB::write_table::<<R::Child as Model>::Table>(out)
    }

    fn write_row_column<R: Relation, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_column::<Root<R::Child>, DB>(name, out)
    }

    fn join_child<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }
}

/// A table that holds the keys of both sides.
pub trait Junction: 'static {
    /// The table.
    type Table: NamedTable;
    /// Its name in Rust.
    const TABLE: &'static str;
    /// Its primary key.
    const PRIMARY_KEY: &'static [&'static str];
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

    fn write_own<R: Relation, DB: Dialect>(
        name: &str,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_name::<R, DB>(out.reborrow())?;
        out.push_sql(".");
        out.push_identifier(name)
    }

    /// Writes the condition of the join of this table and the child.
    fn write_on<R: Relation, C: Path, DB: Dialect>(
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        out.push_sql(" ON ");
        for (i, (target, child)) in std::iter::zip(J::TARGET_KEY, J::CHILD_KEY).enumerate() {
            if i > 0 {
                out.push_sql(" AND ");
            }
            Self::write_own::<R, DB>(target, out.reborrow())?;
            out.push_sql(" = ");
            write_column::<C, DB>(child, out.reborrow())?;
        }
        Ok(())
    }
}

impl<J: Junction> Through for By<J> {
    type Tables<C: Model> = Both<C::Table, J::Table>;
    type Strategy<L: LimitOffset> = L::Strategy;
    const HAS_ROWS: bool = true;
    const TABLES: Tables = Tables::One(J::TABLE);

    fn join<R: Relation, C: Path, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_sql(" INNER JOIN ");
        Self::write_table::<R, DB>(out.reborrow())?;
        Self::write_on::<R, C, DB>(out)
    }

    fn write_key<R: Relation, C: Path, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_own::<R, DB>(name, out)
    }

    fn write_belongs<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let names = R::MatchedBy::NAMES;
        parent.compare(names.len(), |i, out| Self::write_own::<R, DB>(names[i], out), out)
    }

    fn write_is_reached<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let (child, target) = (J::CHILD_KEY, J::TARGET_KEY);
        write_row(child.len(), |i, out| write_column::<C, DB>(child[i], out), out.reborrow())?;
        out.push_sql(" IN (SELECT ");
        let own = |i: usize, out: AstPass<'_, '_, DB>| Self::write_own::<R, DB>(target[i], out);
        write_columns(target.len(), own, out.reborrow())?;
        out.push_sql(" FROM ");
        Self::write_table::<R, DB>(out.reborrow())?;
        out.push_sql(" WHERE ");
        Self::write_belongs::<R, C, DB>(parent, out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }

    fn row_key<R: Relation>() -> &'static [&'static str] {
        J::PRIMARY_KEY
    }

    fn write_row_table<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Self::write_table::<R, DB>(out)
    }

    fn write_row_column<R: Relation, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_own::<R, DB>(name, out)
    }

    fn join_child<R: Relation, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_sql(" INNER JOIN ");
        DB::write_table::<<R::Child as Model>::Table>(out.reborrow())?;
        Self::write_on::<R, Root<R::Child>, DB>(out)
    }
}

/// The alias of a relation's through table. No relation has a `~` in its name, so no join has this alias.
const fn alias<R: Relation>() -> &'static str {
    const { &Name::new(<R::Child as Model>::TABLE).then("~").then(R::NAME).alias() }.as_str()
}

/// The relation `A` is followed, and then the relation `B` of the rows that it leads to.
///
/// A child is asked whether it is reached, however often it is: so it comes once for each parent.
pub struct Chain<A, B>(PhantomData<(A, B)>);

impl<A, B> Through for Chain<A, B>
where
    A: Relation,
    B: Relation<Parent = A::Child>,
{
    type Tables<C: Model> = C::Table;
    type Strategy<L: LimitOffset> = PerParent;
    const TABLES: Tables = Tables::All(&[
        &Tables::One(<A::Child as Model>::TABLE),
        &<A::Through as Through>::TABLES,
        &<B::Through as Through>::TABLES,
    ]);

    fn join<R: Relation, C: Path, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }

    fn write_key<R: Relation, C: Path, DB: Dialect>(
        _: &str,
        _: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        // They are loaded for each parent, whose key is known.
        Err(Error::QueryBuilderError(
            "the rows of a chain of relations have no key of their own".into(),
        ))
    }

    fn write_belongs<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_is_reached::<R, C, DB>(parent, out)
    }

    fn write_is_reached<R: Relation, C: Path, DB: Dialect>(
        parent: Parent<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let between = |mut out: AstPass<'_, '_, DB>| {
            out.push_sql("SELECT ");
            let key = B::Key::NAMES;
            let column = |i: usize, out: AstPass<'_, '_, DB>| {
                write_column::<Root<A::Child>, DB>(key[i], out)
            };
            write_columns(key.len(), column, out.reborrow())?;
            out.push_sql(" FROM ");
            DB::write_table::<<A::Child as Model>::Table>(out.reborrow())?;
            out.push_sql(" WHERE ");
            A::Through::write_is_reached::<A, Root<A::Child>, DB>(parent, out)
        };
        B::Through::write_is_reached::<B, C, DB>(Parent::In(&between), out)
    }

    fn row_key<R: Relation>() -> &'static [&'static str] {
        Direct::row_key::<R>()
    }

    fn write_row_table<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Direct::write_row_table::<R, DB>(out)
    }

    fn write_row_column<R: Relation, DB: Dialect>(
        name: &str,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Direct::write_row_column::<R, DB>(name, out)
    }

    fn join_child<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }
}
