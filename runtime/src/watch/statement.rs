//! What a statement does, and to which table.

use super::fingerprint::shape;
use super::tokens::{Kind, Token};
use crate::snapshot;

/// A statement, as far as it is understood.
pub(crate) struct Statement<'a> {
    sql: &'a str,
    shape: Vec<Token<'a>>,
}

/// The rows that a condition is about: those of `table` where these columns are compared with values.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LookUp {
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
}

/// The words that end the condition of a query.
const BEHIND_CONDITION: [&str; 13] = [
    "GROUP",
    "HAVING",
    "WINDOW",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "FOR",
    "RETURNING",
    "ON",
];

/// The words that can stand between `UPDATE` or `FROM` and the name of the table.
const BEFORE_TABLE: [&str; 8] =
    ["ONLY", "OR", "ROLLBACK", "ABORT", "REPLACE", "FAIL", "IGNORE", "LOW_PRIORITY"];

/// The words behind the name of a table that are no other name for it.
const BEHIND_TABLE: [&str; 18] = [
    "SET",
    "WHERE",
    "INNER",
    "LEFT",
    "RIGHT",
    "FULL",
    "CROSS",
    "NATURAL",
    "JOIN",
    "USING",
    "VALUES",
    "DEFAULT",
    "SELECT",
    "GROUP",
    "ORDER",
    "LIMIT",
    "RETURNING",
    "ON",
];

impl<'a> Statement<'a> {
    pub(crate) fn of(sql: &'a str) -> Self {
        Self { sql, shape: shape(sql) }
    }

    /// The pieces that make its shape.
    pub(super) fn shape(&self) -> &[Token<'a>] {
        &self.shape
    }

    /// Whether it asks the database for something, and does not only begin, end or set up transactions, or see whether the
    /// connection is alive. A text of several statements does if one of them does.
    pub(crate) fn is_counted(&self) -> bool {
        let mut statements = self.shape.split(|token| token.is_mark(";"));
        let is_nothing = |statement| controls_transaction(statement) || is_ping(statement);
        !snapshot::is_about_isolation(self.sql.trim()) && !statements.all(is_nothing)
    }

    /// The keyword that says what it does, in capitals: `SELECT`, `INSERT`, ..
    pub(crate) fn operation(&self) -> Option<String> {
        Some(self.shape.get(self.start()?)?.text.to_ascii_uppercase())
    }

    /// The table that it reads from first, or writes to: `authors`, or `public.authors`.
    pub(crate) fn table(&self) -> Option<String> {
        Some(self.main_table()?.0)
    }

    /// The rows that it reads or writes, where it says so by values of columns that all have to be met.
    pub(crate) fn look_up(&self) -> Option<LookUp> {
        let (main, alias) = self.main_table()?;
        let condition = self.condition()?;
        let mut found: Option<LookUp> = None;
        let mut i = 0;
        while let Some(token) = condition.get(i) {
            if token.is_word("OR") {
                return None;
            }
            if token.is_mark("(") && condition.get(i + 1).is_some_and(|next| next.is_word("SELECT"))
            {
                i += length_of_bracket(&condition[i..]);
                continue;
            }
            let (names, length) = name_at(&condition[i..]);
            let is_first =
                i == 0 || condition[i - 1].is_mark("(") || condition[i - 1].is_word("AND");
            if let (true, Some((column, table))) =
                (is_first && is_compared(&condition[i + length..]), names.split_last())
            {
                let table =
                    Some(table.join(".")).filter(|table| !table.is_empty() && alias != Some(table));
                let table = table.unwrap_or_else(|| main.clone());
                let found = found
                    .get_or_insert_with(|| LookUp { table: table.clone(), columns: Vec::new() });
                if found.table == table && !found.columns.iter().any(|known| known == column) {
                    found.columns.push((*column).to_owned());
                }
            }
            i += length.max(1);
        }
        found
    }

    /// Whether what it selects begins with an aggregate function.
    pub(super) fn is_aggregate(&self) -> bool {
        self.selects_first(&["COUNT", "SUM", "AVG", "MIN", "MAX"])
    }

    /// Whether it selects whether there are rows.
    pub(super) fn is_of_existence(&self) -> bool {
        self.selects_first(&["EXISTS"])
    }

    fn selects_first(&self, words: &[&str]) -> bool {
        let first = self.start().and_then(|start| self.shape.get(start + 1));
        first.is_some_and(|token| token.is_one_of(words))
    }

    /// Whether there are no values in it, so that one of its shape is the same each time.
    pub(super) fn is_without_values(&self) -> bool {
        self.shape.iter().all(|token| token.kind != Kind::Value)
    }

    /// Where the keyword stands that says what it does: behind what `WITH` names.
    pub(super) fn start(&self) -> Option<usize> {
        let first = self.shape.first()?;
        let is_operation = |token: &Token<'_>| {
            token.is_one_of(&["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE"])
        };
        if first.is_word("WITH") {
            self.outer(0).find(|(_, token)| is_operation(token)).map(|(i, _)| i)
        } else if first.is_mark("(") {
            self.shape.iter().position(is_operation)
        } else {
            (first.kind == Kind::Word).then_some(0)
        }
    }

    /// The pieces from there on that are in no brackets which are opened behind it.
    pub(super) fn outer(&self, from: usize) -> impl Iterator<Item = (usize, Token<'a>)> + '_ {
        let mut depth = 0_i32;
        self.shape.iter().copied().enumerate().skip(from).filter(move |(_, token)| {
            let is_outer = depth == 0;
            if token.is_mark("(") {
                depth += 1;
            } else if token.is_mark(")") {
                depth -= 1;
            }
            is_outer
        })
    }

    /// The name of the main table, and what else it is called.
    fn main_table(&self) -> Option<(String, Option<&'a str>)> {
        let start = self.start()?;
        // Of `SELECT EXISTS (SELECT ..)` the table is in the brackets.
        let start = if self.is_of_existence() { start + 3 } else { start };
        let before: &[&str] = match &*self.shape.get(start)?.text.to_ascii_uppercase() {
            "SELECT" | "DELETE" => &["FROM", "JOIN"],
            "INSERT" | "REPLACE" => &["INTO"],
            "UPDATE" => &["UPDATE"],
            _ => return None,
        };
        let mut places = self.outer(start).filter(|(_, token)| token.is_one_of(before));
        places.find_map(|(i, keyword)| {
            // A bracket behind the name of a function is around what it is given, and in an `INSERT` around columns.
            table_at(&self.shape[i + 1..], keyword.is_word("INTO"))
        })
    }

    /// What stands behind `WHERE`.
    fn condition(&self) -> Option<&[Token<'a>]> {
        let start = self.outer(self.start()?).find(|(_, token)| token.is_word("WHERE"))?.0 + 1;
        let end = self.outer(start).find(|(_, token)| token.is_one_of(&BEHIND_CONDITION));
        Some(&self.shape[start..end.map_or(self.shape.len(), |(end, _)| end)])
    }
}

/// `SELECT 1` and the like, by which pools see whether a connection is alive. (What PostgreSQL is told to `DO` is code.)
fn is_ping(statement: &[Token<'_>]) -> bool {
    let [first, value] = statement else { return false };
    let is_number = value.text.bytes().all(|byte| byte.is_ascii_digit());
    value.kind == Kind::Value && (first.is_word("SELECT") || first.is_word("DO") && is_number)
}

fn controls_transaction(statement: &[Token<'_>]) -> bool {
    let is = |i: usize, words: &[&str]| {
        statement.get(i).is_some_and(|token: &Token<'_>| token.is_one_of(words))
    };
    let is_setting = is(0, &["SET"])
        && (is(1, &["TRANSACTION", "AUTOCOMMIT"])
            || is(1, &["SESSION", "GLOBAL", "LOCAL"])
                && is(2, &["TRANSACTION", "CHARACTERISTICS"]));
    let words = ["BEGIN", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE"];
    is(0, &words)
        || is(0, &["START", "PREPARE"]) && is(1, &["TRANSACTION"])
        || is(0, &["PRAGMA"]) && is(1, &["QUERY_ONLY"])
        || is_setting
}

/// The parts of the name that stands here, and how many pieces it is made of.
fn name_at<'a>(tokens: &[Token<'a>]) -> (Vec<&'a str>, usize) {
    let mut names = Vec::new();
    let mut length = 0;
    for two in tokens.chunks(2) {
        if !matches!(two[0].kind, Kind::Word | Kind::Name) {
            break;
        }
        names.push(two[0].text);
        length += 1;
        if !two.get(1).is_some_and(|dot| dot.is_mark(".")) {
            break;
        }
        length += 1;
    }
    (names, length)
}

/// The table that is named here, unless it is a function or a subquery, and its other name.
fn table_at<'a>(tokens: &[Token<'a>], has_columns: bool) -> Option<(String, Option<&'a str>)> {
    // Joins are in brackets, and so are those in them.
    let is_before = |token: &&Token<'_>| token.is_one_of(&BEFORE_TABLE) || token.is_mark("(");
    let skipped = tokens.iter().take_while(is_before).count();
    let tokens = &tokens[skipped..];
    if tokens.first().is_some_and(|token| token.is_one_of(&["SELECT", "WITH", "VALUES", "TABLE"])) {
        return None;
    }
    let (names, length) = name_at(tokens);
    let rest = &tokens[length..];
    let is_lateral = tokens.first().is_some_and(|token| token.is_word("LATERAL"));
    let is_called = !has_columns && rest.first().is_some_and(|next| next.is_mark("("));
    if names.is_empty() || is_lateral || is_called {
        return None;
    }
    let rest = if rest.first().is_some_and(|next| next.is_word("AS")) { &rest[1..] } else { rest };
    let alias = rest.first().filter(|next| match next.kind {
        Kind::Name => true,
        Kind::Word => !next.is_one_of(&BEHIND_TABLE) && !next.is_one_of(&BEHIND_CONDITION),
        Kind::Value | Kind::Mark => false,
    });
    Some((names.join("."), alias.map(|alias| alias.text)))
}

/// Whether `= ?`, `IN (?)` or `= ANY(?)` stands here, and nothing that goes on with the value.
fn is_compared(tokens: &[Token<'_>]) -> bool {
    let is_value =
        |i: usize| tokens.get(i).is_some_and(|token: &Token<'_>| token.kind == Kind::Value);
    let is_mark =
        |i: usize, mark| tokens.get(i).is_some_and(|token: &Token<'_>| token.is_mark(mark));
    let is_word =
        |i: usize, word| tokens.get(i).is_some_and(|token: &Token<'_>| token.is_word(word));
    let is_end =
        |i: usize| tokens.len() <= i || is_mark(i, ")") || is_word(i, "AND") || is_mark(i, ";");
    (is_mark(0, "=") && is_value(1) && is_end(2))
        || (is_word(0, "IN") && is_mark(1, "(") && is_value(2) && is_mark(3, ")"))
        || (is_mark(0, "=") && is_word(1, "ANY") && is_mark(2, "(") && is_value(3))
}

/// How many pieces the bracket that opens here has, with both ends.
fn length_of_bracket(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        if token.is_mark("(") {
            depth += 1;
        } else if token.is_mark(")") {
            depth -= 1;
        }
        depth == 0
    });
    end.map_or(tokens.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint::Fingerprint;
    use super::*;

    #[track_caller]
    fn check(sql: &str, operation: &str, table: Option<&str>, by: Option<(&str, &[&str])>) {
        let statement = Statement::of(sql);
        assert_eq!(statement.operation().as_deref(), Some(operation), "{sql}");
        assert_eq!(statement.table().as_deref(), table, "{sql}");
        let expected = by.map(|(table, columns)| LookUp {
            table: table.to_owned(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        });
        assert_eq!(statement.look_up(), expected, "{sql}");
    }

    #[test]
    fn queries_are_of_the_first_table() {
        check("SELECT `authors`.`id` FROM `authors`", "SELECT", Some("authors"), None);
        check("select 1 from public.\"Authors\" a", "SELECT", Some("public.Authors"), None);
        check("(SELECT a FROM b) UNION (SELECT c FROM d)", "SELECT", Some("b"), None);
        check("WITH a AS (SELECT * FROM b) SELECT * FROM a", "SELECT", Some("a"), None);
        check("SELECT 1", "SELECT", None, None);
        check("SELECT EXISTS", "SELECT", None, None);
        check("SELECT EXISTS (SELECT a FROM b WHERE b.c = ?)", "SELECT", Some("b"), None);
        check("SELECT a FROM (VALUES (1)) AS b, c", "SELECT", None, None);
        check("SELECT * FROM ((a INNER JOIN b ON 1) LEFT JOIN c ON 1)", "SELECT", Some("a"), None);
        check(
            "SELECT * FROM (a INNER JOIN b ON b.id = a.b_id) WHERE (b.id = ?)",
            "SELECT",
            Some("a"),
            Some(("b", &["id"])),
        );
        check("SHOW transaction_isolation", "SHOW", None, None);
        check(
            "SELECT a FROM (SELECT +value AS `0` FROM json_each(?)) AS `~` CROSS JOIN json_each(?) AS r \
             CROSS JOIN `books` ON `books`.`id` = r.value",
            "SELECT",
            Some("books"),
            None,
        );
    }

    #[test]
    fn writes_are_to_their_table() {
        check("INSERT OR REPLACE INTO a (b) VALUES (?)", "INSERT", Some("a"), None);
        check("REPLACE INTO a(b) SELECT c FROM d", "REPLACE", Some("a"), None);
        check(
            "UPDATE OR IGNORE `a` SET b = ? WHERE (`a`.`id` = ?)",
            "UPDATE",
            Some("a"),
            Some(("a", &["id"])),
        );
        check("DELETE FROM a WHERE b IN (?, ?)", "DELETE", Some("a"), Some(("a", &["b"])));
    }

    #[test]
    fn a_look_up_is_by_what_has_to_be_met() {
        let by = |condition: &str, expected: Option<(&str, &[&str])>| {
            let sql = format!("SELECT * FROM a AS x WHERE {condition} ORDER BY x.b = ? LIMIT ?");
            check(&sql, "SELECT", Some("a"), expected);
        };
        by("(`a`.`id` = ?)", Some(("a", &["id"])));
        by("x.id = $1", Some(("a", &["id"])));
        by("id = ANY($1)", Some(("a", &["id"])));
        by("((a.b = ?) AND (a.c IN (?, ?))) AND d.e = ?", Some(("a", &["b", "c"])));
        by("d.e = ? AND a.b > ?", Some(("d", &["e"])));
        by("a.b = ? OR a.c = ?", None);
        by("a.b = a.c", None);
        by("lower(a.b) = ?", None);
        by("a.b = ? + 1", None);
        by("a.b > ?", None);
        by("EXISTS (SELECT 1 FROM d WHERE d.e = ? OR d.f = ?) AND a.b = ?", Some(("a", &["b"])));
    }

    #[test]
    fn transactions_are_told_from_queries() {
        for sql in [
            "BEGIN",
            "begin immediate;",
            "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
            "COMMIT",
            "ROLLBACK",
            "ROLLBACK TO SAVEPOINT `diesel_savepoint_1`",
            "SAVEPOINT upfront_snapshot; PRAGMA query_only = 1",
            "PRAGMA query_only = 0; RELEASE upfront_snapshot",
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "set session transaction read only",
            "SET autocommit = 0",
            "SELECT 'serializable'",
            "SHOW transaction_isolation",
            "/* x */ COMMIT",
            "SELECT $1",
            "SELECT 1; BEGIN",
            "DO 1",
        ] {
            assert!(!Statement::of(sql).is_counted(), "{sql}");
        }
        for sql in [
            "",
            "SELECT a",
            "SELECT 1 FROM a",
            "DO $$ BEGIN DELETE FROM a; END $$",
            "BEGIN; DELETE FROM a; COMMIT",
            "SET search_path = a",
            "START SLAVE",
            "SHOW TABLES",
            "PRAGMA foreign_keys = 1",
            "UPDATE begin SET a = 1",
        ] {
            assert!(Statement::of(sql).is_counted(), "{sql}");
        }
    }

    /// Random numbers below a limit, the same ones each time.
    fn random() -> impl FnMut(usize) -> usize {
        let mut state = 1_u64;
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        }
    }

    #[test]
    fn nothing_fails_on_any_text() {
        const PIECES: [&str; 48] = [
            "'", "\"", "`", "$", "$$", "$a$", "?", ":", "::", "(", ")", "[", "]", ",", ";", ".",
            "-", "--", "\n", "/*", "*/", "#", "\\", "E'", "U&'", "_a'", "x'", "1", "1e", "0x", "é",
            "\u{2003}", "\0", " ", "IN", "VALUES", "ARRAY", "SELECT", "FROM", "WHERE", "JOIN",
            "WITH", "UPDATE", "AS", "=", "ANY", "AND", "ROLLBACK",
        ];
        let mut random = random();
        for _ in 0..20_000 {
            let length = random(24);
            let pieces =
                (0..length).map(|_| [PIECES[random(PIECES.len())], ["", " "][random(2)]].concat());
            let sql: String = pieces.collect();
            let statement = Statement::of(&sql);
            assert!(statement.shape.len() <= sql.len(), "{sql}");
            let table = statement.table();
            assert!(table.is_none() || statement.operation().is_some(), "{sql}");
            assert!(statement.look_up().is_none() || table.is_some(), "{sql}");
        }
    }

    #[test]
    fn no_value_makes_a_difference_in_any_statement() {
        const PIECES: [&str; 18] = [
            "(",
            ")",
            ",",
            "IN (",
            "VALUES (",
            "ARRAY[",
            "]",
            "a",
            "`b`",
            "SELECT",
            "AND",
            "=",
            "||",
            ";",
            "/* c */",
            "-- d\n",
            "ROLLBACK TO",
            "?",
        ];
        const VALUES: [&str; 9] =
            ["?", "$1", "7", "'it''s'", "x'00'", "$a$ ' $a$", "TRUE", ":a", "2.5e-3"];
        let mut random = random();
        for _ in 0..20_000 {
            let (mut one, mut other) = (String::new(), String::new());
            for _ in 0..random(20) {
                let piece = PIECES[random(PIECES.len())];
                let is_value = piece == "?";
                let mut value = || if is_value { VALUES[random(VALUES.len())] } else { piece };
                one.extend([value(), " "]);
                other.extend([value(), " "]);
            }
            assert_eq!(Fingerprint::of(&one), Fingerprint::of(&other), "{one} and {other}");
        }
    }
}
