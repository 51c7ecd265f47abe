//! Loads that are looked at: the text of their queries, what the database makes of it, and the indexes that they want.

mod explained;
mod indexes;
mod texts;
