//! `cargo xtask`: sets up, builds, runs and tests the whole product.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its user"
)]

mod env;
mod fault;
mod frontend;
mod lock;
mod progress;
mod root;
mod tool;
mod wasm;

use std::process::ExitCode;

use lexopt::prelude::{Long, Short, Value};

use crate::fault::{Fault, Result};
use crate::frontend::Profile;
use crate::root::Root;

const HELP: &str = "\
cargo xtask build [--dev]    the front end, ready to deploy, in frontend/dist
cargo xtask help             this text";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut args = lexopt::Parser::from_env();
    let mut root = Root::here();
    let mut command = None;
    let mut dev = false;
    while let Some(arg) = args.next()? {
        match arg {
            Long("root") => root = Root::at(args.value()?.into()),
            Long("dev") => dev = true,
            Long("help") | Short('h') => command = Some("help".to_owned()),
            Value(name) if command.is_none() => command = Some(name.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    match command.as_deref() {
        Some("build") => frontend::build(&root, Profile::new(!dev)).map(|_| ()),
        None | Some("help") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => {
            Err(Fault::new(format!("There is no command `{other}`.")).mend("cargo xtask help"))
        }
    }
}
