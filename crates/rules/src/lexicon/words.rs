//! Lists of words, kept as text files beside this one: words with spaces or line breaks between
//! them, and remarks on lines that begin with `#`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A set of words.
pub(crate) struct Words(LazyLock<HashSet<&'static str>>);

impl Words {
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }
}

/// Pairs of words: a form, and what it is a form of.
pub(crate) struct Pairs(LazyLock<HashMap<&'static str, &'static str>>);

impl Pairs {
    pub(crate) fn get(&self, word: &str) -> Option<&'static str> {
        self.0.get(word).copied()
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

fn set(text: &'static str) -> HashSet<&'static str> {
    lines(text).flat_map(str::split_whitespace).collect()
}

fn map(text: &'static str) -> HashMap<&'static str, &'static str> {
    lines(text)
        .filter_map(|line| line.split_once(' '))
        .collect()
}

macro_rules! words {
    ($($name:ident $file:literal)*) => {
        $(pub(crate) static $name: Words =
            Words(LazyLock::new(|| set(include_str!(concat!("words/", $file, ".txt")))));)*
    };
}

words! {
    COMMANDS "commands"
    FILLERS "fillers"
    FOREIGN "foreign"
    GOODS "goods"
    NOUNS "nouns"
    PLAIN_LISTS "plain_lists"
    REAL "real"
    STOP "stop"
    VERBS "verbs"
}

pub(crate) static FORMS: Pairs = Pairs(LazyLock::new(|| map(include_str!("words/forms.txt"))));
pub(crate) static PASTS: Pairs = Pairs(LazyLock::new(|| map(include_str!("words/pasts.txt"))));
pub(crate) static TYPOS: Pairs = Pairs(LazyLock::new(|| map(include_str!("words/typos.txt"))));

/// Whether two or three words are one thing: "salt and pepper".
pub(crate) fn is_pair(words: &str) -> bool {
    static PAIRS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| lines(include_str!("words/pairs.txt")).collect());
    PAIRS.contains(words)
}

/// Whether two stems stand for the same thing.
pub(crate) fn are_synonyms(a: &str, b: &str) -> bool {
    static GROUPS: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, line) in lines(include_str!("words/synonyms.txt")).enumerate() {
            for word in line.split_whitespace() {
                groups.entry(word).or_default().push(at);
            }
        }
        groups
    });
    match (GROUPS.get(a), GROUPS.get(b)) {
        (Some(a), Some(b)) => a.iter().any(|group| b.contains(group)),
        _ => false,
    }
}

/// Numbers as words, from zero.
pub(crate) const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Ordinals as words, from the one before "first".
pub(crate) const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
];
