//! What the compiler says about mistakes: one defect in each file of `ui/`, in folders by the stage that finds it.
//!
//! A case begins with `// expects:` and the key sentence of its message. After a message has changed on purpose,
//! `TRYBUILD=overwrite cargo test -p upfront-tests --test ui` writes the new texts; a text that no longer has its key
//! sentence still fails.

use std::fs;
use std::path::{Path, PathBuf};

const STAGES: [&str; 8] =
    ["model", "spec", "load", "query", "loads", "connection", "asynchronous", "watch"];

/// Names that a user has never written.
const INTERNAL: &[&str] = &[
    "__private",
    "SelectStatement<",
    "FromClause<",
    "WhereClause<",
    "AstPass",
    "KeysIn",
    "source::Joined<",
    "upfront::path::",
    "ValueField",
    "Asked",
    "Fill<",
    "FieldsFrom",
    "LoadQuery",
    "Checked<",
    "Computes",
    "ColumnIn",
    "GivenValue",
    "__given",
    "LoadedAuthor<",
    "Load<..>",
];

/// How rustc goes on with the bound of a method, where it is on the query.
const REQUIRED_OF_A_QUERY: &str = "   = note: required for `Load<";

#[test]
fn mistakes_are_told_as_they_always_were() {
    let cases = trybuild::TestCases::new();
    for stage in STAGES {
        cases.compile_fail(format!("ui/{stage}/*.rs"));
    }
}

/// A case: its name, the sentence that it expects, and what the compiler says.
struct Case {
    name: String,
    expects: String,
    stderr: String,
}

fn cases() -> Vec<Case> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let files = STAGES.iter().flat_map(|stage| {
        fs::read_dir(ui.join(stage))
            .expect("each stage has a folder")
            .map(|file| file.expect("the folder can be read").path())
    });
    files
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(case)
        .collect()
}

fn case(file: PathBuf) -> Case {
    let name = file.display().to_string();
    let source = fs::read_to_string(&file).expect("the case can be read");
    let expects = source.lines().next().and_then(|line| line.strip_prefix("// expects: "));
    let expects = expects.unwrap_or_else(|| panic!("{name} does not say what it expects"));
    let stderr = fs::read_to_string(file.with_extension("stderr"))
        .unwrap_or_else(|_| panic!("{name} has no .stderr"));
    Case { name, expects: expects.to_owned(), stderr }
}

#[test]
fn each_message_has_its_key_sentence() {
    for Case { name, expects, stderr } in cases() {
        assert!(stderr.contains(&expects), "{name} expects `{expects}`, and it says:\n{stderr}");
    }
}

#[test]
fn messages_are_short() {
    let cases = cases();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    let lines = |case: &Case| case.stderr.lines().count();
    for case in &cases {
        assert!(lines(case) <= 40, "{} has {} lines", case.name, lines(case));
    }
    let total: usize = cases.iter().map(lines).sum();
    assert!(total <= 15 * cases.len(), "{} lines on average", total / cases.len());
}

#[test]
fn messages_name_nothing_that_the_user_does_not_know() {
    for Case { name, stderr, .. } in cases() {
        // A bound of diesel-async's stands on the query itself: behind our message rustc says which it is.
        let (told, _) = stderr.split_once(REQUIRED_OF_A_QUERY).unwrap_or((&stderr, ""));
        for internal in INTERNAL {
            assert!(!told.contains(internal), "{name} names `{internal}`:\n{told}");
        }
    }
}
