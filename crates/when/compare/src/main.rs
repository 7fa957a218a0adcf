//! Prints what `when` and `duckling` make of the same phrases and of sentences without dates, how
//! long both take, and whether our rules happen when those of `rrule` do.
//!
//! The phrases are the table that the tests of `when` are held to, or a file of the same form
//! given as an argument (`phrase`, a tab, `meaning`; `# theme` above). Both are judged alike:
//! right is whose day and time are the expected ones; an end of an interval counts for either.

mod oracle;
mod reading;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use reading::{Reading, expected};

#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    none: usize,
    taken: Duration,
}

impl Score {
    fn judge(&mut self, found: &[Reading], wanted: &[String], every: bool) {
        let hit = |reading: &Reading| reading.every == every && reading.ends.iter().any(|end| wanted.contains(end));
        match found {
            [] => self.none += 1,
            found if found.iter().any(hit) => self.right += 1,
            _ => self.wrong += 1,
        }
    }
}

fn main() {
    let file = std::env::args().nth(1);
    let table = file.map_or_else(
        || include_str!("../../tests/data/phrases.tsv").to_owned(),
        |path| std::fs::read_to_string(path).unwrap_or_default(),
    );
    let readers = reading::Readers::new();
    let mut themes: BTreeMap<&str, [Score; 2]> = BTreeMap::new();
    let mut theme = "";
    for line in table.lines() {
        if let Some(heading) = line.strip_prefix("# ") {
            theme = heading.split(':').next().unwrap_or(heading);
        } else if let Some((phrase, meaning)) = line.split_once('\t') {
            let [ours, theirs] = themes.entry(theme).or_default();
            let (wanted, every) = expected(meaning);
            let sentence = format!("Ring Tim {phrase}");
            let start = Instant::now();
            let found = readers.when(&sentence);
            ours.taken += start.elapsed();
            let found = if found.is_empty() { readers.resolve(phrase) } else { found };
            ours.judge(&found, &wanted, every);
            let start = Instant::now();
            let found = readers.duckling(&sentence);
            theirs.taken += start.elapsed();
            let found = if found.is_empty() { readers.duckling(phrase) } else { found };
            theirs.judge(&found, &wanted, every);
        }
    }
    print_themes(&themes);
    print_alarms(&readers);
    oracle::print();
}

fn print_themes(themes: &BTreeMap<&str, [Score; 2]>) {
    println!("| theme | phrases | when right / wrong / none | duckling right / wrong / none | µs when | µs duckling |");
    println!("|---|---|---|---|---|---|");
    let mut total = [Score::default(), Score::default()];
    let row = |theme: &str, scores: &[Score; 2]| {
        let [ours, theirs] = scores;
        let count = ours.right + ours.wrong + ours.none;
        let each = |taken: Duration| taken.as_secs_f64() * 1e6 / count as f64;
        println!(
            "| {theme} | {count} | {} / {} / {} | {} / {} / {} | {:.1} | {:.0} |",
            ours.right, ours.wrong, ours.none, theirs.right, theirs.wrong, theirs.none, each(ours.taken), each(theirs.taken)
        );
    };
    for (theme, scores) in themes {
        row(theme, scores);
        for (sum, score) in total.iter_mut().zip(scores) {
            sum.right += score.right;
            sum.wrong += score.wrong;
            sum.none += score.none;
            sum.taken += score.taken;
        }
    }
    row("all", &total);
}

fn print_alarms(readers: &reading::Readers) {
    let lines = include_str!("../../tests/data/nothing.txt").lines();
    let sentences: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
    let ours = sentences.iter().filter(|sentence| !readers.when(sentence).is_empty()).count();
    let theirs = sentences.iter().filter(|sentence| !readers.duckling(sentence).is_empty()).count();
    println!("\nFalse alarms in {} sentences without a date: when {ours}, duckling {theirs}", sentences.len());
}
