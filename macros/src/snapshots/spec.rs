#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl ::upfront::__private::expanded::ValueField<0usize> for BookCard {
        type Place = ::upfront::__private::expanded::ColumnPlace<1usize>;
        type Read = String;
        type Value = String;
    }
    impl ::upfront::__private::expanded::JoinField<1usize> for BookCard {
        const NAME: &'static ::core::primitive::str = "author";
        type Place = ::upfront::__private::expanded::At<
            1usize,
            ::upfront::__private::expanded::Here,
        >;
        type Relation = <Book as ::upfront::__private::expanded::RelationAt<
            0usize,
        >>::Relation;
        type Value = Option<AuthorName>;
        type Held = <Self::Value as ::upfront::__private::expanded::JoinInto<
            <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
        >>::Itself;
        #[allow(unused_variables)]
        fn params(
            (): &Self::Params,
        ) -> <::upfront::__private::expanded::JoinedSpec<
            Self,
            1usize,
        > as ::upfront::__private::expanded::LoadSpec>::Params {
            <::upfront::__private::expanded::JoinedSpec<
                Self,
                1usize,
            > as ::upfront::__private::expanded::WithoutParams>::no_params()
        }
    }
    impl ::upfront::__private::expanded::PrefetchField<2usize> for BookCard {
        const NAME: &'static ::core::primitive::str = "labels";
        type Place = ::upfront::__private::expanded::At<
            2usize,
            ::upfront::__private::expanded::Here,
        >;
        type Relation = book::tags;
        type Value = Vec<TagName>;
        type Held = <Self::Value as ::upfront::__private::expanded::PrefetchInto<
            <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
        >>::Itself;
        const COPIES: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::CannotCopy as _;
            ::upfront::__private::expanded::Copies::<Self::Value>::COPY.is_some()
        };
        type Children = ::upfront::__private::expanded::DeclaredChildren<
            ::upfront::__private::expanded::PrefetchedSpec<Self, 2usize>,
            Self::Relation,
            ::upfront::__private::expanded::NoFilter,
            ::upfront::__private::expanded::NoOrder,
            ::upfront::__private::expanded::Unlimited,
        >;
        fn copy() -> ::core::option::Option<
            fn(
                &::upfront::__private::expanded::PrefetchedCopy<Self, 2usize>,
            ) -> ::upfront::__private::expanded::PrefetchedCopy<Self, 2usize>,
        > {
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::CannotCopy as _;
            ::upfront::__private::expanded::Copies::<
                ::upfront::__private::expanded::PrefetchedCopy<Self, 2usize>,
            >::COPY
        }
        #[allow(unused_variables)]
        fn children((): &Self::Params) -> Self::Children {
            ::upfront::__private::expanded::declare(
                <::upfront::__private::expanded::PrefetchedSpec<
                    Self,
                    2usize,
                > as ::upfront::__private::expanded::WithoutParams>::no_params(),
                ::upfront::__private::expanded::NoFilter,
                ::upfront::__private::expanded::NoOrder,
                ::upfront::__private::expanded::Unlimited,
            )
        }
    }
    impl ::upfront::__private::expanded::ComputedField<3usize> for BookCard {
        const NAME: &'static ::core::primitive::str = "review_count";
        type Expression = ::upfront::__private::expanded::dsl::Count<
            <Book as ::upfront::__private::expanded::RelationAt<1usize>>::Relation,
        >;
        type Read = i64;
        type Value = i64;
        #[allow(unused_variables)]
        fn expression((): &Self::Params) -> Self::Expression {
            <<Book as ::upfront::__private::expanded::RelationAt<
                1usize,
            >>::Relation as ::core::default::Default>::default()
                .count()
        }
    }
    impl ::upfront::__private::expanded::LoadSpec for BookCard {
        type Model = Book;
        type Params = ();
        type Fields = (
            ::upfront::__private::expanded::Value<Self, 0usize>,
            ::upfront::__private::expanded::Join<Self, 1usize>,
            ::upfront::__private::expanded::Prefetch<Self, 2usize>,
            ::upfront::__private::expanded::Computed<Self, 3usize>,
        );
        type Through = ();
        const NAME: &'static ::core::primitive::str = "BookCard";
        const QUERIES: ::core::primitive::usize = 1
            + ::upfront::__private::expanded::check::queries_joined::<Self, 1usize>()
            + ::upfront::__private::expanded::check::queries_prefetched::<
                Self,
                2usize,
            >();
        fn build(
            (
                value_0,
                value_1,
                value_2,
                value_3,
            ): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
        ) -> Self {
            Self {
                name: value_0,
                author: value_1,
                labels: value_2,
                review_count: value_3,
            }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl BookCard {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as ::upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query() -> ::upfront::__private::expanded::Query<Self> {
            ::upfront::__private::expanded::query(())
        }
        ///The joined relation `author`, for filters and orders on its columns.
        pub(crate) const author: ::upfront::__private::expanded::JoinedField<
            Self,
            1usize,
        > = ::upfront::__private::expanded::JoinedRelation::new();
        ///The prefetched relation `book::tags`, for refining it in a query.
        pub(crate) const labels: ::upfront::__private::expanded::PrefetchedField<
            Self,
            2usize,
        > = ::upfront::__private::expanded::PrefetchedRelation::new();
    }
    impl ::upfront::__private::expanded::Holds for BookCard {
        type Model = Book;
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<1usize>,
    > for BookCard {
        type What = <Book as ::upfront::__private::expanded::ColumnAt<1usize>>::Column;
        type Value = String;
        fn loaded(&self) -> &String {
            &self.name
        }
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::RelationPlace<0usize>,
    > for BookCard {
        type What = <Book as ::upfront::__private::expanded::RelationAt<
            0usize,
        >>::Relation;
        type Value = Option<AuthorName>;
        fn loaded(&self) -> &Option<AuthorName> {
            &self.author
        }
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::RelationPlace<2usize>,
    > for BookCard {
        type What = book::tags;
        type Value = Vec<TagName>;
        fn loaded(&self) -> &Vec<TagName> {
            &self.labels
        }
    }
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        if !(::upfront::__private::expanded::check::Asked::<
            String,
            ::upfront::__private::expanded::SqlTypeOf<
                <Book as ::upfront::__private::expanded::ColumnAt<1usize>>::Column,
            >,
        >::READS_ON_SQLITE
            || ::upfront::__private::expanded::check::Asked::<
                String,
                ::upfront::__private::expanded::SqlTypeOf<
                    <Book as ::upfront::__private::expanded::ColumnAt<1usize>>::Column,
                >,
            >::READS_ON_POSTGRES
            || ::upfront::__private::expanded::check::Asked::<
                String,
                ::upfront::__private::expanded::SqlTypeOf<
                    <Book as ::upfront::__private::expanded::ColumnAt<1usize>>::Column,
                >,
            >::READS_ON_MYSQL
            || ::upfront::__private::expanded::check::Asked::<
                String,
                ::upfront::__private::expanded::SqlTypeOf<
                    <Book as ::upfront::__private::expanded::ColumnAt<1usize>>::Column,
                >,
            >::READS_NOWHERE)
        {
            ::core::assert!(
                ! (::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < < Book as
                ::upfront::__private::expanded::ColumnAt < 1usize >> ::Column >>
                ::READS_ON_SQLITE || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < < Book as
                ::upfront::__private::expanded::ColumnAt < 1usize >> ::Column >>
                ::READS_ON_POSTGRES || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < < Book as
                ::upfront::__private::expanded::ColumnAt < 1usize >> ::Column >>
                ::READS_ON_MYSQL || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < < Book as
                ::upfront::__private::expanded::ColumnAt < 1usize >> ::Column >>
                ::READS_NOWHERE),
                "the column of `name` can be `NULL`\nhelp: write `Option<String>`"
            );
            ::core::assert!(
                false,
                "the column of `name` cannot be read into `String`\nhelp: write the type that it has in `Book`, or read it by way of another: `#[diesel(deserialize_as = ..)]`"
            );
        }
    };
    const _: () = {
        ::core::assert!(
            ::upfront::__private::expanded::check::joins_one:: < BookCard, 1usize > (),
            "`author` leads to any number of rows, and a join reads one\nhelp: load it with `prefetch`, into a `Vec`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::joins_no_pair:: < BookCard, 1usize >
            (),
            "`author` is joined, and a join reads one row\nhelp: rows of a through table are loaded by the `prefetch` of a `many_to_many`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::join_can_be_missing:: < BookCard,
            1usize > (), "`author` may lead to no row\nhelp: write `Option<AuthorName>`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::join_can_be_shared:: < BookCard,
            1usize > (),
            "several rows may join the same row of `author`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `AuthorName` prefetches"
        );
    };
    const _: () = {
        ::core::assert!(
            ! ::upfront::__private::expanded::check::prefetch_is_requested:: < BookCard,
            2usize > (),
            "`labels` is loaded in every load, and a `Requested` is for what a query can ask for\nhelp: make it optional: `#[load(prefetch, optional)]`, or in `load!` `optional prefetch`; or leave `Requested` out"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetches_as_many:: < BookCard,
            2usize > (),
            "`Vec<TagName>` does not fit `book::tags`\nhelp: a `has_many` or `many_to_many` is prefetched into a `Vec`, a `belongs_to` or `has_one` into a spec, an `Arc` of it, or an `Option` of either"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetch_can_be_missing:: < BookCard,
            2usize > (), "`book::tags` may lead to no row\nhelp: write `Option<TagName>`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetched_rows_can_be_shared:: <
            BookCard, 2usize > (),
            "several rows may share one row of `book::tags`, and each gets its own copy\nhelp: derive `Clone` for `TagName` and for what it prefetches, or load it with `join`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetched_many_can_be_shared:: <
            BookCard, 2usize > (),
            "several rows may share one row of `book::tags`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `TagName` prefetches"
        );
    };
    const _: () = {};
    const _: () = ::upfront::__private::expanded::check::annotates::<
        Book,
        ::upfront::__private::expanded::dsl::Count<
            <Book as ::upfront::__private::expanded::RelationAt<1usize>>::Relation,
        >,
    >();
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        if !(::upfront::__private::expanded::check::Asked::<
            i64,
            ::upfront::__private::expanded::SqlTypeOf<
                ::upfront::__private::expanded::dsl::Count<
                    <Book as ::upfront::__private::expanded::RelationAt<
                        1usize,
                    >>::Relation,
                >,
            >,
        >::READS_ON_SQLITE
            || ::upfront::__private::expanded::check::Asked::<
                i64,
                ::upfront::__private::expanded::SqlTypeOf<
                    ::upfront::__private::expanded::dsl::Count<
                        <Book as ::upfront::__private::expanded::RelationAt<
                            1usize,
                        >>::Relation,
                    >,
                >,
            >::READS_ON_POSTGRES
            || ::upfront::__private::expanded::check::Asked::<
                i64,
                ::upfront::__private::expanded::SqlTypeOf<
                    ::upfront::__private::expanded::dsl::Count<
                        <Book as ::upfront::__private::expanded::RelationAt<
                            1usize,
                        >>::Relation,
                    >,
                >,
            >::READS_ON_MYSQL
            || ::upfront::__private::expanded::check::Asked::<
                i64,
                ::upfront::__private::expanded::SqlTypeOf<
                    ::upfront::__private::expanded::dsl::Count<
                        <Book as ::upfront::__private::expanded::RelationAt<
                            1usize,
                        >>::Relation,
                    >,
                >,
            >::READS_NOWHERE)
        {
            ::core::assert!(
                ! (::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < i64 >, ::upfront::__private::expanded::SqlTypeOf
                < ::upfront::__private::expanded::dsl::Count < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation > >>
                ::READS_ON_SQLITE || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < i64 >, ::upfront::__private::expanded::SqlTypeOf
                < ::upfront::__private::expanded::dsl::Count < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation > >>
                ::READS_ON_POSTGRES || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < i64 >, ::upfront::__private::expanded::SqlTypeOf
                < ::upfront::__private::expanded::dsl::Count < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation > >>
                ::READS_ON_MYSQL || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < i64 >, ::upfront::__private::expanded::SqlTypeOf
                < ::upfront::__private::expanded::dsl::Count < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation > >>
                ::READS_NOWHERE),
                "what is computed for `review_count` can be `NULL`\nhelp: write `Option<i64>`, or give a default where there is none: `.default(..)`"
            );
            ::core::assert!(
                false,
                "what is computed for `review_count` cannot be read into `i64`\nhelp: write `i64`"
            );
        }
    };
    const _: () = {
        ::core::assert!(
            < BookCard as ::upfront::__private::expanded::LoadSpec > ::QUERIES <= 2,
            "`BookCard` runs more queries than `max_queries = 2` allows\nhelp: a spec runs one query, and one more for each prefetch at any depth"
        );
    };
};
