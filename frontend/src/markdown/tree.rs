//! Events of the parser, folded into nodes.

use std::mem;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use yew::virtual_dom::VNode;
use yew::{Html, classes, html};

use super::blocks::options;
use super::code::code_block;
use super::links;
use crate::icon::{Glyph, icon_named};
use crate::text::Text;

/// The nodes of a text.
pub(super) fn draw(source: &str) -> Html {
    let mut tree = Tree::default();
    for event in Parser::new_ext(source, options()) {
        tree.take(event);
    }
    tree.nodes.into_iter().collect()
}

#[derive(Default)]
struct Tree<'a> {
    /// What is drawn on the present level.
    nodes: Vec<Html>,
    open: Vec<Open<'a>>,
    /// The alignment of the columns of the table being drawn, and the column.
    columns: Vec<Alignment>,
    column: usize,
    is_head: bool,
    /// The plain text of the code being drawn.
    code: Option<String>,
}

/// An element that is still being filled, and what stands before it on its level.
struct Open<'a> {
    tag: Tag<'a>,
    before: Vec<Html>,
}

impl<'a> Tree<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => {
                let text = text.into_string();
                self.nodes.push(html! { <code dir="auto">{text}</code> });
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.nodes.push(html! { <br /> }),
            Event::Rule => self.nodes.push(html! { <hr /> }),
            Event::TaskListMarker(is_done) => self.nodes.push(tick(is_done)),
            Event::FootnoteReference(name) => self.text(&name),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None => self.nodes.push(VNode::from(text)),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match &tag {
            Tag::Table(columns) => self.columns.clone_from(columns),
            Tag::TableHead => (self.is_head, self.column) = (true, 0),
            Tag::TableRow => self.column = 0,
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            _ => {}
        }
        let before = mem::take(&mut self.nodes);
        self.open.push(Open { tag, before });
    }

    fn end(&mut self, end: TagEnd) {
        let Some(Open { tag, before }) = self.open.pop() else {
            return;
        };
        let inner: Html = mem::replace(&mut self.nodes, before).into_iter().collect();
        let node = self.close(tag, inner);
        self.nodes.push(node);
        match end {
            TagEnd::TableHead => self.is_head = false,
            TagEnd::TableCell => self.column += 1,
            _ => {}
        }
    }

    fn close(&mut self, tag: Tag<'a>, inner: Html) -> Html {
        match tag {
            Tag::Paragraph => html! { <p dir="auto">{inner}</p> },
            Tag::Heading { level, .. } => heading(level, inner),
            Tag::BlockQuote(_) => html! { <blockquote dir="auto">{inner}</blockquote> },
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::List(None) => html! { <ul dir="auto">{inner}</ul> },
            Tag::List(Some(first)) => {
                html! { <ol dir="auto" start={first.to_string()}>{inner}</ol> }
            }
            Tag::Item => html! { <li>{inner}</li> },
            Tag::Table(_) => table(inner),
            Tag::TableHead => html! { <thead><tr>{inner}</tr></thead> },
            Tag::TableRow => html! { <tr>{inner}</tr> },
            Tag::TableCell => self.cell(inner),
            Tag::Emphasis => html! { <em>{inner}</em> },
            Tag::Strong => html! { <strong>{inner}</strong> },
            Tag::Strikethrough => html! { <del>{inner}</del> },
            Tag::Link { dest_url, .. } => link(&dest_url, inner),
            Tag::Image { dest_url, .. } => link(&dest_url, inner),
            _ => inner,
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Html {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        code_block(language, self.code.take().unwrap_or_default())
    }

    fn cell(&self, inner: Html) -> Html {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Center) => classes!("center"),
            Some(Alignment::Right) => classes!("end"),
            _ => classes!(),
        };
        if self.is_head {
            html! { <th scope="col" {class} dir="auto">{inner}</th> }
        } else {
            html! { <td {class} dir="auto">{inner}</td> }
        }
    }
}

/// Below the headings of the page, whatever the assistant calls them.
fn heading(level: HeadingLevel, inner: Html) -> Html {
    match level {
        HeadingLevel::H1 => html! { <h4 class="high" dir="auto">{inner}</h4> },
        HeadingLevel::H2 | HeadingLevel::H3 => html! { <h4 dir="auto">{inner}</h4> },
        _ => html! { <h5 dir="auto">{inner}</h5> },
    }
}

fn link(address: &str, inner: Html) -> Html {
    match links::allowed(address) {
        Some(address) => html! {
            <a href={address.to_owned()} target="_blank" rel="noopener noreferrer">
                {inner}
                {icon_named(Glyph::Outside, Text::OpensNewTab)}
            </a>
        },
        None => inner,
    }
}

/// Scrolls by itself when it is wider than the page, by keyboard too.
fn table(inner: Html) -> Html {
    html! {
        <div class="table-frame" role="region" aria-label={Text::Table} tabindex="0">
            <table>{inner}</table>
        </div>
    }
}

fn tick(is_done: bool) -> Html {
    match is_done {
        true => icon_named(Glyph::BoxTicked, Text::Done),
        false => icon_named(Glyph::Box, Text::NotDone),
    }
}
