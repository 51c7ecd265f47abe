//! How values are written.

/// What stands for a name where the database has none.
pub(crate) const UNNAMED: &str = "(no name)";

/// A time in milliseconds as minutes and seconds, and hours where there are any.
pub(crate) fn length(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
