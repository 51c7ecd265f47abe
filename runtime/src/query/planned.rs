//! The queries of a load, before they run.

use diesel::QueryResult;
use diesel::query_builder::QueryFragment;

use super::{Load, Plan};
use crate::LoadSpec;
use crate::dialect::Dialect;
use crate::field::Fields;
use crate::plan::{self, PlanFields, QueryPlan};

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
}
