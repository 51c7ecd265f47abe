//! What is done with the fields of a spec: they are selected, joined, read, completed by prefetches, and put together.
//!
//! A spec's fields are a tuple of the types in this module's files. Each knows one kind of field; the tuple does the
//! same for all of them in order.

mod broken;
mod computed;
mod join;
mod optional;
mod prefetch;
mod prefetch_into;
mod through;
mod tuple;
mod value;

use diesel::query_builder::AstPass;
use diesel::row::Row;
use diesel::{QueryResult, deserialize};

pub use broken::Broken;
pub use computed::Computed;
pub use join::Join;
pub use join::JoinInto;
pub use optional::OptionalPrefetch;
pub(crate) use optional::Within;
pub use prefetch::Prefetch;
pub use prefetch_into::PrefetchInto;
pub use through::Pair;
pub use value::Value;

use crate::LoadSpec;
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::layout::Wanted;
use crate::path::{Path, write_column};
use crate::pending::Pending;

/// One field of a spec, or several.
pub trait Fields: 'static {
    /// The parameters of the spec.
    type Params: 'static;
    /// The expressions that the database computes for it.
    type Computed: Clone + Send + 'static;
    /// The queries of its prefetches, as the spec declares them.
    type Slots;
    /// What a row of the query holds for it before the prefetches have run.
    type Cell: 'static;
    /// Its type in the struct.
    type Value;
    /// What its prefetches gave, in the order of the rows.
    type Loaded;
    /// The columns of the spec's own table that it reads.
    const WANTED: Wanted;
    /// How many values it selects besides those columns, below a left join.
    const OUTER_COLUMNS: usize;
    /// Whether what it prefetches can be copied, for rows that share it.
    const COPIES: bool;
    /// Whether its SQL is the same in every query.
    const CONSTANT: bool;
    /// Whether every load of it runs queries for prefetches.
    const PREFETCHES: bool;

    /// What the database computes, given the spec's parameters.
    fn computed(params: &Self::Params) -> Self::Computed;

    /// The queries of its prefetches, given the spec's parameters.
    fn slots(params: &Self::Params) -> Self::Slots;

    /// Writes its joins for the `FROM` clause; `outer` below a left join.
    fn join<P: Path, DB: Dialect>(out: AstPass<'_, '_, DB>, outer: bool) -> QueryResult<()>;

    /// Puts the value of one row together. Called for the rows in their order.
    fn value(cell: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value>;
}

/// Writes all that the spec `S` selects at the place `P`: the columns of its table, then the rest.
pub(crate) fn select_spec<'b, S, P, DB>(
    computed: &'b <S::Fields as Fields>::Computed,
    list: &mut SelectList<'_, 'b, DB>,
    outer: bool,
) -> QueryResult<()>
where
    S: LoadSpec,
    P: Path,
    DB: Dialect,
    S::Fields: FieldsFrom<DB>,
{
    const { &S::LAYOUT }.names().iter().try_for_each(|name| list.column::<P>(name))?;
    S::Fields::select::<P>(computed, list, outer)
}

/// Reads a row of the spec `S`.
#[inline]
pub(crate) fn read_spec<'a, S, DB, R>(
    cursor: &mut Cursor<'_, R>,
    outer: bool,
) -> deserialize::Result<<S::Fields as Fields>::Cell>
where
    S: LoadSpec,
    DB: Dialect,
    R: Row<'a, DB>,
    S::Fields: FieldsFrom<DB>,
{
    let start = cursor.next;
    let mut inner = Cursor { row: cursor.row, start, next: start, outer };
    inner.advance(const { S::LAYOUT.len() });
    let cell = S::Fields::read(&mut inner);
    cursor.next = inner.next;
    cell
}

/// Fields that can be selected and read on the backend `DB`.
pub trait FieldsFrom<DB: Dialect>: Fields {
    /// Writes what it selects besides the columns of the spec's own table; `outer` below a left join.
    fn select<'b, P: Path>(
        computed: &'b Self::Computed,
        list: &mut SelectList<'_, 'b, DB>,
        outer: bool,
    ) -> QueryResult<()>;

    /// Reads the columns that [`select`](FieldsFrom::select) wrote.
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell>;
}

/// Fields whose prefetches the queries `Slots` load.
pub trait Begin<Slots>: Fields {
    /// The loads.
    type Pending: Pending<Loaded = Self::Loaded>;

    /// Takes the keys out of what the rows hold for these fields.
    fn begin(cells: &mut impl Cells<Cell = Self::Cell>, slots: Slots) -> Self::Pending;
}

/// A select list in the making: puts the commas.
pub struct SelectList<'a, 'b, DB: Dialect> {
    out: AstPass<'a, 'b, DB>,
    empty: bool,
}

impl<'a, 'b, DB: Dialect> SelectList<'a, 'b, DB> {
    pub(crate) fn new(out: AstPass<'a, 'b, DB>) -> Self {
        Self { out, empty: true }
    }

    /// Adds one column at the place `P`.
    pub(crate) fn column<P: Path>(&mut self, name: &str) -> QueryResult<()> {
        write_column::<P, DB>(name, self.next())
    }

    /// Begins the next item.
    pub(crate) fn next(&mut self) -> AstPass<'_, 'b, DB> {
        if !self.empty {
            self.out.push_sql(", ");
        }
        self.empty = false;
        self.out.reborrow()
    }
}

/// Where in a row the reading is.
pub struct Cursor<'r, R> {
    row: &'r R,
    /// Where the columns of the spec's own table begin.
    start: usize,
    /// Where the next value that is no such column stands.
    next: usize,
    /// Whether the row is below a left join.
    outer: bool,
}

impl<'r, R> Cursor<'r, R> {
    pub(crate) fn new(row: &'r R, at: usize) -> Self {
        Self { row, start: at, next: at, outer: false }
    }

    /// Moves past `count` values and says where they began.
    fn advance(&mut self, count: usize) -> usize {
        let at = self.next;
        self.next += count;
        at
    }
}
