//! Whether Diesel will find the client libraries: asked in the way of the build scripts of `pq-sys` and `mysqlclient-sys`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether `pq-sys` finds libpq: where it is told, where `pg_config` says, or where the linker looks anyway.
pub(crate) fn has_libpq() -> bool {
    env::var_os("PQ_LIB_DIR").is_some()
        || output("pg_config", &["--libdir"]).is_some_and(|folder| holds_libpq(Path::new(&folder)))
        || ["libpq.so", "libpq.dylib", "libpq.a"].iter().any(|file| linker_finds(file))
}

fn holds_libpq(folder: &Path) -> bool {
    ["libpq.so", "libpq.dylib", "libpq.a"].iter().any(|file| folder.join(file).exists())
}

/// Whether `mysqlclient-sys` finds a client library of MariaDB or MySQL.
pub(crate) fn has_mysqlclient() -> bool {
    env::var_os("MYSQLCLIENT_LIB_DIR").is_some()
        || ["mysqlclient", "libmariadb"]
            .iter()
            .any(|library| output("pkg-config", &["--libs", library]).is_some())
        || output("mysql_config", &["--libs"]).is_some()
}

/// Whether there is a C compiler, which also links.
pub(crate) fn has_compiler() -> bool {
    output("cc", &["--version"]).is_some()
}

/// A compiler prints the path of a library that it finds, and the bare name of another.
fn linker_finds(file: &str) -> bool {
    let printed = output("cc", &[&format!("-print-file-name={file}")]);
    printed.is_some_and(|path| PathBuf::from(path).is_absolute())
}

/// What a program prints, without the last line break, if it is there and succeeds.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_linker_is_asked_for_a_library() {
        assert!(linker_finds("crt1.o"), "every program is linked with it");
        assert!(!linker_finds("libnosuchlibrary.so"));
    }

    #[test]
    fn a_program_that_fails_has_no_output() {
        assert_eq!(output("echo", &["a b"]).as_deref(), Some("a b"));
        assert_eq!(output("false", &[]), None);
        assert_eq!(output("no-such-program", &[]), None);
    }
}
