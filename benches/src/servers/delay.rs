//! A network with a delay.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Stands between a client and a server, holds back what either sends, and counts the round trips.
pub struct Delay {
    pub address: SocketAddr,
    trips: Arc<Trips>,
}

/// A round trip begins when the client sends something after an answer has reached it.
#[derive(Default)]
struct Trips {
    count: AtomicUsize,
    under_way: AtomicBool,
}

impl Trips {
    fn sent(&self) {
        if !self.under_way.swap(true, SeqCst) {
            self.count.fetch_add(1, SeqCst);
        }
    }

    fn answered(&self) {
        self.under_way.store(false, SeqCst);
    }
}

impl Delay {
    /// Waits for one client of `server`, and delays each direction by `delay`.
    pub fn to(server: impl ToSocketAddrs, delay: Duration) -> io::Result<Self> {
        let server = TcpStream::connect(server)?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let trips = Arc::new(Trips::default());
        let counted = Arc::clone(&trips);
        thread::spawn(move || {
            let (client, _) = listener.accept()?;
            for stream in [&client, &server] {
                stream.set_nodelay(true)?;
            }
            let (from, to, sent) = (client.try_clone()?, server.try_clone()?, Arc::clone(&counted));
            forward(from, to, delay, move || sent.sent(), || ());
            forward(server, client, delay, || (), move || counted.answered());
            io::Result::Ok(())
        });
        Ok(Self { address, trips })
    }

    /// How many round trips there were until now.
    pub fn trips(&self) -> usize {
        self.trips.count.load(SeqCst)
    }
}

/// Forwards what is read, each piece by `delay` later.
fn forward(
    mut from: TcpStream,
    mut to: TcpStream,
    delay: Duration,
    read: impl Fn() + Send + 'static,
    written: impl Fn() + Send + 'static,
) {
    let (sender, pieces) = mpsc::channel::<(Instant, Vec<u8>)>();
    thread::spawn(move || {
        let mut buffer = [0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            read();
            let piece = (Instant::now() + delay, buffer[..length].to_vec());
            if sender.send(piece).is_err() {
                break;
            }
        }
    });
    thread::spawn(move || {
        for (due, piece) in pieces {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            // Before the client can send again.
            written();
            if to.write_all(&piece).is_err() {
                break;
            }
        }
        // The other side has been closed; where this one is closed too, there is nothing to be done.
        let _ = to.shutdown(Shutdown::Both);
    });
}
