//! What has to hold, and how each of it is tried.

mod answers;
mod browser;
mod people;
mod sessions;
mod tokens;

use reqwest::RequestBuilder;
use serde_json::json;

use crate::discover::{Map, path};
use crate::people::Person;
use crate::site::{Answer, Problem, Said, Site};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// A stranger reads or changes what is somebody's.
    Critical,
    /// So they do under a condition that is often met.
    High,
    Medium,
    Low,
}

impl Severity {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

pub(crate) struct Check {
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    /// A sentence that is true of a sound deployment.
    pub(crate) claim: &'static str,
    pub(crate) harm: &'static str,
    pub(crate) mend: &'static str,
    /// The rule's origin.
    pub(crate) source: &'static str,
}

pub(crate) enum Verdict {
    Passed,
    /// What was seen.
    Failed(Vec<String>),
    /// Why it could not be tried.
    Skipped(String),
}

pub(crate) struct Outcome {
    pub(crate) check: &'static Check,
    pub(crate) verdict: Verdict,
}

impl Check {
    /// Without evidence against it, it holds.
    fn judge(&'static self, mut evidence: Vec<String>) -> Outcome {
        evidence.dedup();
        let verdict = if evidence.is_empty() {
            Verdict::Passed
        } else {
            Verdict::Failed(evidence)
        };
        Outcome {
            check: self,
            verdict,
        }
    }

    fn skip(&'static self, why: &str) -> Outcome {
        Outcome {
            check: self,
            verdict: Verdict::Skipped(why.to_owned()),
        }
    }
}

/// What every check is tried with.
pub(crate) struct Context<'a> {
    pub(crate) site: &'a Site,
    pub(crate) map: &'a Map,
    pub(crate) ann: &'a Person,
    pub(crate) bob: &'a Person,
}

/// An endpoint that is for signed-in people only.
struct Door<'a> {
    /// `GET /api/tasks`, for the report.
    name: String,
    path: String,
    /// What somebody hears who is let in to post, and posts nothing.
    welcome: Option<&'a Said>,
}

impl Door<'_> {
    const fn is_read(&self) -> bool {
        self.welcome.is_none()
    }

    /// An endpoint may refuse the empty body with the status that another has for a bad token, so
    /// that it is compared with what a person with a good one hears.
    fn let_in(&self, answer: &Answer) -> bool {
        answer.is_success()
            || self
                .welcome
                .is_some_and(|welcome| *welcome == answer.said())
    }
}

impl Context<'_> {
    /// Every endpoint that was found, with Ann's id where one belongs.
    fn doors(&self) -> Vec<Door<'_>> {
        let reads = self.map.reads.iter().map(|template| Door {
            name: format!("GET {template}"),
            path: path(template, self.ann),
            welcome: None,
        });
        let chats = self.map.chats.iter().map(|(template, welcome)| Door {
            name: format!("POST {template}"),
            path: path(template, self.ann),
            welcome: Some(welcome),
        });
        reads.chain(chats).collect()
    }

    fn knock(&self, door: &Door<'_>) -> RequestBuilder {
        if door.is_read() {
            self.site.get(&door.path)
        } else {
            // Says nothing to a model: it holds no message.
            self.site.post(&door.path, &json!({}))
        }
    }

    async fn answer(&self, request: RequestBuilder) -> Result<Answer, Problem> {
        self.site.answer(request).await
    }
}

pub(crate) async fn all(context: &Context<'_>) -> Result<Vec<Outcome>, Problem> {
    let mut outcomes = tokens::all(context).await?;
    outcomes.extend(people::all(context).await?);
    outcomes.extend(browser::all(context).await?);
    outcomes.extend(answers::all(context).await?);
    // Ends sessions, and takes both people away.
    outcomes.extend(sessions::all(context).await?);
    Ok(outcomes)
}
