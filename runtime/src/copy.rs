//! Whether a type can be cloned, asked where the type is known.

use std::marker::PhantomData;

/// `Copies::<T>::COPY` is how a `T` is cloned, where it is `Clone`.
pub struct Copies<T>(PhantomData<T>);

impl<T: Clone> Copies<T> {
    /// An inherent constant goes before the trait's of the same name: this one is found where `T: Clone` holds.
    pub const COPY: Option<fn(&T) -> T> = Some(T::clone);
}

/// What is found where `T` is not `Clone`.
pub trait CannotCopy<T> {
    /// No way to clone.
    const COPY: Option<fn(&T) -> T> = None;
}

impl<T> CannotCopy<T> for Copies<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    struct Unique;

    #[test]
    fn only_what_is_clone_is_copied() {
        assert!(Copies::<Vec<i32>>::COPY.is_some());
        assert!(Copies::<Vec<Unique>>::COPY.is_none());
    }
}
