fn query() {
    match (tags::id.ge(since), most, books::id + since) {
        (__given_0, __given_1, __given_2) => {
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBookAuthor_name = ::upfront::__private::expanded::ColumnPlace<
                {
                    ::upfront::__private::expanded::names::column::<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >("name")
                },
            >;
            #[allow(dead_code, unreachable_pub)]
            struct LoadedBookAuthor {
                pub name: <__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Value,
            }
            impl<'x> ::core::clone::Clone for LoadedBookAuthor
            where
                <__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Value: ::upfront::__private::expanded::CloneIf<'x>,
            {
                fn clone(&self) -> Self {
                    Self {
                        name: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.name,
                        ),
                    }
                }
            }
            impl<'x> ::core::cmp::PartialEq for LoadedBookAuthor
            where
                <__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Value: ::upfront::__private::expanded::EqIf<'x>,
            {
                fn eq(&self, other: &Self) -> ::core::primitive::bool {
                    ::upfront::__private::expanded::EqIf::eq_if(&self.name, &other.name)
                }
            }
            impl<'x> ::core::fmt::Debug for LoadedBookAuthor
            where
                <__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Value: ::upfront::__private::expanded::DebugIf<'x>,
            {
                fn fmt(
                    &self,
                    out: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    ::upfront::__private::expanded::show(
                        out,
                        "LoadedBookAuthor",
                        &[
                            (
                                "name",
                                ::upfront::__private::expanded::DebugIf::debug_if(
                                    &self.name,
                                ),
                            ),
                        ],
                    )
                }
            }
            #[allow(
                clippy::all,
                trivial_casts,
                trivial_numeric_casts,
                unused_qualifications
            )]
            const _: () = {
                #[allow(unused_imports)]
                use ::upfront::__private::expanded::{
                    BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
                    NullableExpressionMethods as _, RelationDsl as _,
                    TextExpressionMethods as _,
                };
                impl ::upfront::__private::expanded::ValueField<0usize>
                for LoadedBookAuthor {
                    type Place = __LoadedBookAuthor_name;
                    type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Read;
                    type Value = <__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Value;
                }
                impl ::upfront::__private::expanded::LoadSpec for LoadedBookAuthor {
                    type Model = <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child;
                    type Params = ();
                    type Fields = (::upfront::__private::expanded::Value<Self, 0usize>,);
                    type Through = ();
                    const NAME: &'static ::core::primitive::str = "load!(Book).author";
                    const QUERIES: ::core::primitive::usize = 1;
                    fn build(
                        (
                            value_0,
                        ): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
                    ) -> Self {
                        Self { name: value_0 }
                    }
                }
                impl ::upfront::__private::expanded::Holds for LoadedBookAuthor {
                    type Model = <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child;
                }
                impl ::upfront::__private::expanded::LoadsAt<
                    ::upfront::__private::expanded::ColumnPlace<
                        {
                            ::upfront::__private::expanded::names::column_or::<
                                <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                            >("name", 0usize)
                        },
                    >,
                > for LoadedBookAuthor {
                    type What = <__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Column;
                    type Value = <__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Value;
                    fn loaded(
                        &self,
                    ) -> &<__LoadedBookAuthor_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Value {
                        &self.name
                    }
                }
            };
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBookLabels_name = ::upfront::__private::expanded::ColumnPlace<
                {
                    ::upfront::__private::expanded::names::column::<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                    >("name")
                },
            >;
            #[allow(dead_code, unreachable_pub)]
            struct LoadedBookLabels {
                pub name: <__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Value,
            }
            impl<'x> ::core::clone::Clone for LoadedBookLabels
            where
                <__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Value: ::upfront::__private::expanded::CloneIf<'x>,
            {
                fn clone(&self) -> Self {
                    Self {
                        name: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.name,
                        ),
                    }
                }
            }
            impl<'x> ::core::cmp::PartialEq for LoadedBookLabels
            where
                <__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Value: ::upfront::__private::expanded::EqIf<'x>,
            {
                fn eq(&self, other: &Self) -> ::core::primitive::bool {
                    ::upfront::__private::expanded::EqIf::eq_if(&self.name, &other.name)
                }
            }
            impl<'x> ::core::fmt::Debug for LoadedBookLabels
            where
                <__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Value: ::upfront::__private::expanded::DebugIf<'x>,
            {
                fn fmt(
                    &self,
                    out: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    ::upfront::__private::expanded::show(
                        out,
                        "LoadedBookLabels",
                        &[
                            (
                                "name",
                                ::upfront::__private::expanded::DebugIf::debug_if(
                                    &self.name,
                                ),
                            ),
                        ],
                    )
                }
            }
            #[allow(
                clippy::all,
                trivial_casts,
                trivial_numeric_casts,
                unused_qualifications
            )]
            const _: () = {
                #[allow(unused_imports)]
                use ::upfront::__private::expanded::{
                    BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
                    NullableExpressionMethods as _, RelationDsl as _,
                    TextExpressionMethods as _,
                };
                impl ::upfront::__private::expanded::ValueField<0usize>
                for LoadedBookLabels {
                    type Place = __LoadedBookLabels_name;
                    type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                    >>::Read;
                    type Value = <__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                    >>::Value;
                }
                impl ::upfront::__private::expanded::LoadSpec for LoadedBookLabels {
                    type Model = <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child;
                    type Params = ();
                    type Fields = (::upfront::__private::expanded::Value<Self, 0usize>,);
                    type Through = ();
                    const NAME: &'static ::core::primitive::str = "load!(Book).labels";
                    const QUERIES: ::core::primitive::usize = 1;
                    fn build(
                        (
                            value_0,
                        ): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
                    ) -> Self {
                        Self { name: value_0 }
                    }
                }
                impl ::upfront::__private::expanded::Holds for LoadedBookLabels {
                    type Model = <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child;
                }
                impl ::upfront::__private::expanded::LoadsAt<
                    ::upfront::__private::expanded::ColumnPlace<
                        {
                            ::upfront::__private::expanded::names::column_or::<
                                <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                            >("name", 0usize)
                        },
                    >,
                > for LoadedBookLabels {
                    type What = <__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                    >>::Column;
                    type Value = <__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                    >>::Value;
                    fn loaded(
                        &self,
                    ) -> &<__LoadedBookLabels_name as ::upfront::__private::expanded::ColumnIn<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                    >>::Value {
                        &self.name
                    }
                }
            };
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBookModel = <::upfront::__private::expanded::Checked<
                Book,
                { ::upfront::__private::expanded::checked::model::<Book>() },
            > as ::upfront::__private::expanded::Is>::Itself;
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBook_name = ::upfront::__private::expanded::ColumnPlace<
                {
                    ::upfront::__private::expanded::names::column::<
                        __LoadedBookModel,
                    >("name")
                },
            >;
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBook_author = <__LoadedBookModel as ::upfront::__private::expanded::RelationAt<
                {
                    ::upfront::__private::expanded::names::relation::<
                        __LoadedBookModel,
                    >("author")
                },
            >>::Relation;
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBook_labels = <__LoadedBookModel as ::upfront::__private::expanded::RelationAt<
                {
                    ::upfront::__private::expanded::names::relation::<
                        __LoadedBookModel,
                    >("tags")
                },
            >>::Relation;
            #[allow(dead_code, unreachable_pub)]
            struct LoadedBook<Given2: ::upfront::__private::expanded::GivenValue> {
                pub name: <__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value,
                pub author: <LoadedBookAuthor as ::upfront::__private::expanded::JoinInto<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Rows,
                >,
                pub labels: <LoadedBookLabels as ::upfront::__private::expanded::PrefetchInto<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Rows,
                >,
                pub number: <Given2 as ::upfront::__private::expanded::Computes>::Value,
            }
            impl<
                'x,
                Given2: ::upfront::__private::expanded::GivenValue,
            > ::core::clone::Clone for LoadedBook<Given2>
            where
                <__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value: ::upfront::__private::expanded::CloneIf<'x>,
                <LoadedBookAuthor as ::upfront::__private::expanded::JoinInto<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Rows,
                >: ::upfront::__private::expanded::CloneIf<'x>,
                <LoadedBookLabels as ::upfront::__private::expanded::PrefetchInto<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Rows,
                >: ::upfront::__private::expanded::CloneIf<'x>,
                <Given2 as ::upfront::__private::expanded::Computes>::Value: ::upfront::__private::expanded::CloneIf<
                    'x,
                >,
            {
                fn clone(&self) -> Self {
                    Self {
                        name: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.name,
                        ),
                        author: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.author,
                        ),
                        labels: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.labels,
                        ),
                        number: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.number,
                        ),
                    }
                }
            }
            impl<
                'x,
                Given2: ::upfront::__private::expanded::GivenValue,
            > ::core::cmp::PartialEq for LoadedBook<Given2>
            where
                <__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value: ::upfront::__private::expanded::EqIf<'x>,
                <LoadedBookAuthor as ::upfront::__private::expanded::JoinInto<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Rows,
                >: ::upfront::__private::expanded::EqIf<'x>,
                <LoadedBookLabels as ::upfront::__private::expanded::PrefetchInto<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Rows,
                >: ::upfront::__private::expanded::EqIf<'x>,
                <Given2 as ::upfront::__private::expanded::Computes>::Value: ::upfront::__private::expanded::EqIf<
                    'x,
                >,
            {
                fn eq(&self, other: &Self) -> ::core::primitive::bool {
                    ::upfront::__private::expanded::EqIf::eq_if(&self.name, &other.name)
                        && ::upfront::__private::expanded::EqIf::eq_if(
                            &self.author,
                            &other.author,
                        )
                        && ::upfront::__private::expanded::EqIf::eq_if(
                            &self.labels,
                            &other.labels,
                        )
                        && ::upfront::__private::expanded::EqIf::eq_if(
                            &self.number,
                            &other.number,
                        )
                }
            }
            impl<
                'x,
                Given2: ::upfront::__private::expanded::GivenValue,
            > ::core::fmt::Debug for LoadedBook<Given2>
            where
                <__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value: ::upfront::__private::expanded::DebugIf<'x>,
                <LoadedBookAuthor as ::upfront::__private::expanded::JoinInto<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Rows,
                >: ::upfront::__private::expanded::DebugIf<'x>,
                <LoadedBookLabels as ::upfront::__private::expanded::PrefetchInto<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                >>::Of<
                    <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Rows,
                >: ::upfront::__private::expanded::DebugIf<'x>,
                <Given2 as ::upfront::__private::expanded::Computes>::Value: ::upfront::__private::expanded::DebugIf<
                    'x,
                >,
            {
                fn fmt(
                    &self,
                    out: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    ::upfront::__private::expanded::show(
                        out,
                        "LoadedBook",
                        &[
                            (
                                "name",
                                ::upfront::__private::expanded::DebugIf::debug_if(
                                    &self.name,
                                ),
                            ),
                            (
                                "author",
                                ::upfront::__private::expanded::DebugIf::debug_if(
                                    &self.author,
                                ),
                            ),
                            (
                                "labels",
                                ::upfront::__private::expanded::DebugIf::debug_if(
                                    &self.labels,
                                ),
                            ),
                            (
                                "number",
                                ::upfront::__private::expanded::DebugIf::debug_if(
                                    &self.number,
                                ),
                            ),
                        ],
                    )
                }
            }
            #[allow(
                clippy::all,
                trivial_casts,
                trivial_numeric_casts,
                unused_qualifications
            )]
            const _: () = {
                #[allow(unused_imports)]
                use ::upfront::__private::expanded::{
                    BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
                    NullableExpressionMethods as _, RelationDsl as _,
                    TextExpressionMethods as _,
                };
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::ValueField<0usize>
                for LoadedBook<Given2> {
                    type Place = __LoadedBook_name;
                    type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Read;
                    type Value = <__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Value;
                }
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::JoinField<1usize>
                for LoadedBook<Given2> {
                    const NAME: &'static ::core::primitive::str = "author";
                    type Place = ::upfront::__private::expanded::At<
                        1usize,
                        ::upfront::__private::expanded::Here,
                    >;
                    type Relation = __LoadedBook_author;
                    type Value = <LoadedBookAuthor as ::upfront::__private::expanded::JoinInto<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Of<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Rows,
                    >;
                    type Held = <Self::Value as ::upfront::__private::expanded::JoinInto<
                        <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
                    >>::Itself;
                    #[allow(unused_variables)]
                    fn params(
                        (__given_2,): &Self::Params,
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
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::PrefetchField<2usize>
                for LoadedBook<Given2> {
                    const NAME: &'static ::core::primitive::str = "labels";
                    type Place = ::upfront::__private::expanded::At<
                        2usize,
                        ::upfront::__private::expanded::Here,
                    >;
                    type Relation = __LoadedBook_labels;
                    type Value = <LoadedBookLabels as ::upfront::__private::expanded::PrefetchInto<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Child,
                    >>::Of<
                        <__LoadedBook_labels as ::upfront::__private::expanded::Relation>::Rows,
                    >;
                    type Held = <Self::Value as ::upfront::__private::expanded::PrefetchInto<
                        <Self::Relation as ::upfront::__private::expanded::Relation>::Child,
                    >>::Itself;
                    const COPIES: ::core::primitive::bool = {
                        #[allow(unused_imports)]
                        use ::upfront::__private::expanded::CannotCopy as _;
                        ::upfront::__private::expanded::Copies::<Self::Value>::COPY
                            .is_some()
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
                    fn children((__given_2,): &Self::Params) -> Self::Children {
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
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::ComputedField<3usize>
                for LoadedBook<Given2> {
                    const NAME: &'static ::core::primitive::str = "number";
                    type Expression = Given2;
                    type Read = <Given2 as ::upfront::__private::expanded::Computes>::Value;
                    type Value = <Given2 as ::upfront::__private::expanded::Computes>::Value;
                    #[allow(unused_variables)]
                    fn expression((__given_2,): &Self::Params) -> Self::Expression {
                        <Given2 as ::core::clone::Clone>::clone(&__given_2)
                    }
                }
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::LoadSpec for LoadedBook<Given2> {
                    type Model = __LoadedBookModel;
                    type Params = (Given2,);
                    type Fields = (
                        ::upfront::__private::expanded::Value<Self, 0usize>,
                        ::upfront::__private::expanded::Join<Self, 1usize>,
                        ::upfront::__private::expanded::Prefetch<Self, 2usize>,
                        ::upfront::__private::expanded::Computed<Self, 3usize>,
                    );
                    type Through = ();
                    const NAME: &'static ::core::primitive::str = "load!(Book)";
                    const QUERIES: ::core::primitive::usize = {
                        ::core::assert!(
                            ::upfront::__private::expanded::check::join_can_be_missing::
                            < Self, 1usize > (),
                            "`author` may lead to no row\nhelp: write `Option<LoadedBookAuthor>`"
                        );
                        ::core::assert!(
                            ::upfront::__private::expanded::check::join_can_be_shared:: <
                            Self, 1usize > (),
                            "several rows may join the same row of `author`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `LoadedBookAuthor` prefetches"
                        );
                        ::core::assert!(
                            ::upfront::__private::expanded::check::prefetches_as_many:: <
                            Self, 2usize > (),
                            "`LoadedBookLabels` does not fit `tags`\nhelp: a `has_many` or `many_to_many` is prefetched into a `Vec`, a `belongs_to` or `has_one` into a spec, an `Arc` of it, or an `Option` of either"
                        );
                        ::core::assert!(
                            ::upfront::__private::expanded::check::prefetch_can_be_missing::
                            < Self, 2usize > (),
                            "`tags` may lead to no row\nhelp: write `Option<LoadedBookLabels>`"
                        );
                        ::core::assert!(
                            ::upfront::__private::expanded::check::prefetched_rows_can_be_shared::
                            < Self, 2usize > (),
                            "several rows may share one row of `tags`, and each gets its own copy\nhelp: derive `Clone` for `LoadedBookLabels` and for what it prefetches, or load it with `join`"
                        );
                        ::core::assert!(
                            ::upfront::__private::expanded::check::prefetched_many_can_be_shared::
                            < Self, 2usize > (),
                            "several rows may share one row of `tags`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `LoadedBookLabels` prefetches"
                        );
                        1
                            + ::upfront::__private::expanded::check::queries_joined::<
                                Self,
                                1usize,
                            >()
                            + ::upfront::__private::expanded::check::queries_prefetched::<
                                Self,
                                2usize,
                            >()
                    };
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
                            number: value_3,
                        }
                    }
                }
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::Holds for LoadedBook<Given2> {
                    type Model = __LoadedBookModel;
                }
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::LoadsAt<
                    ::upfront::__private::expanded::ColumnPlace<
                        {
                            ::upfront::__private::expanded::names::column_or::<
                                __LoadedBookModel,
                            >("name", 0usize)
                        },
                    >,
                > for LoadedBook<Given2> {
                    type What = <__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Column;
                    type Value = <__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Value;
                    fn loaded(
                        &self,
                    ) -> &<__LoadedBook_name as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Value {
                        &self.name
                    }
                }
                impl<
                    Given2: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::LoadsAt<
                    ::upfront::__private::expanded::RelationPlace<
                        {
                            ::upfront::__private::expanded::names::relation_or::<
                                __LoadedBookModel,
                            >("author", 1usize)
                        },
                    >,
                > for LoadedBook<Given2> {
                    type What = __LoadedBook_author;
                    type Value = <LoadedBookAuthor as ::upfront::__private::expanded::JoinInto<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Of<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Rows,
                    >;
                    fn loaded(
                        &self,
                    ) -> &<LoadedBookAuthor as ::upfront::__private::expanded::JoinInto<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Child,
                    >>::Of<
                        <__LoadedBook_author as ::upfront::__private::expanded::Relation>::Rows,
                    > {
                        &self.author
                    }
                }
                const _: () = {
                    ::core::assert!(
                        ! < __LoadedBook_author as
                        ::upfront::__private::expanded::Relation > ::MANY,
                        "`author` leads to any number of rows, and a join reads one\nhelp: load it with `prefetch`, into a `Vec`"
                    );
                };
            };
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::QueryDsl as _;
            let query = ::upfront::__private::expanded::query::<
                LoadedBook<_>,
            >((__given_2,));
            let place = query.__prefetched::<2usize>();
            let query = query
                .prefetch(
                    place,
                    |query| {
                        let query = query.filter(__given_0).limit(__given_1);
                        query
                    },
                );
            query
        }
    }
}
