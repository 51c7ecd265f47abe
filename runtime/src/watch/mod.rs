//! What queries run, and where.
#![allow(dead_code, unreachable_pub)]

mod fingerprint;
mod site;
mod stack;
mod statement;
mod symbol;
mod tokens;
