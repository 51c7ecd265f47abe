//! The README, for those who come from Django: what it says to write is what runs here, and what it says of the SQL and of
//! the number of queries is what is seen.
//!
//! The code in these tests is compared with that in the README, token by token, so neither changes without the other.

mod example;
mod readme;
mod table;
