//! The gate: nothing that belongs to a person is on the page before the server has said who
//! that person is, and nothing stays when that is no longer so.
//!
//! It is made for any Yew app that signs in with Better Auth's endpoints under `/api/auth`, the
//! way a ChatKit widget is mounted once its session is known:
//!
//! ```ignore
//! html! {
//!     <SessionGate
//!         checking={html! { <Skeleton /> }}
//!         signed_out={Callback::from(|visitor: Visitor| html! { <SignIn {visitor} /> })}
//!         unavailable={Callback::from(|why: Failure| html! { <Unavailable {why} /> })}
//!         signed_in={Callback::from(|user: VerifiedUser| html! { <Chat {user} /> })}
//!     />
//! }
//! ```
//!
//! What it promises:
//! - `signed_in` is called with a [`VerifiedUser`], which only the session endpoint's answer
//!   can make; a component that takes one cannot be mounted earlier.
//! - What it returns is mounted once and stays mounted through every later look at the
//!   session, and is taken away before anything is shown to another person.
//! - A failing session endpoint shows `unavailable` with a way to try again; the gate never
//!   changes the address, so there is nothing to loop.
//! - Signing out, and changing the account, reaches every tab of the browser.
//!
//! Inside, [`use_sessions`] gives the way to sign in, up and out.

mod sessions;
mod state;
#[cfg(test)]
mod tests;
mod user;

use yew::{
    AttrValue, Callback, ContextProvider, Html, Properties, component, hook, html, use_context,
};

pub use sessions::{Sessions, use_lost};
pub use state::{Event, Gate, Session};
pub use user::{Answer, VerifiedUser};

use crate::api::Failure;

/// Somebody who is not signed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visitor {
    /// Why, if that is not the person's own doing.
    pub code: Option<AttrValue>,
    /// Whose session has just ended.
    pub expired: Option<VerifiedUser>,
}

#[derive(Properties, PartialEq)]
pub struct GateProps {
    /// Shown while nobody knows who is there.
    pub checking: Html,
    pub signed_out: Callback<Visitor, Html>,
    pub unavailable: Callback<Failure, Html>,
    /// The part of the page that belongs to a person.
    pub signed_in: Callback<VerifiedUser, Html>,
}

#[component]
pub fn SessionGate(props: &GateProps) -> Html {
    let (sessions, session) = sessions::use_session();
    let view = view(props, session);
    html! { <ContextProvider<Sessions> context={sessions}>{view}</ContextProvider<Sessions>> }
}

/// What a session shows, and nothing besides.
fn view(props: &GateProps, session: Session) -> Html {
    match session {
        Session::Unknown | Session::Resolving => props.checking.clone(),
        Session::Unavailable(failure) => props.unavailable.emit(failure),
        Session::SignedOut(code) => props.signed_out.emit(Visitor {
            code,
            expired: None,
        }),
        Session::Expired(user) => props.signed_out.emit(Visitor {
            code: None,
            expired: Some(user),
        }),
        // The key is what keeps one person's components from ever becoming another's.
        Session::SignedIn(user) => {
            let key = user.id().to_string();
            html! { <Personal {key} view={props.signed_in.emit(user)} /> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct PersonalProps {
    view: Html,
}

/// A component of its own, because only a component's key is heeded where it is the only child.
#[component]
fn Personal(props: &PersonalProps) -> Html {
    props.view.clone()
}

/// The way to sign in, up and out, within a [`SessionGate`].
///
/// # Panics
/// If it is called anywhere else.
#[hook]
pub fn use_sessions() -> Sessions {
    use_context().expect("the page is mounted within a gate")
}
