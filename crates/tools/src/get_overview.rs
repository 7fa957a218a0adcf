//! How things stand.

use protocol::Due;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::tasks::{self, Overview};

use crate::{Call, Error};

/// Counts the tasks: open, overdue, due today and this week, done today.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetOverview {}

impl GetOverview {
    /// # Errors
    /// If the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Overview, Error> {
        let clock = call.zone.context(call.now).now;
        let midnight = clock.start_of_day().unwrap_or_else(|_| clock.clone());
        let now = local(&clock).ok_or_else(|| Error::Invalid("The clock is wrong.".to_owned()))?;
        let tx = call.db.begin(call.scope());
        Ok(tasks::overview(tx, now, midnight.timestamp().as_second()).await?)
    }
}

/// What a clock shows, to the minute.
pub(crate) fn local(clock: &jiff::ZonedDateTime) -> Option<Due> {
    let unsigned = |number: i8| u8::try_from(number).ok();
    let day = Due::on(
        clock.year(),
        unsigned(clock.month())?,
        unsigned(clock.day())?,
    )?;
    day.at(unsigned(clock.hour())?, unsigned(clock.minute())?)
}
