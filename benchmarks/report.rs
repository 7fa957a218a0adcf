//! Figures as tables: printed, and kept in this folder with the machine they were taken on.

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::machine;
use crate::measure::Samples;

/// Who was measured, in a table that peers can join.
pub(crate) const OURS: &str = "Latchwork";

/// One thing that was measured of one product.
pub(crate) struct Row {
    what: String,
    who: &'static str,
    figures: Vec<Figure>,
    aims: Vec<Aim>,
}

struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    /// How many times ours, of whoever stands beside us.
    times: Option<f64>,
}

/// What one of the figures should not exceed.
struct Aim {
    figure: &'static str,
    at_most: f64,
}

impl Row {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            who: OURS,
            figures: Vec::new(),
            aims: Vec::new(),
        }
    }

    /// p50, p95 and p99 of times.
    pub(crate) fn of(what: impl Into<String>, samples: &Samples) -> Self {
        let what = format!("{} (n={})", what.into(), samples.len());
        Self::new(what)
            .figure("p50", samples.percentile(50), "ms")
            .figure("p95", samples.percentile(95), "ms")
            .figure("p99", samples.percentile(99), "ms")
    }

    pub(crate) fn figure(mut self, name: &'static str, value: f64, unit: &'static str) -> Self {
        self.figures.push(Figure {
            name,
            value,
            unit,
            times: None,
        });
        self
    }

    /// Measured of somebody else.
    pub(crate) fn by(mut self, who: &'static str) -> Self {
        self.who = who;
        self
    }

    pub(crate) fn aim(mut self, figure: &'static str, at_most: f64) -> Self {
        self.aims.push(Aim { figure, at_most });
        self
    }

    fn told(&self) -> String {
        let figures = self.figures.iter().map(|figure| {
            let Figure {
                name, value, unit, ..
            } = figure;
            let times = figure.times.map(|times| format!(" (×{})", rounded(times)));
            format!(
                "{name} {} {unit}{}",
                rounded(*value),
                times.unwrap_or_default()
            )
        });
        figures.collect::<Vec<_>>().join(", ")
    }

    /// What was aimed at, and whether it was reached.
    fn judged(&self) -> (String, String) {
        let judged = self.aims.iter().filter_map(|aim| {
            let figure = self.figures.iter().find(|known| known.name == aim.figure)?;
            let most = format!("{} ≤ {} {}", figure.name, rounded(aim.at_most), figure.unit);
            let reached = if figure.value <= aim.at_most {
                "yes"
            } else {
                "**no**"
            };
            Some((most, reached))
        });
        let (aims, reached): (Vec<_>, Vec<_>) = judged.unzip();
        (aims.join(", "), reached.join(", "))
    }

    fn value_of(&self, name: &str) -> Option<f64> {
        let figure = self.figures.iter().find(|figure| figure.name == name)?;
        Some(figure.value)
    }

    fn to_json(&self) -> Value {
        let figures = self.figures.iter();
        let figures: Map<String, Value> = figures
            .map(|figure| {
                let told = json!({"value": figure.value, "unit": figure.unit});
                (figure.name.to_owned(), told)
            })
            .collect();
        json!({"what": self.what, "who": self.who, "figures": figures})
    }
}

/// Of what is the better the less there is of it, the figures that are compared.
const COMPARED: [&str; 6] = [
    "p50",
    "processor",
    "memory",
    "each",
    "round trips",
    "opened within",
];

/// Rows of one thing, ours first: the others say how many times ours theirs are, and ours aims at
/// the best of them.
pub(crate) fn beside(mut rows: Vec<Row>) -> Vec<Row> {
    let Some((ours, others)) = rows.split_first_mut() else {
        return rows;
    };
    for name in COMPARED {
        let Some(value) = ours.value_of(name) else {
            continue;
        };
        let theirs = others.iter().filter_map(|row| row.value_of(name));
        let best = theirs.fold(f64::INFINITY, f64::min);
        ours.aims.push(Aim {
            figure: name,
            at_most: best,
        });
        let figures = others.iter_mut().flat_map(|row| &mut row.figures);
        for figure in figures.filter(|figure| figure.name == name) {
            figure.times = Some(figure.value / value);
        }
    }
    rows
}

/// Three digits that count.
fn rounded(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

pub(crate) fn table(topic: &str, rows: &[Row]) -> String {
    let mut text =
        format!("## {topic}\n\n| what | who | figures | aim | reached |\n|---|---|---|---|---|\n");
    for row in rows {
        let (aim, reached) = row.judged();
        let (what, who, told) = (&row.what, row.who, row.told());
        text.push_str(&format!(
            "| {what} | {who} | {told} | {aim} | {reached} |\n"
        ));
    }
    text
}

/// What was measured so far, by topic; a run of some topics leaves the others as they were.
pub(crate) struct Report(Map<String, Value>);

impl Report {
    pub(crate) fn read() -> Self {
        let text = fs::read_to_string(place("results.json")).unwrap_or_default();
        Self(serde_json::from_str(&text).unwrap_or_default())
    }

    pub(crate) fn put(&mut self, topic: &str, rows: &[Row]) {
        let figures: Vec<Value> = rows.iter().map(Row::to_json).collect();
        let day = testing::now().to_string();
        let told = json!({
            "measured": day.get(..10),
            "machine": machine::describe(),
            "rows": figures,
            "table": table(topic, rows),
        });
        self.0.insert(topic.to_owned(), told);
    }

    pub(crate) fn write(&self) {
        let mut text = String::from(
            "# Results\n\nWritten by `cargo xtask bench`; [README.md](README.md) says what is measured and how.\n",
        );
        for topic in self.0.values() {
            let part = |name: &str| topic[name].as_str().unwrap_or_default();
            let (table, day, machine) = (part("table"), part("measured"), part("machine"));
            text.push_str(&format!("\n{table}\n{day}, {machine}\n"));
        }
        let json = serde_json::to_string_pretty(&self.0).unwrap_or_default();
        for (name, text) in [("results.md", text), ("results.json", json + "\n")] {
            if let Err(error) = fs::write(place(name), text) {
                println!("benchmarks/{name} could not be written: {error}");
            }
        }
    }
}

fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("benchmarks")
        .join(name)
}
