//! SQL in pieces, whichever database it is for.
//!
//! Nothing here fails: what is not closed goes on to the end. Each byte is looked at a fixed number of times.

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, or a name without quotes.
    Word,
    /// A name in quotes. The text is without them.
    Name,
    /// A parameter, or a literal.
    Value,
    /// One character of anything else.
    Mark,
}

/// A piece of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Whether a blank or a comment stands before it.
    pub(super) is_apart: bool,
}

impl Token<'_> {
    /// Whether it is this keyword, given in capitals.
    pub(super) fn is_word(self, keyword: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    pub(super) fn is_one_of(self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.is_word(keyword))
    }

    pub(super) fn is_mark(self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }
}

/// The pieces of a text of SQL, without blanks and comments.
pub(super) struct Tokens<'a> {
    sql: &'a str,
    at: usize,
    /// Only MySQL and SQLite quote names by backticks. `"` is around text there, in which `\` can stand before a quote.
    has_backticks: bool,
    /// Whether a comment can hold comments, as in PostgreSQL, until one turns out not to end then.
    nests_comments: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(sql: &'a str) -> Self {
        Self { sql, at: 0, has_backticks: sql.contains('`'), nests_comments: true }
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.sql.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn rest(&self) -> &'a str {
        &self.sql[self.at..]
    }

    fn take_while(&mut self, goes_on: fn(u8) -> bool) {
        let rest = self.rest();
        self.at += rest.bytes().position(|byte| !goes_on(byte)).unwrap_or(rest.len());
    }

    fn skip_blanks(&mut self) {
        loop {
            self.take_while(|byte| byte.is_ascii_whitespace());
            match (self.byte(0), self.byte(1)) {
                (b'-', b'-') => self.skip_line(),
                // These are operators of PostgreSQL on JSON; alone it begins a comment in MySQL.
                (b'#', next) if !matches!(next, b'>' | b'-' | b'#' | b'=') => self.skip_line(),
                (b'/', b'*') => self.skip_comment(),
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        self.take_while(|byte| byte != b'\n');
    }

    fn skip_comment(&mut self) {
        let bytes = self.rest().as_bytes();
        let (mut depth, mut i) = (0, 0);
        while self.nests_comments && i < bytes.len() {
            match &bytes[i..bytes.len().min(i + 2)] {
                b"/*" => (depth, i) = (depth + 1, i + 2),
                b"*/" => (depth, i) = (depth - 1, i + 2),
                _ => i += 1,
            }
            if depth == 0 {
                self.at += i;
                return;
            }
        }
        self.nests_comments = false;
        self.at += self.rest()[2..].find("*/").map_or(bytes.len(), |end| end + 4);
    }

    /// Goes behind the quote that closes the one here. Two are one in the text.
    fn take_quoted(&mut self, has_escapes: bool) {
        let quote = self.byte(0);
        let bytes = self.sql.as_bytes();
        let mut i = self.at + 1;
        while i < bytes.len() {
            match bytes[i] {
                b'\\' if has_escapes => i += 1,
                byte if byte == quote && bytes.get(i + 1) == Some(&quote) => i += 1,
                byte if byte == quote => {
                    self.at = i + 1;
                    return;
                }
                _ => {}
            }
            i += 1;
        }
        self.at = bytes.len();
    }

    fn take_name(&mut self) -> Kind {
        self.take_quoted(false);
        Kind::Name
    }

    fn take_text(&mut self, has_escapes: bool) -> Kind {
        self.take_quoted(has_escapes);
        Kind::Value
    }

    fn take_mark(&mut self) -> Kind {
        self.at += 1;
        Kind::Mark
    }

    fn take_number(&mut self) -> Kind {
        let is_hex = matches!((self.byte(0), self.byte(1)), (b'0', b'x' | b'X'));
        self.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
        let has_exponent = !is_hex && self.sql[..self.at].ends_with(['e', 'E']);
        if has_exponent && matches!(self.byte(0), b'+' | b'-') && self.byte(1).is_ascii_digit() {
            self.at += 1;
            self.take_while(|byte| byte.is_ascii_digit());
        }
        Kind::Value
    }

    /// A word, or a literal that begins with one, such as `E'\n'` or `x'00'`.
    fn take_word(&mut self) -> Kind {
        let start = self.at;
        self.take_while(is_in_word);
        match (&self.sql[start..self.at], self.byte(0), self.byte(1)) {
            ("e" | "E", b'\'', _) => self.take_text(true),
            ("b" | "B" | "x" | "X" | "n" | "N", b'\'', _) => self.take_text(false),
            ("u" | "U", b'&', b'\'') => {
                self.at += 1;
                self.take_text(false)
            }
            (charset, b'\'', _) if charset.starts_with('_') => self.take_text(true),
            _ => Kind::Word,
        }
    }

    /// A parameter, or a text in PostgreSQL's dollars.
    fn take_dollar(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        self.take_while(|byte| is_in_word(byte) && byte != b'$');
        let tag = &self.sql[start..self.at];
        if self.byte(0) == b'$' && !self.sql.as_bytes()[start + 1].is_ascii_digit() {
            self.at += 1;
            let tag = &self.sql[start..self.at];
            self.at += self.rest().find(tag).map_or(self.rest().len(), |end| end + tag.len());
            return Kind::Value;
        }
        if tag.len() > 1 { Kind::Value } else { Kind::Mark }
    }

    /// A parameter with a number or a name.
    fn take_parameter(&mut self) -> Kind {
        self.at += 1;
        self.take_while(is_in_word);
        Kind::Value
    }
}

fn begins_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

fn is_in_word(byte: u8) -> bool {
    begins_word(byte) || byte.is_ascii_digit() || byte == b'$'
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let before = self.at;
        self.skip_blanks();
        let start = self.at;
        let is_apart = start > before;
        let kind = match (*self.sql.as_bytes().get(start)?, self.byte(1)) {
            (b'\'', _) => self.take_text(self.has_backticks),
            (b'"', _) if self.has_backticks => self.take_text(true),
            (b'"' | b'`', _) => self.take_name(),
            (b'$', _) => self.take_dollar(),
            (b'?', _) => self.take_parameter(),
            (b':', b':') => {
                self.at += 2;
                Kind::Mark
            }
            (b':', next) if begins_word(next) => self.take_parameter(),
            (b'0'..=b'9', _) | (b'.', b'0'..=b'9') => self.take_number(),
            (byte, _) if begins_word(byte) => self.take_word(),
            _ => self.take_mark(),
        };
        let text = &self.sql[start..self.at];
        let text = if kind == Kind::Name { unquoted(text) } else { text };
        Some(Token { kind, text, is_apart })
    }
}

fn unquoted(name: &str) -> &str {
    let quote = &name[..1];
    let name = &name[1..];
    name.strip_suffix(quote).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces, with `?` for each value.
    #[track_caller]
    fn check(sql: &str, expected: &[&str]) {
        let tokens: Vec<&str> = Tokens::new(sql)
            .map(|token| if token.kind == Kind::Value { "?" } else { token.text })
            .collect();
        assert_eq!(tokens, expected, "{sql}");
    }

    #[test]
    fn literals_and_parameters_are_values() {
        check("1 1.5e-3 .5 0x1F 1_000 1e5", &["?"; 6]);
        check("'it''s' E'it\\'s' x'00' B'01' U&'\\00e9' _utf8'a\\'b' N'a'", &["?"; 7]);
        check("? ?1 $1 $name :name", &["?"; 5]);
        check("$$it's$$ $a$ $$ $b$ $a$", &["?"; 2]);
        check("$1$2", &["?", "?"]);
        check("1-2", &["?", "-", "?"]);
        check("0xe-1", &["?", "-", "?"]);
    }

    #[test]
    fn quotes_are_those_of_the_database() {
        check(r#""a"".b" = 'c\' || d"#, &[r#"a"".b"#, "=", "?", "|", "|", "d"]);
        check(r#"`a` = "c\"" AND d = 'it\'s'"#, &["a", "=", "?", "AND", "d", "=", "?"]);
    }

    #[test]
    fn a_colon_is_a_cast_a_parameter_or_a_slice() {
        check("a::int", &["a", "::", "int"]);
        check("a[1:2]", &["a", "[", "?", ":", "?", "]"]);
    }

    #[test]
    fn comments_are_left_out() {
        check("a -- b\n, c # d\n/* e /* f */ g */ h --", &["a", ",", "c", "h"]);
        check("a #>> b", &["a", "#", ">", ">", "b"]);
        check("/* GET /api/* */ a /* b */ c", &["a", "c"]);
        check("a /*", &["a"]);
    }

    #[test]
    fn names_are_of_any_letters() {
        check("größe.`straße` a$b", &["größe", ".", "straße", "a$b"]);
    }

    #[test]
    fn what_is_not_closed_goes_to_the_end() {
        for sql in ["'a b", "\"a b", "`a b", "$a$ b c", "E'\\", "`", "'a\\"] {
            assert_eq!(Tokens::new(sql).count(), 1, "{sql}");
        }
    }
}
