//! Running loads on a connection that waits for each query.

use diesel::QueryResult;
use diesel::connection::{Connection, TransactionManager, TransactionManagerStatus};
use diesel::query_builder::QueryId;
use diesel::query_dsl::methods::LoadQuery;

use crate::dialect::{Dialect, Sql};
use crate::field::{Begin, PrefetchInto};
use crate::gathered::Gathered;
use crate::pending::{Asked, Pending, PendingChildren, Spec};
use crate::query::Children;
use crate::row::{Keyed, Rows, no_rows};
use crate::snapshot::{self, Statement, Told};
use crate::source::{Of, Origin};
use crate::watch::{Caller, Purpose};
use crate::{LoadSpec, Relation, Requested};

type TransactionManagerOf<Conn> = <Conn as Connection>::TransactionManager;

/// Loads that the connection `Conn` can run.
pub trait Run<'q, Conn>: Pending {
    /// Runs them, for a load that was written there.
    fn run(self, conn: &mut Conn, caller: Caller) -> QueryResult<Self::Loaded>;
}

impl<Conn> Run<'_, Conn> for () {
    fn run(self, _: &mut Conn, _: Caller) -> QueryResult<()> {
        Ok(())
    }
}

impl<'q, Conn, P: Run<'q, Conn>> Run<'q, Conn> for Requested<P> {
    fn run(self, conn: &mut Conn, caller: Caller) -> QueryResult<Requested<P::Loaded>> {
        match self {
            Self::NotRequested => Ok(Requested::NotRequested),
            Self::Loaded(loads) => loads.run(conn, caller).map(Requested::Loaded),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<'q, V, R, Slot, Conn> Run<'q, Conn> for PendingChildren<V, R, Slot>
where
    V: PrefetchInto<R::Child>,
    R: Relation,
    Conn: Connection,
    Conn::Backend: Dialect,
    Slot: Children<R, Conn::Backend, Spec = Spec<V, R>>,
    Slot::Query: LoadQuery<'q, Conn, Keyed<Spec<V, R>, Of<R>>> + QueryId,
    <Spec<V, R> as LoadSpec>::Fields: Begin<Slot::Slots, Pending: Run<'q, Conn>>,
{
    fn run(self, conn: &mut Conn, caller: Caller) -> QueryResult<Self::Loaded> {
        let purpose = self.purpose(caller);
        let (query, slots, alone, mut to) = match self.ask::<Conn::Backend>()? {
            Asked::Nothing(loaded) => return Ok(loaded),
            Asked::Children { query, slots, alone, to } => (query, slots, alone, to),
        };
        let children = match alone {
            true => stream(query, slots, conn, purpose)?,
            false => gather(query, slots, conn, purpose)?,
        };
        for child in children {
            to.take(child?)?;
        }
        Ok(to.finish())
    }
}

/// The rows of a query that runs alone.
pub(crate) fn stream<'q, 'c, S, O, Q, Slots, Conn>(
    query: Q,
    slots: Slots,
    conn: &'c mut Conn,
    purpose: Purpose,
) -> QueryResult<Rows<Q::RowIter<'c>, S, O>>
where
    S: LoadSpec,
    O: Origin,
    Q: LoadQuery<'q, Conn, Keyed<S, O>> + QueryId,
    S::Fields: Begin<Slots, Pending: Run<'q, Conn>>,
{
    let loaded = S::Fields::begin(&mut no_rows::<S>(), slots).run(conn, purpose.caller)?;
    let announcement = purpose.announce::<Q>();
    let rows = announcement.during(|| query.internal_load(conn))?;
    Ok(Rows::streamed(rows, loaded, announcement))
}

/// The rows of a query with its prefetches.
pub(crate) fn gather<'q, S, O, Q, I, Slots, Conn>(
    query: Q,
    slots: Slots,
    conn: &mut Conn,
    purpose: Purpose,
) -> QueryResult<Rows<I, S, O>>
where
    S: LoadSpec,
    O: Origin,
    Q: LoadQuery<'q, Conn, Keyed<S, O>> + QueryId,
    S::Fields: Begin<Slots, Pending: Run<'q, Conn>>,
{
    let mut rows = {
        let announcement = purpose.announce::<Q>();
        let rows = announcement.during(|| query.internal_load(conn))?;
        Gathered::gather(announcement.counted(rows))?
    };
    let loaded = S::Fields::begin(&mut rows, slots).run(conn, purpose.caller)?;
    Ok(Rows::gathered(rows, loaded))
}

/// Runs the queries of a load: where no transaction is open, and the backend gains by it or they are to see one state, in
/// one of their own.
pub(crate) fn in_one_transaction<'q, Conn, R>(
    conn: &mut Conn,
    snapshot: bool,
    load: impl FnOnce(&mut Conn) -> QueryResult<R>,
) -> QueryResult<R>
where
    Conn: Connection,
    Conn::Backend: Dialect,
    Statement: LoadQuery<'q, Conn, Told>,
{
    // On SQLite every transaction sees one state.
    let told = snapshot && Conn::Backend::SQL != Some(Sql::Sqlite);
    let status = TransactionManagerOf::<Conn>::transaction_manager_status_mut(conn);
    if status.transaction_depth()?.is_some() {
        if told {
            let levels = snapshot::LEVEL.internal_load(conn)?;
            levels.into_iter().try_for_each(|level| level?.check_level())?;
        }
        return load(conn);
    }
    if !(Conn::Backend::READ_TRANSACTION || snapshot) {
        return load(conn);
    }
    if told {
        execute(&snapshot::BEFORE, conn)?;
    }
    match TransactionManagerOf::<Conn>::begin_transaction(conn) {
        Ok(()) => {}
        // One was begun by hand, behind Diesel's back: it serves as well.
        Err(error) if Conn::Backend::is_in_transaction(&error) => return load(conn),
        Err(error) => return Err(error),
    }
    let mut transaction = Transaction { conn, open: true };
    if told {
        transaction.make_snapshot()?;
    }
    let loaded = load(transaction.conn)?;
    transaction.commit()?;
    Ok(loaded)
}

/// Runs a statement, where the backend needs it.
fn execute<Conn>(statement: &Statement, conn: &mut Conn) -> QueryResult<()>
where
    Conn: Connection,
    Conn::Backend: Dialect,
{
    if statement.is_needed(Conn::Backend::SQL) {
        conn.execute_returning_count(statement)?;
    }
    Ok(())
}

/// An open transaction, which is rolled back unless it is committed: after an error, and also where code of the user's
/// panics while it reads a row.
struct Transaction<'c, Conn: Connection> {
    conn: &'c mut Conn,
    open: bool,
}

impl<Conn> Transaction<'_, Conn>
where
    Conn: Connection,
    Conn::Backend: Dialect,
{
    /// Makes it one that sees one state. Where it turns out that there was one before, which was begun by hand, behind
    /// Diesel's back, it is not ours to end.
    fn make_snapshot(&mut self) -> QueryResult<()> {
        let made = execute(&snapshot::WITHIN, self.conn);
        if made.as_ref().is_err_and(Conn::Backend::is_in_transaction) {
            self.open = false;
            *TransactionManagerOf::<Conn>::transaction_manager_status_mut(self.conn) =
                TransactionManagerStatus::default();
        }
        made
    }
}

impl<Conn: Connection> Transaction<'_, Conn> {
    fn commit(mut self) -> QueryResult<()> {
        self.open = false;
        TransactionManagerOf::<Conn>::commit_transaction(self.conn)
    }
}

impl<Conn: Connection> Drop for Transaction<'_, Conn> {
    fn drop(&mut self) {
        if self.open {
            // The error of the load is the one to tell; a transaction that cannot be rolled back marks the connection.
            let _ = TransactionManagerOf::<Conn>::rollback_transaction(self.conn);
        }
    }
}
