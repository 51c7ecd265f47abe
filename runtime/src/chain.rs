//! Relations that are followed one after the other.
//!
//! The rows between are not loaded: what is asked of the database are the *links* that they lead to, each once, by which
//! the children are then found. So a child comes once for each parent, on however many ways it is reached.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::{Dialect, NamedTable};
use crate::key::KeyColumns;
use crate::keys::{PARENT_COLUMNS, write_parent_column};
use crate::layout::all_same;
use crate::path::{Root, write_column};
use crate::query::Never;
use crate::through::{By, Direct, Junction, Through, Way, WriteColumn, write_columns, write_equal};
use crate::{Model, Relation};

/// The relation `A` is followed, and then the relation `B` of the rows that it leads to.
pub struct Chain<A, B>(PhantomData<(A, B)>);

/// The alias of the links. No relation and no table has this name.
const LINKS: &str = "~links";

/// Where on the way to the children a row stands.
pub enum Stop<'w, DB: Dialect> {
    /// It is the parent.
    Parent(WriteColumn<'w, DB>),
    /// It is of the table with this number.
    Table(usize),
}

impl<DB: Dialect> Clone for Stop<'_, DB> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<DB: Dialect> Copy for Stop<'_, DB> {}

impl<DB: Dialect> Stop<'_, DB> {
    /// Writes one of its columns: the one called `name`, which is number `i` of its key.
    fn write(&self, i: usize, name: &str, mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        match self {
            Self::Parent(key) => key(i, out),
            Self::Table(number) => {
                out.push_identifier(&alias(*number))?;
                out.push_sql(".");
                out.push_identifier(name)
            }
        }
    }
}

/// The alias of a table between.
fn alias(number: usize) -> String {
    format!("~{number}")
}

fn write_table<T: NamedTable, DB: Dialect>(
    number: usize,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    if number > 0 {
        out.push_sql(", ");
    }
    DB::write_table::<T>(out.reborrow())?;
    out.push_sql(" AS ");
    out.push_identifier(&alias(number))
}

/// Writes that a key is the same at two stops.
fn write_same<DB: Dialect>(
    one: Stop<'_, DB>,
    ones: &'static [&'static str],
    other: Stop<'_, DB>,
    others: &'static [&'static str],
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    write_equal(
        ones.len(),
        |i, out| one.write(i, ones[i], out),
        |i, out| other.write(i, others[i], out),
        out,
    )
}

/// Writes the join of a table between to the stop before it.
fn join_table<T: NamedTable, DB: Dialect>(
    number: usize,
    matched: &'static [&'static str],
    before: Stop<'_, DB>,
    key: &'static [&'static str],
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_sql(DB::JOIN_IN_ORDER);
    DB::write_table::<T>(out.reborrow())?;
    out.push_sql(" AS ");
    out.push_identifier(&alias(number))?;
    out.push_sql(" ON ");
    write_same(Stop::Table(number), matched, before, key, out)
}

/// Writes the join of the model `C`'s table, under its own name, to the stop before it.
fn join_by_name<C: Model, DB: Dialect>(
    matched: &'static [&'static str],
    before: Stop<'_, DB>,
    key: &'static [&'static str],
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_sql(DB::JOIN_IN_ORDER);
    DB::write_table::<C::Table>(out.reborrow())?;
    out.push_sql(" ON ");
    write_equal(
        matched.len(),
        |i, out| write_column::<Root<C>, DB>(matched[i], out),
        |i, out| before.write(i, key[i], out),
        out,
    )
}

/// What a relation is as a part of a chain: the tables on its way, numbered from `first`.
pub trait Steps: 'static {
    /// How many tables there are, with the children's.
    const TABLES: usize;
    /// How many there are without, where the links of the relation are.
    const LINK_TABLES: usize;
    /// Whether no two ways lead from one parent to the same child.
    const ONE_WAY: bool;

    /// The columns of the children that the links are compared with.
    fn matched<R: Relation>() -> &'static [&'static str];

    /// Writes the tables.
    fn write_tables<R: Relation, DB: Dialect>(
        first: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes that they belong together, and to the parent.
    fn write_conditions<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes the tables without the children's.
    fn write_link_tables<R: Relation, DB: Dialect>(
        first: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes that they belong together, and to the parent. Nothing where there are none.
    fn write_link_conditions<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Writes the joins of the tables, each to the one before.
    fn join_tables<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// The same, where the children's table has its own name.
    fn join_child<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()>;

    /// Where the links stand, and the columns that they are.
    fn link<'w, R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'w, DB>,
    ) -> (Stop<'w, DB>, &'static [&'static str]);
}

impl Steps for Direct {
    const TABLES: usize = 1;
    const LINK_TABLES: usize = 0;
    const ONE_WAY: bool = true;

    fn matched<R: Relation>() -> &'static [&'static str] {
        R::MatchedBy::NAMES
    }

    fn write_tables<R: Relation, DB: Dialect>(
        first: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_table::<<R::Child as Model>::Table, DB>(first, out)
    }

    fn write_conditions<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_same(Stop::Table(first), R::MatchedBy::NAMES, parent, R::Key::NAMES, out)
    }

    fn write_link_tables<R: Relation, DB: Dialect>(
        _: usize,
        _: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Ok(())
    }

    fn write_link_conditions<R: Relation, DB: Dialect>(
        _: usize,
        _: Stop<'_, DB>,
        _: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Ok(())
    }

    fn join_tables<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let (matched, key) = (R::MatchedBy::NAMES, R::Key::NAMES);
        join_table::<<R::Child as Model>::Table, DB>(first, matched, parent, key, out)
    }

    fn join_child<R: Relation, DB: Dialect>(
        _: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        join_by_name::<R::Child, DB>(R::MatchedBy::NAMES, parent, R::Key::NAMES, out)
    }

    fn link<'w, R: Relation, DB: Dialect>(
        _: usize,
        parent: Stop<'w, DB>,
    ) -> (Stop<'w, DB>, &'static [&'static str]) {
        (parent, R::Key::NAMES)
    }
}

impl<J: Junction> Steps for By<J> {
    const TABLES: usize = 2;
    const LINK_TABLES: usize = 1;
    // A pair can stand in the table twice.
    const ONE_WAY: bool = false;

    fn matched<R: Relation>() -> &'static [&'static str] {
        J::CHILD_KEY
    }

    fn write_tables<R: Relation, DB: Dialect>(
        first: usize,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_link_tables::<R, DB>(first, out.reborrow())?;
        write_table::<<R::Child as Model>::Table, DB>(first + 1, out)
    }

    fn write_conditions<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        Self::write_link_conditions::<R, DB>(first, parent, out.reborrow())?;
        out.push_sql(" AND ");
        let (between, child) = (Stop::Table(first), Stop::Table(first + 1));
        write_same(child, J::CHILD_KEY, between, J::TARGET_KEY, out)
    }

    fn write_link_tables<R: Relation, DB: Dialect>(
        first: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_table::<J::Table, DB>(first, out)
    }

    fn write_link_conditions<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_same(Stop::Table(first), R::MatchedBy::NAMES, parent, R::Key::NAMES, out)
    }

    fn join_tables<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let (matched, key) = (R::MatchedBy::NAMES, R::Key::NAMES);
        join_table::<J::Table, DB>(first, matched, parent, key, out.reborrow())?;
        let (between, child) = (Stop::Table(first), first + 1);
        join_table::<<R::Child as Model>::Table, DB>(
            child,
            J::CHILD_KEY,
            between,
            J::TARGET_KEY,
            out,
        )
    }

    fn join_child<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let (matched, key) = (R::MatchedBy::NAMES, R::Key::NAMES);
        join_table::<J::Table, DB>(first, matched, parent, key, out.reborrow())?;
        join_by_name::<R::Child, DB>(J::CHILD_KEY, Stop::Table(first), J::TARGET_KEY, out)
    }

    fn link<'w, R: Relation, DB: Dialect>(
        first: usize,
        _: Stop<'w, DB>,
    ) -> (Stop<'w, DB>, &'static [&'static str]) {
        (Stop::Table(first), J::TARGET_KEY)
    }
}

/// A relation that begins where the relation `A` leads to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not begin where `{A}` leads to",
    label = "begins at another model",
    note = "the rows are reached by two relations, of which the second is one of the model that the first leads to: `source = ..`"
)]
pub trait Follows<A> {
    /// Both, one after the other. Where the bound does not hold this is no type, and nothing more is told of it.
    type Chain: Through;
}

#[diagnostic::do_not_recommend]
impl<A: Relation, B: Relation<Parent = A::Child>> Follows<A> for B {
    type Chain = Chain<A, B>;
}

// Never holds: as for the expressions of a query.
impl<A, B> Follows<A> for B
where
    for<'a> (): Never<'a>,
{
    type Chain = Direct;
}

/// The steps of a relation.
type StepsOf<R> = <<R as Relation>::Through as Through>::Steps;

impl<A, B> Chain<A, B>
where
    A: Relation,
    B: Relation<Parent = A::Child>,
{
    /// The number of the first table behind those of `A`.
    const fn second(first: usize) -> usize {
        first + <StepsOf<A> as Steps>::TABLES
    }

    /// Whether no link stands twice: each is the primary key of a row that is reached once.
    const LINKS_ARE_DISTINCT: bool = <StepsOf<A> as Steps>::ONE_WAY
        && <StepsOf<B> as Steps>::LINK_TABLES == 0
        && all_same(B::Key::NAMES, <A::Child as Model>::PrimaryKey::NAMES);

    /// Where the rows are that `A` leads to.
    fn between<DB: Dialect>(first: usize) -> Stop<'static, DB> {
        Stop::Table(Self::second(first) - 1)
    }
}

impl<A, B> Steps for Chain<A, B>
where
    A: Relation,
    B: Relation<Parent = A::Child>,
{
    const TABLES: usize = <StepsOf<A> as Steps>::TABLES + <StepsOf<B> as Steps>::TABLES;
    const LINK_TABLES: usize = <StepsOf<A> as Steps>::TABLES + <StepsOf<B> as Steps>::LINK_TABLES;
    const ONE_WAY: bool =
        <StepsOf<A> as Steps>::ONE_WAY && <StepsOf<B> as Steps>::ONE_WAY && !B::SHARED;

    fn matched<R: Relation>() -> &'static [&'static str] {
        StepsOf::<B>::matched::<B>()
    }

    fn write_tables<R: Relation, DB: Dialect>(
        first: usize,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        StepsOf::<A>::write_tables::<A, DB>(first, out.reborrow())?;
        StepsOf::<B>::write_tables::<B, DB>(Self::second(first), out)
    }

    fn write_conditions<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        StepsOf::<A>::write_conditions::<A, DB>(first, parent, out.reborrow())?;
        out.push_sql(" AND ");
        let between = Self::between(first);
        StepsOf::<B>::write_conditions::<B, DB>(Self::second(first), between, out)
    }

    fn write_link_tables<R: Relation, DB: Dialect>(
        first: usize,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        StepsOf::<A>::write_tables::<A, DB>(first, out.reborrow())?;
        StepsOf::<B>::write_link_tables::<B, DB>(Self::second(first), out)
    }

    fn write_link_conditions<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        StepsOf::<A>::write_conditions::<A, DB>(first, parent, out.reborrow())?;
        if <StepsOf<B> as Steps>::LINK_TABLES > 0 {
            out.push_sql(" AND ");
        }
        let between = Self::between(first);
        StepsOf::<B>::write_link_conditions::<B, DB>(Self::second(first), between, out)
    }

    fn join_tables<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        StepsOf::<A>::join_tables::<A, DB>(first, parent, out.reborrow())?;
        let between = Self::between(first);
        StepsOf::<B>::join_tables::<B, DB>(Self::second(first), between, out)
    }

    fn join_child<R: Relation, DB: Dialect>(
        first: usize,
        parent: Stop<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        StepsOf::<A>::join_tables::<A, DB>(first, parent, out.reborrow())?;
        let between = Self::between(first);
        StepsOf::<B>::join_child::<B, DB>(Self::second(first), between, out)
    }

    fn link<'w, R: Relation, DB: Dialect>(
        first: usize,
        _: Stop<'w, DB>,
    ) -> (Stop<'w, DB>, &'static [&'static str]) {
        StepsOf::<B>::link::<B, DB>(Self::second(first), Self::between(first))
    }
}

impl<A, B> Through for Chain<A, B>
where
    A: Relation,
    B: Relation<Parent = A::Child>,
{
    type Tables<C: Model> = C::Table;
    const WAY: Way = if <Self as Steps>::ONE_WAY { Way::FromKeys } else { Way::EachKey };
    type Steps = Self;
    // The tables between have aliases.
    const TABLE: Option<&'static str> = None;

    fn join<R: Relation, DB: Dialect>(
        parent: WriteColumn<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let parent = Stop::Parent(parent);
        let (links, names) = Self::link::<R, DB>(0, parent);
        out.push_sql(" INNER JOIN (SELECT ");
        if !Self::LINKS_ARE_DISTINCT {
            out.push_sql("DISTINCT ");
        }
        let link = |i: usize, mut out: AstPass<'_, '_, DB>| {
            links.write(i, names[i], out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(PARENT_COLUMNS[i])
        };
        write_columns(names.len(), link, out.reborrow())?;
        out.push_sql(" FROM ");
        Self::write_link_tables::<R, DB>(0, out.reborrow())?;
        out.push_sql(" WHERE ");
        Self::write_link_conditions::<R, DB>(0, parent, out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(LINKS)?;
        out.push_sql(" ON ");
        let matched = Self::matched::<R>();
        let child = |i: usize, out: AstPass<'_, '_, DB>| {
            write_column::<Root<R::Child>, DB>(matched[i], out)
        };
        let link = |i: usize, mut out: AstPass<'_, '_, DB>| {
            out.push_identifier(LINKS)?;
            out.push_sql(".");
            out.push_identifier(PARENT_COLUMNS[i])
        };
        write_equal(matched.len(), child, link, out)
    }

    fn write_belongs<R: Relation, DB: Dialect>(
        _: WriteColumn<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        // The links are the parent's.
        out.push_sql("1 = 1");
        Ok(())
    }

    fn write_from_parent<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        <Self as Steps>::join_child::<R, DB>(0, Stop::Parent(&write_parent_column), out)
    }

    fn write_key<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        // The first table may be the children's own.
        write_parent_column(part, out)
    }

    fn join_child<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }
}
