//! Conditions that are joined by us and not by Diesel's query: those of the rows of a relation.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

/// What must hold of a row.
pub trait Filter<DB: Backend> {
    /// Whether it is nothing.
    fn is_empty(&self) -> bool;

    /// Writes it as a condition.
    fn write<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;

    /// Writes it behind another condition.
    fn write_and<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.is_empty() {
            out.push_sql(" AND ");
            self.write(out)?;
        }
        Ok(())
    }
}

/// No condition.
#[derive(Clone, Copy, Default)]
pub struct NoFilter;

/// The conditions `A`, and the condition `E`.
#[derive(Clone, Copy)]
pub struct And<A, E>(pub A, pub E);

/// The conditions `A`, or the condition `E`.
#[derive(Clone, Copy)]
pub struct Or<A, E>(pub A, pub E);

/// The conditions of a boxed query.
pub struct AnyFilter<'a, DB>(Option<Box<dyn QueryFragment<DB> + Send + 'a>>);

/// Conditions that another can be added to.
pub trait AddFilter<E> {
    /// Both must hold.
    type And;
    /// One of them must hold; the other alone where there is none.
    type Or;

    /// Both must hold.
    fn and(self, condition: E) -> Self::And;
    /// One of them must hold; the other alone where there is none.
    fn or(self, condition: E) -> Self::Or;
}

/// Conditions that can be those of a boxed query.
pub trait BoxFilter<'a, DB> {
    /// The same conditions.
    fn boxed(self) -> AnyFilter<'a, DB>;
}

impl<E> AddFilter<E> for NoFilter {
    type And = And<Self, E>;
    type Or = And<Self, E>;

    fn and(self, condition: E) -> Self::And {
        And(self, condition)
    }

    fn or(self, condition: E) -> Self::Or {
        And(self, condition)
    }
}

macro_rules! filters {
    ($($Filter:ident { $first:literal, $between:literal, $last:literal })*) => {$(
        impl<A, B, E> AddFilter<E> for $Filter<A, B> {
            type And = And<Self, E>;
            type Or = Or<Self, E>;

            fn and(self, condition: E) -> Self::And {
                And(self, condition)
            }

            fn or(self, condition: E) -> Self::Or {
                Or(self, condition)
            }
        }

        impl<DB: Backend, A: Filter<DB>, E: QueryFragment<DB>> Filter<DB> for $Filter<A, E> {
            fn is_empty(&self) -> bool {
                false
            }

            fn write<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
                if self.0.is_empty() {
                    out.push_sql("(");
                    self.1.walk_ast(out.reborrow())?;
                    out.push_sql(")");
                    return Ok(());
                }
                out.push_sql($first);
                self.0.write(out.reborrow())?;
                out.push_sql($between);
                self.1.walk_ast(out.reborrow())?;
                out.push_sql($last);
                Ok(())
            }
        }

        impl<DB: Backend, A: Filter<DB>, E: QueryFragment<DB>> QueryFragment<DB> for $Filter<A, E> {
            fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
                self.write(out)
            }
        }

        impl<'a, DB, A, E> BoxFilter<'a, DB> for $Filter<A, E>
        where
            DB: Backend,
            A: Filter<DB> + Send + 'a,
            E: QueryFragment<DB> + Send + 'a,
        {
            fn boxed(self) -> AnyFilter<'a, DB> {
                AnyFilter(Some(Box::new(self)))
            }
        }

        impl<A: QueryId, E: QueryId> QueryId for $Filter<A, E> {
            type QueryId = $Filter<A::QueryId, E::QueryId>;
            const HAS_STATIC_QUERY_ID: bool = A::HAS_STATIC_QUERY_ID && E::HAS_STATIC_QUERY_ID;
        }
    )*};
}

filters! {
    And { "", " AND (", ")" }
    Or { "((", ") OR (", "))" }
}

impl<'a, DB: Backend + 'a, E: QueryFragment<DB> + Send + 'a> AddFilter<E> for AnyFilter<'a, DB> {
    type And = Self;
    type Or = Self;

    fn and(self, condition: E) -> Self {
        match self.0 {
            None => NoFilter.and(condition).boxed(),
            Some(_) => And(self, condition).boxed(),
        }
    }

    fn or(self, condition: E) -> Self {
        match self.0 {
            None => NoFilter.and(condition).boxed(),
            Some(_) => Or(self, condition).boxed(),
        }
    }
}

impl<'a, DB> BoxFilter<'a, DB> for NoFilter {
    fn boxed(self) -> AnyFilter<'a, DB> {
        AnyFilter(None)
    }
}

impl<DB: Backend> Filter<DB> for NoFilter {
    fn is_empty(&self) -> bool {
        true
    }

    fn write<'b>(&'b self, _: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl<DB: Backend> Filter<DB> for AnyFilter<'_, DB> {
    fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    fn write<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.as_ref().map_or(Ok(()), |condition| condition.walk_ast(out))
    }
}

/// A filter of a query that is only looked at.
impl<DB: Backend, F: Filter<DB>> Filter<DB> for &F {
    fn is_empty(&self) -> bool {
        (**self).is_empty()
    }

    fn write<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        (**self).write(out)
    }
}

impl QueryId for NoFilter {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<DB> QueryId for AnyFilter<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
