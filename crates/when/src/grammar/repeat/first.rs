//! When a recurrence happens first, and when it is over.

use jiff::civil::{DateTime, Time};

use super::Draft;
use crate::calendar::{add_days, add_months, add_seconds};
use crate::grammar::Parser;
use crate::grammar::date::Named;
use crate::recurrence::{ByDay, Frequency, Recurrence, Until};
use crate::{Grain, Moment, Repeat, When};

impl Parser<'_> {
    /// The finished recurrence and its other reading.
    pub(super) fn first_time(&self, draft: &Draft) -> Option<(When, Option<When>)> {
        let other =
            draft
                .ordinal_weekday
                .filter(|(nth, _)| *nth <= 5)
                .and_then(|(nth, weekday)| {
                    let by_day = vec![ByDay::nth(nth, weekday)];
                    let monthly = Draft {
                        frequency: Some(Frequency::Monthly),
                        interval: 1,
                        by_day,
                        ordinal_weekday: None,
                        ..draft.clone()
                    };
                    self.finished(&monthly)
                });
        Some((self.finished(draft)?, other))
    }

    fn finished(&self, draft: &Draft) -> Option<When> {
        let mut rule = draft.rule(self.ctx.week_start)?;
        let time = self.time_of_day(draft, &mut rule)?;
        let base = draft.start.unwrap_or(self.today);
        let start = base.to_datetime(time.map_or(Time::midnight(), |moment| {
            moment.time.unwrap_or(Time::midnight())
        }));
        let first = self.first_of(&rule, start, draft.start.is_some(), time.is_some())?;
        self.limit(draft, &mut rule, first)?;
        let timed = time.is_some() || rule.frequency < Frequency::Daily;
        let first = Moment {
            date: first.date(),
            time: timed.then_some(first.time()),
            grain: time.map_or(if timed { Grain::Minute } else { Grain::Day }, |moment| {
                moment.grain
            }),
        };
        Some(When::Every(Repeat { rule, first }))
    }

    /// The time of day; several of them become `BYHOUR` if they share their minute.
    fn time_of_day(&self, draft: &Draft, rule: &mut Recurrence) -> Option<Option<Moment>> {
        let another_day = add_days(self.today, 1)?;
        let Some(clock) = draft.clocks.first() else {
            return Some(draft.part.map(|part| self.at_part(part, self.today)));
        };
        let first = self.at_clock(*clock, draft.part, Some(another_day))?;
        let mut hours = Vec::new();
        for clock in &draft.clocks {
            let moment = self.at_clock(*clock, draft.part, Some(another_day))?;
            let time = moment.time?;
            if first
                .time
                .is_some_and(|first| first.minute() == time.minute())
                && !hours.contains(&time.hour())
            {
                hours.push(time.hour());
            }
        }
        if hours.len() > 1 {
            rule.by_hour = hours;
        }
        Some(Some(first))
    }

    /// From the start if one was named, else from now; a repetition without a time may begin
    /// today.
    fn first_of(
        &self,
        rule: &Recurrence,
        start: DateTime,
        starts: bool,
        timed: bool,
    ) -> Option<DateTime> {
        let interval = i64::from(rule.interval.max(1));
        let seconds = match rule.frequency {
            Frequency::Minutely => 60,
            Frequency::Hourly => 3600,
            _ if !timed || starts && start.date() > self.today => return rule.first(start),
            _ => {
                return rule
                    .first(start)
                    .filter(|first| *first > self.now)
                    .or_else(|| self.later_start(rule, start));
            }
        };
        if starts || timed {
            return rule
                .first(start)
                .filter(|first| *first > self.now)
                .or_else(|| rule.next_after(start, self.now));
        }
        let next = add_seconds(self.now, interval.checked_mul(seconds)?)?;
        Some(
            next.date()
                .to_datetime(Time::new(next.hour(), next.minute(), 0, 0).ok()?),
        )
    }

    /// Today's time has passed: the rule begins tomorrow, so that "every 3 days at 9" is not put
    /// off for three days.
    fn later_start(&self, rule: &Recurrence, start: DateTime) -> Option<DateTime> {
        let free =
            rule.by_day.is_empty() && rule.by_month_day.is_empty() && rule.by_month.is_empty();
        match free && rule.by_hour.is_empty() {
            true => rule.first(add_days(start.date(), 1)?.to_datetime(start.time())),
            false => rule.next_after(start, self.now),
        }
    }

    /// `UNTIL` from "until May" and "for 5 weeks", `COUNT` from "for 5 days" of a daily rule.
    fn limit(&self, draft: &Draft, rule: &mut Recurrence, first: DateTime) -> Option<()> {
        if let Some(until) = draft.until {
            let mut last = until.end.unwrap_or(until.moment).date;
            if last < first.date() && until.named != Named::Exactly {
                last = add_months(last, 12)?;
            }
            rule.until = Some(Until::Day(last));
        }
        if let Some(amount) = draft.lasting {
            let base = draft.start.unwrap_or(self.today);
            let days = amount.days / i64::from(rule.interval.max(1));
            if rule.frequency == Frequency::Daily
                && amount.months == 0
                && rule.by_day.is_empty()
                && amount.days < 7
            {
                rule.count = u32::try_from(days).ok().filter(|count| *count > 0);
                return Some(());
            }
            let end = amount.after(base.to_datetime(first.time()))?;
            // "for 5 weeks" from a Monday is five Mondays, not six.
            let hit =
                rule.next_after(base.to_datetime(first.time()), add_seconds(end, -1)?) == Some(end);
            rule.until = Some(Until::Day(add_days(end.date(), -i64::from(hit))?));
        }
        Some(())
    }
}
