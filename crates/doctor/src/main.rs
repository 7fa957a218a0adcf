//! `doctor`: the examination as a program.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its user"
)]

use std::process::ExitCode;

use doctor::{State, Variables};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let variables = match (
        arguments.next().as_deref(),
        arguments.next(),
        arguments.next(),
    ) {
        (None, ..) => of_process(),
        (Some("--env"), Some(file), None) => match of_file(&file) {
            Ok(variables) => variables,
            Err(why) => {
                eprintln!("error: {why}");
                return ExitCode::from(2);
            }
        },
        _ => {
            eprintln!("doctor [--env FILE] examines this environment, or the one that FILE holds.");
            return ExitCode::from(2);
        }
    };
    let findings = doctor::examine(&variables, server::now).await;
    for finding in &findings {
        println!("{finding}");
    }
    let faults = findings
        .iter()
        .filter(|finding| finding.state == State::Fault)
        .count();
    if faults == 0 {
        println!("\nA deployment with this environment works.");
        return ExitCode::SUCCESS;
    }
    println!("\n{faults} to mend.");
    ExitCode::FAILURE
}

fn of_process() -> Variables {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(text).collect()
}

/// Nothing but what the file says, as on another machine.
fn of_file(file: &str) -> Result<Variables, String> {
    let lines = dotenvy::from_path_iter(file).map_err(|_| format!("{file} cannot be read."))?;
    let lines: Result<Vec<_>, _> = lines.collect();
    // The cause would show the line, and with it perhaps a secret.
    lines
        .map(|lines| lines.into_iter().collect())
        .map_err(|_| format!("{file} has a line that is no NAME=value."))
}
