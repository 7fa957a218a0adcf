//! Which assistant answers: the person's own model, or the one that is configured, or the built-in
//! one where the person asks for it, by the choice of the client or in words. So nobody is left
//! without help when a model is away.

use std::sync::Arc;

use agent::{BUILTIN, Message, Model, Turn};
use protocol::chatkit::{Item, ItemKind};
use store::runs::Held;

use crate::driver::Driver;
use crate::history::History;

/// What a message begins with that is for the built-in assistant.
const PREFIXES: [&str; 4] = ["built-in:", "builtin:", "/built-in", "/builtin"];

/// How a person is told that there is another.
pub(crate) const OFFER: &str =
    "The built-in assistant can go on without it: begin your message with “built-in:”.";

/// Whether the person wants the built-in one for this message.
pub(crate) fn wants_builtin(item: &Item, turn: &Turn) -> bool {
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
    by_client || in_words
}

impl Driver<'_> {
    /// Who answers, now that it is known whether the person has brought a model, and whether any
    /// may be asked. False if theirs cannot be used: another one, that others pay for and read,
    /// does not take its place unasked.
    pub(crate) fn choose(&mut self, held: &Held, history: &History) -> bool {
        if history.models_off || wants_builtin(&held.user_item, &self.state.turn) {
            self.model = Arc::new(Model::builtin());
            // Who asks for it has nothing read by another, its title not either.
            self.secretary = None;
            return true;
        }
        let own = history.model.as_ref();
        let opener = self.chat.own_models.as_ref();
        let own = opener.zip(own).map(|(opener, own)| {
            let user = self.scribe.caller.user();
            opener.model(user, own)
        });
        if let Some(Some(own)) = &own {
            self.model = Arc::clone(own);
            self.secretary = Some(Arc::clone(own));
            self.tally.is_own = true;
        }
        if matches!(own, Some(None)) {
            self.secretary = None;
        }
        self.scribe.asks_a_model = !self.model.is_builtin();
        self.state.turn.is_pressed() || !matches!(own, Some(None))
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
