//! Futures and streams that borrow from a connection and from a query.
//!
//! Diesel-async names the future of a load by the lifetime of the connection alone, and the query may borrow from
//! something else: what the boxed future lives for is the shorter of two lifetimes, of which neither outlives the other.
//! Rust has no name for that. So the lifetime of what is in the box is erased, and the type around it carries both.

#![allow(unsafe_code)]

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

/// A future or a stream `T` in a box, which borrows for `'conn` and for `'query`.
pub struct Borrowed<'conn, 'query, T: ?Sized> {
    inner: Pin<Box<T>>,
    lifetimes: PhantomData<(&'conn mut (), &'query ())>,
}

type AnyFuture<'a, T> = dyn Future<Output = T> + Send + 'a;

type AnyStream<'a, T> = dyn Stream<Item = T> + Send + 'a;

/// A future that borrows from a connection and from a query.
pub type BorrowedFuture<'conn, 'query, T> = Borrowed<'conn, 'query, AnyFuture<'static, T>>;

/// A stream that borrows from a connection and from a query.
pub type BorrowedStream<'conn, 'query, T> = Borrowed<'conn, 'query, AnyStream<'static, T>>;

// The lifetime of a trait object is erased in two places below. In both, what is in the box was made by a function pointer
// of one value that is good for `'conn` and one that is good for `'query`: it can hold these, what is borrowed from them,
// and what is `'static`. It is polled and dropped by a `Borrowed` and never given out. A `Borrowed` cannot outlive `'conn`
// or `'query`, which its type has, nor can either end just before it is dropped, because it implements `Drop`.

impl<'conn, 'query, T> BorrowedFuture<'conn, 'query, T> {
    /// The future that `run` makes of what it is given.
    pub(super) fn new<'a, C, Q, F>(conn: C, query: Q, run: fn(C, Q) -> F) -> Self
    where
        C: 'conn,
        Q: 'query,
        F: Future<Output = T> + Send + 'a,
    {
        let inner: Pin<Box<AnyFuture<'a, T>>> = Box::pin(run(conn, query));
        // SAFETY: see above.
        let inner = unsafe {
            std::mem::transmute::<Pin<Box<AnyFuture<'a, T>>>, Pin<Box<AnyFuture<'static, T>>>>(
                inner,
            )
        };
        Self { inner, lifetimes: PhantomData }
    }
}

impl<'conn, 'query, T> BorrowedStream<'conn, 'query, T> {
    /// The stream that `run` makes of what it is given.
    pub(super) fn new<'a, C, Q, S>(conn: C, query: Q, run: fn(C, Q) -> S) -> Self
    where
        C: 'conn,
        Q: 'query,
        S: Stream<Item = T> + Send + 'a,
    {
        let inner: Pin<Box<AnyStream<'a, T>>> = Box::pin(run(conn, query));
        // SAFETY: see above.
        let inner = unsafe {
            std::mem::transmute::<Pin<Box<AnyStream<'a, T>>>, Pin<Box<AnyStream<'static, T>>>>(
                inner,
            )
        };
        Self { inner, lifetimes: PhantomData }
    }
}

impl<T: ?Sized> Drop for Borrowed<'_, '_, T> {
    // What it borrows from must be alive when it is dropped.
    fn drop(&mut self) {}
}

impl<T: Future + ?Sized> Future for Borrowed<'_, '_, T> {
    type Output = T::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T::Output> {
        self.inner.as_mut().poll(context)
    }
}

impl<T: Stream + ?Sized> Stream for Borrowed<'_, '_, T> {
    type Item = T::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T::Item>> {
        self.inner.as_mut().poll_next(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::future::{poll_fn, ready};
    use std::task::Waker;

    use futures_util::{StreamExt, stream};

    use super::*;

    fn poll<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Poll<T> {
        Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    /// A future that is not ready when it is asked first.
    fn later() -> impl Future<Output = ()> {
        let mut asked = false;
        poll_fn(move |_| match std::mem::replace(&mut asked, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
    }

    /// The connection that lives on, and a query that borrows from what does not.
    fn append<'conn, 'query>(
        conn: &'conn mut String,
        query: &'query str,
    ) -> BorrowedFuture<'conn, 'query, &'conn str> {
        BorrowedFuture::new(conn, query, |conn, query| async move {
            later().await;
            conn.push_str(query);
            later().await;
            &conn[..]
        })
    }

    #[test]
    fn a_future_borrows_from_both_until_it_is_done() {
        let mut conn = String::from("a");
        {
            let query = String::from("b");
            let mut future = append(&mut conn, &query);
            assert!(poll(&mut future).is_pending());
            assert!(poll(&mut future).is_pending());
            assert_eq!(poll(&mut future), Poll::Ready("ab"));
        }
        assert_eq!(conn, "ab");
    }

    #[test]
    fn the_result_lives_as_long_as_the_connection() {
        let mut conn = String::from("a");
        let result = {
            let query = String::from("b");
            let mut future = append(&mut conn, &query);
            while poll(&mut future).is_pending() {}
            drop(future);
            let mut future = append(&mut conn, &query);
            loop {
                if let Poll::Ready(result) = poll(&mut future) {
                    break result;
                }
            }
        };
        assert_eq!(result, "abb");
    }

    #[test]
    fn what_it_borrowed_is_free_after_it_was_dropped_half_way() {
        let mut conn = String::from("a");
        let mut query = String::from("b");
        for polls in 0..3 {
            let mut future = append(&mut conn, &query);
            (0..polls).for_each(|_| assert!(poll(&mut future).is_pending()));
            drop(future);
            query.push('b');
        }
        assert_eq!(conn, "abbb");
    }

    #[test]
    fn a_stream_borrows_from_both() {
        let mut conn = vec![1, 2];
        let query = [10, 20];
        let stream = BorrowedStream::new(&mut conn, &query, |conn, query| {
            stream::iter(conn.drain(..).zip(query).map(|(one, other)| one + other))
        });
        assert_eq!(stream.size_hint(), (2, Some(2)));
        assert_eq!(poll(&mut stream.collect::<Vec<i32>>()), Poll::Ready(vec![11, 22]));
        assert!(conn.is_empty());
    }

    #[test]
    fn it_can_be_sent_to_another_thread() {
        let text = String::from("a");
        let mut future =
            BorrowedFuture::new((), &text, |(), text: &String| ready(text.to_owned()));
        std::thread::scope(|scope| {
            let result = scope.spawn(|| poll(&mut future)).join().expect("it does not panic");
            assert_eq!(result, Poll::Ready("a".to_owned()));
        });
    }
}
