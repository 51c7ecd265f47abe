#[allow(clippy::all, unused_qualifications)]
const _: () = {
    impl ::upfront::__private::expanded::SeveralBackends for MultiBackend {
        const SQLS: &'static [::core::option::Option<
            ::upfront::__private::expanded::Sql,
        >] = &[
            <<PgConnection as ::upfront::__private::expanded::Connection>::Backend as ::upfront::__private::expanded::Dialect>::SQL,
            <<diesel::SqliteConnection as ::upfront::__private::expanded::Connection>::Backend as ::upfront::__private::expanded::Dialect>::SQL,
        ];
        fn sql(&self) -> ::upfront::__private::expanded::Sql {
            match self {
                Self::Postgres(backend) => {
                    ::upfront::__private::expanded::Dialect::sql(backend)
                }
                Self::Sqlite(backend) => {
                    ::upfront::__private::expanded::Dialect::sql(backend)
                }
            }
        }
        fn same(&self) -> Self {
            match self {
                Self::Postgres(backend) => {
                    Self::Postgres(
                        ::upfront::__private::expanded::Dialect::same(backend),
                    )
                }
                Self::Sqlite(backend) => {
                    Self::Sqlite(::upfront::__private::expanded::Dialect::same(backend))
                }
            }
        }
        fn query_builder(
            &self,
        ) -> <Self as ::upfront::__private::expanded::Backend>::QueryBuilder {
            type Builder = <MultiBackend as ::upfront::__private::expanded::Backend>::QueryBuilder;
            match self {
                Self::Postgres(backend) => {
                    Builder::Postgres(
                        ::upfront::__private::expanded::Dialect::query_builder(backend),
                    )
                }
                Self::Sqlite(backend) => {
                    Builder::Sqlite(
                        ::upfront::__private::expanded::Dialect::query_builder(backend),
                    )
                }
            }
        }
        fn read_any(
            value: <Self as ::upfront::__private::expanded::Backend>::RawValue<'_>,
        ) -> ::upfront::__private::expanded::ReadResult<
            ::upfront::__private::expanded::String,
        > {
            type MultiRawValue<'a> = <MultiBackend as ::upfront::__private::expanded::Backend>::RawValue<
                'a,
            >;
            match value {
                MultiRawValue::Postgres(value) => {
                    <<PgConnection as ::upfront::__private::expanded::Connection>::Backend as ::upfront::__private::expanded::Dialect>::read_any(
                        value,
                    )
                }
                MultiRawValue::Sqlite(value) => {
                    <<diesel::SqliteConnection as ::upfront::__private::expanded::Connection>::Backend as ::upfront::__private::expanded::Dialect>::read_any(
                        value,
                    )
                }
            }
        }
        fn write_table<T: ::upfront::__private::expanded::NamedTable>(
            out: ::upfront::__private::expanded::AstPass<'_, '_, Self>,
        ) -> ::upfront::__private::expanded::QueryResult<()> {
            Self::walk_variant_ast(
                ::upfront::__private::expanded::TableName::<T>::HERE,
                out,
            )
        }
    }
    impl<
        __Key: ::upfront::__private::expanded::SqlKey,
    > ::upfront::__private::expanded::HasKey<__Key> for MultiBackend
    where
        <PgConnection as ::upfront::__private::expanded::Connection>::Backend: ::upfront::__private::expanded::HasKey<
            __Key,
        >,
        <diesel::SqliteConnection as ::upfront::__private::expanded::Connection>::Backend: ::upfront::__private::expanded::HasKey<
            __Key,
        >,
        Self: ::upfront::__private::expanded::HasSqlType<__Key::NotNull>,
        __Key::Value: ::upfront::__private::expanded::ToSql<__Key::NotNull, Self>,
    {
        fn read_key(
            value: <Self as ::upfront::__private::expanded::Backend>::RawValue<'_>,
        ) -> ::upfront::__private::expanded::ReadResult<__Key::Value> {
            type MultiRawValue<'a> = <MultiBackend as ::upfront::__private::expanded::Backend>::RawValue<
                'a,
            >;
            match value {
                MultiRawValue::Postgres(value) => {
                    <<PgConnection as ::upfront::__private::expanded::Connection>::Backend as ::upfront::__private::expanded::HasKey<
                        __Key,
                    >>::read_key(value)
                }
                MultiRawValue::Sqlite(value) => {
                    <<diesel::SqliteConnection as ::upfront::__private::expanded::Connection>::Backend as ::upfront::__private::expanded::HasKey<
                        __Key,
                    >>::read_key(value)
                }
            }
        }
        fn bind_key<'b>(
            value: &'b __Key::Value,
            mut out: ::upfront::__private::expanded::AstPass<'_, 'b, Self>,
        ) -> ::upfront::__private::expanded::QueryResult<()> {
            out.push_bind_param::<__Key::NotNull, __Key::Value>(value)
        }
    }
};
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::check::Otherwise as _;
    ::core::assert!(
        ::upfront::__private::expanded::check::Asked:: < AnyConnection > ::CONNECTION,
        "`AnyConnection` is not a connection\nhelp: add `#[derive(diesel::MultiConnection)]` to it"
    );
};
