//! The table that a log is printed as.

use std::collections::HashMap;
use std::time::Duration;

use super::brief::{cut, cut_start};
use super::fingerprint::Fingerprint;
use super::group::Ran;
use super::statement::Statement;

/// How wide lines are.
pub(super) const WIDTH: usize = 100;
/// How wide the names of specs and the places are at the most.
const NAMES: usize = 24;
const PLACES: usize = 32;
/// How wide times are at the least, so that the table has the same form whatever the times are: `999.9 ms`.
pub(super) const TIMES: usize = 8;

const TITLES: [&str; 7] = ["#", "time", "rows", "query", "same", "spec", "site"];
const QUERY: usize = 3;

/// A line for each query, and one that sums them up. A query of the same shape as one before has its number: `=1` where the
/// values are known to be the same too, and else `~1`. Statements that only begin and end transactions have no number.
pub(crate) fn table(queries: &[Ran<'_>]) -> String {
    if queries.is_empty() {
        return "no queries".to_owned();
    }
    let mut rows: Vec<[String; 7]> = vec![TITLES.map(str::to_owned)];
    rows.extend(cells(queries));
    let mut widths = [0; 7];
    for (i, width) in widths.iter_mut().enumerate().filter(|(i, _)| *i != QUERY) {
        // A column in which nothing is told is left out.
        let is_told = rows.iter().skip(1).any(|row| !row[i].is_empty());
        let longest = rows.iter().map(|row| row[i].chars().count()).max();
        *width = longest.filter(|_| is_told).map_or(0, |longest| longest + 2);
        if *width > 0 && TITLES[i] == "time" {
            *width = (*width).max(TIMES + 2);
        }
    }
    let room = (WIDTH + 2).saturating_sub(widths.iter().sum::<usize>() + 2);
    for (row, query) in rows.iter_mut().skip(1).zip(queries) {
        row[QUERY] = Statement::of(query.sql).brief(room);
    }
    widths[QUERY] = 2 + rows.iter().map(|row| row[QUERY].chars().count()).max().unwrap_or_default();

    let mut text = String::new();
    let mut errors = queries.iter().map(|query| query.error);
    for (i, row) in rows.iter().enumerate() {
        text.push_str(&line(row, &widths));
        if let Some(error) = (i > 0).then(|| errors.next().flatten()).flatten() {
            let before = widths[..QUERY].iter().sum::<usize>();
            let error = cut(&format!("error: {}", error.replace('\n', " ")), WIDTH - before);
            text.extend([&*" ".repeat(before), &*error, "\n"]);
        }
    }
    text + &sum(queries)
}

/// What stands in the columns, but for the queries.
fn cells<'q>(queries: &'q [Ran<'q>]) -> impl Iterator<Item = [String; 7]> + 'q {
    let mut known = HashMap::new();
    let mut exact = HashMap::new();
    let mut numbers = 1..;
    queries.iter().map(move |query| {
        let counts = query.counts();
        let number = counts.then(|| numbers.next()).flatten();
        let same = number.and_then(|number| {
            let first = *known.entry(Fingerprint::of(query.sql)).or_insert(number);
            let binds = query.binds.map(|binds| *exact.entry((query.sql, binds)).or_insert(number));
            match binds.filter(|exact| *exact != number) {
                Some(exact) => Some(format!("={exact}")),
                None => (first != number).then(|| format!("~{first}")),
            }
        });
        [
            number.map(|number: usize| number.to_string()).unwrap_or_default(),
            query.duration.map(took).unwrap_or_default(),
            query.rows.map(|rows| rows.to_string()).unwrap_or_default(),
            String::new(),
            same.unwrap_or_default(),
            query.asked_by().map(|name| cut(&name, NAMES)).unwrap_or_default(),
            query
                .site
                .as_ref()
                .map(|site| cut_start(&site.to_string(), PLACES))
                .unwrap_or_default(),
        ]
    })
}

fn line(row: &[String; 7], widths: &[usize; 7]) -> String {
    let mut text = String::new();
    for (i, (cell, width)) in
        row.iter().zip(widths).enumerate().filter(|(_, (_, width))| **width > 0)
    {
        let blank = " ".repeat(width.saturating_sub(cell.chars().count() + 2));
        let between = if text.is_empty() { "" } else { "  " };
        // Numbers end below each other, and texts begin so.
        let parts = if i < QUERY { [between, &blank, cell] } else { [between, cell, &blank] };
        text.extend(parts);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn sum(queries: &[Ran<'_>]) -> String {
    let count = queries.iter().filter(|query| query.counts()).count();
    let total = queries.iter().filter_map(|query| query.duration).sum();
    format!("{} in {}", number_of_queries(count), took(total))
}

/// `1 query`, `2 queries`.
pub(super) fn number_of_queries(count: usize) -> String {
    match count {
        1 => "1 query".to_owned(),
        _ => format!("{count} queries"),
    }
}

/// How long something took: `850 us`, `1.2 ms`, `3.4 s`.
pub(super) fn took(duration: Duration) -> String {
    let micros = duration.as_micros();
    match micros {
        0..1_000 => format!("{micros} us"),
        1_000..1_000_000 => format!("{:.1} ms", duration.as_secs_f64() * 1e3),
        _ => format!("{:.1} s", duration.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::CallSite;
    use super::*;

    fn ran(sql: &str, micros: u64) -> Ran<'_> {
        Ran { sql, duration: Some(Duration::from_micros(micros)), ..Ran::default() }
    }

    fn site(line: u32) -> Option<CallSite> {
        Some(CallSite::new(Some("src/list.rs".into()), Some(line), None, None))
    }

    #[track_caller]
    fn check(queries: &[Ran<'_>], expected: &str) {
        let table = table(queries);
        assert_eq!(table, expected, "\n{table}");
        assert!(table.lines().all(|line| line.chars().count() <= WIDTH && line == line.trim_end()));
    }

    #[test]
    fn a_log_is_a_table() {
        let page = |sql, rows| Ran {
            spec: Some("AuthorPage"),
            rows: Some(rows),
            site: site(31),
            ..ran(sql, 1_234)
        };
        let by_id = "SELECT `authors`.`id`, `authors`.`name`, `authors`.`bio` FROM `authors` WHERE (`authors`.`id` = ?)";
        check(
            &[
                ran("BEGIN", 12),
                page("SELECT `authors`.`name`, `authors`.`id` FROM `authors`", 120),
                Ran {
                    field: Some("newest"),
                    ..page("SELECT `books`.`author_id`, `books`.`title` FROM `books`", 7)
                },
                Ran { site: site(7), binds: Some("[1]"), ..ran(by_id, 99) },
                Ran { site: site(7), binds: Some("[2]"), ..ran(by_id, 99) },
                Ran { site: site(7), binds: Some("[1]"), ..ran(by_id, 2_999_999) },
                Ran {
                    error: Some("UNIQUE constraint failed:\nauthors.id"),
                    ..ran("INSERT INTO `authors` (`id`) VALUES (?)", 50)
                },
                Ran { duration: None, ..ran("COMMIT", 12) },
            ],
            "\
#      time  rows  query                                     same  spec               site
      12 us        BEGIN
1    1.2 ms   120  SELECT .. FROM authors                          AuthorPage         src/list.rs:31
2    1.2 ms     7  SELECT .. FROM books                            AuthorPage.newest  src/list.rs:31
3     99 us        SELECT .. FROM authors WHERE (authors ..                           src/list.rs:7
4     99 us        SELECT .. FROM authors WHERE (authors ..  ~3                       src/list.rs:7
5     3.0 s        SELECT .. FROM authors WHERE (authors ..  =3                       src/list.rs:7
6     50 us        INSERT INTO authors (id) VALUES (?)
                   error: UNIQUE constraint failed: authors.id
                   COMMIT
6 queries in 3.0 s",
        );
    }

    #[test]
    fn columns_that_tell_nothing_are_left_out() {
        check(&[ran("SELECT a", 5)], "#      time  query\n1      5 us  SELECT a\n1 query in 5 us");
        check(&[], "no queries");
    }
}
