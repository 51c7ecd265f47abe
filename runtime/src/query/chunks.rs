//! Rows in chunks: each is a query of its own, which begins behind the last row of the one before.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::connection::Connection;
use diesel::dsl;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::query_dsl::methods::{FilterDsl, LoadQuery, OrderDsl, SelectDsl};
use diesel::result::Error;
use diesel::sql_types::{Bool, Untyped};

use super::plan::Plan;
use super::tail::{Ended, Limited, NoLock, Tail};
use super::{Load, NoFilter, NoOrder};
use crate::dialect::Dialect;
use crate::field::Begin;
use crate::key::{KeyColumns, KeyColumnsFor};
use crate::path::{Root, write_column};
use crate::row::Keyed;
use crate::run::{Run, gather, in_one_transaction};
use crate::snapshot::{Statement, Told};
use crate::source::{ByPrimaryKey, Selection};
use crate::through::{write_columns, write_row};
use crate::watch::{LoadSpan, Purpose};
use crate::{LoadSpec, Model};

type PrimaryKey<S> = <<S as LoadSpec>::Model as Model>::PrimaryKey;
type Key<S> = <PrimaryKey<S> as KeyColumns>::Value;
type Row<S> = Keyed<S, ByPrimaryKey<<S as LoadSpec>::Model>>;

/// Diesel's query for one chunk.
pub(crate) type Chunk<S, Q> = Ended<
    dsl::Order<
        dsl::Select<dsl::Filter<Q, After<S>>, Selection<S, ByPrimaryKey<<S as LoadSpec>::Model>>>,
        InKeyOrder<S>,
    >,
    Tail<Limited<true, false>>,
>;

/// A query whose rows have no order yet.
#[diagnostic::on_unimplemented(
    message = "the rows of chunks come in the order of the primary key, and this query has an order or a limit of its own",
    label = "ordered, limited, boxed or grouped before",
    note = "call `load_chunks` on a query that was only filtered: each chunk goes on where the primary key of the last one ended"
)]
pub trait Unordered {}

// The parameters that are left out stand for an order, a limit, a grouping and a lock that are not there.
#[diagnostic::do_not_recommend]
impl<F, Se, D, W> Unordered for diesel::internal::table_macro::SelectStatement<F, Se, D, W> {}

impl<S, Q, P> Load<S, Q, P>
where
    S: LoadSpec,
{
    /// Loads the rows in chunks of `size`, each with its prefetches: no more than one chunk is held at a time.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// # let conn = &mut connection();
    /// let mut lengths = Vec::new();
    /// for chunk in BookTitle::query().load_chunks(2, conn) {
    ///     let chunk: Vec<BookTitle> = chunk.unwrap();
    ///     lengths.push(chunk.len());
    /// }
    /// assert_eq!(lengths, [2, 1]);
    /// # }
    /// ```
    ///
    /// The rows come in the order of the primary key, which must be unique and `NOT NULL`. Each chunk runs as many queries
    /// as the spec has, in one transaction where a load has one, and begins behind the last key of the chunk before: a row
    /// that is inserted or deleted meanwhile makes no other one come twice or not at all. A chunk that is not full is the
    /// last one; it is left out where it would be empty.
    ///
    /// # Errors
    ///
    /// Those of a load; after one of them there are no more chunks. A `size` of 0 is a `QueryBuilderError`.
    pub fn load_chunks<'c, 'q, Conn>(
        self,
        size: usize,
        conn: &'c mut Conn,
    ) -> Chunks<'c, 'q, S, Q, P, Conn>
    where
        Q: Unordered,
        Chunks<'c, 'q, S, Q, P, Conn>: Iterator<Item = QueryResult<Vec<S>>>,
    {
        Chunks { rest: self.in_chunks(size), conn, lifetime: PhantomData }
    }
}

impl<S: LoadSpec, Q, P> Load<S, Q, P> {
    /// All rows, in chunks of `size`.
    pub(crate) fn in_chunks(self, size: usize) -> Rest<S, Q, P> {
        Rest { query: Some(self), last: None, size }
    }
}

/// The rows that are still to come: those behind the last one that came.
pub(crate) struct Rest<S: LoadSpec, Q, P> {
    /// `None` after the last chunk.
    query: Option<Load<S, Q, P>>,
    last: Option<Key<S>>,
    size: usize,
}

/// A chunk that is asked for: its query, its prefetches, whether it runs alone, whether all of them see one state, and why
/// it runs.
type Asked<S, Q, P> = (Chunk<S, Q>, <P as Plan<S>>::Slots, bool, bool, Purpose);

impl<S, Q, P> Rest<S, Q, P>
where
    S: LoadSpec,
    Q: FilterDsl<After<S>> + Clone,
    dsl::Filter<Q, After<S>>: SelectDsl<Selection<S, ByPrimaryKey<S::Model>>>,
    dsl::Select<dsl::Filter<Q, After<S>>, Selection<S, ByPrimaryKey<S::Model>>>:
        OrderDsl<InKeyOrder<S>>,
    P: Plan<S> + Clone,
{
    /// Asks for the chunk behind the last key. After an error there is none.
    pub(crate) fn ask(&mut self) -> Option<QueryResult<Asked<S, Q, P>>> {
        let query = self.query.clone()?;
        let mut purpose = query.purpose();
        purpose.caller.in_chunks = true;
        let Load { query, prefetches, snapshot, .. } = query;
        let Some(limit) = i64::try_from(self.size).ok().filter(|size| *size > 0) else {
            self.query = None;
            return Some(Err(Error::QueryBuilderError(no_size(self.size).into())));
        };
        let query = FilterDsl::filter(query, After { key: self.last.take() });
        let query = SelectDsl::select(query, Selection::new(prefetches.params()));
        let query = Ended {
            query: OrderDsl::order(query, InKeyOrder(PhantomData)),
            tail: Tail {
                limit: Limited::of(limit, 0),
                lock: NoLock,
                order: NoOrder,
                filter: NoFilter,
            },
        };
        let alone = prefetches.is_alone();
        Some(Ok((query, prefetches.slots(), alone, snapshot, purpose)))
    }

    /// Takes the rows that came, and remembers the last key; `None` where there are no more.
    pub(crate) fn take(
        &mut self,
        rows: QueryResult<impl Iterator<Item = QueryResult<(Key<S>, S)>>>,
        mut span: LoadSpan,
    ) -> Option<QueryResult<Vec<S>>> {
        let query = self.query.take();
        let chunk = rows.and_then(|rows| {
            let mut chunk = Vec::with_capacity(rows.size_hint().0);
            for row in rows {
                let (key, spec) = row?;
                self.last = Some(key);
                chunk.push(spec);
            }
            span.add(chunk.len());
            Ok(chunk)
        });
        match &chunk {
            Ok(chunk) if chunk.is_empty() => return None,
            Ok(chunk) if chunk.len() == self.size => self.query = query,
            _ => {}
        }
        Some(chunk)
    }
}

/// The chunks of [`Load::load_chunks`]: an iterator of `QueryResult<Vec<S>>`.
///
/// ```
/// # include!("../doctest_setup.rs");
/// # fn main() {
/// #[derive(LoadSpec)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// # let conn = &mut connection();
/// let mut chunks = BookTitle::query().filter(books::author_id.eq(1)).load_chunks(1, conn);
/// assert_eq!(chunks.next().unwrap().unwrap()[0].title, "Rocannon");
/// assert_eq!(chunks.next().unwrap().unwrap()[0].title, "City of Illusions");
/// assert!(chunks.next().is_none());
/// # }
/// ```
#[must_use = "each chunk is loaded when the iterator is asked for it"]
pub struct Chunks<'c, 'q, S: LoadSpec, Q, P, Conn> {
    rest: Rest<S, Q, P>,
    conn: &'c mut Conn,
    lifetime: PhantomData<&'q ()>,
}

impl<'q, S, Q, P, Conn> Iterator for Chunks<'_, 'q, S, Q, P, Conn>
where
    S: LoadSpec,
    Q: FilterDsl<After<S>> + Clone,
    dsl::Filter<Q, After<S>>: SelectDsl<Selection<S, ByPrimaryKey<S::Model>>>,
    dsl::Select<dsl::Filter<Q, After<S>>, Selection<S, ByPrimaryKey<S::Model>>>:
        OrderDsl<InKeyOrder<S>>,
    Chunk<S, Q>: LoadQuery<'q, Conn, Row<S>> + QueryId,
    P: Plan<S> + Clone,
    Conn: Connection,
    Conn::Backend: Dialect,
    Statement: LoadQuery<'q, Conn, Told>,
    S::Fields: Begin<P::Slots, Pending: Run<'q, Conn>>,
{
    type Item = QueryResult<Vec<S>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (query, slots, alone, snapshot, purpose) = match self.rest.ask()? {
            Ok(asked) => asked,
            Err(error) => return Some(Err(error)),
        };
        let load = |conn: &mut Conn| {
            gather::<S, ByPrimaryKey<S::Model>, _, std::iter::Empty<_>, _, _>(
                query, slots, conn, purpose,
            )
        };
        let span = LoadSpan::open(&purpose, S::QUERIES);
        let rows = span.run(|| match alone {
            true => load(self.conn),
            false => in_one_transaction(self.conn, snapshot, load),
        });
        self.rest.take(rows, span)
    }
}

#[cold]
fn no_size(size: usize) -> String {
    format!("`load_chunks` cannot load chunks of {size} rows")
}

/// Whether a row comes behind the one with this primary key; true where there is none.
pub struct After<S: LoadSpec> {
    key: Option<Key<S>>,
}

/// The order of the primary key.
pub struct InKeyOrder<S>(PhantomData<S>);

fn write_key<S: LoadSpec, DB: Dialect>(part: usize, out: AstPass<'_, '_, DB>) -> QueryResult<()> {
    write_column::<Root<S::Model>, DB>(PrimaryKey::<S>::NAMES[part], out)
}

impl<S: LoadSpec, DB: Dialect> QueryFragment<DB> for After<S>
where
    PrimaryKey<S>: KeyColumnsFor<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(key) = &self.key else {
            out.push_sql("1 = 1");
            return Ok(());
        };
        let count = PrimaryKey::<S>::NAMES.len();
        write_row(count, write_key::<S, DB>, out.reborrow())?;
        out.push_sql(if count > 1 { " > (" } else { " > " });
        PrimaryKey::<S>::bind(key, out.reborrow())?;
        if count > 1 {
            out.push_sql(")");
        }
        Ok(())
    }
}

impl<S: LoadSpec, DB: Dialect> QueryFragment<DB> for InKeyOrder<S> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        write_columns(PrimaryKey::<S>::NAMES.len(), write_key::<S, DB>, out)
    }
}

// The first chunk has other SQL than those that follow.
impl<S: LoadSpec> QueryId for After<S> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<S: LoadSpec> QueryId for InKeyOrder<S> {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<S: LoadSpec> Expression for After<S> {
    type SqlType = Bool;
}

impl<S> Expression for InKeyOrder<S> {
    type SqlType = Untyped;
}

impl<S: LoadSpec> ValidGrouping<()> for After<S> {
    type IsAggregate = is_aggregate::No;
}

impl<S> ValidGrouping<()> for InKeyOrder<S> {
    type IsAggregate = is_aggregate::No;
}

impl<S: LoadSpec, QS: ?Sized> AppearsOnTable<QS> for After<S> {}

impl<S, QS: ?Sized> AppearsOnTable<QS> for InKeyOrder<S> {}

impl<S: LoadSpec, QS: ?Sized> SelectableExpression<QS> for After<S> {}

impl<S, QS: ?Sized> SelectableExpression<QS> for InKeyOrder<S> {}
