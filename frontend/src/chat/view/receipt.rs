//! What was really changed by a turn, below its answer.

use protocol::chatkit::ItemKind;
use protocol::task::ChangeKind;
use yew::{AttrValue, Callback, Html, MouseEvent, classes, html};

use crate::chat::conversation::{Conversation, Entry};
use crate::components::Button;
use crate::icon::{Glyph, icon};
use crate::tasks::{Receipt, kind_name};
use crate::text::Text;

/// More lines than this are only counted.
const MOST: usize = 6;

/// The receipts of this conversation, each with the place of the entry that it comes before.
pub(super) fn placed<'a>(
    chat: &Conversation,
    receipts: &'a [Receipt],
) -> impl Iterator<Item = (usize, &'a Receipt)> {
    let first = chat.entries.first().map(|entry| entry.item.created_at);
    receipts
        .iter()
        .filter(move |receipt| first.is_some_and(|first| first <= receipt.at))
        .filter(|receipt| chat.has_finished(&receipt.run))
        .map(|receipt| (place(&chat.entries, receipt), receipt))
}

/// Before what the person said next.
fn place(entries: &[Entry], receipt: &Receipt) -> usize {
    let is_later = |entry: &Entry| {
        let item = &entry.item;
        item.created_at > receipt.at && matches!(item.kind, ItemKind::UserMessage { .. })
    };
    let later = entries.iter().position(is_later);
    later.unwrap_or(entries.len())
}

pub(super) fn receipt_view(receipt: &Receipt, undo: &Callback<AttrValue>) -> Html {
    let count = receipt.lines.len();
    let line = |(kind, title): (ChangeKind, &AttrValue)| {
        let (glyph, label) = kind_name(kind);
        html! {
            <li>
                {icon(glyph)}<span class="soft">{label}</span>{" "}<span dir="auto">{title}</span>
            </li>
        }
    };
    let shown = receipt.lines.iter().take(MOST);
    let more = count.saturating_sub(MOST);
    let run = receipt.run.clone();
    let onclick = undo.reform(move |_: MouseEvent| run.clone());
    let button = Button::new(Text::Undo).quiet().glyph(Glyph::Undo);
    let class = classes!("receipt", receipt.is_undone.then_some("is-undone"));
    html! {
        <section {class} key={&*receipt.run} aria-label={Text::Receipt}>
            <ul>
                { for shown.map(|shown| line((shown.kind, &shown.title))) }
                if more > 0 {
                    <li class="soft">{Text::AndMore.count(more)}</li>
                }
            </ul>
            if receipt.is_undone {
                <p class="soft">{Text::KindUndone}</p>
            } else {
                {button.onclick(onclick).view()}
            }
        </section>
    }
}
