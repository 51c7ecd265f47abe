//! Several fields: what is done with one is done with each, in order.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::Row;

use super::{Cursor, Fields, FieldsFrom, Fill, SelectList};
use crate::dialect::Dialect;
use crate::layout::Wanted;
use crate::path::Path;

macro_rules! tuples {
    ($(($($F:ident / $i:tt),+);)*) => {$(
        impl<$($F: Fields),+> Fields for ($($F,)+) {
            type Cell = ($($F::Cell,)+);
            type Value = ($($F::Value,)+);
            type Loaded = ($($F::Loaded,)+);
            const WANTED: Wanted = Wanted::Fields(&[$(&$F::WANTED),+]);
            const OUTER_COLUMNS: usize = 0 $(+ $F::OUTER_COLUMNS)+;
            const COPIES: bool = true $(&& $F::COPIES)+;

            fn select<P: Path, DB: Dialect>(list: &mut SelectList<'_, '_, DB>, outer: bool) -> QueryResult<()> {
                $($F::select::<P, DB>(list, outer)?;)+
                Ok(())
            }

            fn join<P: Path, DB: Dialect>(mut out: AstPass<'_, '_, DB>, outer: bool) -> QueryResult<()> {
                $($F::join::<P, DB>(out.reborrow(), outer)?;)+
                Ok(())
            }

            #[inline]
            fn value(cell: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value> {
                Ok(($($F::value(cell.$i, &mut loaded.$i)?,)+))
            }
        }

        impl<DB: Backend, $($F: FieldsFrom<DB>),+> FieldsFrom<DB> for ($($F,)+) {
            #[inline]
            fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
                Ok(($($F::read(cursor)?,)+))
            }
        }

        impl<'q, Conn, $($F: Fill<'q, Conn>),+> Fill<'q, Conn> for ($($F,)+) {
            fn fill<'r, I>(cells: I, conn: &mut Conn) -> QueryResult<Self::Loaded>
            where
                I: Iterator<Item = &'r Self::Cell> + Clone,
            {
                Ok(($($F::fill(cells.clone().map(|cell| &cell.$i), conn)?,)+))
            }
        }
    )*};
}

// A spec with more fields holds tuples of tuples.
tuples! {
    (A / 0);
    (A / 0, B / 1);
    (A / 0, B / 1, C / 2);
    (A / 0, B / 1, C / 2, D / 3);
    (A / 0, B / 1, C / 2, D / 3, E / 4);
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5);
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6);
    (A / 0, B / 1, C / 2, D / 3, E / 4, F / 5, G / 6, H / 7);
}
