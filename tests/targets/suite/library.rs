//! Specs of the library that several modules load.

use targets::models::library::*;
use upfront::LoadSpec;

use super::support::database;
use crate::target::Connection;

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Book)]
pub(crate) struct Title {
    pub(crate) title: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Tag)]
pub(crate) struct TagName {
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Publisher)]
pub(crate) struct PublisherName {
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Author)]
pub(crate) struct AuthorName {
    pub(crate) name: String,
}

#[derive(LoadSpec, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[load(Author)]
pub(crate) struct AuthorCard {
    pub(crate) name: String,
    #[load(join)]
    pub(crate) publisher: Option<PublisherName>,
}

/// The library.
pub(crate) async fn library() -> Connection {
    database(&format!("{SCHEMA}{ROWS}")).await
}
