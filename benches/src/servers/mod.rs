//! The same loads on PostgreSQL and MariaDB, with a connection that waits and with one that does not.

pub mod database;
pub mod delay;
pub mod run;
pub mod siblings;

use std::future::Future;

use diesel::QueryResult;

use crate::case::Case;

/// A case on the connection `C` to a server.
pub trait OnServer<C>: Case {
    /// With `upfront`.
    fn upfront(parents: i32, conn: &mut C) -> impl Future<Output = QueryResult<Self::Rows>>;

    /// The fastest hand-written Diesel that we know, with the same number of queries.
    fn tuned(parents: i32, conn: &mut C) -> impl Future<Output = QueryResult<Self::Rows>>;
}

/// Panics unless both versions of the case give the same rows.
pub async fn assert_same_rows<K: OnServer<C>, C>(parents: i32, conn: &mut C) {
    let mut upfront = <K as OnServer<C>>::upfront(parents, conn).await.expect("upfront loads");
    let mut tuned =
        <K as OnServer<C>>::tuned(parents, conn).await.expect("the hand-tuned version loads");
    K::sort(&mut upfront);
    K::sort(&mut tuned);
    // Not `assert_eq!`: it would print all rows.
    let name = K::NAME;
    assert!(upfront == tuned, "{name} of {parents}: the hand-tuned version gives other rows");
}

/// A case on each of the four connections. Both versions are written once: their code is for one connection after the other.
macro_rules! on_servers {
    (@ $($Conn:ty)*, $generics:tt $Case:ty, $versions:tt) => {
        $($crate::servers::on_servers!(@@ $Conn, $generics $Case, $versions);)*
    };
    (@@ $Conn:ty, [$($generics:tt)*] $Case:ty, {
        |$parents:pat_param, $conn:ident| upfront $upfront:block tuned $tuned:block
    }) => {
        impl<$($generics)*> $crate::servers::OnServer<$Conn> for $Case {
            async fn upfront($parents: i32, $conn: &mut $Conn) -> diesel::QueryResult<Self::Rows> {
                $upfront
            }

            async fn tuned($parents: i32, $conn: &mut $Conn) -> diesel::QueryResult<Self::Rows> {
                $tuned
            }
        }
    };
    ($generics:tt $Case:ty, $($versions:tt)*) => {
        $crate::servers::on_servers!(
            @ diesel::PgConnection diesel_async::AsyncPgConnection
                diesel::MysqlConnection diesel_async::AsyncMysqlConnection,
            $generics $Case, { $($versions)* }
        );
    };
}

pub(crate) use on_servers;
