//! Relations that are followed one after the other.
//!
//! The rows between are not loaded: what is asked of the database are the *links* that they lead to, each once, by which
//! the children are then found. So a child comes once for each parent, on however many ways it is reached.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::{Dialect, Sql, join_in_order};
use crate::key::{KeyColumns, MAX_KEY_COLUMNS};
use crate::keys::{PARENT, PARENT_COLUMNS, write_of, write_parent_column, write_parent_key};
use crate::layout::all_same;
use crate::path::{Root, write_column};
use crate::plan::Lookup;
use crate::query::Never;
use crate::through::{
    By, Direct, Junction, Through, Way, WriteAmong, WriteColumn, write_columns, write_equal,
    write_row,
};
use crate::{Model, Relation};

/// The relation `A` is followed, and then the relation `B` of the rows that it leads to.
pub struct Chain<A, B>(PhantomData<(A, B)>);

/// The alias of the links. No relation and no table has this name.
const LINKS: &str = "~links";

/// The names of their columns where they stand beside the keys of the parents.
const LINK_COLUMNS: [&str; MAX_KEY_COLUMNS] = ["l0", "l1", "l2", "l3"];

/// One table on the way to the children.
pub struct Hop<DB: Dialect> {
    /// Writes its name.
    table: fn(AstPass<'_, '_, DB>) -> QueryResult<()>,
    /// Its columns that hold a key of the table before it, or of the parent.
    matched: &'static [&'static str],
    /// The columns there.
    key: &'static [&'static str],
}

/// What a relation is as a part of a chain.
pub trait Steps: 'static {
    /// How many tables are on its way, the children's with them.
    const HOPS: usize;
    /// Whether no two ways lead from one parent to the same child.
    const ONE_WAY: bool;

    /// Adds the tables, in their order.
    fn add_hops<R: Relation, DB: Dialect>(hops: &mut Vec<Hop<DB>>);
}

fn child<R: Relation, DB: Dialect>(out: AstPass<'_, '_, DB>) -> QueryResult<()> {
    DB::write_table::<<R::Child as Model>::Table>(out)
}

impl Steps for Direct {
    const HOPS: usize = 1;
    const ONE_WAY: bool = true;

    fn add_hops<R: Relation, DB: Dialect>(hops: &mut Vec<Hop<DB>>) {
        let (matched, key) = (R::MatchedBy::NAMES, R::Key::NAMES);
        hops.push(Hop { table: child::<R, DB>, matched, key });
    }
}

impl<J: Junction> Steps for By<J> {
    const HOPS: usize = 2;
    // A pair can stand in the table twice.
    const ONE_WAY: bool = false;

    fn add_hops<R: Relation, DB: Dialect>(hops: &mut Vec<Hop<DB>>) {
        let (matched, key) = (R::MatchedBy::NAMES, R::Key::NAMES);
        hops.push(Hop { table: |out| DB::write_table::<J::Table>(out), matched, key });
        let (matched, key) = (J::CHILD_KEY, J::TARGET_KEY);
        hops.push(Hop { table: child::<R, DB>, matched, key });
    }
}

/// The steps of a relation.
type StepsOf<R> = <<R as Relation>::Through as Through>::Steps;

impl<A, B> Steps for Chain<A, B>
where
    A: Relation,
    B: Relation<Parent = A::Child>,
{
    const HOPS: usize = <StepsOf<A> as Steps>::HOPS + <StepsOf<B> as Steps>::HOPS;
    const ONE_WAY: bool =
        <StepsOf<A> as Steps>::ONE_WAY && <StepsOf<B> as Steps>::ONE_WAY && !B::SHARED;

    fn add_hops<R: Relation, DB: Dialect>(hops: &mut Vec<Hop<DB>>) {
        StepsOf::<A>::add_hops::<A, DB>(hops);
        StepsOf::<B>::add_hops::<B, DB>(hops);
    }
}

impl<A, B> Chain<A, B>
where
    A: Relation,
    B: Relation<Parent = A::Child>,
{
    /// Whether no link stands twice: each is the primary key of a row that is reached once.
    const LINKS_ARE_DISTINCT: bool = <StepsOf<A> as Steps>::ONE_WAY
        && <StepsOf<B> as Steps>::HOPS == 1
        && all_same(B::Key::NAMES, <A::Child as Model>::PrimaryKey::NAMES);

    /// Writes the links, by which the children are found.
    fn write_links<DB: Dialect>(
        between: &[Hop<DB>],
        last: &Hop<DB>,
        names: &[&str],
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let links = alias(between.len() - 1);
        let link = |i: usize, mut out: AstPass<'_, '_, DB>| {
            write_of(&links, last.key[i], out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(names[i])
        };
        write_columns(last.key.len(), link, out)
    }

    /// Writes the links, each once for each parent, in the place of the list of parents: with their keys, which `key` writes,
    /// from the tables that `from` writes.
    fn write_distinct<'b, R: Relation, DB: Dialect>(
        key: WriteColumn<'_, DB>,
        from: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        let (between, last) = Self::hops::<R, DB>();
        out.push_sql("(SELECT DISTINCT ");
        for (part, name) in PARENT_COLUMNS[..R::Key::NAMES.len()].iter().enumerate() {
            key(part, out.reborrow())?;
            out.push_sql(" AS ");
            out.push_identifier(name)?;
            out.push_sql(", ");
        }
        Self::write_links(&between, &last, &LINK_COLUMNS, out.reborrow())?;
        out.push_sql(" FROM ");
        from(out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(PARENT)
    }

    /// Writes the join of the children behind the tables between, or behind the links.
    fn join_last<R: Relation, DB: Dialect>(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        let (between, last) = Self::hops::<R, DB>();
        out.push_sql(join_in_order(&out));
        (last.table)(out.reborrow())?;
        out.push_sql(" ON ");
        let own = |i: usize, out: AstPass<'_, '_, DB>| {
            write_column::<Root<R::Child>, DB>(last.matched[i], out)
        };
        if <Self as Steps>::ONE_WAY {
            return write_belonging(between.len(), &last, own, &write_parent_column, out);
        }
        let link = |i: usize, out: AstPass<'_, '_, DB>| write_of(PARENT, LINK_COLUMNS[i], out);
        write_equal(last.matched.len(), own, link, out)
    }

    /// The tables between, and the children's.
    fn hops<R: Relation, DB: Dialect>() -> (Vec<Hop<DB>>, Hop<DB>) {
        let mut hops = Vec::with_capacity(<Self as Steps>::HOPS);
        Self::add_hops::<R, DB>(&mut hops);
        let last = hops.pop().expect("a chain has two relations, and each of them a table");
        (hops, last)
    }
}

/// Writes a table between, under its alias.
fn write_between<DB: Dialect>(
    number: usize,
    hop: &Hop<DB>,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    (hop.table)(out.reborrow())?;
    out.push_sql(" AS ");
    out.push_identifier(&alias(number))
}

/// The alias of a table between.
fn alias(number: usize) -> String {
    format!("~{number}")
}

/// Writes a column of the parent's key where the tables between are joined to the list of parents.
fn write_key_of_parent<R: Relation, DB: Dialect>(
    between: &[Hop<DB>],
    part: usize,
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    // A value that is bound and selected again has no type by which Diesel reads it on MySQL and MariaDB, but for texts.
    match out.backend().sql() {
        Sql::Mysql if R::Key::EXACT[part] => write_first(between, part, out),
        _ => write_parent_key::<R::Key, DB>(part, out),
    }
}

/// Writes the tables between, for one parent.
fn write_from_hops<DB: Dialect>(
    between: &[Hop<DB>],
    parent: WriteColumn<'_, DB>,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_sql(" FROM ");
    let table = |i: usize, out: AstPass<'_, '_, DB>| write_between(i, &between[i], out);
    write_columns(between.len(), table, out.reborrow())?;
    for (number, hop) in between.iter().enumerate() {
        out.push_sql(if number > 0 { " AND " } else { " WHERE " });
        let own =
            |i: usize, out: AstPass<'_, '_, DB>| write_of(&alias(number), hop.matched[i], out);
        write_belonging(number, hop, own, parent, out.reborrow())?;
    }
    Ok(())
}

/// Writes the joins of the tables between to the list of parents.
fn write_hops<DB: Dialect>(between: &[Hop<DB>], mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
    join_hop(0, &between[0], out.reborrow())?;
    write_later_hops(between, out)
}

/// Writes the joins of the tables between to the first of them.
fn write_later_hops<DB: Dialect>(
    between: &[Hop<DB>],
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    let mut later = between.iter().enumerate().skip(1);
    later.try_for_each(|(number, hop)| join_hop(number, hop, out.reborrow()))
}

/// Writes the join of a table to the one before it, or to the list of parents.
fn join_hop<DB: Dialect>(
    number: usize,
    hop: &Hop<DB>,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_sql(join_in_order(&out));
    write_between(number, hop, out.reborrow())?;
    out.push_sql(" ON ");
    let own = |i: usize, out: AstPass<'_, '_, DB>| write_of(&alias(number), hop.matched[i], out);
    write_belonging(number, hop, own, &write_parent_column, out)
}

/// Writes a column of the first table between that holds the parent's key.
fn write_first<DB: Dialect>(
    between: &[Hop<DB>],
    part: usize,
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    write_of(&alias(0), between[0].matched[part], out)
}

/// Writes that the hop with this number, whose columns `own` writes, belongs to the one before it, or to the parent.
fn write_belonging<DB: Dialect>(
    number: usize,
    hop: &Hop<DB>,
    own: impl Fn(usize, AstPass<'_, '_, DB>) -> QueryResult<()>,
    parent: WriteColumn<'_, DB>,
    out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    let before = |i: usize, out: AstPass<'_, '_, DB>| match number.checked_sub(1) {
        Some(before) => write_of(&alias(before), hop.key[i], out),
        None => parent(i, out),
    };
    write_equal(hop.matched.len(), own, before, out)
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

impl<A, B> Through for Chain<A, B>
where
    A: Relation,
    B: Relation<Parent = A::Child>,
{
    type Tables<C: Model> = C::Table;
    const WAY: Way = if <Self as Steps>::ONE_WAY { Way::Chain } else { Way::DistinctChain };
    type Steps = Self;
    // The tables between have aliases.
    const TABLE: Option<&'static str> = None;

    fn join<R: Relation, DB: Dialect>(
        parent: WriteColumn<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let (between, last) = Self::hops::<R, DB>();
        out.push_sql(" INNER JOIN (SELECT ");
        if !Self::LINKS_ARE_DISTINCT {
            out.push_sql("DISTINCT ");
        }
        Self::write_links(&between, &last, &PARENT_COLUMNS, out.reborrow())?;
        out.push_sql(" FROM ");
        let table = |i: usize, out: AstPass<'_, '_, DB>| write_between(i, &between[i], out);
        write_columns(between.len(), table, out.reborrow())?;
        for (number, hop) in between.iter().enumerate() {
            out.push_sql(if number > 0 { " AND " } else { " WHERE " });
            let own =
                |i: usize, out: AstPass<'_, '_, DB>| write_of(&alias(number), hop.matched[i], out);
            write_belonging(number, hop, own, parent, out.reborrow())?;
        }
        out.push_sql(") AS ");
        out.push_identifier(LINKS)?;
        out.push_sql(" ON ");
        let own = |i: usize, out: AstPass<'_, '_, DB>| {
            write_column::<Root<R::Child>, DB>(last.matched[i], out)
        };
        let link = |i: usize, out: AstPass<'_, '_, DB>| write_of(LINKS, PARENT_COLUMNS[i], out);
        write_equal(last.matched.len(), own, link, out)
    }

    fn write_belongs<R: Relation, DB: Dialect>(
        _: WriteColumn<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        // The links are the parent's.
        out.push_sql("1 = 1");
        Ok(())
    }

    fn write_from_parents<'b, R: Relation, DB: Dialect>(
        parents: impl FnOnce(AstPass<'_, 'b, DB>) -> QueryResult<()>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        let (between, _) = Self::hops::<R, DB>();
        let joined = |mut out: AstPass<'_, 'b, DB>| {
            parents(out.reborrow())?;
            write_hops(&between, out)
        };
        if <Self as Steps>::ONE_WAY {
            joined(out.reborrow())?;
        } else {
            let key = |part: usize, out: AstPass<'_, '_, DB>| {
                write_key_of_parent::<R, DB>(&between, part, out)
            };
            Self::write_distinct::<R, DB>(&key, joined, out.reborrow())?;
        }
        Self::join_last::<R, DB>(out)
    }

    fn write_from_own<'b, R: Relation, DB: Dialect>(
        among: WriteAmong<'_, 'b, DB>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        let (between, _) = Self::hops::<R, DB>();
        let joined = |mut out: AstPass<'_, 'b, DB>| {
            write_between(0, &between[0], out.reborrow())?;
            write_later_hops(&between, out)
        };
        if <Self as Steps>::ONE_WAY {
            joined(out.reborrow())?;
        } else {
            let key = |part: usize, out: AstPass<'_, '_, DB>| write_first(&between, part, out);
            let joined = |mut out: AstPass<'_, 'b, DB>| {
                joined(out.reborrow())?;
                out.push_sql(" WHERE ");
                among(&key, out)
            };
            Self::write_distinct::<R, DB>(&key, joined, out.reborrow())?;
        }
        Self::join_last::<R, DB>(out)
    }

    fn look_up<R: Relation, DB: Dialect>(backend: &DB, way: &mut Vec<Lookup>) -> QueryResult<()> {
        let first = way.len();
        A::Through::look_up::<A, DB>(backend, way)?;
        B::Through::look_up::<B, DB>(backend, way)?;
        let last = way.len() - 1;
        for (number, between) in way[first..last].iter_mut().enumerate() {
            between.alias = alias(number);
        }
        Ok(())
    }

    const KEYS_INSIDE: bool = !<Self as Steps>::ONE_WAY;

    fn write_own_key<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        match <Self as Steps>::ONE_WAY {
            true => write_first(&Self::hops::<R, DB>().0, part, out),
            false => write_parent_column(part, out),
        }
    }

    fn write_key<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        // Only the list of parents has it. Where the links stand in its place they have the key alone.
        match <Self as Steps>::ONE_WAY {
            true => write_key_of_parent::<R, DB>(&Self::hops::<R, DB>().0, part, out),
            false => write_parent_column(part, out),
        }
    }

    fn join_child<R: Relation, DB: Dialect>(_: AstPass<'_, '_, DB>) -> QueryResult<()> {
        Ok(())
    }

    fn owned<R: Relation, DB: Dialect>() -> usize {
        Self::hops::<R, DB>().1.matched.len()
    }

    fn write_own<R: Relation, DB: Dialect>(
        part: usize,
        out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        write_column::<Root<R::Child>, DB>(Self::hops::<R, DB>().1.matched[part], out)
    }

    fn write_owned<R: Relation, DB: Dialect>(
        own: WriteColumn<'_, DB>,
        parent: WriteColumn<'_, DB>,
        mut out: AstPass<'_, '_, DB>,
    ) -> QueryResult<()> {
        let (between, last) = Self::hops::<R, DB>();
        write_row(last.matched.len(), own, out.reborrow())?;
        out.push_sql(" IN (SELECT ");
        Self::write_links(&between, &last, &PARENT_COLUMNS, out.reborrow())?;
        write_from_hops(&between, parent, out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}
