//! `load!`: what it loads is what a hand-written spec loads, and it can be written wherever an expression or an item can.

use std::collections::HashSet;
use std::fmt::Debug;

use diesel::prelude::*;

use crate::support::{Event, Trace};

/// Asserts that a hand-written spec, the item form of `load!` and its expression form do the same: they send the same
/// statements with the same values in the same order, and their rows show the same. Gives the rows.
///
/// In parentheses behind the database are the parameters of the item form, `(since: i32 = 5)`, which are locals to the
/// expression.
macro_rules! same {
    ($database:ident $(($($param:ident: $Param:ty = $value:expr),*))?, $derived:expr, $model:ident { $($shape:tt)* }) => {{
        upfront::load! {
            #[derive(Debug, Clone)]
            $(#[load(params($($param: $Param),*))])?
            struct Item: $model { $($shape)* }
        }
        $($(let $param: $Param = $value;)*)?
        let derived = $crate::load_macro::Seen::of($database(), |conn| $derived.load(conn));
        let item = $crate::load_macro::Seen::of($database(), |conn| Item::query($($($param.clone()),*)?).load(conn));
        item.assert_same(&derived);
        let expression = $crate::load_macro::Seen::of($database(), |conn| {
            upfront::load!($model { $($shape)* }).load(conn)
        });
        expression.assert_same(&derived);
        assert!(!expression.rows.is_empty(), "rows that are not there show nothing");
        expression.rows
    }};
}

mod annotations;
mod awaited;
mod columns;
mod items;
mod parameters;
mod places;
mod queries;
mod random;
mod refinements;
mod relations;
mod rows;
mod values;

/// What a load does, and what comes of it.
pub(crate) struct Seen<R> {
    events: Vec<Event>,
    shown: String,
    pub(crate) rows: Vec<R>,
}

impl<R: Debug> Seen<R> {
    #[track_caller]
    pub(crate) fn of(
        mut conn: SqliteConnection,
        load: impl FnOnce(&mut SqliteConnection) -> QueryResult<Vec<R>>,
    ) -> Self {
        let trace = Trace::of(&mut conn);
        let rows = load(&mut conn).expect("the load goes well");
        let mut events = trace.take();
        // Two specs that are the same to the user may be one type or two, which are cached once or twice.
        let mut cached = HashSet::new();
        events.retain(|event| !matches!(event, Event::Cached(sql) if !cached.insert(sql.clone())));
        Self { events, shown: without_names(&format!("{rows:?}")), rows }
    }

    #[track_caller]
    pub(crate) fn assert_same<O>(&self, other: &Seen<O>) {
        assert_eq!(self.events, other.events);
        assert_eq!(self.shown, other.shown);
    }
}

/// What was shown of structs, without their names.
fn without_names(shown: &str) -> String {
    let mut rest = shown;
    let mut text = String::new();
    while let Some(brace) = rest.find(" {") {
        let before = rest[..brace].trim_end_matches(|letter: char| letter.is_alphanumeric());
        text += before;
        text += "{";
        rest = &rest[brace + 2..];
    }
    text + rest
}
