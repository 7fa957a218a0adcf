//! The unfinished end of a text that is still being written.
//!
//! Without this a word would first stand between two asterisks and then jump into bold.

/// The text with marks closed that its end leaves open, and without what cannot be drawn yet.
pub(super) fn close(source: &str) -> String {
    let mut text = source.to_owned();
    let start = text.rfind("\n\n").map_or(0, |end| end + 2);
    if is_in_fence(source) {
        return text;
    }
    let last = &text[start..];
    if last.starts_with('|') {
        let rows = start + whole_rows(last);
        text.truncate(rows);
        return text;
    }
    drop_open_link(&mut text, start);
    let without_mark = text.trim_end_matches(['*', '_', '~', '`']).len();
    let closing = closing_marks(&text[start..without_mark.max(start)]);
    if !closing.is_empty() {
        text.truncate(without_mark);
        text.truncate(text.trim_end().len());
        text.push_str(&closing);
    }
    text
}

fn is_in_fence(source: &str) -> bool {
    let fences = source
        .lines()
        .filter(|line| line.trim_start().starts_with("```"));
    fences.count() % 2 == 1
}

/// How much of a table can be drawn: whole lines, and nothing before the second.
fn whole_rows(table: &str) -> usize {
    let end = table.rfind('\n').map_or(0, |line| line + 1);
    if table[..end].trim_end().contains('\n') {
        end
    } else {
        0
    }
}

/// A link is shown as its text until its address is whole.
fn drop_open_link(text: &mut String, start: usize) {
    let Some(open) = text[start..].rfind('[').map(|at| start + at) else {
        return;
    };
    let rest = &text[open..];
    match rest.find("](") {
        Some(middle) if !rest[middle..].contains(')') => {
            let words = rest[1..middle].to_owned();
            text.truncate(open);
            text.push_str(&words);
        }
        None if !rest.contains(']') => {
            text.remove(open);
        }
        _ => {}
    }
}

fn closing_marks(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return "`".to_owned();
    }
    let outside_code: String = text.split('`').step_by(2).collect();
    let is_open = |mark: &str| outside_code.matches(mark).count() % 2 == 1;
    let mut closing = String::new();
    for mark in ["**", "~~"] {
        if is_open(mark) {
            closing.push_str(mark);
        }
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::close;

    #[test]
    fn open_marks_are_closed() {
        assert_eq!(close("Buy **mil"), "Buy **mil**");
        assert_eq!(close("Run `cargo te"), "Run `cargo te`");
        assert_eq!(close("It is ~~do"), "It is ~~do~~");
        assert_eq!(close("**a** and **b** and"), "**a** and **b** and");
    }

    #[test]
    fn half_a_mark_is_not_shown() {
        assert_eq!(close("Buy **milk*"), "Buy **milk**");
    }

    #[test]
    fn marks_in_code_are_text() {
        assert_eq!(close("`a ** b` is"), "`a ** b` is");
        assert_eq!(close("```\n**x"), "```\n**x");
    }

    #[test]
    fn a_link_is_its_text_until_it_is_whole() {
        assert_eq!(close("See [the do"), "See the do");
        assert_eq!(close("See [the docs](https://exa"), "See the docs");
        assert_eq!(
            close("See [the docs](https://a.org)"),
            "See [the docs](https://a.org)"
        );
        assert_eq!(close("An [x] box"), "An [x] box");
    }

    #[test]
    fn a_table_begins_with_its_second_line() {
        assert_eq!(close("Here:\n\n| a | b |"), "Here:\n\n");
        assert_eq!(close("| a | b |\n|--"), "");
        let head = "| a | b |\n|---|---|\n";
        assert_eq!(close(head), head);
        assert_eq!(close(&format!("{head}|")), head);
        assert_eq!(close(&format!("{head}| 1 | tw")), head);
        assert_eq!(close(&format!("{head}| 1 | 2 |")), head);
        let row = format!("{head}| 1 | 2 |\n");
        assert_eq!(close(&format!("{row}|")), row);
    }

    #[test]
    fn every_beginning_of_a_text_can_be_closed() {
        let text = "# Häuser\n\n- **fett** und `code` [l](https://a.org)\n\n| a |\n|---|\n| ~~b~~ |\n\n```rust\nfn x() {}\n```\n*Ende* 🌿";
        for (end, _) in text.char_indices() {
            close(&text[..end]);
        }
    }
}
