//! Proves a deployment by using it once, as two people would, and takes away what it made.
//!
//! Each step is a sentence that is true of a deployment that works; the first that is not ends
//! the run, because the later ones build on it. What was made is deleted in any case.

mod person;
mod steps;

use std::time::{Duration, Instant};

use authcheck::Site;

use person::Person;

/// Why a sentence is not true.
#[derive(Debug)]
pub struct Fault(pub String);

impl From<authcheck::Problem> for Fault {
    fn from(problem: authcheck::Problem) -> Self {
        Self(problem.to_string())
    }
}

type Result<T> = std::result::Result<T, Fault>;

pub struct Step {
    pub claim: &'static str,
    pub outcome: Result<()>,
    pub took: Duration,
}

/// Uses the deployment, and shows each step to `see` when it is over.
pub async fn run(site: &Site, see: impl FnMut(&Step)) -> bool {
    let mut run = Run {
        site,
        see,
        is_well: true,
    };
    let people = run.before_sign_in().await;
    let Some((mut ann, mut bob)) = people else {
        return false;
    };
    run.signed_in(&mut ann, &bob).await;
    // Whatever happened before: nothing is to stay behind.
    let claim = "who deletes their account is gone, and their tokens with them";
    for (person, claim) in [(&mut ann, claim), (&mut bob, "so is the second one")] {
        let outcome = steps::delete(site, person).await;
        run.always(claim, outcome);
    }
    run.is_well
}

struct Run<'a, See> {
    site: &'a Site,
    see: See,
    is_well: bool,
}

impl<See: FnMut(&Step)> Run<'_, See> {
    async fn before_sign_in(&mut self) -> Option<(Person, Person)> {
        let site = self.site;
        self.step("the functions answer, and the database does", async || {
            steps::health(site).await
        })
        .await?;
        self.step(
            "the page comes with a strict policy and no chat in it",
            async || steps::page(site).await,
        )
        .await?;
        self.step("nothing is let in without a token", async || {
            steps::gate(site).await
        })
        .await?;
        let ann = self
            .step(
                "a person signs up, and the session names them",
                async || Person::sign_up(site, "ann").await,
            )
            .await?;
        let bob = self
            .step("so does a second one", async || {
                Person::sign_up(site, "bob").await
            })
            .await;
        if bob.is_none() {
            let mut ann = ann;
            let _ = steps::delete(site, &mut ann).await;
            return None;
        }
        Some((ann, bob?))
    }

    async fn signed_in(&mut self, ann: &mut Person, bob: &Person) -> Option<()> {
        let site = self.site;
        let talk = self
            .step(
                "a sentence in the chat adds a task, by a tool",
                async || steps::chat(site, ann).await,
            )
            .await?;
        self.step(
            "the stream can be read again, event for event",
            async || steps::resume(site, ann, &talk).await,
        )
        .await?;
        self.step(
            "the answer can be stopped, and the turn is over",
            async || steps::stop(site, ann, &talk).await,
        )
        .await?;
        self.step("the second person sees none of it", async || {
            steps::isolation(site, bob, &talk).await
        })
        .await?;
        self.step("after signing out the session opens nothing", async || {
            steps::sign_out(site, ann).await
        })
        .await
    }

    async fn step<T>(
        &mut self,
        claim: &'static str,
        work: impl AsyncFnOnce() -> Result<T>,
    ) -> Option<T> {
        let start = Instant::now();
        let (value, outcome) = match work().await {
            Ok(value) => (Some(value), Ok(())),
            Err(fault) => (None, Err(fault)),
        };
        self.note(claim, outcome, start.elapsed());
        value
    }

    fn always(&mut self, claim: &'static str, outcome: Result<()>) {
        self.note(claim, outcome, Duration::ZERO);
    }

    fn note(&mut self, claim: &'static str, outcome: Result<()>, took: Duration) {
        self.is_well &= outcome.is_ok();
        (self.see)(&Step {
            claim,
            outcome,
            took,
        });
    }
}
