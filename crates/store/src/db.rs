//! Connections and transactions.

mod opening;
mod shown;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts};
use futures_util::future::{join_all, join3};
use protocol::{SessionId, Timestamp, UserId};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row};
use tokio_postgres_rustls::MakeRustlsConnect;

use self::opening::Opening;
pub(crate) use self::shown::Shown;
use crate::limits::Rule;
use crate::{Error, Patience, Settings, UrlError, meter};

/// Values of a statement with their types, sent along so that nothing has to be prepared.
pub(crate) type Params<'a> = &'a [Param<'a>];

pub(crate) type Param<'a> = (&'a (dyn ToSql + Sync), Type);

/// A handle to the database, cheap to clone. Making one touches no network.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    trips: Arc<AtomicU64>,
    terms: Terms,
    patience: Patience,
}

/// What everything that is done on a person's behalf is held to. By default the database's clock
/// and nothing more.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms {
    pub clock: Option<fn() -> Timestamp>,
    /// Seconds without use after which a session ends.
    pub idle: Option<i64>,
    /// Seconds after which a session ends however much it is used.
    pub absolute: Option<i64>,
    /// Requests that one person may make.
    pub requests: Option<Rule>,
    /// Nothing may be changed, whatever the switch in the database says.
    pub read_only: bool,
}

/// Whom a transaction acts for.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub user: &'a UserId,
    /// The sign-in to check in the same round trip; without one only the user's existence is.
    pub session: Option<&'a SessionId>,
}

impl Db {
    /// # Errors
    /// If the settings name a certificate authority that is none.
    pub fn new(settings: &Settings) -> Result<Self, UrlError> {
        let manager = Manager::from_config(
            settings.driver.clone(),
            MakeRustlsConnect::new(settings.tls()?),
            ManagerConfig {
                recycling_method: RecyclingMethod::Fast,
            },
        );
        let limit = Some(settings.patience.connection);
        let pool = Pool::builder(manager)
            .max_size(settings.connections)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts {
                wait: limit,
                create: limit,
                recycle: limit,
            })
            .build()
            .map_err(|_| UrlError::Driver)?;
        Ok(Self {
            pool,
            trips: Arc::default(),
            terms: Terms::default(),
            patience: settings.patience,
        })
    }

    /// The same database, on these terms.
    #[must_use]
    pub fn on(self, terms: Terms) -> Self {
        Self { terms, ..self }
    }

    pub(crate) const fn read_only(&self) -> bool {
        self.terms.read_only
    }

    /// Round trips made so far, for benchmarks.
    pub fn trips(&self) -> u64 {
        self.trips.load(Ordering::Relaxed)
    }

    pub(crate) async fn connection(&self) -> Result<Object, Error> {
        // A frozen instance must not come back to connections that the server gave up long ago.
        self.pool
            .retain(|_, metrics| metrics.last_used() < Duration::from_secs(60));
        match self.pool.get().await {
            Ok(connection) => Ok(connection),
            // A server that scaled to zero, or restarts, is given one more chance.
            Err(deadpool_postgres::PoolError::Backend(error)) if error.as_db_error().is_none() => {
                tokio::time::sleep(Duration::from_millis(150)).await;
                Ok(self.pool.get().await?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// One statement on nobody's behalf, which sees no rows of persons: keys, limits, health.
    pub(crate) async fn query(&self, sql: &str, params: Params<'_>) -> Result<Vec<Row>, Error> {
        let [rows] = self.queries([(sql, params)]).await?;
        Ok(rows)
    }

    /// Several statements on nobody's behalf, each for itself, in one round trip.
    pub(crate) async fn queries<const N: usize>(
        &self,
        statements: [(&str, Params<'_>); N],
    ) -> Result<[Vec<Row>; N], Error> {
        let open = Open(Some(self.connection().await?));
        self.trips.fetch_add(1, Ordering::Relaxed);
        let client = open.client()?;
        let answers = join_all(statements.map(|(sql, params)| client.query_typed(sql, params)));
        let answers = in_time(self.patience, answers).await?;
        open.give_back();
        let answers: Result<Vec<_>, _> = answers.into_iter().collect();
        Ok(in_array(answers?))
    }

    /// A transaction on a person's behalf. Nothing is sent before its first statement.
    pub fn begin<'a>(&'a self, scope: Scope<'a>) -> Tx<'a> {
        Tx {
            db: self,
            scope: Some(scope),
            shown: None,
            holds_still: true,
            open: None,
        }
    }

    /// A transaction on nobody's behalf. It sees no rows of persons.
    pub(crate) fn begin_plain(&self) -> Tx<'_> {
        Tx {
            db: self,
            scope: None,
            shown: None,
            holds_still: false,
            open: None,
        }
    }

    /// A transaction that sees the rows of somebody, before a session says who it is.
    pub(crate) fn showing<'a>(&'a self, shown: Shown<'a>) -> Tx<'a> {
        Tx {
            shown: Some(shown),
            ..self.begin_plain()
        }
    }

    /// On nobody's behalf, and refused while nothing may be changed.
    pub(crate) fn begin_change(&self) -> Tx<'_> {
        Tx {
            holds_still: true,
            ..self.begin_plain()
        }
    }

    /// The same, and it sees the rows of somebody.
    pub(crate) fn changing<'a>(&'a self, shown: Shown<'a>) -> Tx<'a> {
        Tx {
            holds_still: true,
            ..self.showing(shown)
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        self.query("select 1", &[]).await.map(|_| ())
    }
}

/// A transaction. Dropped before its end, it takes its connection with it, so that no half-done
/// transaction ever goes back to the pool.
pub struct Tx<'a> {
    db: &'a Db,
    scope: Option<Scope<'a>>,
    shown: Option<Shown<'a>>,
    /// Changes nothing while nothing may be changed.
    holds_still: bool,
    open: Option<Open>,
}

impl Tx<'_> {
    /// For what has to work at any time: what ends somebody's access, and the switches themselves.
    #[must_use]
    pub(crate) fn at_any_time(self) -> Self {
        Self {
            holds_still: false,
            ..self
        }
    }

    /// Whose rows this is about. Nobody's id is empty, so a transaction for nobody sees nothing.
    pub(crate) fn owner(&self) -> &str {
        self.scope.map_or("", |scope| scope.user.as_str())
    }

    /// A statement; the first one carries `begin` and the check of the session with it.
    pub(crate) async fn query(&mut self, sql: &str, params: Params<'_>) -> Result<Vec<Row>, Error> {
        let [rows] = self.send([(sql, params)], false).await?;
        Ok(rows)
    }

    /// Several statements in one round trip.
    pub(crate) async fn queries<const N: usize>(
        &mut self,
        statements: [(&str, Params<'_>); N],
    ) -> Result<[Vec<Row>; N], Error> {
        self.send(statements, false).await
    }

    /// The last statement, committed in the same round trip.
    pub(crate) async fn finish(mut self, sql: &str, params: Params<'_>) -> Result<Vec<Row>, Error> {
        let [rows] = self.send([(sql, params)], true).await?;
        Ok(rows)
    }

    /// The last statements, committed in the same round trip.
    pub(crate) async fn finish_all<const N: usize>(
        mut self,
        statements: [(&str, Params<'_>); N],
    ) -> Result<[Vec<Row>; N], Error> {
        self.send(statements, true).await
    }

    /// # Errors
    /// If the database did not say that it has kept everything.
    pub async fn commit(mut self) -> Result<(), Error> {
        self.send([], true).await.map(|[]| ())
    }

    fn opening(&self) -> Opening {
        let forced = self.holds_still.then_some(self.db.terms.read_only);
        let begin = opening::begin(self.db.patience);
        match self.scope {
            Some(scope) => Opening::of(&begin, scope, self.db.terms, forced),
            None => Opening::plain(&begin, self.shown, forced),
        }
    }

    /// Everything is written to the socket before the first answer is awaited. Postgres works
    /// through it in order and skips the rest after a failure.
    async fn send<const N: usize>(
        &mut self,
        statements: [(&str, Params<'_>); N],
        last: bool,
    ) -> Result<[Vec<Row>; N], Error> {
        let (open, opening) = match self.open.take() {
            Some(open) => (open, None),
            None if N == 0 => return Ok(std::array::from_fn(|_| Vec::new())),
            None => {
                let open = Open(Some(self.db.connection().await?));
                (open, Some(self.opening()))
            }
        };
        self.db.trips.fetch_add(1, Ordering::Relaxed);
        let client = open.client()?;
        let all = join3(
            opened(client, opening.as_ref()),
            join_all(statements.map(|(sql, params)| client.query_typed(sql, params))),
            committed(client, last),
        );
        let (opened, answers, committed) = in_time(self.db.patience, all).await?;
        let answers = opened
            .and_then(|()| answers.into_iter().collect::<Result<Vec<_>, _>>())
            .and_then(|answers| committed.map(|()| answers));
        match answers {
            Ok(answers) if last => {
                open.give_back();
                Ok(in_array(answers))
            }
            Ok(answers) => {
                self.open = Some(open);
                Ok(in_array(answers))
            }
            Err(error) => {
                if error.as_db_error().is_some() && client.batch_execute("rollback").await.is_ok() {
                    open.give_back();
                }
                Err(error.into())
            }
        }
    }
}

/// What comes too late is not waited for, and its connection is given up with it.
async fn in_time<T>(patience: Patience, answer: impl Future<Output = T>) -> Result<T, Error> {
    let began = Instant::now();
    let answer = tokio::time::timeout(patience.answer, answer).await;
    meter::trip(began);
    answer.map_err(|late| Error::Unavailable(Box::new(late)))
}

fn in_array<const N: usize>(answers: Vec<Vec<Row>>) -> [Vec<Row>; N] {
    let mut answers = answers.into_iter();
    std::array::from_fn(|_| answers.next().unwrap_or_default())
}

async fn opened(client: &Client, opening: Option<&Opening>) -> Result<(), tokio_postgres::Error> {
    match opening {
        Some(opening) => opening.send(client).await,
        None => Ok(()),
    }
}

async fn committed(client: &Client, last: bool) -> Result<(), tokio_postgres::Error> {
    match last {
        true => client.batch_execute("commit").await,
        false => Ok(()),
    }
}

/// A connection with an open transaction.
struct Open(Option<Object>);

impl Open {
    fn client(&self) -> Result<&Client, Error> {
        self.0
            .as_ref()
            .map(|object| &***object)
            .ok_or_else(|| Error::Unavailable("the connection was given back".into()))
    }

    fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(Object::take(connection));
        }
    }
}
