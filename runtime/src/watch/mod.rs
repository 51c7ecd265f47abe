//! What queries run, and where.
#![allow(dead_code, unreachable_pub)]

mod site;
mod stack;
mod symbol;
