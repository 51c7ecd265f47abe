//! The places of columns and relations by their names, found by the compiler. `load!` does not see the model that its
//! names are those of, and so it asks for their places here.

use crate::Model;
use crate::text::Text;

/// The place of a model's column, by the name of the field or of the column.
#[track_caller]
pub const fn column<M: Model>(name: &str) -> usize {
    let names = M::NAMES;
    match find(name, names.fields) {
        Some(place) => place,
        None => match find(name, names.columns) {
            Some(place) => place,
            None => panic!("{}", unknown_column::<M>(name).get()),
        },
    }
}

/// The place of a model's column among what a spec loads: `other` where there is no such column, which is told elsewhere.
pub const fn column_or<M: Model>(name: &str, other: usize) -> usize {
    let names = M::NAMES;
    match (find(name, names.fields), find(name, names.columns)) {
        (Some(place), _) | (None, Some(place)) => place,
        (None, None) => usize::MAX - other,
    }
}

/// The place of a model's relation among what a spec loads: `other` where there is no such relation, which is told
/// elsewhere.
pub const fn relation_or<M: Model>(name: &str, other: usize) -> usize {
    match find(name, M::NAMES.relations) {
        Some(place) => place,
        None => usize::MAX - other,
    }
}

/// The place of a model's relation.
#[track_caller]
pub const fn relation<M: Model>(name: &str) -> usize {
    match find(name, M::NAMES.relations) {
        Some(place) => place,
        None => panic!("{}", unknown_relation::<M>(name).get()),
    }
}

/// The same for an expression of the type `E`: where that is an error, it has been told.
pub const fn relation_in<M: Model, E>(name: &str) -> usize {
    relation::<M>(name)
}

const fn unknown_column<M: Model>(name: &str) -> Text {
    let names = M::NAMES;
    let text = Text::quoted(name);
    if find(name, names.relations).is_some() {
        return text
            .add(" is a relation of ")
            .quote(names.model)
            .add(", not a column\nhelp: load its rows: `prefetch ")
            .add(name)
            .add(" { .. }`, or `join ")
            .add(name)
            .add(" { .. }` where it leads to one row");
    }
    let text = text.add(" is not a column of ").quote(names.model);
    let text = did_you_mean(text, name, names.fields);
    the_names(text, "column", names.model, names.fields)
}

const fn unknown_relation<M: Model>(name: &str) -> Text {
    let names = M::NAMES;
    let text = Text::quoted(name);
    if find(name, names.fields).is_some() {
        let text = text.add(" is a column of ").quote(names.model).add(", not a relation");
        return the_names(text, "relation", names.model, names.relations);
    }
    let text = text.add(" is not a relation of ").quote(names.model);
    let text = did_you_mean(text, name, names.relations);
    the_names(text, "relation", names.model, names.relations)
}

const fn did_you_mean(text: Text, name: &str, names: &[&str]) -> Text {
    match nearest(name, names) {
        Some(near) => text.add("\nhelp: did you mean ").quote(near).add("?"),
        None => text,
    }
}

/// Which names there are.
pub(crate) const fn the_names(text: Text, what: &str, model: &str, names: &[&str]) -> Text {
    let text = text.add("\nhelp: ");
    match names.len() {
        0 => return text.quote(model).add(" has no ").add(what).add("s"),
        1 => {
            return text
                .add("the only ")
                .add(what)
                .add(" of ")
                .quote(model)
                .add(" is ")
                .quote(names[0]);
        }
        _ => {}
    }
    let mut text = text.add("the ").add(what).add("s of ").quote(model).add(" are ");
    let mut i = 0;
    while i < names.len() {
        if i > 0 {
            text = text.add(", ");
        }
        text = text.quote(names[i]);
        i += 1;
    }
    text
}

const fn find(name: &str, names: &[&str]) -> Option<usize> {
    let mut i = 0;
    while i < names.len() {
        if same(name, names[i]) {
            return Some(i);
        }
        i += 1;
    }
    None
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut i = 0;
    while i < one.len() {
        if one[i] != other[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The name most like `name`, where one is like it.
const fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let (mut nearest, mut least) = (None, usize::MAX);
    let mut i = 0;
    while i < names.len() {
        let letters = if names[i].len() < 3 { 3 } else { names[i].len() };
        let distance = distance(name.as_bytes(), names[i].as_bytes());
        if distance <= letters / 3 && distance < least {
            (nearest, least) = (Some(names[i]), distance);
        }
        i += 1;
    }
    nearest
}

/// Names that are longer are like no other.
const LONGEST: usize = 64;

/// How many letters must be put in, taken out, changed or swapped with the next to make one word of the other.
const fn distance(one: &[u8], other: &[u8]) -> usize {
    if one.len() > LONGEST || other.len() > LONGEST {
        return usize::MAX;
    }
    let (mut before, mut last) = ([0; LONGEST + 1], [0; LONGEST + 1]);
    let mut j = 0;
    while j <= other.len() {
        last[j] = j;
        j += 1;
    }
    let mut i = 0;
    while i < one.len() {
        let mut row = [0; LONGEST + 1];
        row[0] = i + 1;
        let mut j = 0;
        while j < other.len() {
            let mut least = last[j] + (one[i] != other[j]) as usize;
            if i > 0 && j > 0 && one[i] == other[j - 1] && one[i - 1] == other[j] {
                least = min(least, before[j - 1] + 1);
            }
            row[j + 1] = min(min(least, last[j + 1] + 1), row[j] + 1);
            j += 1;
        }
        (before, last) = (last, row);
        i += 1;
    }
    last[other.len()]
}

const fn min(one: usize, other: usize) -> usize {
    if one < other { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_one_that_is_meant() {
        let names = ["books", "publisher"];
        assert_eq!(nearest("book", &names), Some("books"));
        assert_eq!(nearest("publsher", &names), Some("publisher"));
        assert_eq!(nearest("reviews", &names), None);
    }

    #[test]
    fn distances_count_letters() {
        assert_eq!(distance(b"", b"abc"), 3);
        assert_eq!(distance(b"kitten", b"sitting"), 3);
        assert_eq!(distance(b"titel", b"title"), 1);
        assert_eq!(distance(&[b'a'; 65], b"a"), usize::MAX);
    }

    #[test]
    fn names_are_listed() {
        let text = the_names(Text::quoted("a"), "column", "Tag", &["id", "name"]);
        assert_eq!(text.get(), "`a`\nhelp: the columns of `Tag` are `id`, `name`");
        let text = the_names(Text::quoted("a"), "relation", "Tag", &["books"]);
        assert_eq!(text.get(), "`a`\nhelp: the only relation of `Tag` is `books`");
        let text = the_names(Text::quoted("a"), "relation", "Tag", &[]);
        assert_eq!(text.get(), "`a`\nhelp: `Tag` has no relations");
    }
}
