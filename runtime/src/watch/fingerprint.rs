//! What statements have in common that differ in their values only.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::tokens::{Kind, Token, Tokens};

/// The shape of a statement: two have the same if they differ in nothing but parameters and literals, how many values are
/// in a list or rows in a `VALUES`, names of savepoints, blanks, comments, and the capitals of keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    pub(crate) fn of(sql: &str) -> Self {
        Self::of_shape(&shape(sql))
    }

    pub(super) fn of_shape(shape: &[Token<'_>]) -> Self {
        let mut hasher = DefaultHasher::new();
        for token in shape {
            match token.kind {
                Kind::Word => {
                    let in_capitals = token.text.bytes().map(|byte| byte.to_ascii_uppercase());
                    in_capitals.for_each(|byte| hasher.write_u8(byte));
                    hasher.write_u8(0);
                }
                Kind::Name => (1_u8, token.text).hash(&mut hasher),
                Kind::Value => hasher.write_u8(2),
                Kind::Mark => (3_u8, token.text).hash(&mut hasher),
            }
        }
        Self(hasher.finish())
    }
}

/// The words that a value stands behind, and so a sign before it is its own.
const BEFORE_VALUES: [&str; 14] = [
    "SELECT",
    "AND",
    "OR",
    "NOT",
    "BETWEEN",
    "WHEN",
    "THEN",
    "ELSE",
    "LIMIT",
    "OFFSET",
    "LIKE",
    "BY",
    "DISTINCT",
    "RETURNING",
];

/// The words of the statements whose other words are names of savepoints.
const OF_SAVEPOINTS: [&str; 10] = [
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "TO",
    "TRANSACTION",
    "WORK",
    "AND",
    "NO",
    "CHAIN",
    "PREPARED",
];

/// What an opening bracket begins.
#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    /// Values of which only the first is kept.
    List,
    /// A row of values, behind which more rows can stand.
    Row,
    Other,
}

/// The pieces of a statement that make its shape. A value is any value there, and the first of a list stands for all.
pub(super) fn shape(sql: &str) -> Vec<Token<'_>> {
    let tokens: Vec<Token<'_>> = Tokens::new(sql).collect();
    let mut shape: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    let mut open = Vec::new();
    let mut names_savepoint = false;
    let mut is_behind_sign = false;
    let mut i = 0;
    while let Some(&token) = tokens.get(i) {
        i += 1;
        let token = Token { is_apart: token.is_apart || is_behind_sign, ..token };
        is_behind_sign = false;
        let before = shape.last().copied();
        let next = tokens.get(i).copied();
        if before.is_none_or(|before| before.is_mark(";")) {
            names_savepoint = token.is_one_of(&OF_SAVEPOINTS[..3]);
        }
        match token.text {
            _ if token.kind != Kind::Mark => {}
            "," if open.last() == Some(&Bracket::List) => {
                i = end_of_bracket(&tokens, i);
                continue;
            }
            "(" | "[" => open.push(bracket(before, next)),
            ")" | "]" => {
                let closed = open.pop();
                if closed == Some(Bracket::Row) {
                    i = end_of_rows(&tokens, i);
                }
            }
            "-" | "+" if is_sign(before, next) => {
                is_behind_sign = token.is_apart;
                continue;
            }
            _ => {}
        }
        let is_value = is_truth(token, before)
            || names_savepoint && is_name(token) && !token.is_one_of(&OF_SAVEPOINTS);
        shape.push(if is_value { Token { kind: Kind::Value, ..token } } else { token });
    }
    while shape.last().is_some_and(|last| last.is_mark(";")) {
        shape.pop();
    }
    shape
}

fn is_name(token: Token<'_>) -> bool {
    matches!(token.kind, Kind::Word | Kind::Name)
}

/// `IS TRUE` is a condition, and every other `TRUE` a value.
fn is_truth(token: Token<'_>, before: Option<Token<'_>>) -> bool {
    token.is_one_of(&["TRUE", "FALSE"])
        && before.is_none_or(|before| !before.is_one_of(&["IS", "NOT"]))
}

fn is_sign(before: Option<Token<'_>>, next: Option<Token<'_>>) -> bool {
    next.is_some_and(|next| next.kind == Kind::Value)
        && before.is_none_or(|before| match before.kind {
            Kind::Mark => !before.is_mark(")") && !before.is_mark("]"),
            Kind::Word => before.is_one_of(&BEFORE_VALUES),
            Kind::Name | Kind::Value => false,
        })
}

fn bracket(before: Option<Token<'_>>, next: Option<Token<'_>>) -> Bracket {
    let is_behind = |keyword| before.is_some_and(|before| before.is_word(keyword));
    let is_query = next.is_some_and(|next| next.is_one_of(&["SELECT", "WITH", "VALUES", "TABLE"]));
    if is_behind("VALUES") {
        Bracket::Row
    } else if !is_query && (is_behind("IN") || is_behind("ARRAY")) {
        Bracket::List
    } else {
        Bracket::Other
    }
}

/// The place of the bracket that closes the one around the place that is given.
fn end_of_bracket(tokens: &[Token<'_>], from: usize) -> usize {
    let mut depth = 1;
    for (i, token) in tokens.iter().enumerate().skip(from) {
        if token.is_mark("(") || token.is_mark("[") {
            depth += 1;
        } else if token.is_mark(")") || token.is_mark("]") {
            depth -= 1;
        }
        if depth == 0 {
            return i;
        }
    }
    tokens.len()
}

/// The place behind the rows of a `VALUES` that stand here, after the first.
fn end_of_rows(tokens: &[Token<'_>], from: usize) -> usize {
    let is_mark = |i, mark| tokens.get(i).is_some_and(|token: &Token<'_>| token.is_mark(mark));
    let mut i = from;
    while is_mark(i, ",") && is_mark(i + 1, "(") {
        i = end_of_bracket(tokens, i + 2) + 1;
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(statements: &[&str]) {
        for sql in statements {
            let (first, other) = (shape(statements[0]), shape(sql));
            assert_eq!(Fingerprint::of(sql), Fingerprint::of(statements[0]), "{first:?} {other:?}");
        }
    }

    #[track_caller]
    fn differ(statements: &[&str]) {
        for (i, sql) in statements.iter().enumerate() {
            for other in &statements[..i] {
                assert_ne!(Fingerprint::of(sql), Fingerprint::of(other), "{sql} and {other}");
            }
        }
    }

    #[test]
    fn values_make_no_difference() {
        same(&[
            "SELECT a FROM b WHERE c = ? LIMIT ?",
            "select a from b where c = 7 limit -1;",
            "SELECT a\n  FROM b -- all of them\n WHERE c='x' LIMIT $2",
            "/* page='list' */ SELECT a FROM b WHERE c = TRUE LIMIT 1e3",
        ]);
        same(&["SELECT a - 1, -1", "SELECT a - 2, 2", "SELECT a - ?, ?"]);
    }

    #[test]
    fn the_length_of_a_list_makes_no_difference() {
        same(&[
            "SELECT * FROM a WHERE b IN (?)",
            "SELECT * FROM a WHERE b IN (?, ?, ?)",
            "SELECT * FROM a WHERE b IN ($1, $2)",
            "SELECT * FROM a WHERE b IN (1, -2, 3)",
        ]);
        same(&["a IN ((?, ?))", "a IN ((?, ?), (?, ?))"]);
        same(&["a = ANY(ARRAY[1]) AND c", "a = ANY(ARRAY[1, 2, 3]) AND c"]);
        same(&[
            "INSERT INTO a (b, c) VALUES (?, lower(?)) RETURNING b",
            "INSERT INTO a (b, c) VALUES (?, lower(?)), (?, lower(?)), (?, DEFAULT) RETURNING b",
        ]);
    }

    #[test]
    fn the_name_of_a_savepoint_makes_no_difference() {
        same(&["SAVEPOINT diesel_savepoint_1", "SAVEPOINT diesel_savepoint_2;", "savepoint \"a\""]);
        same(&["ROLLBACK TO SAVEPOINT a", "ROLLBACK TO SAVEPOINT b"]);
        same(&["RELEASE SAVEPOINT a", "RELEASE SAVEPOINT b"]);
    }

    #[test]
    fn all_else_makes_a_difference() {
        differ(&[
            "SELECT a FROM b",
            "SELECT a FROM c",
            "SELECT `A` FROM b",
            "SELECT a FROM b LIMIT ?",
            "SELECT a FROM b WHERE c = ?",
            "SELECT a FROM b WHERE c IN (?)",
            "SELECT a FROM b WHERE c IN (SELECT d, e FROM f)",
            "SELECT a FROM b WHERE c IN (SELECT d FROM f)",
            "SELECT a FROM b WHERE c IS TRUE",
            "SELECT a FROM b WHERE c IS NOT TRUE",
            "SELECT a FROM b WHERE c IS NULL",
            "SELECT f(?, ?)",
            "SELECT f(?)",
            "SELECT ?",
            "SELECT ab",
            "SELECT a b",
            "SELECT a, b",
            "VALUES (?, ?)",
            "VALUES (?)",
            "COMMIT",
            "ROLLBACK",
            "RELEASE a",
            "SAVEPOINT a",
        ]);
    }

    #[test]
    fn what_is_written_with_a_sign_keeps_its_blank() {
        let text: Vec<_> = shape("LIMIT -1").iter().map(|token| token.is_apart).collect();
        assert_eq!(text, [false, true]);
    }
}
