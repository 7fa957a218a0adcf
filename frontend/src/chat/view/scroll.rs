//! Staying at the newest words while they come, unless the reader has gone back.

use web_sys::{Element, Event};
use yew::{
    Callback, MouseEvent, NodeRef, hook, use_callback, use_effect_with, use_mut_ref, use_node_ref,
    use_state_eq,
};

use crate::browser::SizeWatcher;
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
    use_effect_with((node.clone(), sticks.clone()), |(node, sticks)| {
        let frame = node.cast::<Element>();
        let watcher = frame.map(|frame| {
            let inside = frame.first_element_child();
            let watched: Vec<Element> = inside.into_iter().chain([frame.clone()]).collect();
            let sticks = sticks.clone();
            // After the layout and before the painting, whatever made something grow.
            SizeWatcher::new(&watched, move || {
                if *sticks.borrow() {
                    to_end(&frame);
                }
            })
        });
        move || drop(watcher)
    });
    let deps = (node.clone(), sticks.clone(), is_at_end.setter());
    let last = use_mut_ref(|| (0, 0, 0));
    let onscroll = use_callback(deps.clone(), move |_: Event, (node, sticks, set)| {
        if let Some(frame) = node.cast::<Element>() {
            let top = frame.scroll_top();
            let (height, room) = (frame.scroll_height(), frame.client_height());
            let rest = height - top - room;
            // Only the reader goes up. That the end is far, or the top another, can also mean
            // that something has just grown, or that the screen was turned.
            let before = last.replace((top, height, room));
            let went_up = top < before.0 && (height, room) == (before.1, before.2);
            let mut sticks = sticks.borrow_mut();
            *sticks = rest < NEAR_PIXELS || (*sticks && !went_up);
            set.set(*sticks);
        }
    });
    let jump = use_callback(deps, |_: MouseEvent, (node, sticks, _)| {
        *sticks.borrow_mut() = true;
        if let Some(frame) = node.cast::<Element>() {
            to_end(&frame);
        }
    });
    let scroll = Scroll {
        is_at_end: *is_at_end,
        onscroll,
        jump,
    };
    (node, scroll)
}

fn to_end(frame: &Element) {
    frame.set_scroll_top(frame.scroll_height());
}
