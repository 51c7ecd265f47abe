fn query() {
    match (books::id + since,) {
        (__given_0,) => {
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBookModel = <::upfront::__private::expanded::Checked<
                Book,
                { ::upfront::__private::expanded::checked::model::<Book>() },
            > as ::upfront::__private::expanded::Is>::Itself;
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code)]
            type __LoadedBook_title = ::upfront::__private::expanded::ColumnPlace<
                {
                    ::upfront::__private::expanded::names::column::<
                        __LoadedBookModel,
                    >("title")
                },
            >;
            #[allow(unreachable_pub)]
            struct LoadedBook<Given0: ::upfront::__private::expanded::GivenValue> {
                pub title: <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value,
                pub number: <Given0 as ::upfront::__private::expanded::Computes>::Value,
            }
            #[automatically_derived]
            impl<
                'x,
                Given0: ::upfront::__private::expanded::GivenValue,
            > ::core::clone::Clone for LoadedBook<Given0>
            where
                <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value: ::upfront::__private::expanded::CloneIf<'x>,
                <Given0 as ::upfront::__private::expanded::Computes>::Value: ::upfront::__private::expanded::CloneIf<
                    'x,
                >,
            {
                fn clone(&self) -> Self {
                    Self {
                        title: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.title,
                        ),
                        number: ::upfront::__private::expanded::CloneIf::clone_if(
                            &self.number,
                        ),
                    }
                }
            }
            impl<
                'x,
                Given0: ::upfront::__private::expanded::GivenValue,
            > ::core::cmp::PartialEq for LoadedBook<Given0>
            where
                <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value: ::upfront::__private::expanded::EqIf<'x>,
                <Given0 as ::upfront::__private::expanded::Computes>::Value: ::upfront::__private::expanded::EqIf<
                    'x,
                >,
            {
                fn eq(&self, other: &Self) -> ::core::primitive::bool {
                    let (this, other) = (
                        ::upfront::__private::expanded::FieldRefs::refs(self),
                        ::upfront::__private::expanded::FieldRefs::refs(other),
                    );
                    ::upfront::__private::expanded::EqIf::eq_if(this.0, other.0)
                        && ::upfront::__private::expanded::EqIf::eq_if(this.1, other.1)
                }
            }
            #[automatically_derived]
            impl<
                'x,
                Given0: ::upfront::__private::expanded::GivenValue,
            > ::core::fmt::Debug for LoadedBook<Given0>
            where
                <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                    __LoadedBookModel,
                >>::Value: ::upfront::__private::expanded::DebugIf<'x>,
                <Given0 as ::upfront::__private::expanded::Computes>::Value: ::upfront::__private::expanded::DebugIf<
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
                                "title",
                                ::upfront::__private::expanded::DebugIf::debug_if(
                                    &self.title,
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
                    Given0: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::ValueField<0usize>
                for LoadedBook<Given0> {
                    type Place = __LoadedBook_title;
                    type Read = <Self::Place as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Read;
                    type Value = <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Value;
                }
                impl<
                    Given0: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::ComputedField<1usize>
                for LoadedBook<Given0> {
                    const NAME: &'static ::core::primitive::str = "number";
                    type Expression = Given0;
                    type Read = <Given0 as ::upfront::__private::expanded::Computes>::Value;
                    type Value = <Given0 as ::upfront::__private::expanded::Computes>::Value;
                    #[allow(unused_variables)]
                    fn expression((__given_0,): &Self::Params) -> Self::Expression {
                        <Given0 as ::core::clone::Clone>::clone(&__given_0)
                    }
                }
                impl<
                    Given0: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::LoadSpec for LoadedBook<Given0> {
                    type Model = __LoadedBookModel;
                    type Params = (Given0,);
                    type Fields = (
                        ::upfront::__private::expanded::Value<Self, 0usize>,
                        ::upfront::__private::expanded::Computed<Self, 1usize>,
                    );
                    type Through = ();
                    const NAME: &'static ::core::primitive::str = "load!(Book)";
                    const QUERIES: ::core::primitive::usize = 1;
                    fn build(
                        (
                            value_0,
                            value_1,
                        ): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
                    ) -> Self {
                        Self {
                            title: value_0,
                            number: value_1,
                        }
                    }
                }
                impl<
                    Given0: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::Holds for LoadedBook<Given0> {
                    type Model = __LoadedBookModel;
                }
                impl<
                    Given0: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::FieldRefs for LoadedBook<Given0> {
                    type Refs<'row> = (
                        &'row <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                            __LoadedBookModel,
                        >>::Value,
                        &'row <Given0 as ::upfront::__private::expanded::Computes>::Value,
                    );
                    fn refs(&self) -> Self::Refs<'_> {
                        #[allow(dead_code)]
                        struct __Reading<
                            'row,
                            S: ::upfront::__private::expanded::FieldRefs,
                        >(
                            &'row S,
                            ::core::option::Option<S::Refs<'row>>,
                        );
                        #[automatically_derived]
                        impl<
                            'row,
                            Given0: ::upfront::__private::expanded::GivenValue,
                        > ::core::clone::Clone for __Reading<'row, LoadedBook<Given0>> {
                            fn clone(&self) -> Self {
                                Self(
                                    self.0,
                                    ::core::option::Option::Some((
                                        &self.0.title,
                                        &self.0.number,
                                    )),
                                )
                            }
                        }
                        let read = ::core::clone::Clone::clone(
                            &__Reading(self, ::core::option::Option::None),
                        );
                        ::core::option::Option::unwrap(read.1)
                    }
                }
                impl<
                    Given0: ::upfront::__private::expanded::GivenValue,
                > ::upfront::__private::expanded::LoadsAt<
                    ::upfront::__private::expanded::ColumnPlace<
                        {
                            ::upfront::__private::expanded::names::column_or::<
                                __LoadedBookModel,
                            >("title", 0usize)
                        },
                    >,
                > for LoadedBook<Given0> {
                    type What = <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Column;
                    type Value = <__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Value;
                    fn loaded(
                        &self,
                    ) -> &<__LoadedBook_title as ::upfront::__private::expanded::ColumnIn<
                        __LoadedBookModel,
                    >>::Value {
                        ::upfront::__private::expanded::FieldRefs::refs(self).0
                    }
                }
            };
            #[allow(unused_imports)]
            use ::upfront::__private::expanded::QueryDsl as _;
            let query = ::upfront::__private::expanded::query::<
                LoadedBook<_>,
            >((__given_0,));
            query
        }
    }
}
