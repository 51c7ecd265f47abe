//! The shop.

use targets::models::shop::*;

use super::support::database;
use crate::target::Connection;

/// The shop as its models describe it.
pub(crate) async fn shop() -> Connection {
    database(&format!("{SCHEMA}{ROWS}")).await
}
