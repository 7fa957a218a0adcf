//! Which task is meant by some words: by the words of its title, their stems and synonyms, and
//! typing errors; rare words count for more.

use std::collections::HashMap;

use crate::lexicon::words::{FORMS, NUMBERS, PASTS, STOP, VERBS, are_synonyms};
use crate::tokens;
use crate::view::Task;

/// A task with how well it fits, from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match<'t> {
    pub(crate) task: &'t Task,
    pub(crate) score: f64,
    /// Whether more than a general verb fits.
    pub(crate) solid: bool,
}

/// Words looked at in a reference, and in a title.
const MOST_WORDS: usize = 40;

/// The tasks that fit the words somehow, best first; equal ones in the order of their numbers.
pub(crate) fn rank<'t>(words: &str, told: bool, tasks: &[&'t Task]) -> Vec<Match<'t>> {
    let asked = content(words);
    let titles: Vec<Vec<Token>> = tasks.iter().map(|task| title_tokens(task)).collect();
    let weights = weights(&asked, &titles, told);
    let mut matches: Vec<Match<'t>> = tasks
        .iter()
        .zip(&titles)
        .filter_map(|(task, title)| fit(task, &asked, &weights, title))
        .collect();
    matches.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.task.id.cmp(&b.task.id)));
    matches
}

/// Whether a text has a word that can tell one task from another.
pub(crate) fn says_something(words: &str) -> bool {
    !content(words).is_empty()
}

/// The words of a reference that can tell one task from another.
pub(crate) fn telling(words: &str) -> String {
    let mut kept: Vec<Token> = content(words);
    if kept.iter().any(|token| !token.is_verb) {
        kept.retain(|token| !token.is_verb);
    }
    let words: Vec<String> = kept.into_iter().map(|token| token.word).collect();
    words.join(" ")
}

#[derive(Clone, Debug)]
struct Token {
    word: String,
    stem: String,
    is_verb: bool,
}

/// Words of a reference that carry meaning; all of them if none does.
fn content(words: &str) -> Vec<Token> {
    let all = tokenise(words);
    let mut kept: Vec<Token> = all
        .iter()
        .filter(|token| !STOP.has(&token.word))
        .cloned()
        .collect();
    if kept.is_empty() {
        kept = all
            .into_iter()
            .filter(|token| token.word.len() > 3)
            .collect();
    }
    kept.dedup_by(|a, b| a.stem == b.stem);
    kept
}

fn tokenise(text: &str) -> Vec<Token> {
    text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .enumerate()
        .map(|(at, word)| token(&tokens::norm(strip_possessive(word)), at == 0))
        .collect()
}

fn strip_possessive(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word)
}

fn token(word: &str, first: bool) -> Token {
    let stem = stem(word);
    let is_verb = first && VERBS.has(&stem) || general(&stem);
    Token {
        word: word.to_owned(),
        stem,
        is_verb,
    }
}

/// Verbs that so many tasks begin with that they name none of them.
fn general(stem: &str) -> bool {
    [
        "buy", "get", "do", "make", "go", "call", "pay", "send", "finish", "complete", "take",
        "pick", "have", "see",
    ]
    .contains(&stem)
}

fn title_tokens(task: &Task) -> Vec<Token> {
    let mut tokens = tokenise(&task.title);
    tokens.extend(task.tags.iter().flat_map(|tag| tokenise(tag)));
    tokens
}

/// A word without its ending, in a form that is the same for "calls", "called" and "calling".
pub(crate) fn stem(word: &str) -> String {
    if let Some(number) = NUMBERS.iter().position(|name| *name == word) {
        return number.to_string();
    }
    if let Some(base) = PASTS.get(word).or_else(|| FORMS.get(word)) {
        return base.to_owned();
    }
    let base = ending(word);
    if base.len() < word.len() && VERBS.has(&base) {
        return base;
    }
    let with_e = format!("{base}e");
    if base.len() < word.len() && VERBS.has(&with_e) {
        return with_e;
    }
    base
}

fn ending(word: &str) -> String {
    let stripped = |suffix: &str, least: usize| {
        word.strip_suffix(suffix)
            .filter(|base| base.chars().count() >= least)
    };
    if let Some(base) = stripped("ies", 2) {
        return format!("{base}y");
    }
    if let Some(base) = stripped("ied", 2) {
        return format!("{base}y");
    }
    let base = ["ing", "ed"].iter().find_map(|suffix| stripped(suffix, 3));
    if let Some(base) = base {
        return undouble(base).to_owned();
    }
    for suffix in ["shes", "ches", "sses", "xes"] {
        if word.ends_with(suffix) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match stripped("s", 3) {
        Some(base) if !base.ends_with(['s', 'u', 'i']) => base.to_owned(),
        _ => word.to_owned(),
    }
}

/// "planned" is "plan" and "called" is "call".
fn undouble(base: &str) -> &str {
    let mut letters = base.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && "bdgmnprt".contains(last) => {
            &base[..base.len() - last.len_utf8()]
        }
        _ => base,
    }
}

/// How much each word of a reference says: the rarer among the titles, the more.
fn weights(asked: &[Token], titles: &[Vec<Token>], told: bool) -> Vec<f64> {
    let mut frequency: HashMap<&str, usize> = HashMap::new();
    for title in titles {
        let mut stems: Vec<&str> = title.iter().map(|token| token.stem.as_str()).collect();
        stems.sort_unstable();
        stems.dedup();
        for stem in stems {
            *frequency.entry(stem).or_default() += 1;
        }
    }
    let count = titles.len() as f64;
    let weight = |token: &Token| {
        let seen = frequency.get(token.stem.as_str()).copied().unwrap_or(1) as f64;
        let rarity = 1.0 + (1.0 + count / seen).ln();
        match (token.is_verb, told) {
            (true, true) => rarity * 0.35,
            (true, false) => rarity * 0.6,
            _ => rarity,
        }
    };
    asked.iter().map(weight).collect()
}

fn fit<'t>(task: &'t Task, asked: &[Token], weights: &[f64], title: &[Token]) -> Option<Match<'t>> {
    let (mut sum, mut best, mut solid) = (0.0, 0.0, false);
    let mut used = vec![false; title.len()];
    for (token, weight) in asked.iter().zip(weights) {
        let found = title
            .iter()
            .enumerate()
            .map(|(at, other)| (likeness(token, other), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        sum += weight;
        if let Some((likeness, at)) = found.filter(|found| found.0 > 0.0) {
            best += weight * likeness;
            used[at] = true;
            solid |= !(token.is_verb && title[at].is_verb);
        }
    }
    if best == 0.0 {
        return None;
    }
    let meaningful = |token: &Token| !STOP.has(&token.word);
    let whole = title
        .iter()
        .filter(|token| meaningful(token))
        .count()
        .max(1) as f64;
    let covered = used.iter().filter(|used| **used).count() as f64;
    let score = 0.85 * best / sum + 0.15 * (covered / whole).min(1.0);
    Some(Match { task, score, solid })
}

fn likeness(asked: &Token, title: &Token) -> f64 {
    if asked.word == title.word {
        return 1.0;
    }
    if asked.stem == title.stem {
        return 0.97;
    }
    if are_synonyms(&asked.stem, &title.stem) {
        return 0.85;
    }
    let (a, b) = (&asked.stem, &title.stem);
    let shorter = a.chars().count().min(b.chars().count());
    let longer = a.chars().count().max(b.chars().count());
    if shorter >= 4 && longer - shorter <= 2 && longer <= 24 {
        let allowed = if shorter >= 7 { 2 } else { 1 };
        let distance = strsim::osa_distance(a, b);
        if distance <= allowed && a.chars().next() == b.chars().next() {
            return if distance == 1 { 0.85 } else { 0.75 };
        }
    }
    if shorter >= 4 && (a.starts_with(b.as_str()) || b.starts_with(a.as_str())) {
        return 0.7;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_make_forms_of_a_word_equal() {
        for (a, b) in [
            ("called", "call"),
            ("planned", "planning"),
            ("paid", "pay"),
            ("groceries", "grocery"),
            ("five", "5"),
            ("washing", "wash"),
            ("meetings", "meeting"),
            ("writing", "write"),
        ] {
            assert_eq!(stem(&stem(a)), stem(&stem(b)), "{a} {b}");
        }
    }
}
