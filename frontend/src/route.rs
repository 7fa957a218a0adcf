//! Addresses, and moving between them without loading the page again.

use protocol::ThreadId;
use wasm_bindgen::JsValue;
use yew::html::ImplicitClone;
use yew::{
    ContextProvider, Event, Html, Properties, UseStateSetter, component, hook, html, use_callback,
    use_context, use_state_eq,
};

use crate::browser::{self, use_window_event};
use crate::text::Text;

/// What an address shows. Whoever is not signed in sees the sign-in page at every address,
/// and afterwards what the address names: that is how a wanted address survives.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Route {
    /// `/`: a new conversation.
    #[default]
    Home,
    /// `/chat/{id}`
    Chat(ThreadId),
    /// `/sign-in`
    SignIn,
    /// `/sign-up`
    SignUp,
    /// `/forgot-password`
    Forgot,
    /// `/reset-password`, with the token of a letter behind it
    Reset,
    /// `/account` and what lies below
    Account(Section),
    /// `/status`: for the owner of the deployment
    Status,
    Unknown,
}

/// A page of the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    #[default]
    Profile,
    Devices,
    Programs,
    Model,
    Usage,
    Looks,
    Data,
}

impl Section {
    pub const ALL: [Self; 7] = [
        Self::Profile,
        Self::Devices,
        Self::Programs,
        Self::Model,
        Self::Usage,
        Self::Looks,
        Self::Data,
    ];

    pub const fn name(self) -> Text {
        match self {
            Self::Profile => Text::Profile,
            Self::Devices => Text::Devices,
            Self::Programs => Text::Programs,
            Self::Model => Text::Model,
            Self::Usage => Text::Usage,
            Self::Looks => Text::Appearance,
            Self::Data => Text::YourData,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Profile => "/account",
            Self::Devices => "/account/devices",
            Self::Programs => "/account/programs",
            Self::Model => "/account/model",
            Self::Usage => "/account/usage",
            Self::Looks => "/account/appearance",
            Self::Data => "/account/data",
        }
    }
}

impl Route {
    pub fn read(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Self::Home,
            (Some("chat"), Some(id), None) => Self::Chat(ThreadId::new(id)),
            (Some("sign-in"), None, _) => Self::SignIn,
            (Some("sign-up"), None, _) => Self::SignUp,
            (Some("forgot-password"), None, _) => Self::Forgot,
            (Some("reset-password"), None, _) => Self::Reset,
            (Some("status"), None, _) => Self::Status,
            (Some("account"), ..) => {
                let section = Section::ALL
                    .into_iter()
                    .find(|section| section.path() == path);
                section.map_or(Self::Unknown, Self::Account)
            }
            _ => Self::Unknown,
        }
    }

    pub fn path(&self) -> String {
        match self {
            Self::Home | Self::Unknown => "/".to_owned(),
            Self::Chat(id) => format!("/chat/{id}"),
            Self::SignIn => "/sign-in".to_owned(),
            Self::SignUp => "/sign-up".to_owned(),
            Self::Forgot => "/forgot-password".to_owned(),
            Self::Reset => "/reset-password".to_owned(),
            Self::Account(section) => section.path().to_owned(),
            Self::Status => "/status".to_owned(),
        }
    }

    /// Whether it is a page of its own, in the place of chat and list.
    pub const fn is_page(&self) -> bool {
        matches!(self, Self::Account(_) | Self::Status)
    }

    /// The page of the account that it is.
    pub const fn section(&self) -> Option<Section> {
        match self {
            Self::Account(section) => Some(*section),
            _ => None,
        }
    }

    /// The thread it names.
    pub fn thread(&self) -> Option<&ThreadId> {
        match self {
            Self::Chat(id) => Some(id),
            _ => None,
        }
    }
}

/// Where the page is, and the way to elsewhere.
#[derive(Clone, PartialEq)]
pub struct Navigator {
    pub route: Route,
    set: UseStateSetter<Route>,
}

impl ImplicitClone for Navigator {}

impl Navigator {
    /// Goes there; the back button comes back here.
    pub fn go(&self, route: Route) {
        let path = route.path();
        with_history(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&path)));
        self.set.set(route);
    }

    /// Gives the present place its proper address.
    pub fn replace(&self, route: Route) {
        let path = route.path();
        with_history(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&path)));
        self.set.set(route);
    }
}

fn with_history(change: impl FnOnce(&web_sys::History) -> Result<(), JsValue>) {
    if let Some(history) = browser::window().and_then(|window| window.history().ok()) {
        // A browser refuses only when it is flooded; the view changes all the same.
        let _ = change(&history);
    }
}

fn current() -> Route {
    let path = browser::window().and_then(|window| window.location().pathname().ok());
    path.map_or(Route::Home, |path| Route::read(&path))
}

#[derive(Properties, PartialEq)]
pub struct RouterProps {
    pub children: Html,
}

/// Gives everything inside it the [`Navigator`].
#[component]
pub fn Router(props: &RouterProps) -> Html {
    let route = use_state_eq(current);
    let popped = use_callback(route.setter(), |_: Event, set| set.set(current()));
    use_window_event("popstate", popped);
    let navigator = Navigator {
        route: Route::clone(&route),
        set: route.setter(),
    };
    html! {
        <ContextProvider<Navigator> context={navigator}>
            {props.children.clone()}
        </ContextProvider<Navigator>>
    }
}

/// The navigator, within a [`Router`].
///
/// # Panics
/// If it is called anywhere else.
#[hook]
pub fn use_navigator() -> Navigator {
    use_context().expect("the page is mounted within a router")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_where_it_came_from() {
        for route in [
            Route::Home,
            Route::Chat(ThreadId::new("thr_1")),
            Route::SignIn,
            Route::SignUp,
            Route::Forgot,
            Route::Reset,
            Route::Status,
        ]
        .into_iter()
        .chain(Section::ALL.map(Route::Account))
        {
            assert_eq!(Route::read(&route.path()), route);
        }
    }

    #[test]
    fn other_addresses_are_unknown() {
        for path in ["/nowhere", "/chat", "/chat/a/b", "/sign-in/x", "/account/x"] {
            assert_eq!(Route::read(path), Route::Unknown, "{path}");
        }
    }
}
