//! The queries of a load, before they run.

use diesel::QueryResult;
use diesel::connection::Connection;
use diesel::query_builder::QueryFragment;
use diesel::query_dsl::methods::LoadQuery;

use super::{Load, Never, Plan};
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::Fields;
use crate::plan::{self, Explaining, Inspect, MissingIndexes, PlanFields, QueryPlan};

impl<S: LoadSpec, Q, P: Plan<S>, T> Load<S, Q, P, T> {
    /// The queries that this load runs on the backend `DB`, as text. Nothing runs.
    ///
    /// It is the text that the database is sent, with all that this query was given: filters, refined prefetches, and what it
    /// asks for. Optional prefetches that it does not ask for are there, and marked.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use diesel::sqlite::Sqlite;
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct Shelf {
    ///     name: String,
    ///     #[load(prefetch)]
    ///     books: Vec<BookTitle>,
    /// }
    ///
    /// let query = Shelf::query().prefetch(Shelf::books, |books| books.filter(books::title.like("R%")));
    /// let plan = query.plan::<Sqlite>().unwrap();
    /// assert_eq!(plan.max_queries(), 2);
    /// assert_eq!(plan.root().sql(), "SELECT `authors`.`name`, `authors`.`id` FROM `authors`");
    /// assert!(plan.root().prefetches()[0].sql().ends_with("AND ((`books`.`title` LIKE ?))"));
    /// println!("{plan}");
    /// # }
    /// ```
    ///
    /// The keys of prefetches are not known here, and where the text depends on their number it is that for one: on MySQL and
    /// MariaDB, and for keys that can only be bound ([`KeyForm::Bound`](crate::KeyForm::Bound)) on SQLite. What begins and ends
    /// transactions is no part of it, nor is what a [`MultiConnection`](derive@crate::MultiConnection) runs: name the database
    /// whose SQL is to be seen.
    ///
    /// # Errors
    ///
    /// Those of writing a query, such as a limit of a prefetch that is negative.
    pub fn plan<DB>(&self) -> QueryResult<QueryPlan>
    where
        DB: PlansFor<Backend: Dialect + Default>,
        Self: Planned<DB::Backend>,
    {
        self.plan_on(&DB::Backend::default())
    }

    /// The queries that this load runs, with what the database does for each: its own `EXPLAIN`, and which indexes are missing.
    ///
    /// It loads, and has each query explained before it runs: so the keys of prefetches are those of the rows that are there. A
    /// prefetch whose parents have no keys is not run, and nothing is known of it but its text. The rows are dropped.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct Shelf {
    ///     name: String,
    ///     #[load(prefetch)]
    ///     books: Vec<BookTitle>,
    /// }
    ///
    /// # let conn = &mut connection();
    /// let plan = Shelf::query().explain(conn).unwrap();
    /// let books = &plan.root().prefetches()[0];
    /// assert_eq!(books.full_scans(), ["books"]);
    /// assert_eq!(books.missing_indexes()[0].columns(), ["author_id"]);
    /// println!("{plan}");
    /// # }
    /// ```
    ///
    /// It prints:
    ///
    /// ```text
    /// Shelf
    ///   SELECT `authors`.`name`, `authors`.`id` FROM `authors`
    ///   > SCAN authors
    ///   books: BookTitle
    ///     SELECT `books`.`author_id`, `books`.`title` FROM `books` WHERE `books`.`author_id` IN (SELECT +value FROM json_each(?))
    ///     > SCAN books   <- reads the whole table
    ///     > LIST SUBQUERY 1
    ///     >   SCAN json_each VIRTUAL TABLE INDEX 1:
    ///     `Shelf.books` prefetches `books`, and no index of `books` begins with `author_id`: the whole table is read to find its rows
    ///     help: CREATE INDEX `books_author_id_idx` ON `books` (`author_id`)
    /// at most 2 queries
    /// ```
    ///
    /// Runs the queries of the load and `EXPLAIN QUERY PLAN` (on SQLite) or `EXPLAIN` for each, one query for each table in which
    /// rows are looked up, and one that tells which database it is. Logs, scopes and `assert_num_queries!` count all of these.
    ///
    /// That an index is missing is told by the database's catalogue, not by what it does: a small table is read as a whole
    /// whether or not it has one.
    ///
    /// # Errors
    ///
    /// Those of the load, and of what is asked besides.
    pub fn explain<'q, 'c, C>(self, conn: &'c mut C) -> QueryResult<QueryPlan>
    where
        C: Inspected<Connection: Inspect>,
        Self: ExplainedOn<'q, 'c, C::Connection>,
    {
        self.explain_on(conn.connection())
    }

    /// The indexes that this query wants and the database does not have: [`LoadSpec::check_indexes`] for a query that was
    /// refined or was given parameters. Relations in its filters and its order are looked at as well.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::{RelationDsl, load};
    ///
    /// # let conn = &mut connection();
    /// let query = load!(Author { name }).filter(author::books.any(books::title.like("R%")));
    /// let missing = query.check_indexes(conn).unwrap();
    /// assert_eq!(missing[0].columns(), ["author_id"]);
    /// # }
    /// ```
    ///
    /// Runs one query for each table in which rows are looked up, and one that tells which database it is.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub fn check_indexes<C>(&self, conn: &mut C) -> QueryResult<MissingIndexes>
    where
        C: Inspected<Connection: Inspect>,
        Self: Planned<<C::Connection as Connection>::Backend>,
    {
        let conn = conn.connection();
        let backend = plan::backend_of(conn)?;
        let plan = self.plan_on(&backend)?;
        Ok(plan::catalogue_of(&plan, &backend, conn)?.missing_in(&plan))
    }
}

/// A backend for which loads can be planned.
#[diagnostic::on_unimplemented(
    message = "a load cannot be planned for `{Self}`",
    label = "not a backend that load specs run on",
    note = "name a backend, and not a connection: `diesel::sqlite::Sqlite`, `diesel::pg::Pg` or `diesel::mysql::Mysql`, with the feature of `upfront` for it enabled"
)]
pub trait PlansFor {
    /// The backend itself. Where the bound does not hold this is no type, and nothing more is told of it.
    type Backend;
}

#[diagnostic::do_not_recommend]
impl<DB: Dialect + Default> PlansFor for DB {
    type Backend = DB;
}

// Never holds: as for the expressions of a query.
impl<DB> PlansFor for DB
where
    for<'a> (): Never<'a>,
{
    type Backend = DB;
}

/// A connection whose database can be asked how it runs a load.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be asked how it runs a load",
    label = "not a connection of Diesel's that load specs run on",
    note = "with diesel-async there are `explain_async` and `check_indexes_async`, which are awaited",
    note = "a smart pointer to a connection can be passed as `&mut *conn`"
)]
pub trait Inspected {
    /// The connection itself. Where the bound does not hold this is no type, and nothing more is told of it.
    type Connection;

    /// The connection itself.
    fn connection(&mut self) -> &mut Self::Connection;
}

#[diagnostic::do_not_recommend]
impl<C: Inspect> Inspected for C {
    type Connection = C;

    fn connection(&mut self) -> &mut C {
        self
    }
}

// Never holds: as for the expressions of a query.
impl<C> Inspected for C
where
    for<'a> (): Never<'a>,
{
    type Connection = C;

    fn connection(&mut self) -> &mut C {
        self
    }
}

/// A load that can be planned for the backend `DB`.
pub trait Planned<DB> {
    /// Plans it for a backend that may be known at run time only.
    fn plan_on(&self, backend: &DB) -> QueryResult<QueryPlan>;
}

#[diagnostic::do_not_recommend]
impl<S, Q, P, T, DB> Planned<DB> for Load<S, Q, P, T>
where
    S: LoadSpec,
    S::Fields: PlanFields<P::Slots, DB>,
    P: Plan<S>,
    Self: QueryFragment<DB>,
    DB: Dialect,
{
    fn plan_on(&self, backend: &DB) -> QueryResult<QueryPlan> {
        let computed = S::Fields::computed(self.prefetches.params());
        let plan = |slots: &P::Slots| plan::plan::<S, _, DB>(self, &computed, slots, backend);
        Ok(QueryPlan { root: self.prefetches.look(plan)? })
    }
}

/// A load that the connection `C` can run and explain.
pub trait ExplainedOn<'q, 'c, C> {
    /// Runs it.
    fn explain_on(self, conn: &'c mut C) -> QueryResult<QueryPlan>;
}

#[diagnostic::do_not_recommend]
impl<'q, 'c, S, Q, P, T, C> ExplainedOn<'q, 'c, C> for Load<S, Q, P, T>
where
    S: LoadSpec,
    C: Inspect + 'c,
    Self: Planned<C::Backend> + LoadQuery<'q, Explaining<'c, C>, S>,
{
    fn explain_on(self, conn: &'c mut C) -> QueryResult<QueryPlan> {
        let backend = plan::backend_of(conn)?;
        let mut plan = self.plan_on(&backend)?;
        let mut conn = Explaining::new(conn, backend.same());
        self.internal_load(&mut conn)?.try_for_each(|row| row.map(drop))?;
        let (explained, conn) = conn.into_explained();
        plan.complete(explained, &plan::catalogue_of(&plan, &backend, conn)?);
        Ok(plan)
    }
}
