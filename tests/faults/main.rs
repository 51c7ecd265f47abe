//! Load specs on connections that fail, and loads whose futures are dropped: errors are told, nothing hangs, and no row is
//! lost or comes twice.

mod database;
mod dropped;
mod harness;
mod interrupted;
mod library;
mod loads;
mod lost_connections;
mod pools;
mod proxy;
mod round_trips;
mod transactions;
mod watched;

fn main() -> std::process::ExitCode {
    let tests = [
        dropped::tests(),
        interrupted::tests(),
        lost_connections::tests(),
        pools::tests(),
        round_trips::tests(),
        transactions::tests(),
        watched::tests(),
    ];
    harness::main(tests.into_iter().flatten().collect())
}
