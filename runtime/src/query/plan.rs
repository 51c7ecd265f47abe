//! The prefetches of a query: as the spec declares them, or refined at run time.

use crate::LoadSpec;
use crate::field::Fields;

/// The prefetches of the spec `S`.
pub trait Plan<S: LoadSpec>: Sized {
    /// A query for each prefetch, in the shape of the spec's fields.
    type Slots;

    /// The parameters of the spec.
    fn params(&self) -> &S::Params;

    /// The queries.
    fn slots(self) -> Self::Slots;
}

/// The prefetches of the spec `S` as it declares them.
///
/// The type of a query names the spec and not all that hangs on it: a field with an error in it is reported where it
/// is declared and not at `query()` as well.
pub struct Declared<S: LoadSpec> {
    pub(super) params: S::Params,
}

/// The prefetches of the spec `S`, of which some were refined.
pub struct Refined<S: LoadSpec, P> {
    pub(super) params: S::Params,
    pub(super) slots: P,
}

impl<S: LoadSpec> Clone for Declared<S> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone() }
    }
}

impl<S: LoadSpec, P: Clone> Clone for Refined<S, P> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), slots: self.slots.clone() }
    }
}

impl<S: LoadSpec> Plan<S> for Declared<S> {
    type Slots = <S::Fields as Fields>::Slots;

    fn params(&self) -> &S::Params {
        &self.params
    }

    fn slots(self) -> Self::Slots {
        S::Fields::slots(&self.params)
    }
}

impl<S: LoadSpec, P> Plan<S> for Refined<S, P> {
    type Slots = P;

    fn params(&self) -> &S::Params {
        &self.params
    }

    fn slots(self) -> P {
        self.slots
    }
}

/// The field number `I` of several, and in it the place `Then`.
pub struct At<const I: usize, Then = Here>(std::marker::PhantomData<Then>);

/// The field itself.
pub struct Here;

/// A place among the fields of a spec.
pub trait Place: 'static {
    /// The place `B` in what is here.
    type Then<B: Place>: Place;
}

impl Place for Here {
    type Then<B: Place> = B;
}

impl<const I: usize, A: Place> Place for At<I, A> {
    type Then<B: Place> = At<I, A::Then<B>>;
}

/// Queries, of which that at the place `P` can be changed.
pub trait Slots<P> {
    /// What is there.
    type Slot;
    /// All of them with `N` there.
    type With<N>;

    /// Changes what is there.
    fn change<N>(self, change: impl FnOnce(Self::Slot) -> N) -> Self::With<N>;
}

impl<T> Slots<Here> for T {
    type Slot = T;
    type With<N> = N;

    fn change<N>(self, change: impl FnOnce(T) -> N) -> N {
        change(self)
    }
}
