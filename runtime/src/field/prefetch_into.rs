//! What can hold the rows of a prefetch.

use std::sync::Arc;

use crate::Requested;
use crate::query::Never;
use crate::relation::Holding;
use crate::spec::LoadSpec;

/// The type of a field that holds prefetched rows of the model `M`: a `Vec` of a spec of `M` for a relation to many
/// rows, and for a relation to one a spec of `M` or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold prefetched rows of `{M}`",
    label = "not a `Vec`, an `Option` or a plain one of a load spec of `{M}`",
    note = "use a struct with `#[derive(LoadSpec)]` and `#[load({M})]`: a `Vec` of it for many rows, a plain one or an `Option` for one"
)]
pub trait PrefetchInto<M>: Sized + 'static {
    /// The type itself. The expansion of a field names it by this, so that a type that does not fit is reported once: the
    /// compiler goes on with no type where this one would stand.
    type Itself;
    /// The spec.
    type Spec: LoadSpec;
    /// Whether it holds any number of rows.
    const MANY: bool;
    /// Whether it can say that there is no row.
    const OPTIONAL: bool;
    /// Whether it can say that it was not asked for.
    const REQUESTED: bool = false;
    /// What of it is cloned, where it is copied for another row.
    type Copied: 'static;
    /// The rows of one parent while they are gathered.
    type Group: Default + 'static;
    /// The type of a field that names this one and leaves to the relation how many rows there are: a bare spec becomes a
    /// `Vec` or an `Option` of it.
    type Of<H: Holding>: 'static;

    /// Adds a row; gives it back where there is no room for it.
    fn push(group: &mut Self::Group, row: Self::Spec) -> Result<(), Self::Spec>;

    /// The same rows once more, given how the field is copied.
    fn copy(group: &Self::Group, copy: fn(&Self::Copied) -> Self::Copied) -> Self::Group;

    /// The field for these rows; `None` where it needs one and there is none.
    fn finish(group: Self::Group) -> Option<Self>;

    /// The field where it was not asked for; `None` where it cannot say so.
    fn not_requested() -> Option<Self> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<M, S: LoadSpec<Model = M>> PrefetchInto<M> for Vec<S> {
    type Itself = Self;
    type Copied = Self;
    type Spec = S;
    const MANY: bool = true;
    const OPTIONAL: bool = true;
    type Group = Self;
    type Of<H: Holding> = Self;

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
    type Itself = Self;
    type Copied = Self;
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = true;
    type Group = Self;
    type Of<H: Holding> = Self;

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
    type Itself = Self;
    type Copied = Self;
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = false;
    type Group = Option<S>;
    type Of<H: Holding> = H::Prefetched<S>;

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
    type Itself = Self;
    type Copied = Self;
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = false;
    type Group = Option<Self>;
    type Of<H: Holding> = Self;

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
    type Itself = Self;
    type Copied = Self;
    type Spec = S;
    const MANY: bool = false;
    const OPTIONAL: bool = true;
    type Group = Self;
    type Of<H: Holding> = Self;

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

#[diagnostic::do_not_recommend]
impl<M, T: PrefetchInto<M>> PrefetchInto<M> for Requested<T> {
    type Of<H: Holding> = Requested<T::Of<H>>;
    type Itself = Self;
    type Copied = T::Copied;
    type Spec = T::Spec;
    const MANY: bool = T::MANY;
    const OPTIONAL: bool = T::OPTIONAL;
    const REQUESTED: bool = true;
    type Group = T::Group;

    fn push(group: &mut T::Group, row: T::Spec) -> Result<(), T::Spec> {
        T::push(group, row)
    }

    fn copy(group: &T::Group, copy: fn(&T::Copied) -> T::Copied) -> T::Group {
        T::copy(group, copy)
    }

    fn finish(group: T::Group) -> Option<Self> {
        T::finish(group).map(Self::Loaded)
    }

    fn not_requested() -> Option<Self> {
        Some(Self::NotRequested)
    }
}

// Never holds: as for the expressions of a query.
impl<M, T> PrefetchInto<M> for T
where
    for<'a> (): Never<'a>,
    T: LoadSpec,
{
    type Itself = T;
    type Copied = T;
    type Spec = T;
    const MANY: bool = false;
    const OPTIONAL: bool = false;
    type Group = Option<T>;
    type Of<H: Holding> = Self;

    fn push(group: &mut Option<T>, row: T) -> Result<(), T> {
        push_one(group, row)
    }

    fn copy(group: &Option<T>, copy: fn(&T) -> T) -> Option<T> {
        group.as_ref().map(copy)
    }

    fn finish(group: Option<T>) -> Option<T> {
        group
    }
}
