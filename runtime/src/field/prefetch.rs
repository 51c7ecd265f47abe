//! Prefetched relations: one more query for all rows at once, stitched together in memory.

use std::marker::PhantomData;
use std::sync::Arc;

use diesel::QueryResult;
use diesel::connection::Connection;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::query_dsl::methods::LoadQuery;
use diesel::result::Error;
use diesel::row::Row;

use super::{Cursor, Fields, FieldsFrom, Fill, SelectList};
use crate::dialect::Dialect;
use crate::error::BoxedError;
use crate::gathered::Gathered;
use crate::group::{Grouped, KeyIndex};
use crate::key::{KeyColumns, KeyColumnsFor, MAX_KEY_COLUMNS, key_text};
use crate::layout::Wanted;
use crate::path::Path;
use crate::query::Children;
use crate::row::Keyed;
use crate::source::Of;
use crate::spec::{Group, LoadSpec, PrefetchField};
use crate::{MissingRow, Model, Relation, SharedRows, TooManyRows, UnknownKey};

/// The type of a field that holds prefetched rows of the model `M`: a `Vec` of a spec of `M` for a relation to many
/// rows, and for a relation to one a spec of `M` or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold prefetched rows of `{M}`",
    label = "not a `Vec`, an `Option` or a plain one of a load spec of `{M}`",
    note = "use a struct with `#[derive(LoadSpec)]` and `#[load({M})]`: a `Vec` of it for many rows, a plain one or an `Option` for one"
)]
pub trait PrefetchInto<M>: Sized + 'static {
    /// The spec.
    type Spec: LoadSpec;
    /// Whether it holds any number of rows.
    const MANY: bool;
    /// Whether it can say that there is no row.
    const OPTIONAL: bool;
    /// The rows of one parent while they are gathered.
    type Group: Default + 'static;

    /// Adds a row; gives it back where there is no room for it.
    fn push(group: &mut Self::Group, row: Self::Spec) -> Result<(), Self::Spec>;

    /// The same rows once more, given how the field is copied.
    fn copy(group: &Self::Group, copy: fn(&Self) -> Self) -> Self::Group;

    /// The field for these rows; `None` where it needs one and there is none.
    fn finish(group: Self::Group) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> PrefetchInto<M> for Vec<S> {
    type Spec = S;
    const MANY: bool = true;
    const OPTIONAL: bool = true;
    type Group = Self;

    fn push(group: &mut Self, row: S) -> Result<(), S> {
        group.push(row);
        Ok(())
    }

    fn copy(group: &Self, copy: fn(&Self) -> Self) -> Self {
        copy(group)
    }

    fn finish(group: Self) -> Option<Self> {
        Some(group)
    }
}

fn push_one<S>(group: &mut Option<S>, row: S) -> Result<(), S> {
    match group {
        Some(_) => Err(row),
        None => {
            *group = Some(row);
            Ok(())
        }
    }
}

fn push_shared<S>(group: &mut Option<Arc<S>>, row: S) -> Result<(), S> {
    match group {
        Some(_) => Err(row),
        None => {
            *group = Some(Arc::new(row));
            Ok(())
        }
    }
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> PrefetchInto<M> for Option<S> {
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = true;
    type Group = Self;

    fn push(group: &mut Self, row: S) -> Result<(), S> {
        push_one(group, row)
    }

    fn copy(group: &Self, copy: fn(&Self) -> Self) -> Self {
        copy(group)
    }

    fn finish(group: Self) -> Option<Self> {
        Some(group)
    }
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> PrefetchInto<M> for S {
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = false;
    type Group = Option<S>;

    fn push(group: &mut Option<S>, row: S) -> Result<(), S> {
        push_one(group, row)
    }

    fn copy(group: &Option<S>, copy: fn(&S) -> S) -> Option<S> {
        group.as_ref().map(copy)
    }

    fn finish(group: Option<S>) -> Option<S> {
        group
    }
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> PrefetchInto<M> for Arc<S> {
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = false;
    type Group = Option<Self>;

    fn push(group: &mut Option<Self>, row: S) -> Result<(), S> {
        push_shared(group, row)
    }

    fn copy(group: &Option<Self>, _: fn(&Self) -> Self) -> Option<Self> {
        group.clone()
    }

    fn finish(group: Option<Self>) -> Option<Self> {
        group
    }
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> PrefetchInto<M> for Option<Arc<S>> {
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = true;
    type Group = Self;

    fn push(group: &mut Self, row: S) -> Result<(), S> {
        push_shared(group, row)
    }

    fn copy(group: &Self, _: fn(&Self) -> Self) -> Self {
        group.clone()
    }

    fn finish(group: Self) -> Option<Self> {
        Some(group)
    }
}

/// Field `N` of the spec `S`, which is a prefetched relation.
pub struct Prefetch<S, const N: usize>(PhantomData<S>);

type Related<S, const N: usize> = <S as PrefetchField<N>>::Relation;
type ChildModel<S, const N: usize> = <Related<S, N> as Relation>::Child;
type Key<S, const N: usize> = <<Related<S, N> as Relation>::Key as KeyColumns>::Value;
type Child<S, const N: usize> =
    <<S as PrefetchField<N>>::Value as PrefetchInto<ChildModel<S, N>>>::Spec;
type Inner<S, const N: usize> = <Child<S, N> as LoadSpec>::Fields;
impl<S: PrefetchField<N>, const N: usize> Prefetch<S, N> {
    /// Where among the columns of the spec those of the key are.
    const fn key_places() -> [usize; MAX_KEY_COLUMNS] {
        let names = <Related<S, N> as Relation>::Key::NAMES;
        let mut places = [0; MAX_KEY_COLUMNS];
        let mut part = 0;
        while part < names.len() {
            places[part] = S::LAYOUT.place(names[part]);
            part += 1;
        }
        places
    }

    #[cold]
    fn missing(key: Option<&Key<S, N>>) -> BoxedError {
        MissingRow {
            spec: <S as LoadSpec>::NAME,
            relation: Related::<S, N>::NAME,
            table: ChildModel::<S, N>::TABLE,
            key: key.map(key_text),
        }
        .into()
    }

    #[cold]
    fn too_many() -> Error {
        let (spec, relation) = (<S as LoadSpec>::NAME, Related::<S, N>::NAME);
        let error = TooManyRows { spec, relation, table: ChildModel::<S, N>::TABLE };
        Error::DeserializationError(error.into())
    }

    #[cold]
    fn unknown_key() -> Error {
        let (spec, relation) = (<S as LoadSpec>::NAME, Related::<S, N>::NAME);
        Error::DeserializationError(UnknownKey { spec, relation }.into())
    }

    #[cold]
    fn shared() -> BoxedError {
        let (spec, relation) = (<S as LoadSpec>::NAME, Related::<S, N>::NAME);
        SharedRows { spec, relation }.into()
    }
}

impl<S: PrefetchField<N>, const N: usize> Fields for Prefetch<S, N> {
    type Params = S::Params;
    type Computed = ();
    type Slots = S::Children;
    type Cell = Option<Key<S, N>>;
    type Value = S::Value;
    type Loaded = Grouped<Group<S, N>>;
    const WANTED: Wanted = Wanted::Columns(<Related<S, N> as Relation>::Key::NAMES);
    const OUTER_COLUMNS: usize = 0;
    const COPIES: bool = S::COPY.is_some();
    const CONSTANT: bool = true;

    fn computed(_: &S::Params) {}

    fn slots(params: &S::Params) -> S::Children {
        S::children(params)
    }

    fn join<P: Path, DB: Dialect>(_: AstPass<'_, '_, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn value(key: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value> {
        let group = loaded
            .next(S::COPY.map(|copy| move |group: &Group<S, N>| S::Value::copy(group, copy)))
            .ok_or_else(Self::shared)?;
        S::Value::finish(group).ok_or_else(|| Self::missing(key.as_ref()))
    }
}

impl<S, DB, const N: usize> FieldsFrom<DB> for Prefetch<S, N>
where
    S: PrefetchField<N>,
    DB: Dialect,
    <Related<S, N> as Relation>::Key: KeyColumnsFor<DB>,
{
    fn select<'b, P: Path>(_: &'b (), _: &mut SelectList<'_, 'b, DB>, _: bool) -> QueryResult<()> {
        Ok(())
    }

    #[inline]
    fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
        let places = const { Self::key_places() };
        <Related<S, N> as Relation>::Key::read(cursor.row, |part| cursor.start + places[part])
    }
}

impl<'q, Conn, S, Slot, const N: usize> Fill<'q, Conn, Slot> for Prefetch<S, N>
where
    S: PrefetchField<N>,
    Conn: Connection,
    Conn::Backend: Dialect,
    Slot: Children<Related<S, N>, Conn::Backend, Spec = Child<S, N>>,
    Slot::Query: LoadQuery<'q, Conn, Keyed<Child<S, N>, Of<Related<S, N>>>>,
    Inner<S, N>: Fill<'q, Conn, Slot::Slots>,
{
    fn fill<'r, I>(cells: I, children: Slot, conn: &mut Conn) -> QueryResult<Self::Loaded>
    where
        I: Iterator<Item = &'r Self::Cell> + Clone,
    {
        let mut index = KeyIndex::new(cells);
        let mut groups = index.groups::<Group<S, N>>();
        let keys = index.keys();
        if keys.is_empty() {
            return Ok(index.grouped(groups));
        }
        let keys = <Conn::Backend as Dialect>::key_list(&keys)?;
        let mut add = |key: &Key<S, N>, row| match index.position(key) {
            Some(at) => S::Value::push(&mut groups[at], row).map_err(|_| Self::too_many()),
            None => Err(Self::unknown_key()),
        };
        let (query, slots) = children.of(keys)?;
        if Child::<S, N>::QUERIES == 1 {
            let mut loaded = Inner::<S, N>::fill(std::iter::empty(), slots, conn)?;
            for row in query.internal_load(conn)? {
                let (key, child) = row?.finish(&mut loaded)?;
                add(&key, child)?;
            }
        } else {
            let rows = Gathered::gather(query.internal_load(conn)?)?;
            let cells = rows.iter().map(|row: &Keyed<_, _>| &row.cell);
            let mut loaded = Inner::<S, N>::fill(cells, slots, conn)?;
            for row in rows {
                let (key, child) = row.finish(&mut loaded)?;
                add(&key, child)?;
            }
        }
        Ok(index.grouped(groups))
    }
}
