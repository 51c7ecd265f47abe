//! `load!`.

/// Says in one place what to load from a model: a load spec without a name, or several with names.
#[macro_export]
macro_rules! load {
    ($($load:tt)*) => {
        $crate::__load! { ($crate) {} $($load)* }
    };
}
