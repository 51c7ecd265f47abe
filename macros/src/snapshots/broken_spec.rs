#[allow(clippy::all, trivial_casts, trivial_numeric_casts, unused_qualifications)]
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::{
        BoolExpressionMethods as _, ExpressionMethods as _, IntoSql as _,
        NullableExpressionMethods as _, RelationDsl as _, TextExpressionMethods as _,
    };
    impl ::upfront::__private::expanded::LoadSpec for TagName {
        type Model = Tag;
        type Params = ();
        type Fields = (::upfront::__private::expanded::Broken<Self, String>,);
        type Through = ();
        const NAME: &'static ::core::primitive::str = "TagName";
        const QUERIES: ::core::primitive::usize = 1;
        fn build(
            (value_0,): <Self::Fields as ::upfront::__private::expanded::Fields>::Value,
        ) -> Self {
            Self { nmae: value_0 }
        }
    }
    #[allow(dead_code, non_upper_case_globals, unreachable_pub)]
    impl TagName {
        /// How many queries a load runs at the most: one, and one for each prefetch at any depth.
        pub const QUERIES: ::core::primitive::usize = <Self as ::upfront::__private::expanded::LoadSpec>::QUERIES;
        /// The query that loads this spec. Diesel's methods for queries, from `filter` to `load`, work on it.
        #[track_caller]
        pub fn query() -> ::upfront::__private::expanded::Query<Self> {
            ::upfront::__private::expanded::query(())
        }
    }
    impl ::upfront::__private::expanded::Holds for TagName {
        type Model = Tag;
    }
};
::core::compile_error! {
    "`nmae` is not a column of `Tag`\nhelp: did you mean `name`?\nhelp: the columns of `Tag` are `id`, `name`"
}
