//! `authcheck URL`: the check as a program.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its user"
)]

use std::process::ExitCode;

use authcheck::{Given, Report, Site};
use lexopt::prelude::{Long, Short, Value};

const HELP: &str = "\
authcheck URL          tries the known auth failures of task chats on a deployment
    --json             the report as JSON

Two people are signed up, one task each is added and deleted, and the people are deleted as well
where Better Auth's address for it answers. Where nobody can be signed up from outside, give the
tokens of two people in AUTHCHECK_TOKEN_A and AUTHCHECK_TOKEN_B.

Ends with status 0 if everything holds, 1 if something does not, 2 if it could not be tried.
Only try it on deployments that you may test.";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<bool, Box<dyn std::error::Error>> {
    let mut parser = lexopt::Parser::from_env();
    let (mut url, mut is_json) = (None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("json") => is_json = true,
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(true);
            }
            Value(value) if url.is_none() => url = Some(value.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let url = url.ok_or("An address is missing.\n    authcheck https://tasks.example.com")?;
    let given = Given {
        ann: variable("AUTHCHECK_TOKEN_A"),
        bob: variable("AUTHCHECK_TOKEN_B"),
    };
    let report: Report = authcheck::run(&Site::new(&url)?, &given).await?;
    if is_json {
        println!("{:#}", report.json());
    } else {
        println!("{report}");
    }
    Ok(report.is_clean())
}

fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a command-line tool of its own, without a configuration"
    )]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
