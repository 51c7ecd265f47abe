//! `load!`.

/// Says in one place what to load from a model: a load spec without a name, or several with names.
#[macro_export]
macro_rules! load {
    ($($load:tt)*) => {
        $crate::__private::expanded::__load! { ($crate) {} $($load)* }
    };
}

/// Says which columns of a model a query of Diesel's own selects.
#[macro_export]
macro_rules! columns {
    ($($columns:tt)*) => {
        $crate::__private::expanded::__columns! { ($crate) {} $($columns)* }
    };
}
