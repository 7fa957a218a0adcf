//! Takes out of pages, style sheets and scripts what only people read.

/// A page without comments and without the space that lines begin with. It holds nothing in which
/// such space means something.
pub(super) fn page(html: &str) -> String {
    let mut pieces = html.split("<!--");
    let mut told = pieces.next().unwrap_or_default().to_owned();
    told.extend(pieces.filter_map(|piece| Some(piece.split_once("-->")?.1)));
    let lines = told.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A style sheet without comments, and without space that means nothing.
pub(super) fn styles(sheet: &str) -> String {
    let mut tight = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut is_apart = false;
    while let Some(letter) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            is_apart = true;
            continue;
        }
        if letter.is_whitespace() {
            rest = rest.trim_start();
            is_apart = true;
            continue;
        }
        let needs_none = tight.ends_with(['{', '}', ';', ',', ':']) || "{};,".contains(letter);
        if is_apart && !needs_none && !tight.is_empty() {
            tight.push(' ');
        }
        is_apart = false;
        if letter == '}' && tight.ends_with(';') {
            tight.pop();
        }
        let taken = match letter {
            '"' | '\'' => quoted(rest, letter),
            _ => letter.len_utf8(),
        };
        tight.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    tight
}

/// How long the quotation is that stands at the beginning.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = true;
    for (place, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// A script of one statement a line, without comments of their own lines and without the space
/// that lines begin with. One with a text of several lines stays what it is.
pub(super) fn script(script: &str) -> String {
    if script
        .lines()
        .any(|line| line.matches('`').count() % 2 == 1)
    {
        return script.to_owned();
    }
    let mut tight = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        let begins = !is_comment && line.starts_with("/*");
        if is_comment || begins {
            is_comment = !line.ends_with("*/");
            continue;
        }
        if !line.is_empty() && !line.starts_with("//") {
            tight.push_str(line);
            tight.push('\n');
        }
    }
    tight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_says_the_same_in_fewer_letters() {
        let sheet = "/* Why. */\n.a > .b :is(p, ul) {\n  margin: calc(1px + 2px) auto;\n  \
            content: \"a;  \\\" b\";\n}\n\n@media (min-width: 40em) { .c { top: 0; } }\n";

        assert_eq!(
            styles(sheet),
            ".a > .b :is(p,ul){margin:calc(1px + 2px) auto;content:\"a;  \\\" b\"}\
             @media (min-width:40em){.c{top:0}}"
        );
    }

    #[test]
    fn a_page_loses_its_comments_and_its_indentation() {
        let text = "<p>\n  <!-- Why,\n  at length. -->\n  <b>{{a}}</b> <!-- b -->c\n</p>\n";

        assert_eq!(page(text), "<p>\n<b>{{a}}</b> c\n</p>\n");
    }

    #[test]
    fn a_script_loses_its_comments_and_its_indentation() {
        let text = "/**\n * What.\n */\nfunction f() {\n    // Why.\n\n    return `a ${1}`;\n}\n";

        assert_eq!(script(text), "function f() {\nreturn `a ${1}`;\n}\n");
        assert_eq!(script("f(`a\n  b`)"), "f(`a\n  b`)");
    }
}
