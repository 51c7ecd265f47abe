//! Names of tables, which Diesel writes on the backends that it knows: a name with a schema is no fragment of a query for
//! any backend that there might be.

use diesel::internal::table_macro::StaticQueryFragment;

/// A table whose name every backend that is enabled can write: each that `table!` declares.
pub trait NamedTable: StaticQueryFragment<Component: Name> + 'static {}

impl<T> NamedTable for T where T: StaticQueryFragment<Component: Name> + 'static {}

/// A name that every backend that is enabled can write.
pub trait Name: NameOnSqlite + NameOnPostgres + NameOnMysql {}

impl<T: NameOnSqlite + NameOnPostgres + NameOnMysql> Name for T {}

macro_rules! backends {
    ($($Name:ident: $feature:literal => $backend:path;)*) => {$(
        #[doc = concat!("A name that can be written where the feature `", $feature, "` is enabled.")]
        #[cfg(feature = $feature)]
        pub trait $Name: diesel::query_builder::QueryFragment<$backend> {}

        #[cfg(feature = $feature)]
        impl<T: diesel::query_builder::QueryFragment<$backend>> $Name for T {}

        #[doc = concat!("Where the feature `", $feature, "` is not enabled, any name will do.")]
        #[cfg(not(feature = $feature))]
        pub trait $Name {}

        #[cfg(not(feature = $feature))]
        impl<T> $Name for T {}
    )*};
}

backends! {
    NameOnSqlite: "sqlite" => diesel::sqlite::Sqlite;
    NameOnPostgres: "postgres" => diesel::pg::Pg;
    NameOnMysql: "mysql" => diesel::mysql::Mysql;
}
