//! `smoke URL`: the proof as a program.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool talks to its user"
)]

use std::process::ExitCode;

use authcheck::Site;
use smoke::Step;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), None) = (arguments.next(), arguments.next()) else {
        eprintln!("smoke URL uses a deployment once, as two people, and takes away what it made.");
        return ExitCode::from(2);
    };
    let site = match Site::new(&url) {
        Ok(site) => site,
        Err(why) => {
            eprintln!("error: {why}");
            return ExitCode::from(2);
        }
    };
    if smoke::run(&site, show).await {
        println!("\n{url} works.");
        ExitCode::SUCCESS
    } else {
        println!("\n{url} does NOT work.");
        ExitCode::FAILURE
    }
}

fn show(step: &Step) {
    let took = step.took.as_millis();
    match &step.outcome {
        Ok(()) if took == 0 => println!("  ok      {}", step.claim),
        Ok(()) => println!("  ok      {} ({took} ms)", step.claim),
        Err(fault) => println!("  FAILED  {}\n          {}", step.claim, fault.0),
    }
}
