//! What the rows of a query hold for their prefetches. It is visited once for each field, which takes its keys out: they
//! are moved to where the children are awaited, not copied.

use std::marker::PhantomData;

/// What rows hold for some fields, in the order of the rows.
pub trait Cells {
    /// What one row holds.
    type Cell;

    /// How many rows there are at the most.
    fn most(&self) -> usize;

    /// Visits all of them.
    fn each(&mut self, visit: impl FnMut(&mut Self::Cell));

    /// A part of what each row holds.
    fn part<D, F>(&mut self, part: F) -> Parts<'_, Self, D, F>
    where
        F: Fn(&mut Self::Cell) -> &mut D,
    {
        Parts { cells: self, part, held: PhantomData }
    }
}

impl<C> Cells for Vec<C> {
    type Cell = C;

    fn most(&self) -> usize {
        self.len()
    }

    fn each(&mut self, visit: impl FnMut(&mut C)) {
        self.iter_mut().for_each(visit);
    }
}

/// The parts that `F` finds in what the rows hold.
pub struct Parts<'c, C: ?Sized, D, F> {
    cells: &'c mut C,
    part: F,
    held: PhantomData<fn(D)>,
}

impl<C: Cells + ?Sized, D, F: Fn(&mut C::Cell) -> &mut D> Cells for Parts<'_, C, D, F> {
    type Cell = D;

    fn most(&self) -> usize {
        self.cells.most()
    }

    #[inline]
    fn each(&mut self, mut visit: impl FnMut(&mut D)) {
        let Self { cells, part, .. } = self;
        cells.each(|cell| visit(part(cell)));
    }
}

/// What is there of what rows may or may not hold.
pub(crate) struct Present<'c, C: ?Sized>(pub(crate) &'c mut C);

impl<C: Cells<Cell = Option<D>> + ?Sized, D> Cells for Present<'_, C> {
    type Cell = D;

    fn most(&self) -> usize {
        self.0.most()
    }

    #[inline]
    fn each(&mut self, mut visit: impl FnMut(&mut D)) {
        self.0.each(|cell| {
            if let Some(cell) = cell {
                visit(cell);
            }
        });
    }
}
