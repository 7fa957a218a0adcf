//! What the assistant has really done, turn by turn, from the log of changes: an answer's words
//! are a claim, a receipt is the proof, and the way to take it back.

use std::rc::Rc;

use protocol::Timestamp;
use protocol::task::{Actor, Change, ChangeKind};
use yew::AttrValue;

use crate::sorted::{SortedMap, SortedSet};

/// So many changes are remembered.
const MOST: usize = 500;

/// Changes of others than the person, and what was taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Log {
    changes: SortedMap<i64, Rc<Change>>,
    undone: SortedSet<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The turn's run.
    pub run: AttrValue,
    /// When the last of it was done.
    pub at: Timestamp,
    pub lines: Vec<Line>,
    pub is_undone: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub kind: ChangeKind,
    pub title: AttrValue,
}

impl Log {
    pub(super) fn take(&mut self, change: &Change) {
        self.undone.extend(change.undoes);
        if matches!(change.actor, Actor::Assistant { .. }) {
            self.changes.insert(change.seq, Rc::new(change.clone()));
        }
        self.changes.keep_last(MOST);
    }

    /// One for each run, in the order in which they were done.
    pub(super) fn receipts(&self) -> Vec<Receipt> {
        let mut receipts: Vec<Receipt> = Vec::new();
        for (seq, change) in self.changes.iter() {
            let Actor::Assistant { run_id } = &change.actor else {
                continue;
            };
            let is_undone = self.undone.contains(seq);
            let line = Line {
                kind: change.kind,
                title: change.after.title.clone().into(),
            };
            match receipts.iter_mut().find(|receipt| *receipt.run == **run_id) {
                Some(receipt) => {
                    receipt.at = change.at;
                    receipt.lines.push(line);
                    receipt.is_undone &= is_undone;
                }
                None => receipts.push(Receipt {
                    run: run_id.clone().into(),
                    at: change.at,
                    lines: vec![line],
                    is_undone,
                }),
            }
        }
        receipts
    }
}
