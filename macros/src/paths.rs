//! The runtime crate's path, which no other file spells, and which program it is expanded for.

use std::env;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;

/// The module of the runtime crate that expanded code calls.
#[derive(Clone)]
pub(crate) struct Runtime {
    krate: TokenStream,
    tool: Tool,
}

impl Runtime {
    /// The crate at `krate`, or `::upfront` where the user names none.
    pub(crate) fn new(krate: Option<&Path>, tool: Tool) -> Self {
        let krate = match krate {
            Some(path) => path.to_token_stream(),
            None => quote!(::upfront),
        };
        Self { krate, tool }
    }

    /// The crate at this path, as a `macro_rules!` macro has it: `$crate`.
    pub(crate) fn of(krate: TokenStream, tool: Tool) -> Self {
        Self { krate, tool }
    }

    /// What only editors see.
    pub(crate) fn for_editors(&self, tokens: TokenStream) -> TokenStream {
        self.by_tool(TokenStream::new(), tokens)
    }

    /// What the compiler sees, and what editors see instead.
    pub(crate) fn by_tool(&self, compiler: TokenStream, editor: TokenStream) -> TokenStream {
        match self.tool {
            Tool::Compiler | Tool::CompilerForUnusedLoads => compiler,
            Tool::Editor => editor,
        }
    }

    /// Whether the compiler is to find fields that are loaded and never read.
    pub(crate) fn finds_unused_loads(&self) -> bool {
        self.tool == Tool::CompilerForUnusedLoads
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

/// The program that asks for an expansion.
///
/// `cfg(rust_analyzer)` would not tell: rust-analyzer sets it for crates of the user's, and not for those of a registry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    Compiler,
    /// The compiler, which is also asked for fields that are loaded and never read.
    CompilerForUnusedLoads,
    Editor,
}

impl Tool {
    /// By the name of the program that the macros run in, and the features of this crate.
    pub(crate) fn asking() -> Self {
        let program = env::current_exe();
        let name = program.as_ref().ok().and_then(|program| program.file_stem());
        let is_editor = name
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with("rust-analyzer"));
        if is_editor {
            Self::Editor
        } else if cfg!(feature = "unused-loads") {
            Self::CompilerForUnusedLoads
        } else {
            Self::Compiler
        }
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let krate = &self.krate;
        tokens.extend(quote!(#krate::__private::expanded));
    }
}
