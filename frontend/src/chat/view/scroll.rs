//! Staying at the newest words while they come, unless the reader has gone back.

use web_sys::{Element, Event};
use yew::{
    Callback, MouseEvent, NodeRef, hook, use_callback, use_effect, use_effect_with, use_mut_ref,
    use_node_ref, use_state_eq,
};

use crate::chat::conversation::Conversation;

/// So close to the end counts as being there.
const NEAR_PIXELS: i32 = 80;

pub(super) struct Scroll {
    pub(super) is_at_end: bool,
    pub(super) onscroll: Callback<Event>,
    pub(super) jump: Callback<MouseEvent>,
}

/// Keeps the end of a scrolling element in view while it grows. What the person says brings
/// them to the end, wherever they were.
#[hook]
pub(super) fn use_sticky_scroll(chat: &Conversation) -> (NodeRef, Scroll) {
    let node = use_node_ref();
    let sticks = use_mut_ref(|| true);
    let is_at_end = use_state_eq(|| true);
    let asked = chat.turns.iter().filter(|turn| turn.ask.is_some()).count();
    use_effect_with((asked, sticks.clone()), |(asked, sticks)| {
        if *asked > 0 {
            *sticks.borrow_mut() = true;
        }
    });
    let follow = (node.clone(), sticks.clone());
    use_effect(move || {
        let (node, sticks) = follow;
        if let Some(frame) = node.cast::<Element>().filter(|_| *sticks.borrow()) {
            frame.set_scroll_top(frame.scroll_height());
        }
    });
    let deps = (node.clone(), sticks.clone(), is_at_end.setter());
    let onscroll = use_callback(deps.clone(), |_: Event, (node, sticks, set)| {
        if let Some(frame) = node.cast::<Element>() {
            let rest = frame.scroll_height() - frame.scroll_top() - frame.client_height();
            let is_near = rest < NEAR_PIXELS;
            *sticks.borrow_mut() = is_near;
            set.set(is_near);
        }
    });
    let jump = use_callback(deps, |_: MouseEvent, (node, sticks, _)| {
        *sticks.borrow_mut() = true;
        if let Some(frame) = node.cast::<Element>() {
            frame.set_scroll_top(frame.scroll_height());
        }
    });
    let scroll = Scroll {
        is_at_end: *is_at_end,
        onscroll,
        jump,
    };
    (node, scroll)
}
