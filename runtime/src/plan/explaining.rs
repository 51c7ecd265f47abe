//! A connection that explains each query before it runs it.

use std::marker::PhantomData;

use diesel::connection::{
    CacheSize, Connection, Instrumentation, LoadConnection, SimpleConnection, TransactionManager,
    TransactionManagerStatus,
};
use diesel::expression::QueryMetadata;
use diesel::internal::derives::multiconnection::ConnectionSealed;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::{ConnectionError, ConnectionResult, QueryResult};

use super::ask::Answer;
use super::explain::{Explain, Explained};
use super::lookup::text_of;
use crate::dialect::Dialect;
use crate::watch::{Listening, during, take_next};

/// The connection `C`, which explains each query before it runs it.
///
/// So the queries are those of a load, with the keys of the rows that it finds, and there is no other code that runs them.
pub struct Explaining<'c, C: Connection> {
    conn: &'c mut C,
    backend: C::Backend,
    explained: Vec<Explained>,
    /// Has the load say what its queries are for.
    _listening: Listening,
}

impl<'c, C: Connection> Explaining<'c, C> {
    pub(crate) fn new(conn: &'c mut C, backend: C::Backend) -> Self {
        Self { conn, backend, explained: Vec::new(), _listening: Listening::start() }
    }

    /// The queries, in their order, and the connection.
    pub(crate) fn into_explained(self) -> (Vec<Explained>, &'c mut C) {
        (self.explained, self.conn)
    }
}

/// The rows of a query that is explained.
fn answers<Q, C>(query: Explain<'_, Q>, conn: &mut C) -> QueryResult<Vec<Answer>>
where
    Q: QueryFragment<C::Backend>,
    C: LoadConnection<Backend: Dialect>,
{
    use diesel::deserialize::QueryableByName;
    use diesel::result::Error;
    conn.load(query)?.map(|row| Answer::build(&row?).map_err(Error::DeserializationError)).collect()
}

impl<C: Connection> SimpleConnection for Explaining<'_, C> {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.conn.batch_execute(query)
    }
}

impl<C: Connection> ConnectionSealed for Explaining<'_, C> {}

impl<C: Connection<Backend: Dialect>> Connection for Explaining<'_, C> {
    type Backend = C::Backend;
    type TransactionManager = Managed<C::TransactionManager>;

    fn establish(_: &str) -> ConnectionResult<Self> {
        Err(ConnectionError::BadConnection("it is made around another connection".into()))
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<C::Backend> + QueryId,
    {
        self.conn.execute_returning_count(source)
    }

    fn transaction_state(
        &mut self,
    ) -> &mut <C::TransactionManager as TransactionManager<C>>::TransactionStateData {
        self.conn.transaction_state()
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.conn.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.conn.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.conn.set_prepared_statement_cache_size(size);
    }
}

impl<C: LoadConnection<Backend: Dialect>> LoadConnection for Explaining<'_, C> {
    type Cursor<'conn, 'query>
        = C::Cursor<'conn, 'query>
    where
        Self: 'conn;
    type Row<'conn, 'query>
        = C::Row<'conn, 'query>
    where
        Self: 'conn;

    fn load<'conn, 'query, T>(
        &'conn mut self,
        mut source: T,
    ) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<C::Backend> + QueryId + 'query,
        C::Backend: QueryMetadata<T::SqlType>,
    {
        let announced = take_next();
        // What the kernel asks besides is no query of the load.
        if let Some(purpose) = announced.as_ref().map(|announced| announced.purpose) {
            let sql = text_of(&source, &self.backend)?;
            let answers = answers(Explain(&mut source), self.conn)?;
            self.explained.push(Explained { sql, answers, purpose });
        }
        during(announced.as_ref(), || self.conn.load(source))
    }
}

/// The transaction manager `T` of the connection inside.
pub struct Managed<T>(PhantomData<T>);

impl<'c, C, T> TransactionManager<Explaining<'c, C>> for Managed<T>
where
    C: Connection<TransactionManager = T, Backend: Dialect>,
    T: TransactionManager<C>,
{
    type TransactionStateData = T::TransactionStateData;

    fn begin_transaction(conn: &mut Explaining<'c, C>) -> QueryResult<()> {
        T::begin_transaction(conn.conn)
    }

    fn rollback_transaction(conn: &mut Explaining<'c, C>) -> QueryResult<()> {
        T::rollback_transaction(conn.conn)
    }

    fn commit_transaction(conn: &mut Explaining<'c, C>) -> QueryResult<()> {
        T::commit_transaction(conn.conn)
    }

    fn transaction_manager_status_mut<'m>(
        conn: &'m mut Explaining<'c, C>,
    ) -> &'m mut TransactionManagerStatus {
        T::transaction_manager_status_mut(conn.conn)
    }
}
