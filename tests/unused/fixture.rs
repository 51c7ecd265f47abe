//! The crate that is checked.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What stands before the names of fields, in a comment.
const MARK: &str = "// never read: ";

/// The fields that comments name, each behind its place.
pub(crate) fn expected() -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    for file in sources() {
        for (i, line) in read(&folder().join(&file)).lines().enumerate() {
            let names = line.split_once(MARK).map(|(_, names)| names.split(", "));
            let places = names.into_iter().flatten();
            fields.extend(places.map(|name| format!("{}:{}: {name}", file.display(), i + 1)));
        }
    }
    fields
}

/// The fields that the compiler names, and in its words what else it tells, each behind its place.
pub(crate) fn told() -> BTreeSet<String> {
    let root = copied();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--all-targets", "--quiet", "--message-format=json"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", root.with_file_name("target"))
        // Flags that make errors of warnings are for the code around this one.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    let messages = messages.lines().map(|line| {
        serde_json::from_str::<Value>(line).expect("each line of cargo's is a value of JSON")
    });
    // What fails to compile is told wherever it is.
    let manifest = root.join("Cargo.toml");
    let is_told = |message: &Value| {
        message["manifest_path"].as_str().map(Path::new) == Some(&manifest)
            || message["message"]["level"] == "error"
    };
    messages
        .filter(|message| message["reason"] == "compiler-message" && is_told(message))
        .flat_map(|message| fields_of(&message["message"]))
        .collect()
}

/// What a message of the compiler's is about. One that has no place counts the others.
fn fields_of(message: &Value) -> Vec<String> {
    let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
    let spans = spans.iter().filter(|span| span["is_primary"] == true);
    let field = |span: &Value| {
        let (file, line) = (span["file_name"].as_str()?, span["line_start"].as_u64()?);
        let what = match message["code"]["code"] == "dead_code" {
            true => marked(span)?,
            false => message["message"].as_str()?.to_owned(),
        };
        Some(format!("{file}:{line}: {what}"))
    };
    spans.map(|span| field(span).expect("a place is in a line")).collect()
}

/// The text at a place.
fn marked(span: &Value) -> Option<String> {
    let line = &span["text"][0];
    let column = |name: &str| usize::try_from(line[name].as_u64()?).ok();
    let (start, end) = (column("highlight_start")?, column("highlight_end")?);
    Some(line["text"].as_str()?.chars().take(end - 1).skip(start - 1).collect())
}

/// A copy in the target folder, so that nothing is written beside it, with the versions of the workspace.
fn copied() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unused/fixture");
    fs::create_dir_all(root.join("src")).expect("the target folder can be written");
    let write = |file: &Path, text: String| {
        fs::write(root.join(file), text).expect("the target folder can be written");
    };
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let runtime = format!("{:?}", workspace.join("runtime"));
    let manifest = read(&folder().join("Cargo.toml")).replace("\"../../../runtime\"", &runtime);
    write(Path::new("Cargo.toml"), manifest);
    write(Path::new("Cargo.lock"), read(&workspace.join("Cargo.lock")));
    for file in sources() {
        write(&file, read(&folder().join(&file)));
    }
    root
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixture")
}

/// Its files, below its folder.
fn sources() -> Vec<PathBuf> {
    let files = fs::read_dir(folder().join("src")).expect("the fixture can be read");
    let names = files.map(|file| file.expect("the fixture can be read").file_name());
    names.map(|name| Path::new("src").join(name)).collect()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("the fixture can be read")
}
