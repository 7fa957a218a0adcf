//! Finding tasks by words that may be wrong.

use protocol::task::Task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Call, Error, ListTasks, Status};

/// Finds tasks whose title or description has the words, or something like them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindTasks {
    /// Words of the task, as the person said them.
    pub text: String,
    /// "open" unless given.
    #[serde(default)]
    #[schemars(with = "Option<Status>")]
    pub status: Status,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    pub tasks: Vec<Task>,
    /// Nothing has the words; these come close.
    pub did_you_mean: bool,
}

/// Tasks that are found at the most.
const MOST: usize = 20;

/// How alike two texts are at least to be named as what may have been meant.
const ALIKE: f64 = 0.75;

impl FindTasks {
    /// # Errors
    /// If the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Finding, Error> {
        let exact = ListTasks {
            status: self.status,
            query: Some(self.text.clone()),
            limit: i64::try_from(MOST).ok(),
            ..ListTasks::default()
        };
        let found = exact.apply(call).await?.tasks;
        if !found.is_empty() || self.text.trim().is_empty() {
            return Ok(Finding {
                tasks: found,
                did_you_mean: false,
            });
        }
        let all = ListTasks {
            status: self.status,
            limit: Some(protocol::task::limits::PAGE),
            sort: Some(crate::Sort::Updated),
            descending: Some(true),
            ..ListTasks::default()
        };
        let mut alike: Vec<(f64, Task)> = all
            .apply(call)
            .await?
            .tasks
            .into_iter()
            .map(|task| (likeness(&self.text, &task.title), task))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        alike.truncate(5);
        Ok(Finding {
            did_you_mean: !alike.is_empty(),
            tasks: alike.into_iter().map(|(_, task)| task).collect(),
        })
    }
}

/// How well the words are met by the words of a title: the mean of the best match of each.
fn likeness(wanted: &str, title: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (wanted, title) = (words(wanted), words(title));
    if wanted.is_empty() {
        return 0.0;
    }
    let best = |word: &String| {
        let likeness = title
            .iter()
            .map(|other| strsim::normalized_damerau_levenshtein(word, other));
        likeness.fold(0.0, f64::max)
    };
    let count = f64::from(u32::try_from(wanted.len()).unwrap_or(u32::MAX));
    wanted.iter().map(best).sum::<f64>() / count
}
