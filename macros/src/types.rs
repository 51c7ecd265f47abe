//! Types as the user wrote them.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{GenericArgument, Path, PathArguments, Type, TypePath};

/// The type of the rows that a field holds: what is in its `Option`, `Vec`, `Arc` or `Requested`, or the type itself.
pub(crate) fn row_type(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => row_type(&group.elem),
        Type::Paren(paren) => row_type(&paren.elem),
        Type::Path(TypePath { qself: None, path }) => held(path).map_or(ty, row_type),
        _ => ty,
    }
}

/// What an `Option`, a `Vec`, an `Arc` or a `Requested` holds.
fn held(path: &Path) -> Option<&Type> {
    let last = path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty))
            if ["Option", "Vec", "Arc", "Requested"].iter().any(|held| last.ident == held) =>
        {
            Some(ty)
        }
        _ => None,
    }
}

/// Whether the type is an `Option`.
pub(crate) fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_option(&group.elem),
        Type::Paren(paren) => is_option(&paren.elem),
        Type::Path(TypePath { path, .. }) => {
            path.segments.last().is_some_and(|last| last.ident == "Option")
        }
        _ => false,
    }
}

/// The two specs of a child and the through row beside it.
pub(crate) fn pair(ty: &Type) -> Option<(&Type, &Type)> {
    match ty {
        Type::Tuple(tuple) if tuple.elems.len() == 2 => Some((&tuple.elems[0], &tuple.elems[1])),
        _ => None,
    }
}

/// Whether the rows of a field are this spec: by its bare name or `Self`. A longer path with the same last name is
/// another module's spec.
pub(crate) fn is_spec(ty: &Type, spec: &Ident) -> bool {
    match row_type(ty) {
        Type::Path(TypePath { qself: None, path }) => path.is_ident(spec) || path.is_ident("Self"),
        _ => false,
    }
}

/// A type as the user wrote it.
pub(crate) fn shown(ty: &Type) -> String {
    let spaced = ty.to_token_stream().to_string();
    let joined = [(" ::", "::"), (":: ", "::"), (" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ",")];
    joined.iter().fold(spaced, |shown, (from, to)| shown.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ty: &str, row: &str) {
        let ty: Type = syn::parse_str(ty).expect("this is a type");
        assert_eq!(shown(row_type(&ty)), row);
    }

    #[test]
    fn the_type_of_rows_is_in_options_and_vectors() {
        check("Card", "Card");
        check("Option<Card>", "Card");
        check("::std::vec::Vec<cards::Card>", "cards::Card");
        check("upfront::Requested<Vec<Card>>", "Card");
        check("HashMap<String, Vec<Card>>", "HashMap<String, Vec<Card>>");
    }
}
