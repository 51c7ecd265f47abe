//! The one place where children are loaded: asked for by the keys of their parents, and brought to them.

use diesel::QueryResult;
use diesel::connection::Connection;
use diesel::query_dsl::methods::LoadQuery;
use diesel::result::Error;

use crate::dialect::Dialect;
use crate::field::{Fill, PrefetchInto};
use crate::gathered::Gathered;
use crate::group::{Grouped, KeyIndex};
use crate::key::KeyColumns;
use crate::query::Children;
use crate::row::Keyed;
use crate::source::Of;
use crate::{LoadSpec, Model, Relation, TooManyRows, UnknownKey};

type Key<R> = <<R as Relation>::Key as KeyColumns>::Value;
type Spec<V, R> = <V as PrefetchInto<<R as Relation>::Child>>::Spec;
type Group<V, R> = <V as PrefetchInto<<R as Relation>::Child>>::Group;
type Row<V, R> = Keyed<Spec<V, R>, Of<R>>;

/// A connection that can run the query `Slot` for the children of the relation `R`, which `V` holds.
pub trait LoadsChildren<'q, V, R, Slot>
where
    V: PrefetchInto<R::Child>,
    R: Relation,
{
    /// Loads the children of the rows with these keys, for the spec called `owner`.
    fn load_children<'r>(
        &mut self,
        keys: impl Iterator<Item = &'r Option<Key<R>>>,
        children: Slot,
        owner: &'static str,
    ) -> QueryResult<Grouped<Group<V, R>>>;
}

#[diagnostic::do_not_recommend]
impl<'q, V, R, Slot, Conn> LoadsChildren<'q, V, R, Slot> for Conn
where
    V: PrefetchInto<R::Child>,
    R: Relation,
    Conn: Connection,
    Conn::Backend: Dialect,
    Slot: Children<R, Conn::Backend, Spec = Spec<V, R>>,
    Slot::Query: LoadQuery<'q, Conn, Row<V, R>>,
    <Spec<V, R> as LoadSpec>::Fields: Fill<'q, Conn, Slot::Slots>,
{
    fn load_children<'r>(
        &mut self,
        keys: impl Iterator<Item = &'r Option<Key<R>>>,
        children: Slot,
        owner: &'static str,
    ) -> QueryResult<Grouped<Group<V, R>>> {
        children.check()?;
        let mut index = KeyIndex::new(keys);
        let mut groups = index.groups::<Group<V, R>>();
        let keys = index.keys();
        if keys.is_empty() {
            return Ok(index.grouped(groups));
        }
        let keys = <Conn::Backend as Dialect>::key_list(&keys)?;
        let mut add = |(key, row): (Key<R>, Spec<V, R>)| match index.position(&key) {
            Some(at) => V::push(&mut groups[at], row).map_err(|_| too_many::<R>(owner)),
            None => Err(unknown_key::<R>(owner)),
        };
        let (query, slots) = children.of(keys);
        if Spec::<V, R>::QUERIES == 1 {
            let mut loaded =
                <Spec<V, R> as LoadSpec>::Fields::fill(std::iter::empty(), slots, self)?;
            for row in query.internal_load(self)? {
                add(row?.finish(&mut loaded)?)?;
            }
        } else {
            let rows = Gathered::gather(query.internal_load(self)?)?;
            let cells = rows.iter().map(|row: &Row<V, R>| &row.cell);
            let mut loaded = <Spec<V, R> as LoadSpec>::Fields::fill(cells, slots, self)?;
            for row in rows {
                add(row.finish(&mut loaded)?)?;
            }
        }
        Ok(index.grouped(groups))
    }
}

#[cold]
fn too_many<R: Relation>(spec: &'static str) -> Error {
    let error = TooManyRows { spec, relation: R::NAME, table: R::Child::TABLE };
    Error::DeserializationError(error.into())
}

#[cold]
fn unknown_key<R: Relation>(spec: &'static str) -> Error {
    Error::DeserializationError(UnknownKey { spec, relation: R::NAME }.into())
}
