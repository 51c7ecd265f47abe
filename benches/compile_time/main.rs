//! Measures how long `cargo check` takes for 60 load specs on 30 models, against the same structs and loads written
//! by hand with Diesel's derives.
//!
//! Both crates are generated below the target folder. Their dependencies are built first; then each crate alone is
//! checked again and again, in turn.
#![allow(missing_docs)]

mod by_hand;
mod schema;
mod with_upfront;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const ROUNDS: usize = 11;

fn main() {
    // `cargo test --all-targets` runs this without `--bench`: there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
    let upfront = generated(&folder, "with_upfront", &with_upfront::source());
    let by_hand = generated(&folder, "by_hand", &by_hand::source());
    check(&upfront);
    check(&by_hand);

    let mut times = [Vec::new(), Vec::new()];
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let upfront = check(&upfront);
        let by_hand = check(&by_hand);
        ratios.push(upfront.as_secs_f64() / by_hand.as_secs_f64());
        times[0].push(upfront.as_secs_f64());
        times[1].push(by_hand.as_secs_f64());
    }
    let [upfront, by_hand] = times.map(median);
    println!("| | `cargo check` |");
    println!("| --- | ---: |");
    println!("| with upfront | {upfront:.2} s |");
    println!("| by hand | {by_hand:.2} s |");
    println!("| ratio | **{:.2}** |", median(ratios));
}

/// Writes a crate that has `source` as its library.
fn generated(folder: &Path, name: &str, source: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the benches are in a folder");
    let krate = folder.join(name);
    fs::create_dir_all(krate.join("src")).expect("the crate's folder is made");
    let write =
        |file: &str, text: &str| fs::write(krate.join(file), text).expect("a file is written");
    write("src/lib.rs", &format!("{}{source}", schema::source()));
    write(
        "Cargo.toml",
        &format!(
            r#"
            [package]
            name = "{name}"
            version = "0.0.0"
            edition = "2024"

            [dependencies]
            upfront = {{ path = "{}", features = ["sqlite"] }}
            diesel = {{ version = "2.3", default-features = false, features = ["sqlite", "32-column-tables"] }}
            libsqlite3-sys = {{ version = "*", features = ["bundled"] }}

            [workspace]
            "#,
            root.join("runtime").display(),
        ),
    );
    // The same versions as everywhere else.
    fs::copy(root.join("Cargo.lock"), krate.join("Cargo.lock")).expect("the lock file is copied");
    krate
}

/// How long it takes to check the crate and nothing else.
fn check(krate: &Path) -> Duration {
    let source = krate.join("src/lib.rs");
    let text = fs::read(&source).expect("the source was written");
    // Written again, it is newer than what was built from it.
    fs::write(&source, text).expect("the source is written");
    let start = Instant::now();
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet"])
        .current_dir(krate)
        .env("CARGO_TARGET_DIR", krate.with_file_name("target"))
        // All of the crate, not only what changed.
        .env("CARGO_INCREMENTAL", "0")
        .status()
        .expect("cargo runs");
    let time = start.elapsed();
    assert!(status.success(), "{} does not compile", krate.display());
    time
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
