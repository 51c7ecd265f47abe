//! The runtime crate's path: no other file spells it.

use std::env;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;

/// The module of the runtime crate that expanded code calls.
#[derive(Clone)]
pub(crate) struct Runtime {
    krate: TokenStream,
}

impl Runtime {
    /// The crate at `krate`, or `::upfront` where the user names none.
    pub(crate) fn new(krate: Option<&Path>) -> Self {
        let krate = match krate {
            Some(path) => path.to_token_stream(),
            None => quote!(::upfront),
        };
        Self { krate }
    }

    /// The crate at this path, as a `macro_rules!` macro has it: `$crate`.
    pub(crate) fn of(krate: TokenStream) -> Self {
        Self { krate }
    }

    /// The same path, as if the user had written it at `span`.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        let tokens = self.to_token_stream().into_iter();
        tokens
            .map(|mut token| {
                // What `$crate` means goes by its span.
                let is_crate = token.to_string() == "$crate";
                token.set_span(if is_crate { token.span().located_at(span) } else { span });
                token
            })
            .collect()
    }
}

/// The module of the macros that tell the compiler from editors: by which of them the expansion is asked for.
///
/// `cfg(rust_analyzer)` would not do: rust-analyzer sets it for crates of the user's, and not for those of a registry.
pub(crate) struct Tool;

impl ToTokens for Tool {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let program = env::current_exe();
        let name = program.as_ref().ok().and_then(|program| program.file_stem());
        let is_editor = name
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with("rust-analyzer"));
        tokens.extend(if is_editor { quote!(editor) } else { quote!(compiler) });
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let krate = &self.krate;
        tokens.extend(quote!(#krate::__private::expanded));
    }
}
