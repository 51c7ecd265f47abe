//! How values are written.

use std::fmt::Display;

/// What stands for a name where the database has none.
pub(crate) const UNNAMED: &str = "(no name)";

/// "1 track", "2 tracks".
pub(crate) fn counted<N: Display + PartialEq + From<u8>>(count: N, what: &str) -> String {
    counted_in(0, count, what)
}

/// The same for columns: the number stands to the right of `width` characters, and room is left for the plural.
pub(crate) fn counted_in<N>(width: usize, count: N, what: &str) -> String
where
    N: Display + PartialEq + From<u8>,
{
    let plural = match (count == N::from(1), width) {
        (true, 0) => "",
        (true, _) => " ",
        (false, _) => "s",
    };
    format!("{count:>width$} {what}{plural}")
}

/// A time in milliseconds as minutes and seconds, and hours where there are any.
pub(crate) fn length(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
