//! What was found, for people who have never heard of us.

use std::fmt::{self, Display, Formatter};

use serde_json::{Value, json};

use crate::checks::{Outcome, Severity, Verdict};
use crate::discover::Map;

pub struct Report {
    site: String,
    found: Vec<String>,
    outcomes: Vec<Outcome>,
}

impl Report {
    pub(crate) fn new(site: &str, map: &Map, outcomes: Vec<Outcome>) -> Self {
        let reads = map.reads.iter().map(|path| format!("GET {path}"));
        let chats = map.chats.iter().map(|(path, _)| format!("POST {path}"));
        Self {
            site: site.to_owned(),
            found: reads.chain(chats).collect(),
            outcomes,
        }
    }

    /// Whether anything failed that somebody could make use of.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.failed().next().is_none()
    }

    /// The ids of what failed, the worst first.
    pub fn failed(&self) -> impl Iterator<Item = &'static str> {
        let mut failed: Vec<&Outcome> = self
            .outcomes
            .iter()
            .filter(|outcome| matches!(outcome.verdict, Verdict::Failed(_)))
            .collect();
        failed.sort_by_key(|outcome| outcome.check.severity);
        failed.into_iter().map(|outcome| outcome.check.id)
    }

    #[must_use]
    pub fn json(&self) -> Value {
        let outcomes: Vec<Value> = self.outcomes.iter().map(outcome).collect();
        json!({"site": self.site, "endpoints": self.found, "checks": outcomes})
    }
}

fn outcome(outcome: &Outcome) -> Value {
    let (verdict, details) = match &outcome.verdict {
        Verdict::Passed => ("passed", json!([])),
        Verdict::Failed(evidence) => ("failed", json!(evidence)),
        Verdict::Skipped(why) => ("skipped", json!([why])),
    };
    json!({
        "id": outcome.check.id,
        "severity": outcome.check.severity.name(),
        "claim": outcome.check.claim,
        "verdict": verdict,
        "details": details,
        "mend": outcome.check.mend,
        "source": outcome.check.source,
    })
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "Auth check of {}\n", self.site)?;
        writeln!(f, "Endpoints found:")?;
        for endpoint in &self.found {
            writeln!(f, "  {endpoint}")?;
        }
        writeln!(f)?;
        let mut outcomes: Vec<&Outcome> = self.outcomes.iter().collect();
        // What passed first: what is to be done stands where the eye ends.
        outcomes.sort_by_key(|outcome| (rank(&outcome.verdict), outcome.check.severity));
        for outcome in outcomes {
            one(f, outcome)?;
        }
        let count = |rank_of: u8| {
            let of = |outcome: &&Outcome| rank(&outcome.verdict) == rank_of;
            self.outcomes.iter().filter(of).count()
        };
        write!(
            f,
            "\n{} hold, {} could not be tried, {} FAIL",
            count(0),
            count(1),
            count(2)
        )
    }
}

const fn rank(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Passed => 0,
        Verdict::Skipped(_) => 1,
        Verdict::Failed(_) => 2,
    }
}

fn one(f: &mut Formatter<'_>, outcome: &Outcome) -> fmt::Result {
    const MOST_SHOWN: usize = 5;
    let check = outcome.check;
    match &outcome.verdict {
        Verdict::Passed => writeln!(f, "  ok       {}", check.claim),
        Verdict::Skipped(why) => writeln!(f, "  skipped  {}\n           {why}", check.claim),
        Verdict::Failed(evidence) => {
            let severity = match check.severity {
                Severity::Critical => "CRITICAL",
                Severity::High => "HIGH",
                Severity::Medium => "MEDIUM",
                Severity::Low => "LOW",
            };
            writeln!(f, "\n  {severity}: this does not hold: {}", check.claim)?;
            for line in evidence.iter().take(MOST_SHOWN) {
                writeln!(f, "    seen   {line}")?;
            }
            if let Some(more @ 1..) = evidence.len().checked_sub(MOST_SHOWN) {
                writeln!(f, "           … and {more} more")?;
            }
            writeln!(f, "    so     {}", check.harm)?;
            writeln!(f, "    mend   {}", check.mend)?;
            writeln!(f, "    source {} ({})", check.source, check.id)
        }
    }
}
