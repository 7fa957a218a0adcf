//! Runs other people's commands and says what went wrong with them.

use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::env;
use crate::fault::{Fault, Result};

/// A command to run, with the sentence for its absence.
pub(crate) struct Tool {
    command: Command,
    name: String,
    absent: Option<String>,
}

impl Tool {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let name = Path::new(program.as_ref())
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        Self {
            command: Command::new(program),
            name,
            absent: None,
        }
    }

    /// Cargo in `folder`.
    pub(crate) fn cargo(folder: &Path) -> Self {
        Self::new("cargo")
            .absent("curl --proto '=https' -sSf https://sh.rustup.rs | sh")
            .outside_our_package()
            .within(folder)
    }

    /// Not told of the package that the cargo around us runs: some build scripts look at that,
    /// and would build anew for every other way to call cargo.
    pub(crate) fn outside_our_package(self) -> Self {
        env::of_our_package()
            .iter()
            .fold(self, |tool, name| tool.without_env(name))
    }

    /// The line that installs the command where it is absent.
    pub(crate) fn absent(mut self, mend: &str) -> Self {
        self.absent = Some(mend.to_owned());
        self
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: impl AsRef<OsStr>) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs with our own output, so that its progress is seen; anything but success is a fault.
    pub(crate) fn run(mut self) -> Result<()> {
        let status = self.command.stdin(Stdio::null()).status();
        let status = status.map_err(|error| self.unstartable(&error))?;
        self.judge(status, "")
    }

    /// Like [`Tool::run`], and shows each line of the output to `read` as well.
    pub(crate) fn run_reading(self, mut read: impl FnMut(&str)) -> Result<()> {
        self.read_lines(|line| {
            println!("{line}");
            read(line);
        })
    }

    /// Runs with our own error output, and shows each line of the other one to `read` alone.
    pub(crate) fn read_lines(mut self, mut read: impl FnMut(&str)) -> Result<()> {
        let child = self.command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = child.spawn().map_err(|error| self.unstartable(&error))?;
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output)
                .split(b'\n')
                .map_while(io::Result::ok)
            {
                read(&String::from_utf8_lossy(&line));
            }
        }
        let status = child.wait().map_err(|error| self.unstartable(&error))?;
        self.judge(status, "")
    }

    /// Runs silently and gives what it printed.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self.command.stdin(Stdio::null()).output();
        let output = output.map_err(|error| self.unstartable(&error))?;
        self.judge(output.status, &String::from_utf8_lossy(&output.stderr))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs silently for at most `limit`; over it, the command is ended.
    pub(crate) fn output_within(mut self, limit: Duration) -> Result<String> {
        let child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| self.unstartable(&error))?;
        let process = child.id();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || sender.send(child.wait_with_output()));
        match receiver.recv_timeout(limit) {
            Ok(Ok(output)) => {
                self.judge(output.status, &String::from_utf8_lossy(&output.stderr))?;
                Ok(String::from_utf8_lossy(&output.stdout).into_owned())
            }
            Ok(Err(error)) => Err(self.unstartable(&error)),
            Err(_) => {
                let _ = Command::new("kill").arg(process.to_string()).status();
                let seconds = limit.as_secs();
                Err(Fault::new(format!(
                    "`{}` gave no result within {seconds} s.",
                    self.name
                )))
            }
        }
    }

    fn unstartable(&self, error: &io::Error) -> Fault {
        let name = &self.name;
        if error.kind() != io::ErrorKind::NotFound {
            return Fault::new(format!("`{name}` could not be started: {error}."));
        }
        let fault = Fault::new(format!("`{name}` is not on this machine."));
        match &self.absent {
            Some(mend) => fault.mend(mend),
            None => fault,
        }
    }

    fn judge(&self, status: ExitStatus, said: &str) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        if said.contains("No space left on device") {
            return Err(Fault::new(format!(
                "The disk is full: `{}` could not write.",
                self.name
            ))
            .mend("cargo clean    # or free some space and start again"));
        }
        let why = reason(said);
        let colon = if why.is_empty() { "." } else { ": " };
        let name = &self.name;
        Err(Fault::new(format!(
            "`{name}` failed ({status}){colon}{why}"
        )))
    }
}

/// The line in which a command names its error, or the last ones it printed.
fn reason(said: &str) -> String {
    let named = said.lines().find(|line| line.starts_with("error"));
    let last: Vec<&str> = said.lines().rev().take(4).collect();
    named.map_or_else(
        || last.into_iter().rev().collect::<Vec<_>>().join("\n    "),
        str::to_owned,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_command_is_named_with_the_line_that_brings_it() {
        let fault = Tool::new("latchwork-has-no-such-command")
            .absent("apt-get install it")
            .run()
            .unwrap_err();

        assert_eq!(
            fault.to_string(),
            "`latchwork-has-no-such-command` is not on this machine.\n    apt-get install it"
        );
    }

    #[test]
    fn a_command_over_its_limit_is_ended() {
        let fault = Tool::new("sleep")
            .arg("600")
            .output_within(Duration::from_millis(50))
            .unwrap_err();

        assert_eq!(fault.to_string(), "`sleep` gave no result within 0 s.");
    }

    #[test]
    fn what_a_command_said_last_is_told() {
        let fault = Tool::new("sh")
            .args(["-c", "echo no such luck >&2; exit 3"])
            .output()
            .unwrap_err();

        assert_eq!(
            fault.to_string(),
            "`sh` failed (exit status: 3): no such luck"
        );
    }
}
