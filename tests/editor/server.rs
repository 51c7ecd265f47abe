//! rust-analyzer, spoken to as an editor does: by messages of JSON, each behind a header that tells its length.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};

/// The state of the program changed while the answer was computed.
const CONTENT_MODIFIED: i64 = -32801;
const SERVER_CANCELLED: i64 = -32802;

pub(crate) struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    last_request: u64,
}

impl Server {
    /// Whether rust-analyzer can be run, and reads the standard library. Its program is there wherever rustup is, also
    /// without the component.
    pub(crate) fn is_there() -> bool {
        let version = Command::new("rust-analyzer").arg("--version").output();
        let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output();
        let has_sources = |sysroot: Output| {
            let sysroot = String::from_utf8_lossy(&sysroot.stdout).into_owned();
            Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library").is_dir()
        };
        version.is_ok_and(|version| version.status.success()) && sysroot.is_ok_and(has_sources)
    }

    /// Starts it on the crate in `root`, which it builds into `target`.
    pub(crate) fn start(root: &Path, target: &Path) -> Self {
        let mut process = Command::new("rust-analyzer")
            .current_dir(root)
            .env("CARGO_TARGET_DIR", target)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("rust-analyzer can be run");
        let input = process.stdin.take().expect("it is piped");
        let output = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut server = Self { process, input, output, last_request: 0 };
        server.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": uri(root),
                "capabilities": {
                    "experimental": { "serverStatusNotification": true },
                    "textDocument": { "hover": { "contentFormat": ["plaintext"] } },
                },
                "initializationOptions": {
                    "checkOnSave": false,
                    "cachePriming": { "enable": false },
                },
            }),
        );
        server.notify("initialized", json!({}));
        server
    }

    /// Waits until it knows the crate, with its dependencies and macros.
    pub(crate) fn wait_until_ready(&mut self) {
        loop {
            let message = self.receive();
            if message["method"] == "experimental/serverStatus"
                && message["params"]["quiescent"] == true
            {
                let status = &message["params"];
                assert_eq!(status["health"], "ok", "the fixture cannot be built: {status}");
                return;
            }
        }
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the answer.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        loop {
            self.last_request += 1;
            let id = self.last_request;
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let mut answer = loop {
                let message = self.receive();
                if message["id"] == id && message["method"].is_null() {
                    break message;
                }
            };
            match answer["error"]["code"].as_i64() {
                None => return answer["result"].take(),
                Some(CONTENT_MODIFIED | SERVER_CANCELLED) => {}
                Some(_) => panic!("rust-analyzer answers `{method}` with {}", answer["error"]),
            }
        }
    }

    fn send(&mut self, message: &Value) {
        let message = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{message}", message.len())
            .and_then(|()| self.input.flush())
            .expect("rust-analyzer runs");
    }

    /// The next message. What it asks of us is answered: we have no settings and nothing else to say.
    fn receive(&mut self) -> Value {
        let message = self.read().expect("rust-analyzer runs, and what it writes has a header");
        if let (Some(_), Some(id)) = (message["method"].as_str(), message.get("id")) {
            let settings = message["params"]["items"].as_array();
            let result =
                settings.map_or(Value::Null, |items| items.iter().map(|_| Value::Null).collect());
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
        message
    }

    fn read(&mut self) -> Option<Value> {
        let mut length = None;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).ok()?;
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().ok(),
                Some(_) => {}
                None => break,
            }
        }
        let mut message = vec![0; length?];
        self.output.read_exact(&mut message).ok()?;
        serde_json::from_slice(&message).ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A failed test has said what is wrong; it ends in any case.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
