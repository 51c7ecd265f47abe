//! What the benches share: a database, and the loads that are compared.
#![allow(missing_docs)]

pub mod case;
mod counts;
pub mod database;
mod find;
mod has_many;
mod in_json;
mod join;
mod many_to_many;
pub mod measure;
pub mod memory;
mod page;
pub mod schema;
pub mod servers;
mod tags;
mod top_five;

pub use counts::{Count, CountThrough};
pub use find::Find;
pub use has_many::HasMany;
pub use join::Join;
pub use many_to_many::ManyToMany;
pub use page::Page;
pub use tags::Tags;
pub use top_five::TopFive;
