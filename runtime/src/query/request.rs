//! Asking for optional prefetches.

use super::Load;
use super::children::{Here, QueriedHere};
use super::plan::{Plan, Slots};
use crate::LoadSpec;
use crate::joined::{PrefetchedRelation, Spot};

/// A prefetch of the relation `R` that is optional.
///
/// It is asked of what stands for the field: of a prefetch that is not optional this is the spec which has it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` prefetches `{R}` in every load, and nothing has to ask for it",
    label = "not an optional prefetch",
    note = "leave this out; or load it on request only: `#[load(prefetch, optional)]` on a field of the type `Requested<..>`"
)]
pub trait LoadsOnRequest<R> {}

/// A prefetch that is optional.
pub struct Optional;

#[diagnostic::do_not_recommend]
impl<R> LoadsOnRequest<R> for Optional {}

impl<S: LoadSpec, Q, P: Plan<S>, T, O> Load<S, Q, P, T, O> {
    /// Asks for an optional prefetch: a field with `#[load(prefetch, optional)]`, which is not loaded otherwise.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::Requested;
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct AuthorPage {
    ///     name: String,
    ///     #[load(prefetch, optional)]
    ///     books: Requested<Vec<BookTitle>>,
    /// }
    ///
    /// # let conn = &mut connection();
    /// // One query.
    /// let jane = AuthorPage::query().find(2).first(conn).unwrap();
    /// assert!(jane.books.is_not_requested());
    ///
    /// // Two queries.
    /// let jane = AuthorPage::query().request(AuthorPage::books).find(2).first(conn).unwrap();
    /// assert_eq!(jane.books.loaded().unwrap()[0].title, "Emma");
    /// # }
    /// ```
    ///
    /// The type of the query stays the same. What is below a join is asked for by
    /// [`then`](crate::JoinedRelation::then), what is below a prefetch in the closure that refines this:
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::Requested;
    ///
    /// # #[derive(LoadSpec, Clone)]
    /// # #[load(Book)]
    /// # struct BookTitle { title: String }
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct Shelf {
    ///     #[load(prefetch, optional)]
    ///     books: Requested<Vec<BookTitle>>,
    /// }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookPage {
    ///     #[load(join)]
    ///     author: Shelf,
    /// }
    ///
    /// # let conn = &mut connection();
    /// let emma = BookPage::query().request(BookPage::author.then(Shelf::books)).find(2).first(conn).unwrap();
    /// assert_eq!(emma.author.books.loaded().unwrap()[0].title, "Emma");
    /// # }
    /// ```
    pub fn request<C, J>(self, prefetch: PrefetchedRelation<C, J>) -> Self
    where
        C: QueriedHere<S>,
        J: Spot<Optional: LoadsOnRequest<J::Relation>>,
        P::Slots: Slots<<Here<C, S, J> as Spot>::Place>,
    {
        self.request_if(true, prefetch)
    }

    /// Asks for an optional prefetch where the condition is true.
    ///
    /// ```
    /// # include!("../doctest_setup.rs");
    /// # fn main() {
    /// use upfront::Requested;
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Book)]
    /// struct BookTitle { title: String }
    ///
    /// #[derive(LoadSpec)]
    /// #[load(Author)]
    /// struct AuthorPage {
    ///     name: String,
    ///     #[load(prefetch, optional)]
    ///     books: Requested<Vec<BookTitle>>,
    /// }
    ///
    /// # let conn = &mut connection();
    /// for with_books in [false, true] {
    ///     let query = AuthorPage::query().request_if(with_books, AuthorPage::books);
    ///     let authors = query.load(conn).unwrap();
    ///     assert!(authors.iter().all(|author| author.books.is_requested() == with_books));
    /// }
    /// # }
    /// ```
    ///
    /// Where it is false nothing changes: what was asked for before is still asked for.
    pub fn request_if<C, J>(self, condition: bool, _prefetch: PrefetchedRelation<C, J>) -> Self
    where
        C: QueriedHere<S>,
        J: Spot<Optional: LoadsOnRequest<J::Relation>>,
        P::Slots: Slots<<Here<C, S, J> as Spot>::Place>,
    {
        match condition {
            true => self.map_prefetches(|plan| plan.request::<<Here<C, S, J> as Spot>::Place>()),
            false => self,
        }
    }
}
