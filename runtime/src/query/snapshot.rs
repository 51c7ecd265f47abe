//! One state of the database for all queries of a load.

use super::Load;

impl<S, Q, P, T> Load<S, Q, P, T> {
    /// Has all queries of the load see one state of the database.
    ///
    /// Without it, rows that are written between two queries of one load can be seen by the later one only: a parent
    /// whose children are gone already, a child that came after its parents were counted. Where no transaction is open,
    /// the load runs in one of its own. In one that is open it runs there.
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
    /// let shelves = Shelf::query().snapshot().order(authors::name).load(conn).unwrap();
    /// assert_eq!(shelves[0].books[0].title, "Emma");
    /// # }
    /// ```
    ///
    /// On PostgreSQL, MySQL and MariaDB the transaction is `REPEATABLE READ` and read-only. SQLite needs it least: with Diesel
    /// a load of several queries is one transaction there anyway, and every transaction sees one state, but for that of a
    /// connection to a shared cache which set `PRAGMA read_uncommitted`. A load of one query, which always sees one state,
    /// begins no transaction anywhere.
    ///
    /// With diesel-async, a load whose future is dropped in its transaction leaves no open one behind on PostgreSQL. A
    /// connection to MySQL or MariaDB is marked as broken then, which a pool sees, and one to SQLite can only read: drop
    /// these.
    ///
    /// # Errors
    ///
    /// Those of a load. In an open transaction on PostgreSQL, MySQL or MariaDB whose isolation level lets each query see
    /// another state, it is [`diesel::result::Error::QueryBuilderError`].
    pub fn snapshot(mut self) -> Self {
        self.snapshot = true;
        self
    }
}
