//! A visibility as it is written one module further in.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Visibility;

/// What makes an item in a module just as visible as `vis` makes one beside the module.
pub(super) fn one_module_in(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Public(_) => vis.to_token_stream(),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            let first = path.segments.first().map(|segment| segment.ident.to_string());
            match first.as_deref() {
                Some("self") if path.segments.len() == 1 => quote!(pub(super)),
                Some("super") => quote!(pub(in super::#path)),
                _ => vis.to_token_stream(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::one_module_in;

    #[track_caller]
    fn check(vis: &str, expected: &str) {
        let parsed = syn::parse_str(vis).expect("a visibility");
        assert_eq!(one_module_in(&parsed).to_string(), expected);
    }

    #[test]
    fn a_visibility_is_relative_to_its_module() {
        check("", "pub (super)");
        check("pub", "pub");
        check("pub(crate)", "pub (crate)");
        check("pub(self)", "pub (super)");
        check("pub(super)", "pub (in super :: super)");
        check("pub(in super::super)", "pub (in super :: super :: super)");
        check("pub(in crate::models)", "pub (in crate :: models)");
    }
}
