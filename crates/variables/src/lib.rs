//! Every environment variable of the product, declared once: what it takes, what holds without
//! it, and what it is for.
//!
//! `server::Config` reads them and asks for no other (a test holds both against each other),
//! `docs/configuration.md` is written from them by `cargo xtask docs`, and `doctor` takes a name
//! that is nearly one of these for a slip.
//!
//! **Invariant:** data alone. Nothing here reads the environment.

mod functions;
mod others;
mod table;

/// What functions read, as the reference shows it: a table for each.
pub const GROUPS: &[Group] = &[
    functions::DEPLOYMENT,
    functions::MODEL,
    functions::COSTS,
    functions::OWNER,
    functions::TRACES,
    functions::ISSUER,
    functions::ORIGINS,
    functions::LIMITS,
    functions::SESSIONS,
    functions::LETTERS,
    functions::PROGRAMS,
    others::PLATFORM,
    others::COMMANDS,
];

/// Variables that belong together.
pub struct Group {
    /// What the reference calls the place of its table.
    pub name: &'static str,
    pub reader: Reader,
    pub variables: &'static [Variable],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// `server::Config`, in every function.
    Functions,
    /// The same, and nobody but the platform is to set it.
    OfPlatform,
    /// A command for people, such as `cargo xtask migrate`.
    Commands,
}

pub struct Variable {
    pub name: &'static str,
    pub takes: Takes,
    pub without: Without,
    /// A sentence or a few, in Markdown, without the name.
    pub about: &'static str,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Dollars, such as `2.50`.
    Amount,
    /// A URL, or scheme, host and port alone where the text says so.
    Address,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number.
    Count,
    /// Several texts with commas between them.
    List,
    /// A number and a time, such as `3/10s`, or `off`.
    Limit,
    /// A word that somebody else made up.
    Name,
    /// A text of several lines.
    Document,
    /// A text that nobody is to know.
    Secret,
    /// A number with a unit, such as `24h`.
    Time,
}

/// What holds where a variable is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// Nothing works.
    Fault,
    /// The same as with this value.
    Is(&'static str),
    /// A sentence, in Markdown.
    Means(&'static str),
}

/// Every variable of every group.
pub fn all() -> impl Iterator<Item = &'static Variable> {
    GROUPS.iter().flat_map(|group| group.variables)
}

/// Those that `server::Config` reads.
pub fn of_functions() -> impl Iterator<Item = &'static Variable> {
    let groups = GROUPS
        .iter()
        .filter(|group| group.reader != Reader::Commands);
    groups.flat_map(|group| group.variables)
}

#[must_use]
pub fn find(name: &str) -> Option<&'static Variable> {
    all().find(|variable| variable.name == name)
}

/// A variable in the order in which people ask about it.
const fn variable(
    name: &'static str,
    takes: Takes,
    without: Without,
    about: &'static str,
) -> Variable {
    Variable {
        name,
        takes,
        without,
        about,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_declared_once_and_written_as_variables_are() {
        let mut names: Vec<&str> = all().map(|variable| variable.name).collect();
        let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        for name in &names {
            assert!(name.bytes().all(fits), "{name}");
        }

        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair[0] == pair[1]);

        assert_eq!(twice, None);
    }
}
