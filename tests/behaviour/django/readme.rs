//! What the README says.

pub(crate) const README: &str = include_str!("../../../README.md");

/// A row of the table for those who come from Django. All code in its third cell is what is to be written; the SQL stands
/// below the table, behind a comment with the number of the row.
pub(crate) struct Row {
    number: usize,
    /// The code of upfront, all of it that stands in the row.
    code: String,
    /// None where the code does not compile.
    queries: Option<usize>,
    sql: Vec<String>,
}

impl Row {
    #[track_caller]
    pub(crate) fn numbered(number: usize) -> Self {
        let start = format!("| {number} | ");
        let line = README.lines().find(|line| line.starts_with(&start));
        let line = line.unwrap_or_else(|| panic!("the README has no row {number}"));
        let cells: Vec<&str> = line.split(" | ").collect();
        let [_, _, upfront, queries] = cells[..] else {
            panic!("row {number} has other columns: {cells:?}")
        };
        Self {
            number,
            // What stands between two backticks is every other part.
            code: upfront.split('`').skip(1).step_by(2).collect(),
            queries: queries.split([' ', ',']).next().and_then(|word| word.parse().ok()),
            sql: statements(number),
        }
    }

    /// Asserts that the row shows this code.
    #[track_caller]
    pub(crate) fn shows(&self, code: &str) {
        assert_eq!(without_space(&self.code), without_space(code), "row {}", self.number);
    }

    /// Asserts that the row shows these queries, and says how many there are.
    #[track_caller]
    pub(crate) fn runs(&self, sql: &[String]) {
        assert_eq!(self.statements(), without_spaces(sql), "row {}", self.number);
        assert_eq!(self.queries, Some(sql.len()), "row {}", self.number);
    }

    /// The queries, without white space.
    pub(crate) fn statements(&self) -> Vec<String> {
        without_spaces(&self.sql)
    }
}

/// How many rows the table has.
pub(crate) fn rows() -> usize {
    let numbered = |line: &&str| {
        let cell = line.strip_prefix("| ").and_then(|line| line.split(" | ").next());
        cell.is_some_and(|cell| cell.parse::<usize>().is_ok())
    };
    README.lines().filter(numbered).count()
}

/// The queries below the number of a row.
fn statements(number: usize) -> Vec<String> {
    let start = format!("-- {number}\n");
    let all = block("sql", "-- ");
    let Some(at) = all.find(&start) else { return Vec::new() };
    let rest = &all[at + start.len()..];
    let end = rest.find("-- ").unwrap_or(rest.len());
    queries(&rest[..end])
}

/// The queries of a text, each of which ends with a semicolon.
pub(crate) fn queries(sql: &str) -> Vec<String> {
    let mut queries: Vec<String> = sql.split(';').map(|query| query.trim().to_owned()).collect();
    assert_eq!(queries.pop().as_deref(), Some(""), "a query without a semicolon in {sql}");
    queries
}

/// The block of code in this language that begins with these words.
#[track_caller]
pub(crate) fn block(language: &str, start: &str) -> &'static str {
    let fence = format!("```{language}\n");
    let mut blocks = README.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
    blocks
        .find(|block| block.starts_with(start))
        .unwrap_or_else(|| panic!("the README has no `{language}` that begins with `{start}`"))
}

/// The program that the README begins with, without comments and white space.
pub(crate) fn example() -> String {
    let code = block("rust", "use author::Loaded").lines();
    let code: String = code.filter_map(|line| line.split("//").next()).collect();
    without_space(&code)
}

pub(crate) fn without_space(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

pub(crate) fn without_spaces(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| without_space(text)).collect()
}
