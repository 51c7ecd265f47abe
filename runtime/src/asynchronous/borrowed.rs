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
pub(super) type BorrowedFuture<'conn, 'query, T> = Borrowed<'conn, 'query, AnyFuture<'static, T>>;

/// A stream that borrows from a connection and from a query.
pub(super) type BorrowedStream<'conn, 'query, T> = Borrowed<'conn, 'query, AnyStream<'static, T>>;

/// The future of a stream, both of which `run` makes of a connection and a query.
///
/// `run` is a function pointer: what it makes can hold these two, what is borrowed from them, and what is `'static`, and
/// nothing else that may end earlier.
pub(super) fn load<'conn, 'query, 'a, C, Q, F, S, T, E>(
    conn: C,
    query: Q,
    run: fn(C, Q) -> F,
) -> BorrowedFuture<'conn, 'query, Result<BorrowedStream<'conn, 'query, T>, E>>
where
    C: 'conn,
    Q: 'query,
    F: Future<Output = Result<S, E>> + Send + 'a,
    S: Stream<Item = T> + Send + 'a,
    T: 'a,
    E: 'a,
    'conn: 'a,
    'query: 'a,
{
    let stream = run(conn, query);
    let inner: Pin<Box<AnyFuture<'a, _>>> = Box::pin(async move {
        let inner: Pin<Box<AnyStream<'a, T>>> = Box::pin(stream.await?);
        // SAFETY: as for the future.
        let inner = unsafe {
            std::mem::transmute::<Pin<Box<AnyStream<'a, T>>>, Pin<Box<AnyStream<'static, T>>>>(
                inner,
            )
        };
        let stream: BorrowedStream<'conn, 'query, T> = Borrowed { inner, lifetimes: PhantomData };
        Ok::<_, E>(stream)
    });
    // SAFETY: Only the lifetime of the trait object is erased. What is in the box is good for `'conn` and `'query`, as was
    // said above. It is polled and dropped by a `Borrowed` and never given out. A `Borrowed` cannot outlive these two, which
    // its type has, nor can either end just before it is dropped, because it implements `Drop`.
    let inner = unsafe {
        std::mem::transmute::<Pin<Box<AnyFuture<'a, _>>>, Pin<Box<AnyFuture<'static, _>>>>(inner)
    };
    Borrowed { inner, lifetimes: PhantomData }
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

    fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
        Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    /// What a future gives that is ready after it was polled some times.
    fn finish<F: Future + Unpin>(mut future: F) -> F::Output {
        for _ in 0..10 {
            if let Poll::Ready(output) = poll(&mut future) {
                return output;
            }
        }
        panic!("the future is never ready");
    }

    /// A future that is not ready when it is asked first.
    fn later() -> impl Future<Output = ()> {
        let mut asked = false;
        poll_fn(move |_| match std::mem::replace(&mut asked, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
    }

    type Words<'conn, 'query> =
        BorrowedFuture<'conn, 'query, Result<BorrowedStream<'conn, 'query, String>, String>>;

    /// Adds to what the connection has and gives all of it, each with what the query borrows.
    fn words<'conn, 'query>(
        conn: &'conn mut Vec<String>,
        query: &'query str,
    ) -> Words<'conn, 'query> {
        load(conn, query, |conn, query| async move {
            later().await;
            conn.push(query.to_owned());
            later().await;
            match query.is_empty() {
                true => Err("an empty word".to_owned()),
                false => Ok(stream::iter(conn.iter_mut().map(move |word| {
                    word.push_str(query);
                    word.clone()
                }))),
            }
        })
    }

    #[test]
    fn both_are_borrowed_until_the_stream_has_ended() {
        let mut conn = vec!["a".to_owned()];
        {
            let query = String::from("b");
            let stream = finish(words(&mut conn, &query)).expect("not empty");
            assert_eq!(stream.size_hint(), (2, Some(2)));
            assert_eq!(finish(stream.collect::<Vec<_>>()), ["ab", "bb"]);
        }
        assert_eq!(conn, ["ab", "bb"]);
    }

    #[test]
    fn both_are_free_after_the_future_was_dropped_half_way() {
        let mut conn = Vec::new();
        let mut query = String::from("a");
        for polls in 0..3 {
            let mut future = words(&mut conn, &query);
            (0..polls).for_each(|_| assert!(poll(&mut future).is_pending()));
            drop(future);
            query.push('a');
        }
        assert_eq!(conn, ["aaa"]);
    }

    #[test]
    fn both_are_free_after_the_stream_was_dropped_half_way() {
        let mut conn = vec!["a".to_owned()];
        let mut query = String::from("b");
        let mut stream = finish(words(&mut conn, &query)).expect("not empty");
        assert_eq!(finish(stream.next()), Some("ab".to_owned()));
        drop(stream);
        query.push('c');
        conn.push(query);
        assert_eq!(conn, ["ab", "b", "bc"]);
    }

    #[test]
    fn an_error_outlives_what_it_came_from() {
        let error = finish(words(&mut Vec::new(), "")).err();
        assert_eq!(error.as_deref(), Some("an empty word"));
    }

    #[test]
    fn it_can_be_sent_to_another_thread() {
        let text = String::from("a");
        let future =
            load((), &text, |(), text: &String| ready(Ok::<_, ()>(stream::iter([text.as_str()]))));
        std::thread::scope(|scope| {
            let stream = scope.spawn(|| finish(future)).join().expect("it does not panic");
            let words = scope.spawn(|| finish(stream.expect("no error").collect::<Vec<_>>()));
            assert_eq!(words.join().expect("it does not panic"), ["a"]);
        });
    }
}
