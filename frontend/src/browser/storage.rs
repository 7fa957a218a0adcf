//! Words that are not sent yet, kept over reload, crash and sign-in.
//!
//! **Invariant:** every name begins with its owner's id, so one person's words are never put
//! before another, and a sign-out finds and removes them all.

use protocol::UserId;
use serde::Serialize;
use web_sys::Storage;

use super::window;
use crate::wire::{self, Read};

/// What is typed and not sent, one text for each place where one can type.
#[derive(Clone, Debug, PartialEq)]
pub struct Drafts {
    prefix: String,
}

/// What was sent and is not yet known to have arrived, by its idempotency key.
#[derive(Clone, Debug, PartialEq)]
pub struct Outbox {
    prefix: String,
}

/// Where a tab keeps whose it is.
const TAB: &str = "latchwork/tab";

fn owned_by(user: &UserId) -> String {
    format!("latchwork/{user}/")
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// Makes this tab the person's; `true` when it was somebody else's before.
pub fn claim_tab(user: &UserId) -> bool {
    let Some(tab) = window().and_then(|window| window.session_storage().ok()?) else {
        return false;
    };
    let before = tab.get_item(TAB).ok().flatten();
    let _ = tab.set_item(TAB, user.as_str());
    before.is_some_and(|before| before != user.as_str())
}

/// Removes everything that is kept for this person.
pub fn forget(user: &UserId) {
    for name in names(&owned_by(user)) {
        remove(&name);
    }
}

impl Drafts {
    pub fn of(user: &UserId) -> Self {
        Self {
            prefix: format!("{}draft/", owned_by(user)),
        }
    }

    pub fn read(&self, place: &str) -> String {
        read(&format!("{}{place}", self.prefix)).unwrap_or_default()
    }

    /// Keeps the text; an empty one leaves nothing behind.
    pub fn keep(&self, place: &str, text: &str) {
        let name = format!("{}{place}", self.prefix);
        if text.is_empty() {
            remove(&name);
        } else {
            write(&name, text);
        }
    }
}

impl Outbox {
    /// The outbox of one part of the page (`chat`, `tasks`).
    pub fn of(user: &UserId, part: &str) -> Self {
        Self {
            prefix: format!("{}outbox/{part}/", owned_by(user)),
        }
    }

    pub fn put<T: Serialize>(&self, key: &str, value: &T) {
        if let Ok(text) = serde_json::to_string(value) {
            write(&format!("{}{key}", self.prefix), &text);
        }
    }

    pub fn remove(&self, key: &str) {
        remove(&format!("{}{key}", self.prefix));
    }

    /// Gives something inside another key.
    pub fn rename(&self, key: &str, new_key: &str) {
        if let Some(text) = read(&format!("{}{key}", self.prefix)) {
            write(&format!("{}{new_key}", self.prefix), &text);
            self.remove(key);
        }
    }

    /// Everything inside with its key. What cannot be read, because an older page wrote it
    /// otherwise, is left out.
    pub fn all<T: Read>(&self) -> Vec<(String, T)> {
        let read = |name: String| {
            let value = wire::parse(&read(&name)?)?;
            Some((name[self.prefix.len()..].to_owned(), value))
        };
        names(&self.prefix).into_iter().filter_map(read).collect()
    }
}

fn names(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let length = storage.length().unwrap_or(0);
    let names = (0..length).filter_map(|index| storage.key(index).ok().flatten());
    names.filter(|name| name.starts_with(prefix)).collect()
}

pub(super) fn read(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

pub(super) fn write(name: &str, text: &str) {
    // A full or refused storage costs the copy; the text on the screen is still there.
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, text);
    }
}

pub(super) fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}
