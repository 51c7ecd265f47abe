//! The queries of a load, before they run.

use diesel::QueryResult;
use diesel::connection::Connection;
use diesel::query_builder::QueryFragment;
use diesel::query_dsl::methods::LoadQuery;

use super::{Load, Plan};
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::Fields;
use crate::plan::{self, Asked, Explained, Explaining, MissingIndexes, PlanFields, QueryPlan};

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
        DB: Dialect + Default,
        Self: QueryFragment<DB>,
        S::Fields: PlanFields<P::Slots, DB>,
    {
        self.plan_on(&DB::default())
    }

    /// The same for a backend that is known at run time only.
    pub(crate) fn plan_on<DB>(&self, backend: &DB) -> QueryResult<QueryPlan>
    where
        DB: Dialect,
        Self: QueryFragment<DB>,
        S::Fields: PlanFields<P::Slots, DB>,
    {
        let computed = S::Fields::computed(self.prefetches.params());
        let plan = |slots: &P::Slots| plan::plan::<S, _, DB>(self, &computed, slots, backend);
        Ok(QueryPlan { root: self.prefetches.look(plan)? })
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
    /// rows are looked up, and one that tells which database it is.
    ///
    /// That an index is missing is told by the database's catalogue, not by what it does: a small table is read as a whole
    /// whether or not it has one.
    ///
    /// # Errors
    ///
    /// Those of the load, and of what is asked besides.
    pub fn explain<'q, 'c, C>(self, conn: &'c mut C) -> QueryResult<QueryPlan>
    where
        C: Asked,
        Self: QueryFragment<C::Backend> + Explains<'q, 'c, C>,
        S::Fields: PlanFields<P::Slots, C::Backend>,
    {
        let backend = plan::backend_of(conn)?;
        let mut plan = self.plan_on(&backend)?;
        let (explained, conn) = self.explained(conn, &backend)?;
        plan.complete(explained, &plan::catalogue_of(&plan, &backend, conn)?);
        Ok(plan)
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
        C: Asked,
        Self: QueryFragment<C::Backend>,
        S::Fields: PlanFields<P::Slots, C::Backend>,
    {
        let backend = plan::backend_of(conn)?;
        let plan = self.plan_on(&backend)?;
        Ok(plan::catalogue_of(&plan, &backend, conn)?.missing_in(&plan))
    }
}

/// A query that the connection `C` can run and explain.
pub trait Explains<'q, 'c, C: Connection> {
    /// Runs it, and gives the connection back.
    fn explained(
        self,
        conn: &'c mut C,
        backend: &C::Backend,
    ) -> QueryResult<(Vec<Explained>, &'c mut C)>;
}

#[diagnostic::do_not_recommend]
impl<'q, 'c, S, Q, P, T, C> Explains<'q, 'c, C> for Load<S, Q, P, T>
where
    S: LoadSpec,
    C: Connection<Backend: Dialect> + 'c,
    Self: LoadQuery<'q, Explaining<'c, C>, S>,
{
    fn explained(
        self,
        conn: &'c mut C,
        backend: &C::Backend,
    ) -> QueryResult<(Vec<Explained>, &'c mut C)> {
        let mut conn = Explaining::new(conn, backend.same());
        self.internal_load(&mut conn)?.try_for_each(|row| row.map(drop))?;
        Ok(conn.into_explained())
    }
}
