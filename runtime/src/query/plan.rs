//! The prefetches of a query: as the spec declares them, or refined at run time.

use std::marker::PhantomData;

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

    /// The queries, to be looked at.
    fn look<T>(&self, look: impl FnOnce(&Self::Slots) -> T) -> T;

    /// Asks for the optional prefetch at the place `P`.
    fn request<P: Place>(self) -> Self
    where
        Self::Slots: Slots<P>;

    /// Whether none of the prefetches is to be run.
    fn is_alone(&self) -> bool;
}

/// The prefetches of the spec `S` as it declares them.
///
/// The type of a query names the spec and not all that hangs on it: a field with an error in it is reported where it
/// is declared and not at `query()` as well.
///
/// What is asked for is no part of its type: a query is the same type whichever optional prefetches it asks for.
pub struct Declared<S: LoadSpec> {
    pub(super) params: S::Params,
    requests: Vec<&'static dyn Request<S>>,
}

/// Asks for one optional prefetch of the spec `S`.
///
/// It is a trait and no function, whose type would name all that hangs on the spec.
trait Request<S: LoadSpec>: Send + Sync {
    fn request(&self, slots: &mut <S::Fields as Fields>::Slots);
}

/// Asks for that at the place `P`.
struct RequestAt<P>(PhantomData<fn(P)>);

impl<S: LoadSpec, P> Request<S> for RequestAt<P>
where
    <S::Fields as Fields>::Slots: Slots<P>,
{
    fn request(&self, slots: &mut <S::Fields as Fields>::Slots) {
        slots.request();
    }
}

impl<S: LoadSpec> Declared<S> {
    pub(super) fn new(params: S::Params) -> Self {
        Self { params, requests: Vec::new() }
    }

    /// The queries, of which those are asked for that are to be.
    fn as_asked(&self) -> <S::Fields as Fields>::Slots {
        let mut slots = S::Fields::slots(&self.params);
        for &request in &self.requests {
            request.request(&mut slots);
        }
        slots
    }
}

/// The prefetches of the spec `S`, of which some were refined.
pub struct Refined<S: LoadSpec, P> {
    pub(super) params: S::Params,
    pub(super) slots: P,
}

impl<S: LoadSpec> Clone for Declared<S> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), requests: self.requests.clone() }
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
        self.as_asked()
    }

    fn look<T>(&self, look: impl FnOnce(&Self::Slots) -> T) -> T {
        look(&self.as_asked())
    }

    fn request<P: Place>(mut self) -> Self
    where
        Self::Slots: Slots<P>,
    {
        self.requests.push(&RequestAt::<P>(PhantomData));
        self
    }

    fn is_alone(&self) -> bool {
        S::QUERIES == 1 || !S::Fields::PREFETCHES && self.requests.is_empty()
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

    fn look<T>(&self, look: impl FnOnce(&P) -> T) -> T {
        look(&self.slots)
    }

    fn request<A: Place>(mut self) -> Self
    where
        P: Slots<A>,
    {
        self.slots.request();
        self
    }

    /// What was refined is to be run.
    fn is_alone(&self) -> bool {
        false
    }
}

/// The field number `I` of several, and in it the place `Then`.
pub struct At<const I: usize, Then = Here>(PhantomData<Then>);

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

    /// Changes what is there, and asks for it, where it is optional and `request` says so.
    fn change<N>(self, request: bool, change: impl FnOnce(Self::Slot) -> N) -> Self::With<N>;

    /// Asks for what is there, where it is optional.
    fn request(&mut self);
}

impl<T> Slots<Here> for T {
    type Slot = T;
    type With<N> = N;

    fn change<N>(self, _: bool, change: impl FnOnce(T) -> N) -> N {
        change(self)
    }

    fn request(&mut self) {}
}
