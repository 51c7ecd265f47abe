//! Reads of fields that rustc's lint `dead_code` does not count, for the feature `unused-loads`.

/// A row that gives its fields to expanded code, so that the compiler goes on to say which of them nobody else reads.
///
/// The lint counts each expression that names a field, but not those in a derived `Clone`, which `#[automatically_derived]`
/// says that an impl is. So what names the fields is the `Clone` of a struct that holds the row. It is in expanded code, as is
/// the struct: `Clone` is not ours, and the struct of another crate would not do.
///
/// It is there whether or not the feature is: cargo can compile this crate twice, with it and without, and the macros once.
pub trait FieldRefs {
    /// A reference to each field.
    type Refs<'row>
    where
        Self: 'row;

    /// All of them.
    fn refs(&self) -> Self::Refs<'_>;
}
