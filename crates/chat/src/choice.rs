//! Which assistant answers: the model that is configured, or the built-in one where the person
//! asks for it, by the choice of the client or in words. So nobody is left without help when a
//! model is away.

use std::sync::Arc;

use agent::{BUILTIN, Message, Model, Turn};
use protocol::chatkit::{Item, ItemKind};

use crate::Chat;

/// What a message begins with that is for the built-in assistant.
const PREFIXES: [&str; 4] = ["built-in:", "builtin:", "/built-in", "/builtin"];

/// How a person is told that there is another.
pub(crate) const OFFER: &str =
    "The built-in assistant can go on without it: begin your message with “built-in:”.";

pub(crate) fn assistant(chat: &Chat, item: &Item, turn: &Turn) -> Arc<Model> {
    let by_client = match &item.kind {
        ItemKind::UserMessage {
            inference_options, ..
        } => inference_options.model.as_deref() == Some(BUILTIN),
        _ => false,
    };
    let in_words = match turn.messages.first() {
        Some(Message::User { text, .. }) => rest(text).is_some(),
        _ => false,
    };
    match (by_client || in_words) && !chat.model.is_builtin() {
        true => Arc::new(Model::builtin()),
        false => chat.model.clone(),
    }
}

/// What was said, without the words that chose who is to answer.
pub(crate) fn without_prefix(messages: &mut [Message]) {
    for message in messages {
        if let Message::User { text, .. } = message
            && let Some(rest) = rest(text)
        {
            *text = rest.to_owned();
        }
    }
}

fn rest(text: &str) -> Option<&str> {
    let text = text.trim_start();
    PREFIXES.iter().find_map(|prefix| {
        let begins = text.get(..prefix.len())?.eq_ignore_ascii_case(prefix);
        begins.then(|| text[prefix.len()..].trim_start_matches([':', ' ']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_taken_off_and_nothing_else() {
        assert_eq!(rest("Built-in: add milk"), Some("add milk"));
        assert_eq!(rest(" /builtin add milk"), Some("add milk"));
        assert_eq!(rest("add milk: built-in:"), None);
        assert_eq!(rest("é"), None);
    }
}
