//! Where the programs of a server are.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of `PATH`.
pub(crate) fn path_folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

/// The folders `<parent>/<prefix><version>/bin`, the newest version first.
pub(crate) fn versioned_folders(parent: &str, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    newest_first(names, prefix)
        .iter()
        .map(|name| Path::new(parent).join(name).join("bin"))
        .collect()
}

/// The names that are `prefix` and a version, the newest version first.
fn newest_first(names: impl IntoIterator<Item = String>, prefix: &str) -> Vec<String> {
    let mut versions: Vec<(Vec<u32>, String)> = names
        .into_iter()
        .filter_map(|name| Some((version(name.strip_prefix(prefix)?)?, name)))
        .collect();
    versions.sort_by(|left, right| right.cmp(left));
    versions.into_iter().map(|(_, name)| name).collect()
}

/// The numbers of a version such as `9.6`.
fn version(text: &str) -> Option<Vec<u32>> {
    text.split('.').map(|number| number.parse().ok()).collect()
}

/// The first of `folders` that holds all of `programs`.
pub(crate) fn folder_of_all(programs: &[&str], folders: &[PathBuf]) -> Option<PathBuf> {
    folders
        .iter()
        .find(|folder| programs.iter().all(|program| folder.join(program).is_file()))
        .cloned()
}

/// The first of `programs` that one of `folders` holds, wherever that is.
pub(crate) fn first_of(programs: &[&str], folders: &[PathBuf]) -> Option<PathBuf> {
    programs.iter().find_map(|program| {
        folders.iter().map(|folder| folder.join(program)).find(|path| path.is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], prefix: &str, expected: &[&str]) {
        assert_eq!(newest_first(names.iter().map(|&name| name.to_owned()), prefix), expected);
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        check(&["9.6", "16", "9.10", "15"], "", &["16", "15", "9.10", "9.6"]);
    }

    #[test]
    fn what_is_no_version_is_passed_over() {
        check(
            &["postgresql@9", "postgresql", "postgresql@17", "mysql@8.4", "postgresql@new"],
            "postgresql@",
            &["postgresql@17", "postgresql@9"],
        );
    }

    #[test]
    fn programs_are_found_together_or_by_preference() {
        let folders = [
            PathBuf::from("/"),
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src"),
            PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        ];
        assert_eq!(folder_of_all(&["main.rs", "test.rs"], &folders).as_ref(), Some(&folders[1]));
        assert_eq!(folder_of_all(&["main.rs", "Cargo.toml"], &folders), None);
        assert_eq!(
            first_of(&["missing", "Cargo.toml", "main.rs"], &folders),
            Some(folders[2].join("Cargo.toml"))
        );
    }
}
