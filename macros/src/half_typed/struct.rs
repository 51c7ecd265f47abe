const _: () = {
    fn hints() {
        let _: Author;
        use upfront::__private::expanded::RelationDsl as _;
        &upfront::__private::expanded::row::<Author>().name;
        upfront::__private::expanded::names_of(
                upfront::__private::expanded::row::<Author>(),
            )
            .1
            .books
            .fil;
        &upfront::__private::expanded::row_of(
                &upfront::__private::expanded::names_of(
                        upfront::__private::expanded::row::<Author>(),
                    )
                    .0
                    .books,
            )
            .ti;
        &upfront::__private::expanded::row_of(
                &upfront::__private::expanded::names_of(
                        upfront::__private::expanded::row::<Author>(),
                    )
                    .0
                    .books,
            )
            .clone();
        &upfront::__private::expanded::row::<Author>().clone();
    }
};
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __PageBooks_ti = <<__Page_books as upfront::__private::expanded::Relation>::Child as upfront::__private::expanded::ColumnHint<
    632816253893524798u64,
>>::Place;
///What `books` of [`Page`] holds.
pub struct PageBooks {
    ///The column `ti`.
    pub ti: <__PageBooks_ti as upfront::__private::expanded::ColumnIn<
        <__Page_books as upfront::__private::expanded::Relation>::Child,
    >>::Value,
}
#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl upfront::__private::expanded::ValueField<0usize> for PageBooks {
        type Place = __PageBooks_ti;
        type Read = <Self::Place as upfront::__private::expanded::ColumnIn<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Read;
        type Value = <__PageBooks_ti as upfront::__private::expanded::ColumnIn<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Value;
    }
    impl upfront::__private::expanded::LoadSpec for PageBooks {
        type Model = <__Page_books as upfront::__private::expanded::Relation>::Child;
        type Params = ();
        type Fields = (upfront::__private::expanded::Value<Self, 0usize>,);
        type Through = ();
        const NAME: &'static ::core::primitive::str = "PageBooks";
        const QUERIES: ::core::primitive::usize = 1;
        fn build(
            (value_0,): <Self::Fields as upfront::__private::expanded::Fields>::Value,
        ) -> Self {
            Self { ti: value_0 }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl PageBooks {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query() -> upfront::__private::expanded::Query<Self> {
            upfront::__private::expanded::query(())
        }
    }
    impl upfront::__private::expanded::Holds for PageBooks {
        type Model = <__Page_books as upfront::__private::expanded::Relation>::Child;
    }
    impl upfront::__private::expanded::LoadsAt<
        upfront::__private::expanded::ColumnPlace<
            {
                upfront::__private::expanded::names::column_or::<
                    <__Page_books as upfront::__private::expanded::Relation>::Child,
                >("ti", 0usize)
            },
        >,
    > for PageBooks {
        type What = <__PageBooks_ti as upfront::__private::expanded::ColumnIn<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Column;
        type Value = <__PageBooks_ti as upfront::__private::expanded::ColumnIn<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Value;
        fn loaded(
            &self,
        ) -> &<__PageBooks_ti as upfront::__private::expanded::ColumnIn<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Value {
            &self.ti
        }
    }
};
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __PageModel = Author;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __Page_name = <__PageModel as upfront::__private::expanded::ColumnHint<
    14176396743819860870u64,
>>::Place;
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code)]
type __Page_books = <__PageModel as upfront::__private::expanded::RelationHint<
    6359938861033765521u64,
>>::Relation;
///What is loaded of [`Author`].
pub struct Page {
    ///The column `name`.
    pub name: <__Page_name as upfront::__private::expanded::ColumnIn<
        __PageModel,
    >>::Value,
    ///The relation `books`, prefetched.
    pub books: <PageBooks as upfront::__private::expanded::PrefetchInto<
        <__Page_books as upfront::__private::expanded::Relation>::Child,
    >>::Of<<__Page_books as upfront::__private::expanded::Relation>::Rows>,
}
#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl upfront::__private::expanded::ValueField<0usize> for Page {
        type Place = __Page_name;
        type Read = <Self::Place as upfront::__private::expanded::ColumnIn<
            __PageModel,
        >>::Read;
        type Value = <__Page_name as upfront::__private::expanded::ColumnIn<
            __PageModel,
        >>::Value;
    }
    impl upfront::__private::expanded::PrefetchField<1usize> for Page {
        const NAME: &'static ::core::primitive::str = "books";
        type Place = upfront::__private::expanded::At<
            1usize,
            upfront::__private::expanded::Here,
        >;
        type Relation = __Page_books;
        type Value = <PageBooks as upfront::__private::expanded::PrefetchInto<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Of<<__Page_books as upfront::__private::expanded::Relation>::Rows>;
        type Held = <Self::Value as upfront::__private::expanded::PrefetchInto<
            <Self::Relation as upfront::__private::expanded::Relation>::Child,
        >>::Itself;
        const COPIES: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use upfront::__private::expanded::CannotCopy as _;
            upfront::__private::expanded::Copies::<Self::Value>::COPY.is_some()
        };
        type Children = upfront::__private::expanded::DeclaredChildren<
            upfront::__private::expanded::PrefetchedSpec<Self, 1usize>,
            Self::Relation,
            upfront::__private::expanded::NoFilter,
            upfront::__private::expanded::NoOrder,
            upfront::__private::expanded::Unlimited,
        >;
        fn copy() -> ::core::option::Option<
            fn(
                &upfront::__private::expanded::PrefetchedCopy<Self, 1usize>,
            ) -> upfront::__private::expanded::PrefetchedCopy<Self, 1usize>,
        > {
            #[allow(unused_imports)]
            use upfront::__private::expanded::CannotCopy as _;
            upfront::__private::expanded::Copies::<
                upfront::__private::expanded::PrefetchedCopy<Self, 1usize>,
            >::COPY
        }
        #[allow(unused_variables)]
        fn children((): &Self::Params) -> Self::Children {
            upfront::__private::expanded::declare(
                <upfront::__private::expanded::PrefetchedSpec<
                    Self,
                    1usize,
                > as upfront::__private::expanded::WithoutParams>::no_params(),
                upfront::__private::expanded::NoFilter,
                upfront::__private::expanded::NoOrder,
                upfront::__private::expanded::Unlimited,
            )
        }
    }
    impl upfront::__private::expanded::LoadSpec for Page {
        type Model = __PageModel;
        type Params = ();
        type Fields = (
            upfront::__private::expanded::Value<Self, 0usize>,
            upfront::__private::expanded::Prefetch<Self, 1usize>,
        );
        type Through = ();
        const NAME: &'static ::core::primitive::str = "Page";
        const QUERIES: ::core::primitive::usize = 1
            + upfront::__private::expanded::check::queries_prefetched::<Self, 1usize>();
        fn build(
            (
                value_0,
                value_1,
            ): <Self::Fields as upfront::__private::expanded::Fields>::Value,
        ) -> Self {
            Self {
                name: value_0,
                books: value_1,
            }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl Page {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query() -> upfront::__private::expanded::Query<Self> {
            upfront::__private::expanded::query(())
        }
        ///The prefetched relation `books`, for refining it in a query.
        pub const books: upfront::__private::expanded::PrefetchedField<Self, 1usize> = upfront::__private::expanded::PrefetchedRelation::new();
    }
    impl upfront::__private::expanded::Holds for Page {
        type Model = __PageModel;
    }
    impl upfront::__private::expanded::LoadsAt<
        upfront::__private::expanded::ColumnPlace<
            {
                upfront::__private::expanded::names::column_or::<
                    __PageModel,
                >("name", 0usize)
            },
        >,
    > for Page {
        type What = <__Page_name as upfront::__private::expanded::ColumnIn<
            __PageModel,
        >>::Column;
        type Value = <__Page_name as upfront::__private::expanded::ColumnIn<
            __PageModel,
        >>::Value;
        fn loaded(
            &self,
        ) -> &<__Page_name as upfront::__private::expanded::ColumnIn<
            __PageModel,
        >>::Value {
            &self.name
        }
    }
    impl upfront::__private::expanded::LoadsAt<
        upfront::__private::expanded::RelationPlace<
            {
                upfront::__private::expanded::names::relation_or::<
                    __PageModel,
                >("books", 1usize)
            },
        >,
    > for Page {
        type What = __Page_books;
        type Value = <PageBooks as upfront::__private::expanded::PrefetchInto<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Of<<__Page_books as upfront::__private::expanded::Relation>::Rows>;
        fn loaded(
            &self,
        ) -> &<PageBooks as upfront::__private::expanded::PrefetchInto<
            <__Page_books as upfront::__private::expanded::Relation>::Child,
        >>::Of<<__Page_books as upfront::__private::expanded::Relation>::Rows> {
            &self.books
        }
    }
    const _: () = {
        ::core::assert!(
            ! upfront::__private::expanded::check::prefetch_is_requested:: < Page, 1usize
            > (),
            "`books` is loaded in every load, and a `Requested` is for what a query can ask for\nhelp: make it optional: `#[load(prefetch, optional)]`, or in `load!` `optional prefetch`; or leave `Requested` out"
        );
        ::core::assert!(
            upfront::__private::expanded::check::prefetches_as_many:: < Page, 1usize >
            (),
            "`PageBooks` does not fit `books`\nhelp: a `has_many` or `many_to_many` is prefetched into a `Vec`, a `belongs_to` or `has_one` into a spec, an `Arc` of it, or an `Option` of either"
        );
        ::core::assert!(
            upfront::__private::expanded::check::prefetch_can_be_missing:: < Page, 1usize
            > (), "`books` may lead to no row\nhelp: write `Option<PageBooks>`"
        );
        ::core::assert!(
            upfront::__private::expanded::check::prefetched_rows_can_be_shared:: < Page,
            1usize > (),
            "several rows may share one row of `books`, and each gets its own copy\nhelp: derive `Clone` for `PageBooks` and for what it prefetches, or load it with `join`"
        );
        ::core::assert!(
            upfront::__private::expanded::check::prefetched_many_can_be_shared:: < Page,
            1usize > (),
            "several rows may share one row of `books`, and each gets its own copy of what is prefetched below\nhelp: derive `Clone` for the specs that `PageBooks` prefetches"
        );
    };
    const _: () = {};
};
::core::compile_error! {
    "this is not a relation\nhelp: write `prefetch books.filter(..).limit(5) as recent { title }`"
}
