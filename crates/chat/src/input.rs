//! What a person may send.

use protocol::chatkit::{UserContent, UserMessageInput};

use crate::Error;

/// Characters in one message.
const LONGEST: usize = 8_000;

/// The message as the model is told of it.
pub(crate) fn text(input: &UserMessageInput) -> Result<String, Error> {
    let text = joined(&input.content);
    if text.trim().is_empty() {
        return Err(Error::MessageEmpty);
    }
    let quoted = input.quoted_text.as_deref().unwrap_or_default();
    let length = text.chars().count() + quoted.chars().count();
    if length > LONGEST {
        return Err(Error::MessageTooLong(length));
    }
    Ok(told(&input.content, input.quoted_text.as_deref()))
}

/// The same for a message that is kept already.
pub(crate) fn told(content: &[UserContent], quoted: Option<&str>) -> String {
    let text = joined(content);
    match quoted.unwrap_or_default() {
        "" => text,
        quoted => format!("> {}\n\n{text}", quoted.replace('\n', "\n> ")),
    }
}

fn joined(content: &[UserContent]) -> String {
    content.iter().map(UserContent::text).collect()
}

/// What the conversation is called until somebody renames it: its first words.
pub(crate) fn title(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_end_after_a_word() {
        let title = title(&"remember the milk ".repeat(9));

        assert!(title.ends_with("milk…"), "{title}");
        assert!(title.chars().count() <= 61);
    }
}
