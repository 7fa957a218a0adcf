//! What stands before every transaction: the count of the request, the beginning, the check that
//! the session still holds, or the name of what is shown, and a look whether anything may be changed.
//!
//! All of it is one message. Postgres answers each message by itself, and every answer costs it a
//! packet and us a wake-up, which is more than what these statements do.
//!
//! **Invariant:** such a message takes no parameters, so every text in it stands as hexadecimal
//! digits: no value can end a literal.

use std::fmt::Write;
use std::pin::pin;

use futures_util::StreamExt;
use protocol::{SessionId, Timestamp};
use tokio_postgres::{Client, Error, SimpleQueryMessage, SimpleQueryRow};

use crate::db::{Scope, Shown, Terms};
use crate::limits::{Quota, Rule};
use crate::{Patience, meter};

/// The beginning of every transaction, with the limits that the server keeps.
pub(super) fn begin(patience: Patience) -> String {
    let (silence, statement) = (patience.silence.as_millis(), patience.statement.as_millis());
    format!(
        "begin; set local idle_in_transaction_session_timeout = '{silence}ms';
        set local statement_timeout = '{statement}ms'"
    )
}

/// The column that says whether nothing may be changed.
const HELD: &str = "held_still";

pub(super) struct Opening {
    statements: String,
    /// Set if this transaction is the one that counts the request.
    requests: Option<Rule>,
}

impl Opening {
    /// On nobody's behalf: no rows of persons are seen, or those that are shown.
    pub(super) fn plain(begin: &str, shown: Option<Shown<'_>>, forced: Option<bool>) -> Self {
        let setting = shown.map(|shown| {
            let (name, value) = shown.setting();
            format!("; select set_config('{name}', {}, true)", text(value))
        });
        let held =
            forced.map(|forced| format!("; select latchwork_hold_still({forced}) as {HELD}"));
        let (setting, held) = (setting.unwrap_or_default(), held.unwrap_or_default());
        Self {
            statements: format!("{begin}{setting}{held}"),
            requests: None,
        }
    }

    /// On a person's behalf: refuses a session that has ended, and a request that is one too many.
    /// The request is counted in a transaction of its own that is over before the other begins.
    /// `forced` is `None` for what has to work at any time, or else whether nothing may be changed,
    /// whatever the switch says.
    pub(super) fn of(begin: &str, scope: Scope<'_>, terms: Terms, forced: Option<bool>) -> Self {
        let now = terms.clock.map(|clock| clock());
        let before = |seconds: Option<i64>| Some(now?.plus_seconds(-seconds?));
        let sign_in = [
            text(scope.user.as_str()),
            or_null(scope.session.map(SessionId::as_str).map(text)),
            or_null(now.map(moment)),
            or_null(before(terms.absolute).map(moment)),
            or_null(before(terms.idle).map(moment)),
        ]
        .join(", ");
        let requests = terms.requests.filter(|_| now.is_some() && meter::is_due());
        let count = requests.map(|rule| {
            let seconds = rule.seconds;
            format!(
                "begin; select used, (extract(epoch from resets) * 1000000)::bigint
                from latchwork_count({sign_in}, interval '{seconds} seconds'); commit; "
            )
        });
        let most = or_null(requests.map(|rule| rule.most.to_string()));
        let count = count.unwrap_or_default();
        let forced = or_null(forced.map(|forced| forced.to_string()));
        Self {
            statements: format!(
                "{count}{begin}; select latchwork_let_in({sign_in}, {most}, {forced}) as {HELD}"
            ),
            requests,
        }
    }

    pub(super) async fn send(&self, client: &Client) -> Result<(), Error> {
        let mut answers = pin!(client.simple_query_raw(&self.statements).await?);
        while let Some(answer) = answers.next().await {
            let SimpleQueryMessage::Row(row) = answer? else {
                continue;
            };
            // A refusal comes after the count, and is told with it.
            if let Some(quota) = self.requests.and_then(|rule| quota(&row, rule)) {
                meter::note(&[quota]);
            }
            let is_held = row.columns().iter().any(|column| column.name() == HELD);
            if is_held && row.get(0) == Some("t") {
                meter::hold_still();
            }
        }
        Ok(())
    }
}

/// The count, which is the one row with two numbers.
fn quota(row: &SimpleQueryRow, rule: Rule) -> Option<Quota> {
    let number = |column: usize| row.try_get(column).ok()??.parse::<i64>().ok();
    Some(Quota {
        name: "requests",
        rule,
        used: i32::try_from(number(0)?).ok()?,
        resets_at: Timestamp::from_micros(number(1)?),
    })
}

fn text(value: &str) -> String {
    let mut digits = String::with_capacity(2 * value.len() + 40);
    digits.push_str("convert_from(decode('");
    for byte in value.bytes() {
        let _ = write!(digits, "{byte:02x}");
    }
    digits.push_str("', 'hex'), 'utf8')");
    digits
}

/// Digits and the punctuation of RFC 3339.
fn moment(at: Timestamp) -> String {
    format!("'{at}'")
}

fn or_null(value: Option<String>) -> String {
    value.unwrap_or_else(|| "null".to_owned())
}
