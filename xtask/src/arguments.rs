//! What the command line asks for.

use std::ffi::OsString;

pub(crate) const USAGE: &str = "\
cargo xtask test [-- <arguments of cargo test>]
    starts PostgreSQL and MariaDB, runs `cargo test --workspace` with them, and stops them
cargo xtask bench [-- <parts of the names of cases>]
    starts the same servers, runs the benches that need them, and stops them
cargo xtask servers
    starts the same servers, prints their URLs, and keeps them until Ctrl-C
cargo xtask setup
    installs what is missing for these, and nothing else";

#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Test(Vec<OsString>),
    Bench(Vec<OsString>),
    Servers,
    Setup,
    Help,
}

/// The command that `arguments` name, or what is wrong with them.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let Some(name) = arguments.next() else {
        return Err("a command is missing".into());
    };
    let rest: Vec<OsString> = arguments.collect();
    let command = match name.to_str() {
        Some("test") => return parse_passed("cargo test", "test", rest).map(Command::Test),
        Some("bench") => return parse_passed("the benches", "bench", rest).map(Command::Bench),
        Some("servers") => Command::Servers,
        Some("setup") => Command::Setup,
        Some("help" | "--help" | "-h") => Command::Help,
        _ => return Err(format!("`{}` is not a command", name.to_string_lossy())),
    };
    match rest.first() {
        None => Ok(command),
        Some(_) => Err(format!("`{}` takes no arguments", name.to_string_lossy())),
    }
}

/// What stands behind the separator, which `to` is given by the command `name`.
fn parse_passed(to: &str, name: &str, mut rest: Vec<OsString>) -> Result<Vec<OsString>, String> {
    match rest.first() {
        None => Ok(rest),
        Some(first) if first == "--" => {
            rest.remove(0);
            Ok(rest)
        }
        Some(first) => Err(format!(
            "`{0}` stands before `--`: the arguments of {to} stand behind it, as in `cargo xtask {name} -- {0}`",
            first.to_string_lossy()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<Command, &str>) {
        let found = parse(line.split_whitespace().map(OsString::from));
        assert_eq!(found, expected.map_err(str::to_owned), "{line}");
    }

    #[test]
    fn what_is_passed_on_stands_behind_the_first_separator() {
        check("test", Ok(Command::Test(vec![])));
        check("test --", Ok(Command::Test(vec![])));
        let passed = ["-p", "upfront", "--", "--nocapture"].map(OsString::from);
        check("test -- -p upfront -- --nocapture", Ok(Command::Test(passed.to_vec())));
        check("bench -- join", Ok(Command::Bench(vec!["join".into()])));
    }

    #[test]
    fn an_argument_without_the_separator_is_told_where_it_belongs() {
        check(
            "test joins",
            Err(
                "`joins` stands before `--`: the arguments of cargo test stand behind it, as in `cargo xtask test -- joins`",
            ),
        );
        check(
            "bench join",
            Err(
                "`join` stands before `--`: the arguments of the benches stand behind it, as in `cargo xtask bench -- join`",
            ),
        );
    }

    #[test]
    fn other_commands_take_no_arguments() {
        check("servers", Ok(Command::Servers));
        check("setup", Ok(Command::Setup));
        check("--help", Ok(Command::Help));
        check("servers now", Err("`servers` takes no arguments"));
        check("serve", Err("`serve` is not a command"));
        check("", Err("a command is missing"));
    }
}
