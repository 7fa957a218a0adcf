//! What a process holds: configuration, keys and connections.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use agent::{Model, Reach, Transcriber};
use axum::extract::FromRequestParts;
use axum::http::Extensions;
use axum::http::request::Parts;
use chat::{Chat, Costs, OwnModels};
use protocol::Timestamp;
use store::{Db, Terms};
use tokio::time::{Instant, timeout_at};

use crate::keys::Keys;
use crate::tallies::Tallies;
use crate::traces::Traces;
use crate::{Config, Fault, Times, watch};

/// Handed to every handler. Making one touches no network.
#[derive(Clone)]
pub struct App {
    pub(crate) config: Arc<Config>,
    pub(crate) db: Db,
    /// The same database, where nothing counts as a request of somebody.
    pub(crate) uncounted: Db,
    pub(crate) keys: Keys,
    pub(crate) tallies: Tallies,
    pub(crate) traces: Traces,
    pub(crate) clock: fn() -> Timestamp,
    pub(crate) times: Times,
    costs: Arc<Costs>,
    model: Arc<OnceLock<Arc<Model>>>,
}

impl App {
    /// # Errors
    /// If the database's certificate authority cannot be read.
    pub fn new(config: Config, clock: fn() -> Timestamp) -> Result<Self, Vec<Fault>> {
        let db = Db::new(&config.database).map_err(|error| {
            vec![Fault {
                variable: "DATABASE_CA",
                problem: error.to_string(),
            }]
        })?;
        let terms = Terms {
            clock: Some(clock),
            idle: Some(config.sessions.idle),
            absolute: config.sessions.absolute,
            requests: None,
            read_only: config.read_only,
        };
        let uncounted = db.on(terms);
        let db = uncounted.clone().on(Terms {
            requests: config.limits.requests,
            ..terms
        });
        Ok(Self {
            tallies: Tallies::new(&uncounted),
            traces: Traces::to(config.collector.as_ref()),
            uncounted,
            keys: Keys::new(&config.tokens, &db),
            costs: Arc::new(config.costs.clone()),
            config: Arc::new(config),
            db,
            clock,
            times: Times::default(),
            model: Arc::default(),
        })
    }

    /// The same, in other times.
    #[must_use]
    pub fn within(self, times: Times) -> Self {
        Self { times, ..self }
    }

    /// The time in whole milliseconds, as Better Auth keeps it: what was answered is then what is
    /// read later, by either.
    pub(crate) fn now(&self) -> Timestamp {
        let micros = (self.clock)().micros();
        Timestamp::from_micros(micros - micros.rem_euclid(1000))
    }

    /// The model, made when it is first needed: most functions never need one.
    pub(crate) fn model(&self) -> Arc<Model> {
        let model = self.model.get_or_init(|| {
            Arc::new(match self.config.asked_model() {
                Some(endpoint) => Model::at(endpoint.clone()),
                None => Model::builtin(),
            })
        });
        model.clone()
    }

    /// Where people may bring models of their own. A deployment on one's own machine lets them
    /// name servers beside it.
    pub(crate) fn own_models(&self) -> Option<OwnModels> {
        let reach = match self.config.is_secure() {
            true => Reach::Public,
            false => Reach::Anywhere,
        };
        let offered = self.config.own_model_keys && self.config.model_calls;
        offered.then(|| OwnModels::new(&self.config.secret, reach))
    }

    pub(crate) fn chat(&self) -> Chat {
        Chat {
            db: self.db.clone(),
            model: self.model(),
            clock: self.clock,
            chance,
            secret: auth::seal::derived(&self.config.secret, "consent").into(),
            origin: self.config.origin().into(),
            transcriber: self
                .config
                .transcription
                .clone()
                .filter(|_| self.config.model_calls)
                .map(|endpoint| Arc::new(Transcriber::at(endpoint))),
            secretary: self.config.asked_model().map(|_| self.model()),
            own_models: self.own_models(),
            costs: Arc::clone(&self.costs),
            observer: Some(watch::observer(self)),
            trace: watch::trace(),
        }
    }
}

/// Unpredictable bytes from the system. Without them nothing here is safe to do, so there is no
/// way to go on.
pub(crate) fn chance(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system has random numbers");
}

impl FromRequestParts<App> for Background {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Work that goes on after the response's head was sent. A platform that may freeze a process
/// between requests has to be told of it.
#[derive(Clone)]
pub struct Background(Arc<dyn Fn(Task) + Send + Sync>);

impl Background {
    pub fn new(start: impl Fn(Task) + Send + Sync + 'static) -> Self {
        Self(Arc::new(start))
    }

    /// For platforms that leave a process alone.
    pub fn spawning() -> Self {
        Self::new(|task| {
            tokio::spawn(task);
        })
    }

    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions
            .get::<Self>()
            .cloned()
            .unwrap_or_else(Self::spawning)
    }

    /// The same, and what goes on longer than this is dropped.
    pub(crate) fn until(self, end: Instant) -> Self {
        Self::new(move |task| {
            self.start(async move {
                let _ = timeout_at(end, task).await;
            });
        })
    }

    pub(crate) fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        (self.0)(Box::pin(task));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(origin: &str, switch: &str) -> Option<Reach> {
        let config = Config::read(&|name| {
            let value = match name {
                "DATABASE_URL" => "postgres://nobody@127.0.0.1:1/nothing",
                "BETTER_AUTH_SECRET" => "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE",
                "BETTER_AUTH_URL" => origin,
                "OWN_MODEL_KEYS" => switch,
                _ => return None,
            };
            Some(value.to_owned())
        });
        let app = App::new(config.unwrap(), || Timestamp::from_seconds(0)).unwrap();
        app.own_models().map(|own| own.reach)
    }

    /// FR-147.
    #[test]
    fn only_on_ones_own_machine_may_a_persons_model_be_beside() {
        assert_eq!(
            reach("https://tasks.example.com", "on"),
            Some(Reach::Public)
        );
        assert_eq!(reach("http://localhost:3000", ""), Some(Reach::Anywhere));
        assert_eq!(reach("http://localhost:3000", "off"), None);
    }
}
