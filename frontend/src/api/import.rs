//! Tasks from a file.

use protocol::import::NewImport;

use super::{Api, Failure};
use crate::wire::read_struct;

/// What was added from a file, or would be.
pub struct Import {
    pub count: usize,
    pub skipped: usize,
    /// The first of them.
    pub tasks: Vec<Imported>,
    pub problems: Vec<Problem>,
}

pub struct Imported {
    pub title: String,
}

/// Something that is not as it should be, and where.
pub struct Problem {
    pub line: usize,
    pub message: String,
}

read_struct! {
    Import { count, skipped, tasks, problems }
    Imported { title }
    Problem { line, message }
}

impl Api {
    /// `POST /api/tasks/import`; a dry run only tells what would be added.
    pub async fn import(&self, key: &str, text: &str, dry_run: bool) -> Result<Import, Failure> {
        let new = NewImport {
            text: text.to_owned(),
            format: None,
            dry_run,
        };
        self.write("POST", "/api/tasks/import", key, Some(&new))
            .await
    }
}
