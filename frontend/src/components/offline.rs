//! The sign that there is no network, at the head of what works without one.

use yew::{Html, html};

use crate::icon::{Glyph, icon};
use crate::text::Text;

pub fn offline_mark(is_online: bool) -> Option<Html> {
    (!is_online).then(|| {
        html! { <span class="offline" title={Text::OfflineHint}>{icon(Glyph::Offline)}{Text::Offline}</span> }
    })
}
