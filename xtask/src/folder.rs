//! A folder of our own for as long as we run.

use std::env;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use rustix::fs::{FlockOperation, flock};

use crate::account::Account;

/// A folder that no other process uses. It is removed when this is dropped; if we are killed, by the next one.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// A lock ends with its process, however that ends.
    _lock: File,
}

impl Folder {
    /// Makes a folder which all of `accounts` can reach: in the target folder, or else in the system's temporary folder.
    pub(crate) fn create(accounts: &[Account]) -> Result<Self> {
        let target = target_folder()?.join("xtask");
        fs::create_dir_all(&target)
            .with_context(|| format!("cannot make the folder {}", target.display()))?;
        let Some(kept_out) = accounts.iter().find(|account| !account.reaches(&target)) else {
            return Self::create_in(&target);
        };
        let folder = Self::create_in(&temporary_folder(&env::temp_dir())?)?;
        if let Account::Other { name, .. } = kept_out {
            let (target, path) = (target.display(), folder.path.display());
            eprintln!(
                "xtask: {target} is closed to `{name}`, so the data of the servers is in {path}"
            );
        }
        Ok(folder)
    }

    fn create_in(base: &Path) -> Result<Self> {
        // Nobody else looks for what was left over before the new folder is locked, too.
        let alone = open_lock(base)?;
        flock(&alone, FlockOperation::LockExclusive).context("cannot wait for a lock")?;
        remove_left_over(base)?;
        let path = first_free(base);
        fs::create_dir(&path)
            .with_context(|| format!("cannot make the folder {}", path.display()))?;
        let lock = open_lock(&path)?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive)
            .context("cannot lock a new folder")?;
        Ok(Self { path, _lock: lock })
    }

    /// Makes a folder in this one, which belongs to `account` and is closed to others.
    pub(crate) fn folder_of(&self, account: &Account, name: &str) -> Result<PathBuf> {
        let path = self.path.join(name);
        let made = DirBuilder::new().mode(0o700).create(&path);
        made.with_context(|| format!("cannot make the folder {}", path.display()))?;
        account.own(&path)?;
        Ok(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                eprintln!("xtask: cannot remove {}: {error}", self.path.display());
            }
            _ => {}
        }
    }
}

/// The first of the names `1`, `2`, .. that nobody uses in `base`.
fn first_free(base: &Path) -> PathBuf {
    let mut names = (1_u32..).map(|number| base.join(number.to_string()));
    names.find(|path| !path.exists()).expect("there are not as many folders as numbers")
}

/// Removes the folders in `base` whose processes are gone.
fn remove_left_over(base: &Path) -> Result<()> {
    for entry in fs::read_dir(base).with_context(|| format!("cannot read {}", base.display()))? {
        let path = entry?.path();
        let locked = |lock: File| flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err();
        if path.is_dir() && !File::open(path.join("lock")).is_ok_and(locked) {
            // What another user left over is not ours to remove.
            let _ = fs::remove_dir_all(&path);
        }
    }
    Ok(())
}

fn open_lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    File::create(&path).with_context(|| format!("cannot make the file {}", path.display()))
}

/// The target folder, however cargo was told of it: this program is in a folder for its profile, below it.
fn target_folder() -> Result<PathBuf> {
    let program = env::current_exe().context("cannot tell where this program is")?;
    let folder = program.parent().and_then(Path::parent);
    Ok(folder.context("this program is in no target folder")?.to_owned())
}

/// A folder of our user in the folder that all users share. Others can pass through it, and not write to it.
fn temporary_folder(shared: &Path) -> Result<PathBuf> {
    let us = rustix::process::geteuid().as_raw();
    let path = shared.join(format!("upfront-xtask-{us}"));
    match DirBuilder::new().mode(0o711).create(&path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("cannot make the folder {}", path.display()))
        }
        _ => {
            let found = fs::symlink_metadata(&path)?;
            ensure!(
                found.is_dir() && found.uid() == us,
                "{} is not ours: remove it",
                path.display()
            );
            Ok(path)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A folder in the target folder, and empty, for the test of this name.
    fn scratch(test: &str) -> PathBuf {
        let path = target_folder().unwrap().join("xtask-tests").join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn a_folder_is_removed_in_the_end() {
        let base = scratch("removed");
        let folder = Folder::create_in(&base).unwrap();
        let path = folder.path.clone();
        fs::write(folder.folder_of(&Account::Ours, "data").unwrap().join("file"), "").unwrap();
        assert!(path.join("data/file").exists());
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn what_was_left_over_is_removed_and_what_is_in_use_is_not() {
        let base = scratch("left_over");
        let alive = Folder::create_in(&base).unwrap();
        let (dead, half_removed) = (base.join("2"), base.join("3"));
        for folder in [&dead, &half_removed] {
            fs::create_dir(folder).unwrap();
        }
        open_lock(&dead).unwrap();

        let folder = Folder::create_in(&base).unwrap();
        assert!(alive.path.exists());
        assert!(!half_removed.exists());
        assert_eq!(folder.path, dead, "its name is free again");
    }

    #[test]
    fn a_shared_temporary_folder_is_used_only_where_nobody_put_something_else_there() {
        let shared = scratch("temporary");
        let path = temporary_folder(&shared).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o022, 0, "others cannot write to it");
        assert_eq!(temporary_folder(&shared).unwrap(), path, "the same one the next time");

        fs::remove_dir(&path).unwrap();
        symlink("/", &path).unwrap();
        let error = temporary_folder(&shared).unwrap_err();
        assert_eq!(error.to_string(), format!("{} is not ours: remove it", path.display()));
    }
}
