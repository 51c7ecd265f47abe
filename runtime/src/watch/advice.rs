//! What is said of queries that are too many, and of what to write in their place.

use std::time::Duration;

use super::brief::cut;
use super::group::{Group, Ran, groups};
use super::statement::{LookUp, Statement};
use super::table::{TIMES, WIDTH, took};

/// How many of the values of a query are shown.
const SHOWN_BINDS: usize = 3;

/// The queries that ran, in groups of one shape from one place: how many, which, from where, and with which values.
pub(crate) fn list(queries: &[Ran<'_>]) -> String {
    let groups = groups(queries);
    let mut text = String::new();
    for group in &groups {
        let first = group.first();
        let before = format!("  {}", times(group.count()));
        let sql = Statement::of(first.sql).brief(WIDTH - before.len() - 3);
        text.push_str(&format!("{before} `{sql}`\n"));
        // The load that a prefetch is part of tells the same.
        let is_told = group.count() == 1 || first.field.is_some();
        let help = (!is_told).then(|| help(first, group.is_identical())).flatten();
        for line in [asked(first), values(group), help].into_iter().flatten() {
            text.push_str(&wrapped(&line, "    "));
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// A query that ran again and again from one place.
pub(crate) fn repeated(first: &Ran<'_>, count: usize, total: Duration) -> String {
    let place = first.site.as_ref().map(|site| format!("{site}: ")).unwrap_or_default();
    let times = format!(" ran {} ({})", times(count), took(total));
    // As much as the longest usual time leaves, so that the text is the same whatever it took.
    let took = format!(" ran {count} times ()").len() + TIMES;
    let room = WIDTH.saturating_sub(place.len() + took + 2);
    let statement = Statement::of(first.sql);
    let sql = statement.brief(room);
    let mut text = match sql.ends_with(" ..") {
        false => format!(
            "{place}`{sql}`{times}
"
        ),
        // What is cut off can be what tells most.
        true => format!(
            "{place}a query{times}
  `{}`
",
            statement.brief(WIDTH - 4)
        ),
    };
    let caller = first.site.as_ref().and_then(|site| site.caller());
    let caller = caller.map(|caller| format!("called from {caller}"));
    for line in caller.into_iter().chain(help(first, false)) {
        text.push_str(&wrapped(&line, "  "));
    }
    text.truncate(text.trim_end().len());
    text
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        _ => format!("{count} times"),
    }
}

/// Who asked for it, and where.
fn asked(query: &Ran<'_>) -> Option<String> {
    let by = query.asked_by().map(|name| format!("for `{name}`"));
    let at = query.site.as_ref().map(|site| format!("at {site:#}"));
    let both: Vec<String> = by.into_iter().chain(at).collect();
    (!both.is_empty()).then(|| both.join(", "))
}

/// With which values the queries ran, where there are several and they are known.
fn values(group: &Group<'_>) -> Option<String> {
    if group.count() == 1 {
        return None;
    }
    let known: Vec<&str> = group.queries().map(|query| query.binds).collect::<Option<_>>()?;
    if group.is_identical() {
        return Some("with the same values each time".to_owned());
    }
    let shown: Vec<String> = known.iter().take(SHOWN_BINDS).map(|binds| cut(binds, 24)).collect();
    let more = if known.len() > SHOWN_BINDS { ", .." } else { "" };
    let duplicates = match group.identical() {
        0 => String::new(),
        1 => "; 1 is a duplicate".to_owned(),
        duplicates => format!("; {duplicates} are duplicates"),
    };
    Some(format!("with {}{more}{duplicates}", shown.join(", ")))
}

/// What to write in place of a query that runs again and again, for each row of another.
pub(crate) fn help(query: &Ran<'_>, is_identical: bool) -> Option<String> {
    if query.is_in_chunks {
        return None;
    }
    let statement = Statement::of(query.sql);
    let is_identical = is_identical || statement.is_without_values() && statement.table().is_some();
    let text = match (query.spec, query.field, query.relation) {
        _ if is_identical && statement.is_query() => {
            "run it once, and keep what it returns".to_owned()
        }
        (Some(spec), None, Some(relation)) => format!(
            "`load_onto` loads the relation of all rows at once: `{relation}.load_onto::<{spec}>(&rows, conn)` with \
             all of them, not one after the other"
        ),
        (Some(spec), ..) if spec.starts_with("load!") => format!(
            "`{spec}` in a loop: load the rows at once, by a `prefetch` in what loads the outer rows, or, with a spec that \
             has a name, by `load_onto` of the relation"
        ),
        (Some(spec), ..) => format!(
            "`{spec}::query()` in a loop: load the rows at once, by a `prefetch` in the spec of the outer rows or by \
             `load_onto::<{spec}>(&rows, conn)` of the relation"
        ),
        (None, ..) => plain_help(&statement, is_identical)?,
    };
    Some(format!("help: {text}"))
}

/// The same of a query that is no spec's.
fn plain_help(statement: &Statement<'_>, is_identical: bool) -> Option<String> {
    let operation = statement.operation()?;
    let table = statement.table()?;
    let look_up = statement.look_up();
    let filter = look_up.as_ref().and_then(eq_any);
    let computed = |what: &str| {
        let of = last(&table);
        format!(
            "the spec of the outer rows can have it computed for all of them: an `annotate` of the relation to \
             `{table}`, such as `{of}.{what}`"
        )
    };
    match (&*operation, look_up, filter) {
        ("SELECT", ..) if statement.is_of_existence() => Some(computed("exists()")),
        ("SELECT", ..) if statement.is_aggregate() => Some(computed("count()")),
        ("SELECT", Some(look_up), filter) => {
            let filter = filter.map(|filter| format!(", or {filter}")).unwrap_or_default();
            Some(format!(
                "rows of `{table}` are looked up by {} one at a time: one query does it for all, by a spec with the \
                 relation to `{table}` as `join` or `prefetch`{filter}",
                columns_of(&look_up, &table)
            ))
        }
        ("INSERT", ..) => Some(format!(
            "one statement inserts all rows: `insert_into({}::table).values(&rows)`",
            last(&table)
        )),
        ("UPDATE" | "DELETE", ..) if is_identical => Some("run it once".to_owned()),
        ("UPDATE" | "DELETE", _, Some(filter)) => {
            Some(format!("one statement does it for all rows with the same values: {filter}"))
        }
        _ => None,
    }
}

/// The columns by which rows of the table are looked up, which can be those of a table that it is joined to.
fn columns_of(look_up: &LookUp, table: &str) -> String {
    let name = |column: &String| match look_up.table == table {
        true => format!("`{column}`"),
        false => format!("`{}.{column}`", look_up.table),
    };
    look_up.columns.iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// The condition of one query for all values, where there is one column.
fn eq_any(look_up: &LookUp) -> Option<String> {
    let [column] = &*look_up.columns else { return None };
    let values = if column == "id" || column.ends_with("_id") { "ids" } else { "values" };
    Some(format!("`.filter({}::{column}.eq_any({values}))`", last(&look_up.table)))
}

/// The name of a table without its schema's.
fn last(table: &str) -> &str {
    table.rsplit('.').next().unwrap_or(table)
}

/// A text in lines that are no wider than there is room, each behind `indent`, and those behind the first a bit further in.
/// Code is not broken.
fn wrapped(text: &str, indent: &str) -> String {
    let (mut lines, mut line) = (String::new(), indent.to_owned());
    let mut is_code = false;
    let mut word = String::new();
    for part in text.split(' ') {
        word.push_str(part);
        is_code ^= part.matches('`').count() % 2 == 1;
        if is_code {
            word.push(' ');
            continue;
        }
        let is_first = line.trim_start().is_empty();
        if !is_first && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.extend([&*line, "\n"]);
            line = format!("{indent}  {word}");
        } else {
            line.extend([if is_first { "" } else { " " }, &*word]);
        }
        word.clear();
    }
    lines.extend([&*line, &*word, "\n"]);
    lines
}

#[cfg(test)]
mod tests {
    use super::super::site::CallSite;
    use super::*;

    fn site(line: u32) -> Option<CallSite> {
        let site = |file: &str, line| CallSite::new(Some(file.into()), Some(line), None, None);
        Some(site("src/list.rs", line).called_from(Some(site("src/main.rs", 12))))
    }

    fn ran(sql: &str) -> Ran<'_> {
        Ran { sql, site: site(31), ..Ran::default() }
    }

    /// The expected text stands in lines of its own.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let text = format!("\n{text}\n");
        assert_eq!(text, expected, "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
    }

    #[track_caller]
    fn check_repeated(first: &Ran<'_>, expected: &str) {
        check(&repeated(first, 100, Duration::from_micros(1_234)), expected);
    }

    const BY_ID: &str = "SELECT `authors`.`id`, `authors`.`name`, `authors`.`bio`, `authors`.`publisher_id` \
                         FROM `authors` WHERE (`authors`.`id` = ?) LIMIT ?";

    #[test]
    fn a_list_tells_what_ran_and_from_where() {
        let query = |binds| Ran { binds: Some(binds), ..ran(BY_ID) };
        let card = Ran { spec: Some("BookCard"), ..Ran::default() };
        let queries = [
            Ran { sql: "SELECT `books`.`title` FROM `books`", site: site(7), ..card.clone() },
            Ran { sql: "SELECT `tags`.`name` FROM `tags`", field: Some("tags"), ..card },
            query("[1, 1]"),
            query("[2, 1]"),
            query("[1, 1]"),
            query("[3, 1]"),
            Ran { site: None, ..ran("DELETE FROM books") },
        ];
        let expected = "
  once `SELECT books.title FROM books`
    for `BookCard`, at src/list.rs:7, called from src/main.rs:12
  once `SELECT tags.name FROM tags`
    for `BookCard.tags`
  4 times `SELECT authors.id, authors.name, .. FROM authors WHERE (authors.id = ?) LIMIT ?`
    at src/list.rs:31, called from src/main.rs:12
    with [1, 1], [2, 1], [1, 1], ..; 1 is a duplicate
    help: rows of `authors` are looked up by `id` one at a time: one query does it for all, by a
      spec with the relation to `authors` as `join` or `prefetch`, or
      `.filter(authors::id.eq_any(ids))`
  once `DELETE FROM books`
";
        check(&list(&queries), expected);
    }

    #[test]
    fn what_is_the_same_each_time_is_to_be_kept() {
        let query = Ran { binds: Some("[]"), site: None, ..ran("SELECT a FROM b") };
        let expected = "
  2 times `SELECT a FROM b`
    with the same values each time
    help: run it once, and keep what it returns
";
        check(&list(&[query.clone(), query]), expected);
    }

    #[test]
    fn a_load_in_chunks_needs_no_help() {
        let chunk = |binds| Ran {
            sql: "SELECT a FROM b WHERE a > ?",
            spec: Some("Page"),
            binds: Some(binds),
            is_in_chunks: true,
            ..Ran::default()
        };
        let expected = "
  2 times `SELECT a FROM b WHERE a > ?`
    for `Page`
    with [1], [a value that is long ..
";
        check(
            &list(&[chunk("[1]"), chunk("[a value that is longer than there is room]")]),
            expected,
        );
    }

    #[test]
    fn a_look_up_of_one_row_after_the_other_is_one_query() {
        let expected = "
src/list.rs:31: `SELECT .. FROM authors WHERE (authors.id = ?) LIMIT ?` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: rows of `authors` are looked up by `id` one at a time: one query does it for all, by a spec
    with the relation to `authors` as `join` or `prefetch`, or `.filter(authors::id.eq_any(ids))`
";
        check_repeated(&ran(BY_ID), expected);
        let expected = "
`SELECT a FROM shop.b WHERE c = ? AND d = ?` ran 100 times (1.2 ms)
  help: rows of `shop.b` are looked up by `c` and `d` one at a time: one query does it for all, by a
    spec with the relation to `shop.b` as `join` or `prefetch`
";
        let by_two = ran("SELECT a FROM shop.b WHERE c = ? AND d = ?");
        check_repeated(&Ran { site: None, ..by_two }, expected);
    }

    #[test]
    fn a_long_query_has_a_line_of_its_own() {
        let expected = "
src/list.rs:31: a query ran 100 times (1.2 ms)
  `SELECT .. FROM books WHERE ((books.author_id = ?) AND (books.published > books.written))`
  called from src/main.rs:12
  help: rows of `books` are looked up by `author_id` one at a time: one query does it for all, by a
    spec with the relation to `books` as `join` or `prefetch`, or
    `.filter(books::author_id.eq_any(ids))`
";
        let sql = "SELECT `books`.`title`, `books`.`price` FROM `books` \
                   WHERE ((`books`.`author_id` = ?) AND (`books`.`published` > `books`.`written`))";
        check_repeated(&ran(sql), expected);
    }

    #[test]
    fn a_spec_in_a_loop_is_loaded_at_once() {
        let books = "SELECT `books`.`title` FROM `books` WHERE `books`.`author_id` = ?";
        let card = Ran { spec: Some("BookCard"), ..ran(books) };
        let expected = "
src/list.rs:31: `SELECT books.title FROM books WHERE books.author_id = ?` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: `BookCard::query()` in a loop: load the rows at once, by a `prefetch` in the spec of the
    outer rows or by `load_onto::<BookCard>(&rows, conn)` of the relation
";
        check_repeated(&card, expected);
        let expected = "
src/list.rs:31: `SELECT books.title FROM books WHERE books.author_id = ?` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: `load_onto` loads the relation of all rows at once:
    `books.load_onto::<BookCard>(&rows, conn)` with all of them, not one after the other
";
        check_repeated(&Ran { relation: Some("books"), ..card.clone() }, expected);
        let expected = "
src/list.rs:31: `SELECT books.title FROM books WHERE books.author_id = ?` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: `Page::query()` in a loop: load the rows at once, by a `prefetch` in the spec of the outer
    rows or by `load_onto::<Page>(&rows, conn)` of the relation
";
        let page = Ran { spec: Some("Page"), field: Some("newest"), ..card };
        check_repeated(&Ran { relation: Some("books"), ..page }, expected);
    }

    #[test]
    fn what_is_computed_for_each_row_is_an_annotation() {
        let expected = "
src/list.rs:31: `SELECT COUNT(*) FROM books WHERE (books.author_id = ?)` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: the spec of the outer rows can have it computed for all of them: an `annotate` of the
    relation to `books`, such as `books.count()`
";
        let count = "SELECT COUNT(*) FROM `books` WHERE (`books`.`author_id` = ?)";
        check_repeated(&ran(count), expected);
        let expected = "
src/list.rs:31: a query ran 100 times (1.2 ms)
  `SELECT EXISTS (SELECT books.id, books.title FROM books WHERE (books.author_id = ?))`
  called from src/main.rs:12
  help: the spec of the outer rows can have it computed for all of them: an `annotate` of the
    relation to `books`, such as `books.exists()`
";
        let exists = "SELECT EXISTS (SELECT `books`.`id`, `books`.`title` FROM `books` WHERE (`books`.`author_id` = ?))";
        check_repeated(&ran(exists), expected);
    }

    #[test]
    fn a_join_is_a_query_for_its_first_table() {
        let expected = "
src/list.rs:31: a query ran 100 times (1.2 ms)
  `SELECT .. FROM (books INNER JOIN authors ON (authors.id = books.author_id)) WHERE (authors.id ..`
  called from src/main.rs:12
  help: rows of `books` are looked up by `authors.id` one at a time: one query does it for all, by a
    spec with the relation to `books` as `join` or `prefetch`, or `.filter(authors::id.eq_any(ids))`
";
        let join = "SELECT `books`.`title` FROM (`books` INNER JOIN `authors` \
                    ON (`authors`.`id` = `books`.`author_id`)) WHERE (`authors`.`id` = ?)";
        check_repeated(&ran(join), expected);
    }

    #[test]
    fn what_has_no_values_is_the_same_each_time() {
        let expected = "
src/list.rs:31: `SELECT tags.name FROM tags` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: run it once, and keep what it returns
";
        check_repeated(&ran("SELECT `tags`.`name` FROM `tags`"), expected);
    }

    #[test]
    fn writes_are_of_all_rows() {
        let expected = "
src/list.rs:31: `INSERT INTO books (title) VALUES (?)` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: one statement inserts all rows: `insert_into(books::table).values(&rows)`
";
        check_repeated(&ran("INSERT INTO `books` (`title`) VALUES (?)"), expected);
        let expected = "
src/list.rs:31: `UPDATE books SET title = ? WHERE (books.isbn = ?)` ran 100 times (1.2 ms)
  called from src/main.rs:12
  help: one statement does it for all rows with the same values:
    `.filter(books::isbn.eq_any(values))`
";
        check_repeated(&ran("UPDATE `books` SET `title` = ? WHERE (`books`.`isbn` = ?)"), expected);
    }

    #[test]
    fn a_write_returns_nothing_to_keep() {
        let write = |sql| Ran { binds: Some("[1]"), site: None, ..ran(sql) };
        let delete = write("DELETE FROM books WHERE id = ?");
        let insert = write("INSERT INTO books (id) VALUES (?)");
        let expected = "
  2 times `DELETE FROM books WHERE id = ?`
    with the same values each time
    help: run it once
  2 times `INSERT INTO books (id) VALUES (?)`
    with the same values each time
    help: one statement inserts all rows: `insert_into(books::table).values(&rows)`
";
        check(&list(&[delete.clone(), delete, insert.clone(), insert]), expected);
    }

    #[test]
    fn nothing_is_advised_where_nothing_is_known() {
        let expected = "
src/list.rs:31: `SELECT ?` ran 100 times (1.2 ms)
  called from src/main.rs:12
";
        check_repeated(&ran("SELECT 7"), expected);
    }
}
