Author! {
    { ::upfront::__private::expanded::__load_spec } #[load(Author)] struct AuthorName {
    name : String, }
}
const _: () = {
    #[allow(unused_imports)]
    use ::upfront::__private::expanded::check::Otherwise as _;
    ::core::assert!(
        ::upfront::__private::expanded::check::Asked:: < Author > ::MODEL,
        "`Author` is not a model\nhelp: add `#[derive(Model)]` to `Author`"
    );
};
