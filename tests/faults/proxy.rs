//! A proxy between a connection and its server, which a test tells when to let answers through, and when to cut.
//!
//! It knows as much of the protocols as it takes to tell messages apart, so that what a test says is exact, and does not
//! depend on how long anything takes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::yield_now;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Protocol {
    Postgres,
    Mysql,
}

impl Protocol {
    /// How long the first message in `bytes` is, and its kind; `None` where it is not all there.
    fn message(self, bytes: &[u8], is_startup: bool) -> Option<(usize, u8)> {
        let (length, kind) = match self {
            Self::Postgres if is_startup => (u32_at(bytes, 0)?, 0),
            Self::Postgres => (u32_at(bytes, 1)? + 1, bytes[0]),
            Self::Mysql => {
                let header = bytes.get(..4)?;
                (
                    usize::from(header[0])
                        + (usize::from(header[1]) << 8)
                        + (usize::from(header[2]) << 16)
                        + 4,
                    0,
                )
            }
        };
        (bytes.len() >= length).then_some((length, kind))
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

/// What is done with the answers of the server.
#[derive(Debug, Clone, PartialEq)]
enum Answers {
    /// They pass.
    Pass,
    /// They pass one by one: between two of them everybody else gets a turn.
    OneByOne,
    /// They wait until so many questions were asked; and then until the next number, and so on.
    InTurns(Vec<usize>),
    /// So many messages pass, and then the connection is cut.
    CutAfter(usize),
    /// The connection has been cut.
    Cut,
}

#[derive(Debug)]
struct State {
    answers: Answers,
    /// The questions that were asked, and those that were answered, since this was said last.
    asked: usize,
    answered: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    protocol: Protocol,
    state: Arc<Mutex<State>>,
    /// Changes whenever the state does.
    changed: watch::Sender<()>,
}

impl Proxy {
    /// A proxy that all connections of this runtime can go through.
    pub(crate) async fn start(protocol: Protocol, server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let state = State { answers: Answers::Pass, asked: 0, answered: 0 };
        let proxy = Self {
            address,
            protocol,
            state: Arc::new(Mutex::new(state)),
            changed: watch::Sender::new(()),
        };
        let accepting = proxy.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(server).await.expect("the server runs");
                accepting.join(client, server);
            }
        });
        proxy
    }

    fn join(&self, client: TcpStream, server: TcpStream) {
        for stream in [&client, &server] {
            stream.set_nodelay(true).expect("a TCP socket");
        }
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let (asking, answering) = (self.clone(), self.clone());
        let (end, ended) = watch::channel(());
        let (end_too, ended_too) = (end.clone(), ended.clone());
        tokio::spawn(async move {
            asking.questions(from_client, to_server, ended).await;
            end.send_replace(());
        });
        tokio::spawn(async move {
            answering.answers(from_server, to_client, ended_too).await;
            end_too.send_replace(());
        });
    }

    fn say(&self, answers: Answers) {
        *self.state.lock().expect("no panic") = State { answers, asked: 0, answered: 0 };
        self.changed.send_replace(());
    }

    /// Lets everything pass.
    pub(crate) fn pass(&self) {
        self.say(Answers::Pass);
    }

    /// Lets messages pass one by one.
    pub(crate) fn one_by_one(&self) {
        self.say(Answers::OneByOne);
    }

    /// Keeps all answers until `turns[0]` questions were asked, then until `turns[1]` more were, and so on. After the last
    /// turn no question is answered.
    pub(crate) fn in_turns(&self, turns: &[usize]) {
        let mut sum = 0;
        let turns = turns.iter().map(|turn| {
            sum += turn;
            sum
        });
        self.say(Answers::InTurns(turns.collect()));
    }

    /// Cuts the connection after so many messages of the server.
    pub(crate) fn cut_after(&self, messages: usize) {
        self.say(Answers::CutAfter(messages));
    }

    /// Whether it has been cut.
    pub(crate) fn has_cut(&self) -> bool {
        self.state.lock().expect("no panic").answers == Answers::Cut
    }

    /// How many questions were asked since this proxy was told last what to do. Only for PostgreSQL.
    pub(crate) fn asked(&self) -> usize {
        self.state.lock().expect("no panic").asked
    }

    async fn questions(
        &self,
        mut from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        mut ended: watch::Receiver<()>,
    ) {
        let mut messages = Messages::new(self.protocol, true);
        loop {
            let message = tokio::select! {
                message = messages.next(&mut from) => message,
                _ = ended.changed() => return,
            };
            let Some((message, kind)) = message else { return };
            // Sync, and a simple query.
            if matches!(kind, b'S' | b'Q') {
                self.state.lock().expect("no panic").asked += 1;
                self.changed.send_replace(());
            }
            if to.write_all(&message).await.is_err() {
                return;
            }
            if self.is(&Answers::OneByOne) {
                yield_to_others().await;
            }
        }
    }

    async fn answers(
        &self,
        mut from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        mut ended: watch::Receiver<()>,
    ) {
        let mut messages = Messages::new(self.protocol, false);
        loop {
            let message = tokio::select! {
                message = messages.next(&mut from) => message,
                _ = ended.changed() => return,
            };
            let Some((message, kind)) = message else { return };
            tokio::select! {
                () = self.may_pass() => {},
                _ = ended.changed() => return,
            }
            if self.is(&Answers::Cut) {
                return;
            }
            // Ready for query.
            if kind == b'Z' {
                self.state.lock().expect("no panic").answered += 1;
            }
            if to.write_all(&message).await.is_err() {
                return;
            }
            if self.is(&Answers::OneByOne) {
                yield_to_others().await;
            }
        }
    }

    fn is(&self, answers: &Answers) -> bool {
        self.state.lock().expect("no panic").answers == *answers
    }

    /// Waits until a message of the server may pass.
    async fn may_pass(&self) {
        let mut changed = self.changed.subscribe();
        while !self.passes() {
            changed.changed().await.expect("the proxy has the sender");
        }
    }

    fn passes(&self) -> bool {
        let mut state = self.state.lock().expect("no panic");
        let (asked, answered) = (state.asked, state.answered);
        match &mut state.answers {
            Answers::InTurns(turns) => {
                let turn = turns.iter().find(|&&turn| answered < turn);
                turn.is_some_and(|&turn| asked >= turn)
            }
            Answers::CutAfter(0) => {
                state.answers = Answers::Cut;
                true
            }
            Answers::CutAfter(messages) => {
                *messages -= 1;
                true
            }
            Answers::Pass | Answers::OneByOne | Answers::Cut => true,
        }
    }
}

/// Lets all other tasks of the runtime run, and see what has come in.
async fn yield_to_others() {
    for _ in 0..4 {
        yield_now().await;
    }
}

/// The messages of a connection in one direction.
struct Messages {
    protocol: Protocol,
    bytes: Vec<u8>,
    is_startup: bool,
}

impl Messages {
    fn new(protocol: Protocol, is_startup: bool) -> Self {
        Self { protocol, bytes: Vec::new(), is_startup }
    }

    /// The next one and its kind; `None` where the connection has ended. It can be dropped and called again.
    async fn next(&mut self, from: &mut OwnedReadHalf) -> Option<(Vec<u8>, u8)> {
        loop {
            if let Some((length, kind)) = self.protocol.message(&self.bytes, self.is_startup) {
                self.is_startup = false;
                let rest = self.bytes.split_off(length);
                return Some((std::mem::replace(&mut self.bytes, rest), kind));
            }
            match from.read_buf(&mut self.bytes).await {
                Ok(0) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }
}
