#[doc(hidden)]
#[allow(unused_macros)]
macro_rules! __upfront_Book_f1c73880f16907bc {
    ({ $($callback:tt)* } $($spec:tt)*) => {
        $($callback)* ! { [id id name title author_id author_id] [author reviews tags]
        $($spec)* }
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __upfront_Book_f1c73880f16907bc as Book;
///The relations of [`Book`], and what was loaded of it by name.
#[allow(non_camel_case_types, unreachable_pub)]
pub(crate) mod book {
    ///`Book` belongs to one `Author`, by `books.author_id`.
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
    )]
    pub(crate) struct author;
    ///`Book` has many `Review`.
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
    )]
    pub(crate) struct reviews;
    ///`Book` has many `Tag`, through `book_tags`: `books.id` is `book_tags.book_id`, and `book_tags.tag_id` is the primary key of `Tag`.
    #[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
    )]
    pub(crate) struct tags;
    ///What was loaded of `Book`, by name: import it by `use book::Loaded as _;`.
    #[allow(dead_code, non_snake_case, clippy::all, clippy::pedantic)]
    pub(crate) trait Loaded {
        ///The column `books.id`, where it was loaded.
        fn id<V: ?::core::marker::Sized>(&self) -> &V
        where
            Self: Loads_id<V>,
        {
            <Self as LoadsColumn<0usize, V>>::loaded(self)
        }
        ///The column `books.title`, where it was loaded.
        fn name<V: ?::core::marker::Sized>(&self) -> &V
        where
            Self: Loads_name<V>,
        {
            <Self as LoadsColumn<1usize, V>>::loaded(self)
        }
        ///The column `books.author_id`, where it was loaded.
        fn author_id<V: ?::core::marker::Sized>(&self) -> &V
        where
            Self: Loads_author_id<V>,
        {
            <Self as LoadsColumn<2usize, V>>::loaded(self)
        }
        ///The relation `author`, where the whole of it was loaded.
        fn author<V: ?::core::marker::Sized>(&self) -> &V
        where
            Self: Loads_author<V>,
        {
            <Self as LoadsRelation<0usize, V>>::loaded(self)
        }
        ///The relation `reviews`, where the whole of it was loaded.
        fn reviews<V: ?::core::marker::Sized>(&self) -> &V
        where
            Self: Loads_reviews<V>,
        {
            <Self as LoadsRelation<1usize, V>>::loaded(self)
        }
        ///The relation `tags`, where the whole of it was loaded.
        fn tags<V: ?::core::marker::Sized>(&self) -> &V
        where
            Self: Loads_tags<V>,
        {
            <Self as LoadsRelation<2usize, V>>::loaded(self)
        }
    }
    #[doc(hidden)]
    #[diagnostic::on_unimplemented(
        message = "`{Self}` does not load `id`",
        label = "`id` is not loaded",
        note = "add this line to `{Self}`: `id: i32,`",
        note = "a function for any spec that loads it asks for `Loads<books::id>`"
    )]
    pub(crate) trait Loads_id<V: ?::core::marker::Sized>: LoadsColumn<0usize, V> {}
    #[diagnostic::do_not_recommend]
    impl<T: LoadsColumn<0usize, V>, V: ?::core::marker::Sized> Loads_id<V> for T {}
    #[doc(hidden)]
    #[diagnostic::on_unimplemented(
        message = "`{Self}` does not load `name`",
        label = "`name` is not loaded",
        note = "add this line to `{Self}`: `name: String,`",
        note = "a function for any spec that loads it asks for `Loads<books::title>`"
    )]
    pub(crate) trait Loads_name<V: ?::core::marker::Sized>: LoadsColumn<1usize, V> {}
    #[diagnostic::do_not_recommend]
    impl<T: LoadsColumn<1usize, V>, V: ?::core::marker::Sized> Loads_name<V> for T {}
    #[doc(hidden)]
    #[diagnostic::on_unimplemented(
        message = "`{Self}` does not load `author_id`",
        label = "`author_id` is not loaded",
        note = "add this line to `{Self}`: `author_id: i32,`",
        note = "a function for any spec that loads it asks for `Loads<books::author_id>`"
    )]
    pub(crate) trait Loads_author_id<V: ?::core::marker::Sized>: LoadsColumn<2usize, V> {}
    #[diagnostic::do_not_recommend]
    impl<T: LoadsColumn<2usize, V>, V: ?::core::marker::Sized> Loads_author_id<V> for T {}
    #[doc(hidden)]
    #[diagnostic::on_unimplemented(
        message = "`{Self}` does not load `author`",
        label = "`author` is not loaded",
        note = "add this line to `{Self}`: `#[load(join)] author: ..,` where `..` is a spec of `Author`",
        note = "only a spec of `Book` loads it, and only without `filter`, `limit`, `offset` and `distinct`",
        note = "a function for any spec that loads it asks for `Loads<book::author>`"
    )]
    pub(crate) trait Loads_author<V: ?::core::marker::Sized>: LoadsRelation<0usize, V> {}
    #[diagnostic::do_not_recommend]
    impl<T: LoadsRelation<0usize, V>, V: ?::core::marker::Sized> Loads_author<V> for T {}
    #[doc(hidden)]
    #[diagnostic::on_unimplemented(
        message = "`{Self}` does not load `reviews`, or not the whole of it",
        label = "`reviews` is not loaded",
        note = "add this line to `{Self}`: `#[load(prefetch)] reviews: Vec<..>,` where `..` is a spec of `Review`",
        note = "only a spec of `Book` loads it, and only without `filter`, `limit`, `offset` and `distinct`",
        note = "a function for any spec that loads it asks for `Loads<book::reviews>`"
    )]
    pub(crate) trait Loads_reviews<V: ?::core::marker::Sized>: LoadsRelation<1usize, V> {}
    #[diagnostic::do_not_recommend]
    impl<T: LoadsRelation<1usize, V>, V: ?::core::marker::Sized> Loads_reviews<V> for T {}
    #[doc(hidden)]
    #[diagnostic::on_unimplemented(
        message = "`{Self}` does not load `tags`, or not the whole of it",
        label = "`tags` is not loaded",
        note = "add this line to `{Self}`: `#[load(prefetch)] tags: Vec<..>,` where `..` is a spec of `Tag`",
        note = "only a spec of `Book` loads it, and only without `filter`, `limit`, `offset` and `distinct`",
        note = "a function for any spec that loads it asks for `Loads<book::tags>`"
    )]
    pub(crate) trait Loads_tags<V: ?::core::marker::Sized>: LoadsRelation<2usize, V> {}
    #[diagnostic::do_not_recommend]
    impl<T: LoadsRelation<2usize, V>, V: ?::core::marker::Sized> Loads_tags<V> for T {}
    #[doc(hidden)]
    pub(crate) trait LoadsColumn<
        const N: ::core::primitive::usize,
        V: ?::core::marker::Sized,
    > {
        fn loaded(&self) -> &V;
    }
    #[doc(hidden)]
    pub(crate) trait LoadsRelation<
        const N: ::core::primitive::usize,
        V: ?::core::marker::Sized,
    > {
        fn loaded(&self) -> &V;
    }
}
#[allow(clippy::all, unused_qualifications)]
const _: () = {
    impl ::upfront::__private::expanded::Model for Book {
        type Itself = Self;
        type Table = books::table;
        type PrimaryKey = (books::id,);
        const TABLE: &'static ::core::primitive::str = "books";
        const NAMES: ::upfront::__private::expanded::Names = ::upfront::__private::expanded::Names {
            model: "Book",
            fields: &["id", "name", "author_id"],
            columns: &["id", "title", "author_id"],
            relations: &["author", "reviews", "tags"],
        };
    }
    impl ::upfront::__private::expanded::ColumnAt<0usize> for Book {
        type Column = books::id;
        type Read = i32;
        type Value = i32;
    }
    impl ::upfront::__private::expanded::MemberOf<Book> for books::id {
        type At = ::upfront::__private::expanded::ColumnPlace<0usize>;
    }
    impl ::upfront::__private::expanded::ColumnAt<1usize> for Book {
        type Column = books::title;
        type Read = String;
        type Value = String;
    }
    impl ::upfront::__private::expanded::MemberOf<Book> for books::title {
        type At = ::upfront::__private::expanded::ColumnPlace<1usize>;
    }
    impl ::upfront::__private::expanded::ColumnAt<2usize> for Book {
        type Column = books::author_id;
        type Read = i32;
        type Value = i32;
    }
    impl ::upfront::__private::expanded::MemberOf<Book> for books::author_id {
        type At = ::upfront::__private::expanded::ColumnPlace<2usize>;
    }
    impl ::upfront::__private::expanded::Holds for Book {
        type Model = Self;
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<0usize>,
    > for Book {
        type What = books::id;
        type Value = i32;
        fn loaded(&self) -> &i32 {
            &self.id
        }
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<1usize>,
    > for Book {
        type What = books::title;
        type Value = String;
        fn loaded(&self) -> &String {
            &self.name
        }
    }
    impl ::upfront::__private::expanded::LoadsAt<
        ::upfront::__private::expanded::ColumnPlace<2usize>,
    > for Book {
        type What = books::author_id;
        type Value = i32;
        fn loaded(&self) -> &i32 {
            &self.author_id
        }
    }
    impl ::upfront::__private::expanded::Relation for book::author {
        type Parent = Book;
        type Child = <Author as ::upfront::__private::expanded::Model>::Itself;
        const NAME: &'static ::core::primitive::str = "author";
        type Leads = ::upfront::__private::expanded::ToOne;
        type Rows = ::upfront::__private::expanded::One<
            {
                !<(
                    books::author_id,
                ) as ::upfront::__private::expanded::KeyColumns>::NULLABLE
            },
        >;
        const SHARED: ::core::primitive::bool = true;
        const KEY_SHARED: ::core::primitive::bool = true;
        type Key = (books::author_id,);
        type MatchedBy = <Author as ::upfront::__private::expanded::Model>::PrimaryKey;
        type Through = ::upfront::__private::expanded::Direct;
    }
    impl ::upfront::__private::expanded::RelationAt<0usize> for Book {
        type Relation = book::author;
    }
    impl ::upfront::__private::expanded::MemberOf<Book> for book::author {
        type At = ::upfront::__private::expanded::RelationPlace<0usize>;
    }
    impl<E> ::upfront::__private::expanded::FilterDsl<E> for book::author {
        type Output = ::upfront::__private::expanded::Filtered<
            Self,
            ::upfront::__private::expanded::And<
                ::upfront::__private::expanded::NoFilter,
                E,
            >,
        >;
        fn filter(self, condition: E) -> Self::Output {
            ::upfront::__private::expanded::filtered(condition)
        }
    }
    impl ::upfront::__private::expanded::SelectDsl<
        ::upfront::__private::expanded::dsl::count_star,
    > for book::author {
        type Output = ::upfront::__private::expanded::Counted<Self>;
        fn select(
            self,
            _: ::upfront::__private::expanded::dsl::count_star,
        ) -> Self::Output {
            ::upfront::__private::expanded::RelationDsl::count(self)
        }
    }
    impl ::upfront::__private::expanded::ReferredBy<Book> for Author {
        type ForeignKey = (books::author_id,);
        type References = <Author as ::upfront::__private::expanded::Model>::PrimaryKey;
    }
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        if ::upfront::__private::expanded::check::Asked::<
            (books::author_id,),
            <Author as ::upfront::__private::expanded::Model>::PrimaryKey,
        >::ARE_KEYS {
            ::core::assert!(
                ::upfront::__private::expanded::check::Asked:: < (books::author_id,), <
                Author as ::upfront::__private::expanded::Model > ::PrimaryKey >
                ::SAME_LENGTH,
                "`author` compares `books.author_id` with the primary key of `Author`, which do not have the same number of columns\nhelp: name as many columns as the other end has: `(table::one, table::two)`"
            );
            ::core::assert!(
                ::upfront::__private::expanded::check::Asked:: < (books::author_id,), <
                Author as ::upfront::__private::expanded::Model > ::PrimaryKey >
                ::SAME_TYPES,
                "`author` compares `books.author_id` with the primary key of `Author`, which do not have the same SQL type\nhelp: both ends of a key have the same SQL type, but for `Nullable`"
            );
        }
    };
    impl ::upfront::__private::expanded::Relation for book::reviews {
        type Parent = Book;
        type Child = <Review as ::upfront::__private::expanded::Model>::Itself;
        const NAME: &'static ::core::primitive::str = "reviews";
        type Leads = ::upfront::__private::expanded::ToMany;
        type Rows = ::upfront::__private::expanded::Many;
        const SHARED: ::core::primitive::bool = false;
        const KEY_SHARED: ::core::primitive::bool = false;
        type Key = <Book as ::upfront::__private::expanded::ReferredBy<
            Review,
        >>::References;
        type MatchedBy = <Book as ::upfront::__private::expanded::ReferredBy<
            Review,
        >>::ForeignKey;
        type Through = ::upfront::__private::expanded::Direct;
    }
    impl ::upfront::__private::expanded::RelationAt<1usize> for Book {
        type Relation = book::reviews;
    }
    impl ::upfront::__private::expanded::MemberOf<Book> for book::reviews {
        type At = ::upfront::__private::expanded::RelationPlace<1usize>;
    }
    impl<E> ::upfront::__private::expanded::FilterDsl<E> for book::reviews {
        type Output = ::upfront::__private::expanded::Filtered<
            Self,
            ::upfront::__private::expanded::And<
                ::upfront::__private::expanded::NoFilter,
                E,
            >,
        >;
        fn filter(self, condition: E) -> Self::Output {
            ::upfront::__private::expanded::filtered(condition)
        }
    }
    impl ::upfront::__private::expanded::SelectDsl<
        ::upfront::__private::expanded::dsl::count_star,
    > for book::reviews {
        type Output = ::upfront::__private::expanded::Counted<Self>;
        fn select(
            self,
            _: ::upfront::__private::expanded::dsl::count_star,
        ) -> Self::Output {
            ::upfront::__private::expanded::RelationDsl::count(self)
        }
    }
    impl ::upfront::__private::expanded::Relation for book::tags {
        type Parent = Book;
        type Child = <Tag as ::upfront::__private::expanded::Model>::Itself;
        const NAME: &'static ::core::primitive::str = "tags";
        type Leads = ::upfront::__private::expanded::ToMany;
        type Rows = ::upfront::__private::expanded::Many;
        const SHARED: ::core::primitive::bool = true;
        const KEY_SHARED: ::core::primitive::bool = false;
        type Key = (books::id,);
        type MatchedBy = (book_tags::book_id,);
        type Through = ::upfront::__private::expanded::ByTable<Self>;
    }
    impl ::upfront::__private::expanded::RelationAt<2usize> for Book {
        type Relation = book::tags;
    }
    impl ::upfront::__private::expanded::MemberOf<Book> for book::tags {
        type At = ::upfront::__private::expanded::RelationPlace<2usize>;
    }
    impl<E> ::upfront::__private::expanded::FilterDsl<E> for book::tags {
        type Output = ::upfront::__private::expanded::Filtered<
            Self,
            ::upfront::__private::expanded::And<
                ::upfront::__private::expanded::NoFilter,
                E,
            >,
        >;
        fn filter(self, condition: E) -> Self::Output {
            ::upfront::__private::expanded::filtered(condition)
        }
    }
    impl ::upfront::__private::expanded::SelectDsl<
        ::upfront::__private::expanded::dsl::count_star,
    > for book::tags {
        type Output = ::upfront::__private::expanded::Counted<Self>;
        fn select(
            self,
            _: ::upfront::__private::expanded::dsl::count_star,
        ) -> Self::Output {
            ::upfront::__private::expanded::RelationDsl::count(self)
        }
    }
    impl ::upfront::__private::expanded::Junction for book::tags {
        const TABLE: &'static ::core::primitive::str = "book_tags";
        const TARGET_KEY: &'static [&'static ::core::primitive::str] = <(
            book_tags::tag_id,
        ) as ::upfront::__private::expanded::KeyColumns>::NAMES;
        const CHILD_KEY: &'static [&'static ::core::primitive::str] = <<Tag as ::upfront::__private::expanded::Model>::PrimaryKey as ::upfront::__private::expanded::KeyColumns>::NAMES;
        type Table = book_tags::table;
    }
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        if ::upfront::__private::expanded::check::Asked::<
            (books::id,),
            (book_tags::book_id,),
        >::ARE_KEYS {
            ::core::assert!(
                ::upfront::__private::expanded::check::Asked:: < (books::id,),
                (book_tags::book_id,) > ::SAME_LENGTH,
                "`tags` compares `books.id` with `book_tags.book_id`, which do not have the same number of columns\nhelp: name as many columns as the other end has: `(table::one, table::two)`"
            );
            ::core::assert!(
                ::upfront::__private::expanded::check::Asked:: < (books::id,),
                (book_tags::book_id,) > ::SAME_TYPES,
                "`tags` compares `books.id` with `book_tags.book_id`, which do not have the same SQL type\nhelp: both ends of a key have the same SQL type, but for `Nullable`"
            );
        }
    };
    const _: () = {
        #[allow(unused_imports)]
        use ::upfront::__private::expanded::check::Otherwise as _;
        if ::upfront::__private::expanded::check::Asked::<
            (book_tags::tag_id,),
            <Tag as ::upfront::__private::expanded::Model>::PrimaryKey,
        >::ARE_KEYS {
            ::core::assert!(
                ::upfront::__private::expanded::check::Asked:: < (book_tags::tag_id,), <
                Tag as ::upfront::__private::expanded::Model > ::PrimaryKey >
                ::SAME_LENGTH,
                "`tags` compares `book_tags.tag_id` with the primary key of `Tag`, which do not have the same number of columns\nhelp: name as many columns as the other end has: `(table::one, table::two)`"
            );
            ::core::assert!(
                ::upfront::__private::expanded::check::Asked:: < (book_tags::tag_id,), <
                Tag as ::upfront::__private::expanded::Model > ::PrimaryKey >
                ::SAME_TYPES,
                "`tags` compares `book_tags.tag_id` with the primary key of `Tag`, which do not have the same SQL type\nhelp: both ends of a key have the same SQL type, but for `Nullable`"
            );
        }
    };
    #[diagnostic::do_not_recommend]
    impl ::upfront::__private::expanded::OfTable for book::author {
        type Table = books::table;
    }
    #[diagnostic::do_not_recommend]
    impl ::upfront::__private::expanded::OfTable for book::reviews {
        type Table = books::table;
    }
    #[diagnostic::do_not_recommend]
    impl ::upfront::__private::expanded::OfTable for book::tags {
        type Table = books::table;
    }
    #[diagnostic::do_not_recommend]
    impl<T: ::upfront::__private::expanded::RowOf<books::table>> book::Loaded for T {}
    #[diagnostic::do_not_recommend]
    impl<const __N: ::core::primitive::usize, __T, __V> book::LoadsColumn<__N, __V>
    for __T
    where
        __V: ?::core::marker::Sized,
        Book: ::upfront::__private::expanded::ColumnAt<__N>,
        __T: ::upfront::__private::expanded::Loads<
            <Book as ::upfront::__private::expanded::ColumnAt<__N>>::Column,
            Value = __V,
        >,
    {
        fn loaded(&self) -> &__V {
            ::upfront::__private::expanded::Loads::loaded(self)
        }
    }
    #[diagnostic::do_not_recommend]
    impl<const __N: ::core::primitive::usize, __T, __V> book::LoadsRelation<__N, __V>
    for __T
    where
        __V: ?::core::marker::Sized,
        Book: ::upfront::__private::expanded::RelationAt<__N>,
        __T: ::upfront::__private::expanded::Loads<
            <Book as ::upfront::__private::expanded::RelationAt<__N>>::Relation,
            Value = __V,
        >,
    {
        fn loaded(&self) -> &__V {
            ::upfront::__private::expanded::Loads::loaded(self)
        }
    }
    #[allow(dead_code)]
    fn columns_are_read(model: &Book) {
        let _ = (&model.id, &model.name, &model.author_id);
    }
};
