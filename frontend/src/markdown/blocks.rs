//! Where one top-level block ends and the next begins.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};
use yew::AttrValue;

use super::tail;

/// What GitHub adds to `CommonMark`, as far as answers use it.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Splits a text, and when it has grown only what has grown.
#[derive(Default)]
pub(super) struct Splitter {
    /// The text up to here is split and cannot change by what follows.
    settled: String,
    blocks: Vec<AttrValue>,
}

impl Splitter {
    /// The blocks of the text. While it `is_open` its end may be in the middle of a mark.
    pub(super) fn split(&mut self, source: &str, is_open: bool) -> impl Iterator<Item = AttrValue> {
        // Where links are defined elsewhere in the text, every block hangs on every other.
        if has_definitions(source) {
            self.forget();
            return chain(&self.blocks, vec![source.into()]);
        }
        if !source.starts_with(&self.settled) {
            self.forget();
        }
        let rest = &source[self.settled.len()..];
        let ranges = split(rest);
        // The last block may still grow, and so may the one before it: a list that was two.
        let settled = ranges.len().saturating_sub(2);
        let end = ranges.get(settled).map_or(0, |range| range.start);
        self.blocks.extend(
            ranges[..settled]
                .iter()
                .map(|range| AttrValue::from(&rest[range.clone()])),
        );
        self.settled.push_str(&rest[..end]);
        let rest = &rest[end..];
        let open = if is_open {
            tail::close(rest)
        } else {
            rest.to_owned()
        };
        let open = split(&open)
            .into_iter()
            .map(|range| AttrValue::from(&open[range]));
        chain(&self.blocks, open.collect())
    }

    fn forget(&mut self) {
        self.settled.clear();
        self.blocks.clear();
    }
}

fn chain(settled: &[AttrValue], open: Vec<AttrValue>) -> impl Iterator<Item = AttrValue> {
    settled.iter().cloned().chain(open)
}

/// A line such as `[name]: address`. Looking for the bracket first makes the answer cheap.
fn has_definitions(source: &str) -> bool {
    source.contains("]:")
        && Parser::new_ext(source, options())
            .reference_definitions()
            .iter()
            .next()
            .is_some()
}

/// The top-level blocks, each of which can be drawn without its neighbours.
fn split(source: &str) -> Vec<Range<usize>> {
    let mut depth = 0_usize;
    let mut blocks = Vec::new();
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        let is_block = match event {
            Event::Start(_) => {
                depth += 1;
                depth == 1
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        };
        if is_block {
            blocks.push(range);
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Häuser\n\nOne\ntwo\n\n- a\n\n- b\n\n  c\n\n```\ncode\n\nmore\n```\n\n> q\n\n| a |\n|---|\n| b |\n\n1. x\n2. y\n\nEnd 🌿";

    fn whole(source: &str) -> Vec<AttrValue> {
        Splitter::default().split(source, false).collect()
    }

    #[test]
    fn blocks_are_what_stands_on_the_top_level() {
        let blocks = whole(TEXT);

        assert_eq!(blocks.len(), 8);
        assert_eq!(blocks[2].trim(), "- a\n\n- b\n\n  c");
        assert_eq!(blocks[3].trim(), "```\ncode\n\nmore\n```");
    }

    #[test]
    fn a_text_that_grows_letter_by_letter_ends_with_the_same_blocks() {
        let mut splitter = Splitter::default();
        for (end, _) in TEXT.char_indices() {
            splitter.split(&TEXT[..end], true).for_each(drop);
        }

        let grown: Vec<AttrValue> = splitter.split(TEXT, false).collect();

        assert_eq!(grown, whole(TEXT));
    }

    #[test]
    fn another_text_begins_anew() {
        let mut splitter = Splitter::default();
        splitter.split(TEXT, true).for_each(drop);

        let other: Vec<AttrValue> = splitter.split("Other", false).collect();

        assert_eq!(other, ["Other"]);
    }

    #[test]
    fn a_text_with_definitions_is_one_block() {
        assert_eq!(whole("[a]\n\nb\n\n[a]: https://a.org").len(), 1);
    }
}
