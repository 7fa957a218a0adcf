//! The tables of `docs/capacity.md`, computed from what the benchmark has measured.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Page, fill, read};
use crate::fault::{Fault, Result};
use crate::root::Root;

const PAGE: &str = "docs/capacity.md";
const FIGURES: &str = "benchmarks/results.json";

/// People who use it on one day.
const USERS: [f64; 3] = [100.0, 10_000.0, 1_000_000.0];

/// What each of them does in a day.
const TURNS: f64 = 8.0;
const LISTS: f64 = 40.0;
const TOKENS: f64 = 8.0;

/// The share of a day that falls into its busiest hour.
const BUSIEST_HOUR: f64 = 0.2;

/// How long a model answers, in seconds, and how many turns share a process when there are many.
const ANSWER: f64 = 8.0;
const TOGETHER: f64 = 50.0;

/// Connections that one process keeps (`store::Settings`), and gigabytes it is given.
const CONNECTIONS: f64 = 3.0;
const MEMORY: f64 = 1.0;

const DAYS: f64 = 30.0;

/// US dollars, by published lists: see the page.
const INVOCATIONS_MILLION: f64 = 0.60;
const CPU_HOUR: f64 = 0.128;
const GIGABYTE_HOUR: f64 = 0.0106;
const POSTGRES_HOUR: f64 = 0.106;
const STORAGE_GIGABYTE: f64 = 0.35;

/// Milliseconds of processor time in a function and in Postgres.
struct Cost {
    function: f64,
    postgres: f64,
}

struct Measured {
    turn: Cost,
    list: Cost,
    token: Cost,
    /// Bytes that one turn leaves behind.
    stored: f64,
}

pub(super) fn page(root: &Root) -> Result<Page> {
    let measured = Measured::read(&read(root, FIGURES)?).ok_or_else(|| {
        let fault = Fault::new(format!("{FIGURES} lacks what {PAGE} is computed from."));
        fault.mend("cargo xtask bench -- capacity")
    })?;
    let text = format!("\n{}\n", tables(&measured));
    Ok(Page {
        path: PAGE.to_owned(),
        text: fill(&read(root, PAGE)?, "computed", &text)?,
    })
}

impl Measured {
    fn read(figures: &str) -> Option<Self> {
        let figures: Value = serde_json::from_str(figures).ok()?;
        let rows = figures["capacity"]["rows"].as_array()?;
        let value = |what: &str, name: &str| -> Option<f64> {
            let row = rows.iter().find(|row| row["what"] == what)?;
            row["figures"][name]["value"].as_f64()
        };
        let cost = |what: &str| {
            Some(Cost {
                function: value(what, "function")?,
                postgres: value(what, "Postgres")?,
            })
        };
        let turn = "a turn with one tool call";
        Some(Self {
            turn: cost(turn)?,
            list: cost("a list of 20 conversations")?,
            token: cost("a session's new token")?,
            stored: value(turn, "stored")? * 1024.0,
        })
    }

    /// Processor seconds of one person's day, by the part of a cost that is asked for.
    fn day(&self, part: impl Fn(&Cost) -> f64) -> f64 {
        let millis =
            TURNS * part(&self.turn) + LISTS * part(&self.list) + TOKENS * part(&self.token);
        millis / 1000.0
    }
}

/// What so many users bring about.
impl Measured {
    fn function_cores(&self, users: f64) -> f64 {
        busiest(users * self.day(|cost| cost.function))
    }

    fn postgres_cores(&self, users: f64) -> f64 {
        busiest(users * self.day(|cost| cost.postgres))
    }

    fn function_hours(&self, users: f64) -> f64 {
        users * DAYS * self.day(|cost| cost.function) / 3600.0
    }

    /// Always on, in steps of a quarter, and as large as the busiest hour asks for.
    fn postgres_hours(&self, users: f64) -> f64 {
        let quarters = (self.postgres_cores(users) * 4.0).ceil().max(1.0);
        quarters / 4.0 * 24.0 * DAYS
    }

    fn stored(&self, users: f64) -> f64 {
        users * TURNS * DAYS * self.stored / 1e9
    }

    fn price(&self, users: f64) -> f64 {
        invocations(users) * INVOCATIONS_MILLION
            + self.function_hours(users) * CPU_HOUR
            + held(users) * GIGABYTE_HOUR
            + self.postgres_hours(users) * POSTGRES_HOUR
            + self.stored(users) * STORAGE_GIGABYTE
    }
}

/// Of something that happens so often in a day, how often in a second of its busiest hour.
fn busiest(daily: f64) -> f64 {
    daily * BUSIEST_HOUR / 3600.0
}

/// Millions in a month.
fn invocations(users: f64) -> f64 {
    users * (TURNS + LISTS + TOKENS) * DAYS / 1e6
}

/// Answers that are open at once.
fn streams(users: f64) -> f64 {
    busiest(users * TURNS) * ANSWER
}

fn processes(users: f64) -> f64 {
    (streams(users) / TOGETHER).ceil()
}

/// Gigabyte-hours in a month. Somebody who is alone holds a process for the whole answer; many
/// share one.
fn held(users: f64) -> f64 {
    let sharing = streams(users).clamp(1.0, TOGETHER);
    users * TURNS * DAYS * ANSWER / 3600.0 / sharing * MEMORY
}

fn tables(measured: &Measured) -> String {
    let load = table(
        "in the busiest hour",
        &[
            ("invocations a second", &|users| {
                busiest(invocations(users) / DAYS * 1e6)
            }),
            ("answers open at once", &streams),
            ("processes that hold them", &|users| processes(users)),
            ("cores that functions use", &|users| {
                measured.function_cores(users)
            }),
            ("connections to the pooler, at most", &|users| {
                processes(users) * CONNECTIONS
            }),
            ("cores that Postgres uses", &|users| {
                measured.postgres_cores(users)
            }),
            ("connections to Postgres, two for a core", &|users| {
                (2.0 * measured.postgres_cores(users)).ceil()
            }),
        ],
    );
    let amounts = table(
        "a month",
        &[
            ("invocations, millions", &invocations),
            ("hours of functions' processor time", &|users| {
                measured.function_hours(users)
            }),
            ("GB-hours of functions' memory", &held),
            ("hours of Postgres's cores", &|users| {
                measured.postgres_hours(users)
            }),
            ("GB that its conversations take", &|users| {
                measured.stored(users)
            }),
        ],
    );
    let prices = table(
        "US$ a month",
        &[
            ("invocations", &|users| {
                invocations(users) * INVOCATIONS_MILLION
            }),
            ("functions' processor time", &|users| {
                measured.function_hours(users) * CPU_HOUR
            }),
            ("functions' memory", &|users| held(users) * GIGABYTE_HOUR),
            ("Postgres's cores", &|users| {
                measured.postgres_hours(users) * POSTGRES_HOUR
            }),
            ("Postgres's storage, of one month", &|users| {
                measured.stored(users) * STORAGE_GIGABYTE
            }),
            ("**together**", &|users| measured.price(users)),
            ("for each user", &|users| measured.price(users) / users),
        ],
    );
    format!("{}\n{load}\n{amounts}\n{prices}", measured.told())
}

type Column<'a> = (&'a str, &'a dyn Fn(f64) -> f64);

fn table(head: &str, rows: &[Column<'_>]) -> String {
    let mut text = format!("| {head} |");
    for users in USERS {
        let _ = write!(text, " {} users |", counted(users));
    }
    text.push_str("\n|---|---:|---:|---:|\n");
    for (name, value) in rows {
        let _ = write!(text, "| {name} |");
        for users in USERS {
            let _ = write!(text, " {} |", counted(value(users)));
        }
        text.push('\n');
    }
    text
}

impl Measured {
    fn told(&self) -> String {
        let mut text = String::from(
            "| measured, processor time | in the function | in Postgres |\n|---|---:|---:|\n",
        );
        for (name, cost) in [
            ("a turn with one tool call", &self.turn),
            ("a list", &self.list),
            ("a new token", &self.token),
        ] {
            let (function, postgres) = (counted(cost.function), counted(cost.postgres));
            let _ = writeln!(text, "| {name} | {function} ms | {postgres} ms |");
        }
        let stored = counted(self.stored / 1024.0);
        let _ = writeln!(
            text,
            "\nA turn leaves {stored} KiB in the database, with its indexes and the events of its stream."
        );
        text
    }
}

/// Two digits that count, and thousands apart.
fn counted(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = value.abs().log10().floor() as i32;
    if digits < 1 {
        let places = usize::try_from(1 - digits).unwrap_or_default();
        let text = format!("{value:.places$}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let step = 10_f64.powi((digits - 1).max(0));
    let whole = format!("{:.0}", (value / step).round() * step);
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_what_counts_of_them() {
        for (value, text) in [
            (0.0, "0"),
            (0.00123, "0.0012"),
            (0.25, "0.25"),
            (3.0, "3"),
            (46.4, "46"),
            (1234.0, "1,200"),
            (56_000_000.0, "56,000,000"),
        ] {
            assert_eq!(counted(value), text);
        }
    }
}
