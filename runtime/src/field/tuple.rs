//! Several fields: what is done with one is done with each, in order.

use diesel::QueryResult;
use diesel::deserialize;
use diesel::query_builder::AstPass;
use diesel::row::Row;

use super::{Begin, Cursor, Fields, FieldsFrom, SelectList};
use crate::cells::Cells;
use crate::dialect::Dialect;
use crate::layout::Wanted;
use crate::path::Path;
use crate::pending::Pending;
use crate::plan::{PlanFields, Planner};
use crate::query::{At, Slots};
use crate::run::Run;
use crate::watch::Caller;

macro_rules! tuples {
    ($(($A:ident / $SA:ident / $zero:tt $(, $F:ident / $S:ident / $i:tt)*);)*) => {$(
        impl<$A: Fields, $($F: Fields<Params = $A::Params>),*> Fields for ($A, $($F,)*) {
            type Params = $A::Params;
            type Computed = ($A::Computed, $($F::Computed,)*);
            type Slots = ($A::Slots, $($F::Slots,)*);
            type Cell = ($A::Cell, $($F::Cell,)*);
            type Value = ($A::Value, $($F::Value,)*);
            type Loaded = ($A::Loaded, $($F::Loaded,)*);
            const WANTED: Wanted = Wanted::Fields(&[&$A::WANTED, $(&$F::WANTED),*]);
            const OUTER_COLUMNS: usize = $A::OUTER_COLUMNS $(+ $F::OUTER_COLUMNS)*;
            const COPIES: bool = $A::COPIES $(&& $F::COPIES)*;
            const CONSTANT: bool = $A::CONSTANT $(&& $F::CONSTANT)*;
            const PREFETCHES: bool = $A::PREFETCHES $(|| $F::PREFETCHES)*;

            fn computed(params: &Self::Params) -> Self::Computed {
                ($A::computed(params), $($F::computed(params),)*)
            }

            fn slots(params: &Self::Params) -> Self::Slots {
                ($A::slots(params), $($F::slots(params),)*)
            }

            fn join<P: Path, DB: Dialect>(mut out: AstPass<'_, '_, DB>, outer: bool) -> QueryResult<()> {
                $A::join::<P, DB>(out.reborrow(), outer)?;
                $($F::join::<P, DB>(out.reborrow(), outer)?;)*
                Ok(())
            }

            #[inline]
            fn value(cell: Self::Cell, loaded: &mut Self::Loaded) -> deserialize::Result<Self::Value> {
                Ok(($A::value(cell.$zero, &mut loaded.$zero)?, $($F::value(cell.$i, &mut loaded.$i)?,)*))
            }
        }

        impl<DB, $A, $($F),*> FieldsFrom<DB> for ($A, $($F,)*)
        where
            DB: Dialect,
            $A: FieldsFrom<DB>,
            $($F: FieldsFrom<DB> + Fields<Params = $A::Params>,)*
        {
            fn select<'b, P: Path>(
                computed: &'b Self::Computed,
                list: &mut SelectList<'_, 'b, DB>,
                outer: bool,
            ) -> QueryResult<()> {
                $A::select::<P>(&computed.$zero, list, outer)?;
                $($F::select::<P>(&computed.$i, list, outer)?;)*
                Ok(())
            }

            #[inline]
            fn read<'a, R: Row<'a, DB>>(cursor: &mut Cursor<'_, R>) -> deserialize::Result<Self::Cell> {
                Ok(($A::read(cursor)?, $($F::read(cursor)?,)*))
            }
        }

        impl<$A, $SA, $($F, $S),*> Begin<($SA, $($S,)*)> for ($A, $($F,)*)
        where
            $A: Begin<$SA>,
            $($F: Begin<$S> + Fields<Params = $A::Params>,)*
        {
            type Pending = ($A::Pending, $($F::Pending,)*);

            fn begin(
                cells: &mut impl Cells<Cell = Self::Cell>,
                slots: ($SA, $($S,)*),
            ) -> Self::Pending {
                (
                    $A::begin(&mut cells.part(|cell| &mut cell.$zero), slots.$zero),
                    $($F::begin(&mut cells.part(|cell| &mut cell.$i), slots.$i),)*
                )
            }
        }

        impl<DB: Dialect, $A, $SA, $($F, $S),*> PlanFields<($SA, $($S,)*), DB> for ($A, $($F,)*)
        where
            $A: PlanFields<$SA, DB>,
            $($F: PlanFields<$S, DB> + Fields<Params = $A::Params>,)*
        {
            fn plan<P: Path>(
                computed: &Self::Computed,
                slots: &($SA, $($S,)*),
                planner: &mut Planner<'_, DB>,
            ) -> QueryResult<()> {
                $A::plan::<P>(&computed.$zero, &slots.$zero, planner)?;
                $($F::plan::<P>(&computed.$i, &slots.$i, planner)?;)*
                Ok(())
            }
        }

        impl<$A: Pending, $($F: Pending),*> Pending for ($A, $($F,)*) {
            type Loaded = ($A::Loaded, $($F::Loaded,)*);
        }

        impl<'q, Conn, $A: Run<'q, Conn>, $($F: Run<'q, Conn>),*> Run<'q, Conn> for ($A, $($F,)*) {
            fn run(self, conn: &mut Conn, caller: Caller) -> QueryResult<Self::Loaded> {
                Ok((self.$zero.run(conn, caller)?, $(self.$i.run(conn, caller)?,)*))
            }
        }
    )*};
}

// A spec with more fields holds tuples of tuples.
tuples! {
    (A / SA / 0);
    (A / SA / 0, B / SB / 1);
    (A / SA / 0, B / SB / 1, C / SC / 2);
    (A / SA / 0, B / SB / 1, C / SC / 2, D / SD / 3);
    (A / SA / 0, B / SB / 1, C / SC / 2, D / SD / 3, E / SE / 4);
    (A / SA / 0, B / SB / 1, C / SC / 2, D / SD / 3, E / SE / 4, F / SF / 5);
    (A / SA / 0, B / SB / 1, C / SC / 2, D / SD / 3, E / SE / 4, F / SF / 5, G / SG / 6);
    (A / SA / 0, B / SB / 1, C / SC / 2, D / SD / 3, E / SE / 4, F / SF / 5, G / SG / 6, H / SH / 7);
}

/// The queries of one field can be changed, between those of the fields before it and behind it.
macro_rules! slots {
    ($([$($B:ident)*] $S:ident / $i:tt [$($A:ident)*];)*) => {$(
        impl<P, $($B,)* $S: Slots<P>, $($A,)*> Slots<At<$i, P>> for ($($B,)* $S, $($A,)*) {
            type Slot = $S::Slot;
            type With<N> = ($($B,)* $S::With<N>, $($A,)*);

            #[allow(non_snake_case)]
            fn change<N>(self, request: bool, change: impl FnOnce($S::Slot) -> N) -> Self::With<N> {
                let ($($B,)* $S, $($A,)*) = self;
                ($($B,)* $S.change(request, change), $($A,)*)
            }

            fn request(&mut self) {
                self.$i.request();
            }
        }
    )*};
}

slots! {
    [] A / 0 [];
    [] A / 0 [B];
    [A] B / 1 [];
    [] A / 0 [B C];
    [A] B / 1 [C];
    [A B] C / 2 [];
    [] A / 0 [B C D];
    [A] B / 1 [C D];
    [A B] C / 2 [D];
    [A B C] D / 3 [];
    [] A / 0 [B C D E];
    [A] B / 1 [C D E];
    [A B] C / 2 [D E];
    [A B C] D / 3 [E];
    [A B C D] E / 4 [];
    [] A / 0 [B C D E F];
    [A] B / 1 [C D E F];
    [A B] C / 2 [D E F];
    [A B C] D / 3 [E F];
    [A B C D] E / 4 [F];
    [A B C D E] F / 5 [];
    [] A / 0 [B C D E F G];
    [A] B / 1 [C D E F G];
    [A B] C / 2 [D E F G];
    [A B C] D / 3 [E F G];
    [A B C D] E / 4 [F G];
    [A B C D E] F / 5 [G];
    [A B C D E F] G / 6 [];
    [] A / 0 [B C D E F G H];
    [A] B / 1 [C D E F G H];
    [A B] C / 2 [D E F G H];
    [A B C] D / 3 [E F G H];
    [A B C D] E / 4 [F G H];
    [A B C D E] F / 5 [G H];
    [A B C D E F] G / 6 [H];
    [A B C D E F G] H / 7 [];
}
