//! SQL for people to read: without quotes around plain names, and no longer than there is room.

use std::ops::Range;

use super::statement::Statement;
use super::tokens::{Kind, Token};

/// How many items of a longer list are shown.
const ITEMS: usize = 2;

impl Statement<'_> {
    /// Its text in one line, with `?` for each value. Where it is longer than `width`, lists of columns are shortened to
    /// their first, then the list that is selected is left out, and at last the end is cut off.
    pub(crate) fn brief(&self, width: usize) -> String {
        let lists = self.lists();
        let all = self.written(&[]);
        let shortened: Vec<_> = lists.iter().filter_map(|list| self.behind_first(list)).collect();
        let left_out: Vec<_> = match lists.first() {
            // Only what is selected: what is written to tells what is done.
            Some(list) if self.is_query() => vec![list.clone()],
            _ => shortened.clone(),
        };
        let texts = [all, self.written(&shortened), self.written(&left_out)];
        let [_, _, shortest] = &texts;
        let fitting = texts.iter().find(|text| text.chars().count() <= width);
        fitting.cloned().unwrap_or_else(|| cut(shortest, width))
    }

    pub(super) fn is_query(&self) -> bool {
        self.operation().is_some_and(|operation| operation == "SELECT")
    }

    /// The lists of columns and values: what is selected, or those of an `INSERT`.
    fn lists(&self) -> Vec<Range<usize>> {
        let Some(start) = self.start() else {
            return Vec::new();
        };
        if self.is_query() {
            let is_part = |i: usize| self.shape()[i].is_one_of(&["DISTINCT", "ALL"]);
            let first =
                start + 1 + usize::from(start + 1 < self.shape().len() && is_part(start + 1));
            let end = self.outer(first).find(|(_, token)| token.is_word("FROM"));
            return end.map(|(end, _)| first..end).into_iter().collect();
        }
        let opened: Vec<usize> =
            self.outer(start).filter(|(_, token)| token.is_mark("(")).map(|(i, _)| i + 1).collect();
        let is_insert = self.operation().is_some_and(|operation| operation == "INSERT");
        let closed = |from| self.outer(from).find(|(_, token)| token.is_mark(")"));
        let bracket = |from: usize| closed(from).map(|(end, _)| from..end);
        opened.into_iter().take(if is_insert { 2 } else { 0 }).filter_map(bracket).collect()
    }

    /// The part of a list behind the items that are shown, if there is more than one.
    fn behind_first(&self, list: &Range<usize>) -> Option<Range<usize>> {
        let commas = self.outer(list.start).take_while(|(i, _)| *i < list.end);
        let commas: Vec<usize> =
            commas.filter(|(_, token)| token.is_mark(",")).map(|(i, _)| i).collect();
        (commas.len() > ITEMS).then(|| commas[ITEMS - 1] + 1..list.end)
    }

    fn written(&self, left_out: &[Range<usize>]) -> String {
        let mut text = String::new();
        for (i, token) in self.shape().iter().enumerate() {
            if left_out.iter().any(|range| range.start == i) {
                text.push_str(if text.ends_with('(') { ".." } else { " .." });
            }
            if left_out.iter().any(|range| range.contains(&i)) {
                continue;
            }
            if token.is_apart && !text.is_empty() {
                text.push(' ');
            }
            write(*token, &mut text);
        }
        text
    }
}

fn write(token: Token<'_>, text: &mut String) {
    let is_plain = || {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '~');
        token.text.chars().all(is_plain) && !token.text.is_empty()
    };
    match token.kind {
        Kind::Value => text.push('?'),
        Kind::Name if !is_plain() => text.extend(["\"", token.text, "\""]),
        _ => text.push_str(token.text),
    }
}

/// The beginning of a text, with `..` for the rest, in so many characters.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(3)).collect();
    format!("{} ..", kept.trim_end())
}

/// The end of a text, with `..` for the rest, in so many characters.
pub(super) fn cut_start(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(length - width.saturating_sub(2).min(length)).collect();
    format!("..{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, width: usize, expected: &str) {
        let brief = Statement::of(sql).brief(width);
        assert_eq!(brief, expected);
        assert!(brief.chars().count() <= width, "{brief}");
    }

    #[test]
    fn what_fits_is_shown_without_quotes_and_values() {
        check(
            "SELECT `authors`.`name`,\n `authors.publisher`.`id` FROM `authors` WHERE (`a` = 'b') LIMIT -1;",
            100,
            "SELECT authors.name, authors.publisher.id FROM authors WHERE (a = ?) LIMIT ?",
        );
        check("SELECT \"a b\", '', f(1, 2) -- c", 100, "SELECT \"a b\", ?, f(?, ?)");
        check("", 10, "");
    }

    #[test]
    fn long_lists_are_shortened_to_their_first() {
        let sql = "SELECT DISTINCT a.a, f(b, c), a.d, a.e FROM a WHERE a.id IN (1, 2, 3)";
        check(sql, 70, "SELECT DISTINCT a.a, f(b, c), a.d, a.e FROM a WHERE a.id IN (?)");
        check(sql, 62, "SELECT DISTINCT a.a, f(b, c), .. FROM a WHERE a.id IN (?)");
        check(sql, 50, "SELECT DISTINCT .. FROM a WHERE a.id IN (?)");
        check(sql, 30, "SELECT DISTINCT .. FROM a W ..");
        let sql = "INSERT INTO a (b, c, d, e) VALUES (?, f(?, ?), ?, ?), (?, ?, ?, ?) RETURNING b";
        check(sql, 76, "INSERT INTO a (b, c, d, e) VALUES (?, f(?, ?), ?, ?) RETURNING b");
        check(sql, 62, "INSERT INTO a (b, c, ..) VALUES (?, f(?, ?), ..) RETURNING b");
    }

    #[test]
    fn what_has_no_list_is_cut() {
        check("UPDATE größe SET größe = größe", 16, "UPDATE größe ..");
        check("SELECT 1 + 2 + 3 + 4", 9, "SELECT ..");
        assert_eq!(cut_start("tests/behaviour/list.rs:12", 14), "..r/list.rs:12");
        assert_eq!(cut_start("größe", 3), "..e");
    }
}
