//! The outline that `index.html` has painted before the program was here.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::html::ImplicitClone;

/// It stays until there is something else to show, so that nothing is drawn twice; the program
/// meanwhile draws beside the page.
#[derive(Clone)]
pub struct Outline(Rc<RefCell<Option<Painted>>>);

struct Painted {
    outline: Element,
    /// What the program draws into.
    root: Element,
}

impl ImplicitClone for Outline {}

impl PartialEq for Outline {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Outline {
    /// The element that will stand in the place of this one, for the program to draw into.
    pub fn behind(outline: Element) -> Option<(Self, Element)> {
        let root: Element = outline.clone_node_with_deep(false).ok()?.unchecked_into();
        let painted = Painted {
            outline,
            root: root.clone(),
        };
        Some((Self(Rc::new(RefCell::new(Some(painted)))), root))
    }

    /// Whether it is still what one sees.
    pub fn is_there(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// What the program has drawn comes in its place; the second time nothing is left to do.
    pub fn lift(&self) {
        if let Some(painted) = self.0.take() {
            let _ = painted.outline.replace_with_with_node_1(&painted.root);
        }
    }

    /// Says what it waits for in the person's language.
    pub fn say(&self, words: &str) {
        if let Some(painted) = self.0.borrow().as_ref()
            && let Ok(Some(said)) = painted.outline.query_selector("[role=status]")
        {
            said.set_text_content(Some(words));
        }
    }
}
