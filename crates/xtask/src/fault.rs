//! A failure as this tool tells it: one sentence, and the line that mends it.

use std::fmt;
use std::io;
use std::path::Path;

pub(crate) type Result<T, E = Fault> = std::result::Result<T, E>;

#[derive(Debug)]
pub(crate) struct Fault {
    sentence: String,
    mend: Option<String>,
}

impl Fault {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            mend: None,
        }
    }

    /// Adds the line that mends it: a command, or what to change.
    pub(crate) fn mend(mut self, line: impl Into<String>) -> Self {
        self.mend = Some(line.into());
        self
    }

    /// Without the line that mends it, to be told within another sentence.
    pub(crate) fn sentence(&self) -> &str {
        &self.sentence
    }

    /// A file operation that failed; a full disk is named as such, whatever was being done.
    pub(crate) fn file(doing: &str, path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        match error.kind() {
            io::ErrorKind::StorageFull => {
                Self::new(format!("The disk is full: cannot {doing} {path}."))
                    .mend("cargo clean    # or free some space and start again")
            }
            io::ErrorKind::PermissionDenied => {
                Self::new(format!("This user may not {doing} {path}."))
                    .mend(format!("ls -ld {path}    # whose is it?"))
            }
            _ => Self::new(format!("Cannot {doing} {path}: {error}.")),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        match &self.mend {
            Some(line) => write!(f, "\n    {line}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

impl From<lexopt::Error> for Fault {
    fn from(error: lexopt::Error) -> Self {
        Self::new(format!("{error}.")).mend("cargo xtask help")
    }
}

/// Turns a failed file operation into a sentence that names the path.
pub(crate) trait AtPath<T> {
    fn at(self, doing: &str, path: &Path) -> Result<T>;
}

impl<T> AtPath<T> for io::Result<T> {
    fn at(self, doing: &str, path: &Path) -> Result<T> {
        self.map_err(|error| Fault::file(doing, path, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_a_full_disk() {
        let error = io::Error::from(io::ErrorKind::StorageFull);

        let fault = Fault::file("write", Path::new("/here"), &error).to_string();

        assert_eq!(
            fault.lines().next(),
            Some("The disk is full: cannot write /here.")
        );
    }
}
