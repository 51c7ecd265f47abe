//! What the name and the file of a function tell of whose it is.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::site::CallSite;

/// The crates between a program and its connection, wherever their sources are.
const BETWEEN: [&str; 8] =
    ["std", "core", "alloc", "test", "upfront", "diesel", "diesel_async", "r2d2"];

/// More that call or are called by a program that runs a query. Where they are from is told by their files, and by these
/// names only in a program without debug information.
const LIBRARIES: [&str; 31] = [
    "actix_rt",
    "actix_web",
    "async_std",
    "axum",
    "backtrace",
    "bb8",
    "deadpool",
    "deadpool_diesel",
    "deadpool_runtime",
    "deadpool_sync",
    "diesel_migrations",
    "futures",
    "futures_core",
    "futures_executor",
    "futures_util",
    "hyper",
    "hyper_util",
    "mobc",
    "mysql_async",
    "rayon",
    "rayon_core",
    "rocket",
    "scheduled_thread_pool",
    "scoped_futures",
    "tokio",
    "tokio_postgres",
    "tokio_util",
    "tonic",
    "tower",
    "tower_http",
    "tracing",
];

/// Where Cargo puts the sources of dependencies, and rustup those of the standard library, as two folders in each other.
const FOLDERS: [[&str; 2]; 4] =
    [["registry", "src"], ["git", "checkouts"], ["rustlib", "src"], ["rust", "deps"]];

/// The traits by which connections and queries call each other. A program's own implementation of one passes a query on,
/// or is made by a derive, and is not where it was asked for.
const PASSING_ON: [&str; 4] =
    ["diesel::connection::", "diesel::query_dsl::", "diesel_async::", "upfront::"];

/// The sources of this crate.
const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// What the debug information says of an address. The name is demangled, without its hash, and a path if the debug
/// information is more than line tables.
#[derive(Clone, Copy)]
pub(super) struct Symbol<'a> {
    pub(super) name: &'a str,
    pub(super) file: Option<&'a Path>,
    pub(super) line: Option<u32>,
    pub(super) column: Option<u32>,
}

impl Symbol<'_> {
    /// The place, if it is one of the program's own.
    pub(super) fn site(self) -> Option<CallSite> {
        self.is_the_programs().then(|| {
            let file = self.file.map(|file| shown(file, WORKSPACE.as_deref()));
            CallSite::new(file, self.line, self.column, function(self.name))
        })
    }

    fn is_the_programs(self) -> bool {
        let crate_name = crate_of(self.name);
        let is_called = |names: &[&str]| crate_name.is_some_and(|name| names.contains(&name));
        match self.file {
            _ if is_called(&BETWEEN) || passes_on(self.name) => false,
            Some(file) => {
                file.extension() == Some(OsStr::new("rs")) && !is_in_library(file, crate_name)
            }
            // What has no path is a function of C.
            None => crate_name.is_some() && !is_called(&LIBRARIES),
        }
    }
}

/// The two types of `<Type as Trait>::method`, or the one of `<Type>::method`.
fn types_of(name: &str) -> Option<(&str, Option<&str>)> {
    let inner = name.strip_prefix('<')?;
    let (mut depth, mut before, mut end_of_type) = (1, 0, None);
    for (i, byte) in inner.bytes().enumerate() {
        match byte {
            b'<' => depth += 1,
            // The arrow of a function type closes nothing.
            b'>' if before != b'-' => depth -= 1,
            b' ' if depth == 1 && inner[i..].starts_with(" as ") => {
                end_of_type = end_of_type.or(Some(i));
            }
            _ => {}
        }
        if depth == 0 {
            return Some(match end_of_type {
                Some(end) => (&inner[..end], Some(&inner[end + " as ".len()..i])),
                None => (&inner[..i], None),
            });
        }
        before = byte;
    }
    None
}

/// The first name in a path, or in the type or trait whose function it is.
fn crate_of(name: &str) -> Option<&str> {
    match types_of(name) {
        None => first_of_path(name),
        Some((of, by)) => first_of_path(of).or_else(|| first_of_path(by?)),
    }
}

/// `None` of what has no path, such as the parameter of an impl for all types.
fn first_of_path(path: &str) -> Option<&str> {
    let mut path = path;
    while let Some(rest) = ["&", "(", "[", "*", "mut ", "const ", "dyn ", "<"]
        .iter()
        .find_map(|mark| path.strip_prefix(mark))
    {
        path = rest;
    }
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    path[end..].starts_with("::").then(|| &path[..end])
}

fn passes_on(name: &str) -> bool {
    let is_passing = |by: &str| PASSING_ON.iter().any(|path| by.starts_with(path));
    let by = types_of(name).and_then(|(_, by)| by);
    // An impl in another module than the type is named by the module.
    let of_impl = |segment: &str| segment.strip_prefix("<impl ").is_some_and(is_passing);
    by.is_some_and(is_passing) || segments(name).into_iter().any(of_impl)
}

/// Whether it is one of this crate's, or in a folder of Cargo's or rustup's, or in a copy that `cargo vendor` made.
fn is_in_library(file: &Path, crate_name: Option<&str>) -> bool {
    let names: Vec<&OsStr> = file.iter().collect();
    file.starts_with("/rustc")
        || file.starts_with(OWN)
        || names.windows(2).any(|two| FOLDERS.iter().any(|folders| folders == two))
        || file.ancestors().any(|folder| is_copy(folder, crate_name))
}

/// Whether it is the folder of a crate in a folder called `vendor`: by its name, or by what Cargo writes into it.
fn is_copy(folder: &Path, crate_name: Option<&str>) -> bool {
    let is_in_vendor = folder.parent().is_some_and(|parent| parent.ends_with("vendor"));
    let is_crates = || {
        let name = folder.file_name()?.to_str()?.replace('-', "_");
        let version = name.strip_prefix(crate_name?)?;
        let is_version = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        Some(version.is_empty() || version.strip_prefix('_').is_some_and(is_version))
    };
    is_in_vendor && (is_crates() == Some(true) || folder.join(".cargo-checksum.json").exists())
}

/// The path of a function without what it is instantiated with, and without the closures in it. `None` where only the
/// closure has a name.
fn function(name: &str) -> Option<String> {
    let mut shown = Vec::new();
    for segment in segments(name) {
        match segment.bytes().next() {
            Some(b'{') | None => {}
            Some(b'<') if shown.is_empty() || segment.starts_with("<impl ") => shown.push(segment),
            Some(b'<') => {}
            Some(_) => shown.extend(segment.split('<').next()),
        }
    }
    (!shown.is_empty()).then(|| shown.join("::"))
}

/// What stands between the `::` of a path, outside of brackets.
fn segments(path: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    let (mut depth, mut start, mut before) = (0_i32, 0, b' ');
    for (i, byte) in path.bytes().enumerate() {
        match byte {
            b'<' | b'{' | b'(' | b'[' => depth += 1,
            // The arrow of a function type closes nothing.
            b'>' if before == b'-' => {}
            b'>' | b'}' | b')' | b']' => depth -= 1,
            b':' if depth == 0 && before == b':' => {
                segments.push(path.get(start..i - 1).unwrap_or_default());
                start = i + 1;
            }
            _ => {}
        }
        before = byte;
    }
    segments.push(&path[start..]);
    segments
}

/// The folder that Cargo calls the compiler in, to which the paths in messages are relative.
static WORKSPACE: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = package.or_else(|| std::env::current_dir().ok())?;
    let locked = start.ancestors().find(|folder| folder.join("Cargo.lock").exists());
    Some(locked.unwrap_or(&start).to_owned())
});

fn shown(file: &Path, workspace: Option<&Path>) -> String {
    let relative = workspace.and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(file);
    relative.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_the_programs(name: &str, file: &str) -> bool {
        let file = (!file.is_empty()).then(|| Path::new(file));
        Symbol { name, file, line: None, column: None }.is_the_programs()
    }

    #[test]
    fn the_crate_of_a_function_is_the_first_name_of_what_it_belongs_to() {
        for (name, expected) in [
            ("shop::list::books", "shop"),
            ("<shop::Page>::load", "shop"),
            ("<shop::Page<fn(A) -> B> as core::fmt::Debug>::fmt", "shop"),
            ("<&mut dyn core::ops::FnMut(A) as core::ops::FnOnce<B>>::call_once", "core"),
            ("<T as diesel::query_dsl::load_dsl::LoadQuery<Conn,U,B>>::internal_load", "diesel"),
            ("<(A, B) as shop::Handler>::call::{{closure}}", "shop"),
            ("<<shop::Page as shop::Loads>::Row as core::clone::Clone>::clone", "shop"),
        ] {
            assert_eq!(crate_of(name), Some(expected), "{name}");
        }
        for name in ["", "main", "test", "<", "<größe", "größe", "{closure#0}"] {
            assert_eq!(crate_of(name), None, "{name}");
        }
    }

    #[test]
    fn what_cargo_fetched_is_not_the_programs() {
        for file in [
            "/home/jane/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/axum-0.8.1/src/lib.rs",
            "/home/jane/.cargo/git/checkouts/axum-1234/abcdef/axum/src/lib.rs",
            "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs",
            "/home/jane/.rustup/toolchains/stable/lib/rustlib/src/rust/library/std/src/rt.rs",
            "/srv/shop/vendor/axum/src/lib.rs",
            "/srv/shop/vendor/axum-0.8.1/src/lib.rs",
            concat!(env!("CARGO_MANIFEST_DIR"), "/src/watch/stack.rs"),
            "./csu/../sysdeps/nptl/libc_start_call_main.h",
        ] {
            assert!(!is_the_programs("axum::routing::get", file), "{file}");
        }
        for file in
            ["/srv/shop/src/vendor/axum.rs", "/srv/shop/vendor/web/src/lib.rs", "src/lib.rs"]
        {
            assert!(is_the_programs("axum::routing::get", file), "{file}");
        }
    }

    #[test]
    fn what_stands_between_is_known_by_name_wherever_it_is() {
        assert!(!is_the_programs("diesel::query_dsl::RunQueryDsl::load", "/srv/diesel/src/lib.rs"));
        assert!(!is_the_programs(
            "<F as core::ops::FnOnce<()>>::call_once",
            "/usr/src/rust/library/f.rs"
        ));
        assert!(is_the_programs("diesel_shop::load", "/srv/shop/src/lib.rs"));
    }

    #[test]
    fn line_tables_call_a_function_by_its_last_name() {
        assert!(is_the_programs("test", "/srv/shop/src/list.rs"));
        assert!(!is_the_programs(
            "load",
            "/home/jane/.cargo/registry/src/index/diesel-2.3.14/src/lib.rs"
        ));
        assert_eq!(function("{closure#0}"), None);
        assert_eq!(function(""), None);
        assert_eq!(function(":::"), None);
    }

    #[test]
    fn names_tell_where_files_do_not() {
        assert!(is_the_programs("shop::list::books::{{closure}}", ""));
        assert!(!is_the_programs("tokio::runtime::task::raw::poll", ""));
        assert!(!is_the_programs("main", ""));
    }

    #[test]
    fn a_connection_of_the_programs_own_is_not_where_a_query_is_asked_for() {
        let file = "/srv/shop/src/connection.rs";
        let name = "<shop::AnyConnection as diesel::connection::LoadConnection<B>>::load";
        assert!(!is_the_programs(name, file));
        let name =
            "shop::multi::<impl diesel::connection::Connection for shop::AnyConnection>::load";
        assert!(!is_the_programs(name, file));
        let name = "<shop::Pragmas as diesel::r2d2::CustomizeConnection<C, E>>::on_acquire";
        assert!(is_the_programs(name, file));
    }

    #[test]
    fn a_closure_is_called_as_its_function() {
        for (name, expected) in [
            ("shop::list::books::{{closure}}::{{closure}}", "shop::list::books"),
            ("shop::list::books::<diesel::Sqlite>::{closure#0}", "shop::list::books"),
            (
                "<shop::Page as shop::Loads<fn() -> X>>::all::{async_fn#0}",
                "<shop::Page as shop::Loads<fn() -> X>>::all",
            ),
            (
                "shop::list::<impl shop::Loads for shop::Page>::all",
                "shop::list::<impl shop::Loads for shop::Page>::all",
            ),
            ("one<diesel::Sqlite, fn() -> X>", "one"),
            ("größe::ü", "größe::ü"),
        ] {
            assert_eq!(function(name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn files_are_shown_from_the_workspace() {
        let workspace = Some(Path::new("/srv/shop"));
        assert_eq!(shown(Path::new("/srv/shop/web/src/list.rs"), workspace), "web/src/list.rs");
        assert_eq!(shown(Path::new("/srv/other/src/list.rs"), workspace), "/srv/other/src/list.rs");
        assert_eq!(shown(Path::new("src/list.rs"), workspace), "src/list.rs");
    }
}
