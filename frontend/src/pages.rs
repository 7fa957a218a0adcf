//! What is shown to somebody who is not signed in, or not known yet.

mod account_form;
mod checking;
mod password;
mod sign_in;
mod unavailable;

use wasm_split_helpers::wasm_split;
use yew::{Html, html};

use crate::api::Failure;
use crate::gate::Visitor;
use crate::parts::{Draw, Part, Room, later};
use password::{Forgot, Reset};
use sign_in::SignIn;

pub use checking::checking;
pub use unavailable::Unavailable;

/// A page that somebody sees who is not let in.
#[derive(Clone, PartialEq)]
pub enum Outside {
    SignIn(Visitor),
    Forgot,
    Reset,
}

/// The pages in front of the gate, which whoever is signed in does without.
pub fn door(page: Outside) -> Html {
    later("door", || Box::pin(pages()), Room::Whole, page)
}

#[wasm_split(door, fallible)]
fn pages() -> Result<Part, Failure> {
    static DRAW: Draw<Outside> = |page| match page {
        Outside::SignIn(visitor) => html! { <SignIn {visitor} /> },
        Outside::Forgot => html! { <Forgot /> },
        Outside::Reset => html! { <Reset /> },
    };
    Ok(&DRAW)
}
