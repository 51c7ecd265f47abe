//! rust-analyzer, which the tests of what editors show ask: a component of rustup's, and none of the system's packages.

use std::process::Command;

use anyhow::Result;

use crate::interrupt::Interrupt;

/// It and the sources that it reads the standard library from.
const COMPONENTS: [&str; 2] = ["rust-analyzer", "rust-src"];

/// Installs what is missing of it where there is rustup. Those tests say that they are not run where there is none.
pub(crate) fn ensure(interrupt: &Interrupt) -> Result<()> {
    let listed = Command::new("rustup").args(["component", "list", "--installed"]).output();
    let Ok(listed) = listed else {
        return Ok(());
    };
    if are_installed(&String::from_utf8_lossy(&listed.stdout)) {
        return Ok(());
    }
    eprintln!("xtask: installs {}", COMPONENTS.join(", "));
    let mut command = Command::new("rustup");
    command.args(["component", "add"]).args(COMPONENTS);
    if !interrupt.run(&mut command)?.success() {
        eprintln!(
            "xtask: rustup cannot install them, so the tests of what editors show are not run"
        );
    }
    Ok(())
}

/// Whether a list of rustup's has all of the components. It names some of them with the platform.
fn are_installed(list: &str) -> bool {
    COMPONENTS.iter().all(|component| list.lines().any(|line| line.starts_with(component)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_found_with_and_without_their_platform() {
        let list = "cargo-x86_64-unknown-linux-gnu\nrust-analyzer-x86_64-unknown-linux-gnu\n";
        assert!(!are_installed(list));
        assert!(are_installed(&format!("{list}rust-src\n")));
    }
}
