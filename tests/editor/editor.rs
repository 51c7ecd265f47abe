//! An editor with one file open.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::server::{Server, uri};

/// What stands before each text.
const HEAD: &str = "\
#![allow(unused)]
use diesel::prelude::*;
use upfront::{LoadSpec, RelationDsl, columns, load};
use crate::models::*;
use crate::schema::*;
";

/// The number that the protocol has for fields among what can be completed.
const FIELD: u64 = 5;

pub(crate) struct Editor {
    server: Server,
    file: PathBuf,
    version: u64,
}

/// What an editor offers at one place.
#[derive(Debug)]
pub(crate) struct Offered {
    pub(crate) fields: Vec<String>,
    pub(crate) others: Vec<String>,
}

impl Editor {
    pub(crate) fn start() -> Self {
        let folder = target_folder().join("editor");
        let root = folder.join("fixture");
        copy_fixture(&root);
        let mut server = Server::start(&root, &folder.join("target"));
        let file = root.join("src/page.rs");
        let document = json!({ "uri": uri(&file), "languageId": "rust", "version": 0, "text": "" });
        server.notify("textDocument/didOpen", json!({ "textDocument": document }));
        server.wait_until_ready();
        Self { server, file, version: 0 }
    }

    /// Asks about the place that `$0` marks in a text.
    fn ask(&mut self, method: &str, marked: &str, params: Value) -> Value {
        let marked = format!("{HEAD}{marked}");
        let (before, after) = marked.split_once("$0").expect("`$0` marks the place");
        self.version += 1;
        self.server.notify(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri(&self.file), "version": self.version },
                "contentChanges": [{ "text": format!("{before}{after}") }],
            }),
        );
        let (line, column) = (before.matches('\n').count(), before.rsplit('\n').next());
        let mut params = params;
        params["textDocument"] = json!({ "uri": uri(&self.file) });
        params["position"] = json!({ "line": line, "character": column.map_or(0, str::len) });
        self.server.request(method, params)
    }

    /// What can be written where `$0` stands.
    pub(crate) fn complete(&mut self, marked: &str) -> Offered {
        let answer = self.ask("textDocument/completion", marked, json!({}));
        let items = answer["items"].as_array().or(answer.as_array()).cloned().unwrap_or_default();
        let (mut fields, mut others) = (Vec::new(), Vec::new());
        for item in items {
            let label = item["label"].as_str().expect("what is offered has a label");
            let name = label.split(['(', '!']).next().unwrap_or(label).trim_end().to_owned();
            match item["kind"].as_u64() {
                Some(FIELD) => fields.push(name),
                _ => others.push(name),
            }
        }
        fields.sort();
        Offered { fields, others }
    }

    /// What is marked as wrong in a text.
    pub(crate) fn errors(&mut self, text: &str) -> Vec<String> {
        let answer = self.ask("textDocument/diagnostic", &format!("{text}$0"), json!({}));
        let errors = answer["items"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["message"].to_string()).collect()
    }

    /// What is told of what stands at `$0`.
    pub(crate) fn hover(&mut self, marked: &str) -> String {
        let answer = self.ask("textDocument/hover", marked, json!({}));
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// The lines that declare what stands at `$0`.
    pub(crate) fn definition(&mut self, marked: &str) -> Vec<String> {
        let answer = self.ask("textDocument/definition", marked, json!({}));
        let places = answer.as_array().cloned().unwrap_or_default();
        places.iter().map(|place| self.line(place, marked)).collect()
    }

    /// A line of a file, behind the name of the file.
    fn line(&self, place: &Value, marked: &str) -> String {
        let file = place["uri"].as_str().and_then(|uri| uri.strip_prefix("file://"));
        let file = Path::new(file.expect("a place is in a file"));
        let number = place["range"]["start"]["line"].as_u64().expect("a place has a line");
        let text = match file == self.file {
            true => format!("{HEAD}{}", marked.replacen("$0", "", 1)),
            false => fs::read_to_string(file).expect("the file can be read"),
        };
        let line = text.lines().nth(usize::try_from(number).expect("lines are few"));
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}: {}", line.unwrap_or_default().trim())
    }

    /// The text in which what stands at `$0` has another name.
    pub(crate) fn rename(&mut self, marked: &str, name: &str) -> String {
        let answer = self.ask("textDocument/rename", marked, json!({ "newName": name }));
        let edits = match &answer["documentChanges"] {
            Value::Array(changes) => changes[0]["edits"].clone(),
            _ => answer["changes"][uri(&self.file)].clone(),
        };
        let mut edits = edits.as_array().cloned().expect("it is renamed in this file");
        let place = |edit: &Value, end: &str| {
            let number = |of: &str| edit["range"][end][of].as_u64().expect("an edit has a place");
            (number("line"), number("character"))
        };
        // From behind, so that no edit moves another.
        edits.sort_by_key(|edit| std::cmp::Reverse(place(edit, "start")));
        let text = format!("{HEAD}{}", marked.replacen("$0", "", 1));
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for edit in &edits {
            let ((line, start), (_, end)) = (place(edit, "start"), place(edit, "end"));
            let at = |number| usize::try_from(number).expect("lines are short");
            let new = edit["newText"].as_str().expect("an edit has a text");
            lines[at(line)].replace_range(at(start)..at(end), new);
        }
        lines.split_off(HEAD.lines().count()).join("\n")
    }
}

/// The target folder, however cargo was told of it: this program is in `deps` of the folder for its profile.
fn target_folder() -> PathBuf {
    let program = env::current_exe().expect("a program knows where it is");
    program.ancestors().nth(3).expect("it is in the target folder").to_owned()
}

/// Copies the fixture, so that nothing is written beside it, and builds it with the versions of the workspace.
fn copy_fixture(root: &Path) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = |from: PathBuf, to: &str| {
        let text = fs::read_to_string(from).expect("the fixture can be read");
        let runtime = format!("{:?}", here.join("../../runtime"));
        let text = text.replace("\"../../../runtime\"", &runtime);
        let to = root.join(to);
        // What has not changed is not built again.
        if fs::read_to_string(&to).ok().as_ref() != Some(&text) {
            fs::write(to, text).expect("the target folder can be written");
        }
    };
    fs::create_dir_all(root.join("src")).expect("the target folder can be written");
    for file in ["Cargo.toml", "src/lib.rs", "src/models.rs", "src/page.rs", "src/schema.rs"] {
        copy(here.join("fixture").join(file), file);
    }
    copy(here.join("../../Cargo.lock"), "Cargo.lock");
}
