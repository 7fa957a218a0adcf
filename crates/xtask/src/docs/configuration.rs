//! The tables of `docs/configuration.md`, from `crates/variables`.

use super::{Page, fill, read};
use crate::fault::Result;
use crate::root::Root;

const PATH: &str = "docs/configuration.md";

pub(super) fn page(root: &Root) -> Result<Page> {
    let mut text = read(root, PATH)?;
    for group in variables::GROUPS {
        let place = format!("variables: {}", group.name);
        text = fill(&text, &place, &group.table())?;
    }
    Ok(Page {
        path: PATH.to_owned(),
        text,
    })
}
