//! `/api/status`: what a deployment did and what it cost, and the switches that stop it. For its
//! owner.
//!
//! **Invariant:** who is no owner is refused before the database is asked.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, put};
use protocol::status::{Numbers, Refusals, RouteNumbers, Spending, Status, Switches, TurnNumbers};
use protocol::{ErrorCode, Timestamp};
use schemars::JsonSchema;
use serde::Deserialize;
use store::tallies::{self, Kind, Read};
use store::{Scope, switches};

use crate::book::Book;
use crate::extract::{Json, Query, SignedIn};
use crate::tallies::quantile;
use crate::{App, Config, Error};

/// People that are shown, and lines of the other lists.
const PEOPLE: i32 = 50;
const LINES: usize = 50;

/// Hours that may be looked back.
const LONGEST: i64 = 31 * 24;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/status", get(find_status))
        .route("/api/status/switches", put(set_switches))
}

pub(super) fn describe(book: &mut Book) {
    book.route("GET /api/status", "What the deployment did; for its owner")
        .query::<Since>()
        .answers::<Status>(200)
        .done();
    book.route(
        "PUT /api/status/switches",
        "Stop models or changes, or let them go on; for the owner",
    )
    .body::<Switches>()
    .answers::<Switches>(200)
    .done();
}

#[derive(Deserialize, JsonSchema)]
struct Since {
    /// How far to look back; a day if absent.
    #[schemars(range(min = 1, max = 744))]
    hours: Option<i64>,
}

fn check_owner(caller: &auth::Caller, config: &Config) -> Result<(), ErrorCode> {
    match config.owners.contains(caller.user()) {
        true => Ok(()),
        false => Err(ErrorCode::OwnerOnly),
    }
}

const fn scope(caller: &auth::Caller) -> Scope<'_> {
    Scope {
        user: caller.user(),
        session: caller.session(),
    }
}

/// `GET /api/status`
async fn find_status(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<Since>,
) -> Result<Answer<Status>, Error> {
    check_owner(&caller, &app.config)?;
    let hours = query.hours.unwrap_or(24);
    if !(1..=LONGEST).contains(&hours) {
        let message = format!("`hours` is between 1 and {LONGEST}.");
        return Err(Error::new(ErrorCode::RequestInvalid, message));
    }
    let now = app.now();
    let since = now.plus_seconds(-hours * 3600);
    let read = tallies::read(app.db.begin(scope(&caller)), since, now, PEOPLE).await?;
    Ok(Answer(status(read, &app.config, since, now)))
}

/// `PUT /api/status/switches`
async fn set_switches(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(wanted): Json<Switches>,
) -> Result<Answer<Switches>, Error> {
    check_owner(&caller, &app.config)?;
    let set = switches::set(app.db.begin(scope(&caller)), wanted, app.now()).await?;
    Ok(Answer(set))
}

/// Counts that are being added up.
#[derive(Default)]
struct Sum {
    times: Vec<i64>,
    refused: i64,
}

impl Sum {
    fn add(&mut self, times: &[i64], is_refused: bool) {
        self.times.resize(self.times.len().max(times.len()), 0);
        for (sum, more) in self.times.iter_mut().zip(times) {
            *sum += more;
        }
        if is_refused {
            self.refused += times.iter().sum::<i64>();
        }
    }

    fn numbers(&self) -> Numbers {
        Numbers {
            count: self.times.iter().sum(),
            refused: self.refused,
            p50: quantile(&self.times, 500),
            p95: quantile(&self.times, 950),
            p99: quantile(&self.times, 990),
        }
    }
}

fn status(read: Read, config: &Config, since: Timestamp, now: Timestamp) -> Status {
    let mut all = Sum::default();
    let mut routes: BTreeMap<String, Sum> = BTreeMap::new();
    let mut turns: BTreeMap<String, [Sum; 2]> = BTreeMap::new();
    let mut refusals = Vec::new();
    for tally in read.tallies {
        let (name, code) = (tally.key.name, tally.key.code);
        match tally.key.kind {
            Kind::Request => {
                let is_refused = !code.is_empty();
                all.add(&tally.times, is_refused);
                let route = routes.entry(name.clone()).or_default();
                route.add(&tally.times, is_refused);
                if is_refused {
                    let count = tally.times.iter().sum();
                    refusals.push(Refusals {
                        code,
                        route: name,
                        count,
                    });
                }
            }
            Kind::Turn => {
                let is_failed = !["done", "waiting", "stopped", "deadline"].contains(&&*code);
                turns.entry(name).or_default()[0].add(&tally.times, is_failed);
            }
            Kind::FirstWord => turns.entry(name).or_default()[1].add(&tally.times, false),
        }
    }
    let routes = routes.into_iter().map(|(route, sum)| RouteNumbers {
        route,
        numbers: sum.numbers(),
    });
    let turns = turns
        .into_iter()
        .map(|(model, [turns, first])| TurnNumbers {
            model,
            numbers: turns.numbers(),
            first_word: first.numbers(),
        });
    Status {
        since,
        requests: all.numbers(),
        routes: most(routes.collect(), |route| route.numbers.count),
        refusals: most(refusals, |refusals| refusals.count),
        turns: most(turns.collect(), |turns| turns.numbers.count),
        spending: Spending {
            today: read.spent_today,
            budget: config.costs.daily,
            resets_at: now.end_of_day(),
            models: read.models,
            people: read.people,
        },
        switches: read.switches,
        fixed: Switches {
            models_off: !config.model_calls,
            read_only: config.read_only,
        },
    }
}

/// The most frequent ones.
fn most<T>(mut list: Vec<T>, count: fn(&T) -> i64) -> Vec<T> {
    list.sort_by_key(|entry| Reverse(count(entry)));
    list.truncate(LINES);
    list
}
