//! What stands before every transaction on a person's behalf: the count of the request, and the
//! check that the session still holds. Both travel with the first statement.

use protocol::SessionId;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error};

use crate::db::{Scope, Terms};
use crate::limits::{Quota, Rule};
use crate::meter;
use crate::row::Time;

pub(super) struct Guard<'a> {
    user: &'a str,
    session: Option<&'a str>,
    at: Option<Time>,
    born_after: Option<Time>,
    used_after: Option<Time>,
    /// Set if this transaction is the one that counts the request.
    requests: Option<Rule>,
}

impl<'a> Guard<'a> {
    pub(super) fn new(scope: Scope<'a>, terms: Terms) -> Self {
        let now = terms.clock.map(|clock| clock());
        let before = |seconds: Option<i64>| Some(Time(now?.plus_seconds(-seconds?)));
        Self {
            user: scope.user.as_str(),
            session: scope.session.map(SessionId::as_str),
            at: now.map(Time),
            born_after: before(terms.absolute),
            used_after: before(terms.idle),
            requests: terms.requests.filter(|_| now.is_some() && meter::is_due()),
        }
    }

    /// Counts the request, in a transaction of its own that is over before the other begins.
    pub(super) async fn count(&self, client: &Client) -> Result<(), Error> {
        let Some(rule) = self.requests else {
            return Ok(());
        };
        let sql = "select used, resets
            from latchwork_count($1, $2, $3, $4, $5, make_interval(secs => $6))";
        let seconds = rule.as_float();
        let rows = client
            .query_typed(
                sql,
                &[
                    (&self.user, Type::TEXT),
                    (&self.session, Type::TEXT),
                    (&self.at, Type::TIMESTAMPTZ),
                    (&self.born_after, Type::TIMESTAMPTZ),
                    (&self.used_after, Type::TIMESTAMPTZ),
                    (&seconds, Type::FLOAT8),
                ],
            )
            .await?;
        let quotas: Vec<Quota> = rows
            .iter()
            .map(|row| Quota {
                name: "requests",
                rule,
                used: row.get(0),
                resets_at: row.get::<_, Time>(1).0,
            })
            .collect();
        meter::note(&quotas);
        Ok(())
    }

    /// Refuses a session that has ended, and a request that is one too many.
    pub(super) async fn admit(&self, client: &Client) -> Result<(), Error> {
        let most = self.requests.map(|rule| rule.most);
        client
            .query_typed(
                "select latchwork_admit($1, $2, $3, $4, $5, $6)",
                &[
                    (&self.user, Type::TEXT),
                    (&self.session, Type::TEXT),
                    (&self.at, Type::TIMESTAMPTZ),
                    (&self.born_after, Type::TIMESTAMPTZ),
                    (&self.used_after, Type::TIMESTAMPTZ),
                    (&most, Type::INT4),
                ],
            )
            .await
            .map(|_| ())
    }
}
