//! Where one top-level block ends and the next begins.

use std::iter;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

/// What GitHub adds to `CommonMark`, as far as answers use it.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// The top-level blocks, each of which can be drawn without its neighbours. A text whose links
/// are defined elsewhere in it is one block.
pub(super) fn split(source: &str) -> Vec<Range<usize>> {
    let parser = Parser::new_ext(source, options());
    if parser.reference_definitions().iter().next().is_some() {
        return iter::once(0..source.len()).collect();
    }
    let mut depth = 0_usize;
    let mut blocks = Vec::new();
    for (event, range) in parser.into_offset_iter() {
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
