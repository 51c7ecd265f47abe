//! Loads that are still to be run: those of the prefetches of some fields, each with the keys of its rows.
//!
//! What is asked of the database, and what is done with the rows that come, is said here and in the modules that are
//! named; only the running itself is another matter on a connection that waits and on one that does not.

use std::marker::PhantomData;
use std::sync::Arc;

use diesel::QueryResult;
use diesel::result::Error;

use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::field::PrefetchInto;
use crate::group::{Grouped, KeyIndex};
use crate::key::KeyColumns;
use crate::query::Children;
use crate::watch::{Caller, Purpose};
use crate::{Model, Relation, Requested, TooManyRows, UnknownKey};

/// Loads that are still to be run.
pub trait Pending {
    /// What they give.
    type Loaded;
}

impl Pending for () {
    type Loaded = ();
}

/// Loads that the query may not have asked for.
impl<P: Pending> Pending for Requested<P> {
    type Loaded = Requested<P::Loaded>;
}

pub(crate) type Key<R> = <<R as Relation>::Key as KeyColumns>::Value;
pub(crate) type Spec<V, R> = <V as PrefetchInto<<R as Relation>::Child>>::Spec;
pub(crate) type Group<V, R> = <V as PrefetchInto<<R as Relation>::Child>>::Group;

/// The children of the relation `R` that fields of the type `V` hold, which the query `Slot` loads.
pub struct PendingChildren<V, R: Relation, Slot> {
    keys: KeyIndex<Key<R>>,
    children: Slot,
    owner: Owner,
    held: PhantomData<fn() -> V>,
}

/// What asks for children.
#[derive(Clone, Copy)]
pub(crate) struct Owner {
    /// The spec that has the field, or that is loaded where there is none.
    pub(crate) spec: &'static str,
    pub(crate) field: Option<&'static str>,
}

impl<V: PrefetchInto<R::Child>, R: Relation, Slot> Pending for PendingChildren<V, R, Slot> {
    type Loaded = Grouped<Key<R>, Group<V, R>>;
}

/// What is asked of the database.
pub(crate) enum Asked<Q, Slots, V: PrefetchInto<R::Child>, R: Relation> {
    /// Nothing: no row has a key.
    Nothing(Grouped<Key<R>, Group<V, R>>),
    /// A query, whose rows have prefetches of their own unless it is `alone`, and where they go.
    Children { query: Q, slots: Slots, alone: bool, to: Awaited<V, R> },
}

impl<V: PrefetchInto<R::Child>, R: Relation, Slot> PendingChildren<V, R, Slot> {
    /// Takes the keys of the rows.
    pub(crate) fn new(
        keys: &mut impl Cells<Cell = Option<Key<R>>>,
        children: Slot,
        owner: Owner,
    ) -> Self {
        Self { keys: KeyIndex::new(keys), children, owner, held: PhantomData }
    }

    /// Why the query runs, of a load that was written there.
    pub(crate) fn purpose(&self, caller: Caller) -> Purpose {
        let Owner { spec, field } = self.owner;
        Purpose { spec, field, relation: Some(R::NAME), caller }
    }

    /// Asks for the children.
    pub(crate) fn ask<DB: Dialect>(self) -> QueryResult<Asked<Slot::Query, Slot::Slots, V, R>>
    where
        Slot: Children<R, DB, Spec = Spec<V, R>>,
    {
        let Self { keys: index, children, owner, .. } = self;
        children.check()?;
        let groups = index.groups();
        if index.keys().is_empty() {
            return Ok(Asked::Nothing(index.grouped(groups)));
        }
        let keys = DB::key_list::<R::Key>(Arc::clone(index.keys()))?;
        let alone = children.is_alone();
        let (query, slots) = children.of(keys);
        Ok(Asked::Children { query, slots, alone, to: Awaited { index, groups, owner } })
    }
}

/// Rows that wait for their children.
pub(crate) struct Awaited<V: PrefetchInto<R::Child>, R: Relation> {
    index: KeyIndex<Key<R>>,
    groups: Vec<Group<V, R>>,
    owner: Owner,
}

impl<V: PrefetchInto<R::Child>, R: Relation> Awaited<V, R> {
    /// Brings a child to the rows with this key.
    #[inline]
    pub(crate) fn take(&mut self, (key, child): (Key<R>, Spec<V, R>)) -> QueryResult<()> {
        match self.index.position(&key) {
            Some(at) => {
                V::push(&mut self.groups[at], child).map_err(|_| too_many::<R>(self.owner.spec))
            }
            None => Err(unknown_key::<R>(self.owner.spec)),
        }
    }

    /// The children of each row.
    pub(crate) fn finish(self) -> Grouped<Key<R>, Group<V, R>> {
        self.index.grouped(self.groups)
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
