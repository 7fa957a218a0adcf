//! The environment that is examined.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Names and values, with a note of the names that were asked for.
#[derive(Default)]
pub struct Variables {
    values: BTreeMap<String, String>,
    asked: RefCell<BTreeSet<String>>,
}

impl Variables {
    /// Empty values count as absent, as they do for functions.
    pub(crate) fn look_up(&self, name: &str) -> Option<String> {
        self.asked.borrow_mut().insert(name.to_owned());
        self.value(name).map(str::to_owned)
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let value = self.values.get(name)?;
        (!value.trim().is_empty()).then_some(value)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// The names that the configuration knows, as far as it came to them.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.borrow().iter().cloned().collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Variables {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self {
            values: pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
            asked: RefCell::default(),
        }
    }
}
