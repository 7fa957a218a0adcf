//! A rule in the words that [`crate::resolve`] reads back.

use super::{Frequency, Recurrence};

impl Recurrence {
    /// "every 2 weeks", "every day".
    pub fn english(&self) -> String {
        let unit = match self.frequency {
            Frequency::Minutely => "minute",
            Frequency::Hourly => "hour",
            Frequency::Daily => "day",
            Frequency::Weekly => "week",
            Frequency::Monthly => "month",
            Frequency::Yearly => "year",
        };
        match self.interval {
            0 | 1 => format!("every {unit}"),
            interval => format!("every {interval} {unit}s"),
        }
    }
}
