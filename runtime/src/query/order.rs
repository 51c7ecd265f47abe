//! The order of a query for children.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

/// What comes between `ORDER BY` and what follows.
pub trait Order<DB: Backend>: QueryFragment<DB> {
    /// Whether there is nothing.
    fn is_empty(&self) -> bool;
}

/// The order of a query that is only looked at.
impl<DB: Backend, O: Order<DB>> Order<DB> for &O {
    fn is_empty(&self) -> bool {
        (**self).is_empty()
    }
}

/// No order.
#[derive(Clone, Copy, Default)]
pub struct NoOrder;

/// By the expression `E`, or by a tuple of them.
#[derive(Clone, Copy)]
pub struct By<E>(pub E);

/// By `A`, and where that holds rows equal by `E`.
#[derive(Clone, Copy)]
pub struct Then<A, E>(pub A, pub E);

/// The order of a boxed query.
pub struct AnyOrder<'a, DB>(pub(super) Vec<Box<dyn QueryFragment<DB> + Send + 'a>>);

/// An order that can be followed by another.
pub trait ThenBy<E> {
    /// Both.
    type Order;

    /// Both.
    fn then_by(self, expression: E) -> Self::Order;
}

/// An order that can be replaced by another.
pub trait OrderBy<E> {
    /// The other.
    type Order;

    /// The other.
    fn order_by(expression: E) -> Self::Order;
}

/// An order that can be that of a boxed query.
pub trait BoxOrder<'a, DB> {
    /// The same order.
    fn boxed(self) -> AnyOrder<'a, DB>;
}

macro_rules! typed_orders {
    ($([$($parameter:ident)?] $order:ty;)*) => {$(
        impl<E, $($parameter)?> OrderBy<E> for $order {
            type Order = By<E>;

            fn order_by(expression: E) -> By<E> {
                By(expression)
            }
        }
    )*};
}

typed_orders! {
    [] NoOrder;
    [A] By<A>;
}

impl<A, B, E> OrderBy<E> for Then<A, B> {
    type Order = By<E>;

    fn order_by(expression: E) -> By<E> {
        By(expression)
    }
}

impl<E> ThenBy<E> for NoOrder {
    type Order = By<E>;

    fn then_by(self, expression: E) -> By<E> {
        By(expression)
    }
}

impl<A, E> ThenBy<E> for By<A> {
    type Order = Then<Self, E>;

    fn then_by(self, expression: E) -> Then<Self, E> {
        Then(self, expression)
    }
}

impl<A, B, E> ThenBy<E> for Then<A, B> {
    type Order = Then<Self, E>;

    fn then_by(self, expression: E) -> Then<Self, E> {
        Then(self, expression)
    }
}

impl<'a, DB: Backend, E: QueryFragment<DB> + Send + 'a> OrderBy<E> for AnyOrder<'a, DB> {
    type Order = Self;

    fn order_by(expression: E) -> Self {
        Self(vec![Box::new(expression)])
    }
}

impl<'a, DB: Backend, E: QueryFragment<DB> + Send + 'a> ThenBy<E> for AnyOrder<'a, DB> {
    type Order = Self;

    fn then_by(mut self, expression: E) -> Self {
        self.0.push(Box::new(expression));
        self
    }
}

impl<'a, DB> BoxOrder<'a, DB> for NoOrder {
    fn boxed(self) -> AnyOrder<'a, DB> {
        AnyOrder(Vec::new())
    }
}

impl<'a, DB: Backend, E: QueryFragment<DB> + Send + 'a> BoxOrder<'a, DB> for By<E> {
    fn boxed(self) -> AnyOrder<'a, DB> {
        AnyOrder(vec![Box::new(self.0)])
    }
}

impl<'a, DB, A, E> BoxOrder<'a, DB> for Then<A, E>
where
    DB: Backend,
    A: BoxOrder<'a, DB>,
    E: QueryFragment<DB> + Send + 'a,
{
    fn boxed(self) -> AnyOrder<'a, DB> {
        self.0.boxed().then_by(self.1)
    }
}

impl<DB: Backend> Order<DB> for NoOrder {
    fn is_empty(&self) -> bool {
        true
    }
}

impl<DB: Backend, E: QueryFragment<DB>> Order<DB> for By<E> {
    fn is_empty(&self) -> bool {
        false
    }
}

impl<DB: Backend, A: Order<DB>, E: QueryFragment<DB>> Order<DB> for Then<A, E> {
    fn is_empty(&self) -> bool {
        false
    }
}

impl<DB: Backend> Order<DB> for AnyOrder<'_, DB> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<DB: Backend> QueryFragment<DB> for NoOrder {
    fn walk_ast<'b>(&'b self, _: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl<DB: Backend, E: QueryFragment<DB>> QueryFragment<DB> for By<E> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

impl<DB: Backend, A: QueryFragment<DB>, E: QueryFragment<DB>> QueryFragment<DB> for Then<A, E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(", ");
        self.1.walk_ast(out)
    }
}

impl<DB: Backend> QueryFragment<DB> for AnyOrder<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (i, expression) in self.0.iter().enumerate() {
            if i > 0 {
                out.push_sql(", ");
            }
            expression.walk_ast(out.reborrow())?;
        }
        Ok(())
    }
}

impl QueryId for NoOrder {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<E: QueryId> QueryId for By<E> {
    type QueryId = By<E::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = E::HAS_STATIC_QUERY_ID;
}

impl<A: QueryId, E: QueryId> QueryId for Then<A, E> {
    type QueryId = Then<A::QueryId, E::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = A::HAS_STATIC_QUERY_ID && E::HAS_STATIC_QUERY_ID;
}

impl<DB> QueryId for AnyOrder<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
