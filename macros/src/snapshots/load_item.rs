#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCardAuthor_name = ::upfront::__private::expanded::ColumnPlace<
    {
        ::upfront::__private::expanded::names::column::<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >("name")
    },
>;
///What `author` of [`BookCard`] holds.
#[derive(Debug)]
pub(crate) struct BookCardAuthor {
    ///The column `name`.
    pub(crate) name: <__BookCardAuthor_name as ::upfront::__private::expanded::ColumnIn<
        <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
    >>::Value,
}
#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl ::upfront::__private::expanded::ValueField<0usize> for BookCardAuthor {
        type Place = __BookCardAuthor_name;
        type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Read;
        type Value = <__BookCardAuthor_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Value;
    }
    impl ::upfront::__private::expanded::LoadSpec for BookCardAuthor {
        type Model = <__BookCard_author as ::upfront::__private::expanded::Relation>::Child;
        type Params = (i32,);
        type Fields = (::upfront::__private::expanded::Value<Self, 0usize>,);
        type Through = ();
        const NAME: &'static ::core::primitive::str = "BookCardAuthor";
        const QUERIES: ::core::primitive::usize = 1;
        fn build(
            (value_0,): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
        ) -> Self {
            Self { name: value_0 }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl BookCardAuthor {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as ::upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query(since: i32) -> ::upfront::__private::expanded::Query<Self> {
            ::upfront::__private::expanded::query((since,))
        }
    }
    impl ::upfront::__private::expanded::Holds for BookCardAuthor {
        type Model = <__BookCard_author as ::upfront::__private::expanded::Relation>::Child;
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<
            {
                ::upfront::__private::expanded::names::column_or::<
                    <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
                >("name", 0usize)
            },
        >,
    > for BookCardAuthor {
        type What = <__BookCardAuthor_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Column;
        type Value = <__BookCardAuthor_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Value;
        fn loaded(
            &self,
        ) -> &<__BookCardAuthor_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Value {
            &self.name
        }
    }
};
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCardLabels_name = ::upfront::__private::expanded::ColumnPlace<
    {
        ::upfront::__private::expanded::names::column::<
            <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
        >("name")
    },
>;
///What `labels` of [`BookCard`] holds.
#[derive(Debug)]
pub(crate) struct BookCardLabels {
    ///The column `name`.
    pub(crate) name: <__BookCardLabels_name as ::upfront::__private::expanded::ColumnIn<
        <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
    >>::Value,
}
#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl ::upfront::__private::expanded::ValueField<0usize> for BookCardLabels {
        type Place = __BookCardLabels_name;
        type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
        >>::Read;
        type Value = <__BookCardLabels_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
        >>::Value;
    }
    impl ::upfront::__private::expanded::LoadSpec for BookCardLabels {
        type Model = <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child;
        type Params = (i32,);
        type Fields = (::upfront::__private::expanded::Value<Self, 0usize>,);
        type Through = ();
        const NAME: &'static ::core::primitive::str = "BookCardLabels";
        const QUERIES: ::core::primitive::usize = 1;
        fn build(
            (value_0,): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
        ) -> Self {
            Self { name: value_0 }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl BookCardLabels {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as ::upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query(since: i32) -> ::upfront::__private::expanded::Query<Self> {
            ::upfront::__private::expanded::query((since,))
        }
    }
    impl ::upfront::__private::expanded::Holds for BookCardLabels {
        type Model = <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child;
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<
            {
                ::upfront::__private::expanded::names::column_or::<
                    <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
                >("name", 0usize)
            },
        >,
    > for BookCardLabels {
        type What = <__BookCardLabels_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
        >>::Column;
        type Value = <__BookCardLabels_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
        >>::Value;
        fn loaded(
            &self,
        ) -> &<__BookCardLabels_name as ::upfront::__private::expanded::ColumnIn<
            <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
        >>::Value {
            &self.name
        }
    }
};
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCardModel = <::upfront::__private::expanded::Checked<
    Book,
    { ::upfront::__private::expanded::checked::model::<Book>() },
> as ::upfront::__private::expanded::Is>::Itself;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCard_review_count__value = <::upfront::__private::expanded::Checked<
    __BookCard_review_count,
    { ::upfront::__private::expanded::checked::computes::<__BookCard_review_count>() },
> as ::upfront::__private::expanded::Is>::Itself;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCard_id = ::upfront::__private::expanded::ColumnPlace<
    { ::upfront::__private::expanded::names::column::<__BookCardModel>("id") },
>;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCard_name = ::upfront::__private::expanded::ColumnPlace<
    { ::upfront::__private::expanded::names::column::<__BookCardModel>("name") },
>;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCard_author = <__BookCardModel as ::upfront::__private::expanded::RelationAt<
    { ::upfront::__private::expanded::names::relation::<__BookCardModel>("author") },
>>::Relation;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCard_labels = <__BookCardModel as ::upfront::__private::expanded::RelationAt<
    { ::upfront::__private::expanded::names::relation::<__BookCardModel>("tags") },
>>::Relation;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __BookCard_review_count = ::upfront::__private::expanded::dsl::Count<
    <__BookCardModel as ::upfront::__private::expanded::RelationAt<
        { ::upfront::__private::expanded::names::relation::<__BookCardModel>("reviews") },
    >>::Relation,
>;
/// A book with its tags.
#[derive(Debug)]
pub(crate) struct BookCard {
    ///The column `id`.
    pub(crate) id: <__BookCard_id as ::upfront::__private::expanded::ColumnIn<
        __BookCardModel,
    >>::Value,
    ///The column `name`.
    pub(crate) name: <__BookCard_name as ::upfront::__private::expanded::ColumnIn<
        __BookCardModel,
    >>::Value,
    ///The relation `author`, joined.
    pub(crate) author: <BookCardAuthor as ::upfront::__private::expanded::JoinInto<
        <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
    >>::Of<<__BookCard_author as ::upfront::__private::expanded::Relation>::Rows>,
    ///The relation `tags`, prefetched.
    pub(crate) labels: <BookCardLabels as ::upfront::__private::expanded::PrefetchInto<
        <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
    >>::Of<<__BookCard_labels as ::upfront::__private::expanded::Relation>::Rows>,
    ///Computed by the database.
    pub(crate) review_count: <__BookCard_review_count__value as ::upfront::__private::expanded::Computes>::Value,
}
#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl ::upfront::__private::expanded::ValueField<0usize> for BookCard {
        type Place = __BookCard_id;
        type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Read;
        type Value = <__BookCard_id as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Value;
    }
    impl ::upfront::__private::expanded::ValueField<1usize> for BookCard {
        type Place = __BookCard_name;
        type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Read;
        type Value = <__BookCard_name as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Value;
    }
    impl ::upfront::__private::expanded::JoinField<2usize> for BookCard {
        const NAME: &'static ::core::primitive::str = "author";
        type Place = ::upfront::__private::expanded::At<
            2usize,
            ::upfront::__private::expanded::Here,
        >;
        type Relation = __BookCard_author;
        type Value = <BookCardAuthor as ::upfront::__private::expanded::JoinInto<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Of<<__BookCard_author as ::upfront::__private::expanded::Relation>::Rows>;
        type Held = <Self::Value as ::upfront::__private::expanded::JoinInto<
            <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
        >>::Itself;
        #[allow(unused_variables)]
        fn params(
            (since,): &Self::Params,
        ) -> <::upfront::__private::expanded::JoinedSpec<
            Self,
            2usize,
        > as ::upfront::__private::expanded::LoadSpec>::Params {
            {
                let given: <::upfront::__private::expanded::JoinedSpec<
                    Self,
                    2usize,
                > as ::upfront::__private::expanded::LoadSpec>::Params = (
                    <i32 as ::core::clone::Clone>::clone(since),
                );
                given
            }
        }
    }
    impl ::upfront::__private::expanded::PrefetchField<3usize> for BookCard {
        const NAME: &'static ::core::primitive::str = "labels";
        type Place = ::upfront::__private::expanded::At<
            3usize,
            ::upfront::__private::expanded::Here,
        >;
        type Relation = __BookCard_labels;
        type Value = <BookCardLabels as ::upfront::__private::expanded::PrefetchInto<
            <__BookCard_labels as ::upfront::__private::expanded::Relation>::Child,
        >>::Of<<__BookCard_labels as ::upfront::__private::expanded::Relation>::Rows>;
        type Held = <Self::Value as ::upfront::__private::expanded::PrefetchInto<
            <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
        >>::Itself;
        const COPIES: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::CannotCopy as _;
            ::upfront::__private::expanded::Copies::<Self::Value>::COPY.is_some()
        };
        type Children = ::upfront::__private::expanded::DeclaredChildren<
            ::upfront::__private::expanded::PrefetchedSpec<Self, 3usize>,
            Self::Relation,
            ::upfront::__private::expanded::And<
                ::upfront::__private::expanded::NoFilter,
                ::upfront::__private::expanded::dsl::Ge<tags::id, i32>,
            >,
            ::upfront::__private::expanded::By<tags::id>,
            ::upfront::__private::expanded::Limited<true, false>,
        >;
        fn copy() -> ::core::option::Option<
            fn(
                &::upfront::__private::expanded::PrefetchedCopy<Self, 3usize>,
            ) -> ::upfront::__private::expanded::PrefetchedCopy<Self, 3usize>,
        > {
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::CannotCopy as _;
            ::upfront::__private::expanded::Copies::<
                ::upfront::__private::expanded::PrefetchedCopy<Self, 3usize>,
            >::COPY
        }
        #[allow(unused_variables)]
        fn children((since,): &Self::Params) -> Self::Children {
            ::upfront::__private::expanded::declare(
                {
                    let given: <::upfront::__private::expanded::PrefetchedSpec<
                        Self,
                        3usize,
                    > as ::upfront::__private::expanded::LoadSpec>::Params = (
                        <i32 as ::core::clone::Clone>::clone(since),
                    );
                    given
                },
                ::upfront::__private::expanded::And(
                    ::upfront::__private::expanded::NoFilter,
                    <tags::id as ::core::default::Default>::default()
                        .ge(<i32 as ::core::clone::Clone>::clone(&since)),
                ),
                ::upfront::__private::expanded::By(
                    <tags::id as ::core::default::Default>::default(),
                ),
                ::upfront::__private::expanded::Limited::of(5, 0),
            )
        }
    }
    impl ::upfront::__private::expanded::ComputedField<4usize> for BookCard {
        const NAME: &'static ::core::primitive::str = "review_count";
        type Expression = __BookCard_review_count;
        type Read = <__BookCard_review_count__value as ::upfront::__private::expanded::Computes>::Value;
        type Value = <__BookCard_review_count__value as ::upfront::__private::expanded::Computes>::Value;
        #[allow(unused_variables)]
        fn expression((since,): &Self::Params) -> Self::Expression {
            <<__BookCardModel as ::upfront::__private::expanded::RelationAt<
                {
                    ::upfront::__private::expanded::names::relation_in::<
                        __BookCardModel,
                        __BookCard_review_count,
                    >("reviews")
                },
            >>::Relation as ::core::default::Default>::default()
                .count()
        }
    }
    impl ::upfront::__private::expanded::LoadSpec for BookCard {
        type Model = __BookCardModel;
        type Params = (i32,);
        type Fields = (
            ::upfront::__private::expanded::Value<Self, 0usize>,
            ::upfront::__private::expanded::Value<Self, 1usize>,
            ::upfront::__private::expanded::Join<Self, 2usize>,
            ::upfront::__private::expanded::Prefetch<Self, 3usize>,
            ::upfront::__private::expanded::Computed<Self, 4usize>,
        );
        type Through = ();
        const NAME: &'static ::core::primitive::str = "BookCard";
        const QUERIES: ::core::primitive::usize = 1
            + ::upfront::__private::expanded::check::queries_joined::<Self, 2usize>()
            + ::upfront::__private::expanded::check::queries_prefetched::<
                Self,
                3usize,
            >();
        fn build(
            (
                value_0,
                value_1,
                value_2,
                value_3,
                value_4,
            ): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
        ) -> Self {
            Self {
                id: value_0,
                name: value_1,
                author: value_2,
                labels: value_3,
                review_count: value_4,
            }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl BookCard {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as ::upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query(since: i32) -> ::upfront::__private::expanded::Query<Self> {
            ::upfront::__private::expanded::query((since,))
        }
        ///The joined relation `author`, for filters and orders on its columns.
        pub(crate) const author: ::upfront::__private::expanded::JoinedField<
            Self,
            2usize,
        > = ::upfront::__private::expanded::JoinedRelation::new();
        ///The prefetched relation `tags`, for refining it in a query.
        pub(crate) const labels: ::upfront::__private::expanded::PrefetchedField<
            Self,
            3usize,
        > = ::upfront::__private::expanded::PrefetchedRelation::new();
    }
    impl ::upfront::__private::expanded::Holds for BookCard {
        type Model = __BookCardModel;
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<
            {
                ::upfront::__private::expanded::names::column_or::<
                    __BookCardModel,
                >("id", 0usize)
            },
        >,
    > for BookCard {
        type What = <__BookCard_id as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Column;
        type Value = <__BookCard_id as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Value;
        fn loaded(
            &self,
        ) -> &<__BookCard_id as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Value {
            &self.id
        }
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<
            {
                ::upfront::__private::expanded::names::column_or::<
                    __BookCardModel,
                >("name", 1usize)
            },
        >,
    > for BookCard {
        type What = <__BookCard_name as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Column;
        type Value = <__BookCard_name as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Value;
        fn loaded(
            &self,
        ) -> &<__BookCard_name as ::upfront::__private::expanded::ColumnIn<
            __BookCardModel,
        >>::Value {
            &self.name
        }
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::RelationPlace<
            {
                ::upfront::__private::expanded::names::relation_or::<
                    __BookCardModel,
                >("author", 2usize)
            },
        >,
    > for BookCard {
        type What = __BookCard_author;
        type Value = <BookCardAuthor as ::upfront::__private::expanded::JoinInto<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Of<<__BookCard_author as ::upfront::__private::expanded::Relation>::Rows>;
        fn loaded(
            &self,
        ) -> &<BookCardAuthor as ::upfront::__private::expanded::JoinInto<
            <__BookCard_author as ::upfront::__private::expanded::Relation>::Child,
        >>::Of<<__BookCard_author as ::upfront::__private::expanded::Relation>::Rows> {
            &self.author
        }
    }
    const _: () = {
        ::core::assert!(
            ::upfront::__private::expanded::check::joins_one:: < BookCard, 2usize > (),
            "`author` leads to any number of rows, and a join reads one\nhelp: load it with `prefetch`, into a `Vec`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::joins_no_pair:: < BookCard, 2usize >
            (),
            "`author` is joined, and a join reads one row\nhelp: rows of a through table are loaded by the `prefetch` of a `many_to_many`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::join_can_be_missing:: < BookCard,
            2usize > (),
            "`author` may lead to no row\nhelp: write `Option<BookCardAuthor>`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::join_can_be_shared:: < BookCard,
            2usize > (),
            "several rows may join the same row of `author`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `BookCardAuthor` prefetches"
        );
    };
    const _: () = {
        ::core::assert!(
            ! ::upfront::__private::expanded::check::prefetch_is_requested:: < BookCard,
            3usize > (),
            "`labels` is loaded in every load, and a `Requested` is for what a query can ask for\nhelp: make it optional: `#[load(prefetch, optional)]`, or in `load!` `optional prefetch`; or leave `Requested` out"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetches_as_many:: < BookCard,
            3usize > (),
            "`BookCardLabels` does not fit `tags`\nhelp: a `has_many` or `many_to_many` is prefetched into a `Vec`, a `belongs_to` or `has_one` into a spec, an `Arc` of it, or an `Option` of either"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetch_can_be_missing:: < BookCard,
            3usize > (),
            "`tags` may lead to no row\nhelp: write `Option<BookCardLabels>`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetched_rows_can_be_shared:: <
            BookCard, 3usize > (),
            "several rows may share one row of `tags`, and each gets its own copy\nhelp: derive `Clone` for `BookCardLabels` and for what it prefetches, or load it with `join`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetched_many_can_be_shared:: <
            BookCard, 3usize > (),
            "several rows may share one row of `tags`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `BookCardLabels` prefetches"
        );
    };
    const _: () = {
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetches_many:: < BookCard, 3usize >
            (),
            "`tags` leads to one row at the most, and `order_by` is for many\nhelp: leave it out, or make it a `filter`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetches_many:: < BookCard, 3usize >
            (),
            "`tags` leads to one row at the most, and `limit` is for many\nhelp: leave it out, or make it a `filter`"
        );
    };
    const _: () = ::upfront::__private::expanded::check::filters::<
        ::upfront::__private::expanded::PrefetchedSpec<BookCard, 3usize>,
        __BookCard_labels,
        ::upfront::__private::expanded::dsl::Ge<tags::id, i32>,
    >();
    const _: () = ::upfront::__private::expanded::check::orders::<
        ::upfront::__private::expanded::PrefetchedSpec<BookCard, 3usize>,
        __BookCard_labels,
        tags::id,
    >();
    const _: () = ::upfront::__private::expanded::check::annotates::<
        __BookCardModel,
        __BookCard_review_count,
    >();
    const _: () = {
        ::core::assert!(
            < BookCard as ::upfront::__private::expanded::LoadSpec > ::QUERIES <= 2,
            "`BookCard` runs more queries than `max_queries = 2` allows\nhelp: a spec runs one query, and one more for each prefetch at any depth"
        );
    };
};
