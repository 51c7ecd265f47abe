//! Whom a server runs as: neither server is to be run as root.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The account that a server runs as and owns its files.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Account {
    /// The one that runs this program.
    Ours,
    /// Another one, because ours is root.
    Other { name: String, uid: u32, gid: u32 },
}

impl Account {
    /// Ours; or, for root, the first of `names` that exists.
    pub(crate) fn without_root(names: &[&str]) -> Result<Self> {
        if !we_are_root() {
            return Ok(Self::Ours);
        }
        for &name in names {
            if let (Some(uid), Some(gid)) = (id("-u", name), id("-g", name)) {
                return Ok(Self::Other { name: name.to_owned(), uid, gid });
            }
        }
        bail!(
            "a server cannot run as root, and none of the accounts {} exists to run it: add one, or run this as another user",
            names.join(", ")
        )
    }

    /// Runs a command as this account. What root may besides (its groups) is left behind.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Self::Other { uid, gid, .. } = self {
            command.uid(*uid).gid(*gid);
        }
        command
    }

    /// Gives this account a folder or file that we made.
    pub(crate) fn own(&self, path: &Path) -> Result<()> {
        match self {
            Self::Ours => Ok(()),
            Self::Other { name, uid, gid } => chown(path, Some(*uid), Some(*gid))
                .with_context(|| format!("cannot give {} to `{name}`", path.display())),
        }
    }

    /// Whether this account can enter a folder: one above it may be closed to all but its owner.
    pub(crate) fn reaches(&self, folder: &Path) -> bool {
        let mut test = self.command(Path::new("test"));
        test.arg("-x").arg(folder).current_dir("/").stdin(Stdio::null());
        *self == Self::Ours || test.status().is_ok_and(|status| status.success())
    }
}

pub(crate) fn we_are_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A number of the account `name`, as `id` prints it.
fn id(which: &str, name: &str) -> Option<u32> {
    let output = Command::new("id").args([which, name]).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_an_account_are_read() {
        assert_eq!((id("-u", "root"), id("-g", "root")), (Some(0), Some(0)));
        assert_eq!(id("-u", "no such account"), None);
    }

    #[test]
    fn a_server_never_runs_as_root() {
        match Account::without_root(&["no such account", "nobody"]).unwrap() {
            Account::Ours => assert!(!we_are_root()),
            Account::Other { name, uid, .. } => {
                assert_eq!(name, "nobody");
                assert_ne!(uid, 0);
            }
        }
    }
}
