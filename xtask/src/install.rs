//! What must be installed: found, installed where we may, or named.

use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::account::we_are_root;
use crate::interrupt::Interrupt;
use crate::programs::{first_of, path_folders};
use crate::servers::Database;
use crate::{libraries, mariadb, postgres};

/// Something that must be there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need {
    what: &'static str,
    /// The packages of Debian that have it.
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

pub(crate) const POSTGRES: Need = Need {
    what: "PostgreSQL (`initdb` and `postgres`)",
    packages: &["postgresql"],
    is_there: || postgres::find().is_some(),
};

pub(crate) const MARIADB: Need = Need {
    what: "MariaDB (`mariadbd` and `mariadb-install-db`) or MySQL (`mysqld`)",
    packages: &["mariadb-server"],
    is_there: || mariadb::find().is_some(),
};

/// What Diesel is compiled with, whoever runs the servers.
const FOR_DIESEL: [Need; 3] = [
    Need {
        what: "a C compiler (`cc`)",
        packages: &["gcc", "libc6-dev"],
        is_there: libraries::has_compiler,
    },
    Need {
        what: "PostgreSQL's client library (`libpq`)",
        packages: &["libpq-dev"],
        is_there: libraries::has_libpq,
    },
    Need {
        what: "a client library of MariaDB or MySQL (`libmariadb` or `libmysqlclient`, of which `pkg-config` tells)",
        packages: &["libmariadb-dev", "pkg-config"],
        is_there: libraries::has_mysqlclient,
    },
];

/// Installs what is missing to run `databases` and to compile for them, or says what is missing.
pub(crate) fn ensure(databases: &[Database], interrupt: &Interrupt) -> Result<()> {
    let servers = databases.iter().map(|database| database.need());
    let missing = missing(servers.chain(FOR_DIESEL).collect());
    if missing.is_empty() {
        return Ok(());
    }
    let has_apt_get = first_of(&["apt-get"], &path_folders()).is_some();
    ensure!(
        has_apt_get,
        told(&missing, "can be installed here only by apt-get, which is not there")
    );
    ensure!(we_are_root(), told(&missing, "can be installed by root only"));
    let packages = packages(&missing);
    eprintln!("xtask: installs {}", packages.join(", "));
    apt_get(&["update"], interrupt)?;
    apt_get(
        &[&["install", "--yes", "--no-install-recommends"], packages.as_slice()].concat(),
        interrupt,
    )?;
    let missing = self::missing(missing);
    ensure!(missing.is_empty(), told(&missing, "are not found after the installation"));
    Ok(())
}

fn missing(mut needs: Vec<Need>) -> Vec<Need> {
    needs.retain(|need| !(need.is_there)());
    needs
}

fn packages(missing: &[Need]) -> Vec<&'static str> {
    missing.iter().flat_map(|need| need.packages).copied().collect()
}

fn apt_get(arguments: &[&str], interrupt: &Interrupt) -> Result<()> {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        // It waits for another that is running, and leaves the terminal alone.
        .args(["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"])
        .args(arguments);
    let status = interrupt.run(&mut command)?;
    if !status.success() {
        let arguments = arguments.join(" ");
        bail!("`apt-get {arguments}` ended with {status}; what it wrote is above");
    }
    Ok(())
}

/// What is missing, why we do not install it, and what to do about it.
fn told(missing: &[Need], why: &str) -> String {
    let what: String = missing.iter().map(|need| format!("    {}\n", need.what)).collect();
    let packages = packages(missing).join(" ");
    format!(
        "the tests need what {why}:\n\n{what}\n\
         On Debian and Ubuntu, as root: apt-get install --no-install-recommends {packages}\n\
         Elsewhere the packages have similar names; what is not found after all must be in PATH."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const THERE: Need = Need { what: "this", packages: &["this"], is_there: || true };
    const MISSING: Need =
        Need { what: "that (`that`)", packages: &["that", "that-dev"], is_there: || false };

    #[test]
    fn what_is_missing_is_told_with_its_packages() {
        let missing = missing(vec![THERE, MISSING, MISSING]);
        assert_eq!(missing.len(), 2);
        assert_eq!(
            told(&[missing[0], FOR_DIESEL[1]], "can be installed by root only"),
            "the tests need what can be installed by root only:\n\
             \n    that (`that`)\n    PostgreSQL's client library (`libpq`)\n\
             \nOn Debian and Ubuntu, as root: apt-get install --no-install-recommends that that-dev libpq-dev\n\
             Elsewhere the packages have similar names; what is not found after all must be in PATH."
        );
    }
}
