//! Markdown as the browser gets it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use yew::{AttrValue, Html, LocalServerRenderer, component, html};

use super::{Markdown, MarkdownProps};
use crate::components::VoiceRegion;

/// Markdown where it stands in the page.
#[component]
fn Page(props: &MarkdownProps) -> Html {
    html! { <VoiceRegion><Markdown source={&props.source} /></VoiceRegion> }
}

fn drawn(source: &str) -> String {
    let source = AttrValue::from(source);
    let props = MarkdownProps {
        source,
        is_open: false,
    };
    let page = LocalServerRenderer::<Page>::with_props(props).hydratable(false);
    let mut page = pin!(page.render());
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(page) = page.as_mut().poll(&mut context) {
            let inner = page.strip_prefix("<div class=\"prose\">").unwrap();
            let (inner, _) = inner.rsplit_once("</div><div role=\"status\"").unwrap();
            return inner.to_owned();
        }
    }
}

#[test]
fn marks_become_elements() {
    assert_eq!(
        drawn("**Bold**, *soft*, ~~gone~~ and `code`.\n\n---"),
        "<p dir=\"auto\"><strong>Bold</strong>, <em>soft</em>, <del>gone</del> and <code dir=\"auto\">code</code>.</p><hr>"
    );
}

#[test]
fn lists_keep_their_numbers() {
    let page = drawn("3. three\n4. four");

    assert!(
        page.starts_with("<ol dir=\"auto\" start=\"3\"><li>three</li>"),
        "{page}"
    );
}

#[test]
fn html_is_text() {
    let page = drawn("<script>alert(1)</script>\n\nA <b onclick=x>b</b>");

    assert!(!page.contains("<script"), "{page}");
    assert!(!page.contains("<b "), "{page}");
    assert!(page.contains("&lt;script&gt;"), "{page}");
}

#[test]
fn a_link_that_could_run_something_is_only_its_words() {
    let page = drawn("[click](javascript:alert(1)) ![pic](data:text/html,x)");

    assert_eq!(page, "<p dir=\"auto\">click pic</p>");
}

#[test]
fn links_open_beside_the_page_and_tell_nobody_where_from() {
    let page = drawn("[docs](https://a.org)");

    assert!(
        page.contains("href=\"https://a.org\" target=\"_blank\" rel=\"noopener noreferrer\""),
        "{page}"
    );
}

#[test]
fn an_image_is_a_link() {
    let page = drawn("![plan](https://a.org/p.png)");

    assert!(!page.contains("<img"), "{page}");
    assert!(page.contains("href=\"https://a.org/p.png\""), "{page}");
}

#[test]
fn tables_have_headed_columns() {
    let page = drawn("| a | b |\n|:-:|--:|\n| 1 | 2 |");

    assert!(
        page.contains("<thead><tr><th scope=\"col\" dir=\"auto\" class=\"center\">a</th>"),
        "{page}"
    );
    assert!(
        page.contains("<td dir=\"auto\" class=\"end\">2</td>"),
        "{page}"
    );
}

#[test]
fn code_is_kept_letter_by_letter() {
    let page = drawn("```rust\nlet a = \"<b>\";\n```");

    assert!(
        page.contains("<code>let a = \"&lt;b&gt;\";\n</code>"),
        "{page}"
    );
    assert!(page.contains("<span>rust</span>"), "{page}");
}

#[test]
fn links_defined_elsewhere_are_found() {
    assert!(drawn("[docs]\n\nText\n\n[docs]: https://a.org").contains("https://a.org"));
}
