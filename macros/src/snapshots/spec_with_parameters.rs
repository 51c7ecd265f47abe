#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl ::upfront::__private::expanded::JoinField<0usize> for BookPage {
        const NAME: &'static ::core::primitive::str = "author";
        type Place = ::upfront::__private::expanded::At<
            0usize,
            ::upfront::__private::expanded::Here,
        >;
        type Relation = <Book as ::upfront::__private::expanded::RelationAt<
            0usize,
        >>::Relation;
        type Value = AuthorPage;
        type Held = <Self::Value as ::upfront::__private::expanded::JoinInto<
            <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
        >>::Itself;
        #[allow(unused_variables)]
        fn params(
            (since, most): &Self::Params,
        ) -> <::upfront::__private::expanded::JoinedSpec<
            Self,
            0usize,
        > as ::upfront::__private::expanded::LoadSpec>::Params {
            {
                let given: <::upfront::__private::expanded::JoinedSpec<
                    Self,
                    0usize,
                > as ::upfront::__private::expanded::LoadSpec>::Params = (
                    <NaiveDate as ::core::clone::Clone>::clone(since),
                );
                given
            }
        }
    }
    impl ::upfront::__private::expanded::PrefetchField<1usize> for BookPage {
        const NAME: &'static ::core::primitive::str = "recent";
        type Place = ::upfront::__private::expanded::At<
            1usize,
            ::upfront::__private::expanded::Here,
        >;
        type Relation = <Book as ::upfront::__private::expanded::RelationAt<
            1usize,
        >>::Relation;
        type Value = Vec<(TagName, Weight)>;
        type Held = <Self::Value as ::upfront::__private::expanded::PrefetchInto<
            <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
        >>::Itself;
        const COPIES: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::CannotCopy as _;
            ::upfront::__private::expanded::Copies::<Self::Value>::COPY.is_some()
        };
        type Children = ::upfront::__private::expanded::DeclaredChildren<
            ::upfront::__private::expanded::PrefetchedSpec<Self, 1usize>,
            Self::Relation,
            ::upfront::__private::expanded::And<
                ::upfront::__private::expanded::NoFilter,
                ::upfront::__private::expanded::dsl::And<
                    ::upfront::__private::expanded::dsl::Ge<tags::added, NaiveDate>,
                    ::upfront::__private::expanded::dsl::Gt<
                        book_tags::weight,
                        ::upfront::__private::expanded::dsl::IntOf<book_tags::weight>,
                    >,
                >,
            >,
            ::upfront::__private::expanded::By<
                (tags::name, ::upfront::__private::expanded::dsl::Desc<tags::id>),
            >,
            ::upfront::__private::expanded::Limited<true, false>,
        >;
        fn copy() -> ::core::option::Option<
            fn(
                &::upfront::__private::expanded::PrefetchedCopy<Self, 1usize>,
            ) -> ::upfront::__private::expanded::PrefetchedCopy<Self, 1usize>,
        > {
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::CannotCopy as _;
            ::upfront::__private::expanded::Copies::<
                ::upfront::__private::expanded::PrefetchedCopy<Self, 1usize>,
            >::COPY
        }
        #[allow(unused_variables)]
        fn children((since, most): &Self::Params) -> Self::Children {
            ::upfront::__private::expanded::declare(
                <::upfront::__private::expanded::PrefetchedSpec<
                    Self,
                    1usize,
                > as ::upfront::__private::expanded::WithoutParams>::no_params(),
                ::upfront::__private::expanded::And(
                    ::upfront::__private::expanded::NoFilter,
                    <tags::added as ::core::default::Default>::default()
                        .ge(<NaiveDate as ::core::clone::Clone>::clone(&since))
                        .and(
                            <book_tags::weight as ::core::default::Default>::default()
                                .gt(5),
                        ),
                ),
                ::upfront::__private::expanded::By((
                    <tags::name as ::core::default::Default>::default(),
                    <tags::id as ::core::default::Default>::default().desc(),
                )),
                ::upfront::__private::expanded::Limited::of(
                    <i64 as ::core::clone::Clone>::clone(most),
                    0,
                ),
            )
        }
    }
    impl ::upfront::__private::expanded::ComputedField<2usize> for BookPage {
        const NAME: &'static ::core::primitive::str = "uses";
        type Expression = ::upfront::__private::expanded::dsl::Default<
            ::upfront::__private::expanded::dsl::Sum<
                ::upfront::__private::expanded::dsl::Filter<
                    <Book as ::upfront::__private::expanded::RelationAt<
                        1usize,
                    >>::Relation,
                    ::upfront::__private::expanded::dsl::Ge<tags::added, NaiveDate>,
                >,
                <tags::uses as ::core::ops::Mul<
                    ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                >>::Output,
            >,
            ::upfront::__private::expanded::dsl::IntOf<
                ::upfront::__private::expanded::dsl::Sum<
                    ::upfront::__private::expanded::dsl::Filter<
                        <Book as ::upfront::__private::expanded::RelationAt<
                            1usize,
                        >>::Relation,
                        ::upfront::__private::expanded::dsl::Ge<tags::added, NaiveDate>,
                    >,
                    <tags::uses as ::core::ops::Mul<
                        ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                    >>::Output,
                >,
            >,
        >;
        type Read = i64;
        type Value = i64;
        #[allow(unused_variables)]
        fn expression((since, most): &Self::Params) -> Self::Expression {
            ::upfront::__private::expanded::unchecked::default(
                ::upfront::__private::expanded::unchecked::sum(
                    <<Book as ::upfront::__private::expanded::RelationAt<
                        1usize,
                    >>::Relation as ::core::default::Default>::default()
                        .filter(
                            <tags::added as ::core::default::Default>::default()
                                .ge(<NaiveDate as ::core::clone::Clone>::clone(&since)),
                        ),
                    <tags::uses as ::core::default::Default>::default() * 2,
                ),
                0,
            )
        }
    }
    impl ::upfront::__private::expanded::ComputedField<3usize> for BookPage {
        const NAME: &'static ::core::primitive::str = "title";
        type Expression = lower<books::title>;
        type Read = String;
        type Value = String;
        #[allow(unused_variables)]
        fn expression((since, most): &Self::Params) -> Self::Expression {
            lower(<books::title as ::core::default::Default>::default())
        }
    }
    impl ::upfront::__private::expanded::LoadSpec for BookPage {
        type Model = Book;
        type Params = (NaiveDate, i64);
        type Fields = (
            ::upfront::__private::expanded::Join<Self, 0usize>,
            ::upfront::__private::expanded::Prefetch<Self, 1usize>,
            ::upfront::__private::expanded::Computed<Self, 2usize>,
            ::upfront::__private::expanded::Computed<Self, 3usize>,
        );
        type Through = ();
        const NAME: &'static ::core::primitive::str = "BookPage";
        const QUERIES: ::core::primitive::usize = 1
            + ::upfront::__private::expanded::check::queries_joined::<Self, 0usize>()
            + ::upfront::__private::expanded::check::queries_prefetched::<
                Self,
                1usize,
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
                author: value_0,
                recent: value_1,
                uses: value_2,
                title: value_3,
            }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl BookPage {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as ::upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query(
            since: NaiveDate,
            most: i64,
        ) -> ::upfront::__private::expanded::Query<Self> {
            ::upfront::__private::expanded::query((since, most))
        }
        ///The joined relation `author`, for filters and orders on its columns.
        const author: ::upfront::__private::expanded::JoinedField<Self, 0usize> = ::upfront::__private::expanded::JoinedRelation::new();
        ///The prefetched relation `tags`, for refining it in a query.
        const recent: ::upfront::__private::expanded::PrefetchedField<Self, 1usize> = ::upfront::__private::expanded::PrefetchedRelation::new();
    }
    impl ::upfront::__private::expanded::Holds for BookPage {
        type Model = Book;
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::RelationPlace<0usize>,
    > for BookPage {
        type What = <Book as ::upfront::__private::expanded::RelationAt<
            0usize,
        >>::Relation;
        type Value = AuthorPage;
        fn loaded(&self) -> &AuthorPage {
            &self.author
        }
    }
    const _: () = {
        ::core::assert!(
            ::upfront::__private::expanded::check::joins_one:: < BookPage, 0usize > (),
            "`author` leads to any number of rows, and a join reads one\nhelp: load it with `prefetch`, into a `Vec`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::joins_no_pair:: < BookPage, 0usize >
            (),
            "`author` is joined, and a join reads one row\nhelp: rows of a through table are loaded by the `prefetch` of a `many_to_many`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::join_can_be_missing:: < BookPage,
            0usize > (), "`author` may lead to no row\nhelp: write `Option<AuthorPage>`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::join_can_be_shared:: < BookPage,
            0usize > (),
            "several rows may join the same row of `author`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `AuthorPage` prefetches"
        );
    };
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        ::core::assert!(
            ::upfront::__private::expanded::check::Asked:: < <
            ::upfront::__private::expanded::PrefetchedSpec < BookPage, 1usize > as
            ::upfront::__private::expanded::LoadSpec > ::Through, < < Book as
            ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation as
            ::upfront::__private::expanded::Relation > ::Through > ::IS_BETWEEN,
            "`Weight` is not a row of the table between, by which `tags` leads to its rows\nhelp: beside each child of a `many_to_many` stands a spec of the model of its through table: `Vec<(Child, Between)>`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::pairs_two_tables:: < BookPage, 1usize
            > (),
            "`tags` goes from a table to itself by way of itself, and its rows between cannot be loaded beside the others\nhelp: declare the rows between as a relation of their own, and prefetch that"
        );
        ::core::assert!(
            ! ::upfront::__private::expanded::check::prefetch_is_requested:: < BookPage,
            1usize > (),
            "`recent` is loaded in every load, and a `Requested` is for what a query can ask for\nhelp: make it optional: `#[load(prefetch, optional)]`, or in `load!` `optional prefetch`; or leave `Requested` out"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetches_as_many:: < BookPage,
            1usize > (),
            "`Vec<(TagName, Weight)>` does not fit `tags`\nhelp: a `has_many` or `many_to_many` is prefetched into a `Vec`, a `belongs_to` or `has_one` into a spec, an `Arc` of it, or an `Option` of either"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetch_can_be_missing:: < BookPage,
            1usize > (),
            "`tags` may lead to no row\nhelp: write `Option<(TagName, Weight)>`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetched_rows_can_be_shared:: <
            BookPage, 1usize > (),
            "several rows may share one row of `tags`, and each gets its own copy\nhelp: derive `Clone` for `(TagName, Weight)` and for what it prefetches, or load it with `join`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetched_many_can_be_shared:: <
            BookPage, 1usize > (),
            "several rows may share one row of `tags`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `(TagName, Weight)` prefetches"
        );
    };
    const _: () = {
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetches_many:: < BookPage, 1usize >
            (),
            "`tags` leads to one row at the most, and `order_by` is for many\nhelp: leave it out, or make it a `filter`"
        );
        ::core::assert!(
            ::upfront::__private::expanded::check::prefetches_many:: < BookPage, 1usize >
            (),
            "`tags` leads to one row at the most, and `limit` is for many\nhelp: leave it out, or make it a `filter`"
        );
    };
    const _: () = ::upfront::__private::expanded::check::filters::<
        ::upfront::__private::expanded::PrefetchedSpec<BookPage, 1usize>,
        <Book as ::upfront::__private::expanded::RelationAt<1usize>>::Relation,
        ::upfront::__private::expanded::dsl::And<
            ::upfront::__private::expanded::dsl::Ge<tags::added, NaiveDate>,
            ::upfront::__private::expanded::dsl::Gt<
                book_tags::weight,
                ::upfront::__private::expanded::dsl::IntOf<book_tags::weight>,
            >,
        >,
    >();
    const _: () = ::upfront::__private::expanded::check::orders::<
        ::upfront::__private::expanded::PrefetchedSpec<BookPage, 1usize>,
        <Book as ::upfront::__private::expanded::RelationAt<1usize>>::Relation,
        (tags::name, ::upfront::__private::expanded::dsl::Desc<tags::id>),
    >();
    const _: () = ::upfront::__private::expanded::check::annotates::<
        Book,
        ::upfront::__private::expanded::dsl::Default<
            ::upfront::__private::expanded::dsl::Sum<
                ::upfront::__private::expanded::dsl::Filter<
                    <Book as ::upfront::__private::expanded::RelationAt<
                        1usize,
                    >>::Relation,
                    ::upfront::__private::expanded::dsl::Ge<tags::added, NaiveDate>,
                >,
                <tags::uses as ::core::ops::Mul<
                    ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                >>::Output,
            >,
            ::upfront::__private::expanded::dsl::IntOf<
                ::upfront::__private::expanded::dsl::Sum<
                    ::upfront::__private::expanded::dsl::Filter<
                        <Book as ::upfront::__private::expanded::RelationAt<
                            1usize,
                        >>::Relation,
                        ::upfront::__private::expanded::dsl::Ge<tags::added, NaiveDate>,
                    >,
                    <tags::uses as ::core::ops::Mul<
                        ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                    >>::Output,
                >,
            >,
        >,
    >();
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        if !(::upfront::__private::expanded::check::Asked::<
            i64,
            ::upfront::__private::expanded::SqlTypeOf<
                ::upfront::__private::expanded::dsl::Default<
                    ::upfront::__private::expanded::dsl::Sum<
                        ::upfront::__private::expanded::dsl::Filter<
                            <Book as ::upfront::__private::expanded::RelationAt<
                                1usize,
                            >>::Relation,
                            ::upfront::__private::expanded::dsl::Ge<
                                tags::added,
                                NaiveDate,
                            >,
                        >,
                        <tags::uses as ::core::ops::Mul<
                            ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                        >>::Output,
                    >,
                    ::upfront::__private::expanded::dsl::IntOf<
                        ::upfront::__private::expanded::dsl::Sum<
                            ::upfront::__private::expanded::dsl::Filter<
                                <Book as ::upfront::__private::expanded::RelationAt<
                                    1usize,
                                >>::Relation,
                                ::upfront::__private::expanded::dsl::Ge<
                                    tags::added,
                                    NaiveDate,
                                >,
                            >,
                            <tags::uses as ::core::ops::Mul<
                                ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                            >>::Output,
                        >,
                    >,
                >,
            >,
        >::READS_ON_SQLITE
            || ::upfront::__private::expanded::check::Asked::<
                i64,
                ::upfront::__private::expanded::SqlTypeOf<
                    ::upfront::__private::expanded::dsl::Default<
                        ::upfront::__private::expanded::dsl::Sum<
                            ::upfront::__private::expanded::dsl::Filter<
                                <Book as ::upfront::__private::expanded::RelationAt<
                                    1usize,
                                >>::Relation,
                                ::upfront::__private::expanded::dsl::Ge<
                                    tags::added,
                                    NaiveDate,
                                >,
                            >,
                            <tags::uses as ::core::ops::Mul<
                                ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                            >>::Output,
                        >,
                        ::upfront::__private::expanded::dsl::IntOf<
                            ::upfront::__private::expanded::dsl::Sum<
                                ::upfront::__private::expanded::dsl::Filter<
                                    <Book as ::upfront::__private::expanded::RelationAt<
                                        1usize,
                                    >>::Relation,
                                    ::upfront::__private::expanded::dsl::Ge<
                                        tags::added,
                                        NaiveDate,
                                    >,
                                >,
                                <tags::uses as ::core::ops::Mul<
                                    ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                                >>::Output,
                            >,
                        >,
                    >,
                >,
            >::READS_ON_POSTGRES
            || ::upfront::__private::expanded::check::Asked::<
                i64,
                ::upfront::__private::expanded::SqlTypeOf<
                    ::upfront::__private::expanded::dsl::Default<
                        ::upfront::__private::expanded::dsl::Sum<
                            ::upfront::__private::expanded::dsl::Filter<
                                <Book as ::upfront::__private::expanded::RelationAt<
                                    1usize,
                                >>::Relation,
                                ::upfront::__private::expanded::dsl::Ge<
                                    tags::added,
                                    NaiveDate,
                                >,
                            >,
                            <tags::uses as ::core::ops::Mul<
                                ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                            >>::Output,
                        >,
                        ::upfront::__private::expanded::dsl::IntOf<
                            ::upfront::__private::expanded::dsl::Sum<
                                ::upfront::__private::expanded::dsl::Filter<
                                    <Book as ::upfront::__private::expanded::RelationAt<
                                        1usize,
                                    >>::Relation,
                                    ::upfront::__private::expanded::dsl::Ge<
                                        tags::added,
                                        NaiveDate,
                                    >,
                                >,
                                <tags::uses as ::core::ops::Mul<
                                    ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                                >>::Output,
                            >,
                        >,
                    >,
                >,
            >::READS_ON_MYSQL
            || ::upfront::__private::expanded::check::Asked::<
                i64,
                ::upfront::__private::expanded::SqlTypeOf<
                    ::upfront::__private::expanded::dsl::Default<
                        ::upfront::__private::expanded::dsl::Sum<
                            ::upfront::__private::expanded::dsl::Filter<
                                <Book as ::upfront::__private::expanded::RelationAt<
                                    1usize,
                                >>::Relation,
                                ::upfront::__private::expanded::dsl::Ge<
                                    tags::added,
                                    NaiveDate,
                                >,
                            >,
                            <tags::uses as ::core::ops::Mul<
                                ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                            >>::Output,
                        >,
                        ::upfront::__private::expanded::dsl::IntOf<
                            ::upfront::__private::expanded::dsl::Sum<
                                ::upfront::__private::expanded::dsl::Filter<
                                    <Book as ::upfront::__private::expanded::RelationAt<
                                        1usize,
                                    >>::Relation,
                                    ::upfront::__private::expanded::dsl::Ge<
                                        tags::added,
                                        NaiveDate,
                                    >,
                                >,
                                <tags::uses as ::core::ops::Mul<
                                    ::upfront::__private::expanded::dsl::IntOf<tags::uses>,
                                >>::Output,
                            >,
                        >,
                    >,
                >,
            >::READS_NOWHERE)
        {
            ::core::assert!(
                ! (::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < i64 >, ::upfront::__private::expanded::SqlTypeOf
                < ::upfront::__private::expanded::dsl::Default <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output >,
                ::upfront::__private::expanded::dsl::IntOf <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output > >
                > >> ::READS_ON_SQLITE || ::upfront::__private::expanded::check::Asked::
                < ::core::option::Option < i64 >,
                ::upfront::__private::expanded::SqlTypeOf <
                ::upfront::__private::expanded::dsl::Default <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output >,
                ::upfront::__private::expanded::dsl::IntOf <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output > >
                > >> ::READS_ON_POSTGRES ||
                ::upfront::__private::expanded::check::Asked:: < ::core::option::Option <
                i64 >, ::upfront::__private::expanded::SqlTypeOf <
                ::upfront::__private::expanded::dsl::Default <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output >,
                ::upfront::__private::expanded::dsl::IntOf <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output > >
                > >> ::READS_ON_MYSQL || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < i64 >, ::upfront::__private::expanded::SqlTypeOf
                < ::upfront::__private::expanded::dsl::Default <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output >,
                ::upfront::__private::expanded::dsl::IntOf <
                ::upfront::__private::expanded::dsl::Sum <
                ::upfront::__private::expanded::dsl::Filter < < Book as
                ::upfront::__private::expanded::RelationAt < 1usize >> ::Relation,
                ::upfront::__private::expanded::dsl::Ge < tags::added, NaiveDate > >, <
                tags::uses as ::core::ops::Mul <
                ::upfront::__private::expanded::dsl::IntOf < tags::uses > >> ::Output > >
                > >> ::READS_NOWHERE),
                "what is computed for `uses` can be `NULL`\nhelp: write `Option<i64>`, or give a default where there is none: `.default(..)`"
            );
            ::core::assert!(
                false,
                "what is computed for `uses` cannot be read into `i64`\nhelp: write the type that Diesel reads from it, in an `Option` where it can be `NULL`"
            );
        }
    };
    const _: () = ::upfront::__private::expanded::check::annotates::<
        Book,
        lower<books::title>,
    >();
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        if !(::upfront::__private::expanded::check::Asked::<
            String,
            ::upfront::__private::expanded::SqlTypeOf<lower<books::title>>,
        >::READS_ON_SQLITE
            || ::upfront::__private::expanded::check::Asked::<
                String,
                ::upfront::__private::expanded::SqlTypeOf<lower<books::title>>,
            >::READS_ON_POSTGRES
            || ::upfront::__private::expanded::check::Asked::<
                String,
                ::upfront::__private::expanded::SqlTypeOf<lower<books::title>>,
            >::READS_ON_MYSQL
            || ::upfront::__private::expanded::check::Asked::<
                String,
                ::upfront::__private::expanded::SqlTypeOf<lower<books::title>>,
            >::READS_NOWHERE)
        {
            ::core::assert!(
                ! (::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < lower < books::title > >>
                ::READS_ON_SQLITE || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < lower < books::title > >>
                ::READS_ON_POSTGRES || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < lower < books::title > >>
                ::READS_ON_MYSQL || ::upfront::__private::expanded::check::Asked:: <
                ::core::option::Option < String >,
                ::upfront::__private::expanded::SqlTypeOf < lower < books::title > >>
                ::READS_NOWHERE),
                "what is computed for `title` can be `NULL`\nhelp: write `Option<String>`, or give a default where there is none: `.default(..)`"
            );
            ::core::assert!(
                false,
                "what is computed for `title` cannot be read into `String`\nhelp: write the type that Diesel reads from it, in an `Option` where it can be `NULL`"
            );
        }
    };
};
