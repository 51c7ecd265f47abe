//! What an optional prefetch holds.

/// What an optional prefetch holds: what was loaded, or that the query did not ask for it.
///
/// A field with `#[load(prefetch, optional)]` is of this type. The query asks for it, by
/// [`request`](crate::Load::request), [`request_if`](crate::Load::request_if) or [`prefetch`](crate::Load::prefetch); where
/// it does not, no query is run for it.
///
/// ```
/// # include!("doctest_setup.rs");
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
/// fn describe(author: &AuthorPage) -> String {
///     match &author.books {
///         Requested::Loaded(books) => format!("{} wrote {} books", author.name, books.len()),
///         Requested::NotRequested => author.name.clone(),
///     }
/// }
///
/// # let conn = &mut connection();
/// let ursula = AuthorPage::query().find(1).first(conn).unwrap();
/// assert_eq!(describe(&ursula), "Ursula");
///
/// let ursula = AuthorPage::query().request(AuthorPage::books).find(1).first(conn).unwrap();
/// assert_eq!(describe(&ursula), "Ursula wrote 2 books");
/// # }
/// ```
///
/// It is no `Option`, has no default and cannot be iterated: what was not asked for does not look like what is not there.
/// Code that reads it says what it does in both cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Requested<T> {
    /// The query did not ask for it: nothing is known of it.
    NotRequested,
    /// The query asked for it, and this is what there is.
    Loaded(T),
}

impl<T> Requested<T> {
    /// The same by reference.
    ///
    /// ```
    /// use upfront::Requested;
    ///
    /// let books = Requested::Loaded(vec!["Emma", "Persuasion"]);
    /// let count = books.as_ref().map(Vec::len);
    /// assert_eq!(count, Requested::Loaded(2));
    /// assert_eq!(books, Requested::Loaded(vec!["Emma", "Persuasion"]));
    /// ```
    pub const fn as_ref(&self) -> Requested<&T> {
        match self {
            Self::NotRequested => Requested::NotRequested,
            Self::Loaded(loaded) => Requested::Loaded(loaded),
        }
    }

    /// What was loaded; `None` where it was not asked for.
    ///
    /// ```
    /// use upfront::Requested;
    ///
    /// let books = Requested::Loaded(vec!["Emma"]);
    /// assert_eq!(books.loaded().map(Vec::len), Some(1));
    ///
    /// let not_asked_for: Requested<Vec<&str>> = Requested::NotRequested;
    /// assert_eq!(not_asked_for.loaded(), None);
    /// ```
    pub const fn loaded(&self) -> Option<&T> {
        match self {
            Self::NotRequested => None,
            Self::Loaded(loaded) => Some(loaded),
        }
    }

    /// What was loaded, by value; `None` where it was not asked for.
    ///
    /// ```
    /// use upfront::Requested;
    ///
    /// // Of a relation to one row, the outer `Option` is whether it was asked for, and the inner whether there is one.
    /// let publisher: Requested<Option<String>> = Requested::Loaded(None);
    /// assert_eq!(publisher.into_loaded(), Some(None));
    ///
    /// let publisher: Requested<Option<String>> = Requested::NotRequested;
    /// assert_eq!(publisher.into_loaded(), None);
    /// ```
    pub fn into_loaded(self) -> Option<T> {
        match self {
            Self::NotRequested => None,
            Self::Loaded(loaded) => Some(loaded),
        }
    }

    /// Whether the query asked for it.
    ///
    /// ```
    /// use upfront::Requested;
    ///
    /// let no_books: Requested<Vec<&str>> = Requested::Loaded(Vec::new());
    /// assert!(no_books.is_requested());
    /// ```
    pub const fn is_requested(&self) -> bool {
        matches!(self, Self::Loaded(_))
    }

    /// Whether the query did not ask for it.
    ///
    /// ```
    /// use upfront::Requested;
    ///
    /// let books: Requested<Vec<&str>> = Requested::NotRequested;
    /// assert!(books.is_not_requested());
    /// ```
    pub const fn is_not_requested(&self) -> bool {
        !self.is_requested()
    }

    /// What a function makes of it, where it was asked for.
    ///
    /// ```
    /// use upfront::Requested;
    ///
    /// let books = Requested::Loaded(vec!["Emma", "Persuasion"]);
    /// assert_eq!(books.map(|books| books.join(", ")), Requested::Loaded("Emma, Persuasion".to_owned()));
    ///
    /// let not_asked_for: Requested<Vec<&str>> = Requested::NotRequested;
    /// assert_eq!(not_asked_for.map(|books| books.len()), Requested::NotRequested);
    /// ```
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Requested<U> {
        match self {
            Self::NotRequested => Requested::NotRequested,
            Self::Loaded(loaded) => Requested::Loaded(change(loaded)),
        }
    }
}

/// What was loaded is written as it is. What was not asked for has nothing that could be written, for `null` is what
/// is not there: the field is left out, and where it is not, writing it is an error.
///
/// ```
/// # include!("doctest_setup.rs");
/// # fn main() {
/// use serde::Serialize;
/// use upfront::Requested;
///
/// #[derive(LoadSpec, Serialize, Clone)]
/// #[load(Publisher)]
/// struct PublisherName { name: String }
///
/// #[derive(LoadSpec, Serialize)]
/// #[load(Author)]
/// struct AuthorPage {
///     name: String,
///     #[load(prefetch, optional)]
///     #[serde(skip_serializing_if = "Requested::is_not_requested")]
///     publisher: Requested<Option<PublisherName>>,
/// }
///
/// # let conn = &mut connection();
/// let jane = AuthorPage::query().find(2).first(conn).unwrap();
/// assert_eq!(serde_json::to_string(&jane).unwrap(), r#"{"name":"Jane"}"#);
///
/// let jane = AuthorPage::query().request(AuthorPage::publisher).find(2).first(conn).unwrap();
/// assert_eq!(serde_json::to_string(&jane).unwrap(), r#"{"name":"Jane","publisher":null}"#);
///
/// assert!(serde_json::to_string(&Requested::<i32>::NotRequested).is_err());
/// # }
/// ```
#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Requested<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Loaded(loaded) => loaded.serialize(serializer),
            Self::NotRequested => Err(serde::ser::Error::custom(NOT_REQUESTED)),
        }
    }
}

#[cfg(feature = "serde")]
const NOT_REQUESTED: &str = "what was not asked for has nothing to write: leave it out by `#[serde(skip_serializing_if = \"Requested::is_not_requested\")]`";
