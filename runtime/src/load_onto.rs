//! The rows of a relation, loaded onto values that the program already has.

use diesel::connection::Connection;
use diesel::query_dsl::methods::LoadQuery;
use diesel::{Column, Expression, QueryResult};

use crate::dialect::Dialect;
use crate::field::PrefetchInto;
use crate::group::Grouped;
use crate::key::{KeyColumns, SqlKey};
use crate::pending::{Group, Owner, Pending, PendingChildren};
use crate::relation::Cardinality;
use crate::run::{Run, in_one_transaction};
use crate::snapshot::{Statement, Told};
use crate::watch::{Caller, LoadSpan};
use crate::{LoadSpec, Loads, Relation};

type Key<R> = <<R as Relation>::Key as KeyColumns>::Value;
type Part<C> = <<C as Expression>::SqlType as SqlKey>::Value;
/// What holds the rows of one parent.
pub(crate) type RowsOf<R, S> = <<R as Relation>::Leads as Cardinality>::Rows<S>;
/// The rows of all parents.
pub(crate) type Groups<R, S> = Grouped<Key<R>, Group<RowsOf<R, S>, R>>;

/// A value that has the key of the relation `R`: a model, or a spec that loads the columns of the key.
///
/// Models have the keys of all their relations, specs those whose columns they list; see
/// [`RelationDsl::load_onto`](crate::RelationDsl::load_onto). Any other struct that a program reads has a key when it says
/// where the columns of the key are:
///
/// ```
/// # include!("doctest_setup.rs");
/// use upfront::{Loads, RelationDsl, RowOf};
///
/// #[derive(Queryable)]
/// struct Row { id: i32, shouted: String }
///
/// impl RowOf<authors::table> for Row {}
///
/// impl Loads<authors::id> for Row {
///     type Value = i32;
///
///     fn loaded(&self) -> &i32 {
///         &self.id
///     }
/// }
///
/// #[derive(LoadSpec, Clone)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// # fn main() {
/// # let conn = &mut connection();
/// let rows: Vec<Row> = authors::table
///     .filter(authors::name.eq("Jane"))
///     .select((authors::id, authors::name.concat("!")))
///     .load(conn)
///     .unwrap();
/// let books = author::books.load_onto::<BookTitle>(&rows, conn).unwrap();
/// assert_eq!(rows[0].shouted, "Jane!");
/// assert_eq!(books[0][0].title, "Emma");
/// # }
/// ```
///
/// [`AsKey`] is for columns that are read into a type of your own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not carry the key of the relation `{R}`",
    label = "has not all the columns that `{R}` starts from",
    note = "a model has them all; a spec has those that it lists as fields; a type of your own for a column is `AsKey`"
)]
pub trait CarriesKey<R: Relation> {
    /// The key; `None` where a part of it is `NULL`.
    fn key(&self) -> Option<Key<R>>;
}

#[diagnostic::do_not_recommend]
impl<T, R: Relation<Key: KeyFrom<T>>> CarriesKey<R> for T {
    fn key(&self) -> Option<Key<R>> {
        R::Key::key_from(self)
    }
}

/// A key whose parts the value `T` has.
pub trait KeyFrom<T>: KeyColumns {
    /// The key; `None` where a part of it is `NULL`.
    fn key_from(row: &T) -> Option<Self::Value>;
}

/// A Rust value that is a part of a key, as it is compared: `K` is `i32` for an `Integer` column.
///
/// A type of your own that a model reads a key into is made one by
///
/// ```
/// # include!("doctest_setup.rs");
/// use upfront::{AsKey, RelationDsl};
///
/// #[derive(Clone, Copy)]
/// struct AuthorId(i32);
///
/// impl From<i32> for AuthorId {
///     fn from(id: i32) -> Self {
///         Self(id)
///     }
/// }
///
/// impl AsKey<i32> for AuthorId {
///     fn as_key(&self) -> Option<i32> {
///         Some(self.0)
///     }
/// }
///
/// #[derive(LoadSpec)]
/// #[load(Author)]
/// struct Found {
///     #[diesel(deserialize_as = i32)]
///     id: AuthorId,
/// }
///
/// #[derive(LoadSpec, Clone)]
/// #[load(Book)]
/// struct BookTitle { title: String }
///
/// # fn main() {
/// # let conn = &mut connection();
/// let found = [Found { id: AuthorId(2) }];
/// let books = author::books.load_onto::<BookTitle>(&found, conn).unwrap();
/// assert_eq!(books[0][0].title, "Emma");
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a part of a key, which is compared as `{K}`",
    label = "not a `{K}`",
    note = "implement `upfront::AsKey<{K}>` for `{Self}`"
)]
pub trait AsKey<K> {
    /// The value; `None` where it is `NULL`.
    fn as_key(&self) -> Option<K>;
}

macro_rules! as_itself {
    ($($rust:ty),*) => {$(
        impl AsKey<$rust> for $rust {
            fn as_key(&self) -> Option<$rust> {
                Some(self.clone())
            }
        }
    )*};
}

as_itself!(i8, i16, i32, i64, u8, u16, u32, u64, bool, String, Vec<u8>);

#[cfg(feature = "uuid")]
as_itself!(uuid::Uuid);

/// Where the column is made of bytes.
#[cfg(feature = "uuid")]
impl AsKey<Vec<u8>> for uuid::Uuid {
    fn as_key(&self) -> Option<Vec<u8>> {
        Some(self.as_bytes().to_vec())
    }
}

impl<K, T: AsKey<K>> AsKey<K> for Option<T> {
    fn as_key(&self) -> Option<K> {
        self.as_ref()?.as_key()
    }
}

macro_rules! keys {
    ($(($($C:ident),+);)*) => {$(
        impl<T, $($C),+> KeyFrom<T> for ($($C,)+)
        where
            Self: KeyColumns<Value: FromParts<($(Part<$C>,)+)>>,
            $(
                $C: Column<SqlType: SqlKey>,
                T: Loads<$C, Value: AsKey<Part<$C>>>,
            )+
        {
            fn key_from(row: &T) -> Option<Self::Value> {
                Some(FromParts::from_parts(($(Loads::<$C>::loaded(row).as_key()?,)+)))
            }
        }
    )*};
}

keys! {
    (A);
    (A, B);
    (A, B, C);
    (A, B, C, D);
}

/// A key that is put together from its parts.
pub trait FromParts<P> {
    /// The key.
    fn from_parts(parts: P) -> Self;
}

impl<K: crate::KeyPart> FromParts<(K,)> for K {
    fn from_parts((part,): (K,)) -> K {
        part
    }
}

macro_rules! composite_keys {
    ($(($($K:ident),+);)*) => {$(
        impl<$($K: crate::KeyPart),+> FromParts<($($K,)+)> for ($($K,)+) {
            fn from_parts(parts: Self) -> Self {
                parts
            }
        }
    )*};
}

composite_keys! {
    (A, B);
    (A, B, C);
    (A, B, C, D);
}

/// A connection that can load the spec `S` as the children of the relation `R`, by the query `Q`.
pub trait LoadsOnto<'q, S: LoadSpec, R: Relation, Q> {
    /// Loads what the rows with these keys lead to, for each row in order.
    fn load_onto(
        &mut self,
        keys: Vec<Option<Key<R>>>,
        query: Q,
        caller: Caller,
    ) -> QueryResult<Vec<RowsOf<R, S>>>;
}

#[diagnostic::do_not_recommend]
impl<'q, S, R, Q, Conn> LoadsOnto<'q, S, R, Q> for Conn
where
    S: LoadSpec<Model = R::Child> + Clone,
    R: Relation,
    RowsOf<R, S>: PrefetchInto<R::Child, Spec = S, Copied = RowsOf<R, S>> + Clone,
    Conn: Connection,
    Conn::Backend: Dialect,
    Statement: LoadQuery<'q, Conn, Told>,
    PendingChildren<RowsOf<R, S>, R, Q>: Run<'q, Conn> + Pending<Loaded = Groups<R, S>>,
{
    fn load_onto(
        &mut self,
        mut keys: Vec<Option<Key<R>>>,
        query: Q,
        caller: Caller,
    ) -> QueryResult<Vec<RowsOf<R, S>>> {
        let load = PendingChildren::<RowsOf<R, S>, R, Q>::new(&mut keys, query, onto_rows::<S>());
        let span = LoadSpan::open(&load.purpose(caller), S::QUERIES);
        let groups = span.run(|| match S::QUERIES {
            1 => load.run(self, caller),
            _ => in_one_transaction(self, false, |conn| load.run(conn, caller)),
        })?;
        Ok(onto::<S, R>(keys.len(), groups))
    }
}

/// What asks for children that no field holds.
pub(crate) fn onto_rows<S: LoadSpec>() -> Owner {
    Owner { spec: S::NAME, field: None }
}

/// What was loaded, for each of the rows.
pub(crate) fn onto<S, R>(rows: usize, mut groups: Groups<R, S>) -> Vec<RowsOf<R, S>>
where
    S: LoadSpec<Model = R::Child> + Clone,
    R: Relation,
    RowsOf<R, S>: PrefetchInto<R::Child, Spec = S, Copied = RowsOf<R, S>> + Clone,
{
    let copy = |group: &_| RowsOf::<R, S>::copy(group, Clone::clone);
    let next = |_| {
        let group = groups.next(Some(copy)).and_then(RowsOf::<R, S>::finish);
        group.expect("rows that can be cloned, or be none, are there for every key")
    };
    (0..rows).map(next).collect()
}
